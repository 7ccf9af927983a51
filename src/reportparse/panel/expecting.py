"""What should be there and is not: a row for each expected indicator that a report does not state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reportparse.errors import WordsError
from reportparse.indicators import Indicator, Registry
from reportparse.panel.model import Gap, Source, Statement
from reportparse.panel.stating import whose

LAST_YEAR = "last-year"


def expected(name: str, registry: Registry) -> tuple[str, tuple[Indicator, ...] | None]:
    """What `name` lets be expected: a pack, a file with an id a line, or (None) what last year's report stated.

    Raises a `WordsError` where it is none of them.
    """
    if name == LAST_YEAR:
        return name, None
    if name in registry.packs:
        return f"pack {name}", tuple(registry.only(name))
    if not Path(name).is_file():
        raise WordsError(f"expected '{name}' is neither {LAST_YEAR}, a pack ({', '.join(registry.packs)}) nor a file of ids")
    ids = [line.split("#")[0].strip() for line in Path(name).read_text(encoding="utf-8-sig").splitlines()]
    if unknown := [one for one in ids if one and one not in registry]:
        raise WordsError(f"{name}: no indicator {', '.join(unknown)}")
    return Path(name).name, tuple(registry[one] for one in dict.fromkeys(ids) if one)


def gaps(
    sources: Sequence[Source], statements: Iterable[Statement], by: str, listed: tuple[Indicator, ...] | None
) -> Iterator[Gap]:
    """A gap for each report and each expected indicator that it states neither as a level nor as a change of its year.

    A report without region, year or figures (a page that only links an attachment) can't be asked.
    """
    stated: dict[str, dict[str, Statement]] = {}
    cells: dict[tuple[str | None, int | None, str], Statement] = {}
    for s in statements:
        if s.indicator is None or s.status == "target" or s.subject or s.year is None:
            continue
        if s.choice == 1 and s.measure == "level":
            cells.setdefault((s.region, s.year, s.indicator.id), s)
        if s.year == s.source.year and s.region == _region(s.source):
            known = stated.setdefault(s.source.key, {})
            if s.indicator.id not in known or known[s.indicator.id].measure != "level":
                known[s.indicator.id] = s
    before = {(_region(one), one.genre, one.year): one for one in sources if one.key in stated}
    for one in sources:
        if one.year is None or one.region is None or one.key not in stated:
            continue
        last = before.get((_region(one), one.genre, one.year - 1))
        told = stated.get(last.key, {}) if last else {}
        wanted = listed if listed is not None else tuple(s.indicator for s in told.values() if s.indicator)
        because = by if listed is not None else f"{last.title or last.address}" if last else ""
        for entry in wanted:
            if entry.id in stated[one.key] or not entry.holds(one.year):
                continue
            yield Gap(
                source=one, indicator=entry, expected_by=because, before=told.get(entry.id),
                elsewhere=cells.get((_region(one), one.year, entry.id)),
            )  # fmt: skip


def _region(source: Source) -> str | None:
    return whose(None, source.region, source.year)[0]
