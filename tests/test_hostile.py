"""Hostile files: each gives records or one clear error, within 30 seconds and a gigabyte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import hostile_inputs
import hostile_pdfs
import pytest

from reportparse import Report, batch, open_store, parse
from reportparse.errors import BrokenSource, ReportError, SourceTooLarge
from reportparse.reading import pdf, pdf_streams, pdf_trial

pytest.importorskip("resource", reason="limits of memory are set as Unix sets them")


def tried(data: bytes) -> tuple[Report | None, str]:
    """The report, or why it was refused."""
    try:
        return parse(data, name="any"), ""
    except ReportError as error:
        return None, str(error)


@pytest.mark.parametrize("name", hostile_inputs.SMALL)
def test_records_or_one_clear_error(name):
    data = hostile_inputs.SMALL[name]()
    report, refused = tried(data)
    if report is None:
        assert len(refused) > 20
        return
    for one in (*report.records, *report.unread):
        assert report.text[one.start : one.end] == one.text
    assert "\\ud8" not in report.to_json().lower()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*hostile_inputs.BIG, *hostile_inputs.SMALL])
def test_within_limits(name):
    done = subprocess.run(
        [sys.executable, str(Path(hostile_inputs.__file__)), name], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    seconds, peak, told = done.stdout.strip().split("\t")
    assert float(seconds.split()[0]) < 30
    assert int(peak.split()[0]) < 1024
    assert told.endswith("records") or ": " in told


@pytest.mark.parametrize(("made", "seconds"), [(hostile_inputs.SMALL, 30), pytest.param(hostile_inputs.BIG, 120, marks=pytest.mark.slow)])
def test_a_batch_has_a_report_or_one_clear_error_of_each(made, seconds, tmp_path):
    """By the clock, which goes on while the machine is busy with other things: more than the limit for what comes near it."""
    (tmp_path / "in").mkdir()
    for name, make in made.items():
        (tmp_path / "in" / f"{name}.txt").write_bytes(make())
    batch([tmp_path / "in"], tmp_path / "store.duckdb", workers=1, timeout=seconds, memory=hostile_inputs.GIGABYTE)
    with open_store(tmp_path / "store.duckdb") as store:
        told = list(store.query("SELECT split(path, '/')[-1], kind, message FROM errors").rows)
        read = list(store.query("SELECT split(path, '/')[-1] FROM reports").rows)
    assert {kind for _, kind, _ in told} == {"read"}, [one for one in told if one[1] != "read"]
    assert sorted(f"{name}.txt" for name in made) == sorted([name for name, _, _ in told] + [name for (name,) in read])
    assert all(len(message) > 20 for _, _, message in told)


def test_scripts_of_a_page_are_no_text():
    report = parse(hostile_inputs.SMALL["scripts"]())
    assert "alert" not in report.text
    assert [str(r.value) for r in report.records] == ["6"]


def test_no_other_file_comes_into_a_page():
    report = parse(hostile_inputs.SMALL["other_files"]())
    assert "root:" not in report.text
    assert [str(r.value) for r in report.records] == ["5"]


def test_signs_of_direction_stay_and_digits_that_look_alike_are_told():
    turned = parse(hostile_inputs.SMALL["bidi"]())
    assert "\u202e%5.2\u202c" in turned.text
    assert [str(r.value) for r in turned.records] == ["5.2", "303.2"]
    alike = parse(hostile_inputs.SMALL["look_alikes"]())
    assert [str(r.value) for r in alike.records] == ["5.2"]
    assert {"٥", "𝟓.𝟐", "۵۲"} <= {one.text for one in alike.unread}


def test_a_false_mark_of_the_encoding_is_passed_over():
    report = parse(hostile_inputs.SMALL["wrong_bom"]())
    assert len(report.records) == 50


@pytest.mark.parametrize("path", sorted((hostile_pdfs.FIXTURES / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_a_cut_pdf_gives_records_or_says_so(path):
    whole = path.read_bytes()
    for kilobytes in range(1, 1 + (len(whole) >> 10)):
        report, refused = tried(whole[: kilobytes << 10])
        assert report is not None or "PDF" in refused


def test_neither_scripts_nor_attachments_of_a_pdf_are_read():
    for name in ("pdf_script", "pdf_attachment"):
        assert parse(hostile_inputs.SMALL[name]()).text.strip() == "Growth of 5.2% in 2024."


@pytest.mark.parametrize("how", hostile_pdfs.PACKED)
def test_a_bomb_is_found_however_it_is_packed(how, monkeypatch):
    """PDFium reads it when it is small, so that our unfolding is its own."""
    content, filters = hostile_pdfs.PACKED[how](hostile_pdfs.SHOWN + b" " * 300_000)
    data = hostile_pdfs.page(content, filters, b"/FlateDecode")
    assert len(parse(data).records) == 1
    monkeypatch.setattr(pdf_streams, "ONE", 299_000)
    with pytest.raises(SourceTooLarge, match=r"unfolds to more than .* print it to a new PDF"):
        parse(data)
    monkeypatch.setattr(pdf_streams, "ONE", 301_000)
    assert len(parse(data).records) == 1


def test_all_streams_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(pdf_streams, "ALL", 150_000)
    content, filters = hostile_pdfs.PACKED["deflated"](b" " * 100_000)
    shown = hostile_pdfs.stream(hostile_pdfs.SHOWN)
    assert parse(hostile_pdfs.page(content, filters, shown, leaf=hostile_pdfs.LEAF.replace(b"4 0 R", b"6 0 R"))).records
    with pytest.raises(SourceTooLarge, match="cut it into parts"):
        parse(hostile_pdfs.page(content, filters, hostile_pdfs.stream(content, filters)))


@pytest.mark.parametrize("name", ["pdf_form_cycle", "pdf_bomb_of_states", "pdf_bomb_of_forms", "pdf_bomb_enciphered"])
def test_what_would_end_the_process_ends_another(name):
    with pytest.raises(SourceTooLarge, match="more memory or time than any report"):
        parse(hostile_inputs.SMALL[name]())


def test_a_suspect_that_is_no_bomb_is_read():
    data = hostile_pdfs.laughs(3, 2)
    assert pdf_streams.is_suspect(data)
    assert pdf_trial.survives(data)
    assert len(parse(data).records) >= 1


def test_where_no_process_can_be_had_there_is_no_trial(monkeypatch):
    for nothing in ("", "/no/such/program", "/bin/false"):
        monkeypatch.setattr(sys, "executable", nothing)
        assert pdf_trial.survives(b"")


def test_few_real_documents_are_suspect(shared):
    paths = sorted((shared / "corpus").glob("*.pdf"))
    assert paths
    suspects = [path for path in paths if pdf_streams.is_suspect(path.read_bytes())]
    assert len(suspects) <= len(paths) / 10
    assert all(pdf_trial.survives(path.read_bytes()) for path in suspects)


def test_text_that_stands_on_every_page_is_read_where_it_is_all():
    report = parse(hostile_pdfs.leaves(20))
    assert report.text.count("Growth of 5.2%") == 20
    assert sum(str(getattr(r, "value", None)) == "5.2" for r in report.records) == 20


def test_a_file_of_too_many_pages_or_letters_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "PAGES", 19)
    with pytest.raises(SourceTooLarge, match="20 pages and the limit is 19"):
        parse(hostile_pdfs.leaves(20))
    monkeypatch.setattr(pdf, "PAGES", 20)
    monkeypatch.setattr(pdf, "TEXT_LIMIT", 100)
    with pytest.raises(SourceTooLarge, match="first 5 pages"):
        parse(hostile_pdfs.leaves(20))


def test_pages_that_can_t_be_opened_are_named():
    with pytest.raises(BrokenSource, match="page 1 of the PDF could not be opened"):
        parse(hostile_inputs.SMALL["pdf_deep_tree"]())
