"""Label Studio: a report as a task with predictions, and the annotations that people made of it.

A task holds the whole text (`data.text`), the records with all their fields (`data.records`, which Label Studio hands back untouched),
and one prediction whose regions are the records' places. Label Studio counts code points now, and counted UTF-16 code units in 2021;
a region that quotes its text is read in whichever unit finds the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

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


class _Value(msgspec.Struct):
    start: int
    end: int
    labels: list[str]
    text: str | None = None


class _Region(msgspec.Struct):
    id: str | int = ""
    type: str = ""
    value: Any = None


class _Annotation(msgspec.Struct):
    result: list[_Region] | None = None
    was_cancelled: bool | None = False
    completed_by: int | str | dict[str, Any] | None = None
    updated_at: str | None = None
    created_at: str | None = None


class _Data(msgspec.Struct):
    text: str
    records: list[Span] = []
    report: dict[str, Any] = {}
    offsets: str | None = None


class _Task(msgspec.Struct):
    data: _Data
    annotations: list[_Annotation] | None = None
    predictions: list[_Annotation] | None = None


def offered(task: Any) -> Annotated:
    """What a task was made from: the report's text with its records, before anyone annotated it."""
    return _offered(_shaped(task))


def returned(task: Any, *, annotator: int | str | None = None) -> Annotated | None:
    """What people made of a task: the last annotation that was not cancelled (of `annotator`, where named).

    Where nobody annotated it, None. The records' fields go along with the regions that still have their ids.
    """
    shaped = _shaped(task)
    last = next(_annotations(shaped, annotator), None)
    return None if last is None else _read(shaped, last.result or [])


def predicted(task: Any) -> Annotated:
    """What a task's first prediction holds: what was sent out."""
    shaped = _shaped(task)
    first = (shaped.predictions or [_Annotation()])[0]
    return _read(shaped, first.result or [])


def annotator(task: Any) -> str:
    """Who made the annotation that `returned` reads; empty where it isn't said."""
    names = _names(next(_annotations(_shaped(task), None), _Annotation()))
    return str(next((name for name in names if name is not None), ""))


def annotated_at(task: Any) -> str:
    """When that annotation was last changed, as Label Studio says it; empty where it doesn't."""
    last = next(_annotations(_shaped(task), None), _Annotation())
    return last.updated_at or last.created_at or ""


def _shaped(task: Any) -> _Task:
    try:
        return msgspec.convert(task, type=_Task)
    except msgspec.ValidationError as error:
        raise ExchangeError(f"this is no task of Label Studio, exported as JSON with its data: {error}") from error


def _offered(task: _Task) -> Annotated:
    data = task.data
    return Annotated(text=data.text, spans=checked(data.records, data.text, "data.records"), about=data.report)


def _names(annotation: _Annotation) -> tuple[Any, ...]:
    by = annotation.completed_by
    return (by.get("email"), by.get("id")) if isinstance(by, dict) else (by,)


def _annotations(task: _Task, by: int | str | None) -> Iterator[_Annotation]:
    for one in reversed(task.annotations or []):
        if not one.was_cancelled and (by is None or str(by) in map(str, _names(one))):
            yield one


def _read(task: _Task, regions: list[_Region]) -> Annotated:
    base = _offered(task)
    known = {span.id: span.fields for span in base.spans}
    values = [(str(region.id), _value(region)) for region in regions if region.type == "labels"]
    ways = _ways(task, [value for _, value in values])
    spans = [_span(name, value, base.text, ways, known) for name, value in values]
    return Annotated(text=base.text, spans=checked(spans, base.text, "an annotation"), about=base.about)


def _value(region: _Region) -> _Value:
    try:
        value = msgspec.convert(region.value, type=_Value)
    except msgspec.ValidationError as error:
        raise ExchangeError(f"region {region.id}: {error}; it needs start, end and labels") from error
    if not value.labels:
        raise ExchangeError(f"region {region.id} has no label")
    return value


def _ways(task: _Task, values: list[_Value]) -> list[Offsets]:
    """The units, the one first in which most regions find their quotes; of equals the one in which the task was sent out."""
    text, quoted = task.data.text, [value for value in values if value.text is not None]

    def misses(unit: Unit) -> int:
        way = Offsets(text, unit)
        return sum(text[slice(*_place(way, value))] != value.text for value in quoted)

    return [Offsets(text, unit) for unit in sorted(UNITS, key=lambda unit: (misses(unit), unit != task.data.offsets))]


def _place(way: Offsets, value: _Value) -> tuple[int, int]:
    return way.back(value.start), way.back(value.end)


def _span(name: str, value: _Value, text: str, ways: list[Offsets], known: dict[str, dict[str, Any]]) -> Span:
    places = [_place(way, value) for way in ways]
    fits = [place for place in places if text[slice(*place)] == value.text]
    if value.text is not None and not fits and places[0] != places[1]:
        where = f"{value.start}–{value.end}"
        raise ExchangeError(f"region {name} says {value.text!r}, which stands neither at code points nor at UTF-16 units {where}")
    start, end = (fits or places)[0]
    return Span(id=name or f"new{start}", label=value.labels[0], start=start, end=end, fields=known.get(name, {}))
