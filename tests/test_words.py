"""A user's own words, laid over the library's."""

import subprocess
import sys

import pytest

from reportparse.errors import WordsError
from reportparse.lexicon import _lay, use_words

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
