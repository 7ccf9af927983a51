"""The target ledger: each target beside what was achieved, and whether it was reached.

A target of year Y is compared with the chosen actual figure of year Y, of the same region, indicator, subject, measure
and unit, whichever report states it (as a rule that of Y, given in Y+1). The bound is kept: 以上 is reached from the
figure on, 以内 up to it; 左右 and a bare figure are reached within half a unit of the target's last digit (5%左右: 4.5 to
5.5), and beyond it where the indicator is better so; where neither way is better the verdict is `above` or `below`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reportparse.indicators.naming import plain
from reportparse.panel.intervals import bound, ends
from reportparse.panel.model import Statement, Target, Verdict


def ledger(statements: Iterable[Statement]) -> list[Target]:
    """Each target with its actual, in the order of the statements."""
    told = list(statements)
    actuals: dict[tuple[str, ...], Statement] = {}
    for s in told:
        if s.status != "target" and s.choice == 1:
            actuals.setdefault(_cell(s), s)
    return [_entry(s, actuals.get(_cell(s))) for s in told if s.status == "target" and s.measure != "rank"]


def _cell(s: Statement) -> tuple[str, ...]:
    name = s.indicator.id if s.indicator else plain(s.words)
    basis = (s.basis or ("" if s.yardstick else "year_on_year")) if s.measure == "change" else ""
    return (s.region or "", name, s.subject or "", s.time, s.measure, basis, s.yardstick or "", s.unit)


def _entry(target: Statement, actual: Statement | None) -> Target:
    if actual is None:
        return Target(target=target, actual=None, verdict="no_actual", difference=None)
    better = target.indicator.better if target.indicator else ""
    return Target(
        target=target, actual=actual, verdict=verdict(target, actual, better), difference=actual.value - target.value
    )


def verdict(target: Statement, actual: Statement, better: str) -> Verdict:
    """Whether `actual` reaches `target`, both with their bounds."""
    low, high = ends(target)
    least, most = _open(actual)
    match bound(target):
        case "at_least" | "more_than" as kind:
            return _judge(least > low or (kind == "at_least" and least == low), most < low)
        case "at_most" | "less_than" as kind:
            return _judge(most < high or (kind == "at_most" and most == high), least > high)
    slack = target.step / 2
    if low - slack <= least and most <= high + slack:
        return "reached"
    if least > high + slack:
        return "reached" if better == "more" else "missed" if better == "less" else "above"
    if most < low - slack:
        return "reached" if better == "less" else "missed" if better == "more" else "below"
    return "unclear"


def _open(actual: Statement) -> tuple[Decimal, Decimal]:
    low, high = ends(actual)
    match bound(actual):
        case "at_least" | "more_than":
            return low, Decimal("Infinity")
        case "at_most" | "less_than":
            return Decimal("-Infinity"), high
        case _:
            return low, high


def _judge(reached: bool, missed: bool) -> Verdict:
    return "reached" if reached else "missed" if missed else "unclear"
