"""From a box of rules and the pieces in it to rows and columns of cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from reportparse.reading.pdf_bands import gutters, parts_of, places
from reportparse.reading.pdf_figures import is_figure, lines_of
from reportparse.reading.pdf_lines import Row, rows_of
from reportparse.reading.pdf_page import Piece
from reportparse.reading.pdf_paragraphs import joined
from reportparse.reading.pdf_rules import RuleBox


class GridCell:
    """A cell; one that is merged stands in several places of the grid."""

    __slots__ = ("centred", "end", "indent", "lines", "offset", "start", "text")

    def __init__(self, rows: Sequence[Row] = (), left: float = 0.0, right: float = 0.0) -> None:
        self.text = ""
        for row in rows:
            self.text = joined(self.text, row.text) if self.text else row.text
        self.lines = len(rows)
        self.start = self.end = -1
        self.indent = 0
        self.offset = 0.0
        """How far its text begins from the column's left edge, in letters."""
        self.centred = False
        if rows:
            em = rows[0].em
            x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
            self.offset = (rows[0].x0 - left) / em
            self.centred = x0 - left > 1.2 * em and abs((x0 - left) - (right - x1)) < max(0.8 * em, 0.06 * (right - left))

    def __repr__(self) -> str:
        return f"[{self.text}]"


class GridRow:
    """A row of cells and where it was printed."""

    __slots__ = ("bottom", "cells", "page", "top")

    def __init__(self, cells: list[GridCell], page: int, top: float, bottom: float) -> None:
        self.cells = cells
        self.page = page
        self.top = top
        self.bottom = bottom

    def texts(self) -> list[str]:
        """What its cells say."""
        return [c.text for c in self.cells]


class Grid:
    """A table, or what of it stands on one page."""

    def __init__(self, page: int, box: tuple[float, float, float, float], rows: list[GridRow], edges: list[float]) -> None:
        self.page = page
        self.box = box
        self.rows = rows
        self.edges = edges
        """Where its columns begin and end."""
        self.caption: list[Row] = []
        """The rows above it that name it."""
        self.borrowed: list[Row] = []
        """Those of the table to its left, where both stand beneath one title."""
        self.span = (box[0], box[2])
        """From where to where its title reaches."""
        self.ocr = False

    def header_rows(self) -> int:
        """Rows before the first that holds a figure."""
        return next((k for k, row in enumerate(self.rows) if any(is_figure(c.text) for c in row.cells[1:])), len(self.rows))


def grid_of(box: RuleBox, pieces: Sequence[Piece], page: int) -> tuple[Grid | None, list[Piece]]:
    """The grid that stands in a box, and the pieces that it took up; None where the box holds no table."""
    inside = [p for p in pieces if box.top - 1 < p.base - 0.36 * p.em < box.bottom + 1 and box.x0 - 3 < (p.x0 + p.x1) / 2 < box.x1 + 3]
    if len(inside) < 4:
        return None, []
    slots = _Slots(box, inside)
    if len(slots.xs) < 3 or not slots.rows:
        return None, []
    rows = [GridRow(cells, page, top, bottom) for cells, top, bottom in slots.rows]
    if len(rows) < 2 or sum(len(set(map(id, row.cells))) == 1 for row in rows) > 0.5 * len(rows):
        return None, []
    return Grid(page, (box.x0, box.top, box.x1, box.bottom), rows, slots.xs), inside


class _Slots:
    """The finest net of places that the rules and gutters of a box make, and what was merged in it."""

    def __init__(self, box: RuleBox, pieces: Sequence[Piece]) -> None:
        self.box = box
        self.ys = places([r.at for r in box.across] + [box.top, box.bottom], 3.0)
        hard = places([r.at for r in box.down] + [box.x0, box.x1], 3.5)
        self.pieces = self._cut(pieces, hard)
        self.body = rows_of(self.pieces)
        self.xs, self.soft = self._withgutters(hard)
        self.members = self._merge()
        self.rows = self._logical_rows()

    # columns

    def _ruled(self, x: float, top: float, bottom: float) -> bool:
        """Whether a rule runs down at `x` for most of the way from `top` to `bottom`."""
        common = sum(max(0.0, min(r.high, bottom) - max(r.low, top)) for r in self.box.down if abs(r.at - x) < 3.6)
        return common >= 0.5 * (bottom - top)

    def _cut(self, pieces: Sequence[Piece], xs: Sequence[float]) -> list[Piece]:
        """Cut the pieces that a rule crosses between two of their letters."""
        out = []
        for whole in pieces:
            piece = whole
            for x in xs[1:-1]:
                if piece.x0 < x - 1 and piece.x1 > x + 1 and self._ruled(x, piece.top, piece.bottom):
                    k = min(range(1, len(piece.text)), key=lambda k, p=piece: abs(p.edges[k] - x), default=0)  # type: ignore[misc]
                    if k and abs(piece.edges[k] - x) < 0.3 * piece.em:
                        left, piece = piece.cut(k)
                        out.append(left)
            out.append(piece)
        return out

    def _withgutters(self, hard: list[float]) -> tuple[list[float], set[int]]:
        """All borders of columns, and which of them are seen from the text or from part of the rows only."""
        whole = self.box.bottom - self.box.top
        xs: list[tuple[float, bool]] = [(hard[0], False)]
        for a, b in itertools.pairwise(hard):
            xs += [(x, True) for x in gutters(self.body, a, b)]
            xs.append((b, b != hard[-1] and sum(r.high - r.low for r in self.box.lines if abs(r.at - b) < 3.6) < 0.5 * whole))
        return [x for x, _ in xs], {k for k, (_, soft) in enumerate(xs) if soft}

    # merged places

    def _merge(self) -> list[list[int]]:
        """For each band and column the number of the cell that covers it."""
        bands, columns = len(self.ys) - 1, len(self.xs) - 1
        above = list(range(bands * columns))

        def find(k: int) -> int:
            while above[k] != k:
                above[k] = above[above[k]]
                k = above[k]
            return k

        for r in range(bands):
            top, bottom = self.ys[r], self.ys[r + 1]
            for c in range(columns - 1):
                x = self.xs[c + 1]
                if not self._ruled(x, top, bottom) and (
                    c + 1 not in self.soft or self._is_crossed(x, top, bottom) or self._is_on_one_field(x, top, bottom)
                ):
                    above[find(r * columns + c)] = find(r * columns + c + 1)
        free = self._unruled_columns()
        for c in range(columns):
            if c in free:
                continue
            for r in range(bands - 1):
                if not self._ruled_across(self.ys[r + 1], self.xs[c], self.xs[c + 1]):
                    above[find(r * columns + c)] = find((r + 1) * columns + c)
        return [[find(r * columns + c) for c in range(columns)] for r in range(bands)]

    def _is_crossed(self, x: float, top: float, bottom: float) -> bool:
        return any(p.x0 < x - 2 and p.x1 > x + 2 and top < p.base - 0.36 * p.em < bottom for p in self.pieces)

    def _is_on_one_field(self, x: float, top: float, bottom: float) -> bool:
        """Whether one coloured field, less than a whole row, lies on both sides of `x`."""
        middle, wide = (top + bottom) / 2, 0.9 * (self.box.x1 - self.box.x0)
        return any(f.x0 < x - 3 and f.x1 > x + 3 and f.top < middle < f.bottom and f.x1 - f.x0 < wide for f in self.box.fields)

    def _ruled_across(self, y: float, x0: float, x1: float) -> bool:
        common = sum(max(0.0, min(r.high, x1) - max(r.low, x0)) for r in self.box.across if abs(r.at - y) < 3.1)
        return common >= 0.5 * (x1 - x0)

    def _unruled_columns(self) -> set[int]:
        """Columns without rules between their rows, though others have them: nothing is merged there."""
        inner = self.ys[1:-1]
        if len(inner) < 3:
            return set()
        shares = [
            sum(self._ruled_across(y, a, b) for y in inner) / len(inner)
            for a, b in zip(self.xs, self.xs[1:], strict=False)
        ]
        return {c for c, share in enumerate(shares) if share < 0.15}

    # rows

    def _logical_rows(self) -> list[tuple[list[GridCell], float, float]]:
        columns = len(self.xs) - 1
        held: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            held.setdefault(self._slot(piece), []).append(piece)
        spans: dict[int, set[int]] = {}
        for r, row in enumerate(self.members):
            for cell in row:
                spans.setdefault(cell, set()).add(r)
        tall = {cell: self._cell(held.get(cell, []), cell) for cell, rows in spans.items() if len(rows) > 1}
        out: list[tuple[list[GridCell], float, float]] = []
        for r, members in enumerate(self.members):
            lines = {cell: lines_of(held.get(cell, [])) for cell in set(members) if cell not in tall}
            headed = None if out or tall else self._header(members, lines)
            if headed:
                out += [(row, self.ys[r], self.ys[r + 1]) for row in headed]
                continue
            for part in parts_of(lines, self.ys[r], self.ys[r + 1]):
                made = {cell: self._made(rows, cell) for cell, rows in part[0].items()}
                cells = [tall.get(cell) or made[cell] for cell in members]
                if any(c.text for c in cells):
                    out.append((cells, part[1], part[2]))
        return [entry for entry in out if len(entry[0]) == columns]

    def _header(self, members: Sequence[int], lines: dict[int, list[Row]]) -> list[list[GridCell]] | None:
        """Two levels of a header that no rule keeps apart: each upper text stands centred over its columns."""
        if any(is_figure(r.text) for rows in lines.values() for r in rows):
            return None
        em = median([r.em for rows in lines.values() for r in rows] or [1.0])
        levels = places([r.base for rows in lines.values() for r in rows], 0.5 * em)
        if len(levels) not in {2, 3}:
            return None
        upper = sorted((r for rows in lines.values() for r in rows if abs(r.base - levels[0]) < 0.5 * em), key=lambda r: r.x0)
        lower = {cell: r for cell, rows in lines.items() for r in rows if abs(r.base - levels[-1]) < 0.5 * em}
        if not upper or len(lower) <= len(upper):
            return None
        over: dict[int, list[int]] = {k: [] for k in range(len(upper))}
        for cell, row in lower.items():
            middle = (row.x0 + row.x1) / 2
            over[min(over, key=lambda k: abs((upper[k].x0 + upper[k].x1) / 2 - middle))].append(cell)
        for k, cells in over.items():
            centres = sorted((lower[c].x0 + lower[c].x1) / 2 for c in cells)
            middle = (upper[k].x0 + upper[k].x1) / 2
            if not centres or abs((centres[0] + centres[-1]) / 2 - middle) > max(em, 0.1 * (centres[-1] - centres[0])):
                return None
        first: dict[int, GridCell] = {}
        for k, cells in over.items():
            shared = GridCell([upper[k]])
            first.update(dict.fromkeys(cells, shared))
        second = {c: self._made([row], c) for c, row in lower.items()}
        alone = {c: self._made(rows, c) for c, rows in lines.items() if c not in second}
        return [[first.get(c) or alone[c] for c in members], [second.get(c) or alone[c] for c in members]]

    def _slot(self, piece: Piece) -> int:
        """The cell that a piece stands in."""
        middle = piece.base - 0.36 * piece.em
        r = max(k for k in range(len(self.ys) - 1) if k == 0 or self.ys[k] <= middle)
        x = (piece.x0 + piece.x1) / 2
        if piece.text[0] >= "\u2e80":
            x = min(x, piece.x0 + 0.6 * piece.em)  # a label that runs over belongs where it begins
        c = max(k for k in range(len(self.xs) - 1) if k == 0 or self.xs[k] <= x)
        return self.members[r][c]

    def _bounds(self, cell: int) -> tuple[float, float]:
        at = [c for row in self.members for c, other in enumerate(row) if other == cell]
        return self.xs[min(at)], self.xs[max(at) + 1]

    def _cell(self, pieces: Sequence[Piece], cell: int) -> GridCell:
        return self._made(lines_of(pieces), cell)

    def _made(self, rows: Sequence[Row], cell: int) -> GridCell:
        return GridCell(rows, *self._bounds(cell))
