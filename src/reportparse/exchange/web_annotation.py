"""W3C Web Annotation: each record an annotation whose target is found by position and by quote.

One report is an `AnnotationPage`. Positions are code points, as the recommendation has them; the quote with what stands around it finds
the figure again where the text has changed.
"""

from __future__ import annotations

import json
from typing import Any

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


def _span(item: Any, text: str) -> Span:
    try:
        name = str(item["id"]).rpartition("#")[2]
        bodies = {body.get("purpose"): body.get("value") for body in _list(item.get("body"))}
        selectors = {one["type"]: one for one in _list(item["target"]["selector"])}
    except (KeyError, TypeError, AttributeError) as error:
        raise ExchangeError(f"an annotation without id, body or target: {error!r}") from error
    start, end = _place(name, selectors, text)
    return Span(id=name, label=str(bodies.get("tagging", "")), start=start, end=end, fields=_json(bodies.get("describing")))


def _place(name: str, selectors: dict[str, dict[str, Any]], text: str) -> tuple[int, int]:
    position, quote = selectors.get("TextPositionSelector"), selectors.get("TextQuoteSelector")
    if position is not None:
        start, end = position.get("start"), position.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            raise ExchangeError(f"{name}: a text position selector needs start and end")
        if quote is None or text[start:end] == quote.get("exact"):
            return start, end
    if quote is None:
        raise ExchangeError(f"{name}: it is selected neither by text position nor by quote")
    exact, prefix, suffix = (str(quote.get(part) or "") for part in ("exact", "prefix", "suffix"))
    whole = prefix + exact + suffix
    first = text.find(whole) if exact else -1
    if first < 0 or text.find(whole, first + 1) >= 0:
        raise ExchangeError(f"{name}: {exact!r} is not found once in the text with what stood around it")
    return first + len(prefix), first + len(prefix) + len(exact)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _json(value: Any) -> dict[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
