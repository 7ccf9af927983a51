"""Text in columns where a Chinese character is two wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

from reportparse import patterns

_CONTROL = patterns.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def width(text: str) -> int:
    """Columns that `text` takes in a terminal.

    >>> width("优良率97%")
    9
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def plain(text: str) -> str:
    r"""One line without controls: nothing in a report may steer a terminal.

    >>> plain("一\n\x1b[31m二")
    '一 [31m二'
    """
    return _CONTROL.sub(" ", text).strip()


def pad(text: str, columns: int) -> str:
    """`text` filled up with blanks."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """`text` in no more than so many columns, an ellipsis where some of it is left out.

    >>> cut("优良天数比率", 12), cut("优良天数比率", 11)
    ('优良天数比率', '优良天数比…')
    """
    if width(text) <= columns:
        return text
    end = taken = 0
    while (taken := taken + width(text[end])) < columns:
        end += 1
    return f"{text[:end]}…"


def align(rows: Sequence[Sequence[str]], gap: str = "  ") -> Iterator[str]:
    """The rows as lines, each column as wide as its widest cell."""
    widest = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield gap.join(pad(cell, most) for cell, most in zip(row, widest, strict=True)).rstrip()
