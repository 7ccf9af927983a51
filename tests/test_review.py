"""The review page's data, and decisions: written, found again, applied, handed on. What the page does is in test_review_browser.py."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse import parse, parse_text
from reportparse.cli import main
from reportparse.comparison import compare
from reportparse.gold import faults, heading, plain_text
from reportparse.review import (
    Decision,
    append_decisions,
    apply_decisions,
    decide,
    effective,
    fixture_rows,
    gold_rows,
    load_decisions,
    place_decisions,
    review_page,
)  # fmt: skip
from reportparse.review.data import Sheet, embed, sheet_data
from reportparse.review.decisions import DecisionsError, identity
from reportparse.review.opening import open_reports, share_out
from reportparse.review.page import policy
from reportparse.review.serving import LIMIT, ReviewServer

TEXT = (
    "一、综合\n2023年，全市地区生产总值3735.68亿元，增长4.1%。粮食总产量158.4万吨，增长0.9%。\n"
    "二、交通\n新建公路120公里，旅客吞吐量居全省第3位。\n"
)


@pytest.fixture(scope="module")
def report():
    return parse_text(TEXT, name="r.txt")


def the(report, words):
    return next(r for r in report.records if r.text == words)


# --- the file


def test_decisions_are_lines_that_are_only_added(report, tmp_path):
    path = tmp_path / "d.jsonl"
    assert append_decisions(path, [decide(report, the(report, "4.1%"), "accept")]) == 1
    before = path.read_bytes()
    append_decisions(path, [decide(report, the(report, "4.1%"), "reject", who="王", when="2026-01-02T03:04:05Z")])
    assert path.read_bytes().startswith(before)
    first, last = load_decisions(path)
    assert (first.verdict, last.verdict, last.who, last.quote) == ("accept", "reject", "王", "4.1%")
    assert TEXT[last.start - len(last.before) : last.end + len(last.after)] == last.before + last.quote + last.after


def test_a_line_that_was_cut_off_does_not_spoil_the_next(report, tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_bytes(b'{"schema":"1.0","sha')
    append_decisions(path, [decide(report, report.records[0], "accept")])
    assert len(path.read_bytes().splitlines()) == 2
    with pytest.raises(DecisionsError, match="line 1 is no decision"):
        load_decisions(path)


@pytest.mark.parametrize(
    "change", [{"verdict": "maybe"}, {"start": -1}, {"end": 0}, {"start": "x"}, {"schema": "2.0"}, {"fields": []}], ids=str
)  # fmt: skip
def test_what_is_no_decision_is_refused(report, tmp_path, change):
    line = msgspec.to_builtins(decide(report, report.records[0], "accept")) | change
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(DecisionsError, match="line 1"):
        load_decisions(path)


def test_the_last_decision_on_a_figure_holds(report):
    one, other = report.records[0], report.records[1]
    lines = [decide(report, one, "accept"), decide(report, other, "accept"), decide(report, one, "withdraw"), decide(report, other, "reject")]
    assert [(d.id, d.verdict) for d in effective(lines)] == [(other.id, "reject")]


# --- applied


def test_accepted_records_lose_their_flags_and_rejected_ones_are_gone(report):
    ties = next(r for r in report.records if r.related)
    gone = next(r for r in report.records if r.id == ties.related[0].id)
    made, unplaced = apply_decisions(report, [decide(report, ties, "accept"), decide(report, gone, "reject")])
    assert not unplaced
    assert gone.id not in {r.id for r in made.records}
    kept = next(r for r in made.records if r.id == ties.id)
    assert kept.flags == ()
    assert kept.rules == (*ties.rules, "reviewed")
    assert not kept.related  # what it was tied to is gone
    assert made.text == report.text


def test_a_correction_makes_its_canonical_value_anew(report):
    output = the(report, "158.4万吨")
    made, unplaced = apply_decisions(report, [decide(report, output, "correct", value="15.84", unit="亿公斤", indicator="粮食产量")])
    now = next(r for r in made.records if r.id == output.id)
    assert not unplaced
    assert (now.indicator, now.value, now.unit, now.canonical_value, now.canonical_unit) == (
        "粮食产量", Decimal("15.84"), "亿公斤", Decimal(1584000000), "千克",
    )  # fmt: skip


def test_a_record_can_be_corrected_into_another_kind(report):
    rise = the(report, "0.9%")
    made, unplaced = apply_decisions(report, [decide(report, rise, "correct", kind="quantity", indicator="商品率")])
    now = next(r for r in made.records if r.start == rise.start)
    assert not unplaced
    assert (now.kind, now.value, now.unit, now.bound) == ("quantity", Decimal("0.9"), "%", "exact")


@pytest.mark.parametrize(
    "fields",
    [{"value": "12,5"}, {"value": "-3"}, {"period": "last year"}, {"status": "done"}, {"start": 3}, {"kind": "ranking"}, {"value": None}],
    ids=str,
)
def test_a_correction_that_cannot_be_is_told(report, fields):
    rise = the(report, "0.9%")
    line = msgspec.structs.replace(decide(report, rise, "correct"), fields=fields)
    made, unplaced = apply_decisions(report, [line])
    assert made.records == report.records
    assert "its correction can't be" in unplaced[0].why


def test_two_records_of_one_number_are_decided_on_apart(report):
    one = the(report, "4.1%")
    twin = msgspec.structs.replace(one, id="q" + one.id[1:], indicator="另一指标")
    both = msgspec.structs.replace(report, records=tuple(sorted((*report.records, twin), key=lambda r: r.start)))
    made, unplaced = apply_decisions(both, [decide(both, one, "reject"), decide(both, twin, "accept")])
    assert not unplaced
    assert [r.id for r in made.records if r.start == one.start] == [twin.id]


def test_decisions_follow_their_figures_into_another_edition(report):
    edition = parse_text("（更新）\n" + TEXT.replace("158.4万吨", "158.6万吨"), name="r.txt")
    lines = [decide(report, the(report, words), "accept") for words in ("3735.68亿元", "4.1%", "158.4万吨", "120公里")]
    placed, unplaced = place_decisions(edition, lines)
    assert [p.record.text for p in placed] == ["3735.68亿元", "4.1%", "120公里"]
    assert [(u.decision.quote, u.why) for u in unplaced] == [("158.4万吨", "the text does not hold these words any more")]


@given(at=st.integers(0, len(TEXT)), cut=st.integers(0, 40), put=st.text("年，0123456789.%亿元增长全市", max_size=30))
def test_whatever_was_edited_a_decision_goes_to_its_own_words_or_is_told(report, at, cut, put):
    """Every decision is placed or told; none is placed on other words, and those far from the edit are placed where they went."""
    edition = parse_text(TEXT[:at] + put + TEXT[at + cut :])
    lines = [decide(report, record, "reject") for record in report.records]
    placed, unplaced = place_decisions(edition, lines)
    assert len(placed) + len(unplaced) == len(lines) or not placed
    assert all(record is None or record.text == decision.quote for decision, record in placed)
    moved = len(put) - len(TEXT[at : at + cut])
    for decision, record in placed:
        if record is not None and (decision.end + 20 < at or decision.start - 20 > at + cut):
            assert record.start == decision.start + (moved if decision.start >= at else 0)


def test_a_figure_that_stands_twice_in_another_edition_is_not_guessed(report):
    line = msgspec.structs.replace(decide(report, the(report, "0.9%"), "accept"), before="没有这样的话，绝对没有", after="")
    edition = parse_text(TEXT + "林业增长0.9%，渔业增长0.9%。\n")
    placed, unplaced = place_decisions(edition, [line])
    assert not placed
    assert "can't be told from others" in unplaced[0].why


def test_an_accepted_figure_that_is_not_extracted_any_more_is_told_and_a_rejected_one_is_content(report):
    bare = msgspec.structs.replace(report, records=())
    lines = [decide(report, the(report, "4.1%"), "accept"), decide(report, the(report, "0.9%"), "reject")]
    _, unplaced = apply_decisions(bare, lines)
    assert [u.decision.quote for u in unplaced] == ["4.1%"]


def test_a_withdrawal_on_a_new_edition_takes_the_old_decision_back(report):
    edition = parse_text("（更新）\n" + TEXT)
    lines = [decide(report, the(report, "4.1%"), "reject"), decide(edition, the(edition, "4.1%"), "withdraw")]
    placed, unplaced = place_decisions(edition, lines)
    assert placed == unplaced == []


def test_decisions_on_several_reports_in_one_file_go_to_their_own(report):
    other = parse_text("全县财政收入45.6亿元，增长7.8%。\n")
    lines = [decide(report, the(report, "4.1%"), "accept"), decide(other, the(other, "7.8%"), "reject")]
    for one, quote in ((report, "4.1%"), (other, "7.8%")):
        placed, unplaced = place_decisions(one, lines)
        assert [p.decision.quote for p in placed] == [quote]
        assert not unplaced
    shared = share_out([report, other], lines)
    assert [[p.decision.quote for p in placed] for placed, _ in shared] == [["4.1%"], ["7.8%"]]


def test_decisions_on_no_report_at_hand_are_told_once(report):
    stranger = parse_text("全县财政收入45.6亿元，增长7.8%。\n")
    shared = share_out([report, parse_text("无关。\n")], [decide(stranger, the(stranger, "7.8%"), "accept")])
    assert sum(len(unplaced) for _, unplaced in shared) == 1


# --- handed on


def test_fixture_rows_hold_what_was_confirmed_and_what_must_not_come(report):
    lines = [
        decide(report, the(report, "4.1%"), "correct", status="preliminary"), decide(report, the(report, "0.9%"), "reject"),
        decide(report, the(report, "第3位"), "accept"),
    ]  # fmt: skip
    rows, unplaced = fixture_rows(report, lines)
    assert not unplaced
    assert [(row["text"], row.get("status"), row.get("absent")) for row in rows] == [
        ("4.1%", "preliminary", None), ("0.9%", None, True), ("第3位", "actual", None),
    ]  # fmt: skip
    assert rows[2]["rank"] == 3


def test_a_fixture_of_decisions_is_one_that_compare_takes(fixtures, tmp_path, capsys):
    source, path = fixtures / "stat-jiujiang-2023.txt", tmp_path / "expected.jsonl"
    report = parse(source)
    one, other, gone = report.records[:3]
    lines = [decide(report, one, "accept"), decide(report, other, "correct", period="2020"), decide(report, gone, "reject")]
    rows, _ = fixture_rows(report, lines)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    found = compare(source, path)
    assert [difference.outcome for difference in found.differences] == ["matched", "wrong", "extra"]
    made, _ = apply_decisions(report, lines)
    assert compare(made, path).same
    capsys.readouterr()


def test_gold_rows_have_their_places_in_golds_own_text(fixtures):
    source = fixtures / "env-guizhou-2023.html"
    report = parse(source)
    plain = plain_text(source)
    open_one = report.records[-1]
    lines = [decide(report, r, "reject" if k == 4 else "accept") for k, r in enumerate(report.records) if r is not open_one]
    rows, unplaced = gold_rows(report, plain, lines)
    assert not unplaced
    windows = [row for row in rows if row["kind"] == "window"]
    figures = [row for row in rows if row["kind"] not in ("window", "skip")]
    assert len(figures) > 40
    known = {"".join(r.text.split()) for r in report.records}
    assert {"".join(plain[row["start"] : row["end"]].split()) for row in figures} <= known
    assert all(any(w["start"] <= row["start"] < row["end"] <= w["end"] for w in windows) for row in figures)
    rejected = report.records[4]
    assert rejected.text in {plain[row["start"] : row["end"]] for row in rows if row["kind"] == "skip"}
    document = heading(source, title=report.title, genre=report.genre, region=report.region, year=report.year, origin=None)
    assert list(faults(document, rows, plain)) == []
    sentence = open_one.sentence.strip()
    assert not any(sentence in plain[w["start"] : w["end"]] for w in windows)  # it waits for a decision


def test_gold_of_a_file_that_is_not_utf8_or_not_at_hand_is_told(fixtures, tmp_path, capsys):
    source, made, decisions = fixtures / "fin-anshun-2023.txt", tmp_path / "r.json", tmp_path / "d.jsonl"
    report = parse(source)
    append_decisions(decisions, [decide(report, report.records[0], "accept")])
    assert main(["decide", str(source), "--decisions", str(decisions), "--format", "gold"]) == 1
    assert "save a copy as UTF-8" in capsys.readouterr().err
    made.write_text(report.to_json(), encoding="utf-8")
    assert main(["decide", str(made), "--decisions", str(decisions), "--format", "gold"]) == 1
    assert "name that" in capsys.readouterr().err
    assert gold_rows(report, "另一份文本12个。", load_decisions(decisions))[0] == []


# --- the page


def page_data(html, name="data"):
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)[1])


def test_the_page_holds_no_address_and_allows_only_its_own_script_and_style(report):
    html = review_page([report])
    bare = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?!data:,)[^"'>\s]""", re.sub(r"<script>.*?</script>", "", bare, flags=re.DOTALL))
    assert not re.findall(r"\son\w+\s*=", re.sub(r"<(script|style)>.*?</\1>", "", bare, flags=re.DOTALL))
    for tag in ("script", "style"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", bare, re.DOTALL)
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'" in html
    assert "default-src 'none'" in policy(served=False)
    assert "connect-src 'none'" in policy(served=False)
    assert "unsafe" not in policy(served=True)


def test_the_script_makes_no_markup_of_text():
    html = review_page([])
    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)[1]
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|setAttribute\(.on", script)


def test_the_page_says_everything_in_both_languages():
    words = page_data(review_page([]), "words")
    assert words["en"].keys() == words["zh"].keys()
    page = (Path(__file__).parent.parent / "docs/flags.md").read_text(encoding="utf-8")
    flags = set(re.findall(r"^\| `(\w+)`", page.split("## Warnings")[0], re.MULTILINE))
    untold = flags - {name.removeprefix("flag_") for name in words["en"]}
    assert not untold, "a new flag needs its words in review/assets/words.json"


def test_every_record_is_in_the_data_with_its_place(report):
    data = page_data(review_page([report]))["reports"][0]
    assert [(r["id"], r["start"], r["end"]) for r in data["records"]] == [(r.id, r.start, r.end) for r in report.records]
    first = data["records"][0]
    low, high = first["sentence"]
    assert data["text"][low:high] == report.records[0].sentence
    assert data["paths"][first["path"]] == list(report.records[0].section)


def test_embedded_text_cannot_end_its_element_or_break_json():
    hostile = {"a": "</script><script>alert(1)</script><!--", "b": "\u2028\u2029\x00\ud800", "c": "]]>&amp;"}
    text = embed(hostile)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == hostile | {"b": "\u2028\u2029\x00?"}
    text.encode()


def test_findings_are_given_as_data(report):
    finding = {"records": [report.records[0].id], "severity": "error", "message": "does not add up", "quotes": [{"text": "4.1%"}, "x"]}
    data = sheet_data(Sheet(report, findings=[finding]))
    assert data["findings"][0]["quotes"] == ["4.1%", "x"]


def test_what_the_audit_finds_stands_beside_its_records(tmp_path):
    source, out = tmp_path / "r.txt", tmp_path / "p.html"
    source.write_text("某市2023年统计公报\n2023年，年末常住人口454.06万人，户籍人口占常住人口比重为132.5%。\n全年粮食总产量158.4万吨。全年粮食总产量160.2万吨。\n")
    assert main(["review", str(source), "--out", str(out)]) == 0
    data = page_data(out.read_text(encoding="utf-8"))["reports"][0]
    ids = {r["id"] for r in data["records"]}
    assert data["findings"]
    assert all(set(finding["records"]) <= ids and finding["message"] and finding["quotes"] for finding in data["findings"])
    assert main(["review", str(source), "--out", str(out), "--no-audit"]) == 0
    assert not page_data(out.read_text(encoding="utf-8"))["reports"][0]["findings"]


def test_unplaced_decisions_are_in_the_page(report):
    lost = msgspec.structs.replace(decide(report, report.records[0], "accept"), quote="不在文中", start=1, end=5)
    placed, unplaced = place_decisions(report, [lost])
    data = page_data(review_page([Sheet(report, placed=placed, unplaced=unplaced)]))["reports"][0]
    assert data["unplaced"][0]["quote"] == "不在文中"


# --- what can be opened


def test_reports_come_from_files_from_json_and_from_a_store(fixtures, tmp_path, capsys):
    names = [fixtures / "env-guizhou-2023.html", fixtures / "stat-jiujiang-2023.txt"]
    made = tmp_path / "r.json"
    assert main(["extract", *map(str, names), "--format", "json", "--out", str(made)]) == 0
    from_json = open_reports(made, "r.json")
    assert [one.report for one in from_json] == [parse(name) for name in names]
    assert [one.source for one in from_json] == [None, None]
    store = tmp_path / "s.duckdb"
    assert main(["batch", *map(str, names), "--out", str(store), "--workers", "1"]) == 0
    from_store = open_reports(store, "s.duckdb")
    assert {one.report.sha256 for one in from_store} == {one.report.sha256 for one in from_json}
    assert {one.source for one in from_store} == set(names)
    capsys.readouterr()


def test_a_text_that_opens_with_a_bracket_is_a_text(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("[2023]全市粮食总产量158.4万吨。\n", encoding="utf-8")
    (one,) = open_reports(path, "r.txt")
    assert one.report.records


def test_json_that_is_no_report_is_told(tmp_path, capsys):
    path = tmp_path / "r.json"
    path.write_text('{"a": 1}', encoding="utf-8")
    assert main(["review", str(path), "--out", str(tmp_path / "p.html")]) == 1
    assert "no report" in capsys.readouterr().err


def test_the_command_tells_which_decisions_no_longer_stand(report, tmp_path, capsys):
    source, decisions, out = tmp_path / "r.txt", tmp_path / "d.jsonl", tmp_path / "p.html"
    source.write_text(TEXT.replace("158.4万吨", "158.6万吨"), encoding="utf-8")
    append_decisions(decisions, [decide(report, the(report, words), "accept") for words in ("3735.68亿元", "4.1%", "158.4万吨")])
    assert main(["review", str(source), "--decisions", str(decisions), "--out", str(out)]) == 0
    assert "no longer stands: accept of '158.4万吨'" in capsys.readouterr().err
    assert [d["verdict"] for d in page_data(out.read_text(encoding="utf-8"))["reports"][0]["decisions"]] == ["accept", "accept"]
    assert main(["decide", str(source), "--decisions", str(decisions), "--format", "fixture"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_missing_decisions_file_is_told(fixtures, tmp_path, capsys):
    given = [str(fixtures / "env-guizhou-2023.html"), "--decisions", str(tmp_path / "none.jsonl")]
    assert main(["review", *given, "--out", str(tmp_path / "p.html")]) == 1
    assert main(["decide", *given]) == 1
    assert "no such file" in capsys.readouterr().err


# --- served


@pytest.fixture
def server(report, tmp_path):
    path = tmp_path / "d.jsonl"
    made = ReviewServer(lambda: review_page([report], served=True), path, {identity(report)})
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def ask(server, method="POST", path="/decisions", body=b"", token=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    given = {"Content-Type": "application/x-ndjson"} | {name.replace("_", "-"): value for name, value in headers.items()}
    query = f"?token={server.token if token is None else token}"
    try:
        connection.request(method, path + query, body=body if method == "POST" else None, headers=given)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def line_of(report):
    return msgspec.json.encode(decide(report, report.records[0], "accept")) + b"\n"


def test_served_decisions_are_written_as_they_come(server, report):
    assert ask(server, body=line_of(report) * 2) == (200, b'{"written": 2}')
    assert [d.id for d in load_decisions(server.decisions)] == [report.records[0].id] * 2
    status, body = ask(server, "GET", "/")
    assert status == 200
    assert page_data(body.decode())["served"] is True


def test_only_this_machine_is_served(server):
    assert server.server_address[0] == "127.0.0.1"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", server.url)


@pytest.mark.parametrize(
    ("status", "how"),
    [
        (403, {"token": "wrong"}), (403, {"token": ""}), (403, {"method": "GET", "path": "/", "token": "x"}),
        (421, {"Host": "evil.example"}), (403, {"Origin": "http://evil.example"}), (403, {"Origin": "null"}),
        (404, {"path": "/other"}), (404, {"method": "GET", "path": "/decisions"}), (501, {"method": "DELETE"}), (501, {"method": "PUT"}),
        (415, {"Content_Type": "text/plain"}), (400, {"body": b"{}"}), (400, {"body": b"\xff\xfe"}), (413, {"body": b""}),
        (413, {"Content_Length": str(LIMIT + 1)}), (413, {"Content_Length": "-1"}),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_asked_rightly_writes_nothing(server, report, status, how):
    given = {"body": line_of(report)} | how
    assert ask(server, **given)[0] == status
    assert not server.decisions.exists()


def test_decisions_on_reports_that_are_not_shown_are_refused(server):
    other = parse_text("全县财政收入45.6亿元。\n")
    assert ask(server, body=line_of(other))[0] == 400
    assert not server.decisions.exists()


def test_a_decisions_file_that_was_spoilt_meanwhile_is_told(report, tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    made = ReviewServer(lambda: str(load_decisions(path)), path, {identity(report)})
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        status, why = ask(made, "GET", "/")
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
    assert status == 500
    assert b"line 1 is no decision" in why


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent as a signal")
def test_the_command_serves_until_it_is_stopped(fixtures, tmp_path):
    source, decisions = fixtures / "stat-jiujiang-2023.txt", tmp_path / "d.jsonl"
    command = [sys.executable, "-m", "reportparse", "review", str(source), "--serve", "--decisions", str(decisions), "--who", "李"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:
        try:
            url = run.stdout.readline().strip()
            with urllib.request.urlopen(url, timeout=30) as answer:
                data = page_data(answer.read().decode())
            assert (data["served"], data["who"]) == (True, "李")
            body = msgspec.json.encode(decide(parse(source), parse(source).records[0], "accept"))
            sent = urllib.request.Request(url.replace("/?", "/decisions?"), data=body, headers={"Content-Type": "application/x-ndjson"})
            with urllib.request.urlopen(sent, timeout=30) as answer:
                assert answer.status == 200
        finally:
            run.send_signal(signal.SIGINT)
        assert run.wait(timeout=30) == 0
    assert [d.verdict for d in load_decisions(decisions)] == ["accept"]


def test_a_folder_that_is_no_store_is_told(tmp_path, capsys):
    assert main(["review", str(tmp_path), "--out", str(tmp_path / "p.html")]) == 1
    assert "name the reports in it" in capsys.readouterr().err


def test_the_schema_of_a_decision_is_stable():
    assert Decision.__struct_fields__ == (
        "schema", "sha256", "id", "start", "end", "quote", "before", "after", "verdict", "fields", "who", "when",
    )  # fmt: skip
