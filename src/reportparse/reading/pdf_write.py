"""Paragraphs and tables written down as one text, with the place of everything."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse import patterns
from reportparse.document import Line
from reportparse.model import Cell, Table, Warning
from reportparse.reading.grid import make_table, title_of
from reportparse.reading.pdf_captions import caption_of
from reportparse.reading.pdf_figures import is_figure
from reportparse.reading.pdf_grid import Grid, GridCell, GridRow
from reportparse.reading.pdf_lines import Row
from reportparse.reading.pdf_paragraphs import Joiner, Paragraph

_BLANK = "\u3000"
_DEEPEST = 12
"""Letters that a label may be indented by."""
_TWO = patterns.compile(r"\d [-−]?\d")


class Writer:
    """Collects the text of a report and what stands where in it."""

    def __init__(self, joiner: Joiner) -> None:
        self.joiner = joiner
        self.parts: list[str] = []
        self.at = 0
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.warnings: list[Warning] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "\n".join(self.parts)

    def _put(self, text: str) -> tuple[int, int]:
        start = self.at
        self.parts.append(text)
        self.at += len(text) + 1
        return start, start + len(text)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph as one line."""
        start, end = self._put(paragraph.text)
        first = paragraph.rows[0]
        near = [r for r in paragraph.rows if r.page == first.page and r.column == first.column]
        box = (min(r.x0 for r in near), first.top, max(r.x1 for r in near), near[-1].bottom)
        self.lines.append(
            Line(
                start=start, end=end, page=first.page, box=_rounded(box), tag=paragraph.tag, bold=first.style.bold,
                centred=all(self.joiner.is_centred(r) for r in paragraph.rows), size=round(first.em, 1),
                font=first.style.font, ocr=first.ocr,
            )
        )

    def table(self, grid: Grid) -> None:
        """Write the caption and rows of a table, a line each."""
        for line in grid.caption:
            self.paragraph(Paragraph(line, "caption"))
        _indent(grid)
        above = [(part, line.bold or line.centred) for part, line in zip(self.parts[-4:], self.lines[-4:], strict=False) if line.page == grid.page]
        start = self.at
        seen: set[int] = set()
        for row in grid.rows:
            self._row(row, grid, seen)
        end = max(self.at - 1, start)
        caption, unit = caption_of(grid.caption or grid.borrowed)
        if caption is None:  # its place on the page tells no title: then its words may
            caption, said = title_of(above)
            unit = unit or said
        figures = [c.text for row in grid.rows for c in row.cells if any(map(str.isdigit, c.text))]
        doubled = sum(bool(_TWO.search(t)) for t in figures)
        if doubled > 1 and doubled > 0.04 * len(figures):
            self.warnings.append(
                Warning(
                    code="table_doubtful", start=start, end=end, page=grid.page,
                    message=f"a table on page {grid.page} could not be read into columns; its text is kept, its figures are not tabulated",
                )
            )
            return
        rows = [[Cell(c.text, c.start, c.end) for c in row.cells] for row in grid.rows]
        self.tables.append(make_table(rows, caption=caption, unit=unit, page=grid.page, start=start, end=end))

    def _row(self, row: GridRow, grid: Grid, seen: set[int]) -> None:
        parts: list[str] = []
        at = self.at
        for cell in row.cells:
            if parts:
                at += 1
            text = ""
            if id(cell) not in seen:
                seen.add(id(cell))
                text = cell.text = _BLANK * cell.indent + cell.text
                cell.start, cell.end = at, at + len(text)
            parts.append(text)
            at += len(text)
        start, end = self._put("\t".join(parts))
        box = (grid.box[0], row.top, grid.box[2], row.bottom)
        self.lines.append(Line(start=start, end=end, page=row.page, box=_rounded(box), tag="tr", ocr=grid.ocr))


def _indent(grid: Grid) -> None:
    """Tell for each label how many letters it stands to the right of the leftmost one of its column."""
    head = grid.header_rows()
    for column in range(len(grid.edges) - 1):
        cells = {id(r.cells[column]): r.cells[column] for r in grid.rows[head:]}
        labels = [c for c in cells.values() if c.text and not is_figure(c.text)]
        if len(labels) < 2 or 2 * len(labels) < sum(bool(c.text) for c in cells.values()):
            continue
        flush = [c for c in labels if not _is_centred(c, labels)]
        least = min((c.offset for c in flush), default=0.0)
        for cell in flush:
            cell.indent = max(0, min(round(cell.offset - least), _DEEPEST))


def _is_centred(cell: GridCell, others: Sequence[GridCell]) -> bool:
    """Centred in its column, and not because a label of that indent happens to be that long."""
    return cell.centred and not any(
        abs(o.offset - cell.offset) < 0.4 and abs(len(o.text) - len(cell.text)) > 1 for o in others
    )


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(v, 1) for v in box)
    return x0, top, x1, bottom


def write(blocks: Sequence[Paragraph | Grid], joiner: Joiner) -> Writer:
    """Write all of a report's blocks."""
    writer = Writer(joiner)
    for block in blocks:
        if isinstance(block, Grid):
            writer.table(block)
        else:
            writer.paragraph(block)
    return writer


def blocks_of(items: Sequence[Row | Grid], joiner: Joiner, notes: set[int]) -> list[Paragraph | Grid]:
    """Rows joined to paragraphs; a paragraph goes on over a table or a footnote that stands in its way."""
    out: list[Paragraph | Grid] = []
    open_: Paragraph | None = None
    over = False
    note: Paragraph | None = None
    for item in items:
        if isinstance(item, Grid):
            out.append(item)
            over, note = open_ is not None, None
        elif id(item) in notes:
            if note is not None and joiner.goes_on(note, item):
                note.add(item)
            else:
                note = Paragraph(item, "footnote")
                out.append(note)
        elif open_ is not None and joiner.goes_on(open_, item, over=over):
            open_.add(item)
        else:
            open_ = Paragraph(item)
            out.append(open_)
            over, note = False, None
    return out
