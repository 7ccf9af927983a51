"""Parts and totals: lists of words/audit.toml, 其中, rows of tables, budgets that balance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import add

from reportparse.audit.figures import Book, Figure, Library, finding, has, span, words
from reportparse.audit.intervals import Interval, exactly
from reportparse.audit.model import Finding
from reportparse.lexicon import table
from reportparse.model import Change, Quantity

_BREAK = re.compile("[；;。]")
_MANY = 16
"""Parts of a total that a section lists."""
_NEAR = 260
"""Signs between a total and its last part."""
_CLOSE = Fraction(3, 100)
"""How near to its total a sum must come for the list to be taken for a whole one."""


def check_sums(library: Library) -> Iterator[Finding]:
    """Every kind of sum, report by report."""
    whole_lists = _complete(library.books)
    for book in library.books:
        told: set[str] = set()
        for one in (*_known(book), *_balances(book), *_remainders(book), *_totals(book), *_among(book, whole_lists), *_rows(book)):
            if not told & set(one.records[:1]):  # a total is told of once
                told.add(one.records[0])
                yield one


def total_of(parts: Sequence[Figure]) -> Interval:
    """The sum of their intervals."""
    return reduce(add, (part.value for part in parts), exactly(0))


def _line(parts: Sequence[Figure], total: Interval) -> str:
    return f"{' + '.join(str(part) for part in parts)} = {span(total, parts[0])}"


def _known(book: Book) -> Iterator[Finding]:
    """Sums that hold by what the words mean: three industries make the product."""
    for entry in table("audit")["sums"]:
        if isinstance(entry["total"], str):
            yield from _constant(book, entry)
            continue
        for total in _named(book, entry["total"]):
            parts = [_nearest(book, total, names) for names in entry["parts"]]
            less = [_nearest(book, total, names) for names in entry.get("less", ())]
            there = [one for one in (*parts, *less) if one is not None]
            if len(there) < len(parts) + len(less) or len({one.at for one in there}) < len(there):
                continue
            plus, minus = there[: len(parts)], there[len(parts) :]
            expected = total_of(plus) - total_of(minus)
            if not expected.meets(total.value) and not _elsewhere(book, total, expected):
                reckoning = _line(plus, expected) if not minus else f"{plus[0]} − {minus[0]} = {span(expected, total)}"
                yield _unequal(total, there, reckoning)


def _unequal(total: Figure, parts: Sequence[Figure], reckoning: str, severity: str = "error", *explanations: str) -> Finding:
    return finding(
        "parts", "error" if severity == "error" else "warning", f"the parts of {total.record.indicator} {total.when or ''} don't add up",
        f"{reckoning}, printed {total} = {span(total.value, total)}", (total, *parts), *explanations,
    )  # fmt: skip


def _elsewhere(book: Book, total: Figure, expected: Interval) -> bool:
    """Whether another figure nearby is the sum: then the total found is another one (what was budgeted, say)."""
    return any(
        one is not total and one.interval is not None and one.unit == total.unit and one.value.meets(expected)
        for one in book.figures[max(0, total.at - 12) : total.at + 13]
    )


def _named(book: Book, names: Sequence[str]) -> list[Figure]:
    """Levels with one of these names; of 自然增长率 also where it was read as a change."""
    return [
        one
        for one in book.figures
        if one.name in names
        and one.interval is not None
        and one.record.status != "target"
        and one.record.cell is None
        and (isinstance(one.record, Quantity) or one.unit == "‰")
    ]


def _nearest(book: Book, total: Figure, names: Sequence[str]) -> Figure | None:
    """The one figure of such a name that stands near enough to the total to be its part; None where there is none, or two."""
    low, high = (total.record.start - _NEAR, total.record.end + _NEAR)
    found = [
        one for one in book.figures[max(0, total.at - 12) : total.at + 13]
        if one.name in names and one is not total and one.level and _alike(one, total) and low <= one.record.start <= high and one.record.cell is None
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _alike(one: Figure, other: Figure) -> bool:
    return (one.unit, one.when, one.whose) == (other.unit, other.when, other.whose) and one.record.section == other.record.section


def _constant(book: Book, entry: dict[str, object]) -> Iterator[Finding]:
    """Shares that make 100."""
    names = [name for several in entry["parts"] for name in several]  # type: ignore[attr-defined]
    parts_wanted = len(entry["parts"])  # type: ignore[arg-type]
    whole = exactly(int(str(entry["total"])))
    for sentence in book.sentences:
        parts = [one for one in sentence if one.name in names and one.level and one.unit in ("", "%")]
        if (
            len(parts) == parts_wanted
            and len({(one.when, one.whose, one.unit) for one in parts}) == 1
            and len({one.name for one in parts}) == parts_wanted
        ):
            total = total_of(parts)
            if not total.meets(whole):
                yield finding("parts", "error", f"shares don't make {whole.low}", _line(parts, total), parts)


def _balances(book: Book) -> Iterator[Finding]:
    """Income in total is spending in total."""
    income, spending = words("words", "balance")
    for one in book.figures:
        if not (one.level or _planned(one)) or not one.name.endswith(income) or one.record.cell is not None:
            continue
        other_name = one.name.removesuffix(income) + spending
        others = [
            other for other in book.figures[one.at + 1 : one.at + 30]
            if other.name == other_name and other.interval is not None and other.record.cell is None
            and _alike(one, other) and other.record.status == one.record.status
        ]  # fmt: skip
        if others and not others[0].value.meets(one.value) and _said_to_balance(book, one, others[0]):
            yield finding(
                "balance", "error", f"{one.record.indicator} and {others[0].record.indicator} differ",
                f"{one} = {span(one.value, one)}, {others[0]} = {span(others[0].value, one)}", (one, others[0]),
            )  # fmt: skip


def _said_to_balance(book: Book, income: Figure, spending: Figure) -> bool:
    """Whether what is left over is among the spending, or the text says that the two balance."""
    text, start, end = book.report.text, spending.record.start, spending.record.end
    after = text[end : end + 40]
    if any(word in after for word in words("words", "left_over")):
        return False
    return words("words", "balanced") in after or any(word in text[income.record.end : start] for word in words("words", "left_over"))


def _planned(figure: Figure) -> bool:
    return isinstance(figure.record, Quantity) and figure.interval is not None


def _remainders(book: Book) -> Iterator[Finding]:
    """Income, spending and what is left, in this order in one sentence."""
    income, spending, rest = words("words", "remainder")
    for sentence in book.sentences:
        levels = [one for one in sentence if _planned(one) and one.unit and one.unit != "%"]
        for a, b, c in zip(levels, levels[1:], levels[2:], strict=False):
            if not (a.name.endswith(income) and b.name.endswith(spending) and c.name.endswith(rest)) or has(c.name, "words", "running"):
                continue
            if len({one.unit for one in (a, b, c)}) > 1 or c.record.start - a.record.end > 60 or a.record.related:
                continue
            expected = a.value - b.value
            if not any((one.value - b.value).meets(c.value) for one in levels if one.unit == c.unit) and _words_between(book, a, levels):
                yield finding(
                    "balance", "warning", f"{c.record.indicator} is not income less spending",
                    f"{a} − {b} = {span(expected, a)}, printed {c} = {span(c.value, c)}", (c, a, b), "other_whole",
                )  # fmt: skip


def _words_between(book: Book, income: Figure, levels: Sequence[Figure]) -> bool:
    """Whether nothing but its own clause stands before the income: 其中 would make it a part of another."""
    before = [one for one in levels if one.at < income.at]
    start = before[-1].record.end if before else max(0, income.record.start - 30)
    return "其中" not in book.report.text[start : income.record.start]


def _totals(book: Book) -> Iterator[Finding]:
    """收入总计 after all that makes it, in one section: told only where the list is nearly the total, for it may not be whole."""
    items: list[Figure] = []
    section: tuple[str, ...] = ()
    for one in book.figures:
        if one.record.cell is not None or not _planned(one) or one.unit in ("", "%", "‰"):
            continue
        if one.record.section != section:
            items, section = [], one.record.section
        if not one.name.endswith(tuple(words("words", "balance"))):
            items.append(one)
            continue
        alike = [item for item in items if (item.unit, item.whose, item.record.status) == (one.unit, one.whose, one.record.status)]
        parts = [item for item in alike if not item.record.related and not has(item.name, "words", "running")]
        total = total_of(parts)
        if 2 < len(parts) < _MANY and not total.meets(one.value) and _almost(total, one.value):
            yield _unequal(one, parts, _line(parts, total), "warning", "overlap")
        items = []


def _almost(total: Interval, whole: Interval) -> bool:
    return whole.middle > 0 and abs(total.middle / whole.middle - 1) <= _CLOSE


def _lists(book: Book) -> dict[int, list[Figure]]:
    """Parts told after 其中, by the number of their whole."""
    lists: dict[int, list[Figure]] = defaultdict(list)
    for figure in book.figures:
        if figure.level and figure.extensive and not isinstance(figure.record, Change) and figure.record.cell is None:
            whole = book.tied(figure, "part_of")
            if (
                whole is not None
                and whole.level
                and whole.extensive
                and _alike(figure, whole)
                and whole.record.sentence == figure.record.sentence
            ):
                lists[whole.at].append(figure)
    return lists


def _other_whole(book: Book, whole: Figure, part: Figure) -> bool:
    """Whether a figure before the whole would hold the part, or the part is of two together."""
    return any(
        one.unit == part.unit and one.record.sentence == part.record.sentence and one.interval is not None
        and (one.value + whole.value).high >= part.value.low for one in book.figures[max(0, whole.at - 8) : whole.at]
    )  # fmt: skip


def _complete(books: Sequence[Book]) -> set[tuple[str, tuple[str, ...]]]:
    """Lists that make their whole to a digit in some report, so that they should in all."""
    return {
        (book.figures[at].name, tuple(part.name for part in parts))
        for book in books
        for at, parts in _lists(book).items()
        if len(parts) > 1 and total_of(parts).meets(book.figures[at].value)
    }


def _among(book: Book, whole_lists: set[tuple[str, tuple[str, ...]]]) -> Iterator[Finding]:
    """其中: no part is larger than its whole; a list that makes the whole in another report should in this."""
    lists = _lists(book)
    for at, parts in lists.items():
        whole = book.figures[at]
        first = parts[0]
        between = book.report.text[whole.record.end : first.record.start]
        larger = (
            [first]
            if first.value.low > whole.value.high
            and len(between) <= 60
            and "其中" in between
            and not _BREAK.search(between)
            and not _other_whole(book, whole, first)
            else []
        )
        if larger:
            yield finding(
                "part_exceeds", "warning", f"{larger[0].record.indicator} is larger than {whole.record.indicator}, of which it is told to be a part",
                f"{larger[0]} = {span(larger[0].value, whole)}, whole {whole} = {span(whole.value, whole)}", (whole, larger[0]), "extraction",
            )  # fmt: skip
            continue
        total = total_of(parts)
        if len(parts) > 1 and not total.meets(whole.value) and (whole.name, tuple(part.name for part in parts)) in whole_lists:
            yield _unequal(whole, parts, _line(parts, total), "warning", "overlap")


def _rows(book: Book) -> Iterator[Finding]:
    """合计 of a table against the rows above or below it, column by column, where another column shows that the rows make it."""
    for figures in book.tables.values():
        columns: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for one in figures:
            if one.record.cell is not None and isinstance(one.record, Quantity) and one.unit not in ("%", "‰", "百分点", "倍"):
                columns[one.record.cell.column].append(one)
        sums = [found for column in columns.values() if (found := _column(column))]
        fitting = [found for found in sums if total_of(found[1]).meets(found[0].value)]
        for total, parts in sums:
            reckoned = total_of(parts)
            rows = tuple(_row(part) for part in parts)
            alike = [one for one in fitting if _row(one[0]) == _row(total) and tuple(_row(part) for part in one[1]) == rows]
            if not reckoned.meets(total.value) and alike and _comparable(reckoned, total.value):
                yield _unequal(total, parts, _line(parts, reckoned))


def _comparable(one: Interval, other: Interval) -> bool:
    """Of one order: else a column of another kind has been read as amounts."""
    return other.middle > 0 and Fraction(1, 3) < one.middle / other.middle < 3


def _row(figure: Figure) -> tuple[str, ...]:
    return figure.record.cell.row if figure.record.cell else ()


def _column(figures: Sequence[Figure]) -> tuple[Figure, list[Figure]] | None:
    """A column's total and the rows of the first rank; None where it has no total, several, or cells without a plain number."""
    totals = [
        one for one in figures if len(_row(one)) == 1 and _row(one)[0].replace(" ", "").replace("　", "") in words("words", "total_row")
    ]
    parts = [one for one in figures if len(_row(one)) == 1 and one not in totals]
    if len(totals) != 1 or len(parts) < 2 or totals[0].interval is None or any(one.interval is None for one in parts):
        return None
    if len({(one.unit, one.when, one.record.status) for one in (*parts, totals[0])}) > 1:
        return None
    if {one.at < totals[0].at for one in parts} != {True} and {one.at < totals[0].at for one in parts} != {False}:
        return None
    return totals[0], parts
