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

from reportparse import patterns

_FULL = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_KEEP = "，：；！？～"  # these separate clauses and are matched as they stand
_SIGNS = {
    "　": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
    "﹪": "%", "％": "%", "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "·": "·", "•": "·", "・": "·",
    "—": "—", "―": "—", "─": "—", "–": "—", "−": "-", "﹣": "-", "∶": ":", "︰": ":", "﹕": ":",
    "⁄": "/", "∕": "/", "〇": "〇", "○": "〇", "◯": "〇", "∼": "~", "〜": "~", "～": "~",
    "\t": " ", "\x0b": " ", "\x0c": " ", "\x00": " ",
}
_NOTE = patterns.compile(
    r"(?<=\d)(?:(?:\[\d{1,2}(?:[,、-]\d{1,2})*\]|【\d{1,2}】|[①-⑳])+|¹(?![¹²³⁰-⁹])|(?<!(?<![\d.])10)[¹²³⁰-⁹]{1,2})(?=[ \n]?[一-龥%‰])"
)
"""The mark of a footnote between a figure and its unit, where no reader sees a part of either; an exponent of ten is none."""
_NOTE_SIGN = patterns.compile(r"[\[【①-⑳¹²³⁰-⁹]")
_PLAIN = {sign: plain for sign, plain in {**{k: v for k, v in _FULL.items() if k not in _KEEP}, **_SIGNS}.items() if sign != plain}
_FOLDED = patterns.compile("[" + re.escape("".join(_PLAIN)) + "]")


def fold(text: str) -> str:
    r"""Return the shadow of `text`, equal in length.

    >>> fold("（１９９３年）：４５．６％")
    '(1993年)：45.6%'
    >>> len(fold("10³吨\u3000Ⅱ类")) == len("10³吨\u3000Ⅱ类")
    True
    >>> fold("收入3062.63[1]亿元，下降4.1②%，10³吨")
    '收入3062.63   亿元，下降4.1 %，10³吨'
    """
    at = 0
    while found := _FOLDED.search(text, at):  # at most once for each sign; str.translate takes ten times as long
        text = text.replace(found[0], _PLAIN[found[0]])
        at = found.end()
    return _NOTE.sub(lambda mark: " " * len(mark[0]), text) if _NOTE_SIGN.search(text) else text


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


_BLANKS = patterns.compile(r"\s\s*")  # not \s+: a pattern that opens with one sign is searched for faster
_RUN_BEFORE = patterns.compile(r"[\d.,%]{0,20}\Z")
_RUN_AFTER = patterns.compile(r"-?\d[\d.,]{0,20}")
_YEAR = patterns.compile(r"(?:19|20)\d\d\Z")
_YEAR_SIGN = patterns.compile(r"\s?年")


def _apart(piece: str, a: int, b: int) -> bool:
    """The blank ``piece[a:b]`` parts two words or two numbers, and is no typesetter's.

    Single spaced digits are one number (1 9 9 3), and so are the halves of a year (20 25年).
    """
    if not a or b >= len(piece):
        return False
    left, right = piece[a - 1], piece[b]
    if left.isascii() and right.isascii() and left.isalpha() and right.isalpha():
        return True
    after = _RUN_AFTER.match(piece, b)
    if not after or left not in "0123456789.%":
        return False
    before = _RUN_BEFORE.search(piece, max(0, a - 20), a)
    run = before[0] if before else ""
    if right == "-":
        return "." in run or "." in after[0]
    if left == ".":
        return _YEAR.match(after[0]) is not None and run[:-1].isdigit()
    if len(run) == 1 and len(after[0]) == 1:
        return False
    return not (_YEAR.match(run + after[0]) and _YEAR_SIGN.match(piece, after.end()))


def squeeze(shadow: str, start: int = 0, end: int | None = None) -> Squeezed:
    """Drop the blanks of ``shadow[start:end]``, but for one between Latin words and between two numbers.

    >>> s = squeeze("产值 4 5 . 6 亿元")
    >>> s.text, s.span(2, 8)
    ('产值45.6亿元', (3, 13))
    >>> squeeze("粮食 303.2  0.3 油料 18.7 -0.5，图9 2021年，2 0 2 5 年，20 25年").text
    '粮食303.2 0.3油料18.7 -0.5，图9 2021年，2025年，2025年'
    """
    stop = len(shadow) if end is None else end
    piece = shadow[start:stop]
    if not _BLANKS.search(piece):  # most sentences
        return Squeezed(piece, (0,), (start,))
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for blank in _BLANKS.finditer(piece):
        a, b = blank.span()
        if _apart(piece, a, b):
            a += 1
            if a == b:
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
