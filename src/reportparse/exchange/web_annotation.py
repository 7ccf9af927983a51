"""W3C Web Annotation: each record an annotation whose target is found by position and by quote.

One report is an `AnnotationPage`. Positions are code points, as the recommendation has them; the quote with what stands around it finds
the figure again where the text has changed.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from reportparse.exchange.model import Annotated, ExchangeError, Span, checked

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of prefix and suffix."""
_URN = "urn:reportparse:"


def page(found: Annotated) -> dict[str, Any]:
    """The report's records as an annotation page; its text is not in it."""
    source = str(found.about.get("url") or f"urn:sha256:{found.about.get('sha256', '')}")
    base = f"{_URN}{found.about.get('sha256') or 'report'}"
    return {
        "@context": CONTEXT,
        "id": base,
        "type": "AnnotationPage",
        "label": found.name,
        "reportparse:report": json.dumps(found.about, ensure_ascii=False),
        "items": [_annotation(found, span, source, base) for span in found.spans],
    }


def _annotation(found: Annotated, span: Span, source: str, base: str) -> dict[str, Any]:
    text = found.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": found.quote(span),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    return {
        "id": f"{base}#{span.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": span.label},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": json.dumps(span.fields, ensure_ascii=False),
            },
        ],
        "target": {"source": source, "selector": [{"type": "TextPositionSelector", "start": span.start, "end": span.end}, quote]},
    }


def read(data: Any, text: str) -> Annotated:
    """The annotations of a page on `text`: in their place where the quote stands there, else where it is found with what stood around it.

    Raises an `ExchangeError` for an annotation whose quote is nowhere, or in several places that look alike.
    """
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ExchangeError("this is no annotation page: it has no items")
    spans = [_span(item, text) for item in items]
    return Annotated(text=text, spans=checked(spans, text, "an annotation"), about=_json(data.get("reportparse:report")))


class _Body(msgspec.Struct):
    purpose: str | None = None
    value: str | None = None


class _Selector(msgspec.Struct):
    type: str
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


class _Target(msgspec.Struct):
    selector: list[_Selector] | _Selector


class _Item(msgspec.Struct):
    id: str
    target: _Target
    body: list[_Body] | _Body | None = None


def _span(data: Any, text: str) -> Span:
    try:
        item = msgspec.convert(data, type=_Item)
    except msgspec.ValidationError as error:
        raise ExchangeError(f"this is no annotation with id, body and text selectors: {error}") from error
    name = item.id.rpartition("#")[2]
    bodies = {body.purpose: body.value for body in _list(item.body)}
    start, end = _place(name, {one.type: one for one in _list(item.target.selector)}, text)
    return Span(id=name, label=bodies.get("tagging") or "", start=start, end=end, fields=_json(bodies.get("describing")))


def _place(name: str, selectors: dict[str, _Selector], text: str) -> tuple[int, int]:
    position, quote = selectors.get("TextPositionSelector"), selectors.get("TextQuoteSelector")
    if position is not None:
        if position.start is None or position.end is None:
            raise ExchangeError(f"{name}: a text position selector needs start and end")
        if quote is None or (position.start >= 0 and text[position.start : position.end] == quote.exact):
            return position.start, position.end
    if quote is None:
        raise ExchangeError(f"{name}: it is selected neither by text position nor by quote")
    whole = quote.prefix + quote.exact + quote.suffix
    first = text.find(whole) if quote.exact else -1
    if first < 0 or text.find(whole, first + 1) >= 0:
        raise ExchangeError(f"{name}: {quote.exact!r} is not found once in the text with what stood around it")
    start = first + len(quote.prefix)
    return start, start + len(quote.exact)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _json(value: Any) -> dict[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
