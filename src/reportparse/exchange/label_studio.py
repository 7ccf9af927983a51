"""Label Studio: a report as a task with predictions, and the annotations that people made of it.

A task holds the whole text (`data.text`), the records with all their fields (`data.records`, which Label Studio hands back untouched),
and one prediction whose regions are the records' places. Label Studio counts code points now, and counted UTF-16 code units in 2021;
a region that quotes its text is read in whichever unit finds the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportparse.exchange.model import KINDS, Annotated, ExchangeError, Span, checked
from reportparse.exchange.offsets import UNITS, Offsets, Unit

FROM_NAME, TO_NAME = "figure", "text"
_COLOURS = {"quantity": "#2f6fde", "change": "#2b8a3e", "ranking": "#7048b6"}


def config() -> str:
    """The labeling interface that the tasks are made for, to be pasted into a project's settings."""
    labels = "\n".join(f'    <Label value="{kind}" background="{_COLOURS[kind]}"/>' for kind in KINDS)
    return f"""<View>
  <Header value="$title"/>
  <Labels name="{FROM_NAME}" toName="{TO_NAME}">
{labels}
  </Labels>
  <Text name="{TO_NAME}" value="$text"/>
</View>
"""


def task(found: Annotated, *, unit: Unit = "code-points") -> dict[str, Any]:
    """The report as a task that Label Studio imports, with its records as a prediction."""
    from reportparse import __version__

    offsets = Offsets(found.text, unit)
    regions = [_region(span, found.quote(span), offsets) for span in found.spans]
    data = {
        "text": found.text,
        "offsets": unit,
        "title": found.name,
        "report": found.about,
        "records": [{"id": s.id, "label": s.label, "start": s.start, "end": s.end, "fields": s.fields} for s in found.spans],
    }
    return {"data": data, "predictions": [{"model_version": f"reportparse {__version__}", "result": regions}]}


def _region(span: Span, quote: str, offsets: Offsets) -> dict[str, Any]:
    value = {"start": offsets.out(span.start), "end": offsets.out(span.end), "text": quote, "labels": [span.label]}
    return {"id": span.id, "from_name": FROM_NAME, "to_name": TO_NAME, "type": "labels", "value": value}


def offered(task: dict[str, Any]) -> Annotated:
    """What a task was made from: the report's text with its records, before anyone annotated it."""
    data = _object(task.get("data"), "the task has no data")
    text = data.get("text")
    if not isinstance(text, str):
        raise ExchangeError("the task's data has no text; export the project as JSON, with data")
    given = data.get("records") or []
    try:
        spans = [Span(id=str(r["id"]), label=r["label"], start=r["start"], end=r["end"], fields=r["fields"]) for r in given]
        return Annotated(text=text, spans=checked(spans, text, "data.records"), about=data.get("report") or {})
    except (KeyError, TypeError) as error:
        raise ExchangeError(f"data.records is not as it was sent out: {error!r}") from error


def returned(task: dict[str, Any], *, annotator: int | str | None = None) -> Annotated | None:
    """What people made of a task: the last annotation that was not cancelled (of `annotator`, where named).

    Where nobody annotated it, None. The records' fields go along with the regions that still have their ids.
    """
    last = next(_annotations(task, annotator), None)
    return None if last is None else _read(task, last.get("result") or [])


def predicted(task: dict[str, Any]) -> Annotated:
    """What a task's first prediction holds: what was sent out."""
    predictions = task.get("predictions") or [{}]
    return _read(task, _object(predictions[0], "the prediction is no object").get("result") or [])


def annotator(task: dict[str, Any]) -> str:
    """Who made the annotation that `returned` reads; empty where it isn't said."""
    last = next(_annotations(task, None), {})
    by = last.get("completed_by", "")
    return str(by.get("email") or by.get("id") or "") if isinstance(by, dict) else str(by)


def annotated_at(task: dict[str, Any]) -> str:
    """When that annotation was last changed, as Label Studio says it; empty where it doesn't."""
    last = next(_annotations(task, None), {})
    return str(last.get("updated_at") or last.get("created_at") or "")


def _annotations(task: dict[str, Any], by: int | str | None) -> Iterator[dict[str, Any]]:
    made = task.get("annotations") or []
    for one in reversed(made if isinstance(made, list) else []):
        if isinstance(one, dict) and not one.get("was_cancelled"):
            who = one.get("completed_by")
            names = (who.get("id"), who.get("email")) if isinstance(who, dict) else (who,)
            if by is None or str(by) in map(str, names):
                yield one


def _read(task: dict[str, Any], regions: list[Any]) -> Annotated:
    base = offered(task)
    known = {span.id: span.fields for span in base.spans}
    regions = [region for region in regions if isinstance(region, dict) and region.get("type") == "labels"]
    ways = _ways(task, base.text, regions)
    spans = [_span(region, base.text, ways, known) for region in regions]
    return Annotated(text=base.text, spans=checked(spans, base.text, "an annotation"), about=base.about)


def _ways(task: dict[str, Any], text: str, regions: list[dict[str, Any]]) -> list[Offsets]:
    """The units, the one first in which most regions find their quotes; of equals the one in which the task was sent out."""
    values = [value for region in regions if isinstance(value := region.get("value"), dict) and isinstance(value.get("text"), str)]
    values = [value for value in values if isinstance(value.get("start"), int) and isinstance(value.get("end"), int)]
    sent = task["data"].get("offsets")

    def misses(unit: Unit) -> int:
        way = Offsets(text, unit)
        return sum(text[way.back(value["start"]) : way.back(value["end"])] != value["text"] for value in values)

    return [Offsets(text, unit) for unit in sorted(UNITS, key=lambda unit: (misses(unit), unit != sent))]


def _span(region: dict[str, Any], text: str, ways: list[Offsets], known: dict[str, dict[str, Any]]) -> Span:
    value = _object(region.get("value"), "a region has no value")
    start, end, labels, name = value.get("start"), value.get("end"), value.get("labels"), str(region.get("id", ""))
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(labels, list) or not labels:
        raise ExchangeError(f"region {name}: it needs start, end and labels")
    places = [(way.back(start), way.back(end)) for way in ways]
    quote = value.get("text")
    fits = [place for place in places if text[slice(*place)] == quote]
    if isinstance(quote, str) and not fits and places[0] != places[1]:
        raise ExchangeError(f"region {name} says {quote!r}, which stands neither at code points nor at UTF-16 units {start}–{end}")
    a, b = (fits or places)[0]
    return Span(id=name or f"new{a}", label=str(labels[0]), start=a, end=b, fields=known.get(name, {}))


def _object(value: Any, otherwise: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ExchangeError(otherwise)
    return value
