"""Lists of the contents, whose lines look like headings and are none."""

from __future__ import annotations

import re
from functools import cache

from reportparse.document import Line
from reportparse.lexicon import table

_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}|_{3,}|(?:\. ){3,}) *\(?\d{1,3}\)? *$")
_PAGE = re.compile(r"[ .…·_-]*\(?\d{1,3}\)?$")


def without_contents(shadow: str, lines: list[Line]) -> list[Line]:
    """Drop the lines of a list of contents: from `目录` to where its first entry comes again, and lines with a leader and a page."""
    dropped: set[int] = set()
    for k, line in enumerate(lines):
        words = shadow[line.start:line.end]
        if len(words) <= 100 and words[-1:].strip(" )").isdigit() and _LEADER.search(words):
            dropped.add(k)
        elif len(words) <= 16 and _squeeze(words).lower() in _names() and k + 2 < len(lines):
            dropped.update(range(k, _again(shadow, lines, k + 1)))
    return [line for k, line in enumerate(lines) if k not in dropped] if dropped else lines


@cache
def _names() -> frozenset[str]:
    return frozenset(table("headings")["lines"]["contents"])


def _again(shadow: str, lines: list[Line], first: int) -> int:
    """Where a list of contents ends: where its first entry stands again or its count begins again, at the first paragraph at the latest."""
    entry = _PAGE.sub("", _squeeze(shadow[lines[first].start:lines[first].end]))
    found = _LABEL.match(entry)
    label, name = (found[0], entry[found.end():]) if found else (entry, entry)
    if len(name) < 2 or len(entry) > LONGEST:
        return first
    for k in range(first + 1, len(lines)):
        words = _squeeze(shadow[lines[k].start:min(lines[k].end, lines[k].start + 2 * LONGEST)])
        if words.startswith((label, name)):
            return k
        if len(words) > LONGEST or words.endswith("。"):
            return k
    return first


LONGEST = 60
"""No entry of a list of contents is longer, in characters."""
_LABEL = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:部分|[章节篇编])|\(?[一二三四五六七八九十\d]{1,3}[)、.]+")


def _squeeze(words: str) -> str:
    return "".join(words.strip("[]【】").split())
