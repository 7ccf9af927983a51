"""What the text of one cell of a table can be: a number, nothing, a year, the number of its column, words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.folding import fold
from reportparse.lexicon import alternatives, table

_SPACE = patterns.compile(r"\s+")
_LATIN_GAP = patterns.compile(r"(?<=[A-Za-z])\s+(?=[A-Za-z])")
MARKS = r"(?:\[\d{1,2}(?:[,、-]\d{1,2})*\]|[①-⑳*¹²³⁰-⁹])"
"""Footnote marks that touch a number or a name."""
_NUMBER = patterns.compile(r"(?:[①-⑳*])?([-+—–]?)(\d{1,3}(?:[,，]\d{3})+|\d{1,14})(\.\d+)?(个百分点|[%‰])?" + MARKS + "{0,2}")
_YEAR = patterns.compile(r"(?:19|20)\d\d(?:\.(?:1[0-2]|0?[1-9]))?")
_INDEX = patterns.compile(r"[(\[]?\d{1,2}[)\]]?(?:=[\d()+\-*/÷×%.,—–]+)?|[甲乙丙丁A-Z①-⑳](?:=[A-Z()+\-*/×÷%\d]+)?")
_MEASURED = r"(?:(?:{})[-+—]?\d[\d,.]*(?![\d年月日号季/=])|[-+—]?\d[\d,.]*(?:%|‰|[^\d年月日季度期前.\-—/]{{1,8}}))"


class Number(NamedTuple):
    """A printed number."""

    value: Decimal
    """With its sign."""
    sign: str
    unit: str
    """`%`, `‰` or `个百分点` where it is printed behind the number, else empty."""


def tidy(text: str) -> str:
    """Folded, without blanks but for one between Latin words.

    >>> tidy("收  入　合 计"), tidy("PPP 业务"), tidy("net assets")
    ('收入合计', 'PPP业务', 'net assets')
    """
    folded = fold(text)
    if " " not in folded and "\n" not in folded:
        return folded
    kept = _LATIN_GAP.sub("\0", folded.strip())
    return _SPACE.sub("", kept).replace("\0", " ")


def number(tidied: str) -> Number | None:
    """The number that a cell's text is, or None.

    >>> number("-1,204.50"), number("—3"), number("99.4%").unit
    (Number(value=Decimal('-1204.50'), sign='-', unit=''), Number(value=Decimal('-3'), sign='-', unit=''), '%')
    >>> number("①30,261").value, number("4.7%②").value, number("3077.4¹").value
    (Decimal('30261'), Decimal('4.7'), Decimal('3077.4'))
    >>> number("71,042,67232,867"), number("2025年")
    (None, None)
    """
    if not tidied or not (tidied[0] in "0123456789-+—–*" or "①" <= tidied[0] <= "⑳"):
        return None
    found = _NUMBER.fullmatch(tidied)
    if found is None:
        return None
    sign, whole, rest, unit = found.groups()
    minus = "-" if sign and sign != "+" else ""
    digits = whole.replace(",", "").replace("，", "") if len(whole) > 3 else whole
    return Number(Decimal(f"{minus}{digits}{rest or ''}"), minus or sign, unit or "")


@cache
def _nothing() -> frozenset[str]:
    return frozenset(table("tables")["nothing"]) | {""}


def is_nothing(tidied: str) -> bool:
    """Whether a cell says that there is no figure.

    >>> is_nothing("--"), is_nothing("…"), is_nothing("0")
    (True, True, False)
    """
    return tidied in _nothing()


def is_year(tidied: str) -> bool:
    """Whether a bare number can be a year, or a month of one: `2024`, `2025.3`."""
    return _YEAR.fullmatch(tidied) is not None


def is_index(tidied: str) -> bool:
    """Whether it can be the number of a column, alone or with how it is reckoned.

    >>> is_index("3=2/1*100"), is_index("(1)=(2)+(3)"), is_index("A=B+C"), is_index("125,900")
    (True, True, True, False)
    """
    return _INDEX.fullmatch(tidied) is not None


@cache
def _measured() -> re.Pattern[str]:
    return patterns.compile(_MEASURED.format(alternatives(table("tables")["before_numbers"])))


def is_measured(tidied: str) -> bool:
    """Whether it begins with a number and its unit, or with a number under a bound or a verb; no time.

    >>> [is_measured(s) for s in ("12.5亿元", "5%左右", "增长6%", "≤5.5", "2025年", "3=2/1*100", "税收收入")]
    [True, True, True, True, False, False, False]
    """
    return _measured().match(tidied) is not None and not is_index(tidied)
