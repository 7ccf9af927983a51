"""Soft line breaks: where a line goes on with the paragraph, or the sentence, of the line before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from reportparse import patterns
from reportparse.folding import fold

BLANK = " \u3000\t\xa0\u2002\u2003"
_ENDS = "。！？!?；;：:…」』）)】》>”\""
_HEADING = patterns.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节编部篇条]|[（(【\[]|[一二三四五六七八九十]{1,3}[、.．，]|"
    r"\d{1,3}(?:[、．]|\.(?!\d))|[①-⑳●•■◆★※—-])"
)
_SALUTATION = patterns.compile(r"[^，。]{1,12}[：:]\s*")
_CONTINUES = patterns.compile(r"[，。、；）)%的了]|\d[\d.,]*(?![\d\s、.．:：/年月日-])[^\n]*[，。；]")
_WIDE = patterns.compile(r"[\x00-\x7f\u3000-\u301e\u4e00-\u9fff\uff01-\uff60“”‘’…—·]*")  # nearly every line: all that is not ASCII is wide
_MIN_WRAP, _MAX_WRAP = 20, 200  # columns; a Chinese character takes two


def columns(row: str) -> int:
    """Width of a line in columns: two for a wide character, one for a narrow one.

    >>> columns("增长5%"), columns("“十四五”")
    (6, 10)
    """
    row = row.rstrip()
    if row.isascii():
        return len(row)
    if _WIDE.fullmatch(row):
        return 2 * len(row) - len(row.encode("ascii", "ignore"))
    return sum(map(_WIDTHS.__getitem__, row))


class _Widths(dict[str, int]):
    """Width of each character, looked up once."""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


class Wrap(NamedTuple):
    """How lines were wrapped: at so many columns, or at so many characters."""

    measure: Callable[[str], int]
    width: int

    def full(self, row: str) -> bool:
        """Whether a line runs to the edge."""
        return self.measure(row) >= self.width - 3


def wrapping(rows: Sequence[str]) -> Wrap | None:
    """How lines were wrapped, or None where they were not.

    A wrapped text has many lines of nearly one width, and hardly any beyond it.
    """
    found = (Wrap(measure, _width([w for row in rows if (w := measure(row))])) for measure in (columns, _characters))
    return next((wrap for wrap in found if wrap.width), None)


def _characters(row: str) -> int:
    return len(row.rstrip())


def _width(widths: list[int]) -> int:
    """The width of many lines, or 0."""
    if len(widths) < 6:
        return 0
    counts = Counter(widths)
    top = max(widths)
    width = max(w for w, n in counts.items() if n * 50 >= len(widths) or w == top)
    full = sum(n for w, n in counts.items() if width - 3 <= w <= width)
    return width if _MIN_WRAP <= width <= _MAX_WRAP and full >= 4 and full * 10 >= len(widths) * 3 else 0


_FIGURE_CUT = patterns.compile(r"\s*(?:万亿|[万亿千])?(?:亿?美?元|万?吨|人次?|户|亩|公顷|平方|立方|公里|千瓦|个百分点|%|％|倍|万人|万亩)")


def splits_figure(row: str, after: str) -> bool:
    """Whether a number ends `row` and its unit opens `after`: a break that a page's editor left in a figure.

    >>> splits_figure("国内生产总值达到74.4", "万亿元，增长6.7%。"), splits_figure("表1 2023", "年末数")
    (True, False)
    """
    return row[-1:].isdigit() and _FIGURE_CUT.match(after) is not None and any(sign in row for sign in "，。；到达为增")


def goes_on(row: str, after: str, wrap: Wrap | None) -> bool:
    """Whether `after`, the next line, goes on with `row`; `wrap` is how lines were wrapped, where they were.

    >>> goes_on("全年生产总值达到", "1.2万亿元，增长5%。", None), goes_on("一、综合", "全年增长5%。", None)
    (True, False)
    """
    if not row.strip() or not after.strip() or after[0] in BLANK:
        return False
    full = wrap is not None and wrap.full(row)
    if full and row[0] in BLANK:
        return True  # paragraphs are indented here, and the next line is not
    if _HEADING.match(after) or _SALUTATION.fullmatch(after):
        return False
    return full or _broken_off(row.strip(), after)


def _broken_off(row: str, after: str) -> bool:
    """Whether a line ends in the middle of a sentence that the next one goes on with."""
    if row[-1] in _ENDS:
        return False
    if row[-1] in "，、,":
        return len(row) > 12 or row[0].isdigit()  # 2024年，
    if re.search("[。；]", row):
        return True  # its last sentence has no end
    if _HEADING.match(row) and "，" not in row:
        return False
    return len(row) >= 6 and _CONTINUES.match(fold(after)) is not None
