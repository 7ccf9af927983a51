"""Outputs that bite nobody: no formulas in spreadsheets, no way out of the folder, any way to start a process."""

import csv
import io
import multiprocessing
import sys

import pytest

from reportparse import parse_text
from reportparse.cli import main

SPITEFUL = "某市报告\n=HYPERLINK(1)收入达到5亿元，+cmd产值增长6%，@SUM产量303万吨，\t=1+1产值7亿元。\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_runs(tmp_path, form):
    source, out = tmp_path / "=1+1.txt", tmp_path / f"figures.{form}"
    source.write_text(SPITEFUL, encoding="utf-8")
    if form == "csv":
        assert main(["extract", str(source), "--format", "csv", "--out", str(out)]) == 0
        cells = [c for row in csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))) for c in row]
        assert cells
        assert not [c for c in cells if c[:1] in ("=", "+", "@", "\t", "\r")]
    else:
        from reportparse.export.xlsx import safe

        assert [str(safe(word))[0] for word in ("=1", "+cmd", "@SUM", "-x")] == ["'"] * 4


def test_a_folder_keeps_its_files(tmp_path):
    source = tmp_path / "..%2f..%2fout.txt"
    source.write_text("全年增长5%。", encoding="utf-8")
    other = tmp_path / "b.txt"
    other.write_text("全年增长6%。", encoding="utf-8")
    before = set(tmp_path.iterdir())
    assert main(["extract", str(source), str(other), "--format", "json", "--out", f"{tmp_path / 'made'}/"]) == 0
    assert set(tmp_path.iterdir()) - before == {tmp_path / "made"}
    assert len(list((tmp_path / "made").iterdir())) == 2


def count(text: str) -> int:
    return len(parse_text(text).records)


def test_works_in_spawned_processes():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(count, ["全年粮食产量303.2万吨，增长5%。"]) == [2]


def test_nothing_runs_what_it_reads():
    """No pickle, no eval, no shell in the library's own code."""
    from pathlib import Path

    import reportparse

    for file in Path(reportparse.__file__).parent.rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        for word in ("import pickle", "pickle.load", "marshal.load", "os.system", "shell=True", " eval(", " exec("):
            assert word not in code, f"{file.name}: {word}"
    assert sys.version_info >= (3, 11)
