"""Which candidates are headings, and how deep: decided from the order in which they count.

A heading counts on from the one before it in its style, or begins to count. Of two styles, the outer is
the one inside whose count the other begins again; where a document shows neither, the common order of
official documents decides.
"""

from __future__ import annotations

from collections import defaultdict

from reportparse.outline.numbering import BACK, STYLES, Candidate

_ORDER = {style: k for k, style in enumerate((BACK, "h1", "h2", "h3", "h4", "h5", "h6", "中", "粗 中", "粗", *STYLES))}
_SURE = ("编", "部分", "章", "节", "壹、", "一、", "(一)")
"""Styles that hardly ever open a line without being a heading."""
_GAP = 3
"""So many numbers may be missing between two headings (lost by the source) before the second is doubted."""


def nesting(found: list[Candidate]) -> dict[tuple[str, str], int]:
    """How often the second style begins inside the count of the first."""
    following: list[int | None] = [None] * len(found)
    last: dict[str, int] = {}
    for i, c in enumerate(found):
        if c.style in last:
            following[last[c.style]] = i
        last[c.style] = i
    inside: dict[tuple[str, str], int] = defaultdict(int)
    open_: dict[str, int] = {}
    for i, c in enumerate(found):
        if c.number == 1 or c.number is None:
            for style, k in open_.items():
                nxt = following[k]
                if style == c.style or nxt is None or found[k].number is None is c.number:
                    continue
                if counts_on(found[k].number, found[nxt].number):
                    inside[style, c.style] += 1
        open_[c.style] = i
    return inside


def counts_on(number: int | None, following: int | None) -> bool:
    """Whether `following` is the number after `number`; parts without numbers follow one another."""
    if number is None or following is None:
        return number is following
    return following == number + 1


def without_lists(found: list[Candidate]) -> list[Candidate]:
    """Drop `一是…二是…` that run inside one paragraph: a list is a row of headings where an item after its first opens a paragraph."""
    dropped: set[int] = set()
    for style in ("一是", "一要"):
        run: list[int] = []
        for i in (*(k for k, c in enumerate(found) if c.style == style), None):
            if run and (i is None or not counts_on(found[run[-1]].number, found[i].number)):
                if not any(found[k].opens for k in run[1:]):
                    dropped.update(run)
                run = []
            if i is not None:
                run.append(i)
    return [c for k, c in enumerate(found) if k not in dropped] if dropped else found


def headings(found: list[Candidate]) -> list[tuple[Candidate, int]]:
    """The headings among the candidates, each with its level from 1."""
    found = without_lists(found)
    inside = nesting(found)

    def outer(a: str, b: str) -> bool:
        one, other = inside.get((a, b), 0), inside.get((b, a), 0)
        return one > other or (one == other and _order(a) < _order(b))

    followed = _followed(found)
    stack: list[tuple[str, int | None]] = []
    ended: dict[str, int | None] = {}
    out: list[tuple[Candidate, int]] = []
    listed: dict[str, int | None] = {}
    for c, has_next in zip(found, followed, strict=True):
        if c.style == BACK and not out:
            continue  # the report itself is what is attached
        if c.listed or (c.number != 1 and counts_on(listed.get(c.style, 0), c.number)):
            listed[c.style] = c.number  # the items of a sentence, the last one included
            continue
        depth = next((k for k, (style, _) in enumerate(stack) if style == c.style), None)
        if depth is not None:
            number = _count(c, stack[depth][1])
            if not _fits(c, number, stack[depth][1], has_next):
                continue
        else:
            number = _count(c, ended.get(c.style))
            if not _begins(c, number, ended.get(c.style), has_next):
                continue
            depth = len(stack)
            while depth and not outer(stack[depth - 1][0], c.style):
                depth -= 1
            if depth and stack[depth - 1][0] == BACK and number not in (None, 1) and c.style in ended:
                depth -= 1  # the report goes on behind its notes
        ended.update(stack[depth:])
        del stack[depth:]
        stack.append((c.style, number))
        out.append((c._replace(number=number), depth + 1))
    return out


def _order(style: str) -> int:
    return _ORDER.get(style, len(_ORDER))


def _count(c: Candidate, last: int | None) -> int | None:
    return (last or 0) + 1 if c.number is None and c.style == "首先" else c.number


def _followed(found: list[Candidate]) -> list[bool]:
    """For each candidate, whether the next ones of its style count on from it."""
    out = [False] * len(found)
    ahead: dict[str, list[int | None]] = defaultdict(list)
    for i in range(len(found) - 1, -1, -1):
        c = found[i]
        seen = ahead[c.style]
        out[i] = any(counts_on(c.number, n) or (c.style == "首先" and n is None) for n in seen[-2 if c.opens else -1:])
        seen.append(c.number)
    return out


def _fits(c: Candidate, number: int | None, last: int | None, has_next: bool) -> bool:
    """Whether a candidate goes on in a count that is open, or begins it again."""
    if number is None or last is None or c.style == BACK:
        return True
    if number == last + 1:
        return True
    if not c.opens:
        return number == 1 and has_next
    if number == 1:
        return has_next or c.alone
    sure = c.style in _SURE
    if last + 1 < number <= last + _GAP:
        return c.leads or (has_next and sure)
    return sure and c.alone and c.leads


def _begins(c: Candidate, number: int | None, last: int | None, has_next: bool) -> bool:
    """Whether a candidate begins a count, or takes up one that an outer heading broke off."""
    if number is None or c.style == BACK:
        return True
    if number == 1:
        return has_next or (c.opens and (c.alone or c.style in _SURE[:-1]) and c.style not in ("一是", "一要", "首先", "第一，", "①"))
    if last is not None and number == last + 1:
        return c.opens
    return c.opens and c.alone and c.leads and c.style in _SURE
