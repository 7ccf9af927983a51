"""What is told twice: in one report, in two, and from one year to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from reportparse.audit.figures import Book, Figure, Library, finding, has, span, words
from reportparse.audit.intervals import Interval
from reportparse.audit.model import Finding
from reportparse.model import Amount, Change, Quantity, Ranking

_DIGITS = 5
_TELLING = 4
"""Signs of a name that is not told of several things under several heads."""


def check_agreement(library: Library) -> Iterator[Finding]:
    """Twice in a report, then between reports of one region."""
    for book in library.books:
        yield from _twice(book)
    for earlier, later in library.pairs():
        yield from _revised(earlier, later)
        yield from _moves(earlier, later)
        yield from _streaks(earlier, later)
        yield from _targets(earlier, later)


def _twice(book: Book) -> Iterator[Finding]:
    found: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in book.figures:
        record = one.record
        if not isinstance(record, Amount) or one.interval is None or not one.sure or len(one.name) < _TELLING or record.cell is not None:
            continue
        if (
            record.status == "target"
            or "counted_noun" in record.flags
            or "年均" in book.report.text[max(0, record.start - 12) : record.start]
        ):
            continue
        basis = (record.basis, record.yardstick) if isinstance(record, Change) else ()
        found[record.kind, one.name, one.whose, record.period, one.unit, basis].append(one)
    for several in found.values():
        first = several[0]
        for other in several[1:]:
            if other.record.sentence != first.record.sentence and not other.value.meets(first.value) and _same_scope(first, other):
                yield finding(
                    "stated_twice", "warning", f"{first.record.indicator} {first.when} is told with two values",
                    f"{first} = {span(first.value, first)}, {other} = {span(other.value, other)}", (first, other), "scope", "preliminary",
                )  # fmt: skip
                break


def _same_scope(one: Figure, other: Figure) -> bool:
    """Whether the two are the same thing: an indicator of which a region has one, or numbers that look like each other misprinted."""
    if one.record.price_basis != other.record.price_basis or not one.record.section or not other.record.section:
        return False
    return (one.name in words("names", "headline") and _near(one, other)) or _misprinted(one, other)


def _near(one: Figure, other: Figure) -> bool:
    a, b = one.value.middle, other.value.middle
    return isinstance(one.record, Change) or (b != 0 and Fraction(1, 2) < a / b < 2)


def _misprinted(one: Figure, other: Figure) -> bool:
    """Whether one digit is another, or two neighbours have changed places, in numbers of four digits and more."""
    a, b = (getattr(figure.record, "value", 0) for figure in (one, other))
    first, second = str(a), str(b)
    if len(first) != len(second) or len(first.replace(".", "")) < _DIGITS:
        return False
    places = [k for k, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    swapped = (
        len(places) == 2 and places[1] - places[0] == 1 and first[places[0]] == second[places[1]] and first[places[1]] == second[places[0]]
    )
    return len(places) == 1 or swapped


def _revised(earlier: Book, later: Book) -> Iterator[Finding]:
    """Last year's figure as this year's report tells it."""
    year = str(earlier.report.year)
    for one in later.figures:
        if not (one.level and one.sure and one.when == year and len(one.name) >= _TELLING):
            continue
        before = [f for f in earlier.levels.get(one.name, ()) if f.sure and (f.when, f.whose, f.unit) == (year, one.whose, one.unit)]
        if before and not any(f.value.meets(one.value) for f in before):
            yield finding(
                "revised", "info", f"{one.record.indicator} {year} is told otherwise than in the earlier report",
                f"then {before[0]} = {span(before[0].value, one)}, now {one} = {span(one.value, one)}", (one, before[0]),
                "revised_base", "standard", "preliminary",
            )  # fmt: skip


def _ranks(book: Book) -> list[Figure]:
    return [one for one in book.figures if isinstance(one.record, Ranking) and one.sure and one.record.rank_type == "exact"]


def _fits(one: Figure, other: Figure) -> bool:
    a, b = one.record, other.record
    return isinstance(a, Ranking) and isinstance(b, Ranking) and (one.name, one.whose, a.scope) == (other.name, other.whose, b.scope)


def _moves(earlier: Book, later: Book) -> Iterator[Finding]:
    """`列第8位，比上年前移1位`: against last year's rank."""
    for rank in _ranks(later):
        moves = [
            one for one in later.figures[rank.at + 1 : rank.at + 3]
            if isinstance(one.record, Change) and one.unit in ("位", "名") and one.record.basis == "year_on_year" and one.interval is not None
            and one.record.sentence == rank.record.sentence
        ]  # fmt: skip
        before = [one for one in _ranks(earlier) if _fits(one, rank)]
        if len(moves) != 1 or len(before) != 1:
            continue
        now, then, by = rank.record, before[0].record, int(moves[0].value.middle)
        assert isinstance(now, Ranking)  # noqa: S101  `_ranks` chose them
        assert isinstance(then, Ranking)  # noqa: S101
        if then.rank - by != now.rank:
            yield finding(
                "rank_move", "warning", f"{now.indicator}: the rank does not follow from last year's",
                f"{then.rank} − {by} = {then.rank - by}, printed {now.rank}",
                (rank, moves[0], before[0]), "another_field", "revised_base",
            )  # fmt: skip


def _streaks(earlier: Book, later: Book) -> Iterator[Finding]:
    """`连续六年居第一`: one more than last year's."""
    for rank in _ranks(later):
        now = rank.record
        for one in _ranks(earlier):
            then = one.record
            if (
                not (isinstance(now, Ranking) and isinstance(then, Ranking))
                or not _fits(one, rank)
                or now.streak is None
                or then.streak is None
            ):
                continue
            expected = then.streak + 1 if now.rank == then.rank else 1
            if now.streak != expected:
                yield finding(
                    "streak", "warning", f"{now.indicator}: the years in a row don't follow from last year's",
                    f"{then.streak} + 1 = {then.streak + 1}, printed {now.streak}", (rank, one), "another_field",
                )  # fmt: skip


def _targets(earlier: Book, later: Book) -> Iterator[Finding]:
    """What last year's report aimed at for this year, against what came."""
    year = str(later.report.year)
    if later.report.genre in ("budget_report", "final_accounts"):  # a plan of spending is no aim
        return
    for target in earlier.figures:
        record = target.record
        if (
            record.status != "target"
            or not isinstance(record, Amount)
            or target.when != year
            or not target.sure
            or record.value_max is not None
        ):
            continue
        came = [
            one for one in later.figures
            if one.record.status != "target" and one.interval is not None and one.sure and one.record.kind == record.kind
            and (one.name, one.whose, one.when, one.unit) == (target.name, target.whose, target.when, target.unit)
            and getattr(one.record, "basis", None) == getattr(record, "basis", None)
        ]  # fmt: skip
        if len(came) == 1 and len(target.name) >= _TELLING and _missed(target, came[0].value) and _of_one_size(target, came[0]):
            yield finding(
                "target_missed", "info", f"{record.indicator} {year} missed what was aimed at",
                f"aimed at {record.figure}, came {came[0]} = {span(came[0].value, target)}", (came[0], target), "not_binding",
            )  # fmt: skip


def _of_one_size(target: Figure, came: Figure) -> bool:
    aim = Fraction(target.record.canonical_value) if isinstance(target.record, Amount) else Fraction(0)
    return isinstance(target.record, Change) or (aim > 0 and Fraction(1, 2) < came.value.middle / aim < 2)


def _missed(target: Figure, came: Interval) -> bool:
    record = target.record
    assert isinstance(record, Amount)  # noqa: S101  the caller saw it
    aim = record.canonical_value if not (isinstance(record, Change) and record.direction == "down") else -record.canonical_value
    at_most = record.bound in ("at_most", "less_than") or (record.bound in ("exact", "approx") and _lower(target))
    slack = abs(aim) * 5 / 100 if record.bound == "approx" else aim * 0
    return came.low > aim + slack if at_most else came.high < aim - slack


def _lower(target: Figure) -> bool:
    """Whether less is better of such a thing."""
    return has(target.name, "kinds", "lower") and isinstance(target.record, Quantity | Change)
