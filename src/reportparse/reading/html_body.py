"""Where on a page the report stands: told by its sentences, with links, menus and source lines against it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.reading.html_blocks import Block
from reportparse.reading.html_flow import Flow
from reportparse.reading.html_title import Title, find_title

_SENTENCE = 16  # characters outside links; a menu's entries are shorter
_SHARE = 0.93  # of a box's sentences, that a box inside it must hold to stand for it
_SHORT = 60
_BETWEEN = 15  # blocks, at most, from a title to its body
_LATE = 0.85  # of the sentences, after which a footer may begin
_LEAST = 200  # letters in sentences; a page with fewer and without a figure may only announce a report
_STOPS = patterns.compile(r"[。；！？，;]|,(?=\s?[\u4e00-\u9fff])")
_LABELLED = patterns.compile(r"\W{0,2}[^\W\d][^：:，。；\d]{0,9}[:：]\s{0,9}[^：:，。；]{0,40}\W{0,3}(?![^\W])")
_ADDRESS = patterns.compile(r"https?://|www\.")
_AMOUNT = patterns.compile(r"\d\s*(?:%|‰|个百分点|[万亿千百]|元|吨|公里|平方|立方|公顷|亩|人(?!大)|户|家|微克|倍)")
_DATE = patterns.compile(r"(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}")


class Body(NamedTuple):
    """The part of a flow that is the report."""

    blocks: list[Block]
    title: str | None
    """The title, where the page marks one above the body or at its beginning."""
    furniture: list[str]
    is_report: bool
    """Whether it is a report at all."""
    goes_on: bool
    """Whether the page links to a next page of the same text."""


class _Words(NamedTuple):
    ends: re.Pattern[str]
    asides: re.Pattern[str]
    notices: re.Pattern[str]
    widgets: re.Pattern[str]
    trails: re.Pattern[str]
    sources: re.Pattern[str]
    pictures: re.Pattern[str]
    bylines: re.Pattern[str]
    pages: re.Pattern[str]


@cache
def _words() -> _Words:
    words = table("pages")
    around = r"[\s\[【〖(（|｜>》□■]*"
    widget = alternatives(words["widgets"])
    label = "|".join(r"\s*".join(map(re.escape, w)) for w in sorted(words["sources"], key=len, reverse=True))
    return _Words(
        ends=patterns.compile(around + f"(?:{alternatives(words['ends'])})"),
        asides=patterns.compile(around + f"(?:{alternatives(words['asides'])})"),
        notices=patterns.compile(alternatives(words["notices"])),
        widgets=patterns.compile(rf"(?:{around}(?:{widget})[\s\]】〗)）|｜:：/、+-]*)+"),
        trails=patterns.compile(around + f"(?:{alternatives(words['trails'])})" + r"\s*(?:[:：>》→]|$)|.{0,40}(?:首页\s*[>》/-]|>>)"),
        sources=patterns.compile(around + f"(?:{label})" + r"\s*[:：]"),
        pictures=patterns.compile(f".*(?:{alternatives(words['pictures'])})"),
        bylines=patterns.compile(rf"[^。，；]{{0,20}}(?:{alternatives(words['bylines'])})[^。，；]{{1,30}}"),
        pages=patterns.compile(rf".{{0,20}}(?:{alternatives(words['next_pages'])}).{{0,10}}"),
    )


def find_body(flow: Flow, titles: list[str]) -> Body:
    """The blocks of the report; `titles` are what the page's head calls it, best first."""
    blocks = flow.blocks
    weights, unveiled = _weights(blocks)
    first, last = _container(flow, weights)
    first, last = _reach(blocks, weights, first, last)
    title = find_title(blocks, titles, next((i for i in range(first, last) if weights[i]), None))
    start = _start(blocks, weights, first, last, title)
    end, dropped = _end(blocks, weights, start, last)
    kept = [
        b for i, b in enumerate(blocks[start:end], start)
        if i not in dropped and not _is_widget(b) and (unveiled or not b.hidden)
    ]
    if kept:
        _cut_last_link(kept[-1])
    furniture = _sources(blocks, max(0, start - 40), start) + _sources(blocks, end, min(len(blocks), end + 8))
    goes_on = any(b.linked and _words().pages.fullmatch(b.text) for b in blocks[end : end + 12])
    return Body(kept, title.text if title else None, furniture, _is_report(flow, kept, sum(weights[start:end])), goes_on)


def _weights(blocks: list[Block]) -> tuple[list[int], bool]:
    """How much each block speaks for the body, and whether hidden blocks count as others do.

    They do where they hold most of the page's sentences: a script shows the body when the page has loaded.
    Where a page has no sentences at all, lines with figures stand for them.
    """
    for measure in (_prose, _figures):
        all_of_it = [measure(block) for block in blocks]
        hidden = sum(w for w, b in zip(all_of_it, blocks, strict=True) if b.hidden)
        if hidden * 3 > 2 * sum(all_of_it):
            return all_of_it, True
        if any(all_of_it):
            return [0 if b.hidden else w for w, b in zip(all_of_it, blocks, strict=True)], False
    return [0] * len(blocks), False


def _prose(block: Block) -> int:
    """How many letters of a block stand in sentences; half of those in a table count."""
    if block.grid is not None:
        letters = block.grid.letters()
        return letters // 2 if block.linked * 2 < letters and block.grid.has_figures() and not _is_index(block) else 0
    own = len(block.text) - block.linked
    if own < _SENTENCE or block.linked > own:
        return 0
    stops = _STOPS.findall(block.text)
    if not stops or (block.tag in ("h1", "h2", "h3") and "。" not in stops) or _words().ends.match(block.text):
        return 0
    if own <= 4 * _SHORT and _words().notices.search(block.text):
        return 0
    return own


def _figures(block: Block) -> int:
    """The length of a line that gives an amount and is no link."""
    if block.grid is not None or block.linked or _words().ends.match(block.text) or _words().notices.search(block.text):
        return 0
    return len(block.text) if _AMOUNT.search(fold(block.text)) else 0


def _is_report(flow: Flow, kept: list[Block], weight: int) -> bool:
    """Whether what was found is a report, and not the few words around a link to one."""
    if not weight:
        return False
    if weight >= _LEAST or any(b.grid is not None or _AMOUNT.search(fold(b.text)) for b in kept):
        return True
    links = sum(1 for b in flow.blocks if b.linked)
    return not (flow.attachments or flow.frames or links >= 15)


def _container(flow: Flow, weights: list[int]) -> tuple[int, int]:
    """The blocks of the smallest box that holds nearly all sentences."""
    for block, weight in zip(flow.blocks, weights, strict=True):
        flow.boxes[block.box].prose += weight
    best: dict[int, int] = {}
    for i in range(len(flow.boxes) - 1, 0, -1):
        box = flow.boxes[i]
        flow.boxes[box.parent].prose += box.prose
        if box.parent not in best or box.prose >= flow.boxes[best[box.parent]].prose:
            best[box.parent] = i
    at = 0
    while at in best:
        child = flow.boxes[best[at]]
        if child.last - child.first < 2 and at:
            break  # a paragraph's own box
        if child.prose < _SHARE * flow.boxes[at].prose or not child.prose:
            break
        at = best[at]
    return (flow.boxes[at].first, flow.boxes[at].last) if at else (0, len(flow.blocks))


def _reach(blocks: list[Block], weights: list[int], first: int, last: int) -> tuple[int, int]:
    """The range with the sentences beside it that nothing parts from it (an opening set apart, a folded rest)."""
    i = first - 1
    while i >= 0 and not _is_outside(blocks[i]):
        first = i if weights[i] else first
        i -= 1
    i = last
    while i < len(blocks) and not _is_outside(blocks[i]):
        last = i + 1 if weights[i] else last
        i += 1
    return first, last


def _start(blocks: list[Block], weights: list[int], first: int, last: int, title: Title | None) -> int:
    """Where the body begins: after the title, or with it where it is one of the body's own lines."""
    start = next((i for i in range(first, last) if weights[i]), None)
    if start is None:
        return first
    own = {blocks[start].box}
    inside = first
    if title and title.last < first <= title.last + _BETWEEN:
        first = title.last + 1  # who spoke where may stand in boxes of its own below the title
    while start > first and not _is_outside(blocks[start - 1]) and not (title and start - 1 == title.last):
        if start <= inside and _DATE.search(fold(blocks[start - 1].text)) and "——" not in blocks[start - 1].text:
            break  # a day outside the body is the page's
        if _is_card(blocks, start - 2) or _is_plain_table(blocks[start - 1]):
            break
        start -= 1
        own.add(blocks[start].box)
    if title and start - 1 == title.last and first <= title.first and blocks[title.last].box in own:
        start = title.first
        while start > first and _is_heading_line(blocks[start - 1], own):
            start -= 1
    return start


def _is_heading_line(block: Block, own: set[int]) -> bool:
    """Whether a line above the title belongs to the body too (市十七届人大七次会议文件)."""
    return block.box in own and block.centred and not _is_outside(block)


def _end(blocks: list[Block], weights: list[int], start: int, last: int) -> tuple[int, set[int]]:
    """Where the body ends, and the lines before it that are the page's own (a link to a file)."""
    left = sum(weights[start:last])
    late = left * (1 - _LATE)
    few = min(200, left * 0.03)
    paragraphs = sum(1 for w in weights[start:last] if w)
    dropped: set[int] = set()
    for i in range(start, last):
        block = blocks[i]
        left -= weights[i]
        paragraphs -= weights[i] > 0
        short = block.grid is None and len(block.text) <= 2 * _SHORT
        if short and left <= late and _words().ends.match(block.text):
            return i, dropped
        if left <= few and (_is_outside(block) or _is_card(blocks, i) or (short and _words().pictures.match(block.text))):
            return i, dropped
        if short and _is_aside(block, blocks[i + 1] if i + 1 < last else None):
            if left <= late and (paragraphs < 3 or left < 100):
                return i, dropped
            dropped.add(i)
    return last, dropped


def _is_outside(block: Block) -> bool:
    """Whether a block at the edge of the body belongs to the page and not to the report."""
    if block.grid is not None:
        return _is_index(block)
    text, words = block.text, _words()
    if block.linked * 2 > len(text) or words.trails.match(text) or _is_widget(block):
        return True
    if len(text) > 2 * _SHORT:
        return False
    if _ADDRESS.search(text):
        return True
    if block.linked * 5 > len(text) and not re.search("[。；，]", text):
        return True
    if words.ends.match(text) or words.sources.match(fold(text)) or words.bylines.fullmatch(text):
        return True
    return _is_aside(block, None)


def _cut_last_link(block: Block) -> None:
    """Take away a link of the site's that is glued to the end of the last paragraph (返回首页)."""
    if block.tail and len(block.tail) < len(block.text) and _words().ends.match(block.tail):
        block.text = block.text.removesuffix(block.tail).rstrip()


def _is_aside(block: Block, after: Block | None) -> bool:
    """Whether a line is a link to a file, or the label above such links."""
    if block.linked * 2 > len(block.text):
        return True
    if not _words().asides.match(block.text):
        return False
    return block.linked > 0 or (after is not None and after.linked * 2 > len(after.text))


def _is_card(blocks: list[Block], i: int) -> bool:
    """Whether two lines from `i` on are labels with values, as on an index card or under an article (编辑：…)."""
    pair = blocks[i : i + 2] if i >= 0 else []
    if len(pair) < 2 or any(b.grid is not None or len(b.text) > _SHORT for b in pair):
        return False
    return all(_LABELLED.fullmatch(b.text) for b in pair) and any(b.text[-1] not in "：:" for b in pair)


def _is_plain_table(block: Block) -> bool:
    """Whether a small table holds no figure: above a body, an index card by other names."""
    return block.grid is not None and len(block.grid.rows) <= 12 and not block.grid.has_figures()


def _is_widget(block: Block) -> bool:
    return block.grid is None and len(block.text) <= _SHORT and _words().widgets.fullmatch(block.text) is not None


def _is_index(block: Block) -> bool:
    """Whether a table is the index card of a published document (索引号, 发布机构, …)."""
    if block.grid is None:
        return False
    cells = [p.text for row in block.grid.rows[:12] for p in row[:12]]
    return sum(1 for text in cells if 0 < len(text) <= _SHORT and _words().sources.match(fold(text) + ":")) >= 2


def _sources(blocks: list[Block], first: int, last: int) -> list[str]:
    found = []
    for block in blocks[first:last]:
        if block.grid is not None:
            if _is_index(block):
                found += block.grid.lines()[:12]
        elif len(block.text) <= 3 * _SHORT:
            text = fold(block.text)
            if _words().sources.search(text) or _DATE.search(text):
                found.append(block.text)
    return found
