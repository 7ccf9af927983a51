"""What finding finds."""

from __future__ import annotations

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
    # amounts
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
    # ranks
    rank: int | None = None
    rank_type: RankType = "exact"
    # times
    when: When | None = None


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time as it was said, to be resolved against the year of the report.

    Years are absolute (`year=2023`) or relative to the report's year (`offset=-1` for 上年, 0 for 今年).
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
    """`五年来`, `近三年`: so many years that end with the report's year."""
    plan: int | None = None
    """Number of a five-year plan: 14 for “十四五”."""
    duration: bool = False
    """Only frames time (`三年行动`, `8小时平均`): no period of its own."""
    since: bool = False
    """`…以来`: from then to the report's year."""

    def resolve(self, report_year: int | None) -> str | None:
        """ISO 8601, or None where it can't be told.

        >>> When(year=2023).resolve(2024), When(offset=-1).resolve(2024), When(plan=14).resolve(2024)
        ('2023', '2023', '2021/2025')
        >>> When(year=2023, as_of=True).resolve(2024), When(offset=0, month=1, month_end=6).resolve(2025)
        ('2023-12-31', '2025-01/2025-06')
        """
        if self.duration:
            return None
        if self.plan is not None:
            first = 1951 + 5 * self.plan
            return f"{first}/{first + 4}" if not self.since else f"{first}/{report_year}" if report_year else None
        if self.span_years is not None:
            return f"{report_year - self.span_years + 1}/{report_year}" if report_year else None
        year = self.year
        if year is None:
            if self.offset is None or report_year is None:
                return None
            year = report_year + self.offset
        if self.since:
            return f"{year}/{report_year}" if report_year and report_year > year else str(year)
        if self.year_end is not None:
            return f"{year}/{self.year_end}"
        if self.month is None:
            return f"{year}-12-31" if self.as_of else str(year)
        if self.day is not None:
            return f"{year}-{self.month:02}-{self.day:02}"
        if self.month_end is not None and self.month_end != self.month:
            return str(year) if (self.month, self.month_end) == (1, 12) else f"{year}-{self.month:02}/{year}-{self.month_end:02}"
        if self.as_of:
            last = 31 if self.month in (1, 3, 5, 7, 8, 10, 12) else 30 if self.month != 2 else 28 + (year % 4 == 0)  # noqa: PLR2004
            return f"{year}-{self.month:02}-{last:02}"
        return f"{year}-{self.month:02}"
