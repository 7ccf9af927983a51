"""Who issued a report, when and where it was put out, and what it notes about its own data."""

from __future__ import annotations

import re
from functools import cache

from reportparse import patterns
from reportparse.description.datestamps import Stamp, dates
from reportparse.description.regions import region_in
from reportparse.description.titleblock import (
    NOWHERE,
    Byline,
    Found,
    HeadLine,
    Span,
    head_lines,
)
from reportparse.document import Document
from reportparse.folding import Squeezed, fold, squeeze
from reportparse.lexicon import alternatives, table
from reportparse.model import Warning
from reportparse.places import Place

_DATE_KEYS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "pudate",
    "publishtime",
    "datepublished",
    "date",
)
_SOURCE_KEYS = ("contentsource", "source", "article:author")
_URL_KEYS = ("url", "og:url", "canonical")
_URL = patterns.compile(r"https?://[A-Za-z0-9.:/?&=%#_~+-]{4,300}")
_ENTRUSTED = patterns.compile(r"受(?P<who>[一-鿿]{0,14}?(?:人民政府|政府|国务院|行政公署))的?委托")
_BEHALF = patterns.compile(r"代表(?P<who>[一-鿿]{0,14}?(?:人民政府|政府|国务院|行政公署))")
_AT = patterns.compile(r"^.{4,120}?(?:会议|大会)上[)）]?")
_WHEN = patterns.compile(r"(?:编制|制|印发)?(?:[(（]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[)）]?)?$")


# --- issuer ---------------------------------------------------------------------------------------------------


def find_issuer(
    lines: list[HeadLine], text: str, title: Found | None, byline: Byline | None, opening: Squeezed
) -> Found | None:
    """The title's own (甲市人民政府关于…), an office on a line of its own, on whose behalf, the speaker's office."""
    if title and (who := issuer_in_title(title.text)):
        return Found(who, title.span)
    if named := _office_lines(lines, text):
        return named
    for pattern in (_ENTRUSTED, _BEHALF):
        if match := pattern.search(opening.text[:400]):
            return Found(match["who"], opening.span(*match.span("who")))
    if byline and byline.organ and is_office(byline.organ):
        return Found(byline.organ, byline.span)
    return _signature(text)


def issuer_by_source(source: Found, region: Place | None) -> Found | None:
    """The office that a page names as its source, where it is that of the report's own region."""
    named = source.text.split("、")[0]
    return source if region and is_office(named) and region_in(named) == region else None


def _signature(text: str) -> Found | None:
    """The office that signs on one of the last lines: 甲市统计局, with the date below or beside it."""
    start = max(0, len(text) - 200)
    start = text.find("\n", start) + 1 if start else 0
    for line in head_lines(text[start:])[-4:]:
        shifted = line._replace(start=line.start + start, end=line.end + start)
        if len(line.view) < 50 and (offices := _offices(shifted, text)):
            return Found("、".join(offices), (shifted.start, shifted.end))
    return None


def issuer_in_title(title: str) -> str | None:
    """The office that opens a title.

    >>> issuer_in_title("自治区人民政府关于2023年度环境状况的报告"), issuer_in_title("关于甲市2025年预算的报告")
    ('自治区人民政府', None)
    """
    before, about, _ = title.partition("关于")
    before = before.rsplit("《", 1)[-1].strip()
    return before if about and is_office(before) else None


def is_office(view: str) -> bool:
    """Whether a string ends as the name of an office does."""
    return view.endswith(tuple(table("description")["organs"]["ends"]))


def _office_lines(lines: list[HeadLine], text: str) -> Found | None:
    """One or more lines (or parts of a line) that name offices alone: 甲市统计局 国家统计局甲调查队."""
    offices: list[str] = []
    span = NOWHERE
    for line in lines:
        if ":" in line.view or "关于" in line.view or len(line.view) > 50:
            continue
        parts = _offices(line, text)
        if not parts:
            if offices:
                break
            continue
        offices += [part for part in parts if part not in offices]
        span = (line.start if span == NOWHERE else span[0], line.end)
    return Found("、".join(offices), span) if offices else None


def _offices(line: HeadLine, text: str) -> list[str]:
    """The offices of a line that holds nothing else; letter-spaced names (甲 市 统 计 局) are one."""
    verbatim = _WHEN.sub("", _AT.sub("", line.verbatim(text))).strip("()（）—-")
    if not is_office(verbatim) or not re.fullmatch(r"[一-鿿、()（）]{3,50}", verbatim):
        return []
    apart = [p for p in re.split(r"[\s、]+", _AT.sub("", fold(text[line.start : line.end])).strip()) if p]
    if len(apart) > 1 and all(len(p) > 3 and is_office(p) for p in apart):
        return apart
    ends = alternatives(table("description")["organs"]["ends"])
    return [m[0] for m in re.finditer(rf"[一-鿿]{{2,20}}?(?:{ends})(?=国家统计局|$|、)", verbatim)] or [verbatim]


# --- when and where it was put out ----------------------------------------------------------------------------


def find_published(document: Document, lines: list[HeadLine], taken: list[Span]) -> Found | None:
    """The date beside the body, labelled before bare; the page's own word for it; a date line of the title block.

    `taken` are the spans that tell when and where the speech was.
    """
    beside = fold(document.furniture)
    labelled = _sourced_date(beside) or _labelled_date(beside) or _labelled_date(_joined(document, lines))
    stamps = [s for s in dates(beside) if s.day]
    bare = next((s for s in stamps if "T" in s.iso), stamps[0] if stamps else None)
    told = _meta_date(document)
    seen = labelled or (bare.iso if bare else None)
    if seen:
        return Found(_finer(seen, told), NOWHERE)
    if told:
        return Found(told, NOWHERE)
    return _date_line(document, lines, taken)


def _finer(seen: str, told: str | None) -> str:
    """Of two statements of one day, the one with the time of day."""
    return told if told and told[:10] == seen[:10] and len(told) > len(seen) else seen


@cache
def _published_labels() -> tuple[re.Pattern[str], ...]:
    """The words before a date of publication, the surest first."""
    return tuple(patterns.compile(rf"{label}\s{{0,4}}[:：】]\s{{0,6}}") for label in table("description")["furniture"]["published"])


def _labelled_date(view: str) -> str | None:
    for label in _published_labels():
        for match in label.finditer(view):
            stamps = dates(view, match.end(), match.end() + 24)
            if stamps and stamps[0].start == match.end() and stamps[0].day and not _is_generated(view, match.start()):
                return stamps[0].iso
    return None


def _sourced_date(view: str) -> str | None:
    """The date on the line that names the source too, as the line under a page's title does."""
    for line in view.split("\n"):
        stamps = [s for s in dates(line) if s.day]
        if stamps and _source_pattern().search(line):
            return _labelled_date(line) or next((s.iso for s in stamps if "T" in s.iso), stamps[0].iso)
    return None


def _is_generated(view: str, at: int) -> bool:
    return any(word in view[max(0, at - 6) : at + 8].lower() for word in table("description")["furniture"]["generated"])


def _meta_date(document: Document) -> str | None:
    """The page's PubDate, unless it is the very moment at which the page was made."""
    made = [s.iso[:16] for value in document.meta.values() if _is_generated(value[:12], 0) for s in dates(fold(value))]
    for key in _DATE_KEYS:
        stamps = [s for s in dates(fold(document.meta.get(key, ""))) if s.day]
        if stamps and stamps[0].iso[:16] not in made:
            return stamps[0].iso
    return None


def _joined(document: Document, lines: list[HeadLine]) -> str:
    return "\n".join(fold(document.text[line.start : line.end]) for line in lines)


def _date_line(document: Document, lines: list[HeadLine], taken: list[Span]) -> Found | None:
    """A line of the head that is a date, with at most an address and a source beside it."""
    for line in lines:
        folded = fold(document.text[line.start : line.end])
        stamps = dates(line.view)
        if not stamps or not stamps[0].day or any(a < line.end and line.start < b for a, b in taken):
            continue
        alone = line.view.strip("()—") == line.view[stamps[0].start : stamps[0].end]
        if alone or _URL.search(folded) or "来源" in folded:
            return Found(_precise(dates(folded), stamps[0]), (line.start, line.end))
    return None


def _precise(spaced: list[Stamp], squeezed: Stamp) -> str:
    return next(
        (s.iso for s in spaced if s.iso.startswith(squeezed.iso[:10]) and len(s.iso) > len(squeezed.iso)), squeezed.iso
    )


def find_source(document: Document, lines: list[HeadLine]) -> Found | None:
    """Where the page says that it was taken from: `来源：` beside the body or in the head; the page's ContentSource."""
    if value := _labelled_source(document.furniture):
        return Found(value, NOWHERE)
    words = table("description")["furniture"]
    for k, line in enumerate(lines):
        piece = document.text[line.start : line.end]
        if value := _labelled_source(piece):
            return Found(value, (line.start, line.end))
        if line.view.rstrip(":：") in ("来源", "出处") and k + 1 < len(lines):
            following = lines[k + 1]
            return Found(following.verbatim(document.text), (following.start, following.end))
    for key in _SOURCE_KEYS:
        if (value := document.meta.get(key, "").strip(" ,，").split(",")[0]) and value not in words["no_source"]:
            return Found(value, NOWHERE)
    return None


def _labelled_source(text: str) -> str | None:
    for match in _source_pattern().finditer(fold(text)):
        value = text[match.start("value") : match.end("value")].strip("()（）")
        if value and value not in table("description")["furniture"]["no_source"]:
            return value
    return None


@cache
def _source_pattern() -> re.Pattern[str]:
    words = table("description")["furniture"]
    labels, others = alternatives(words["source"]), alternatives([*words["published"], *words["beside"]])
    stop = rf"(?:{others})\s{{0,4}}[:：]|(?:19|20)\d\d[-年/]"
    return patterns.compile(
        rf"(?:{labels})\s{{0,4}}[:：】]\s{{0,6}}(?P<value>(?:(?!{stop})[^\s|\[\]【】<>,，;；:：]){{2,40}})(?!\s{{0,4}}[:：])"
    )


def find_url(document: Document, lines: list[HeadLine]) -> Found | None:
    """The address that the page gives as its own, or that the title block prints."""
    for key in _URL_KEYS:
        if (value := document.meta.get(key, "").strip()) and "." in value and not value.startswith("/"):
            return Found(value if "://" in value else f"http://{value}", NOWHERE)
    for line in lines:
        if match := _URL.search(document.text[line.start : line.end]):
            return Found(match[0], (line.start + match.start(), line.start + match.end()))
    return None


# --- notes ----------------------------------------------------------------------------------------------------


def notes(shadow: str) -> tuple[Warning, ...]:
    """A warning where a note says that all data of the report are preliminary."""
    for match in _preliminary().finditer(shadow):
        if not any(word in match[0] for word in table("description")["preliminary"]["part"]):
            squeezed = squeeze(shadow, match.start(), match.end())
            return (
                Warning(
                    code="preliminary_note",
                    message=f"the report notes that its data are preliminary: {squeezed.text}",
                    start=match.start(),
                    end=match.end(),
                ),
            )
    return ()


@cache
def _preliminary() -> re.Pattern[str]:
    words = table("description")["preliminary"]
    about, says = alternatives(words["about"]), alternatives(words["says"])
    return patterns.compile(rf"(?:本)?(?:{about})[^。；;,，\n]{{0,24}}(?:为|是|系|均|都)(?:年度|年)?\s?(?:{says})")
