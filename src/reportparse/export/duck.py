"""Sheets through DuckDB: a Parquet file of one, a database of several. Decimals stay exact.

A decimal column has the digits that its cells need; where 38 don't hold them all, the column is text.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from reportparse.export.sheets import Cell, Sheet, scale

# ruff: noqa: S608  all names in the SQL are our own

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "yes": "BOOLEAN"}
_NULL = "\\N"


def write(sheets: Sequence[Sheet], path: Path, kind: str) -> None:
    """Write the sheets as tables of a new database, or the first as Parquet."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:" if kind == ".parquet" else str(path)) as base:
        for sheet in sheets:
            rows = Path(folder) / f"{sheet.name}.csv"
            _spool(sheet, rows)
            base.execute(f"CREATE TABLE {_name(sheet.name)} AS {_reading(sheet, rows)}")
            for column in sheet.columns:
                base.execute(f"COMMENT ON COLUMN {_name(sheet.name)}.{_name(column.name)} IS {_text(f'{column.zh} {column.en}')}")
        if kind == ".parquet":
            base.execute(f"COPY {_name(sheets[0].name)} TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def _spool(sheet: Sheet, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        rows.writerows([_plain(cell) for cell in row] for row in sheet.rows)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return _NULL
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell).replace("\r", " ").replace("\x00", " ")


def _reading(sheet: Sheet, path: Path) -> str:
    columns = ", ".join(f"{_text(column.name)}: {_text(_type(sheet, j))}" for j, column in enumerate(sheet.columns))
    return (
        f"SELECT * FROM read_csv({_text(str(path))}, header=false, delim=',', quote='\"', escape='\"', nullstr={_text(_NULL)}, "
        f"allow_quoted_nulls=true, auto_detect=false, parallel=false, max_line_size=16777216, columns={{{columns}}})"
    )


def _type(sheet: Sheet, column: int) -> str:
    kind = sheet.columns[column].kind
    if kind != "decimal":
        return _TYPES[kind]
    held = scale(sheet, column)
    return "VARCHAR" if held is None else f"DECIMAL(38,{held[1]})"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
