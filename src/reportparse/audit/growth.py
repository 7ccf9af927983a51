"""A level against the earlier one: growth in per cent, difference in points or in the level's own unit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reportparse.audit.figures import Book, Counted, Figure, Library, before, finding, has, span, words
from reportparse.audit.intervals import Interval, exactly
from reportparse.audit.model import Finding, Severity
from reportparse.model import Change, Quantity

_ROW = 2
"""Signs between the changes of a list."""
_HUNDRED = {"%": 100, "‰": 1000, "倍": 1}


def check_growth(library: Library) -> Iterator[Finding]:
    """Each change from last year, against the level beside it and the level of last year."""
    for book in library.books:
        tabled = Counted()
        for figure in book.figures:
            if isinstance(figure.record, Change) and figure.record.basis == "year_on_year":
                yield from _pair(book, figure)
                reckoned, found = _check(library, book, figure)
                if figure.record.cell is None:
                    yield from found
                elif reckoned:
                    tabled.add((figure.record.cell.table, figure.record.cell.column), found)
        yield from tabled.findings()


def _check(library: Library, book: Book, change: Figure) -> tuple[bool, list[Finding]]:
    """Whether there was something to reckon with, and what was found."""
    level = book.tied(change, "change_of")
    if change.interval is None or level is None or not level.level or not _one_thing(change, level) or _listed(book, change):
        return False, []
    bases = _bases(library, book, level)
    found = [one for one in (_against(change, level, base, home) for home, base in bases) if one]
    return bool(bases), found[:1] if len(found) == len(bases) else []  # one base that fits is enough


def _stated(level: Figure) -> bool:
    """Whether it is a level told to a digit: one that came, or one that is planned."""
    return isinstance(level.record, Quantity) and level.interval is not None


def _pair(book: Book, percent: Figure) -> Iterator[Finding]:
    """`减少237万元、下降11.3%`: the amount, the percentage and the level that both belong to."""
    level = book.tied(percent, "change_of")
    if (
        percent.unit != "%"
        or percent.interval is None
        or level is None
        or not _stated(level)
        or level.unit in ("%", "百分点")
        or percent.record.cell
    ):
        return
    near = book.figures[max(0, percent.at - 1) : percent.at] + book.figures[percent.at + 1 : percent.at + 2]
    amounts = [
        one for one in near
        if isinstance(one.record, Change) and one.unit == level.unit and one.interval is not None and book.tied(one, "change_of") is level
        and one.record.sentence == percent.record.sentence and (one.name, one.whose, one.when) == (percent.name, percent.whose, percent.when)
    ]  # fmt: skip
    if len(amounts) != 1 or _listed(book, percent) or level.name != percent.name or before(percent.when) is None:
        return
    amount = amounts[0]
    told, cut = (_times(one, Fraction(1, 100)) for one in (percent.value, percent.cut))
    ratio = amount.value.over(level.value - amount.value)
    if ratio is None or ratio.meets(told):
        return
    explanations = ["cut_off"] if ratio.meets(cut) else ["comparable"]
    yield finding(
        "growth", "info" if ratio.meets(cut) else "warning", f"{level.record.indicator} {level.when}: amount and percentage of its change don't fit",
        f"{amount} ÷ ({level} − {amount}) = {span(_times(ratio, Fraction(100)), '%')}, printed {percent} = {span(percent.value, '%')}",
        (level, amount, percent), *explanations,
    )  # fmt: skip


def check_speeds(library: Library) -> Iterator[Finding]:
    """`上涨0.2%，涨幅比上年回落0.1个百分点`: this year's growth against last year's."""
    for earlier, later in library.pairs():
        for one in later.figures:
            word = next((word for word in words("words", "speed") if one.name.endswith(word)), None)
            if (
                word is None
                or one.unit != "百分点"
                or one.interval is None
                or not isinstance(one.record, Change)
                or one.record.basis != "year_on_year"
            ):
                continue
            name = one.name.removesuffix(word)
            now = [
                c
                for c in later.figures[max(0, one.at - 3) : one.at]
                if c.name == name and _speed(c) and c.record.sentence == one.record.sentence
            ]
            then = [
                c
                for c in earlier.figures
                if c.name == name and c.whose == one.whose and c.when == before(one.when) and _speed(c) and c.sure
            ]
            if len(now) == len(then) == 1 and not (then[0].value + one.value).meets(now[0].value):
                yield finding(
                    "difference", "warning", f"{one.record.indicator} {one.when} does not follow from last year's",
                    f"{then[0]} {_signed(one)} = {span(then[0].value + one.value, '%')}, printed {now[0]}", (now[0], one, then[0]), "revised_base",
                )  # fmt: skip


def _speed(figure: Figure) -> bool:
    return (
        isinstance(figure.record, Change) and figure.unit == "%" and figure.interval is not None and figure.record.basis == "year_on_year"
    )


def _one_thing(change: Figure, level: Figure) -> bool:
    return level.sure and change.name == level.name and change.whose == level.whose and change.when == level.when


def _listed(book: Book, change: Figure) -> bool:
    """Whether it is one of several changes in a row (分别增长5%和6%), whose levels are another matter."""
    near = book.figures[max(0, change.at - 1) : change.at] + book.figures[change.at + 1 : change.at + 2]
    return change.record.cell is None and any(
        one.unit == change.unit and 0 <= max(one.record.start - change.record.end, change.record.start - one.record.end) <= _ROW
        for one in near
    )


def _bases(library: Library, book: Book, level: Figure) -> list[tuple[Book, Figure]]:
    """Last year's level: as the same table row or report tells it, else as last year's report does."""
    every = list(library.same(level, before(level.when)))
    own = [(b, f) for b, f in every if b is book and _together(level, f)]
    earlier = [(b, f) for b, f in every if b is not book and b.report.genre == book.report.genre and str(b.report.year) == f.when]
    return own or [(b, f) for b, f in earlier if f.record.cell is None or level.record.cell is not None]


def _together(one: Figure, other: Figure) -> bool:
    """In one row of a table, or in one section of the text."""
    a, b = one.record.cell, other.record.cell
    if a is None or b is None:
        return a is b and one.record.section == other.record.section
    return (a.table, a.row, one.record.sentence) == (b.table, b.row, other.record.sentence)


def _against(change: Figure, level: Figure, base: Figure, home: Book) -> Finding | None:
    grown = change.unit in _HUNDRED and change.unit != level.unit
    if grown:
        if base.value.low <= 0:
            return None
        expected, cut = (base.value * (exactly(1) + _times(one, Fraction(1, _HUNDRED[change.unit]))) for one in (change.value, change.cut))
        reckoning = f"{base} × (1 {_signed(change)}) = {span(expected, level)}"
    elif change.unit == level.unit or (change.unit, level.unit) == ("百分点", "%"):
        expected, cut = base.value + change.value, base.value + change.cut
        reckoning = f"{base} {_signed(change)} = {span(expected, level)}"
    else:
        return None
    if expected.meets(level.value):
        return None
    severity, explanations = _explained(change, level, base, grown=grown, earlier=home.report is not level.report)
    if cut.meets(level.value) or cut.meets(level.cut):
        severity, explanations = "info", ["cut_off"]
    return finding(
        "growth" if grown else "difference", severity,
        f"{level.record.indicator} {level.when} does not follow from {base.when} and its change",
        f"{reckoning}, printed {level} = {span(level.value, level)}", (level, change, base), *explanations,
    )  # fmt: skip


def _times(interval: Interval, share: Fraction) -> Interval:
    return Interval(interval.low * share, interval.high * share)


def _signed(change: Figure) -> str:
    text = str(change)
    return f"− {text[1:]}" if text.startswith("-") else f"+ {text}"


def _explained(change: Figure, level: Figure, base: Figure, *, grown: bool, earlier: bool) -> tuple[Severity, list[str]]:
    """How grave it is, and what may explain it."""
    told: list[str] = []
    severity: Severity = "warning" if earlier else "error"
    money = level.unit.startswith(("元", "美元"))
    if grown and (has(level.name, "kinds", "real") or change.record.price_basis == "constant"):
        told.append("real_growth")
        severity = "info"
    elif grown and money:
        told.append("real_growth")
        severity = "warning"
    if grown:
        told.append("comparable")
    if earlier:
        told += ["revised_base", "standard"]
        if base.record.status == "preliminary" or level.record.status == "preliminary":
            told.append("preliminary")
    return severity, told
