"""The command as its user meets it: exit status, one line for what failed, formats that hold what they promise."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from reportparse import Report, parse
from reportparse.cli import main
from reportparse.export import FORMATS
from reportparse.export.as_csv import COLUMNS, harmless

ENV = "env-guizhou-2023.html"


@pytest.fixture
def report_file(fixtures) -> str:
    return str(fixtures / ENV)


def run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "reportparse", *words], input=given, capture_output=True, check=False)


def test_json_is_the_report(report_file, capsys):
    assert main(["extract", report_file, "--format", "json"]) == 0
    assert Report.from_json(capsys.readouterr().out) == parse(report_file)


def test_json_of_several_files_is_a_list(report_file, fixtures, capsys):
    assert main(["extract", report_file, str(fixtures / "work-wuhu-2025.html"), "--format", "json"]) == 0
    assert len(msgspec.json.decode(capsys.readouterr().out, type=list[Report])) == 2


def test_jsonl_names_report_and_source_on_each_line(report_file, capsys):
    assert main(["extract", report_file, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    report = parse(report_file)
    assert [row["id"] for row in rows] == [record.id for record in report.records]
    assert {(row["report"], row["source"]) for row in rows} == {(report.title, report_file)}


def test_csv_opens_in_a_spreadsheet(report_file):
    done = run("extract", report_file, "--format", "csv")
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(parse(report_file).records)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "-2.41‰"])
def test_no_cell_runs_as_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-2.41", "3", "", "增长-3.2%", "a=b"])
def test_harmless_cells_stay(cell):
    assert harmless(cell) == cell


def test_markdown_shows_headings_and_escapes(report_file, capsys):
    assert main(["extract", report_file, "--format", "md"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# 2023年贵州省生态环境状况公报")
    assert "## 一、大气环境" in out


def test_table_away_from_a_terminal_is_plain_and_whole(report_file):
    done = run("extract", report_file)
    assert b"\x1b" not in done.stdout
    out = done.stdout.decode()
    assert all(record.figure in out for record in parse(report_file).records)


def test_table_on_a_terminal_is_coloured(report_file):
    pty = pytest.importorskip("pty")
    main_end, end = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"}
    env.pop("NO_COLOR", None)
    with subprocess.Popen([sys.executable, "-m", "reportparse", "extract", report_file], stdout=end, env=env) as process:
        os.close(end)
        drawn = b""
        while True:
            try:
                piece = os.read(main_end, 65536)
            except OSError:  # Linux's way of saying that the other end is closed
                break
            if not piece:
                break
            drawn += piece
    os.close(main_end)
    assert process.returncode == 0
    assert b"\x1b[" in drawn


def test_standard_input(report_file):
    done = run("extract", "-", "--format", "json", given=Path(report_file).read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["records"]


@pytest.mark.parametrize("form", FORMATS)
def test_out_writes_a_whole_file(form, report_file, tmp_path):
    target = tmp_path / "new" / f"report.{form}"
    assert main(["extract", report_file, "--format", form, "--out", str(target)]) == 0
    assert target.stat().st_size > 1000
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_out_into_a_folder_writes_one_file_a_report(report_file, tmp_path):
    copy = tmp_path / ENV
    copy.write_bytes(Path(report_file).read_bytes())
    assert main(["extract", report_file, str(copy), "--format", "json", "--out", f"{tmp_path}/out/"]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [f"{ENV}-2.json", f"{ENV}.json"]


def test_one_bad_file_costs_one_line_and_the_rest_is_done(report_file, capsys):
    assert main(["extract", "missing.html", report_file, "--format", "jsonl"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "reportparse: missing.html: no such file; check the path\n"
    assert captured.out


BAD = {
    "empty": b"",
    "blank": b" \n\t \n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "archive": b"PK\x03\x04" + bytes(range(256)) * 8,
    "old_word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut_pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("form", ["json", "table"])
def test_what_can_not_be_read_gives_one_clear_line(kind, form, tmp_path, capsys):
    path = tmp_path / "file.html"
    path.write_bytes(BAD[kind])
    assert main(["extract", str(path), "--format", form]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"reportparse: {path}: ")
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    assert "fault of reportparse" not in captured.err


def test_nothing_is_written_where_nothing_was_read(tmp_path, capsys):
    target = tmp_path / "out.json"
    target.write_text("before")
    assert main(["extract", "missing.html", "--format", "json", "--out", str(target)]) == 1
    assert target.read_text() == "before"
    capsys.readouterr()


def test_a_folder_is_not_a_file(tmp_path, capsys):
    assert main(["extract", str(tmp_path)]) == 1
    assert "folder" in capsys.readouterr().err


def test_an_unwritable_place_is_told(report_file, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["extract", report_file, "--format", "json", "--out", str(tmp_path / "file" / "x.json")]) == 1
    assert "can't be written" in capsys.readouterr().err


def test_a_fault_of_ours_costs_one_line_too(report_file, monkeypatch, capsys):
    import reportparse.pipeline

    monkeypatch.delenv("REPORTPARSE_TRACEBACK", raising=False)
    monkeypatch.setattr(reportparse.pipeline, "parse", lambda *_, **__: {}["nothing"])
    assert main(["extract", report_file]) == 1
    assert "fault of reportparse" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["extract"], ["extract", "x", "--format", "xml"], ["nonsense"], ["explain", " "]])
def test_wrong_use_is_2(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err


def test_version(capsys):
    from reportparse import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"reportparse {__version__}\n"


def test_a_reader_that_has_enough_is_no_fault(report_file):
    command = f"'{sys.executable}' -m reportparse extract '{report_file}' --format json | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_outline_draws_the_headings(report_file, capsys):
    assert main(["outline", report_file]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("  一、大气环境")
    assert lines[2].startswith("    （一）总体状况")


def test_explain_draws_what_each_rule_saw(capsys):
    assert main(["explain", "2023年，全市粮食总产量158.4万吨，增长0.9%。"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].replace("─", "").split() == ["a", "b", "c"]
    assert lines[1].index("b") == 22  # two columns for each Chinese character before it
    assert any(line.startswith("b → quantity 粮食总产量 2023: 158.4 万吨") for line in lines)
    assert any(line.startswith("c → change 粮食总产量 2023: +0.9 %") for line in lines)


def test_schema_fits_the_output(report_file, capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    report = json.loads(parse(report_file).to_json())
    assert set(schema["$defs"]["Report"]["required"]) == set(report)
    for record in report["records"]:
        assert set(schema["$defs"][record["kind"].capitalize()]["required"]) == set(record)


@pytest.mark.parametrize("text", ["\x1b[31m三项", "一\x07二", "行\n行"])
def test_nothing_in_a_report_steers_the_terminal(text):
    from reportparse.export.columns import plain

    assert not set(plain(text)) & {"\x1b", "\x07", "\n"}
