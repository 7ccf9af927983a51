"""Exact intervals: where the truth behind a printed number may lie.

A printed 26.4 stands for anything that rounds to it, [26.35, 26.45]. Arithmetic on intervals is exact (fractions), so
what rounding may explain never counts as a fault.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from reportparse.folding import fold
from reportparse.model import AnyRecord, Change, Ranking
from reportparse.units import canonical, dimension

_NOT_PRINTED = frozenset({"vague_number", "ocr", "ambiguous_range"})


class Interval(NamedTuple):
    """All numbers from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        ends = [a * b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None where `other` may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [a / b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self) -> Fraction:
        """Halfway."""
        return (self.low + self.high) / 2


def exactly(number: int | Fraction) -> Interval:
    """The interval of one number."""
    return Interval(Fraction(number), Fraction(number))


def rounded(value: Decimal, *, verbatim: bool = True, times: Fraction = Fraction(1)) -> Interval:
    """What rounds to `value`; a value that is not printed in digits is known to its last digit that is not zero.

    >>> [str(end) for end in rounded(Decimal("26.4"))], [str(end) for end in rounded(Decimal(3600), verbatim=False)]
    (['527/20', '529/20'], ['3550', '3650'])
    """
    return _rounded(str(value), verbatim, times)


@lru_cache(maxsize=65536)
def _rounded(printed_value: str, verbatim: bool, times: Fraction) -> Interval:
    """The same by the digits: 26.4 and 26.40 are equal numbers, but not the same interval."""
    value = Decimal(printed_value)
    place = int(value.as_tuple().exponent)
    if not verbatim and value and place >= 0:
        digits = str(int(abs(value)))
        place = len(digits) - len(digits.rstrip("0"))
    half = Fraction(10**place if place >= 0 else Fraction(1, 10**-place)) / 2
    return Interval((Fraction(value) - half) * times, (Fraction(value) + half) * times)


def printed(record: AnyRecord) -> Interval | None:
    """Where the truth behind a record's number lies, in its canonical unit; a change down is negative.

    None where the text doesn't say it to a digit: ranges, bounds (超过, 约), vague numbers, fractions (十分之一), images.
    """
    if isinstance(record, Ranking) or record.value_max is not None or record.bound != "exact":
        return None
    if _NOT_PRINTED & set(record.flags) or "分之" in record.text or "/" in record.text.split(record.unit or "\0")[0]:
        return None
    printed_as = fold(record.text).replace(",", "").replace(" ", "")
    times = _multiplier(record.unit)
    if times == 1 and _counted(record.value, record.unit):
        return exactly(Fraction(record.value))
    found = rounded(record.value, verbatim=str(abs(record.value)) in printed_as, times=times)
    if isinstance(record, Change) and record.direction == "down":
        return Interval(-found.high, -found.low)
    return found


@lru_cache(maxsize=4096)
def _multiplier(unit: str) -> Fraction:
    return Fraction(canonical(unit)[0])


@lru_cache(maxsize=4096)
def _countable(unit: str) -> bool:
    return dimension(unit) == "count"


def _counted(value: Decimal, unit: str) -> bool:
    """Whether it is a whole number of countable things, told to the last one."""
    return _countable(unit) and value == int(value) and (value < 1000 or value % 100 != 0)


def shown(number: Fraction, places: int = 4) -> str:
    """A fraction as a reader notes it down, to so many places.

    >>> shown(Fraction(2, 3)), shown(Fraction(1600000)), shown(Fraction(-5, 2))
    ('0.6667', '1600000', '-2.5')
    """
    scaled = abs(round(number * 10**places))
    whole, rest = divmod(scaled, 10**places)
    text = f"{'-' if number < 0 and scaled else ''}{whole}.{rest:0{places}d}"
    return text.rstrip("0").rstrip(".")
