"""Where on a page the report stands: told by its sentences, with links, menus and source lines against it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.reading.html_flow import Block, Flow

_SENTENCE = 16  # characters outside links; a menu's entries are shorter
_SHARE = 0.93  # of a box's sentences, that a box inside it must hold to stand for it
_SHORT = 60
_DATE = re.compile(r"(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}")
_NUMBER = re.compile(r"\d")


class Body(NamedTuple):
    """The part of a flow that is the report."""

    blocks: list[Block]
    title: str | None
    furniture: list[str]
    sentences: int
    """How many letters of it stand in sentences or in tables."""


class _Words(NamedTuple):
    ends: re.Pattern[str]
    widgets: re.Pattern[str]
    trails: re.Pattern[str]
    sources: re.Pattern[str]


@cache
def _words() -> _Words:
    words = table("pages")
    around = r"[\s\[【〖(（|｜>》]*"
    widget = alternatives(words["widgets"])
    label = "|".join(r"\s*".join(map(re.escape, w)) for w in sorted(words["sources"], key=len, reverse=True))
    return _Words(
        re.compile(around + f"(?:{alternatives(words['ends'])})"),
        re.compile(rf"(?:{around}(?:{widget})[\s\]】〗)）|｜:：/、+-]*)+"),
        re.compile(around + f"(?:{alternatives(words['trails'])})" + r"\s*(?:[:：>》→]|$)|.{0,20}首页\s*[>》/-]"),
        re.compile(around + f"(?:{label})" + r"\s*[:：]"),
    )


def find_body(flow: Flow, titles: list[str]) -> Body:
    """The blocks of the report; `titles` are what the page's head calls it, best first."""
    blocks = flow.blocks
    weights = [_prose(block) for block in blocks]
    first, last = _container(flow, weights)
    title_at = _title(blocks, titles, first, last, weights)
    first, last, furniture = _trim(blocks, weights, first, last, title_at)
    kept = [b for b in blocks[first:last] if not _is_widget(b)]
    title = blocks[title_at].text if title_at is not None else None
    return Body(kept, title, furniture, sum(weights[first:last]))


def _prose(block: Block) -> int:
    """How many letters of a block stand in sentences; half of those in a table count."""
    if block.hidden:
        return 0
    if block.grid is not None:
        letters = block.grid.letters()
        return letters // 2 if block.linked * 2 < letters else 0
    own = len(block.text) - block.linked
    if own < _SENTENCE or block.linked > own:
        return 0
    if not re.search("[。；！？，;]", block.text) or _words().ends.match(block.text):
        return 0
    return own


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
        if child.prose < _SHARE * flow.boxes[at].prose or not child.prose:
            break
        at = best[at]
    return (flow.boxes[at].first, flow.boxes[at].last) if at else (0, len(flow.blocks))


def _bare(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", fold(text))


def _title(blocks: list[Block], titles: list[str], first: int, last: int, weights: list[int]) -> int | None:
    """The block that is the page's title: what its head says, or its first heading above the body."""
    stop = next((i for i in range(first, last) if weights[i]), last)
    start = max(0, stop - 60)
    for wanted in filter(None, map(_bare, titles)):
        same = [i for i in range(start, stop) if _bare(blocks[i].text) == wanted]
        if same:
            return same[-1] if same[-1] < first else same[0]
    for wanted in filter(None, map(_bare, titles)):
        near = [i for i in range(start, stop) if len(b := _bare(blocks[i].text)) >= 8 and (b in wanted or wanted in b)]
        near = [i for i in near if not _words().trails.match(blocks[i].text) and not blocks[i].linked]
        if near:
            return max(near, key=lambda i: len(blocks[i].text) if blocks[i].tag[0] == "h" else 0)
    heads = [i for i in range(start, stop) if blocks[i].tag in ("h1", "h2", "h3") and not blocks[i].linked]
    return heads[-1] if heads else None


def _trim(
    blocks: list[Block], weights: list[int], first: int, last: int, title_at: int | None
) -> tuple[int, int, list[str]]:
    """The range without what stands around the report, and the source lines that were left out."""
    prose = [i for i in range(first, last) if weights[i]]
    if not prose:
        return first, last, _sources(blocks, 0, len(blocks))
    start = prose[0]
    while start > first and not _is_outside(blocks[start - 1]) and start - 1 != title_at:
        start -= 1
    if title_at is not None and start - 1 == title_at >= first and blocks[title_at].box == blocks[start].box:
        start = title_at
    end = _end(blocks, weights, start, last, prose[-1])
    furniture = _sources(blocks, max(0, start - 40), start) + _sources(blocks, end, min(len(blocks), end + 8))
    return start, end, furniture


def _end(blocks: list[Block], weights: list[int], start: int, last: int, last_prose: int) -> int:
    total = sum(weights[start:last])
    seen = 0
    for i in range(start, last):
        block = blocks[i]
        seen += weights[i]
        late = seen >= 0.85 * total
        if late and block.grid is None and len(block.text) <= 2 * _SHORT and _words().ends.match(block.text):
            return i
        if i > last_prose and _is_outside(block):
            return i
    return last


def _is_outside(block: Block) -> bool:
    """Whether a block at the edge of the body belongs to the page and not to the report."""
    if block.grid is not None:
        return _is_index(block)
    text, words = block.text, _words()
    if block.linked * 2 > len(text) or words.trails.match(text) or _is_widget(block):
        return True
    if len(text) > 2 * _SHORT:
        return False
    return bool(words.ends.match(text) or words.sources.match(fold(text)))


def _is_widget(block: Block) -> bool:
    return block.grid is None and len(block.text) <= _SHORT and _words().widgets.fullmatch(block.text) is not None


def _is_index(block: Block) -> bool:
    """Whether a table is the index card of a published document (索引号, 发布机构, …)."""
    if block.grid is None:
        return False
    cells = [p.text for row in block.grid.rows[:12] for p in row]
    return sum(1 for text in cells if _words().sources.match(fold(text) + ":")) >= 2


def _sources(blocks: list[Block], first: int, last: int) -> list[str]:
    found = []
    for block in blocks[first:last]:
        if block.grid is not None:
            if _is_index(block):
                found += [" ".join(p.text for p in row) for row in block.grid.rows[:12]]
        elif len(block.text) <= 3 * _SHORT:
            text = fold(block.text)
            if _words().sources.search(text) or _DATE.search(text):
                found.append(block.text)
    return found
