"""Several statements of one cell side by side: their order, and whether they contradict each other.

The order of choice, each rule deciding only where those before it leave a tie:

1. an actual figure before a preliminary one
2. a report of the genre that speaks with more authority on the indicator (the pack's `genres`)
3. the newer report, whose figure is the revised one (`vintage="first"` turns this round)
4. a figure without a bound before 约, 超, 以上
5. a figure without flags before one with them
6. what stands first in the report, or of what agrees with it the figure with most digits
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Literal

from msgspec.structs import replace

from reportparse.panel.intervals import agree
from reportparse.panel.model import Statement

Vintage = Literal["latest", "first"]


def key(s: Statement) -> tuple[str, ...]:
    """What makes two statements speak of one cell; targets have cells of their own."""
    target = f"target {s.source.key}" if s.status == "target" else ""
    nominal = s.prices if s.prices == "current" and s.measure == "change" else ""
    return (
        s.region_code or "~", s.region or "", s.indicator.pack if s.indicator else "~", s.name, s.subject or "", s.time, s.measure,
        s.basis or ("year_on_year" if s.measure == "change" and not s.yardstick else ""), s.yardstick or "", s.unit, nominal or "", target,
    )  # fmt: skip


def choose(statements: Iterable[Statement], vintage: Vintage = "latest") -> list[Statement]:
    """All statements, cell by cell, with their place in the order of choice and the mark of conflict."""
    out: list[Statement] = []
    for _, cell in groupby(sorted(statements, key=key), key=key):
        ranked = _ranked(list(cell), vintage)
        conflict = not agree(ranked)
        out += [
            replace(s, choice=place, statements=len(ranked), conflict=conflict) for place, s in enumerate(ranked, start=1)
        ]
    return out


def _ranked(cell: list[Statement], vintage: Vintage) -> list[Statement]:
    ordered = sorted(cell, key=lambda s: (s.source.key, *_doubt(s), s.start, s.id))
    ordered.sort(key=_day, reverse=vintage == "latest")
    ordered.sort(key=lambda s: (s.status == "preliminary", _authority(s)))
    head = ordered[0]
    beside = [s for s in ordered if s.source == head.source and _doubt(s) == _doubt(head) and agree([head, s])]
    best = min(beside, key=lambda s: s.step)
    return [best, *(s for s in ordered if s is not best)]


def _doubt(s: Statement) -> tuple[bool, bool]:
    return s.bound != "exact", len(s.flags) > 0


def _day(s: Statement) -> Any:
    return s.source.published or str((s.source.year or 0) + 1), s.source.year or 0


def _authority(s: Statement) -> int:
    genres = s.indicator.genres if s.indicator else ()
    return genres.index(s.source.genre) if s.source.genre in genres else len(genres)
