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


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of its own place, without the processes that the tests above start."""
    monkeypatch.setattr(patterns, "cache_from_source", lambda _: str(tmp_path / "made" / "patterns.pyc"))
    monkeypatch.setattr(patterns.atexit, "register", lambda _: None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return patterns._Cache


def test_what_is_saved_is_loaded(cache):
    first = cache()
    assert first.compile("(?P<by>[0-9]+)%", 0).search("增长5%")["by"] == "5"
    assert first.new
    first.save()
    second = cache()
    assert second.made == first.made
    assert second.compile("(?P<by>[0-9]+)%", 0).search("增长5%")["by"] == "5"
    assert not second.new


def test_what_another_engine_made_is_left(cache, monkeypatch):
    first = cache()
    first.compile("增长", 0)
    first.version = "another"
    first.save()
    assert cache().made == {}
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    first.version = cache().version
    first.save()
    assert cache().made == {}


def test_another_python_compiles_as_ever(monkeypatch):
    def import_module(name):
        raise ImportError(name)

    monkeypatch.setattr(patterns, "import_module", import_module)
    assert patterns._open() is None
    monkeypatch.setattr(patterns, "_cache", None)
    assert patterns.compile.__wrapped__("增长([0-9])").search("增长5")[1] == "5"


def test_what_the_engine_refuses_is_compiled_as_ever(monkeypatch):
    class Refusing:
        def compile(self, pattern, _flags):
            raise RuntimeError(f"invalid SRE code: {pattern}")

    monkeypatch.setattr(patterns, "_cache", Refusing())
    assert patterns.compile.__wrapped__("增长([0-9])").search("增长5")[1] == "5"
