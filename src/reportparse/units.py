"""Units: their pattern after a number, their one spelling, and exact conversion between them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from reportparse.lexicon import alternatives, table
from reportparse.numerals import plain, ratio

_TABLES = ("measure", "followed", "joining")
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
_MULTIPLIED = re.compile(f"({alternatives(MULTIPLIERS)})(.*)", re.DOTALL)


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


def _pattern(spellings: list[str]) -> str:
    followed = table("units")["followed"]
    several = [w for w in spellings if len(w) > 1]
    letters = [w for w in several if w[-1].isascii() and w[-1].isalnum()]
    single = [w for w in spellings if len(w) == 1]
    free = "".join(w for w in single if w not in followed and not (w.isascii() and w.isalpha()))
    bound = [f"{w}(?![{followed[w]}])" for w in single if w in followed]
    latin = "".join(w for w in single if w.isascii() and w.isalpha())
    return "|".join([
        f"(?:{alternatives(letters)})(?![A-Za-z0-9])", alternatives([w for w in several if w not in letters]),
        f"[{re.escape(free)}]", f"[{latin}](?![A-Za-z0-9])", *bound,
    ])  # fmt: skip


@cache
def pattern(*, strict: bool = False) -> str:
    """The pattern of a unit after a number, simple or compound; `strict` leaves out the nouns that count.

    >>> [re.match(pattern(), s)[0] for s in ("万", "吨/日,", "微克/立方米", "家次，", "元/人·月", "千克标准煤")] if False else None
    >>> [re.match(pattern(), s)[0] for s in ("吨/日,", "微克/立方米", "家次，", "千克标准煤", "元每平方米")]
    ['吨/日', '微克/立方米', '家次', '千克标准煤', '元每平方米']
    >>> re.match(pattern(), "家庭") is None
    True
    """
    nouns = table("units")["measure"]["nouns"]
    spellings = [w for w in units() if not (strict and w in nouns)]
    below = [*units(), *table("units")["joining"]["below"]]
    return rf"(?:(?:{_pattern(spellings)})(?:(?:[/每])(?:{alternatives(below)})){{0,2}}+)"


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

    >>> dimension("万吨/日"), dimension("亿元"), dimension("个百分点"), dimension("")
    ('mass/time', 'money', 'share', None)
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
