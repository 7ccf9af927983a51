"""Web pages: the report on a page becomes lines and tables, what is around it stays out."""

from __future__ import annotations

from reportparse import patterns
from reportparse.document import Document, Line
from reportparse.errors import EmptySource
from reportparse.model import Cell, Table, Warning
from reportparse.reading.grid import make_table, title_of
from reportparse.reading.html_blocks import Block
from reportparse.reading.html_body import find_body
from reportparse.reading.html_flow import Flow, read_flow
from reportparse.reading.html_joins import join_lines
from reportparse.reading.html_tables import Grid
from reportparse.reading.text import damage

_SITE = patterns.compile(r"\s*[-_—|–－·›»]+\s*|\s{3,}")


def read_html(
    markup: str, *, name: str | None = None, encoding: str | None = None, damaged: int = 0
) -> Document:
    """Read a page that is characters already.

    Raises:
        EmptySource: the page shows nothing at all.
        SourceTooLarge: it has more paragraphs than can be held.

    """
    flow = read_flow(markup)
    if not flow.blocks and not flow.page_title.strip() and not flow.frames:
        raise EmptySource(f"{name or 'the page'} shows no text; save the page once it has loaded in a browser")
    meta = _meta(flow)
    body = find_body(flow, _titles(meta))
    warnings = [damage(damaged, encoding or "text")] if damaged else []
    if body.goes_on:
        warnings.append(Warning(code="more_pages", message="the page links to a next page of the text, which is not read; save the whole text"))
    if not body.is_report:
        warnings.append(_no_report(flow))
        body = body._replace(blocks=[])
    writer = _Writer()
    blocks = join_lines(body.blocks)
    for i, block in enumerate(blocks):
        writer.add(block, blocks[max(0, i - 3) : i])
    return Document(
        text="\n".join(writer.lines_text), lines=tuple(writer.lines), tables=tuple(writer.tables), meta=meta,
        title=body.title, furniture="\n".join(body.furniture), name=name, media_type="text/html",
        encoding=encoding, warnings=tuple(warnings),
    )


def _meta(flow: Flow) -> dict[str, str]:
    meta = dict(flow.meta)
    title = " ".join(flow.page_title.split())
    if title:
        meta["title"] = title
    if flow.attachments:
        meta["attachments"] = "\n".join(f"{a.label} {a.href}".strip() for a in flow.attachments)
    return meta


def _titles(meta: dict[str, str]) -> list[str]:
    """What the head calls the report, best first."""
    page = meta.get("title", "")
    parts = sorted(_SITE.split(page), key=len, reverse=True) if page else []
    return [t for t in (meta.get("articletitle", ""), meta.get("og:title", ""), page, *parts[:1]) if t]


def _no_report(flow: Flow) -> Warning:
    links = [f"{a.label} <{a.href}>" if a.label else f"<{a.href}>" for a in flow.attachments[:20]]
    links += [f"<{frame}>" for frame in flow.frames[:5]]
    if links:
        message = "the page holds no report, but links to files: " + "; ".join(links) + "; read these instead"
    else:
        message = "the page holds no report: it is filled by a script or shows pictures; save it from a browser or find the file"
    return Warning(code="no_report", message=message)


class _Writer:
    """Lines, one after the other, and where each begins."""

    def __init__(self) -> None:
        self.lines_text: list[str] = []
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.at = 0

    def add(self, block: Block, before: list[Block]) -> None:
        if block.grid is not None:
            self._table(block.grid, before)
        else:
            self._line(block.text, tag=block.tag, bold=block.bold, centred=block.centred, size=block.size, font=block.font)

    def _line(self, text: str, **how: object) -> None:
        self.lines.append(Line(start=self.at, end=self.at + len(text), **how))  # type: ignore[arg-type]
        self.lines_text.append(text)
        self.at += len(text) + 1

    def _table(self, grid: Grid, before: list[Block]) -> None:
        start = self.at
        rows: list[list[Cell]] = []
        placed: dict[tuple[int, int], Cell] = {}
        for i, pieces in enumerate(grid.rows):
            cells: list[Cell] = []
            line: list[str] = []
            at = self.at
            for j, piece in enumerate(pieces):
                if (piece.row, piece.column) == (i, j):
                    at += 1 if line else 0
                    placed[i, j] = Cell(piece.text, at, at + len(piece.text))
                    line.append(piece.text)
                    at += len(piece.text)
                cells.append(placed[piece.row, piece.column])
            rows.append(cells)
            if any(line):
                self._line("\t".join(line), tag="tr")
        caption, unit = _caption(before)
        end = max(start, self.at - 1)
        self.tables.append(make_table(rows, caption=caption, unit=unit, page=None, start=start, end=end))


def _caption(before: list[Block]) -> tuple[str | None, str | None]:
    """Caption and unit of a table, from the lines above it."""
    last = next((k for k in range(len(before) - 1, -1, -1) if before[k].grid is not None), -1)
    return title_of([(b.text, b.centred or b.bold or b.tag in ("caption", "h3")) for b in before[last + 1 :]])
