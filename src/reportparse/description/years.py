"""The year that a report is about, and the year that it plans for."""

from __future__ import annotations

from collections import Counter

from reportparse import patterns
from reportparse.description.titleblock import NOWHERE, Found, Span
from reportparse.folding import Squeezed, fold
from reportparse.lexicon import table
from reportparse.model import Genre

_YEAR = patterns.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|度)")
_SPAN = patterns.compile(r"(?<!\d)((?:19|20)\d\d)年?[-—~至到]((?:19|20)\d\d)年")
_CHINESE = patterns.compile(r"([一二][〇零一二三四五六七八九]{3})年")
_BARE = patterns.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_BEGINS = patterns.compile(r"(?:[一1][、.][^\d,，。]{0,8})?[^\d,，。]{0,12}((?:19|20)\d\d)年(?:[,，是]|我|全)")
_REVIEW = patterns.compile(
    r"(?<!\d)((?:19|20)\d\d)年(?![^。\n]{0,20}[,，。])[^。,，\n]{0,24}(?:回顾|总结|主要工作|工作情况|执行情况|完成情况)"
)


def find_years(
    title: Found | None, block: Found | None, genre: Genre, delivered: str | None, opening: Squeezed
) -> tuple[int | None, int | None, Span | None]:
    """(year under review, year planned for, span): from the title, else the title block, the headings, the speech's date."""
    for found in (title, block):
        if found and (years := years_in(found.text)):
            year, plan = _of_title(years, fold(found.text), genre, delivered)
            return year, plan, found.span if found.span != NOWHERE else None
    if genre == "work_report" and delivered:
        planned = int(delivered[:4]) + (delivered[5:7] >= "11")
        return planned - 1, planned, None
    if match := _REVIEW.search(opening.text):
        year = int(match[1])
        return year, year + 1 if genre == "work_report" else None, opening.span(*match.span(1))
    if genre != "work_report" and (match := _BEGINS.match(opening.text)):
        return int(match[1]), None, opening.span(*match.span(1))
    if delivered:
        late = delivered[5:7] >= "07" and genre in ("other", "budget_report", "plan_report")
        return int(delivered[:4]) - (not late), None, None
    counts = Counter(int(m[1]) for m in _YEAR.finditer(opening.text))
    if counts and (most := counts.most_common(1)[0])[1] > 1:
        return most[0], None, None
    return None, None, None


def years_in(title: str) -> list[int]:
    """The years that a title names, in order; a period gives its last.

    >>> years_in("关于甲市２０２５年预算执行情况和2026年预算草案的报告"), years_in("二〇二四年政府工作报告")
    ([2025, 2026], [2024])
    >>> years_in("甲市2021—2025年环境状况报告")
    [2025]
    """
    view = "".join(fold(title).split())
    if spans := [int(m[2]) for m in _SPAN.finditer(view)]:
        return spans
    years = [int(m[1]) for m in _YEAR.finditer(view)]
    return (
        years
        or [int("".join(_DIGIT[c] for c in m[1])) for m in _CHINESE.finditer(view)]
        or [int(m[1]) for m in _BARE.finditer(view)]
    )


def _of_title(years: list[int], title: str, genre: Genre, delivered: str | None) -> tuple[int, int | None]:
    first, last = years[0], years[-1]
    words = table("description")["years"]
    if genre in ("budget_report", "plan_report"):
        if last > first:
            return first, last
        done = any(word in title for word in words["done"])
        return (first, None) if done else (first - 1, first)
    if genre == "work_report":
        planned = int(delivered[:4]) + (delivered[5:7] >= "11") if delivered else first
        return (first, first + 1) if planned == first + 1 else (first - 1, first)
    return first, None
