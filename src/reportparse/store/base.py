"""What both kinds of store do: answer questions, and give back a report whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from reportparse.errors import StoreError
from reportparse.model import Report
from reportparse.store.rows import rebuilt
from reportparse.store.schema import literal

if TYPE_CHECKING:
    import duckdb

    from reportparse.store.spool import Spool

MEMORY = 160
"""Megabytes that the database may hold in memory while reports are added; more goes to disk."""
_TIMES = 16  # as many times the length of a row that is itself large

_CHUNK = 500


class RowsError(StoreError):
    """The database refuses some of the rows that it is given."""


class Answer(NamedTuple):
    """What a query found: the names of its columns, and its rows as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Store:
    """An open store. `connection` is DuckDB's own, with all tables and views in it."""

    connection: duckdb.DuckDBPyConnection

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self.write = write

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Answer:
        """Ask one SELECT; raises a `StoreError` with the database's words where it can't be answered."""
        import duckdb

        cursor = self.connection.cursor()
        try:
            statements = cursor.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise StoreError("a store is asked one SELECT at a time; to change it is left to `reportparse batch`")
            cursor.execute(sql, parameters)
        except duckdb.Error as error:
            raise StoreError(f"the question can't be answered: {error}") from error
        return Answer(tuple(column[0] for column in cursor.description or ()), _rows(cursor))

    def report(self, report: str) -> Report:
        """The report with this key, or of this sha256 as last parsed, exactly as the parser gave it."""
        found = self._dicts("SELECT * FROM reports WHERE $1 IN (report, sha256) ORDER BY seen DESC, parser DESC LIMIT 1", report)
        if not found:
            raise StoreError(f"there is no report {report} in {self.path}")
        about, key = found[0], found[0]["report"]
        return rebuilt(
            about,
            self._dicts("SELECT * FROM sections WHERE report = $1 ORDER BY section", key),
            self._dicts('SELECT * FROM tables WHERE report = $1 ORDER BY "table"', key),
            self._dicts('SELECT * FROM records WHERE report = $1 ORDER BY start, "end", len(id), id', key),
        )

    def _dicts(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        columns, rows = self.query(sql, parameters)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def spool(self) -> Spool:
        """A spool beside the store; a killed run's is emptied first."""
        raise NotImplementedError

    def commit(self, spool: Spool) -> None:
        """Add all that the spool holds, whole or not at all, and empty it.

        Raises a `RowsError` where the database refuses the rows, a `StoreError` where it can't write at all.
        """
        import duckdb

        self.connection.execute(f"SET memory_limit='{MEMORY + (spool.longest * _TIMES >> 20)}MB'")
        try:
            self._add(spool)
        except duckdb.IOException as error:
            raise StoreError(f"{self.path} can't be written: {_told(error)}") from error
        except duckdb.Error as error:
            raise RowsError(f"{self.path} does not take the rows: {_told(error)}") from error
        spool.clear()

    def _add(self, spool: Spool) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Let the store go."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    import duckdb

    try:
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
    except duckdb.Error as error:
        raise StoreError(f"the question can't be answered: {error}") from error


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:500]


def frugal(connection: duckdb.DuckDBPyConnection, overflow: Path) -> None:
    """Leave memory and cores to those who parse; what is too much goes to the folder `overflow`."""
    connection.execute(f"SET temp_directory={literal(str(overflow))}")
    connection.execute(f"SET memory_limit='{MEMORY}MB'; SET threads=1; SET preserve_insertion_order=true")
    connection.execute("ATTACH ':memory:' AS scratch")
