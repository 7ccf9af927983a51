"""The order in which a page is read: down one column, then the next."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from reportparse.reading.pdf_lines import Row, rows_of
from reportparse.reading.pdf_page import Piece

_FEWEST = 5
"""Rows that a column must have."""
_DEEPEST = 12
"""Cuts within cuts."""


def columns_of(pieces: Sequence[Piece], rows: list[Row] | None = None, depth: int = 0) -> list[list[Row]]:
    """The rows of the page by columns, in the order of reading; a page in one column gives one list."""
    rows = rows_of(pieces) if rows is None else rows
    if len(rows) < 2 * _FEWEST or depth > _DEEPEST:
        return [rows] if rows else []
    gutters = _gutters(pieces, rows)
    if not gutters:
        return [rows]
    widest = max(gutters, key=lambda g: g[1] - g[0])
    usual = median(r.em for r in rows)
    out: list[list[Row]] = []
    band: list[Row] = []
    for row in [*rows, None]:
        if row is not None and not any(_crosses(row, g) for g in gutters) and not (len(band) < _FEWEST and row.em > 1.2 * usual):
            band.append(row)
            continue
        if band:
            out += _split(band, widest, depth)
        band = []
        if row is not None:
            out.append([row])
    return _merged(out)


def _crosses(row: Row, gutter: tuple[float, float]) -> bool:
    low, high = gutter
    return any(p.x0 < low - 1 and p.x1 > high + 1 for p in row.pieces)


def _split(band: list[Row], gutter: tuple[float, float], depth: int) -> list[list[Row]]:
    """A band of rows cut at the gutter, where both sides are columns of prose."""
    middle = (gutter[0] + gutter[1]) / 2
    pieces = [p for row in band for p in row.pieces]
    left = [p for p in pieces if (p.x0 + p.x1) / 2 < middle]
    right = [p for p in pieces if (p.x0 + p.x1) / 2 >= middle]
    if not (left and right):
        return columns_of(pieces, depth=depth + 1)
    if not (_is_column(left) and _is_column(right) and _stand_side_by_side(left, right)):
        return [band]
    return columns_of(left, depth=depth + 1) + columns_of(right, depth=depth + 1)


def _is_column(pieces: Sequence[Piece]) -> bool:
    """Enough rows, and most of them filled from edge to edge."""
    rows = rows_of(pieces)
    if len(rows) < _FEWEST:
        return False
    x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
    fills = [sum(p.x1 - p.x0 for p in row.pieces) / (x1 - x0) for row in rows]
    if _gutters(pieces, rows):
        return True  # several columns by themselves
    return median(fills) > 0.7  # noqa: PLR2004


def _stand_side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    low = max(min(p.top for p in left), min(p.top for p in right))
    high = min(max(p.bottom for p in left), max(p.bottom for p in right))
    shorter = min(max(p.bottom for p in s) - min(p.top for p in s) for s in (left, right))
    return high - low > 0.5 * shorter


def _gutters(pieces: Sequence[Piece], rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The stripes that hardly any piece covers, with text on both sides."""
    x0, x1 = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    em = median(r.em for r in rows)
    size = int(x1 - x0) + 2
    if size < 20 * em:
        return []
    change = [0] * (size + 1)
    for row in rows:
        end = 0
        for p in row.pieces:  # a gap inside a line is no gutter unless it is wider than a letter
            start = max(int(p.x0 - x0), 0)
            if end and 0 < start - end < 0.8 * em:
                start = end
            stop = min(int(p.x1 - x0) + 1, size)
            if stop > start:
                change[start] += 1
                change[stop] -= 1
            end = max(end, stop)
    covered, now = [], 0
    for step in change[:size]:
        now += step
        covered.append(now)
    usual = sorted(covered)[size // 2]
    limit = max(usual * 0.15, 0)
    out: list[tuple[float, float]] = []
    start = None
    for x, count in enumerate([*covered, size]):
        if count <= limit and x < size:
            start = x if start is None else start
            continue
        if start is not None and start > 4 * em and x < size - 4 * em and x - start >= 0.8 * em:
            out.append((start + x0, x + x0))
        start = None
    return out


def _merged(columns: list[list[Row]]) -> list[list[Row]]:
    """Single rows that follow one another (a title of two lines) are one column."""
    out: list[list[Row]] = []
    single = False
    for column in columns:
        alone = len(column) == 1
        if alone and single:
            out[-1] += column
        else:
            out.append(list(column))
        single = alone
    return out
