"""The store as a folder of Parquet, for other programs, shared discs and object storage.

    FOLDER/store.json                      says what the folder is
    FOLDER/part-00000001/   what was added at one time: a file a table
        reports.parquet  sections.parquet  records.parquet …

A part is written under a hidden name and renamed when it is whole; nothing in it changes afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from reportparse.errors import StoreError
from reportparse.store.base import Store, frugal
from reportparse.store.schema import FORMAT, TABLES, literal, quoted, selection, statements
from reportparse.store.spool import Spool

_MARK = "store.json"


class FolderStore(Store):
    """A folder of parts; `read_parquet('FOLDER/part-*/records.parquet')` reads them all."""

    def __init__(self, path: Path, *, write: bool) -> None:
        super().__init__(path, write=write)
        import duckdb

        self._lock: int | None = None
        self._full: set[str] | None = None  # the tables that have rows
        try:
            self._check()
            if write:
                self._lock = _locked(path)
                for left in path.glob(".part-*"):  # of a run that was killed
                    shutil.rmtree(left)
        except OSError as error:
            raise StoreError(f"{path} can't be opened: {error.strerror or error}") from error
        self.connection = duckdb.connect()
        if write:
            frugal(self.connection, path / ".tmp")
        self._show()
        if not write:
            self.connection.execute(f"SET allowed_directories=[{literal(f'{path.absolute()}/')}]")
            self.connection.execute("SET enable_external_access=false")

    def _check(self) -> None:
        mark = self.path / _MARK
        if self.write and (not self.path.exists() or not any(self.path.iterdir())):
            self.path.mkdir(parents=True, exist_ok=True)
            mark.write_text(json.dumps({"reportparse store": FORMAT}) + "\n", encoding="utf-8")
        try:
            form = json.loads(mark.read_text(encoding="utf-8"))["reportparse store"]
        except (OSError, ValueError, LookupError, TypeError):
            raise StoreError(f"{self.path} is a folder but no store; name a new or an empty one") from None
        if form > FORMAT:
            raise StoreError(f"{self.path} was written by a newer reportparse; upgrade this one")

    def _show(self) -> None:
        """Make a view over the parts for each table, and the views over them."""
        full = {table for table in TABLES if next(self.path.glob(f"part-*/{table}.parquet"), None)}
        if full == self._full:  # a view looks for parts each time that it is asked
            return
        self._full = full
        for table, columns in TABLES.items():
            typed = ", ".join(f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in columns.items())
            empty = "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {quoted(name)}" for name, kind in columns.items())
            if table in full:
                files = literal(str(self.path.absolute() / "part-*" / f"{table}.parquet"))
                parts = f"FROM read_parquet({files}, union_by_name=true) UNION ALL BY NAME ({empty} WHERE false)"
                query = f"SELECT {typed} FROM ({parts})"  # noqa: S608  our own names
            else:
                query = f"{empty} WHERE false"
            self.connection.execute(f"CREATE OR REPLACE VIEW {table} AS {query}")
        for statement in statements(tables=False):
            self.connection.execute(statement)

    def spool(self) -> Spool:
        """A spool beside the store; a killed run's is emptied first."""
        return Spool(self.path / ".spool")

    def _add(self, spool: Spool) -> None:
        number = 1 + max((int(part.name.rpartition("-")[2]) for part in self.path.glob("part-*")), default=0)
        name = f"part-{number:08}"
        hidden = self.path / f".{name}"
        shutil.rmtree(hidden, ignore_errors=True)  # where its rows were refused
        hidden.mkdir()
        for table, file, longest in spool.files():
            target = hidden / f"{table}.parquet"
            self.connection.execute(
                f"COPY ({selection(table, file, longest)}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
            )
            _settle(target)
        hidden.rename(self.path / name)
        self._show()

    def close(self) -> None:
        """Let the store go."""
        super().close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _locked(path: Path) -> int:
    """A lock that ends with the process, however it ends."""
    handle = os.open(path / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    with suppress(ImportError):  # no such locks on Windows
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise StoreError(f"{path} is in use by another process; wait until it is done") from None
    return handle
