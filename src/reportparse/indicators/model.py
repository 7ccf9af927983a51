"""What the registry holds: an `Indicator`, the `Standard` it is measured by, and the `Match` of a record with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Better = Literal["more", "less", ""]
How = Literal["name", "alias", "trimmed", "pattern"]


class Standard(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of measuring; where an indicator's standard begins, its series breaks."""

    id: str
    starts: str
    """ISO date or year from which it holds."""
    first: int
    """The first year whose figures follow it."""
    name: str
    """What changed, in English."""
    source: str = ""


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is measured the same way wherever it is stated."""

    id: str
    pack: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    """Regular expressions over the whole folded name."""
    unit: str = ""
    """The unit of the panel, as written in Chinese."""
    dimension: str
    """One of words/units.toml, or a class of words.toml: `money`, `share`, `persons`."""
    bare: bool = False
    """A figure without a unit fits too (三次产业结构, an index)."""
    prices: Literal["current", "constant", ""] = ""
    """In which prices a level is stated where the report does not say."""
    better: Better = ""
    """Which way a target is reached: more, less; empty where neither is good in itself."""
    min: Decimal | None = None
    max: Decimal | None = None
    """Plausible ends of a level, in `unit`."""
    since: int | None = None
    until: int | None = None
    """First and last year in which it is stated at all."""
    standards: tuple[Standard, ...] = ()
    genres: tuple[str, ...] = ()
    """Genres of reports that speak with authority on it, the first most."""
    source: str = ""

    def standard(self, year: int) -> str:
        """The standards that figures of `year` follow, joined; empty where none is known."""
        return "; ".join(s.id for s in self.standards if s.first <= year)

    def breaks(self, year: int) -> bool:
        """Whether the series breaks between the year before and `year`."""
        return any(s.first == year for s in self.standards)

    def holds(self, year: int) -> bool:
        """Whether it is stated for `year` at all."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Why a record is about an indicator."""

    indicator: Indicator
    how: How
    by: str
    """The name, alias or pattern that fits."""
    words: str
    """The record's own words."""
