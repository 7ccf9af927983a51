"""The order in which a page is read: down one column, then the next."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from statistics import median

from reportparse.reading.pdf_lines import Row, rows_of
from reportparse.reading.pdf_page import Piece

_FEWEST = 5
"""Rows that a column must have."""
_DEEPEST = 12
"""Cuts within cuts."""
_TITLE = 1.2
"""Letters so much larger than is usual are a title's."""


def columns_of(pieces: Sequence[Piece], rows: list[Row] | None = None, depth: int = 0) -> list[list[Row]]:
    """The rows of the page by columns, in the order of reading; a page in one column gives one list."""
    rows = rows_of(pieces) if rows is None else rows
    if len(rows) < 2 * _FEWEST or depth > _DEEPEST:
        return [rows] if rows else []
    gutters = _gutters(pieces, rows)
    if not gutters:
        return [rows]
    usual = median(r.em for r in rows)
    out: list[list[Row]] = []
    band: list[Row] = []
    for row in [*rows, None]:
        if row is not None and not any(_crosses(row, g) for g in gutters) and not (len(band) < _FEWEST and row.em > _TITLE * usual):
            band.append(row)
            continue
        if band:
            out += _split(band, gutters, depth)
        band = []
        if row is not None:
            out.append([row])
    return _merged(out)


def _crosses(row: Row, gutter: tuple[float, float]) -> bool:
    low, high = gutter
    return any(p.x0 < low - 1 and p.x1 > high + 1 for p in row.pieces)


def _split(band: list[Row], gutters: Sequence[tuple[float, float]], depth: int) -> list[list[Row]]:
    """A band of rows cut at its gutters, where they part columns of prose: at all of them, else at the widest."""
    pieces = [p for row in band for p in row.pieces]
    for cuts in (gutters, [max(gutters, key=lambda g: g[1] - g[0])]):
        edges = [(low + high) / 2 for low, high in cuts]
        parts: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
        for piece in pieces:
            parts[bisect(edges, (piece.x0 + piece.x1) / 2)].append(piece)
        filled = [(part, rows_of(part)) for part in parts if part]
        if len(filled) < 2:
            return columns_of(pieces, depth=depth + 1) if depth < _DEEPEST and len(gutters) > 1 else [band]
        if all(_is_column(part, rows) for part, rows in filled) and _stand_side_by_side([part for part, _ in filled]):
            return [column for part, rows in filled for column in columns_of(part, rows, depth=depth + 1)]
        if len(gutters) == 1:
            break
    return [band]


def _is_column(pieces: Sequence[Piece], rows: Sequence[Row]) -> bool:
    """Enough rows, and most of them filled from edge to edge."""
    if len(rows) < _FEWEST:
        return False
    x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
    fills = [sum(p.x1 - p.x0 for p in row.pieces) / (x1 - x0) for row in rows]
    return median(fills) > 0.7 or bool(_gutters(pieces, rows))


def _stand_side_by_side(parts: Sequence[Sequence[Piece]]) -> bool:
    tops, bottoms = [min(p.top for p in part) for part in parts], [max(p.bottom for p in part) for part in parts]
    shorter = min(b - a for a, b in zip(tops, bottoms, strict=True))
    return min(bottoms) - max(tops) > 0.5 * shorter


def _gutters(pieces: Sequence[Piece], rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The stripes that hardly any piece covers, with text on both sides."""
    x0, x1 = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    em = median(r.em for r in rows)
    size = int(x1 - x0) + 2
    if size < 20 * em:
        return []
    change = [0] * (size + 1)
    for row in rows:
        if row.em > _TITLE * em:
            continue  # a title may run over all columns
        end = 0
        for p in row.pieces:  # a gap inside a line is no gutter unless it is wider than a letter
            begin = max(int(p.x0 - x0), 0)
            if end and 0 < begin - end < 0.8 * em:
                begin = end
            stop = min(int(p.x1 - x0) + 1, size)
            if stop > begin:
                change[begin] += 1
                change[stop] -= 1
            end = max(end, stop)
    covered, now = [], 0
    for step in change[:size]:
        now += step
        covered.append(now)
    usual = sorted(covered)[size // 2]
    limit = max(usual * 0.15, 0)
    out: list[tuple[float, float]] = []
    start: int | None = None
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
