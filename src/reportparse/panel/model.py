"""What a panel holds: statements, cells by them, targets beside actuals, and what is not stated."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from reportparse.indicators import Indicator
from reportparse.model import Bound, Status

Measure = Literal["level", "change", "rank"]
Verdict = Literal["reached", "missed", "above", "below", "unclear", "no_actual"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The report that a statement stands in."""

    key: str
    """sha256 of its bytes, or of its text where it came without any."""
    title: str | None
    genre: str
    region: str | None
    year: int | None
    published: str | None
    """Day on which it was published, or else delivered."""
    address: str
    """Its URL, or else the path that it was read from; empty where neither is known."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as one report states it, put under an indicator, a region and a time."""

    region: str | None
    region_code: str
    """GB/T 2260; empty where the region is unknown or is a country other than China."""
    year: int | None
    """The year, for figures of a whole year or its end; None for parts of years and spans."""
    period: str | None
    """The record's own."""
    indicator: Indicator | None
    """None where the record keeps its own words."""
    words: str
    """The record's own words for it."""
    how: str
    """Why it is this indicator: `name`, `alias`, `trimmed`, `pattern`; empty without one."""
    by: str
    """The spelling or pattern that fits."""
    subject: str | None
    """Whose it is where that is no place: 市本级, an industry."""
    measure: Measure
    basis: str | None
    """Of a change its base, of a rank its field."""
    yardstick: str | None
    prices: str | None
    status: Status
    bound: Bound
    value: Decimal
    """In `unit`; a fall is negative."""
    value_max: Decimal | None
    unit: str
    step: Decimal
    """One unit of the last printed digit, in `unit`."""
    text: str
    """The figure as printed."""
    plausible: bool
    """False where a level lies outside the indicator's range."""
    source: Source
    id: str
    start: int
    end: int
    page: int | None
    quote: str
    """The sentence."""
    flags: tuple[str, ...]
    choice: int = 1
    """Its place among the statements of its cell; 1 is the cell's value."""
    statements: int = 1
    """How many statements the cell has."""
    conflict: bool = False
    """True where the statements of the cell can't all be right."""

    @property
    def name(self) -> str:
        """The indicator's id, or the record's own words."""
        return self.indicator.id if self.indicator else self.words

    @property
    def time(self) -> str:
        """The year, or the period where it is none."""
        return str(self.year) if self.year is not None else self.period or ""

    @property
    def breaks(self) -> bool:
        """Whether the series breaks between the year before and this one."""
        return self.indicator is not None and self.year is not None and self.indicator.breaks(self.year)

    @property
    def standard(self) -> str:
        """The standards that it follows, where known."""
        return self.indicator.standard(self.year) if self.indicator and self.year is not None else ""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A target and what became of it."""

    target: Statement
    actual: Statement | None
    verdict: Verdict
    difference: Decimal | None
    """Actual less target, in the target's unit."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator that a report was expected to state and does not."""

    source: Source
    indicator: Indicator
    expected_by: str
    """The pack, list or report that lets it be expected."""
    before: Statement | None
    """What last year's report stated."""
    elsewhere: Statement | None
    """The statement of another report that fills the cell."""


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """Statements of many reports in order of region, indicator, time and choice; targets; gaps."""

    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    targets: tuple[Target, ...]
    gaps: tuple[Gap, ...]

    def cells(self) -> tuple[Statement, ...]:
        """Of each cell the statement that is chosen; targets are apart."""
        return tuple(s for s in self.statements if s.choice == 1 and s.status != "target")
