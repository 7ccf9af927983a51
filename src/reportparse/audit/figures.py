"""Figures as the checks see them: with their interval, the year they are about and a name that compares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from reportparse.audit.intervals import Interval, printed, shown
from reportparse.audit.model import Finding, Quote, Severity
from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.model import Amount, AnyRecord, Change, Quantity, Ranking, Report
from reportparse.units import canonical

DOUBTS = frozenset(
    {
        "carried_indicator",
        "no_indicator",
        "short_indicator",
        "in_columns",
        "long_indicator",
        "odd_indicator",
        "ocr",
        "unresolved_period",
        "ambiguous_range",
        "repeated_header",
    }
)
"""Flags of records whose name or time is too doubtful to be set against another sentence."""
_NOTE = re.compile(r"\([^()]{0,40}\)|[\s的]")
_YEAR = re.compile(r"(\d{4})(?:-12(?:-31)?|-01/\d{4}-12|/\d{4})?\Z")


def words(group: str, name: str) -> Any:
    """An entry of words/audit.toml."""
    return table("audit")[group][name]


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('names', 'opening'))})*")


@cache
def plain_name(indicator: str) -> str:
    """An indicator without what reports vary: notes in brackets, 的, openings.

    >>> plain_name("全市一般公共预算收入"), plain_name("细颗粒物（PM2.5）平均浓度"), plain_name("完成营造林")
    ('一般公共预算收入', '细颗粒物平均浓度', '营造林')
    """
    bare = _NOTE.sub("", fold(indicator))
    return bare[_opening().match(bare).end() :] or bare  # type: ignore[union-attr]  # it matches nothing at all, too


def has(name: str, group: str, entry: str) -> bool:
    """Whether a name holds one of the words."""
    return any(word in name for word in words(group, entry))


class Figure:
    """A record, and what the checks ask of it."""

    __slots__ = ("at", "interval", "name", "record", "report", "unit", "when", "whose")

    def __init__(self, record: AnyRecord, report: Report, at: int) -> None:
        self.record = record
        self.report = report
        self.at = at
        """Number in reading order."""
        self.interval: Interval | None = printed(record)
        self.name = plain_name(record.indicator or "")
        own = report.region or ""
        self.whose = record.subject if record.subject and record.subject != own else own
        self.unit = record.canonical_unit if isinstance(record, Amount) else ""
        self.when = when(record.period)

    @property
    def sure(self) -> bool:
        """Whether its name and time can be set against another sentence's."""
        return bool(self.name and self.when) and not DOUBTS & set(self.record.flags)

    @property
    def level(self) -> bool:
        """Whether it is a level that happened, printed to a digit."""
        return isinstance(self.record, Quantity) and self.record.status != "target" and self.interval is not None

    @property
    def extensive(self) -> bool:
        """Whether parts of it may add up: an amount, no average and no rate."""
        return (
            bool(self.unit)
            and self.unit not in ("%", "‰", "倍", "百分点")
            and not has(self.name, "kinds", "average")
            and "/" not in self.unit
        )

    @property
    def value(self) -> Interval:
        """The interval of a figure that has one."""
        assert self.interval is not None  # noqa: S101  `level` was asked
        return self.interval

    @property
    def cut(self) -> Interval:
        """Where the truth lies if digits were cut off instead of rounded."""
        low, high = self.value
        half = (high - low) / 2
        return Interval(low, high + half) if low + high >= 0 else Interval(low - half, high)

    def quote(self) -> Quote:
        """The figure in its place."""
        record = self.record
        return Quote(
            report=self.report.title, sha256=self.report.sha256, id=record.id, text=record.text, start=record.start, end=record.end,
            page=record.page, section=record.section, sentence=record.sentence, figure=str(record),
        )  # fmt: skip

    def __str__(self) -> str:
        """The number as written, with its unit."""
        record = self.record
        if isinstance(record, Ranking):
            return record.figure
        sign = "-" if isinstance(record, Change) and record.direction == "down" else ""
        return f"{sign}{record.value} {record.unit}".rstrip()


def when(period: str | None) -> str | None:
    """A year where the period is one or its end, else the period itself.

    >>> when("2023"), when("2023-12-31"), when("2023-01/2023-06"), when("2021/2025")
    ('2023', '2023', '2023-01/2023-06', '2021/2025')
    """
    if period is None:
        return None
    found = _YEAR.match(period)
    return found[1] if found and "/" not in period else period


def before(year: str | None) -> str | None:
    """The year before; None where it is no year."""
    return str(int(year) - 1) if year and len(year) == 4 and year.isdigit() else None


Key = tuple[str, str | None, str]


class Book:
    """One report's figures."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.figures = [Figure(record, report, at) for at, record in enumerate(report.records)]
        self.by_id = {figure.record.id: figure for figure in self.figures}

    @cached_property
    def sentences(self) -> list[list[Figure]]:
        """Figures of running text, sentence by sentence."""
        found: list[list[Figure]] = []
        last: str | None = None
        for figure in self.figures:
            if figure.record.cell is not None:
                continue
            if figure.record.sentence != last or not found:
                found.append([])
                last = figure.record.sentence
            found[-1].append(figure)
        return found

    @cached_property
    def tables(self) -> dict[int, list[Figure]]:
        """Figures of tables, table by table."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.record.cell is not None:
                found[figure.record.cell.table].append(figure)
        return dict(found)

    @cached_property
    def levels(self) -> dict[str, list[Figure]]:
        """Levels that happened, by name."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.level:
                found[figure.name].append(figure)
        return dict(found)

    def tied(self, figure: Figure, *kinds: str) -> Figure | None:
        """The figure to which this one is tied, through ratios and changes that stand between."""
        for _ in range(4):
            tie = next((one for one in figure.record.related if one.type in kinds), None)
            found = self.by_id.get(tie.id) if tie else None
            if found is None:
                return None
            if not found.record.related or found.unit not in ("%", "‰"):
                return found
            figure, kinds = found, ("share_of", "change_of")
        return None


class Library:
    """All reports that are audited together."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.books = [Book(report) for report in reports]
        self._levels: dict[Key, list[tuple[Book, Figure]]] = defaultdict(list)
        for book in self.books:
            for name, figures in book.levels.items():
                for figure in figures:
                    if figure.sure:
                        self._levels[name, figure.when, figure.unit].append((book, figure))

    def same(self, figure: Figure, year: str | None, *, unit: str | None = None) -> Iterator[tuple[Book, Figure]]:
        """Levels of the same name, owner and unit about `year`, in all reports on the region."""
        wanted = figure.unit if unit is None else unit
        for book, other in self._levels.get((figure.name, year, wanted), ()):
            if other is not figure and book.report.region == figure.report.region and other.whose == figure.whose:
                yield book, other

    def pairs(self) -> Iterator[tuple[Book, Book]]:
        """Reports of one kind on one region, a year and the year after."""
        found: dict[tuple[str | None, str, int | None], list[Book]] = defaultdict(list)
        for book in self.books:
            found[book.report.region, book.report.genre, book.report.year].append(book)
        for (region, genre, year), later in found.items():
            if year is not None and region:
                yield from ((one, two) for one in found.get((region, genre, year - 1), ()) for two in later)


class Counted:
    """Findings in columns of tables, told only where twice as many rows hold: else the column is of another kind than it seemed."""

    def __init__(self) -> None:
        self._columns: dict[object, list[list[Finding]]] = defaultdict(list)

    def add(self, column: object, found: list[Finding]) -> None:
        """What was found in one row of a column; nothing where it holds."""
        self._columns[column].append(found)

    def findings(self) -> Iterator[Finding]:
        """Those of columns that hold on the whole."""
        for rows in self._columns.values():
            failing = [found for found in rows if found]
            if len(rows) - len(failing) >= 2 * len(failing):
                for found in failing:
                    yield from found


def finding(code: str, severity: Severity, message: str, arithmetic: str, figures: Sequence[Figure], *explanations: str) -> Finding:
    """A finding on these figures."""
    return Finding(
        code=code, severity=severity, message=message, arithmetic=arithmetic, records=tuple(one.record.id for one in figures),
        quotes=tuple(one.quote() for one in figures), explanations=explanations,
    )  # fmt: skip


def span(interval: Interval, of: Figure | str = "") -> str:
    """An interval to read, in the unit in which `of` is written.

    >>> from fractions import Fraction
    >>> span(Interval(Fraction(1, 2), Fraction(3, 2)), "%")
    '[0.5, 1.5] %'
    """
    unit = of if isinstance(of, str) else str(getattr(of.record, "unit", ""))
    times = Fraction(canonical(unit)[0])
    return f"[{shown(interval.low / times)}, {shown(interval.high / times)}] {unit}".rstrip()
