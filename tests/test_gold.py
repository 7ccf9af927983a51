"""Hand-made gold: the checker sees what is wrong, the builder gives scorers what they need, our own files are in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportparse import gold

OURS = sorted((Path(__file__).parent.parent / "corpora" / "gold").glob("*.gold.jsonl"))
TEXT = "一、综合\n全年云溪市生产总值12.5亿元，增长5.2%。\n共有３个县。\n"


def amount(mention: str, **fields: object) -> gold.Row:
    start = TEXT.index(mention)
    row = {"kind": "quantity", "start": start, "end": start + len(mention), "indicator": ["生产总值"], "subject": None}
    row |= {"period": "2025", "status": "actual", "value": "12.5", "unit": "亿元", "bound": "exact"}
    return row | fields


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "yunxi.txt"
    path.write_text(TEXT, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def document(source):
    return gold.heading(
        source, title="云溪市公报", genre="statistical_bulletin", region="云溪市", year=2025, origin="none"
    )


ROWS = [
    {"kind": "window", "start": 5, "end": len(TEXT) - 1},
    amount("12.5亿元"),
    amount("5.2%", kind="change", value="5.2", unit="%", direction="up", basis=["year_on_year", "2024"]),
    amount("３个", indicator="县", value="3", unit="个"),
]


def test_good_rows_have_no_faults(document):
    assert list(gold.faults(document, ROWS, TEXT)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "level"}, "kind 'level'"),
        ({"status": ["actual", "planned"]}, "status"),
        ({"period": "2025年"}, "period"),
        ({"bound": "about"}, "bound"),
        ({"value": "12.6"}, "not what is printed"),
        ({"value": "12,5"}, "value"),
        ({"unit": "万元"}, "unit"),
        ({"end": 18}, "overlaps|not what is printed"),
        ({"start": None}, "no place"),
        ({"indicator": []}, "indicator"),
        ({"start": 0, "end": 1}, "outside the windows"),
    ],
)
def test_a_wrong_row_is_told(document, change, told):
    rows = [ROWS[0], ROWS[1] | change, *ROWS[2:]]
    assert any(part in fault for fault in gold.faults(document, rows, TEXT) for part in told.split("|"))


def test_a_numeral_without_a_row_is_told(document):
    assert list(gold.faults(document, ROWS[:-1], TEXT)) == [f"{TEXT.index('３')}: numeral 3 has no row"]


def test_another_text_is_told(document):
    assert "not the one that was annotated" in next(gold.faults(document, ROWS, TEXT + "。"))


def test_a_file_is_written_and_read_back(tmp_path, document):
    path = tmp_path / "yunxi.gold.jsonl"
    gold.save(path, document, ROWS)
    assert gold.load(path) == (document, ROWS)


@pytest.mark.parametrize("text", ["", "{", "[]\n", '{"kind": "skip"}\n'])
def test_a_file_that_is_no_gold_is_refused(tmp_path, text):
    path = tmp_path / "bad.gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(gold.GoldError, match="bad"):
        gold.load(path)


def test_building_gives_source_text_rows_and_regions(tmp_path, document):
    path = tmp_path / "yunxi.gold.jsonl"
    gold.save(path, document, ROWS)
    into = tmp_path / "built"
    assert gold.main(["build", str(path), "--sources", str(tmp_path), "--into", str(into)]) == 0
    window, *rows = [json.loads(line) for line in (into / path.name).read_text(encoding="utf-8").splitlines()]
    assert (into / "yunxi.txt").read_text(encoding="utf-8") == TEXT
    assert json.loads((into / "regions.json").read_text(encoding="utf-8")) == {"yunxi": "云溪市"}
    assert rows == ROWS[1:]
    for end in ("from", "to"):
        assert TEXT.count(window[end]) == 1
    assert (TEXT.index(window["from"]), TEXT.index(window["to"]) + len(window["to"])) == (5, len(TEXT) - 1)


def test_building_refuses_a_changed_source(tmp_path, source, document, capsys):
    path = tmp_path / "yunxi.gold.jsonl"
    gold.save(path, document, ROWS)
    source.write_text("别的文字", encoding="utf-8")
    assert gold.main(["build", str(path), "--sources", str(tmp_path), "--into", str(tmp_path / "built")]) == 1
    assert "not the one that was annotated" in capsys.readouterr().err


def test_html_is_read_line_by_line_without_scripts(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<script>var a = 1</script><p>增长\r\n<b>5</b>%</p>\n\n<p> 完 </p>", encoding="utf-8")
    assert gold.plain_text(page) == "增长\n5\n%\n完\n"


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name.removesuffix(".gold.jsonl"))
def test_our_rows_are_in_order(path):
    document, rows = gold.load(path)
    assert list(gold.faults(document, rows)) == []
    phrases = [
        phrase
        for row in rows
        for field in ("indicator", "subject", "scope")
        for phrase in gold.readings(row.get(field))
    ]
    assert max(len(phrase or "") for phrase in phrases) <= 40, "short phrases only: no sentence of a report"


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name.removesuffix(".gold.jsonl"))
def test_our_rows_fit_the_reports(path, shared):
    document, rows = gold.load(path)
    source = shared / "corpus" / document["file"]
    assert gold.digest(source.read_bytes()) == document["sha256"]
    assert list(gold.faults(document, rows, gold.plain_text(source))) == []


def test_there_are_enough_figures():
    counts = [
        sum(row["kind"] not in ("skip", "window") and not row.get("optional") for row in gold.load(path)[1])
        for path in OURS
    ]
    assert len(counts) >= 6
    assert min(counts) >= 50
