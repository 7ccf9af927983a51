"""The place that a report is about."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from reportparse.description.titleblock import NOWHERE, Byline, Found, Occasion, Span
from reportparse.document import Document
from reportparse.folding import Squeezed, fold
from reportparse.lexicon import table
from reportparse.places import CHINA, Place, find_places, places_named


class Region(NamedTuple):
    """A place and the span of the text that names it."""

    place: Place
    span: Span


def find_region(
    document: Document,
    title: Found | None,
    block: Found | None,
    occasion: Occasion | None,
    issuer: Found | None,
    byline: Byline | None,
    opening: Squeezed,
) -> Region | None:
    """From the title, the title block, the meeting, the issuer, the speaker's post, the page's head, the opening."""
    stated: list[Found | None] = [title, block]
    stated.append(Found(occasion.name, occasion.span) if occasion else None)
    stated.append(issuer)
    stated.append(Found(byline.organ, byline.span) if byline else None)
    for found in stated:
        if found and (place := region_in(found.text)):
            return Region(place, found.span)
    for key in ("contentsource", "sitename", "title", "columnname", "keywords", "description"):
        if place := region_in(document.meta.get(key, "")):
            return Region(place, NOWHERE)
    kind = _own_kind(opening.text)
    for text in (document.furniture[:500], opening.text.split("。", 1)[0][:150]):
        if (place := region_in(text)) and kind and place.name.endswith(kind):
            return Region(place, NOWHERE)
    if kind and (place := _most_named(opening.text, document, kind)):
        return Region(place, NOWHERE)
    nation = any(found and is_national(found.text) for found in stated) or "国务院" in opening.text[:200]
    return Region(CHINA, NOWHERE) if nation else None


def region_in(text: str) -> Place | None:
    """The place that a title or the name of a meeting or an office is about: the smallest of the first that nest.

    >>> [region_in(t).name for t in ("关于湖北省黄石市2025年预算的报告", "(黑龙江省)2025年哈尔滨市统计公报", "国务院关于2024年决算的报告")]
    ['黄石市', '哈尔滨市', '中国']
    """
    view = "".join(fold(text).split())
    places = [place for _, _, place in find_places(view) if place.code]
    places = [place for place in places if place != CHINA]
    if not places:
        return CHINA if is_national(view) else None
    chosen = places[0]
    for place in places[1:]:
        if chosen.contains(place):
            chosen = place
        elif not place.contains(chosen):
            break
    return _settle(chosen, view)


def _settle(place: Place, view: str) -> Place:
    """Of several places of one name, that which lies in a place named beside it."""
    others = [p for _, _, p in find_places(view) if p != place]
    same = [p for p in places_named(place.name) if p.name == place.name]
    return next((p for p in same if any(o.contains(p) for o in others)), place)


def is_national(view: str) -> bool:
    """Whether a title or a name speaks of the whole nation."""
    return any(word in view for word in table("description")["organs"]["national"])


def _own_kind(view: str) -> str | None:
    """What the report calls its own region most: 全市 tells a 市."""
    words = table("description")["self"]
    word, times = Counter({word: view.count(word) for word in words}).most_common(1)[0]
    return str(words[word]) if times else None


def _most_named(view: str, document: Document, kind: str) -> Place | None:
    """The one place of that kind that the opening, or failing that the end, names more than any other, and not once."""
    for text in (view, "".join(fold(document.text[-1500:]).split())):
        named = [place for _, _, place in find_places(text) if place.code and place.name.endswith(kind)]
        counts = Counter(named).most_common(2)
        if counts and counts[0][1] > 1 and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            return counts[0][0]
    return None
