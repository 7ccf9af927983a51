"""Dividing a report by its headings: a heading is a span, not a line.

`find_headings` gives the headings with the places of their words, `divide` the tree of sections,
`headings_at` the headings over a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from reportparse import patterns
from reportparse.document import Document
from reportparse.model import Section
from reportparse.outline.numbering import BACK, Candidate, candidates
from reportparse.outline.prose import prose
from reportparse.outline.sequence import headings
from reportparse.outline.unnumbered import unnumbered

__all__ = ["Heading", "divide", "find_headings", "headings_at", "nest"]


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and where its words stand: label ``[start:title_start)``, title ``[title_start:title_end)``, stop up to `end`.

    `start` is also the start of the heading's section; the numeral of a label lies before `title_start`.
    """

    label: str
    number: int | None
    level: int
    title: str
    start: int
    title_start: int
    title_end: int
    end: int


def divide(document: Document) -> tuple[Section, ...]:
    """The sections of a report. They tile the text from the first heading to its end, children inside their parents.

    What stands behind the last paragraph (attachments, signatures) belongs to the last section, unless a line
    such as `附件` or `注释` opens a section of its own, at level 1 and without a number.
    """
    return nest(find_headings(document), len(document.text))


def find_headings(document: Document, shadow: str | None = None) -> tuple[Heading, ...]:
    """The headings of a report in reading order; `shadow` spares folding the text again."""
    folded = document.shadow if shadow is None else shadow
    lines = prose(document, folded)
    numbered = list(candidates(folded, lines))
    found = sorted((*numbered, *unnumbered(document, folded, lines, numbered)), key=attrgetter("start"))
    return tuple(_heading(document.text, folded, c, level) for c, level in headings(found))


def nest(found: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Turn headings in reading order into a tree of sections that ends at `end`."""
    open_: list[tuple[Heading, list[Section]]] = []
    roots: list[Section] = []

    def close(level: int, at: int) -> None:
        while open_ and open_[-1][0].level >= level:
            h, children = open_.pop()
            made = Section(
                label=h.label, number=h.number, level=h.level, title=h.title, start=h.start, end=at, children=tuple(children)
            )
            (open_[-1][1] if open_ else roots).append(made)

    for h in found:
        close(h.level, h.start)
        open_.append((h, []))
    close(0, end)
    return tuple(roots)


_start = attrgetter("start")


def headings_at(sections: Sequence[Section], offset: int) -> tuple[str, ...]:
    """The headings that a place stands under, outermost first, each with its label: ``("一、综合", "(二)工业")``."""
    out: list[str] = []
    while sections:
        k = bisect_right(sections, offset, key=_start) - 1
        if k < 0 or offset >= sections[k].end:
            break
        out.append(sections[k].label + sections[k].title)
        sections = sections[k].children
    return tuple(out)


LONGEST = 80
"""Characters of a title that runs into its paragraph; a longer first sentence is cut at a comma."""

_STOP = patterns.compile(r"[。！？：]")
_BREAK = patterns.compile(r"[，；：,;]")
_FOOTNOTE = patterns.compile(r"[\[［]\d{1,3}[\]］]|[①-⑳]+$")
_INNER_BLANK = patterns.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")


def _heading(text: str, shadow: str, c: Candidate, level: int) -> Heading:
    title_end, end = _title(shadow, c)
    return Heading(
        label=_label(text[c.start:c.title_start], c.style),
        number=c.number, level=level, title=_plain(text[c.title_start:title_end]),
        start=c.start, title_start=c.title_start, title_end=title_end, end=end,
    )


def _label(words: str, style: str) -> str:
    """A label as written, without blanks: ``（一）``, ``第一，``, ``附件2``."""
    label = _INNER_BLANK.sub("", words.rstrip(" \u3000\u00a0*\n"))
    return label.rstrip("：:】]") if style == BACK else label


def _plain(title: str) -> str:
    """A title without blanks between its letters and without marks of footnotes.

    >>> _plain("固定资产投资[12]和 房地产①")
    '固定资产投资和房地产'
    """
    return _FOOTNOTE.sub("", _INNER_BLANK.sub("", title))


def _title(shadow: str, c: Candidate) -> tuple[int, int]:
    """Where a heading's title ends, and its stop."""
    start, end = c.title_start, c.line_end
    while end > start and shadow[end - 1] in " *":
        end -= 1
    stop = end
    if (blank := _run_on(shadow, start, end)) is not None:
        return blank, blank
    for found in _STOP.finditer(shadow, start, end):
        if found[0] == "：" and not _names(shadow, start, found.start(), end):
            continue
        stop = found.start()
        break
    if stop - start > LONGEST:
        breaks = [m.start() for m in _BREAK.finditer(shadow, start, start + LONGEST)]
        stop = breaks[-1] if breaks else start + LONGEST
        return stop, stop
    return stop, min(stop + 1, end)


_NAME = patterns.compile(r"[^\s。！？：；，,;:]{2,24}?(?<=[㐀-鿿”》)])(?P<gap> +)(?=[㐀-鿿“《]|(?:19|20)\d\d)")
_FIGURE = patterns.compile(r"\d(?: ?[\d.])* ?(?:%|[亿万千百]|个|元|吨|人|家)")


def _run_on(shadow: str, start: int, end: int) -> int | None:
    """Where a short title ends that only a blank parts from its paragraph (`一、综合 全年生产总值达到…亿元。`)."""
    found = _NAME.match(shadow, start, end)
    if found is None:
        return None
    stop = shadow.find("。", found.end(), end)
    sentence = shadow[found.end():end if stop < 0 else stop]
    return found.start("gap") if len(sentence) > 30 or (stop >= 0 and _FIGURE.search(sentence)) else None


def _names(shadow: str, start: int, colon: int, end: int) -> bool:
    """Whether a colon ends a title: it closes the line, or a paragraph runs on behind a short name."""
    if colon == end - 1:
        return True
    head = shadow[start:colon]
    return colon - start <= 25 and not head.endswith("其中") and not re.search(r"[，；,;]", head) and (end - colon > 30 or shadow[end - 1] == "。")
