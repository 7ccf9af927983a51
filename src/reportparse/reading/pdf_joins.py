"""A table that goes on over a page is one table."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.folding import fold
from reportparse.reading.pdf_captions import bare_caption, caption_of
from reportparse.reading.pdf_figures import is_figure
from reportparse.reading.pdf_grid import Grid, GridRow
from reportparse.reading.pdf_lines import Row


def join_tables(items: Sequence[Row | Grid]) -> list[Row | Grid]:
    """The items, with each table that follows its own first part joined to it."""
    out: list[Row | Grid] = []
    last: dict[int, int] = {}
    for item in items:
        before = out[-1] if out else None
        if isinstance(item, Grid) and isinstance(before, Grid):
            page = last.get(id(before), before.page)
            if item.page == page + 1 and _goes_on(before, item):
                _join(before, item)
                last[id(before)] = item.page
                continue
        out.append(item)
    return out


def _goes_on(first: Grid, more: Grid) -> bool:
    if len(first.edges) != len(more.edges) or not _same_columns(first.edges, more.edges):
        return False
    caption = bare_caption(caption_of(more.caption)[0])
    named = bare_caption(caption_of(first.caption)[0])
    if caption and not (named.endswith(caption) and len(caption) > 0.6 * len(named)):  # later pages may leave out the number
        return False
    head = more.header_rows()
    return not 0 < head < len(more.rows) or _repeated(first, more) > 0 or not _looks_like_header(more, head)


def _looks_like_header(grid: Grid, count: int) -> bool:
    """Rows without figures, with words over the columns of figures."""
    return any(sum(bool(c.text) for c in row.cells[1:]) >= 0.5 * (len(row.cells) - 1) for row in grid.rows[:count])


def _same_columns(a: Sequence[float], b: Sequence[float]) -> bool:
    wide_a, wide_b = a[-1] - a[0], b[-1] - b[0]
    return abs(wide_a - wide_b) < 0.08 * wide_a and all(
        abs((x - a[0]) / wide_a - (y - b[0]) / wide_b) < 0.035 for x, y in zip(a, b, strict=True)
    )


def _flat(row: GridRow) -> list[str]:
    return ["".join(fold(t).split()) for t in row.texts()]


def _repeated(first: Grid, more: Grid) -> int:
    """How many rows at the top of `more` say what those of `first` say."""
    count = 0
    for a, b in zip(first.rows[: max(first.header_rows(), 1)], more.rows, strict=False):
        if _flat(a) != _flat(b):
            break
        count += 1
    return count


def _join(first: Grid, more: Grid) -> None:
    rows = more.rows[_repeated(first, more) :]
    if rows and _is_rest(first.rows[-1], rows[0]):
        for cell, rest in zip(first.rows[-1].cells, rows[0].cells, strict=True):
            cell.text += rest.text
        rows = rows[1:]
    first.rows += rows


def _is_rest(last: GridRow, row: GridRow) -> bool:
    """Whether a row broken over the page goes on in `row`: no figures, and the label was left in the middle."""
    if any(is_figure(c.text) for c in row.cells) or not any(c.text for c in row.cells):
        return False
    opened = any(c.text.count("（") + c.text.count("(") > c.text.count("）") + c.text.count(")") for c in last.cells)
    blank_label = not row.cells[0].text and bool(last.cells[0].text) and sum(bool(c.text) for c in row.cells) > 0
    return opened or blank_label
