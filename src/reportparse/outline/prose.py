"""The lines in which a heading may stand: no rows of tables, no lists of contents, whose lines look like headings and are none."""

from __future__ import annotations

from functools import cache

from reportparse import patterns
from reportparse.document import Document, Line
from reportparse.lexicon import table

ROWS = ("tr", "td", "th", "toc", "caption")
"""Elements whose lines hold no headings."""


def prose(document: Document, shadow: str) -> list[Line]:
    """The lines that may hold headings, blank ones left out."""
    tables = sorted((t.start, t.end) for t in document.tables)
    out: list[Line] = []
    k = 0
    for line in document.lines:
        while k < len(tables) and tables[k][1] <= line.start:
            k += 1
        if line.start == line.end or line.tag in ROWS:
            continue
        if k < len(tables) and tables[k][0] <= line.start < tables[k][1]:
            continue
        out.append(line)
    return without_contents(shadow, without_rows(shadow, out))


_ROW = patterns.compile(
    r"[㐀-鿿)“”—·][-—]?(?!(?:19|20)\d\d$)(?:\d[\d,]+(?:\.\d+)?|\d\.\d+|\d(?=%))%?[ —-]*$"  # a figure without a unit at the end
    r"|[^\d.] +[-—]?(?!(?:19|20)\d\d$)\d[\d,]*(?:\.\d+)?%?[ —-]*$"
    r"|\d%? +[-—]?\d[\d,.]*%?(?: |$)|[-—]{3,}$"  # two figures side by side
)
_NEW_TABLE = patterns.compile(r" *(?:附[件表录]|单位|金额单位|表 ?\d|续表|[一二三四五六七八九十]{1,3}、.*表$|第.{1,3}部分)")
_WIDEST = 150
_STRETCH = 4
"""So many rows make a table, and so many lines without figures may stand between two of them."""


def row(words: str) -> bool:
    """Whether a line reads like the row of a table: names and bare figures.

    >>> [row(s) for s in ("一、税收收入 5490000 107.4", "小麦162.75-6.8 61.54", "一、展望2035", "（一）收入43.5亿元")]
    [True, True, False, False]
    """
    return len(words) <= _WIDEST and "。" not in words and not words.startswith("附") and _ROW.search(words.rstrip()) is not None


def without_rows(shadow: str, lines: list[Line]) -> list[Line]:
    """Drop stretches of lines that are rows of a table which the reader did not see as one."""
    rows = [k for k, line in enumerate(lines) if line.end - line.start <= _WIDEST and row(shadow[line.start:line.end])]
    dropped = set(rows)
    first = 0
    for k in range(1, len(rows) + 1):
        if k < len(rows) and _same_table(shadow, lines[rows[k - 1] + 1:rows[k]]):
            continue
        if k - first >= _STRETCH:
            dropped.update(range(rows[first], rows[k - 1] + 1))
        first = k
    return [line for k, line in enumerate(lines) if k not in dropped] if dropped else lines


def _same_table(shadow: str, between: list[Line]) -> bool:
    """Whether the lines between two rows may be rows whose figures are left out."""
    if len(between) > _STRETCH:
        return False
    return not any(
        line.end - line.start > LONGEST or "。" in (words := shadow[line.start:line.end]) or _NEW_TABLE.match(words) for line in between
    )


_LEADER = patterns.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}|_{3,}|(?:\. ){3,}) *\(?\d{1,3}\)? *$")
_PAGE = patterns.compile(r"[ .…·_-]*\(?\d{1,3}\)?$")


def without_contents(shadow: str, lines: list[Line]) -> list[Line]:
    """Drop the lines of a list of contents: from `目录` to where its first entry comes again, and lines with a leader and a page."""
    dropped: set[int] = set()
    for k, line in enumerate(lines):
        words = shadow[line.start:line.end]
        if len(words) <= 100 and words[-1:].strip(" )").isdigit() and _LEADER.search(words):
            dropped.add(k)
        elif k not in dropped and len(words) <= 16 and _squeeze(words).lower() in _names() and k + 2 < len(lines):
            dropped.update(range(k, _again(shadow, lines, k + 1)))
    return [line for k, line in enumerate(lines) if k not in dropped] if dropped else lines


@cache
def _names() -> frozenset[str]:
    return frozenset(table("headings")["lines"]["contents"])


def _again(shadow: str, lines: list[Line], first: int) -> int:
    """Where a list of contents ends: where its first entry stands again or its count begins again, at the first paragraph at the latest.

    A list whose entries never come again is no list of contents: `first`.
    """
    entry = _PAGE.sub("", _squeeze(shadow[lines[first].start:lines[first].end]))[:LONGEST]
    found = _LABEL.match(entry)
    label, name = (found[0], entry[found.end():]) if found else (entry, entry)
    if len(name) < 2:
        return first
    paragraph = None
    for k in range(first + 1, min(first + _MOST, len(lines))):
        line = shadow[lines[k].start:min(lines[k].end, lines[k].start + 4 * LONGEST)]
        if _squeeze(line[:2 * LONGEST]).startswith((label, name)):
            return k if paragraph is None else paragraph
        if paragraph is None and "。" in line:
            paragraph = k
    return first


_MOST = 600
"""Entries of the longest list of contents."""
LONGEST = 60
"""No entry of a list of contents is longer, in characters."""
_LABEL = patterns.compile(r"第[一二三四五六七八九十\d]{1,3}(?:部分|[章节篇编])|\(?[一二三四五六七八九十\d]{1,3}[)、.]+")


def _squeeze(words: str) -> str:
    return "".join(words.strip("[]【】").split())
