"""A user's own words, laid over the library's."""

import os
import subprocess
import sys
import tomllib
from functools import cache

import pytest

from reportparse import lexicon
from reportparse.errors import WordsError
from reportparse.lexicon import OWN, VARIABLE, _lay, _load, _own, use_words, word_folders

SENTENCE = "全市共建成口袋公园35座，推广秸秆打捆机1200架套。"


def records(folder):
    words = ["--words", str(folder)] if folder else []
    command = [sys.executable, "-m", "reportparse", "extract", "-", "--format", "jsonl", *words]
    return subprocess.run(command, input=SENTENCE, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_measure_word_of_ones_own_is_read(tmp_path):
    (tmp_path / "units.toml").write_text('[count]\n"架套" = {}\n', encoding="utf-8")
    assert '"unit":"架套"' not in records(None).stdout
    own = records(tmp_path)
    if own.returncode:
        pytest.fail(own.stderr)
    assert '"unit":"架套"' in own.stdout


def test_a_folder_without_tables_is_told(tmp_path):
    with pytest.raises(WordsError, match="holds none of the tables"):
        use_words(tmp_path)
    assert records(tmp_path).returncode == 2


def test_a_table_of_another_shape_is_told():
    with pytest.raises(WordsError, match="should be a list"):
        _lay({"up": ["增长"]}, {"up": "上扬"}, "cues.toml")


def test_lists_are_joined_and_tables_merged(tmp_path, monkeypatch):
    (tmp_path / "prices.toml").write_text('constant = ["按不变价", "老口径"]\n[more]\nof = "own"\n', encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "prices.toml").write_text('[more]\nof = "another"\n', encoding="utf-8")
    monkeypatch.setenv(VARIABLE, os.pathsep.join([str(tmp_path), str(other), str(tmp_path / "nowhere")]))
    own, mine = tomllib.loads((OWN / "prices.toml").read_text(encoding="utf-8")), _load("prices")
    assert mine["constant"] == [*own["constant"], *(w for w in ("按不变价", "老口径") if w not in own["constant"])]
    assert mine["current"] == own["current"]
    assert mine["more"] == {"of": "another"}


def test_a_table_that_is_none_is_told(tmp_path, monkeypatch):
    (tmp_path / "prices.toml").write_text("constant = [", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(WordsError, match="is no TOML in UTF-8"):
        _load("prices")


def test_words_come_before_the_first_report(tmp_path, monkeypatch):
    (tmp_path / "units.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, "")
    fresh = cache(lambda name: name)
    monkeypatch.setattr(lexicon, "table", fresh)
    use_words(tmp_path)
    assert word_folders() == [tmp_path.resolve()]
    fresh("units")
    with pytest.raises(WordsError, match="have been read already"):
        use_words(tmp_path)


def test_a_parsed_table_is_kept_and_read_anew_when_it_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "mine.toml"
    path.write_text('words = ["甲"]', encoding="utf-8")
    assert _own(path) == {"words": ["甲"]}
    (kept,) = (tmp_path / "__pycache__").iterdir()
    assert _own(path) == {"words": ["甲"]}
    path.write_text('words = ["甲", "乙"]', encoding="utf-8")
    assert _own(path) == {"words": ["甲", "乙"]}
    kept.write_bytes(b"no table")
    assert _own(path) == {"words": ["甲", "乙"]}
