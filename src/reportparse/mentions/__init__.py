"""Finding: the characters of a text → mentions of amounts, ranks, times and labels."""

from __future__ import annotations

import msgspec

from reportparse import patterns
from reportparse.folding import fold, squeeze
from reportparse.mentions.finding import find
from reportparse.mentions.model import Mention, When
from reportparse.numerals import DIGITS, MYRIADS, ONES, TENS
from reportparse.units import match as unit_end

__all__ = ["Mention", "When", "find", "find_mentions", "mark", "times", "unread"]

_LINES = patterns.compile(r"[^\n]+")
_SIGNS = DIGITS + TENS + MYRIADS
_NUMERALS = patterns.compile(  # each opens with one sign: so it is searched for faster
    rf"[\d{_SIGNS}](?:(?<=\d)(?:[\d,.]*\d)?|(?<=[{_SIGNS}])[{_SIGNS}]+|"
    rf"(?P<digit>(?<=[{ONES.replace('一', '').replace('陆', '').replace('伍', '')}十])))"
)


def find_mentions(text: str) -> list[Mention]:
    """Every amount, rank, time and label of `text`, each line for itself; `text[m.start:m.end]` is its wording.

    >>> [(m.kind, m.text) for m in find_mentions("增加值达 4 5 . 6 亿元，比上年增长５.２％")]
    [('amount', '4 5 . 6 亿元'), ('time', '上年'), ('amount', '５.２％')]
    """
    shadow = fold(text)
    found: list[Mention] = []
    for line in _LINES.finditer(shadow):
        view = squeeze(shadow, *line.span())
        for mention in find(view.text):
            start, end = view.span(mention.start, mention.end)
            full_start, full_end = view.span(mention.full_start, mention.full_end)
            found.append(msgspec.structs.replace(
                mention, start=start, end=end, text=text[start:end], full_start=full_start, full_end=full_end
            ))  # fmt: skip
    return found


def unread(view: str, mentions: list[Mention]) -> list[tuple[int, int]]:
    """The numerals of `view` that no mention claims.

    >>> unread("增长5%", find("增长5%")), unread("增长5%", [])
    ([], [(2, 3)])
    """
    left: list[tuple[int, int]] = []
    if not _NUMERALS.search(view):
        return left
    claimed = iter([(m.start, m.end) for m in mentions] + [(len(view) + 1, len(view) + 1)])
    start, end = next(claimed)
    for numeral in _NUMERALS.finditer(view):
        while end <= numeral.start():
            start, end = next(claimed)
        if numeral.lastgroup and unit_end(view, numeral.end(), strict=True) == numeral.end():
            continue
        if numeral.end() <= start:
            left.append(numeral.span())
    return left


def mark(view: str) -> str:
    """`view` with its amounts and ranks in square brackets: how the tests say what is found.

    >>> mark("增长5%，排名第3")
    '增长[5%]，排名[第3]'
    """
    out, at = [], 0
    for mention in find(view):
        if mention.kind in ("amount", "rank"):
            out += [view[at : mention.start], "[", mention.text, "]"]
            at = mention.end
    return "".join([*out, view[at:]])


def times(view: str) -> list[str]:
    """The times of `view` with what they come to in a report of 2025: how the tests say what is found.

    >>> times("2023年")
    ['2023年=2023']
    """
    return [f"{m.text}={m.when.resolve(2025)}" for m in find(view) if m.kind == "time" and m.when]
