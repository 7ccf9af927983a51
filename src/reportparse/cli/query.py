"""``reportparse query STORE "SELECT …"``: a question to a store, which it can't change."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.store import Answer

_ROWS = 1000  # of a table to read


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("store", metavar="STORE", help="what `reportparse batch` made")
    parser.add_argument("sql", metavar="SQL", help="one SELECT; - reads it from standard input")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="table (default), csv, json")
    parser.epilog = "docs/store.md names the tables and views; `SHOW TABLES` lists them, `DESCRIBE records` one's columns."


def run(options: argparse.Namespace) -> int:
    """Ask and print."""
    from reportparse.store import open_store

    sql = sys.stdin.read() if options.sql == "-" else options.sql
    try:
        with open_store(options.store) as store:
            {"table": _table, "csv": _csv, "json": _json}[options.format](store.query(sql), sys.stdout)
    except ReportError as error:
        print(f"reportparse: query: {error}", file=sys.stderr)
        return 1
    return 0


def _table(answer: Answer, out: TextIO) -> None:
    from reportparse.export.columns import align, plain

    rows = [tuple(plain(_text(cell)) for cell in row) for row in islice(answer.rows, _ROWS)]
    out.writelines(f"{line}\n" for line in align([answer.columns, *rows]))
    if len(rows) == _ROWS and next(answer.rows, None) is not None:
        out.write(f"… {_ROWS} rows are shown; --format csv gives all\n")


def _csv(answer: Answer, out: TextIO) -> None:
    from reportparse.export.as_csv import harmless

    rows = csv.writer(out)
    out.write("\ufeff")
    rows.writerow(answer.columns)
    rows.writerows([harmless(_text(cell)) for cell in row] for row in answer.rows)


def _json(answer: Answer, out: TextIO) -> None:
    before = "[\n"
    for row in _objects(answer):
        out.write(before + json.dumps(row, ensure_ascii=False))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _objects(answer: Answer) -> Iterator[dict[str, Any]]:
    for row in answer.rows:
        yield {name: _plain(cell) for name, cell in zip(answer.columns, row, strict=True)}


def _plain(cell: Any) -> Any:
    """A cell as JSON holds it: decimals and times are strings."""
    if cell is None or isinstance(cell, bool | int | float | str):
        return cell
    if isinstance(cell, dict):
        return {str(name): _plain(inner) for name, inner in cell.items()}
    if isinstance(cell, list | tuple):
        return [_plain(inner) for inner in cell]
    return _text(cell)


def _text(cell: Any) -> str:
    from decimal import Decimal

    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return _shown(format(cell, "f"))
    if isinstance(cell, list | dict):
        return json.dumps(_plain(cell), ensure_ascii=False)
    return str(cell)


def _shown(number: str) -> str:
    """A decimal without the zeros that the column's type adds.

    >>> _shown("3735.680000000000"), _shown("20.000000000000"), _shown("120")
    ('3735.68', '20', '120')
    """
    return number.rstrip("0").rstrip(".") if "." in number else number
