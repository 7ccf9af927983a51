"""Tables as they stand in a report: Markdown, CSV, JSON, a frame."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from reportparse.errors import MissingExtra
from reportparse.export.as_csv import harmless
from reportparse.model import Table

FORMATS = ("md", "csv", "json")


def write(tables: Iterable[tuple[int, Table]], out: TextIO, form: str) -> None:
    """Write tables, each with its number in the report, in one of `FORMATS`."""
    {"md": _markdown, "csv": _csv, "json": _json}[form](tables, out)


def markdown(table: Table) -> str:
    r"""The table in Markdown: caption and unit above it, several header rows joined to one.

    >>> from reportparse.model import Cell
    >>> rows = tuple(tuple(Cell(s, 0, 0) for s in row) for row in (("项目", "金额"), ("税收", "1|2")))
    >>> print(markdown(Table(caption="表1", unit="万元", page=2, start=0, end=0, rows=rows, header_rows=1, header_columns=1)))
    **表1** (万元, page 2)
    <BLANKLINE>
    | 项目 | 金额 |
    | --- | --- |
    | 税收 | 1\|2 |
    """
    about = ", ".join(x for x in (table.unit, f"page {table.page}" if table.page else None) if x)
    head = " ".join(x for x in (f"**{table.caption}**" if table.caption else "", f"({about})" if about else "") if x)
    body = table.to_rows()[table.header_rows :]
    names = _headers(table)
    lines = [_line(names), _line(["---"] * len(names)), *map(_line, body)]
    return "\n".join([head, "", *lines] if head else lines)


def frame(table: Table) -> Any:
    """The table as a pandas frame of texts: header rows are its column names, joined with `` / ``.

    Raises MissingExtra where pandas is not installed.
    """
    try:
        import pandas as pd  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("frames", "a frame of a table") from error
    names: list[str] = []
    for name in _headers(table):
        same = sum(1 for n in names if n == name or n.startswith(f"{name}."))
        names.append(f"{name}.{same}" if same else name)
    return pd.DataFrame(table.to_rows()[table.header_rows :], columns=names)


def _headers(table: Table) -> list[str]:
    """One name a column: its header cells from above, each once."""
    rows = table.to_rows()[: table.header_rows]
    width = max((len(row) for row in table.rows), default=0)
    return [" / ".join(dict.fromkeys(row[j].strip() for row in rows if j < len(row) and row[j].strip())) for j in range(width)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip("\r ") for cell in cells) + " |"


def _markdown(tables: Iterable[tuple[int, Table]], out: TextIO) -> None:
    out.writelines(f"### {number}\n\n{markdown(table)}\n\n" for number, table in tables)


def _csv(tables: Iterable[tuple[int, Table]], out: TextIO) -> None:
    rows = csv.writer(out)
    out.write("\ufeff")
    rows.writerow(["table", "page", "caption", "unit", "row", "header", "cells"])
    for number, table in tables:
        for i, row in enumerate(table.to_rows()):
            about: list[Any] = [number, table.page, table.caption, table.unit, i, int(i < table.header_rows)]
            rows.writerow([*("" if x is None else x for x in about), *(harmless(cell.strip()) for cell in row)])


def _json(tables: Iterable[tuple[int, Table]], out: TextIO) -> None:
    import msgspec

    json.dump([{"table": number, **msgspec.to_builtins(table)} for number, table in tables], out, ensure_ascii=False, indent=2)
    out.write("\n")
