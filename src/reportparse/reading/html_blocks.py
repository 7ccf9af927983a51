"""What a web page's flow is made of: blocks (a paragraph or a table each) and the boxes that they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportparse import patterns

if TYPE_CHECKING:
    from reportparse.reading.html_style import Style
    from reportparse.reading.html_tables import Grid


class Box:
    """An element that holds paragraphs."""

    __slots__ = ("closed", "first", "last", "parent", "prose")

    def __init__(self, parent: int, first: int) -> None:
        self.parent = parent
        self.first = first
        self.last = first
        """Its blocks are ``[first, last)``."""
        self.closed = False
        self.prose = 0


class Block:
    """A paragraph, or a whole table."""

    __slots__ = (
        "bold", "box", "centred", "font", "grid", "hidden", "indent", "linked", "row", "size", "soft", "tag", "tail", "text",
    )

    def __init__(self, text: str, box: int, tag: str, style: Style) -> None:
        self.text = text
        self.box = box
        self.tag = tag
        self.centred = style.centred
        self.size = style.size
        self.font = style.font
        self.hidden = style.hidden
        self.bold = False
        self.linked = 0
        """How many of its characters stand in links."""
        self.tail = ""
        """The link that it ends with."""
        self.indent = 0
        """Letters' widths that its first line stands in."""
        self.soft = False
        """Whether a mere line break ended it."""
        self.row = ""
        """Its last line, where several were put together."""
        self.grid: Grid | None = None


class Attachment(NamedTuple):
    """A link to a file, as the page writes it."""

    label: str
    href: str


_SUPERIORS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BLANKS = patterns.compile(r"[ \t\r\n\f\v]+")
_EDGES = " \t\r\n\f\v\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\u00ad"
_ODD = patterns.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_WIDE = "\u2e7f"  # what comes after it in Unicode is set wide


def clean(text: str) -> str:
    r"""A line without the blanks that only lay out its source.

    >>> clean(" 全年\n  生产总值\n5 %　")
    '全年生产总值 5 %'
    """
    text = _ODD.sub("", text)
    if " " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(_blank, text)
    return text.strip(_EDGES)


def _blank(match: re.Match[str]) -> str:
    if "\n" not in match[0]:
        return " "
    text, (a, b) = match.string, match.span()
    return "" if a and b < len(text) and text[a - 1] > _WIDE and text[b] > _WIDE else " "


def together(first: str, second: str) -> str:
    """Two lines as one, with a blank between them only where Latin letters or digits would meet.

    >>> together("地区生产", "总值"), together("GDP", "growth")
    ('地区生产总值', 'GDP growth')
    """
    return f"{first} {second}" if first[-1:] <= _WIDE and second[:1] <= _WIDE else first + second


def indent(text: str) -> float:
    r"""How many letters' widths the blanks before a line take.

    >>> indent("\n    \u3000\u3000税收"), indent("\u00a0\u00a0税收"), indent("税收")
    (2.0, 1.0, 0.0)
    """
    if text[0] > " " and text[0] not in _EDGES:
        return 0.0
    lead = text[: len(text) - len(text.lstrip(_EDGES))]
    return lead.count("\u3000") + lead.count("\u2003") + (lead.count("\u00a0") + lead.count("\u2002")) / 2


def superior(text: str) -> str:
    """Raised digits as raised characters, so that 10³ does not turn into 103.

    >>> superior("2"), superior("[2]"), superior("注")
    ('²', '[2]', '注')
    """
    bare = text.strip()
    return bare.translate(_SUPERIORS) if re.fullmatch(r"[-+−]?[0-9]{1,3}", bare) else text
