"""What finding finds."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from typing import Literal

import msgspec

from reportparse.model import Bound, RankType

MentionKind = Literal["amount", "rank", "time", "label"]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text that a rule has claimed."""

    kind: MentionKind
    start: int
    end: int
    text: str
    rule: str
    flags: tuple[str, ...] = ()
    # amounts; a duration among the times (`三年行动`) has its value and unit too
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    canonical_value: Decimal | None = None
    canonical_value_max: Decimal | None = None
    canonical_unit: str = ""
    bound: Bound = "exact"
    full_start: int = -1
    full_end: int = -1
    """The mention with its bound words (`超过`, `以上`): what a phrase around it must not swallow."""
    # ranks; an ordinal among the labels (`第二批`) has its number too
    rank: int | None = None
    rank_type: RankType = "exact"
    # times
    when: When | None = None


_LAST_MONTH = 12


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time as it was said, to be resolved against the year of the report.

    Years are absolute (`year=2023`) or relative to the report's year (`offset=-1` for 上年, 0 for 今年).
    A month without a year belongs to the year spoken of, and where none is, to the report's.
    """

    year: int | None = None
    offset: int | None = None
    year_end: int | None = None
    """Last year of a range (`2021—2025年`)."""
    month: int | None = None
    month_end: int | None = None
    """Last month of a span inside the year (上半年: 1 to 6)."""
    day: int | None = None
    as_of: bool = False
    """A point in time (`截至…`, `…年末`), not a stretch."""
    span_years: int | None = None
    """`五年来`, `近三年`: so many years that end with the report's year; below zero (`今后五年`) so many that begin with it."""
    plan: int | None = None
    """Number of a five-year plan: 14 for “十四五”."""
    duration: bool = False
    """Only frames time (`三年行动`, `8小时平均`): no period of its own."""
    since: bool = False
    """`…以来`: from then to the report's year."""
    same: bool = False
    """`同期`, `当年`: the time that was spoken of before."""
    until: When | None = None
    """The end of a stretch that crosses years (`2017年8月至2018年3月`)."""

    def resolve(self, report_year: int | None) -> str | None:
        """ISO 8601, or None where it can't be told.

        >>> When(year=2023).resolve(2024), When(offset=-1).resolve(2024), When(plan=14).resolve(2024)
        ('2023', '2023', '2021/2025')
        >>> When(year=2023, as_of=True).resolve(2024), When(offset=0, month=1, month_end=6).resolve(2025)
        ('2023-12-31', '2025-01/2025-06')
        >>> When(year=2017, month=8, until=When(year=2018, month=3)).resolve(2018), When(span_years=5).resolve(2022)
        ('2017-08/2018-03', '2018/2022')
        """
        if self.duration or self.same:
            return None
        if self.plan is not None:
            first = 1951 + 5 * self.plan
            if self.since:
                return f"{first}/{report_year}" if report_year and report_year > first else None
            return f"{first}/{first + 4}"
        if self.span_years is not None:
            if not report_year:
                return None
            if self.span_years < 0:
                return f"{report_year}/{report_year - self.span_years - 1}" if self.span_years < -1 else str(report_year)
            first = report_year - self.span_years + 1
            return f"{first}/{report_year}" if first < report_year else str(report_year)
        year = self._year(report_year)
        if year is None:
            return None
        if self.until is not None:
            return _stretch(self._point(year), self.until.resolve(report_year))
        if self.since:
            return f"{year}/{report_year}" if report_year and report_year > year else str(year)
        if self.year_end is not None:
            return f"{year}/{self.year_end}"
        return self._point(year)

    def _year(self, report_year: int | None) -> int | None:
        if self.year is not None:
            return self.year
        if report_year is None or (self.offset is None and self.month is None):
            return None
        return report_year + (self.offset or 0)

    def _point(self, year: int) -> str:
        if self.month is None:
            return f"{year}-12-31" if self.as_of else str(year)
        if self.day is not None:
            return f"{year}-{self.month:02}-{self.day:02}"
        if self.month_end is not None and self.month_end != self.month:
            if (self.month, self.month_end) == (1, _LAST_MONTH):
                return str(year)
            return f"{year}-{self.month:02}/{year}-{self.month_end:02}"
        if self.as_of:
            return f"{year}-{self.month:02}-{monthrange(year, self.month)[1]:02}"
        return f"{year}-{self.month:02}"


def _stretch(first: str, last: str | None) -> str:
    """One interval from the beginning of `first` to the end of `last`."""
    if last is None:
        return first
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"
