"""Shares, completions and percentages: a ratio against the two figures that make it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reportparse.audit.figures import Book, Counted, Figure, Library, finding, has, span, words
from reportparse.audit.intervals import Interval
from reportparse.audit.model import Finding
from reportparse.lexicon import table
from reportparse.model import Amount, Quantity, Ranking

_SHARE = re.compile(r"(?P<part>.{2,}?)占(?P<whole>.*?)(?:比重|比例|份额|比率|比)?\Z")
_DONE = re.compile(r"(?P<what>.{2,}?)完成(?P<plan>.*?)(?:比例|率|比重)?\Z")
_PERCENT = Fraction(1, 100)
_FAR = 200
"""Signs between a whole and its part."""
_BEYOND = Fraction(11, 10)
"""A part that is more than so much of its whole is none: the whole found is another one."""


def check_shares(library: Library) -> Iterator[Finding]:
    """Shares and completions of running text and of tables, and shares beyond their range."""
    for book in library.books:
        for sentence in book.sentences:
            for figure in sentence:
                if isinstance(figure.record, Quantity) and figure.unit in ("%", ""):
                    yield from _share(book, figure)
            yield from _respective(book, sentence)
        yield from _known(book)
        yield from _completions(library, book)
        yield from _tabled(book)
        yield from _ranges(book)


def _share(book: Book, share: Figure) -> Iterator[Finding]:
    """`A占B比重`: against A and B of the same report."""
    match = _SHARE.fullmatch(share.name)
    if not match or share.interval is None or share.record.status == "target" or "分别" in share.name:
        return
    if share.unit == "" and not match["whole"].endswith("生产总值"):
        return
    parts = _parts(book, share, match["part"])
    if not parts:
        return
    wholes = _wholes(book, parts[-1], match["whole"])
    if not wholes:
        return
    tried = [(part, whole, part.value.over(whole.value)) for part in parts for whole in wholes]
    told = _told(share, made_to_fit=match["whole"].endswith("生产总值"))
    if any(ratio is None or ratio.meets(told) or ratio.low > _BEYOND for _, _, ratio in tried) or _fits_another(
        book, share, parts[-1], told
    ):
        return
    part, whole, ratio = tried[0]
    assert ratio is not None  # noqa: S101  seen above
    yield _ratio(
        "share",
        share,
        part,
        whole,
        ratio,
        "other_whole",
        *(["preliminary"] if "preliminary" in (part.record.status, whole.record.status) else []),
    )


def _known(book: Book) -> Iterator[Finding]:
    """Ratios that hold by what the words mean: 存贷比 is loans over deposits."""
    for entry in table("audit")["ratios"]:
        for ratio in (one for one in book.figures if one.name in entry["ratio"] and one.level and one.record.cell is None):
            if ratio.value.middle == 1:  # the second of 2.09:1
                continue
            top, bottom = (_one_of(book, ratio, entry[part]) for part in ("part", "whole"))
            if top is None or bottom is None or top.unit != bottom.unit:
                continue
            found = top.value.over(bottom.value)
            times = Fraction(1) if ratio.unit in ("", "倍") else _PERCENT
            if found is not None and not found.meets(Interval(ratio.value.low * times, ratio.value.high * times)):
                yield _ratio("share", ratio, top, bottom, found, "other_whole", times=1 / times)


def _one_of(book: Book, ratio: Figure, names: Sequence[str]) -> Figure | None:
    """The one figure of such a name in the ratio's section, about its time; None where there is none, or two."""
    named = [name for name in names if name in book.levels] or [n for n in book.levels if n.endswith(tuple(names))]
    found = [
        one for name in named for one in book.levels[name]
        if one.record.section == ratio.record.section and (one.when, one.whose) == (ratio.when, ratio.whose) and one.record.cell is None
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _told(share: Figure, *, made_to_fit: bool) -> Interval:
    """The share as a ratio; those of the industries are often adjusted in their last digit so that they make 100."""
    low, high = share.value
    more = (high - low) / 2 if made_to_fit else Fraction(0)
    return Interval((low - more) * _PERCENT, (high + more) * _PERCENT)


def _ratio(
    code: str, share: Figure, part: Figure, whole: Figure, ratio: Interval, *explanations: str, times: Fraction = Fraction(100)
) -> Finding:
    reckoned = Interval(ratio.low * times, ratio.high * times)
    cut = reckoned.meets(share.cut)
    unit = "%" if times == 100 else ""
    return finding(
        code, "info" if cut else "warning", f"{share.record.indicator} is not what its figures give",
        f"{part} ÷ {whole} = {span(reckoned, unit)}, printed {share} = {span(share.value, unit)}", (share, part, whole),
        *(["cut_off"] if cut else explanations),
    )  # fmt: skip


def _parts(book: Book, share: Figure, name: str) -> list[Figure]:
    """Levels just before the share (or, named in full, anywhere of the same time) whose name is the part's."""
    near = [
        one for one in book.figures[max(0, share.at - 12) : share.at]
        if one.level and one.extensive and one.whose == share.whose and one.when == share.when and one.record.section == share.record.section
        and one.record.cell is None and share.record.start - one.record.end < 160
    ]  # fmt: skip
    exact = [one for one in near if one.name == name]
    if exact:
        return exact[-1:]
    started = [one for one in near if one.name.startswith(name) and len(one.name) - len(name) <= 2]
    return started[-1:]


def _wholes(book: Book, part: Figure, name: str) -> list[Figure]:
    """Levels that the share may be of: those of the name, else the one that the part is tied to, else the one larger figure before it."""
    if name:
        return [
            one
            for one in book.levels.get(name, ())
            if one.unit == part.unit and one.when == part.when and one.whose == part.whose and one.record.cell is None
        ] or _ending(book, part, name)
    tied = book.tied(part, "part_of")
    if tied is not None:
        return [tied] if tied.level and tied.unit == part.unit and part.record.start - tied.record.end < _FAR else []
    larger = [
        one for one in book.figures[max(0, part.at - 3) : part.at]
        if one.level and one.unit == part.unit and one.record.sentence == part.record.sentence and one.when == part.when and not _shared(book, one)
    ]  # fmt: skip
    return larger if len(larger) == 1 and larger[0].value.high >= part.value.low else []


def _ending(book: Book, part: Figure, name: str) -> list[Figure]:
    """The one larger figure before the part whose name ends so: 占支出 of 一般公共预算支出."""
    found = [
        one for one in book.figures[max(0, part.at - 6) : part.at]
        if one.level and one.name.endswith(name) and (one.unit, one.whose, one.when) == (part.unit, part.whose, part.when)
        and one.record.section == part.record.section and one.value.high >= part.value.low and not _shared(book, one)
    ]  # fmt: skip
    return found if len(found) == 1 else []


def _respective(book: Book, sentence: Sequence[Figure]) -> Iterator[Finding]:
    """`教育支出132.5亿元、卫生支出121.8亿元，分别占18.4%和16.9%`: each share against its own part."""
    first = next((k for k, one in enumerate(sentence) if one.unit == "%" and _lead(book, one).endswith("分别占")), None)
    if first is None:
        return
    shares = [one for one in sentence[first : first + 4] if one.unit == "%" and one.level]
    before = [one for one in sentence[:first] if one.level and one.extensive]
    parts = before[-len(shares) :]
    whole = book.tied(parts[0], "part_of") if len(parts) == len(shares) > 1 else None
    if whole is None or not whole.level or any(one.unit != whole.unit for one in parts):
        return
    for share, part in zip(shares, parts, strict=True):
        ratio = part.value.over(whole.value)
        told = Interval(share.value.low * _PERCENT, share.value.high * _PERCENT)
        if ratio is not None and not ratio.meets(told) and not _fits_another(book, share, part, told):
            yield _ratio("share", share, part, whole, ratio, "other_whole")


def _shared(book: Book, one: Figure) -> bool:
    """Whether a share of its own follows it, so that it is a part, too."""
    after = book.figures[one.at + 1 : one.at + 4]
    return any("占" in other.name and other.unit == "%" and other.name.startswith(one.name[:2]) for other in after)


def _completions(library: Library, book: Book) -> Iterator[Finding]:
    """`完成预算的98.5%`: against the plan of last year's report, or the number planned in the same sentence."""
    for figure in book.figures:
        match = _DONE.fullmatch(figure.name)
        bare = any(word in _lead(book, figure) for word in words("words", "done"))
        if not (match or bare) or figure.unit != "%" or not figure.level or figure.record.cell is not None:
            continue
        actual = book.tied(figure, "share_of") or _just_before(book, figure, match["what"] if match else None)
        if actual is None or not actual.level or actual.unit in ("%", "") or not (bare or actual.name in figure.name):
            continue
        plans = _plans(library, book, figure, actual)
        told = Interval(figure.value.low * _PERCENT, figure.value.high * _PERCENT)
        ratios = [actual.value.over(plan.value) for plan in plans]
        if not plans or ratios[0] is None or _fits_another(book, figure, actual, told):
            continue
        if not any(ratio is None or ratio.meets(told) for ratio in ratios):
            same = plans[0].record.sentence == actual.record.sentence
            yield _ratio("completion", figure, actual, plans[0], ratios[0], *(["other_whole"] if same else ["other_plan", "standard"]))


def _lead(book: Book, figure: Figure) -> str:
    """What stands between the figure before and this one."""
    start = book.figures[figure.at - 1].record.end if figure.at else 0
    return book.report.text[max(start, figure.record.start - 12) : figure.record.start]


def _just_before(book: Book, figure: Figure, name: str | None) -> Figure | None:
    if not figure.at:
        return None
    one = book.figures[figure.at - 1]
    return one if one.level and name in (None, one.name) and one.record.sentence == figure.record.sentence else None


def _plans(library: Library, book: Book, ratio: Figure, actual: Figure) -> list[Figure]:
    """What was planned: the number of which the actual one came, in the sentence, else last year's target for this year."""
    here = _plan_beside(book, ratio, actual)
    if here or has(ratio.name, "words", "adjusted") or not has(ratio.name, "words", "plan"):
        return here
    found: list[Figure] = []
    for other in library.books:
        if other.report.region == book.report.region and other is not book and (other.report.year or 0) < (book.report.year or 0):
            found += [
                one for one in other.figures
                if one.record.status == "target" and isinstance(one.record, Quantity) and one.interval is not None
                and (one.name, one.unit, one.when, one.whose) == (actual.name, actual.unit, actual.when, actual.whose)
            ]  # fmt: skip
    return found


def _plan_beside(book: Book, ratio: Figure, actual: Figure) -> list[Figure]:
    """`68项任务完成64项`, `批准的预算为18.63亿元，实际完成10.93亿元`: the figure before it, of one name or told to be a plan."""
    if not actual.at or not _between(book, actual) or ratio.at - actual.at > 1:
        return []
    plan = book.figures[actual.at - 1]
    if (
        plan.interval is None
        or plan.unit != actual.unit
        or not isinstance(plan.record, Quantity)
        or plan.record.sentence != actual.record.sentence
    ):
        return []
    bare = not _DONE.fullmatch(ratio.name) or any(word in _lead(book, ratio) for word in words("words", "done"))
    said = any(word in _clause(book, plan) for word in words("words", "plan"))
    return [plan] if bare or plan.name == actual.name or said else []


def _clause(book: Book, figure: Figure) -> str:
    """What stands before a figure, back to the last comma."""
    before = book.report.text[max(0, figure.record.start - 60) : figure.record.start]
    return re.split("[，,；;。]", before)[-1]


def _between(book: Book, actual: Figure) -> bool:
    """Whether the text says that the figure came of the one before it: 68项任务完成64项."""
    return any(word in _lead(book, actual) for word in words("words", "came"))


def _fits_another(book: Book, share: Figure, part: Figure, told: Interval) -> bool:
    """Whether another figure nearby makes the share: then it is of that one."""
    near = book.figures[max(0, part.at - 12) : share.at + 6]
    return any(
        one.level and one.unit == part.unit and one is not part and (ratio := part.value.over(one.value)) is not None and ratio.meets(told)
        for one in near
    )


def _tabled(book: Book) -> Iterator[Finding]:
    """Rows of budget tables: what was planned, what came, and the share."""
    for figures in book.tables.values():
        counted = Counted()
        rows: dict[tuple[str, ...], list[Figure]] = {}
        for one in figures:
            if one.record.cell is not None:
                rows.setdefault(one.record.cell.row, []).append(one)
        for row in rows.values():
            ratios = [one for one in row if one.unit == "%" and one.interval is not None and _headed(one, "ratio_column")]
            plans = [one for one in row if _amount(one) and _headed(one, "planned_column") and not _headed(one, "actual_column")]
            actuals = [one for one in row if _amount(one) and _headed(one, "actual_column")]
            if (
                len(ratios) == len(plans) == len(actuals) == 1
                and ratios[0].when == plans[0].when == actuals[0].when
                and plans[0].unit == actuals[0].unit
                and "上年" not in _head(ratios[0]) + _head(plans[0]) + _head(actuals[0])
            ):
                told = Interval(ratios[0].value.low * _PERCENT, ratios[0].value.high * _PERCENT)
                ratio = actuals[0].value.over(plans[0].value)
                if ratio is not None:
                    holds = ratio.meets(told) or plans[0].value.low <= 0
                    counted.add(
                        _head(ratios[0]), [] if holds else [_ratio("completion", ratios[0], actuals[0], plans[0], ratio, "other_plan")]
                    )
        yield from counted.findings()


def _amount(figure: Figure) -> bool:
    return isinstance(figure.record, Quantity) and figure.unit not in ("%", "‰", "") and figure.interval is not None


def _head(figure: Figure) -> str:
    return "".join(figure.record.cell.column) if figure.record.cell else ""


def _headed(figure: Figure, entry: str) -> bool:
    return any(word in _head(figure) for word in _sorted(words("words", entry)))


def _sorted(found: Sequence[str]) -> Sequence[str]:
    return sorted(found, key=len, reverse=True)


def _ranges(book: Book) -> Iterator[Finding]:
    """A share of a whole lies between 0 and 100 %; a place in a field lies within it."""
    for figure in book.figures:
        record = figure.record
        if isinstance(record, Ranking):
            if record.scope_size is not None and record.rank > record.scope_size:
                yield finding(
                    "rank_range",
                    "error",
                    f"{record.indicator}: the rank is beyond its field",
                    f"{record.rank} > {record.scope_size}",
                    (figure,),
                )
        elif isinstance(record, Quantity) and isinstance(record, Amount) and figure.unit == "%" and _bounded(figure.name):
            most = max(record.value, record.value_max or record.value)
            if most > 100 or record.value < 0:
                yield finding(
                    "percentage_range",
                    "error",
                    f"{record.indicator} lies beyond its range",
                    f"{most if most > 100 else record.value} % is not in [0, 100] %",
                    (figure,),
                    "extraction",
                )


def _bounded(name: str) -> bool:
    return name.endswith(tuple(words("kinds", "bounded"))) and not has(name, "kinds", "open")
