"""brat stand-off: the text in NAME.txt, its spans in NAME.ann, offsets in code points.

Status, bound and direction are attributes, ties between records are relations, and a note holds a record's other fields as JSON
(the first one also what is known of the report).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reportparse.exchange.model import KINDS, Annotated, ExchangeError, Span, checked

ATTRIBUTES = ("status", "bound", "direction", "rank_type")
"""Fields that are shown as attributes; they stand in the note too, which is what is read back."""
_TIES = ("change_of", "rank_of", "target_of", "part_of", "share_of")
_NOTE = "AnnotatorNotes"
_BLANK = re.compile(r"[\t\r\n]")
_TEXT_BOUND = re.compile(r"(?P<id>T\d++)\t(?P<label>\S++) (?P<places>\d++ \d++(?:;\d++ \d++)*+)(?:\t|\Z)")


def config() -> str:
    """annotation.conf for a collection of such files."""
    values = {"status": "actual|preliminary|target", "direction": "up|down", "rank_type": "exact|top|bottom"}
    values["bound"] = "exact|approx|at_least|more_than|at_most|less_than"
    attributes = "\n".join(f"{name}\tArg:<ENTITY>, Value:{values[name]}" for name in ATTRIBUTES)
    ties = "\n".join(f"{tie}\tArg1:<ENTITY>, Arg2:<ENTITY>" for tie in _TIES)
    return "\n".join(["[entities]", *KINDS, "[relations]", ties, "[events]", "[attributes]", attributes, ""])


def write(found: Annotated) -> tuple[str, str]:
    """The two files of a report: its text as it is, and the stand-off lines."""
    return found.text, "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Annotated) -> Iterator[str]:
    names = {span.id: f"T{k}" for k, span in enumerate(found.spans, 1)}
    attribute = relation = 0
    for k, span in enumerate(found.spans, 1):
        yield f"T{k}\t{span.label} {span.start} {span.end}\t{_BLANK.sub(' ', found.quote(span))}"
        for field in ATTRIBUTES:
            if span.fields.get(field) is not None:
                attribute += 1
                yield f"A{attribute}\t{field} T{k} {span.fields[field]}"
        for tie in span.fields.get("related", ()):
            if tie["id"] in names:
                relation += 1
                yield f"R{relation}\t{tie['type']} Arg1:T{k} Arg2:{names[tie['id']]}"
        note = {"id": span.id, "fields": span.fields} | ({"report": found.about} if k == 1 else {})
        yield f"#{k}\t{_NOTE} T{k}\t{json.dumps(note, ensure_ascii=False)}"


def read(text: str, ann: str) -> Annotated:
    """The spans of a pair of files; what an annotator added has the brat id for its id and no fields.

    Events, equivalences and normalizations are passed over; of a span in pieces the whole stretch is taken.
    """
    notes: dict[str, dict[str, Any]] = {}
    bound: list[tuple[str, str, int, int]] = []
    about: dict[str, Any] = {}
    for number, line in enumerate(ann.split("\n"), 1):
        if line.startswith("T"):
            bound.append(_text_bound(line, number))
        elif line.startswith("#") and _NOTE in line:
            _, head, note = ([*line.split("\t", 2), "", ""])[:3]
            content = _content(note)
            if "fields" in content:
                notes[head.partition(" ")[2]] = content
                about = content.get("report", about)
    spans = []
    for name, label, start, end in bound:
        kept = notes.get(name, {})
        spans.append(Span(id=str(kept.get("id", name)), label=label, start=start, end=end, fields=kept.get("fields", {})))
    return Annotated(text=text, spans=checked(spans, text, "the .ann file"), about=about)


def _text_bound(line: str, number: int) -> tuple[str, str, int, int]:
    found = _TEXT_BOUND.match(line)
    if found is None:
        raise ExchangeError(f"line {number} of the .ann file is no text-bound annotation: {line[:60]!r}")
    places = [int(place) for place in re.findall(r"\d+", found["places"])]
    return found["id"], found["label"], min(places), max(places)


def _content(note: str) -> dict[str, Any]:
    """What a note of ours holds; an annotator's own is no JSON and says nothing of fields."""
    try:
        content = json.loads(note)
    except ValueError:
        return {}
    ours = isinstance(content, dict) and all(isinstance(content.get(part, {}), dict) for part in ("fields", "report"))
    return content if ours else {}
