"""Bounds: the words before and after an amount that say how near to it the truth lies."""

from __future__ import annotations

from collections.abc import Iterator

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.model import Bound

_WORDS = table("bounds")
_KINDS: tuple[Bound, ...] = ("approx", "at_least", "more_than", "at_most", "less_than")


def _spelled() -> Iterator[tuple[str, Bound, str, bool]]:
    """Each word before an amount, what it means, the signs before it that make it another word, and if it is weak."""
    for kind in _KINDS:
        for word in _WORDS["before"].get(kind, ()):
            unless = _WORDS["unless"].get(word, "")
            weak = word in _WORDS["before"]["weak"]
            yield word, kind, unless, weak
            if not word.isascii() and not weak:
                for filler in _WORDS["between"]["words"]:
                    yield word + filler, kind, unless, weak


def _moved() -> Iterator[tuple[str, Bound]]:
    """Bounds that a verb of change parts from the number, each with every such verb."""
    for kind in _KINDS:
        for word in _WORDS["before"].get(kind, ()):
            if word in _WORDS["between"]["before_moves"]:
                yield from ((word + move, kind) for move in _WORDS["between"]["moves"])


_OVER_MOVE = dict(_moved())
_MOVES = tuple(_WORDS["between"]["moves"])
_LONGEST_MOVE = max(map(len, _OVER_MOVE))
_BEFORE = {word: (kind, unless) for word, kind, unless, _ in _spelled()}
_LONGEST = max(map(len, _BEFORE))
_LAST = frozenset(word[-1] for word in _BEFORE)
_WEAK = frozenset(word for word, _, _, weak in _spelled() if weak)
"""Words that are bounds only where no other is said, or before a bare multiplier."""
_AFTER = {word: kind for kind in _KINDS for word in _WORDS["after"].get(kind, ())}
_AFTER_FIRST = frozenset(word[0] for word in _AFTER)
_AFTER_PATTERN = patterns.compile(f"(?:{alternatives(_AFTER)})(?![级])")
_ROUNDABOUT = patterns.compile(r"约(?:占|为|有|达|合|相当于|占到)[^，。；、：！？,;:\d一二三四五六七八九十百千万亿]{0,14}$")
_SHARE_OF = patterns.compile(r"(?P<word>接近|超过|不足|不到)[^，。；、：！？,;:\d一二三四五六七八九十百千万亿]{2,14}的$")
_YARDSTICK = patterns.compile(r"[^，。；、]{0,6}?的[^，。；、]{0,6}(?:目标|平均|水平|任务)")


def before(view: str, start: int) -> tuple[Bound | None, int]:
    """The bound that touches the amount at `start` from before, and where it begins.

    >>> before("产值突破3000亿元", 4), before("节约100万元", 2), before("约占全国总量的十分之一", 7)
    (('more_than', 2), (None, 2), ('approx', 0))
    >>> before("费率至少降低30%", 6)
    ('at_least', 6)
    >>> before("占地超过全国总量的三分之一", 9)
    ('more_than', 2)
    """
    if start and view[start - 1] in _LAST:
        for length in range(min(_LONGEST, start), 0, -1):
            found = _BEFORE.get(view[start - length : start])
            if found is None:
                continue
            at = start - length
            if found[1] and at and view[at - 1] in found[1]:
                if view[at] == "均":
                    continue  # 年均|超过: the shorter word is the bound
                return None, start
            return found[0], at
    if view.endswith(_MOVES, 0, start):
        for length in range(min(_LONGEST_MOVE, start), 0, -1):
            if view[start - length : start] in _OVER_MOVE:
                return _OVER_MOVE[view[start - length : start]], start  # the verb is no part of the bound
    window = view[max(0, start - 20) : start]
    if "约" in window and (match := _ROUNDABOUT.search(window)):
        at = start - len(window) + match.start()
        if not at or view[at - 1] not in _WORDS["unless"]["约"]:
            return "approx", at
    if window.endswith("的") and (match := _SHARE_OF.search(window)):
        return _BEFORE[match["word"]][0], start - len(window) + match.start()
    return None, start


def after(view: str, end: int) -> tuple[Bound | None, int]:
    """The bound that touches the amount that ends at `end`, and where it ends.

    >>> after("治理率达33%以上", 7), after("14名自治区领导", 3)
    (('at_least', 9), (None, 3))
    """
    if end < len(view) and (view[end] in _AFTER_FIRST):
        match = _AFTER_PATTERN.match(view, end)
        if match:
            return _AFTER[match[0]], match.end()
    return None, end


def choose(view: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of the amount at `start:end`, and the place of the amount with its bound words.

    >>> choose("城镇新增就业1200万人以上", 6, 12), choose("高于92%的年度目标", 2, 5)
    (('at_least', 6, 14), ('exact', 2, 5))
    """
    said_before, full_start = before(view, start)
    said_after, full_end = after(view, end)
    word = view[full_start:start]
    if said_after and (said_before is None or word in _WEAK or said_before == "approx"):
        return said_after, full_start, full_end
    if said_before is None or (word and word in _WEAK and said_before == "more_than" and not _bare(view[start])):
        return "exact", start, end
    if word in ("高于", "低于", "好于", "优于") and _YARDSTICK.match(view, end):
        return "exact", start, end
    return said_before, full_start, full_end


def _bare(sign: str) -> bool:
    return sign in "百千万亿萬億"
