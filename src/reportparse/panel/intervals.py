"""What a stated figure allows: the interval that its digits and its bound leave open."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reportparse.panel.model import Statement

_ENDLESS = Decimal("Infinity")
_FLIPPED = {"at_least": "at_most", "more_than": "less_than", "at_most": "at_least", "less_than": "more_than"}


class Interval(NamedTuple):
    """Both ends belong to it."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether both can be true."""
        return self.low <= other.high and other.low <= self.high


def bound(statement: Statement) -> str:
    """The bound of the signed value: 下降3%以上 is at most -3."""
    return _FLIPPED.get(statement.bound, statement.bound) if statement.value < 0 else statement.bound


def ends(statement: Statement) -> tuple[Decimal, Decimal]:
    """The lower and the upper end that are printed, the same where it is no range."""
    if statement.value_max is None:
        return statement.value, statement.value
    return min(statement.value, statement.value_max), max(statement.value, statement.value_max)


def allowed(statement: Statement) -> Interval:
    """What the true value may be: half a unit of the last digit either way, all above for 超, a twentieth for 约."""
    low, high = ends(statement)
    half = statement.step / 2
    if statement.bound == "approx":
        slack = max(half, abs(statement.value) / 20)
        return Interval(low - slack, high + slack)
    match bound(statement):
        case "at_least" | "more_than":
            return Interval(low - half, _ENDLESS)
        case "at_most" | "less_than":
            return Interval(-_ENDLESS, high + half)
        case _:
            return Interval(low - half, high + half)


def agree(statements: list[Statement]) -> bool:
    """Whether all statements of a cell can be right together."""
    open_to = [allowed(s) for s in statements]
    return max(i.low for i in open_to) <= min(i.high for i in open_to)
