"""From rows to paragraphs: over lines, columns and pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from reportparse import patterns
from reportparse.lexicon import table
from reportparse.reading.pdf_lines import Row

_ENDS = tuple("。：；！？:;!?.”）)")
_OPEN = ("，", "、", ",")
_LABEL = patterns.compile(
    r"[\[［【〔（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[①-⑳]|注\d*)(?:[\]］】〕）)、：:]|[.．](?!\d))"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节部条]|[●■◆▲—·•*※]"
)
_TOKEN = patterns.compile(r"[\w.%,+-]+", re.ASCII)
_DASHES = ("—", "─", "--", "-")
_DIGITS = r"[\d〇○零一二三四五六七八九十]"
_DATE = patterns.compile(rf"[（(]?{_DIGITS}{{2,4}}\s?年\s?{_DIGITS}{{1,2}}\s?月(?:\s?{_DIGITS}{{1,3}}\s?日)?[）)]?")
_OPENERS, _CLOSERS = "（(《“〔[", "）)》”〕]"


class Paragraph:
    """One paragraph and the rows that it came from."""

    __slots__ = ("rows", "tag", "text")

    def __init__(self, row: Row, tag: str | None = None) -> None:
        self.rows = [row]
        self.text = row.text
        self.tag = tag

    def add(self, row: Row) -> None:
        """Go on with another row."""
        self.text = joined(self.text, row.text)
        self.rows.append(row)


def joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one; a blank only between Latin words.

    >>> joined("增长5", ".2%"), joined("生产", "总值"), joined("Standard", "Poor")
    ('增长5.2%', '生产总值', 'Standard Poor')
    """
    a, b = before[-1:], after[:1]
    latin = a.isascii() and b.isascii() and a.isalpha() and b.isalpha()
    return f"{before} {after}" if latin else before + after


def set_margins(columns: Sequence[list[Row]], known: list[tuple[float, float]]) -> None:
    """Give each row the margins of its column; a short column takes those last `known`, where they fit."""
    for number, rows in enumerate(columns):
        em = median(r.em for r in rows)
        right = _edge([r.x1 for r in rows], em, -1)
        after = [b.x0 for a, b in itertools.pairwise(rows) if a.x1 > right - 2 * em]  # lines that go on with one
        left = _edge(after, em, 1, 0.2) if len(after) > 3 else _edge([r.x0 for r in rows], em, 1)
        if len(rows) >= 6:
            known[:] = [(left, right)]
        elif known and known[0][0] - em <= min(r.x0 for r in rows) and max(r.x1 for r in rows) <= known[0][1] + 2 * em:
            left, right = known[0]
        for row in rows:
            row.left, row.right, row.column = left, right, number


def _edge(places: Sequence[float], em: float, way: int, share: float = 0.1) -> float:
    """The outermost place that at least two rows and this share of them have in common."""
    order = sorted(places, reverse=way < 0)
    fewest = max(2, int(len(order) * share))
    for place in order:
        if sum(abs(place - other) < 0.6 * em for other in order) >= fewest:
            return place
    return order[0]


class Joiner:
    """Decides which rows go on with the paragraph before; knows the manner of the whole report."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._notes = tuple(table("pdf")["note_words"])
        sizes = Counter[int]()
        for row in rows:
            sizes[round(row.em * 2)] += len(row.text)
        self.size = sizes.most_common(1)[0][0] / 2 if sizes else 12.0
        steps = [b.base - a.base for a, b in itertools.pairwise(rows) if a.page == b.page and a.column == b.column]
        pitches = [s for s in steps if 0.9 * self.size < s < 4 * self.size]
        self.pitch = median(pitches) if pitches else 1.5 * self.size
        deep = sum(1.3 < (r.x0 - r.left) / r.em < 3.5 for r in rows)
        flush = sum(abs(r.x0 - r.left) < 0.6 * r.em for r in rows)
        self.indents = deep > 0.06 * (deep + flush)
        """Whether paragraphs begin with two blanks."""

    def is_centred(self, row: Row) -> bool:
        """Short, and as far from one margin as from the other."""
        left, right = (row.x0 - row.left) / row.em, (row.right - row.x1) / row.em
        near = 0.5 if self.indents and 1.7 < left < 2.3 else max(1.2, 0.1 * left)
        return left > 1.5 and right > 1.5 and abs(left - right) < near

    def goes_on(self, paragraph: Paragraph, row: Row, *, over: bool = False) -> bool:
        """Whether `row` is the next line of `paragraph`; `over` where a table or a note stands between them."""
        last = paragraph.rows[-1]
        if over and (last.text.endswith(_ENDS) or self.is_centred(last) or self.is_centred(row)):
            return False
        if not (0.75 if row.ocr else 0.87) < row.em / last.em < (1.33 if row.ocr else 1.15):
            return False
        same_place = last.page == row.page and last.column == row.column and not over
        if same_place and row.base - last.base > 1.75 * max(self.pitch, 1.2 * row.em):
            return False
        if same_place and min(row.em, last.em) > 1.25 * self.size and row.style.font == last.style.font:
            return row.base - last.base < 2.4 * row.em and not _DATE.fullmatch(row.text)  # a title of several lines
        opens = self.indents and 1.5 < (last.x0 - last.left) / last.em < 2.6 and not last.text.endswith(_ENDS)
        flush = abs(row.x0 - row.left) < 0.6 * row.em
        if self.is_centred(row) or self.is_centred(last) and not (opens and flush):
            return self._title_goes_on(last, row)
        if self._is_note(paragraph) and not last.text.endswith(_ENDS) and not _LABEL.match(row.text):
            if over or row.text.startswith(self._notes):
                return False
            return -0.5 < (row.x0 - paragraph.rows[0].x0) / row.em < 4
        indent = (row.x0 - row.left) / row.em
        if indent > 1.2:
            return self._block_goes_on(paragraph, row)
        if self.is_full(last, row):
            return not (_LABEL.match(row.text) and last.text.endswith(_ENDS) and not self.indents)
        if last.text.endswith(_ENDS) or _LABEL.match(row.text):
            return False
        reach = (last.x1 - last.left) / max(last.right - last.left, 1)
        return reach > (0.5 if self.indents or last.text.endswith(_OPEN) else 0.8)

    def _is_note(self, paragraph: Paragraph) -> bool:
        """Small print that opens with 注 or the like."""
        return paragraph.rows[0].em < 0.9 * self.size and paragraph.text.startswith(self._notes)

    def _title_goes_on(self, last: Row, row: Row) -> bool:
        if not (self.is_centred(row) and self.is_centred(last)) or last.style.font != row.style.font or last.text.endswith("。"):
            return last.style == row.style and self.is_full(last, row) and abs(row.x0 - row.left) < row.em and not self.is_centred(last)
        opened = any(last.text.count(a) > last.text.count(b) for a, b in zip(_OPENERS, _CLOSERS, strict=True))
        return row.em > 1.2 * self.size or opened or (last.text.startswith(_DASHES) and not row.text.startswith((*_DASHES, "（", "(")))

    def _block_goes_on(self, paragraph: Paragraph, row: Row) -> bool:
        """A block that is indented as a whole, or but for its first line (a note)."""
        first, last = paragraph.rows[0], paragraph.rows[-1]
        alone = len(paragraph.rows) == 1
        hangs = first.x0 - first.left < 0.6 * row.em or row.x0 < first.x0 + 0.5 * row.em if alone else abs(row.x0 - last.x0) < 0.5 * row.em
        return hangs and self.is_full(last, row) and not last.text.endswith(_ENDS) and not _LABEL.match(row.text)

    def is_full(self, row: Row, following: Row) -> bool:
        """Whether the next line's first word would no longer have stood on this one."""
        token = _TOKEN.match(following.text)
        need = 0.5 * len(token[0]) if token else 1.0
        if following.text[len(token[0]) if token else 1 :][:1] in tuple("，。；：、！？”）%"):
            need += 1.0
        return row.right - row.x1 < (need + 0.6) * row.em
