"""What the page adds to the report: running heads, page numbers, line numbers, tables of contents."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reportparse import patterns
from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.reading.pdf_grid import Grid
from reportparse.reading.pdf_lines import Row

_EDGE = 0.13
"""Heads and feet stand in this share of the page's height, above and below."""
_NUMBER = patterns.compile(r"[-—_~·•.\s]*(?:第?(\d{1,5})页?(?:[/,，]?(?:共?\d{1,5}页?)?)?|[ivxIVX]{1,6})[-—_~·•.一\s]*")
_PRINTED = patterns.compile(r"^(?:https?|file)://.{4,400}?\d{1,4}/\d{1,4}$|^\d{1,4}/\d{1,2}/\d{1,4},?\d{1,2}:\d\d")
"""What a browser prints above and below a page: the time and title, the address and page number."""
_LEADER = patterns.compile(
    r"(?:(?:[.．…·・⋯‥。—_-]\s?){4}|(?:[…⋯]\s?){2})(?:[.．…·・⋯‥。—_-]\s?)*+"
    r"[（(〔\[]?[-—]?\s?(?:\d{1,4}|[ivxIVX]{1,6})\s?[-—]?[)）〕\]]?$"
)
_LAST = frozenset("0123456789０１２３４５６７８９)）〕]]】-—ivxIVX.·")
"""How an entry of a table of contents can end."""
_LEADERS = patterns.compile(r"[…⋯]{6}|[.．·]{12}")


class Frame(NamedTuple):
    """The rows of one page, and how high the page is."""

    number: int
    height: float
    items: list[Row | Grid]
    """Rows and tables in the order of reading."""

    @property
    def rows(self) -> list[Row]:
        """Its rows."""
        return [i for i in self.items if isinstance(i, Row)]

    @property
    def tables(self) -> list[float]:
        """Upper edges of its tables."""
        return [i.box[1] for i in self.items if isinstance(i, Grid)]


def find_furniture(pages: Sequence[Frame]) -> set[int]:
    """The ``id`` of each row that is no part of the report."""
    return find_page_numbers(pages) | _running_heads(pages) | _line_numbers(pages) | _contents(pages)


def _squeezed(row: Row) -> str:
    return "".join(fold(row.text).split())


def find_page_numbers(pages: Sequence[Frame]) -> set[int]:
    """The ``id`` of each row that is the number of its page; a bare one must run with the pages."""
    bare: list[tuple[int, int]] = []
    out = set()
    for page in pages:
        edge = [page.rows[k] for k in sorted({0, 1, len(page.rows) - 2, len(page.rows) - 1}) if 0 <= k < len(page.rows)]
        for row in sorted(page.rows, key=lambda r: r.base)[:1] + sorted(page.rows, key=lambda r: r.base)[-1:] + edge:
            if _EDGE * page.height < row.top and row.bottom < (1 - _EDGE) * page.height:
                continue
            text = _squeezed(row)
            if _PRINTED.search(text):
                out.add(id(row))
                continue
            found = _NUMBER.fullmatch(text)
            if not found:
                continue
            if found[1] and found[0] == found[1]:
                bare.append((id(row), int(found[1]) - page.number))
            else:
                out.add(id(row))
    steps = Counter(step for _, step in set(bare))
    return out | {row for row, step in bare if steps[step] > 1 or len(pages) == 1}


def _running_heads(pages: Sequence[Frame]) -> set[int]:
    """The same words at the same height of many pages, numbers aside."""
    if len(pages) < 2:
        return set()
    usual = sorted(row.em for page in pages for row in page.rows)
    seen: dict[tuple[str, int], list[int]] = {}
    keep = patterns.compile(alternatives(table("pdf")["caption_words"]))
    for page in pages:
        for row in page.rows:
            low, high = row.top < _EDGE * page.height, row.bottom > (1 - _EDGE) * page.height
            if not (low or high) or low and keep.search(row.text) and any(0 < t - row.bottom < 90 for t in page.tables):
                continue
            if len(pages) == 2 and row.em > 0.8 * usual[len(usual) // 2]:
                continue
            key = re.sub(r"\d+", "#", _squeezed(row))
            place = round(row.base / 6)
            if row.ocr:  # which reads the same words a little differently each time
                key = next((k for k, p in seen if abs(p - place) < 2 and SequenceMatcher(None, k, key).ratio() > 0.6), key)
            seen.setdefault((key, place), []).append(id(row))
    fewest = max(min(3, len(pages)), 0.3 * len(pages))
    out: set[int] = set()
    for (key, place), rows in seen.items():
        near = rows + seen.get((key, place - 1), []) + seen.get((key, place + 1), [])
        if len(near) >= fewest:
            out.update(rows)
    return out


def _line_numbers(pages: Sequence[Frame]) -> set[int]:
    """Rows that hold nothing but 1, 2, 3 … one below the other at the left of the text."""
    out: set[int] = set()
    for page in pages:
        numbers = [r for r in page.rows if r.text.isdigit() and len(r.text) < 4]
        others = [r.x0 for r in page.rows if not r.text.isdigit()]
        run = [r for r in numbers if others and r.x1 < min(others)]
        values = [int(r.text) for r in sorted(run, key=lambda r: r.base)]
        steps = {b - a for a, b in itertools.pairwise(values)}
        if len(run) > 4 and steps <= {1} or len(run) > 2 and steps <= {5}:
            out.update(id(r) for r in run)
    return out


def is_contents_entry(text: str) -> bool:
    """A line of a table of contents: it ends in dots and a page number.

    >>> is_contents_entry("一、综合 ................ 12"), is_contents_entry("增长 2.3%")
    (True, False)
    """
    if not ("…" in text or "⋯" in text or text[-1:] in _LAST):
        return False
    flat = fold(text)
    return bool(_LEADER.search(flat) or _LEADERS.search(flat))


def _contents(pages: Sequence[Frame]) -> set[int]:
    """Tables of contents: entries with leaders and what stands between them, or, under the word 目录, headings found again."""
    titles = set(table("pdf")["contents_titles"])
    out: set[int] = set()
    open_ = False
    for k, page in enumerate(pages):
        rows = page.rows
        title = next((i for i, row in enumerate(rows[:6]) if _squeezed(row) in titles), None)
        marks = [row.base for row in rows if is_contents_entry(row.text)]
        if len(marks) > 2 or marks and open_:
            high = rows[title].base if title is not None else 0 if open_ else min(marks) - 5 * rows[0].em  # half an entry may stand on top
            out.update(id(row) for row in rows if high - 1 <= row.base <= max(marks) + 1)
            open_ = True
        elif (title is not None or open_) and not page.tables and rows:
            listed = rows[title or 0 :]
            open_ = _stand_again(listed[1:] if title is not None else listed, pages[k + 1 :])
            if open_:
                out.update(id(row) for row in listed)
        elif rows:
            open_ = False
    return out


_ENTRY = patterns.compile(r"^(?:.{1,6}?[：:、.]|\d{1,3}(?!\d|年))|[\d()]+$")


def _stand_again(rows: Sequence[Row], later: Sequence[Frame]) -> bool:
    """Whether most of these rows are headings or captions of later pages."""
    words = [_ENTRY.sub("", re.split("[….·]{2}|…", _squeezed(row))[0])[:14] for row in rows]
    words = [w for w in words if len(w) > 3]
    if len(words) < 3:
        return False
    text = "".join(_squeezed(row) for page in later for row in page.rows)
    return sum(w in text for w in words) >= 0.6 * len(words)


_NOTE = patterns.compile(r"[\[［【〔(（]?\d{1,2}[\]］】〕)）]?\s?\D|[①-⑳]|[*※]|注\d*[:：]")


def find_notes(pages: Sequence[Frame], size: float, drop: set[int]) -> set[int]:
    """The ``id`` of each row of a footnote: small print that ends a page and opens with a mark."""
    out: set[int] = set()
    for page in pages:
        rows = [row for row in page.rows if id(row) not in drop]
        start = len(rows)
        while start and rows[start - 1].em < 0.88 * size and rows[start - 1].base > 0.4 * page.height:
            start -= 1
        while start < len(rows) and not _NOTE.match(_squeezed(rows[start])):
            start += 1
        if 0 < start < len(rows) and rows[start - 1].em >= 0.88 * size:
            out.update(id(row) for row in rows[start:])
    return out
