"""The registry: which indicator a record is about, by name, alias or pattern and by what its unit measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from reportparse.errors import WordsError
from reportparse.indicators.model import How, Indicator, Match
from reportparse.indicators.naming import plain, trimmed
from reportparse.indicators.packs import PACKS, read_packs, words
from reportparse.model import AnyRecord, Change, Quantity
from reportparse.units import dimension


class Registry:
    """Indicators by id, and the way from a report's words to them."""

    def __init__(self, indicators: dict[str, Indicator]) -> None:
        self._all = indicators
        self._spelled: dict[str, list[tuple[Indicator, How, str]]] = {}
        for entry in indicators.values():
            how: How = "name"
            for spelling in (entry.name_zh, *entry.aliases):
                known = self._spelled.setdefault(plain(spelling), [])
                if all(one is not entry for one, _, _ in known):
                    known.append((entry, how, spelling))
                how = "alias"
        self._patterns = [(entry, re.compile(p)) for entry in indicators.values() for p in entry.patterns]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, name: str) -> Indicator:
        """The indicator of that id; KeyError where there is none."""
        return self._all[name]

    def __contains__(self, name: object) -> bool:
        return name in self._all

    @property
    def packs(self) -> tuple[str, ...]:
        """The names of the packs."""
        return tuple(dict.fromkeys(entry.pack for entry in self))

    def only(self, *packs: str) -> Registry:
        """The registry of some packs; `WordsError` where one is unknown."""
        for pack in packs:
            if pack not in self.packs:
                raise WordsError(f"no pack '{pack}'; there are {', '.join(self.packs)}")
        return Registry({entry.id: entry for entry in self if entry.pack in packs}) if packs else self

    def match(self, record: AnyRecord, region: str | None = None) -> Match | None:
        """The indicator that a record is about, with the evidence; None where it keeps its own words.

        `region` is the report's own, whose name may stand before the indicator's.
        """
        if not record.indicator:
            return None
        rank = record.kind == "ranking"
        for entry, how, by in self._named(record.indicator, region, rank):
            if fits(entry, record):
                return Match(indicator=entry, how=how, by=by, words=record.indicator)
        return None

    def named(self, name: str) -> tuple[Indicator, ...]:
        """Every indicator that goes by `name`, whatever the unit.

        >>> [entry.id for entry in load().named("GDP")]
        ['gdp']
        """
        return tuple(dict.fromkeys(entry for entry, _, _ in self._named(name, None, False)))

    def clashes(self) -> list[tuple[str, str, str]]:
        """Spellings that two indicators of one dimension share: (spelling, id, id); the first would always win."""
        return [
            (spelling, one.id, two.id)
            for spelling, known in self._spelled.items()
            for k, (one, _, _) in enumerate(known)
            for two, _, _ in known[k + 1 :]
            if one.dimension == two.dimension
        ]

    def _named(self, name: str, region: str | None, rank: bool) -> tuple[tuple[Indicator, How, str], ...]:
        return _lookup(self, name, region, rank)

    def _find(self, name: str, region: str | None, rank: bool) -> Iterator[tuple[Indicator, How, str]]:
        whole = plain(name)
        yield from self._spelled.get(whole, ())
        for shorter in trimmed(whole, region, rank=rank):
            for entry, _, by in self._spelled.get(shorter, ()):
                yield entry, "trimmed", by
        for entry, pattern in self._patterns:
            if pattern.fullmatch(whole):
                yield entry, "pattern", pattern.pattern


@lru_cache(maxsize=65536)
def _lookup(registry: Registry, name: str, region: str | None, rank: bool) -> tuple[tuple[Indicator, How, str], ...]:
    return tuple(registry._find(name, region, rank))


def fits(entry: Indicator, record: AnyRecord) -> bool:
    """Whether what the record's unit measures can be the indicator's level, change or rank."""
    if isinstance(record, Quantity):
        return measures(entry.dimension, record.canonical_unit) or (entry.bare and not record.canonical_unit)
    if isinstance(record, Change):
        unit = record.canonical_unit
        return unit in _RATES or measures(entry.dimension, unit) or (entry.bare and not unit)
    return True


_RATES = frozenset({"%", "‰", "百分点", "千分点", "倍"})


def measures(what: str, unit: str) -> bool:
    """Whether `unit` (canonical) measures `what`: a class of words.toml or a dimension of units.

    >>> measures("persons", "人"), measures("money", "美元"), measures("mass", "吨标准煤"), measures("share", "倍")
    (True, True, False, False)
    """
    known = _classes().get(what)
    if known is not None:
        return unit in known
    if what == "share":
        return unit in ("%", "‰", "百分点")
    if what == "mass":
        return dimension(unit) == "mass" and "标准煤" not in unit
    return bool(unit) and dimension(unit) == what


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {name: frozenset(units) for name, units in words()["classes"].items()}


@cache
def load(folder: str | Path | None = None) -> Registry:
    """The registry of all packs, with the user's packs in `folder`; `WordsError` where one is wrong.

    >>> load().packs
    ('environment', 'macro', 'finance', 'living')
    """
    return Registry(read_packs(folder))


__all__ = ["PACKS", "Registry", "fits", "load", "measures"]
