"""Several parts of one page become one page: the first, with the others' text after its own.

The parts share their frame and differ in their text. So what only one part holds tells where the text stands, and
what the others hold there is laid after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from reportparse.fetching.addresses import joined
from reportparse.fetching.paging import base_of
from reportparse.lexicon import table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHARE = 0.8  # of a part's own text, which one element holds where the text stands
_PAGER = frozenset("0123456789第共页/|<>[]（）()【】«»‹›…. \u3000\xa0")


def join(pages: Sequence[HtmlElement], urls: Sequence[str]) -> bytes:
    """The parts as one page in UTF-8; the trees are used up."""
    from lxml.html import tostring

    for page, url in zip(pages, urls, strict=True):
        _drop_pager(page, url, set(urls))
    counts = Counter(text for page in pages for text in {_own(one) for one in page.iter()})
    weights = [_weights(page, counts) for page in pages]
    chains = [_chain(page, weight) for page, weight in zip(pages, weights, strict=True)]
    depth = _shared(chains)
    boxes = [chain[depth] for chain in chains]
    edges = [_edges(box, weight) for box, weight in zip(boxes, weights, strict=True)]
    for head, _ in edges[1:]:
        _trim(head, {_text(one) for one in edges[0][0]})
    for _, tail in edges[:-1]:
        _trim(tail, {_text(one) for one in edges[-1][1]})
    for box in boxes[1:]:
        _append(boxes[0], box)
    _declare(pages[0])
    return bytes(tostring(pages[0], encoding="utf-8", doctype="<!DOCTYPE html>"))


def _own(one: HtmlElement) -> str:
    """The text that stands in an element itself, not in those inside."""
    if not isinstance(one.tag, str) or one.tag in ("script", "style", "title"):
        return ""
    return "".join("".join([one.text or "", *(child.tail or "" for child in one)]).split())


def _weights(page: HtmlElement, counts: Counter[str]) -> dict[HtmlElement, int]:
    """How many characters that no other part holds are in each element, with those inside."""
    weights: dict[HtmlElement, int] = {}
    for one in reversed(list(page.iter())):
        own = _own(one)
        weights[one] = (len(own) if counts[own] == 1 else 0) + sum(weights[child] for child in one)
    return weights


def _chain(page: HtmlElement, weights: dict[HtmlElement, int]) -> list[HtmlElement]:
    """The elements from the root down to the innermost that holds most of the part's own text."""
    chain = [page]
    while True:
        inner = max(chain[-1], key=lambda child: weights[child], default=None)
        if inner is None or weights[inner] < _SHARE * weights[page] or not weights[inner]:
            break
        chain.append(inner)
    if len(chain) > 1 and chain[-1].tag in ("p", "span", "font", "b", "strong", "td", "tr"):
        chain.pop()  # one long paragraph is not the place, it stands in it
    return chain


def _shared(chains: Sequence[Sequence[HtmlElement]]) -> int:
    """How deep the parts have the same elements."""
    depth = 0
    for level in zip(*chains, strict=False):
        if len({(one.tag, one.get("id"), one.get("class")) for one in level}) > 1:
            break
        depth += 1
    return max(depth - 1, 0)


def _edges(box: HtmlElement, weights: dict[HtmlElement, int]) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """What stands in the box before and after what only this part holds: perhaps the title, and who edited it."""
    children = list(box)
    own = [number for number, child in enumerate(children) if weights[child]]
    return (children[: own[0]], children[own[-1] + 1 :]) if own else ([], [])


def _trim(edge: Sequence[HtmlElement], repeated: Collection[str]) -> None:
    """Drop what the first part has at its head already, or the last has at its end."""
    for one in edge:
        if _text(one) in repeated and not (one.tail or "").strip():
            one.drop_tree()


def _text(one: HtmlElement) -> str:
    return "".join(one.text_content().split()) if isinstance(one.tag, str) else ""


def _append(box: HtmlElement, more: HtmlElement) -> None:
    if more.text and more.text.strip():
        if len(box):
            box[-1].tail = (box[-1].tail or "") + more.text
        else:
            box.text = (box.text or "") + more.text
    box.extend(list(more))


def _drop_pager(page: HtmlElement, url: str, urls: Collection[str]) -> None:
    """Take out the links to the parts, with the box that holds nothing else."""
    words = table("pages")
    labels = {*words["next_pages"], *words["other_pages"]}
    base = base_of(page, url)
    for script in list(page.iter("script", "style")):
        script.drop_tree()
    for link in list(page.iter("a")):
        told = joined(base, link.get("href") or "")
        if told not in urls and "".join(link.text_content().split()) not in labels:
            continue
        box = link
        while (outer := box.getparent()) is not None and outer.tag not in ("body", "html") and _is_pager(outer, labels):
            box = outer
        if box.getparent() is not None:
            box.drop_tree()


def _is_pager(box: HtmlElement, labels: Collection[str]) -> bool:
    """Whether a box holds numbers and the words of a pager only."""
    text = "".join(box.text_content().split())
    for label in labels:
        text = text.replace(label, "")
    return len(text) <= 60 and set(text) <= _PAGER


def _declare(page: HtmlElement) -> None:
    """Say that the joined page is in UTF-8, and nothing else."""
    from lxml.html import fromstring

    for meta in list(page.iter("meta")):
        if meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type":
            meta.drop_tree()
    head = page.find("head")
    if head is not None:
        head.insert(0, fromstring('<meta charset="utf-8">'))
