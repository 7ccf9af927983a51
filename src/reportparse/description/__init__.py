"""What a report says of itself: title, kind, issuer, region, years, speaker, occasion, dates, source.

Each field is read from what the page's head says, the text beside the body, the title block and the opening of
the body, in the order that its own function states, and is right or None. `Description.evidence` holds the span
of the text that a field was read from, where it was read from there.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from reportparse.description import provenance
from reportparse.description.datestamps import dates
from reportparse.description.genres import genre_of
from reportparse.description.regions import find_region
from reportparse.description.titleblock import (
    NOWHERE,
    Byline,
    Found,
    HeadLine,
    Occasion,
    Span,
    find_byline,
    find_occasion,
    find_title,
    head_lines,
)
from reportparse.description.titles import choose_title, matter_of, title_inside
from reportparse.description.years import find_years
from reportparse.document import Document
from reportparse.folding import Squeezed, squeeze
from reportparse.lexicon import table
from reportparse.model import Genre, Warning
from reportparse.places import PlaceLevel

OPENING = 3000
"""Characters after the head that may say what the head does not."""

NOTHING = Squeezed("", (0,), (0,))


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of itself; None where it doesn't."""

    title: str | None = None
    genre: Genre = "other"
    issuer: str | None = None
    region: str | None = None
    """Full official name of the place that the report is about; 中国 for the nation."""
    region_level: PlaceLevel | None = None
    year: int | None = None
    """The year that the report is about: the one that is reviewed, not the one that is planned."""
    plan_year: int | None = None
    """The year planned for, where the report is a plan too."""
    speaker: str | None = None
    occasion: str | None = None
    delivered: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    evidence: dict[str, Span] = {}
    """Field → span of the text that it was read from."""
    warnings: tuple[Warning, ...] = ()


def describe(document: Document, shadow: str | None = None) -> Description:
    """Read what a report says of itself; `shadow` is the folded text, where it is at hand."""
    text = document.text
    shadow = document.shadow if shadow is None else shadow
    lines = head_lines(text)
    block = find_title(lines, text)
    beside = _Beside.read(document)
    block = block or beside.block or title_inside(text)
    title = choose_title(document, block)
    opening = squeeze(shadow, _head_end(lines), _head_end(lines) + OPENING)
    block = block or (None if title else matter_of(opening))
    genre = _genre(title, block, text)
    byline = find_byline(lines, text) or beside.byline
    occasion = find_occasion(lines, text) or beside.occasion
    issuer = provenance.find_issuer(lines, text, title, byline, opening if genre != "other" else NOTHING)
    region = find_region(document, title, block, occasion, issuer, byline, opening)
    source = provenance.find_source(document, lines)
    if not issuer and source and genre == "statistical_bulletin":
        issuer = provenance.issuer_by_source(source, region.place if region else None)
    delivered = _delivered(occasion, lines, byline)
    year, plan_year, year_span = find_years(title, block, genre, delivered.text if delivered else None, opening)
    found: dict[str, Found | None] = {
        "title": title,
        "issuer": issuer,
        "region": Found(region.place.name, region.span) if region else None,
        "speaker": Found(byline.name, byline.span) if byline else None,
        "occasion": Found(occasion.name, occasion.span) if occasion else None,
        "delivered": delivered,
        "published": provenance.find_published(document, lines, [it.span for it in (delivered, occasion) if it]),
        "source": source,
        "url": provenance.find_url(document, lines),
    }
    evidence = {field: it.span for field, it in found.items() if it and it.span != NOWHERE}
    if year_span:
        evidence["year"] = year_span
    return Description(
        genre=genre,
        region_level=region.place.level if region else None,
        year=year,
        plan_year=plan_year,
        evidence=evidence,
        warnings=provenance.notes(shadow),
        **{field: it.text if it else None for field, it in found.items()},
    )


class _Beside(NamedTuple):
    """What the page's title and the text beside the body say of title, speaker and meeting; spans mean nothing there."""

    block: Found | None
    byline: Byline | None
    occasion: Occasion | None

    @classmethod
    def read(cls, document: Document) -> _Beside:
        block = byline = occasion = None
        for text in (document.furniture, document.meta.get("title", ""), document.title or ""):
            lines = head_lines(text)
            block = block or (find_title(lines, text) if text is document.furniture else None)
            byline = byline or (find_byline(lines, text) if text is document.furniture else None)
            occasion = occasion or find_occasion(lines, text)
        return cls(
            block._replace(span=NOWHERE) if block else None,
            byline._replace(span=NOWHERE) if byline and byline.post else None,
            occasion._replace(span=NOWHERE, day_span=None) if occasion else None,
        )


def _genre(title: Found | None, block: Found | None, text: str) -> Genre:
    """By the title that was chosen, the title block, or the matter of the speech; a text without any by 本公报."""
    genre = genre_of(title.text) if title else "other"
    if genre == "other" and block:
        genre = genre_of(block.text)
    if genre == "other" and not title and any(word in text for word in table("description")["title"]["bulletin"]):
        return "statistical_bulletin"
    return genre


def _delivered(occasion: Occasion | None, lines: list[HeadLine], byline: Byline | None) -> Found | None:
    """The day of the speech: the one beside the meeting, else a date line of a head that names a meeting or speaker."""
    if occasion and occasion.day:
        return Found(occasion.day, occasion.day_span or NOWHERE)
    if not byline and not (occasion and occasion.spoken):
        return None
    for line in lines:
        stamps = dates(line.view)
        if stamps and (day := stamps[0].day) and line.view.strip("()—") == line.view[stamps[0].start : stamps[0].end]:
            return Found(day, (line.start, line.end)) if "T" not in stamps[0].iso else None
    return None


def _head_end(lines: list[HeadLine]) -> int:
    return lines[-1].end if lines else 0
