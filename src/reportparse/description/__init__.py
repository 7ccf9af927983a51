"""What a report says of itself: title, kind, issuer, region, years, speaker, occasion, dates, source.

Each field is read from what the page's head says, the text beside the body, the title block and the opening of
the body, in the order that its own function states, and is right or None. `Description.evidence` holds the span
of the text that a field was read from, where it was read from there.
"""

from __future__ import annotations

import msgspec

from reportparse.description import provenance
from reportparse.document import Document
from reportparse.folding import fold, squeeze
from reportparse.description.genres import genre_of
from reportparse.model import Genre, Warning
from reportparse.places import PlaceLevel
from reportparse.description.regions import find_region
from reportparse.description.years import find_years
from reportparse.description.datestamps import dates
from reportparse.description.titleblock import NOWHERE, Byline, Found, HeadLine, Occasion, Span, find_byline, find_occasion, find_title, head_lines
from reportparse.description.titles import choose_title

OPENING = 3000
"""Characters after the head that may say what the head does not."""


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
    evidence: dict[str, Span] = {}  # noqa: RUF012  msgspec copies it
    """Field → span of the text that it was read from."""
    warnings: tuple[Warning, ...] = ()


def describe(document: Document) -> Description:
    """Read what a report says of itself."""
    text = document.text
    lines = head_lines(text)
    block = find_title(lines, text)
    title = choose_title(document, block)
    genre = genre_of(title.text) if title else "other"
    if genre == "other" and block and title and len(title.text) < len(block.text):
        genre = genre_of(block.text)
    evidence: dict[str, Span] = {}
    byline = find_byline(lines, text)
    page_title = provenance.page_title(document)
    occasion = find_occasion(lines, text) or provenance.occasion_in(page_title)
    opening = squeeze(fold(text), _head_end(lines), _head_end(lines) + OPENING)
    issuer = provenance.find_issuer(lines, text, title, byline, opening)
    region = find_region(document, title, block, occasion, issuer, byline, opening)
    published = provenance.find_published(document, lines, occasion, genre)
    delivered = _delivered(occasion, lines, byline)
    year, plan_year, year_span = find_years(title, block, genre, delivered and delivered.text, opening)
    source = provenance.find_source(document, lines)
    url = provenance.find_url(document, lines)
    found: dict[str, Found | None] = {
        "title": title,
        "issuer": issuer,
        "region": region and Found(region.place.name, region.span),
        "speaker": byline and Found(byline.name, byline.span),
        "occasion": occasion and Found(occasion.name, occasion.span),
        "delivered": delivered,
        "published": published,
        "source": source,
        "url": url,
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
        warnings=provenance.notes(text),
        **{field: it.text if it else None for field, it in found.items()},
    )


def _delivered(occasion: Occasion | None, lines: list[HeadLine], byline: Byline | None) -> Found | None:
    """The day of the speech: the one beside the meeting, else a date line of a head that names a meeting or speaker."""
    if occasion and occasion.day:
        return Found(occasion.day, occasion.day_span or NOWHERE)
    if not (occasion or byline):
        return None
    for line in lines:
        stamps = dates(line.view)
        if stamps and (day := stamps[0].day) and line.view.strip("()—") == line.view[stamps[0].start : stamps[0].end]:
            return Found(day, (line.start, line.end)) if "T" not in stamps[0].iso else None
    return None


def _head_end(lines: list[HeadLine]) -> int:
    return lines[-1].end if lines else 0
