"""Offsets in the units in which formats count: code points, and the UTF-16 code units of JavaScript, Java and .NET."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Literal

Unit = Literal["code-points", "utf-16"]
UNITS: tuple[Unit, ...] = ("code-points", "utf-16")

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """The way between code points of a text and another unit; each asking takes logarithmic time.

    >>> both = Offsets("𠮷野家3万元", "utf-16")
    >>> both.out(3), both.back(4)
    (4, 3)
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self._astral = [found.start() for found in _ASTRAL.finditer(text)] if unit == "utf-16" else []
        self._units = [place + k for k, place in enumerate(self._astral)]

    def out(self, place: int) -> int:
        """The format's offset of a place in code points."""
        return place + bisect_left(self._astral, place)

    def back(self, place: int) -> int:
        """The code point of a format's offset; one inside a pair of surrogates is the pair's end."""
        return place - bisect_right(self._units, place - 2)
