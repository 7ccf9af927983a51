"""Whether a field is as expected: exact, within a tolerance, by a pattern with `*`, or one of several readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from reportparse.comparison.expected import COMPARED, FixtureError
from reportparse.comparison.model import FieldDifference, Row
from reportparse.folding import fold
from reportparse.model import AnyRecord, Ranking
from reportparse.units import canonical

_NUMBERS = frozenset({"value", "value_max", "canonical_value", "canonical_value_max"})


def checked_fields(row: Row) -> tuple[str, ...]:
    """The fields that a row expects something of, in their own order."""
    return tuple(name for name in row if name in COMPARED)


def differences(row: Row, record: AnyRecord, tolerance: str | None = None, *, strict: bool = False) -> Iterator[FieldDifference]:
    """The fields in which a record is not what the row expects. A run is taken at its word (`strict`): its units must be spelled alike, too."""
    slack = str(row["tolerance"]) if "tolerance" in row else tolerance
    same_amount = not strict and _same_amount(row, record, slack)
    for name in checked_fields(row):
        actual = _shown(getattr(record, name, None))
        if name in ("value", "unit") and same_amount:
            continue
        if not any(_fits(name, wanted, actual, slack) for wanted in readings(row[name], name)):
            yield FieldDifference(field=name, expected=_shown(row[name]), actual=actual)


def readings(wanted: Any, name: str = "") -> list[Any]:
    """Acceptable readings: a list is one of several, but the headings of a section are one."""
    if name == "section":
        return [wanted]
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return f"{value:f}" if isinstance(value, Decimal) else value


def _fits(name: str, wanted: Any, actual: Any, tolerance: str | None) -> bool:
    if wanted == "*":
        return actual is not None
    if wanted is None or actual is None:
        return wanted is None and actual is None
    if name in _NUMBERS and "*" not in str(wanted):
        return _near(number(wanted, name), Decimal(str(actual)), tolerance)
    if isinstance(actual, list):
        held = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
        return len(held) == len(actual) and all(
            pattern(str(w)).fullmatch(fold(str(a))) is not None for w, a in zip(held, actual, strict=True)
        )
    return pattern(str(wanted)).fullmatch(fold(str(actual))) is not None


@cache
def pattern(wanted: str) -> re.Pattern[str]:
    """A pattern in which ``*`` stands for anything; full-width signs are as good as narrow ones.

    >>> bool(pattern("*优良天数比率").fullmatch("城市优良天数比率")), bool(pattern("优良率").fullmatch("优良率升"))
    (True, False)
    """
    return re.compile(".*".join(re.escape(fold(part)) for part in wanted.split("*")), re.DOTALL)


def number(value: Any, name: str = "value") -> Decimal:
    """A number as a row gives it; thousands signs don't matter."""
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation as error:
        raise FixtureError(f"{name} {value!r} is no number") from error


def _near(wanted: Decimal, actual: Decimal, tolerance: str | None) -> bool:
    """Whether a number lies within the tolerance: `0.05` is absolute, `1%` relative to what is expected."""
    if tolerance is None:
        return wanted == actual
    text = tolerance.strip()
    slack = abs(wanted) * number(text[:-1], "tolerance") / 100 if text.endswith("%") else number(text, "tolerance")
    return abs(wanted - actual) <= slack


def _same_amount(row: Row, record: AnyRecord, tolerance: str | None) -> bool:
    """Whether value and unit together say the same in other words: 9381.4 亿元 and 938140000000 元."""
    if "value" not in row or "unit" not in row or isinstance(row["value"], list) or not isinstance(row["unit"], str):
        return False
    if "*" in str(row["value"]) + row["unit"] or isinstance(record, Ranking):
        return False
    by, unit = canonical(row["unit"])
    return unit == record.canonical_unit and _near(number(row["value"]) * by, record.canonical_value, _scaled(tolerance, by))


def _scaled(tolerance: str | None, by: Decimal) -> str | None:
    return tolerance if tolerance is None or tolerance.strip().endswith("%") else str(number(tolerance, "tolerance") * by)
