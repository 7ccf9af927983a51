"""The shadow of a text: what the patterns match, while the text itself stays verbatim.

Folding replaces one character by one character (full-width digits, letters and signs, look-alike
spaces), so an offset into the shadow is an offset into the text. It is never NFKC, which would turn
``10³`` into ``103``. Squeezing then drops the blanks that typesetters put between Chinese characters
and inside numbers, and remembers where each kept character stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_FULL = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_KEEP = "，：；！？～"  # these separate clauses and are matched as they stand
_SIGNS = {
    "　": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
    "﹪": "%", "％": "%", "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "·": "·", "•": "·", "・": "·",
    "—": "—", "―": "—", "─": "—", "–": "—", "−": "-", "﹣": "-", "∶": ":", "﹕": ":",
    "⁄": "/", "∕": "/", "〇": "〇", "○": "〇", "◯": "〇", "\u2236": ":", "∼": "~", "〜": "~", "～": "~",
    "\t": " ", "\x0b": " ", "\x0c": " ", "\x00": " ",
}
_TABLE = str.maketrans({**{k: v for k, v in _FULL.items() if k not in _KEEP}, **_SIGNS})


def fold(text: str) -> str:
    """Return the shadow of `text`, equal in length.

    >>> fold("（１９９３年）：４５．６％")
    '(1993年)：45.6%'
    >>> len(fold("10³吨\\u3000Ⅱ类")) == len("10³吨\\u3000Ⅱ类")
    True
    """
    return text.translate(_TABLE)


class Squeezed(NamedTuple):
    """A stretch of shadow without blanks, and the way back to the text."""

    text: str
    starts: tuple[int, ...]
    """Offsets in `text` at which a new unbroken run begins."""
    origins: tuple[int, ...]
    """Where each of those runs begins in the source text."""

    def at(self, i: int) -> int:
        """The place in the source text of character `i`."""
        k = bisect_right(self.starts, i) - 1
        return self.origins[k] + i - self.starts[k]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the source text of the half-open span here."""
        return self.at(start), self.at(end - 1) + 1 if end > start else self.at(start)


_BLANKS = re.compile(r"\s+")
_WORDS_APART = re.compile(r"(?<=[A-Za-z])\s(?=[A-Za-z])|(?<=\d)\s(?=\d+[.、]\D)")


def squeeze(shadow: str, start: int = 0, end: int | None = None) -> Squeezed:
    """Drop the blanks of ``shadow[start:end]``, but for one between Latin words.

    >>> s = squeeze("产值 4 5 . 6 亿元")
    >>> s.text, s.span(2, 8)
    ('产值45.6亿元', (3, 13))
    """
    stop = len(shadow) if end is None else end
    piece = shadow[start:stop]
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for blank in _BLANKS.finditer(piece):
        a, b = blank.span()
        if b - a == 1 and _WORDS_APART.match(piece, a):
            continue
        if a > at:
            parts.append(piece[at:a])
            starts.append(length)
            origins.append(start + at)
            length += a - at
        at = b
    if at < len(piece) or not parts:
        parts.append(piece[at:])
        starts.append(length)
        origins.append(start + at)
    return Squeezed("".join(parts), tuple(starts), tuple(origins))
