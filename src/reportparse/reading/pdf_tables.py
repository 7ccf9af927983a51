"""The tables of a page, in their place among its rows."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.reading.pdf_aligned import aligned_boxes
from reportparse.reading.pdf_columns import columns_of
from reportparse.reading.pdf_drawings import Drawings
from reportparse.reading.pdf_grid import Grid, grid_of
from reportparse.reading.pdf_lines import Row, rows_of
from reportparse.reading.pdf_page import Piece
from reportparse.reading.pdf_rules import RuleBox, boxes_of

_PLACE = "\ufffc"
"""Stands for a table while the page is put in order."""


def lay_page(pieces: list[Piece], drawn: Drawings, page: int) -> list[list[Row | Grid]]:
    """Rows and tables by columns, in the order of reading."""
    grids: list[Grid] = []
    rest = _take(boxes_of(drawn, pieces), pieces, page, grids)
    rows = rows_of(rest)
    left = _take(aligned_boxes(rows), rest, page, grids)
    if not grids:
        return [list(column) for column in columns_of(rest, rows)]
    marks = [Piece(_PLACE, [g.box[0], g.box[2]], g.box[1] + 2.0, k, 1.0) for k, g in enumerate(grids)]
    return [[item for row in column for item in _items(row, grids)] for column in columns_of([*left, *marks])]


def _take(boxes: Sequence[RuleBox], pieces: list[Piece], page: int, grids: list[Grid]) -> list[Piece]:
    """Add the tables that stand in the boxes to `grids`; the pieces that stand in none."""
    for box in boxes:
        grid, taken = grid_of(box, pieces, page)
        if grid is not None:
            grids.append(grid)
            gone = set(map(id, taken))
            pieces = [p for p in pieces if id(p) not in gone]
    return pieces


def _items(row: Row, grids: Sequence[Grid]) -> list[Row | Grid]:
    """The row, with each mark in it turned back into its table."""
    if not any(p.text == _PLACE for p in row.pieces):
        return [row]
    others = [p for p in row.pieces if p.text != _PLACE]
    out: list[Row | Grid] = [Row(others, row.base)] if others else []
    return out + [grids[p.first] for p in row.pieces if p.text == _PLACE]
