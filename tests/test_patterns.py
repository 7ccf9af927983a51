"""The cache of compiled patterns: quicker, never different, never in the way."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportparse import patterns

CODE = (
    "import sys; from pathlib import Path; from reportparse import patterns; "
    "found = patterns.compile('(?P<a>增长|下降)(?P<b>[0-9]{1,3})%', 2).search('同比增长15%'); "
    "print(found['a'], found['b'], patterns._cache is not None and len(patterns._cache.made))"
)


def run(folder: Path, *, write: bool = True) -> str:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not write:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run([sys.executable, "-W", "error", "-c", CODE], env=environment, capture_output=True, encoding="utf-8", check=True)
    assert not done.stderr
    return done.stdout.strip()


def kept(folder: Path) -> list[Path]:
    return list(folder.rglob("*.patterns"))


def test_what_one_run_compiled_the_next_one_finds(tmp_path):
    assert run(tmp_path) == "增长 15 1"
    assert len(kept(tmp_path)) == 1
    before = kept(tmp_path)[0].stat().st_mtime_ns
    assert run(tmp_path) == "增长 15 1"
    assert kept(tmp_path)[0].stat().st_mtime_ns == before


@pytest.mark.parametrize("spoilt", [b"", b"\x00" * 40, b"\x82\xa6engine", "half"])
def test_a_spoilt_cache_costs_nothing_but_time(tmp_path, spoilt):
    run(tmp_path)
    file = kept(tmp_path)[0]
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if spoilt == "half" else spoilt)
    assert run(tmp_path) == "增长 15 1"


def test_code_that_is_not_the_engines_is_refused(tmp_path):
    run(tmp_path)
    file = kept(tmp_path)[0]
    data = file.read_bytes()
    code = data.index(b"\xc4") if b"\xc4" in data else len(data) // 2  # the first bytes object in the file
    file.write_bytes(data[: code + 8] + b"\xff" * 8 + data[code + 16 :])
    assert run(tmp_path).startswith("增长 15")


def test_nothing_is_written_where_python_may_not(tmp_path):
    assert run(tmp_path, write=False) == "增长 15 1"
    assert not kept(tmp_path)
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file") == "增长 15 1"


def test_patterns_are_those_of_re():
    for pattern, flags in ((r"(?P<x>a)|(b)|\ud800", 0), ("[一-龥]{2,}(?=市)", 0), ("ab c", re.VERBOSE | re.IGNORECASE), ("", 0)):
        ours, theirs = patterns.compile(pattern, flags), re.compile(pattern, flags)
        assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (theirs.pattern, theirs.flags, theirs.groups, theirs.groupindex)
    with pytest.raises(re.error):
        patterns.compile("(")
