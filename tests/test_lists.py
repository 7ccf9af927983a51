"""The lists of sources: those of the project are sound, and what is wrong in one is told."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from reportparse.cli import main
from reportparse.errors import ListError
from reportparse.sources import Source, check_list, load_list

ROOT = Path(__file__).parent.parent
LISTS = sorted((ROOT / "corpora" / "lists").glob("*.toml"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_the_lists_are_sound(path):
    assert check_list(path) == []
    assert path.read_text(encoding="utf-8").startswith("# ")
    for source in load_list(path):
        assert source.name
        assert source.region
        assert source.title
        assert source.genre
        assert source.year


def test_there_is_one_for_each_kind_and_no_address_or_name_is_in_two():
    assert [path.stem for path in LISTS] == ["budget", "environment", "statistics", "work"]
    every = [source for path in LISTS for source in load_list(path)]
    assert len({source.url for source in every}) == len({source.name for source in every}) == len(every)


def test_every_original_address_of_the_corpus_is_listed(shared):
    """But for those of rating reports, which no list is for."""
    rows = [json.loads(line) for line in (shared / "corpus" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    told = {found[1] for row in rows if "评级" not in row["genre"] and (found := re.search(r"original (https?://\S+)", row["source"]))}
    listed = {source.url for path in LISTS for source in load_list(path)}
    assert told <= listed


def test_the_lists_are_those_that_the_tool_makes(shared, tmp_path):
    tool = runpy.run_path(str(ROOT / "tools" / "make_lists.py"))
    tool["main"](shared / "corpus" / "manifest.jsonl", tmp_path)
    made = sorted(tmp_path.iterdir())
    assert [path.stem for path in made] == ["budget", "statistics", "work"]
    for path in made:
        assert path.read_text(encoding="utf-8") == (ROOT / "corpora" / "lists" / path.name).read_text(encoding="utf-8")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


ROW = '[[report]]\nurl = "https://a.gov.cn/1.pdf"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[report]\n", "is not TOML"),
        ("", r"holds no \[\[report\]\]"),
        ("report = 3", r"holds no \[\[report\]\]"),
        ("kind = 1\n" + ROW, "'kind' is not known at the top"),
        ('[[report]]\nname = "a"\n', "report 1: .*url"),
        (ROW + 'genre = "novel"\n', "report 1: .*novel"),
        (ROW + "year = '2024'\n", "report 1: .*year"),
        (ROW + "year = 24\n", "year 24 is no year"),
        (ROW + "titel = 'x'\n", "report 1: .*titel"),
        (ROW + "title = ''\n", "title is empty"),
        (ROW + "region = ' 甲市'\n", "region is empty or has blanks"),
        (ROW + "sha256 = 'AB'\n", "64 hexadecimal"),
        (ROW + "name = '../x'\n", "name '../x' should be"),
        ('[[report]]\nurl = "ftp://a.gov.cn/1"\n', "no http or https address"),
        ('[[report]]\nurl = "http://a b.cn/1"\n', "no http or https address"),
        ('[[report]]\nurl = "http://[::1/"\n', "no http or https address"),
        ('[[report]]\nurl = "http://me:secret@a.cn/"\n', "a list is public"),
        (ROW + ROW, "report 2: url .* is that of report 1 too"),
        (ROW + "name = 'A'\n" + ROW.replace("1.pdf", "2.pdf") + "name = 'a'\n", "report 2: name 'a' is that of report 1 too"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, text, fault, capsys):
    path = write(tmp_path / "l.toml", text)
    assert any(re.search(fault, told) for told in check_list(path)), check_list(path)
    with pytest.raises(ListError, match=fault):
        load_list(path)
    assert main(["fetch", "--check", str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"reportparse: {path}: ")


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "l.toml").write_bytes(b"\xff\xfe\x00")
    assert "is not TOML" in check_list(tmp_path / "l.toml")[0]


def test_all_faults_are_told_at_once(tmp_path):
    path = write(tmp_path / "l.toml", ROW + "year = 1\nsha256 = 'x'\n" + ROW + "name = '?'\n")
    assert len(check_list(path)) == 4


def test_a_list_is_loaded_in_its_order(tmp_path):
    path = write(tmp_path / "l.toml", ROW + "year = 2024\n" + ROW.replace("1.pdf", "0.pdf"))
    assert load_list(path) == (Source(url="https://a.gov.cn/1.pdf", year=2024), Source(url="https://a.gov.cn/0.pdf"))


def test_the_check_counts(tmp_path, capsys):
    path = write(tmp_path / "l.toml", ROW)
    assert main(["fetch", "--check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: 1 reports\n"
    assert main(["fetch", "--check", str(tmp_path / "none.toml")]) == 1
