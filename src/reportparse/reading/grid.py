"""From a grid of cells to a `Table`: which rows and columns are headers, what the caption line says.

Callers fill merged cells in themselves: every place that a merged cell covers holds the same `Cell`.
The text of a cell keeps the indent of its label as leading ideographic spaces (U+3000, one for each letter's
width that it stands to the right of the column's other labels; 　　税收收入): it tells which row a row belongs
to. `Cell.start` and `Cell.end` are then those of the text with its indent. Lines broken inside a cell are
joined without a blank. A row of a table that goes on over a page keeps its own line, so that its page is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportparse.folding import fold
from reportparse.model import Cell, Table

_NUMBER = re.compile(r"[-+−－]?\d[\d,.]*%?")


def make_table(
    rows: Sequence[Sequence[Cell]], *, caption: str | None, unit: str | None, page: int | None, start: int, end: int
) -> Table:
    """The table of `rows`, with its header rows and columns found; nothing is dropped."""
    width = max((len(row) for row in rows), default=0)
    filled = tuple(tuple(row) + (Cell("", end, end),) * (width - len(row)) for row in rows)
    header_rows = next((i for i, row in enumerate(filled) if any(_is_number(c) for c in row[1:])), len(filled))
    header_columns = min(1, width)
    return Table(
        caption=caption, unit=unit, page=page, start=start, end=end,
        rows=filled, header_rows=header_rows, header_columns=header_columns,
    )


def _is_number(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(fold(cell.text).replace(" ", "")))


def split_caption(line: str) -> tuple[str | None, str | None]:
    """Caption and unit of a line above a table.

    >>> split_caption("表1　2025年收入完成情况　　单位：万元")
    ('表1 2025年收入完成情况', '万元')
    """
    found = re.search(r"[(（]?\s*(?:计量)?单\s*位\s*[:：]\s*([^)）]+)[)）]?", line)
    unit = "".join(found[1].split()) if found else None
    rest = line[: found.start()] + line[found.end():] if found else line
    return " ".join(rest.split()).strip("•·:： ") or None, unit
