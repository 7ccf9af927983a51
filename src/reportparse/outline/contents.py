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
    """Where the first entry of a list of contents stands again, or the line after the list's name."""
    entry = _PAGE.sub("", _squeeze(shadow[lines[first].start:lines[first].end]))
    if len(entry) < 2:
        return first
    for k in range(first + 1, len(lines)):
        line = lines[k]
        if _squeeze(shadow[line.start:min(line.end, line.start + 4 * len(entry))]).startswith(entry):
            return k
    return first


def _squeeze(words: str) -> str:
    return "".join(words.strip("[]【】").split())
