"""The store as one DuckDB file."""

from __future__ import annotations

from pathlib import Path

from reportparse import patterns
from reportparse.errors import StoreError
from reportparse.store.base import Store, frugal
from reportparse.store.schema import FORMAT, TABLES, quoted, selection, statements
from reportparse.store.spool import Spool

_OWNER = patterns.compile(r"PID (\d+)")


class FileStore(Store):
    """One file; a write-ahead log beside it keeps it whole through a crash."""

    def __init__(self, path: Path, *, write: bool) -> None:
        super().__init__(path, write=write)
        import duckdb

        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = duckdb.connect(path, read_only=not write)
        except (duckdb.Error, OSError) as error:
            raise StoreError(_reason(path, str(error))) from error
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        present = self._columns()
        if "runs" not in present and (present or not self.write):
            raise StoreError(f"{self.path} is a DuckDB file of something else; name another")
        if "runs" in present:
            newest = self.connection.execute("SELECT max(format) FROM runs").fetchone()
            if newest and (newest[0] or 0) > FORMAT:
                raise StoreError(f"{self.path} was written by a newer reportparse; upgrade this one")
        if not self.write:
            self.connection.execute("SET enable_external_access=false")
            return
        frugal(self.connection, self.path.with_name(f"{self.path.name}.tmp"))
        self.connection.execute("BEGIN")
        for table, columns in TABLES.items():
            for name in columns.keys() - present.get(table, columns.keys()):
                self.connection.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(name)} {columns[name]}")
        for statement in statements(tables=True):
            self.connection.execute(statement)
        self.connection.execute("COMMIT")

    def _columns(self) -> dict[str, set[str]]:
        rows = self.connection.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() "
            "WHERE NOT internal AND database_name = current_database() GROUP BY 1"
        ).fetchall()
        return {name: set(columns) for name, columns in rows}

    def spool(self) -> Spool:
        """A spool beside the store; a killed run's is emptied first."""
        return Spool(self.path.with_name(f"{self.path.name}.spool"))

    def _add(self, spool: Spool) -> None:
        self.connection.execute("BEGIN")
        try:
            for table, file, longest in spool.files():
                self.connection.execute(f"INSERT INTO {table} BY NAME {selection(table, file, longest)}")
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise


def _reason(path: Path, said: str) -> str:
    if "lock" in said:
        owner = _OWNER.search(said)
        return f"{path} is in use by {f'process {owner[1]}' if owner else 'another process'}; wait until it is done"
    if "not a valid DuckDB" in said:
        return f"{path} is no store; name another file, or a folder (PATH/) for Parquet"
    return f"{path} can't be opened: {' '.join(said.split())}"
