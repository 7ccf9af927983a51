"""Splitting: the lines of a document → sentences, each with its section, its page and its squeezed shadow.

A sentence ends at 。！？ outside brackets, at the end of its line, and where a heading begins or ends. Table rows and
contents pages hold no sentences. Sentences tile the prose: nothing between two of them but blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reportparse import patterns
from reportparse.document import Document, Line
from reportparse.folding import Squeezed, squeeze
from reportparse.numerals import NUMERAL_SIGNS
from reportparse.outline import Heading

_SKIPPED = frozenset({"tr", "toc", "caption"})
_END = patterns.compile(r"[。！？!?（(【〔《）)】〕》](?:(?<=[。！？!?])[。！？!?]*[”’」』）)]*)?")
_OPEN, _CLOSE = "（(【〔《", "）)】〕》"
_LONGEST = 4000  # what has no full stop for so long is no sentence, and is read in stretches
_PAUSES = ("；;", "，,", "\n、：: ")  # where a stretch may end, the best first
_NEAR = 1000  # of so many characters before its limit
_FIGURE = patterns.compile(rf"[0-9A-Za-z.%{NUMERAL_SIGNS}]")
_LONGEST_ASIDE = 200  # an open bracket that finds no end within so many characters is a slip of the pen


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence and where it stands."""

    start: int
    end: int
    view: Squeezed
    section: tuple[str, ...]
    """The headings above it, outermost first: `一、综合`."""
    line: Line
    opens_line: bool
    is_heading: bool
    """It is the title of a section itself."""
    cut: bool = False
    """It goes on in the next one: it was too long to be read at once."""


def split(document: Document, shadow: str, headings: Sequence[Heading]) -> Iterator[Sentence]:
    """Yield the sentences of the prose of `document`, in order; the label of a heading is no part of any."""
    k, path = 0, [(0, "")]  # headings and lines are both in order
    for line in document.lines:
        if line.tag in _SKIPPED:
            continue
        at, opens = line.start, True
        while at < line.end:
            while k < len(headings) and headings[k].start <= at:
                heading = headings[k]
                while path and path[-1][0] >= heading.level:
                    path.pop()
                path.append((heading.level, heading.label + heading.title))
                k += 1
            above = headings[k - 1] if k and at < headings[k - 1].end else None
            if above:
                at, stop = max(at, above.title_start), min(above.end, line.end)
            else:
                stop = min(headings[k].start, line.end) if k < len(headings) else line.end
            section = tuple(title for level, title in path if level)
            for start, end, cut in _stretches(shadow, at, stop):
                view = squeeze(shadow, start, end)
                if view.text:
                    yield Sentence(start, end, view, section, line, opens, above is not None, cut)
                    opens = False
            at = max(stop, at + 1)


def _stretches(shadow: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The sentences, and of one without an end stretches, cut where it pauses: cost stays in line with length."""
    for begin, stop in _pieces(shadow, start, end):
        at = begin
        while stop - at > _LONGEST:
            cut = _cut(shadow, at, at + _LONGEST)
            yield at, cut, True
            at = cut
        yield at, stop, False


def _cut(shadow: str, start: int, limit: int) -> int:
    """Where a stretch ends at the latest: after a pause near its limit, else before any character that is part of no figure.

    >>> _cut("收入5亿元，支出1,200亿元", 0, 10), _cut("收入 5 亿元", 0, 5), _cut("收入1200亿元", 0, 5)
    (6, 2, 2)
    """
    near = max(start + 1, limit - _NEAR)
    for signs in _PAUSES:
        for k in range(limit - 1, near - 1, -1):
            if shadow[k] in signs and not _parts_figure(shadow, k):
                return k + 1
    for k in range(limit, near, -1):
        if not (_FIGURE.match(shadow, k - 1) or _FIGURE.match(shadow, k)):
            return k
    return next((k for k in range(limit, near, -1) if not _FIGURE.match(shadow, k - 1)), limit)


def _parts_figure(shadow: str, k: int) -> bool:
    """Whether the sign at `k` stands inside a figure (1,200), or is a blank beside one, whose unit may follow."""
    before, after = _FIGURE.match(shadow, k - 1), _FIGURE.match(shadow, k + 1)
    return bool(before or after) if shadow[k].isspace() else bool(before and after)


def _pieces(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin, opened = start, -1
    for found in _END.finditer(shadow, start, end):
        sign = found[0]
        if sign in _OPEN:
            opened = found.start()
        elif sign in _CLOSE:
            opened = -1
        elif opened < 0 or found.start() - opened > _LONGEST_ASIDE or not _closes(shadow, found.end(), end):
            yield _trim(shadow, begin, found.end())
            begin, opened = found.end(), -1
    if begin < end:
        yield _trim(shadow, begin, end)


def _closes(shadow: str, start: int, end: int) -> bool:
    """Does the aside that is open at `start` find its bracket soon?"""
    near = shadow[start:min(end, start + _LONGEST_ASIDE)]
    return any(sign in near for sign in _CLOSE)


def _trim(shadow: str, start: int, end: int) -> tuple[int, int]:
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    return start, end
