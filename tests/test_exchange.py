"""Round trips through the formats of annotation tools, offsets in each one's unit, and what annotators decided."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportparse
from reportparse.cli import main
from reportparse.errors import MissingExtra
from reportparse.exchange import (
    Annotated,
    ExchangeError,
    Span,
    annotated,
    brat,
    decided,
    label_studio,
    records,
    web_annotation,
)
from reportparse.exchange.offsets import Offsets
from reportparse.review.applying import apply_decisions

FILES = ("env-guizhou-2023.html", "stat-jiujiang-2024.html", "bud-yueyang-2025.html")
# Characters beyond U+FFFF, and every sign that some format might take for its own: blanks, newlines, separators, quotes.
SIGNS = st.one_of(st.sampled_from("𠮷😀一3亿％\t\n\r\u2028\x85\"'<>&#;,：。 "), st.characters(exclude_categories=["Cs"]))
TEXTS = st.text(alphabet=SIGNS, min_size=1)
VALUES = st.one_of(st.none(), st.text(max_size=9), st.lists(st.text(max_size=3)))
FIELDS = st.dictionaries(st.sampled_from(["indicator", "status", "value", "flags"]), VALUES)


@st.composite
def annotations(draw: st.DrawFn) -> Annotated:
    text = draw(TEXTS)
    places = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=6))
    spans = sorted((a, b) for a, b in places if a < b)
    made = tuple(
        Span(id=f"q{k}", label=draw(st.sampled_from(["quantity", "change", "ranking"])), start=a, end=b, fields=draw(FIELDS) | {"id_": k})
        for k, (a, b) in enumerate(spans)
    )
    return Annotated(text=text, spans=made, about={"title": draw(st.text(min_size=1, max_size=9)), "sha256": "0" * 64} if made else {})


def through_json(value):
    return json.loads(json.dumps(value, ensure_ascii=False))


@given(annotations(), st.sampled_from(["code-points", "utf-16"]))
def test_label_studio_loses_nothing(found, unit):
    assert label_studio.offered(through_json(label_studio.task(found))) == found
    assert label_studio.predicted(through_json(label_studio.task(found, unit=unit))) == found


@given(annotations())
def test_web_annotation_loses_nothing(found):
    assert web_annotation.read(through_json(web_annotation.page(found)), found.text).spans == found.spans
    assert web_annotation.read(through_json(web_annotation.page(found)), found.text).about == found.about


@given(annotations())
def test_brat_loses_nothing(found):
    text, ann = brat.write(found)
    assert text == found.text
    assert brat.read(text.encode().decode(), ann.encode().decode()) == found


@given(annotations())
def test_spacy_loses_nothing(found):
    pytest.importorskip("spacy", reason="spaCy is not installed: its Docs are not tried")
    from reportparse.exchange import spacy_doc

    made = spacy_doc.doc(found)
    assert made.text == found.text
    back = spacy_doc.read(made)
    assert sorted(back.spans, key=lambda s: s.id) == sorted(found.spans, key=lambda s: s.id)


def test_without_spacy_the_extra_is_named(monkeypatch):
    import sys

    from reportparse.exchange import spacy_doc

    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match=r"reportparse\[spacy\]"):
        spacy_doc.doc(Annotated(text="3", spans=()))


@given(TEXTS, st.data())
def test_utf16_offsets_are_those_of_the_encoded_text(text, data):
    place = data.draw(st.integers(0, len(text)))
    units = len(text[:place].encode("utf-16-le")) // 2
    both = Offsets(text, "utf-16")
    assert both.out(place) == units
    assert both.back(units) == place
    assert Offsets(text, "code-points").out(place) == place


def test_offsets_are_in_the_unit_of_the_format():
    found = annotated(reportparse.parse_text("𠮷𠮷县2023年粮食总产量158.4万吨。"))
    (span,) = found.spans
    assert found.text[span.start : span.end] == "158.4万吨"

    def region(unit):
        return label_studio.task(found, unit=unit)["predictions"][0]["result"][0]["value"]

    assert region("code-points")["start"] == span.start
    assert region("utf-16")["start"] == span.start + 2
    utf16 = found.text.encode("utf-16-le")
    assert utf16[2 * region("utf-16")["start"] : 2 * region("utf-16")["end"]].decode("utf-16-le") == "158.4万吨"
    assert web_annotation.page(found)["items"][0]["target"]["selector"][0]["start"] == span.start
    assert f" {span.start} {span.end}\t158.4万吨" in brat.write(found)[1]
    for unit in ("code-points", "utf-16"):
        assert label_studio.predicted(label_studio.task(found, unit=unit)) == found


@pytest.mark.parametrize("name", FILES)
def test_reports_come_back_with_the_same_records(fixtures, name):
    report = reportparse.parse(fixtures / name)
    found = annotated(report)
    ways = [
        found,
        label_studio.predicted(through_json(label_studio.task(found))),
        web_annotation.read(through_json(web_annotation.page(found)), report.text),
        brat.read(*brat.write(found)),
    ]
    assert all(records(way) == report.records and way == found for way in ways)


def annotation(found, change):
    """A task as it comes back from Label Studio, after `change` of its regions."""
    task = through_json(label_studio.task(found))
    regions = task["predictions"][0]["result"]
    return task | {"annotations": [{"result": change(regions), "completed_by": {"id": 3, "email": "a@example.org"}}]}


def test_what_annotators_decided_is_applied_to_the_next_run(fixtures):
    report = reportparse.parse(fixtures / FILES[0])
    found = annotated(report)
    task = annotation(found, lambda regions: regions[1:])
    decisions, added, moved = decided(label_studio.offered(task), label_studio.returned(task), who=label_studio.annotator(task))
    assert (decisions[0].verdict, decisions[0].who) == ("reject", "a@example.org")
    assert {decision.verdict for decision in decisions[1:]} == {"accept"}
    assert not added
    assert not moved
    after, lost = apply_decisions(report, decisions)
    assert not lost
    assert len(after.records) == len(report.records) - 1


def test_added_and_moved_spans_are_told(fixtures):
    found = annotated(reportparse.parse(fixtures / FILES[0]))

    def change(regions):
        first = regions[0] | {"value": regions[0]["value"] | {"start": regions[0]["value"]["start"] - 1, "text": None}}
        new = regions[1] | {"id": "xYz", "value": {"start": 0, "end": 2, "text": found.text[:2], "labels": ["ranking"]}}
        return [first, *regions[1:], new]

    task = annotation(found, change)
    decisions, added, moved = decided(label_studio.offered(task), label_studio.returned(task))
    assert [(span.id, span.label, span.start, span.fields) for span in added] == [("xYz", "ranking", 0, {})]
    assert [was.id for was, _ in moved] == [found.spans[0].id]
    assert decisions[0].verdict == "reject"


def test_cancelled_annotations_do_not_count(fixtures):
    found = annotated(reportparse.parse(fixtures / FILES[0]))
    task = label_studio.task(found)
    assert label_studio.returned(task) is None
    task["annotations"] = [{"result": [], "completed_by": 1}, {"result": None, "was_cancelled": True, "completed_by": 2}]
    assert label_studio.returned(task).spans == ()
    assert label_studio.returned(task, annotator=2) is None
    assert label_studio.returned(task, annotator="1") is not None


def test_a_web_annotation_is_found_where_the_text_has_moved():
    found = annotated(reportparse.parse_text("2023年，全市粮食总产量158.4万吨，比上年增长0.9%。"))
    page = web_annotation.page(found)
    moved = web_annotation.read(page, "（更新）" + found.text)
    assert [moved.quote(span) for span in moved.spans] == ["158.4万吨", "0.9%"]
    with pytest.raises(ExchangeError, match="not found once"):
        web_annotation.read(page, "别的文字" * 9)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: label_studio.offered({}),
        lambda: label_studio.offered({"data": {"text": "3亿", "records": [{"id": "q0"}]}}),
        lambda: label_studio.predicted({"data": {"text": "3亿"}, "predictions": [{"result": [{"type": "labels", "value": {"start": 0}}]}]}),
        lambda: label_studio.predicted(
            {"data": {"text": "3亿"}, "predictions": [{"result": [{"type": "labels", "value": {"start": 0, "end": 9, "labels": ["quantity"]}}]}]}
        ),
        lambda: brat.read("3亿", "T1\tquantity x y\t3亿\n"),
        lambda: brat.read("3亿", "T1\tquantity 0 9\t3亿\n"),
        lambda: web_annotation.read({"items": [{}]}, "3亿"),
        lambda: web_annotation.read([], "3亿"),
        lambda: records(Annotated(text="3亿", spans=(Span(id="q0", label="quantity", start=0, end=2, fields={"unit": 3}),))),
    ],
)
def test_what_is_wrong_with_a_file_is_told(wrong):
    with pytest.raises(ExchangeError):
        wrong()


def test_brat_of_an_annotator_is_read():
    found = brat.read("产量3亿吨，增长2%", "T1\tquantity 2 5\t3亿吨\nT2\tchange 8 9;9 10\t2 %\n#1\tAnnotatorNotes T2\t看过\nE1\tx:T1\n\n")
    assert [(span.id, span.label, found.quote(span)) for span in found.spans] == [("T1", "quantity", "3亿吨"), ("T2", "change", "2%")]


def test_the_command_takes_reports_out_and_annotations_in(fixtures, tmp_path, capsys):
    report, tasks, folder = str(fixtures / FILES[0]), tmp_path / "tasks.json", tmp_path / "brat"
    assert main(["annotate", report, "--to", "label-studio", "--out", str(tasks)]) == 0
    sent = json.loads(tasks.read_text(encoding="utf-8"))
    sent[0]["annotations"] = [
        {"result": sent[0]["predictions"][0]["result"][:-1], "completed_by": 1, "updated_at": "2026-11-23T10:00:00Z"}
    ]
    back = tmp_path / "export.json"
    back.write_text(json.dumps(sent), encoding="utf-8")
    decisions = tmp_path / "decisions.jsonl"
    assert main(["annotate", str(back), "--from", "label-studio", "--out", str(decisions)]) == 0
    assert '"who":"1","when":"2026-11-23T10:00:00Z"' in decisions.read_text(encoding="utf-8")
    assert main(["decide", report, "--decisions", str(decisions), "--out", str(tmp_path / "reviewed.json")]) == 0
    assert main(["annotate", report, "--to", "brat", "--out", str(folder)]) == 0
    (ann,) = folder.glob("*.ann")
    capsys.readouterr()
    assert main(["annotate", str(ann), "--from", "brat", "--report", report]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["verdict"] for one in told} == {"accept"}
    assert main(["annotate", report, "--to", "w3c", "--out", str(tmp_path / "page.json")]) == 0
    assert main(["annotate", str(tmp_path / "page.json"), "--from", "w3c", "--report", report, "--to", "spans"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(told)


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (["annotate"], 2, "name reports"),
        (["annotate", "x.html", "--to", "decisions"], 2, "--from FORMAT"),
        (["annotate", "no-such.html", "--to", "w3c"], 1, "no such file"),
        (["annotate", "--to", "w3c", "--config"], 2, "--config is for"),
        (["annotate", "fixtures/env-guizhou-2023.html", "--to", "brat"], 1, "--out FOLDER"),
        (["annotate", "fixtures/env-guizhou-2023.html", "--from", "label-studio"], 1, "no JSON"),
    ],
)
def test_wrong_use_is_told(words, status, why, capsys, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(Path(__file__).parent.parent)
    assert main(words) == status
    assert why in capsys.readouterr().err


def test_the_labeling_interface_is_xml_with_the_three_kinds(capsys):
    from xml.etree import ElementTree as ET

    assert main(["annotate", "--to", "label-studio", "--config"]) == 0
    view = ET.fromstring(capsys.readouterr().out)
    assert [label.get("value") for label in view.iter("Label")] == ["quantity", "change", "ranking"]
    assert view.find("Text").get("value") == "$text"


WORDS = [
    "id", "label", "start", "end", "fields", "text", "labels", "value", "type", "kind", "unit", "data", "records", "report", "predictions",
    "annotations", "result", "items", "body", "target", "selector", "exact", "prefix", "suffix", "TextQuoteSelector", "purpose", "tagging",
    "was_cancelled", "completed_by",
]  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 9), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_whatever_a_file_holds_is_read_or_refused(value, nested):
    whole = {"data": {"text": "产量3亿吨", "records": value}, "predictions": value, "annotations": [{"result": value}]} if nested else value
    for read in (
        lambda: label_studio.offered(whole),
        lambda: label_studio.predicted(whole),
        lambda: label_studio.returned(whole),
        lambda: label_studio.predicted({"data": {"text": "产量3亿吨"}, "predictions": [{"result": value}]}),
        lambda: label_studio.returned({"data": {"text": "产量3亿吨"}, "annotations": [{"result": value}]}),
        lambda: web_annotation.read({"items": value}, "产量3亿吨"),
        lambda: web_annotation.read({"items": [{"id": "a", "body": value, "target": value}]}, "产量3亿吨"),
        lambda: web_annotation.read({"items": [{"id": "a", "target": {"selector": value}}]}, "产量3亿吨"),
        lambda: brat.read("产量3亿吨", "T1\tquantity 2 5\t3亿吨\n#1\tAnnotatorNotes T1\t" + json.dumps(value) + "\n"),
        lambda: brat.read("产量3亿吨", "T1\tquantity 2 5\t3亿吨\n#1\tAnnotatorNotes T1\t" + json.dumps({"fields": value, "report": value}) + "\n"),
    ):
        with contextlib.suppress(ExchangeError):
            found = read()
            if found is not None:
                records(found)
