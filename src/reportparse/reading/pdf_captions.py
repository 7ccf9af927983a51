"""What stands above a table and names it: its number, title and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportparse import patterns
from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.reading.grid import split_caption
from reportparse.reading.pdf_grid import Grid
from reportparse.reading.pdf_lines import Row

_NUMBER = patterns.compile(r"(?:附?续?表|附件|附录|附|§)\s?[\d一二三四五六七八九十]{1,3}(?:[-—–.]\d{1,3}){0,2}[:：、.]?")
_HEADING = patterns.compile(r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部])")
_NAMED = patterns.compile(r"表(?:\([^()]{1,12}\)){0,2}$")
_MOST = 6
"""Rows above a table that may belong to it."""


def take_captions(items: Sequence[Row | Grid]) -> list[Row | Grid]:
    """Move the rows that name a table into it; what is left, in its order."""
    out: list[Row | Grid] = []
    for k, item in enumerate(items):
        if isinstance(item, Grid):
            beside = items[k + 1] if k + 1 < len(items) else None
            if isinstance(beside, Grid) and _stand_abreast(item, beside):
                item.span = (min(item.box[0], beside.box[0]), max(item.box[2], beside.box[2]))
                beside.borrowed = item.caption
            elif item.borrowed:
                out.append(item)
                continue
            while out and len(item.caption) < _MOST:
                row = out[-1]
                if not isinstance(row, Row) or not _names(row, item):
                    break
                item.caption.insert(0, row)
                out.pop()
            _give_back(item, out)
        out.append(item)
    return out


def _stand_abreast(a: Grid, b: Grid) -> bool:
    """Two tables beside each other, beneath one title."""
    high = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return a.page == b.page and (a.box[2] <= b.box[0] + 3 or b.box[2] <= a.box[0] + 3) and high > 0.5 * min(a.box[3] - a.box[1], b.box[3] - b.box[1])


def _give_back(grid: Grid, out: list[Row | Grid]) -> None:
    """A first row that is no title after all, when more than three lines of title were taken."""
    titles = [r for r in grid.caption if not (is_unit(r.text) or _NUMBER.match(_flat(r.text)))]
    if len(titles) > 3:
        out += grid.caption[: grid.caption.index(titles[-2])]
        grid.caption = grid.caption[grid.caption.index(titles[-2]) :]


def _flat(text: str) -> str:
    return "".join(fold(text).split())


def is_unit(text: str) -> bool:
    """A line that says 单位：万元, alone or beside a title.

    >>> is_unit("单位：万元"), is_unit("金额单位：亿元、%"), is_unit("各单位")
    (True, True, False)
    """
    return bool(re.search(rf"(?:{alternatives(table('pdf')['unit_words'])})[:：]", _flat(text)))


def _names(row: Row, grid: Grid) -> bool:
    text = _flat(row.text)
    (x0, x1), top = grid.span, grid.box[1]
    below = grid.caption[0].top if grid.caption else top
    if row.page != grid.page or row.base > below + 0.5 * row.em or below - row.base > max(55.0, 3.6 * row.em):
        return False
    if is_unit(text) and len(text) < 80:
        return True
    if text.endswith(("。", "；", "，", ";", ",")) or len(text) > 70:
        return False
    if _NUMBER.match(text):
        return True
    if _HEADING.match(text) and not _NAMED.search(text):
        return False
    em = row.em
    middle = abs((row.x0 + row.x1) / 2 - (x0 + x1) / 2)
    named = bool(_NAMED.search(text))
    centred = middle < max(2 * em, (0.15 if named else 0.06) * (x1 - x0)) and row.x1 - row.x0 < 1.1 * (x1 - x0)
    if text.startswith(("(", "〔")) and text.endswith((")", "〕")):
        return centred
    titles = [r for r in grid.caption if _is_title(r)]
    if titles:
        return centred and abs(titles[0].em - em) < 0.1 * em and titles[0].style.font == row.style.font
    if not centred:
        return not grid.caption and _opens(row) and below - row.base < 2 * em and not text.endswith(":")
    return named or not (row.x1 - row.x0 > 0.97 * (row.right - row.left) and row.x0 - row.left < em)


def _opens(row: Row) -> bool:
    """A short line that is a paragraph of its own."""
    return row.x0 - row.left > 1.2 * row.em and row.x1 < row.right - 2 * row.em


def _is_title(row: Row) -> bool:
    text = _flat(row.text)
    return not (is_unit(text) or _NUMBER.match(text) or text.startswith("("))


def caption_of(rows: Sequence[Row]) -> tuple[str | None, str | None]:
    """Title and unit from the rows above a table."""
    parts: list[str] = []
    unit = None
    last: Row | None = None
    for row in rows:
        title, said = split_caption(row.text)
        unit = unit or said
        if not title or title in parts:
            continue
        if last is not None and _is_title(last) and _is_title(row) and abs(last.em - row.em) < 0.1 * row.em:
            parts[-1] += title  # a title of two lines
        else:
            parts.append(title)
        last = row
    return " ".join(parts) or None, unit


def bare_caption(caption: str | None) -> str:
    """The caption without the marks that say that it goes on, for comparing.

    >>> bare_caption("表1（续） 收支总表") == bare_caption("续表1 收支总表")
    True
    """
    flat = _flat(caption or "")
    marks = {_flat(word) for word in table("pdf")["continued"]}
    for mark in sorted(marks, key=len, reverse=True):
        flat = flat.replace(mark, "表" if flat.startswith(mark) and mark.endswith("表") else "") if len(mark) > 1 else flat.removesuffix(mark)
    return flat.strip(":")
