"""Records of many reports as one table: regions by years by indicators, each cell with its sentence.

found = panel(reports, packs=("environment",))
found.cells()     of each cell the figure that is chosen
found.statements  all of them side by side
found.targets     each target beside what was achieved
found.gaps        what was expected and is not stated
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportparse.indicators import Registry, load
from reportparse.model import Report
from reportparse.panel.choosing import Vintage, choose, key
from reportparse.panel.expecting import LAST_YEAR, expected, gaps
from reportparse.panel.ledger import ledger
from reportparse.panel.model import Gap, Panel, Source, Statement, Target
from reportparse.panel.stating import source, statements

__all__ = ["LAST_YEAR", "Gap", "Panel", "Source", "Statement", "Target", "panel"]


def panel(
    reports: Iterable[Report | tuple[str, Report]],
    *,
    packs: Sequence[str] = (),
    registry: Registry | None = None,
    expect: Sequence[str] = (),
    vintage: Vintage = "latest",
    unmatched: bool = False,
) -> Panel:
    """The panel of `reports`, each alone or with the path or address that it came from; they are read one at a time and not kept.

    `packs` are the packs of indicators that it holds (none: all); `expect` names lists of indicators that every report
    should state: packs, files with an id a line, ``last-year``; `vintage` says whether the newer or the first of two
    reports is believed; with `unmatched`, figures of no known indicator are kept under their own words.

    Raises a `WordsError` where a pack or a list is unknown.
    """
    known = registry or load()
    lists = [expected(name, known) for name in expect]
    listed = {entry.pack for _, entries in lists for entry in entries or ()}
    wanted = {entry.pack for entry in known.only(*packs)} | listed
    told: list[Statement] = []
    sources: dict[str, Source] = {}
    for given in reports:
        address, report = given if isinstance(given, tuple) else (None, given)
        about = source(report, address)
        if about.key in sources:
            continue
        sources[about.key] = about
        told += (s for s in statements(report, about, known, unmatched=unmatched) if not s.indicator or s.indicator.pack in wanted)
    place = {entry.id: k for k, entry in enumerate(known)}
    ordered = sorted(choose(told, vintage), key=lambda s: (key(s)[:2], place.get(s.name, len(place)), key(s)[2:], s.choice))
    missing = [gap for by, entries in lists for gap in gaps(tuple(sources.values()), ordered, by, entries)]
    return Panel(
        sources=tuple(sources.values()), statements=tuple(ordered), targets=tuple(ledger(ordered)), gaps=tuple(missing)
    )
