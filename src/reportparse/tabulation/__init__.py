"""Tables → records: header rows and columns name the indicator, subject, period and unit of each figure.

    Table ─read_grid→ Grid ─blocks→ halves with their columns ─Nesting→ rows with their parents ─Writer→ records

Each header is read once; a cell costs no more than its number and its record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reportparse.document import Document
from reportparse.model import AnyRecord, Section, Table, Warning
from reportparse.tabulation.captions import read_caption
from reportparse.tabulation.layout import blocks, header_paths, read_grid, roles
from reportparse.tabulation.writing import Writer


class About(Protocol):
    """What tabulating needs to know of a report."""

    @property
    def year(self) -> int | None:
        """The year that the report is about."""

    @property
    def region(self) -> str | None:
        """The region that it is about."""


def tabulate(
    document: Document, tables: Sequence[Table], sections: Sequence[Section], description: About,
    doubts: list[Warning] | None = None,
) -> list[AnyRecord]:
    """One record for each figure of `tables`, in reading order.

    A table whose headers can't be read gives none; the reason is added to `doubts` where that is given.
    """
    records: list[AnyRecord] = []
    starts = [line.start for line in document.lines]
    for number, table in enumerate(tables):
        caption = read_caption(table.caption)
        grid = read_grid(table)
        year = caption.year or description.year
        found = blocks(grid, year)
        if not any(block.columns for block in found):
            if doubts is not None and "figure" in roles(grid, header_paths(grid)):
                doubts.append(_doubt(number, table))
            continue
        writer = Writer(document, starts, number, table, caption, sections, description.year, description.region)
        for block in found:
            records += writer.records(grid, block)
    records.sort(key=lambda record: record.start)
    return records


def _doubt(number: int, table: Table) -> Warning:
    return Warning(
        code="table_without_headers", start=table.start, end=table.end, page=table.page,
        message=f"table {number}{f' ({table.caption})' if table.caption else ''} has figures but no headers that can be read; it gives no records",
    )
