"""Doubts: signs in a draft and its sentence that it may be wrong. Each is a flag of docs/flags.md."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from reportparse import patterns
from reportparse.lexicon import Endings, alternatives, table
from reportparse.records.drafts import Draft, State
from reportparse.records.tokens import Token

_LEFT_OUT = 6
_IN_STEP = frozenset({"respectively", "changes_in_step", "levels_in_step", "shares_in_step"})
_COUNTED = "count_before_noun"
_TWO_TIMES = frozenset({"from_to", "structure", "turned", "rank_from_to"})
"""Rules whose figures have times of their own."""
_YEARS = patterns.compile(r"\d{4}/(\d{4})")
_CLAUSE_ENDS = frozenset(",;.:")


class _Signs(NamedTuple):
    """The tables, compiled."""

    bare: re.Pattern[str]
    years: re.Pattern[str]
    time_opens: tuple[str, ...]
    time_ends: Endings
    ending: Endings
    good: tuple[str, ...]
    ratio: Endings
    shares: tuple[str, ...]
    sizes: tuple[tuple[Endings, re.Pattern[str]], ...]
    apart: tuple[str, ...]


@cache
def _signs() -> _Signs:
    words = table("doubts")
    number = r"[一二两三四五六七八九十\d]"
    return _Signs(
        patterns.compile(rf"(?:{alternatives(words['bare_before'])})*(?:{alternatives(words['bare_heads'])})"),
        patterns.compile(rf"{number}(?:年(?!{alternatives(words['years_kept'])})|[年月]\Z)|年内"),
        tuple(words["time_openings"]),
        Endings(words["time_endings"]),
        Endings(words["sentence_endings"]),
        tuple(words["good_endings"]),
        Endings(words["ratios"]),
        tuple(words["shares"]),
        tuple(
            (Endings(words[names]), patterns.compile(alternatives(words[units])))
            for names, units in (("money", "units_of_money"), ("people", "units_of_people"), ("areas", "units_of_areas"))
        ),
        tuple(words["nouns_apart"]),
    )


def bare_head(indicator: str) -> bool:
    """Is the name a head that says nothing by itself, 新增里程 or 治理率?

    >>> bare_head("新增里程"), bare_head("新增铁路里程")
    (True, False)
    """
    return bool(_signs().bare.fullmatch(indicator))


def odd_inside(indicator: str) -> bool:
    """Does the name hold a time, or end as a sentence goes on?

    >>> odd_inside("利润总额五年"), odd_inside("总收入均由"), odd_inside("两年期贷款利率")
    (True, True, False)
    """
    known = _signs()
    timed = ("年" in indicator or indicator.endswith("月")) and known.years.search(indicator)
    if timed or indicator.startswith(known.time_opens) or known.time_ends.of(indicator):
        return True
    return bool(known.ending.of(indicator)) and not indicator.endswith(known.good)


def doubts(draft: Draft, state: State, rule: str) -> Iterable[str]:
    """The flags that a draft gets from how it stands in its sentence."""
    token, indicator = draft.token, draft.indicator or ""
    if indicator and _odd_unit(draft, indicator):
        yield "odd_unit"
    if (rule == _COUNTED or rule in _IN_STEP) and _left_out(_clause_before(state.tokens, token), indicator + (draft.subject or "")) >= _LEFT_OUT:
        yield "left_out"
    if rule == _COUNTED and "的" not in indicator:
        yield "counted_noun"
    if rule not in {_COUNTED, "negated_streak", "share_before_noun", "target_in_hand"} and _noun_follows(state.tokens, token):
        yield "noun_after"
    if state.times and draft.period not in state.times and rule not in _TWO_TIMES:
        yield "mixed_periods"
    state.times.add(draft.period)
    if draft.period and _several_years(draft.period, state):
        yield "several_years"


def _start(token: Token) -> int:
    return token.start


def _clause_before(tokens: list[Token], token: Token) -> Iterable[Token]:
    """What stands in the clause of the figure before it, the nearest first."""
    at = bisect_left(tokens, token.start, key=_start)
    return takewhile(lambda t: t.kind not in _CLAUSE_ENDS, (tokens[k] for k in range(at - 1, -1, -1)))


def _left_out(clause: Iterable[Token], said: str) -> int:
    """How many characters of the names in the clause stand in no field."""
    return sum(not c.isspace() and c not in said for t in clause if t.kind == "N" for c in t.text)


def _noun_follows(tokens: list[Token], token: Token) -> bool:
    """Does a noun stand right after the number, which is not known to be apart from it?"""
    at = bisect_right(tokens, token.start, key=_start)
    return at < len(tokens) and tokens[at].kind == "N" and not tokens[at].text.strip().startswith(_signs().apart)


def _odd_unit(draft: Draft, indicator: str) -> bool:
    """Is the unit one in which no such thing is stated: a percentage of what is no ratio, an amount of money in households?"""
    mention = draft.token.mention
    if draft.kind != "quantity" or mention is None or not mention.unit:
        return False
    known = _signs()
    if mention.unit in {"%", "‰"}:
        return not _is_ratio(indicator)
    return any(names.of(indicator) and not unit.search(mention.unit) for names, unit in known.sizes)


@lru_cache(maxsize=4096)
def _is_ratio(indicator: str) -> bool:
    known = _signs()
    bare = _LAST_BRACKET.sub("", indicator) if indicator[-1:] in ")）" else indicator
    return bool(known.ratio.of(bare)) or any(word in indicator for word in known.shares)


_LAST_BRACKET = patterns.compile(r"[（(][^()（）]*[)）]\Z")


def _several_years(period: str, state: State) -> bool:
    """Is it a period of several years up to the review: the figure may be of its last year alone."""
    found = _YEARS.fullmatch(period)
    review = state.years.review
    return found is not None and (review is None or int(found[1]) <= review)
