"""Tables of a web page: which are tables at all, and their merged cells filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportparse import patterns
from reportparse.folding import fold
from reportparse.reading.html_blocks import Block, together

_FIGURE = patterns.compile(r"[-+]?\d[\d,.]{0,30}[%‰]?")
_MAX_ACROSS = 400
_LONG = 160  # characters; a cell of a table of figures is shorter


class RawCell(NamedTuple):
    """A cell as the page writes it: its blocks ``[first, last)``, and how many places it covers (0: to the end)."""

    first: int
    last: int
    across: int
    down: int
    head: bool


class Piece(NamedTuple):
    """A cell of a grid: its text, and whether it begins at this place or only covers it."""

    text: str
    row: int
    column: int


class Grid:
    """The cells of a table, row by row, each place filled."""

    __slots__ = ("heads", "rows")

    def __init__(self, rows: Sequence[Sequence[RawCell]], blocks: Sequence[Block]) -> None:
        self.rows: list[list[Piece]] = list(_filled(rows, blocks))
        self.heads = sum(1 for row in rows if row and all(cell.head for cell in row))
        """How many rows the page itself marks as headers."""

    def lines(self) -> list[str]:
        """The rows as lines, a merged cell where it begins."""
        rows = ([p.text for j, p in enumerate(row) if (p.row, p.column) == (i, j)] for i, row in enumerate(self.rows))
        return ["\t".join(row) for row in rows]

    def has_figures(self) -> bool:
        """Whether at least two cells are bare numbers."""
        found = (p for row in self.rows for p in row if _FIGURE.fullmatch(fold(p.text).replace(" ", "")))
        return next(found, None) is not None and next(found, None) is not None

    def letters(self) -> int:
        """How many characters stand in it."""
        return sum(len(p.text) for i, row in enumerate(self.rows) for j, p in enumerate(row) if (p.row, p.column) == (i, j))


def is_grid(rows: Sequence[Sequence[RawCell]], blocks: Sequence[Block]) -> bool:
    """Whether a table holds a grid of short cells, and does not merely lay out the page."""
    across = [sum(1 for cell in row if cell.last > cell.first) for row in rows]
    if sum(1 for n in across if n >= 2) < 2:
        return False
    lengths = [sum(len(b.text) for b in blocks[c.first : c.last]) for row in rows for c in row if c.last > c.first]
    long = sum(1 for n in lengths if n > _LONG)
    if long * 10 > len(lengths) or max(lengths) > 40 * _LONG:
        return False
    first, last = _extent(rows)
    letters = sum(lengths)
    return sum(b.linked for b in blocks[first:last]) * 2 <= letters


def _extent(rows: Sequence[Sequence[RawCell]]) -> tuple[int, int]:
    cells = [cell for row in rows for cell in row]
    return min(c.first for c in cells), max(c.last for c in cells)


def _text(cell: RawCell, blocks: Sequence[Block]) -> str:
    """The text of a cell: its lines in one, the indent of a label before it."""
    if cell.last <= cell.first:
        return ""
    whole = blocks[cell.first].text
    for block in blocks[cell.first + 1 : cell.last]:
        whole = together(whole, block.text)
    label = not whole[0].isdigit() and whole[0] not in "-+.−"
    return ("\u3000" * min(blocks[cell.first].indent, 8) if label else "") + whole.replace("\t", " ")


def _filled(rows: Sequence[Sequence[RawCell]], blocks: Sequence[Block]) -> Iterator[list[Piece]]:
    """The rows of the grid, with a merged cell at each place that it covers."""
    width = _width(rows)
    places = sum(map(len, rows)) * 20 + 10_000  # what a table that is meant to be read may cover
    waiting: dict[int, tuple[Piece, int]] = {}  # column → the cell that covers it, and for how many rows more
    for i, row in enumerate(rows):
        line: list[Piece] = []
        for cell in row:
            _let_down(line, waiting)
            piece = Piece(_text(cell, blocks), i, len(line))
            down = min(cell.down or len(rows), len(rows) - i)
            for _ in range(max(1, min(cell.across or 1, width - len(line)))):
                if down > 1:
                    waiting[len(line)] = (piece, down - 1)
                line.append(piece)
        for column in sorted(waiting):
            if column >= len(line):
                line += [Piece("", i, len(line) + k) for k in range(column - len(line))]
                _let_down(line, waiting)
        places -= len(line)
        if places < 0:
            waiting.clear()
            width = 0  # from here on every cell is one place
        yield line


def _let_down(line: list[Piece], waiting: dict[int, tuple[Piece, int]]) -> None:
    """Append the cells that reach down into the row's next places."""
    while waiting and (held := waiting.get(len(line))):
        piece, more = held
        if more == 1:
            del waiting[len(line)]
        else:
            waiting[len(line)] = (piece, more - 1)
        line.append(piece)


def _width(rows: Sequence[Sequence[RawCell]]) -> int:
    """How many columns the grid has.

    A span says little by itself (``colspan=100000``): only the row with most cells tells how wide a table is,
    or a row whose spans are small.
    """
    cells = max((len(row) for row in rows), default=0)
    spans = max((sum(c.across or 1 for c in row) for row in rows if all(c.across <= _MAX_ACROSS for c in row)), default=0)
    return max(cells, min(spans, 4 * cells + 8))


class OpenTable:
    """A table that is being read."""

    __slots__ = ("box", "cell", "first", "in_cell", "nested", "rows", "within")

    def __init__(self, first: int, box: int) -> None:
        self.first = first
        self.box = box
        self.rows: list[list[RawCell]] = []
        self.nested = False
        """Whether a grid stands in one of its cells."""
        self.within = 0
        """How many blocks stand in tables in its cells."""
        self.in_cell = False
        self.cell: tuple[int, int, int, bool] = (0, 1, 1, False)

    def open_row(self) -> None:
        """A row begins."""
        self.rows.append([])
        self.in_cell = False

    def open_cell(self, block: int, attrs: Mapping[str, str], tag: str) -> None:
        """A cell begins at a block."""
        if not self.rows:
            self.rows.append([])
        self.in_cell = True
        across, down = (span(attrs.get("colspan")), span(attrs.get("rowspan"))) if attrs else (1, 1)
        self.cell = (block, across, down, tag == "th")

    def close_cell(self, block: int) -> None:
        """The cell ends before a block."""
        first, across, down, head = self.cell
        self.rows[-1].append(RawCell(first, block, across, down, head))
        self.in_cell = False

    def grid(self, blocks: list[Block]) -> Grid | None:
        """The grid that the table is, or None where it only lays out the page."""
        if self.nested or self.within * 3 > len(blocks) - self.first or not is_grid(self.rows, blocks):
            return None
        return Grid(self.rows, blocks)


def span(value: str | None) -> int:
    """A `colspan` or `rowspan`; 0 stands for all that follow.

    >>> span(None), span("3"), span("x"), span("-2"), span("0")
    (1, 3, 1, 1, 0)
    """
    digits = (value or "").strip()
    return int(digits[:6]) if digits.isdecimal() and digits.isascii() else 1
