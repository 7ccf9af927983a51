"""CSV for spreadsheets: UTF-8 with a byte order mark, a record a row, no cell that would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from reportparse import patterns
from reportparse.export import Extracted
from reportparse.model import AnyRecord, Change, Quantity, Ranking

_FIRST = ("source", "report", "region", "year")
_LAST = ("section", "page", "table", "caption", "row", "column", "sentence", "related", "rules", "flags")
_APART = {"section", "page", "cell", "sentence", "related", "rules", "flags"}  # said by _LAST

COLUMNS = (
    *_FIRST,
    *dict.fromkeys(
        ("kind", *(f for kind in (Quantity, Change, Ranking) for f in kind.__struct_fields__ if f not in _APART))
    ),
    *_LAST,
)
"""The columns, in order: where it comes from, the record's fields, its surroundings."""

_NUMBER = patterns.compile(r"[-+]?\d+(?:\.\d+)?")
_RUNS = patterns.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:  # noqa: ARG001  the same for all formats
    """Write the records of each report as it comes."""
    rows = csv.writer(out)
    for number, (source, report) in enumerate(extracted):
        if not number:
            out.write("\ufeff")
            rows.writerow(COLUMNS)
        first = {"source": report.url or source, "report": report.title, "region": report.region, "year": report.year}
        for record in report.records:
            cells = first | row(record)
            rows.writerow([harmless(_text(cells.get(name))) for name in COLUMNS])


def row(record: AnyRecord) -> dict[str, Any]:
    """The record's cells by column."""
    cells = msgspec.structs.asdict(record) | {"kind": record.kind}
    if record.cell:
        cells |= {name: getattr(record.cell, name) for name in ("table", "caption", "row", "column")}
    return cells | {"related": [f"{tie.type}:{tie.id}" for tie in record.related]}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return " / ".join(value)
    return str(value)


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may see it: what it would run as a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("-2.41"), harmless("-2.41‰"), harmless("增长")
    ("'=1+1", '-2.41', "'-2.41‰", '增长')
    """
    return f"'{cell}" if _RUNS.match(cell) and not _NUMBER.fullmatch(cell) else cell
