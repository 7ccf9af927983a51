"""Units: their pattern after a number, their one spelling, and exact conversion between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.numerals import plain, ratio

_TABLES = ("measure", "followed", "joining", "signs")
"""Tables of units.toml that are not dimensions."""


class Unit(NamedTuple):
    """One spelling of a unit."""

    name: str
    """Its canonical spelling."""
    dimension: str
    ratio: Fraction | None
    """To the dimension's first unit; None where units of the dimension don't convert (money, counts)."""


MULTIPLIERS = {
    "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "亿万": 10**12,
    "萬": 10**4, "百萬": 10**6, "千萬": 10**7, "億": 10**8, "十億": 10**9, "百億": 10**10, "千億": 10**11, "萬億": 10**12,
    "兆": 10**12, "十万": 10**5, "万万": 10**8, "萬萬": 10**8, "亿亿": 10**16,
}  # fmt: skip
"""Multipliers that may belong to the unit as written (`9381.4` `亿元`)."""
_MULTIPLIED = patterns.compile(f"({alternatives(MULTIPLIERS)})(.*)", re.DOTALL)


@cache
def units() -> dict[str, Unit]:
    """Every spelling of every unit in the word table."""
    words = table("units")
    found: dict[str, Unit] = {}
    for dimension, members in words.items():
        if dimension in _TABLES:
            continue
        first = next(iter(members))
        for name, entry in members.items():
            share = Fraction(entry["ratio"]) if "ratio" in entry else Fraction(1) if name == first else None
            for spelling in (name, *entry.get("also", ())):
                found[spelling] = Unit(name, dimension, share)
    for word in (*words["measure"]["words"], *words["measure"]["nouns"]):
        found.setdefault(word, Unit(word, "count", None))
    return found


class _Lookup(NamedTuple):
    """Spellings by their first sign, the longest first, so that a unit is found without a pattern."""

    lengths: dict[str, tuple[int, ...]]
    spellings: frozenset[str]


def _lookup(spellings: Iterable[str]) -> _Lookup:
    lengths: dict[str, set[int]] = {}
    for spelling in spellings:
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    return _Lookup({k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()}, frozenset(spellings))


@cache
def _lookups() -> tuple[_Lookup, _Lookup, _Lookup]:
    """All units, those that may follow one Chinese digit, and what may stand under a stroke."""
    words = table("units")
    nouns = frozenset(words["measure"]["nouns"])
    return (
        _lookup(units()), _lookup([w for w in units() if w not in nouns]), _lookup({*units(), *words["joining"]["below"]}),
    )  # fmt: skip


def _longest(view: str, at: int, lookup: _Lookup, followed: Mapping[str, str]) -> int:
    for length in lookup.lengths.get(view[at : at + 1], ()):
        end = at + length
        word = view[at:end]
        if end > len(view) or word not in lookup.spellings:
            continue
        after = view[end : end + 1]
        if after and (after in followed.get(word, "") if not word[-1].isascii() else word[-1].isalnum() and _LATIN(after)):
            continue
        return end
    return at


_LATIN = patterns.compile("[A-Za-z0-9]").match


def match(view: str, at: int, *, strict: bool = False) -> int:
    """Where the unit that begins at `at` ends, simple or compound; `at` where none does.

    With `strict` the nouns that count (4市) don't pass for units.

    >>> [s[: match(s, 0)] for s in ("吨/日,", "微克/立方米", "家次，", "千克标准煤", "元每平方米", "元/人·月", "家庭", "市", "例/10万人")]
    ['吨/日', '微克/立方米', '家次', '千克标准煤', '元每平方米', '元/人·月', '', '市', '例/10万人']
    >>> match("市", 0, strict=True)
    0
    """
    every, some, below = _lookups()
    followed = table("units")["followed"]
    end = _longest(view, at, some if strict else every, followed)
    if end == at:
        return at
    for _ in range(2):
        sign = view[end : end + 1]
        if sign != "/" and (sign != "每" or units()[view[at:end]].dimension in ("count", "time")):
            break
        stop = _longest(view, end + 1, below, {})
        if stop == end + 1:
            break
        end = stop
        if sign == "每":
            break
    return end


@lru_cache(maxsize=4096)
def canonical(unit: str) -> tuple[Decimal, str]:
    """The multiplier inside a unit as written, and the unit's one spelling.

    >>> [(str(k), u) for k, u in map(canonical, ("万吨/日", "个百分点", "亿元", "μg/m³", "km", "亿千瓦时", "万"))]
    [('10000', '吨/日'), ('1', '百分点'), ('100000000', '元'), ('1', '微克/立方米'), ('1', '千米'), ('100000000', '千瓦时'), ('10000', '')]
    """
    times = Decimal(1)
    if unit not in units() and (match := _MULTIPLIED.fullmatch(unit)):
        times, unit = Decimal(MULTIPLIERS[match[1]]), match[2]
    known = units().get(unit)
    if known:
        return times, known.name
    parts = re.split("[/每]", unit)
    return times, "/".join(units()[p].name if p in units() else p for p in parts)


def dimension(unit: str) -> str | None:
    """What a unit measures (`length`, `money`, `count`, …), of a compound its parts'; None where unknown.

    >>> dimension("万吨/日"), dimension("亿元"), dimension("个百分点"), dimension("吨/井"), dimension("井/吨"), dimension("")
    ('mass/time', 'money', 'share', 'mass/count', None, None)
    """
    name = canonical(unit)[1]
    parts = [units()[p].dimension if p in units() else None for p in name.split("/")] if name else [None]
    return None if parts[0] is None else "/".join(p or "count" for p in parts)


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """`value` of `unit` in the unit `to`, by exact ratios; ValueError where they don't measure the same.

    >>> convert(Decimal(3), "亩", "平方米"), convert(Decimal("1.5"), "万吨/日", "千克/日"), convert(Decimal(36), "千米/小时", "米/秒")
    (Decimal('2000'), Decimal('15000000'), Decimal('10'))
    """
    times, name = canonical(unit)
    times_to, name_to = canonical(to)
    if name == name_to:
        share = Fraction(1)
    else:
        share = _ratio(name, unit, to) / _ratio(name_to, unit, to)
        if dimension(name) != dimension(name_to):
            raise ValueError(f"{unit} and {to} don't measure the same thing: {dimension(unit)}, {dimension(to)}")
    whole = Fraction(value) * Fraction(times) / Fraction(times_to) * share
    made = ratio(Decimal(whole.numerator), Decimal(whole.denominator))
    return plain(made if made is not None else Decimal(0))


def _ratio(name: str, unit: str, to: str) -> Fraction:
    share = Fraction(1)
    for k, part in enumerate(name.split("/")):
        known = units().get(part)
        if known is None or known.ratio is None:
            raise ValueError(f"no exact ratio between {unit} and {to}: '{part}' converts to nothing")
        share = share * known.ratio if k == 0 else share / known.ratio
    return share
