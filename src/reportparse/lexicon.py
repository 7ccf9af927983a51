"""The words of the library: TOML tables in ``words/``, read once, frozen.

Each table opens with three lines on what belongs in it. A user's own folders of tables (`use_words`, ``--words DIR``
or the environment variable ``REPORTPARSE_WORDS``) are laid over these: lists are joined, tables merged.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from reportparse.errors import WordsError
from reportparse.patterns import keep

OWN = Path(__file__).parent / "words"
"""The library's own tables."""
VARIABLE = "REPORTPARSE_WORDS"
"""Folders of a user's tables, so that worker processes read them too."""


def use_words(folder: str | Path) -> None:
    """Lay the tables of `folder` over the library's own, for this process and those it starts.

    Raises WordsError where the folder holds no table of a known name, or where tables have been read already: words
    are read once, so this comes before the first report.
    """
    path = Path(folder)
    known = {own.name for own in OWN.glob("*.toml")}
    if not any(mine.name in known for mine in path.glob("*.toml")):
        raise WordsError(f"{path} holds none of the tables {', '.join(sorted(known))}; copy the one to add to and keep its name")
    if table.cache_info().currsize:
        raise WordsError("words have been read already; call use_words before the first report is read")
    os.environ[VARIABLE] = os.pathsep.join([*(str(p) for p in word_folders()), str(path.resolve())])


def word_folders() -> list[Path]:
    """The folders whose tables are laid over the library's own, in order."""
    return [Path(p) for p in os.environ.get(VARIABLE, "").split(os.pathsep) if p]


class _Kept(msgspec.Struct):
    """A parsed table, and the time and size of the file that it was parsed from."""

    mark: str
    words: dict[str, Any]


def _load(name: str) -> dict[str, Any]:
    merged = _own(OWN / f"{name}.toml")
    for folder in word_folders():
        path = folder / f"{name}.toml"
        if path.is_file():
            _lay(merged, _read(path), str(path))
    return merged


def _own(path: Path) -> dict[str, Any]:
    """A table of the library, from what an earlier run kept of it beside the byte code: parsing all took a tenth of a cold start."""
    kept = Path(cache_from_source(str(path))).with_suffix(".table")
    stamp = path.stat()
    mark = f"{stamp.st_mtime_ns} {stamp.st_size}"
    with suppress(OSError, msgspec.MsgspecError):
        found = msgspec.msgpack.decode(kept.read_bytes(), type=_Kept)
        if found.mark == mark:
            return found.words
    words = _read(path)
    keep(kept, msgspec.msgpack.encode(_Kept(mark, words)))
    return words


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordsError(f"{path} is no TOML in UTF-8: {error}; mend the line it names") from error


def _lay(base: dict[str, Any], more: dict[str, Any], where: str) -> None:
    for key, value in more.items():
        old = base.get(key)
        if old is None:
            base[key] = value
        elif type(old) is not type(value):
            raise WordsError(f"{where}: '{key}' should be a {type(old).__name__}, as in the library's own table")
        elif isinstance(old, dict):
            _lay(old, value, f"{where}: {key}")
        elif isinstance(old, list):
            base[key] = old + [v for v in value if v not in old]
        else:
            base[key] = value


@cache
def table(name: str) -> MappingProxyType[str, Any]:
    """The table ``words/NAME.toml``, as a read-only mapping."""
    return MappingProxyType(_load(name))


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of `words`, the longest first, sharing what they begin with.

    >>> alternatives(["增", "增长", "减"])
    '减|增长?'
    """
    tree: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    import re

    out = []
    for char, below in node.items():
        if not char:
            continue
        rest = _branches(below)
        head = re.escape(char)
        ends_here = "" in below
        if not rest:
            out.append(head)
        elif ends_here:
            out.append(f"{head}{rest}?" if len(rest) == 1 else f"{head}(?:{rest})?")
        else:
            out.append(head + (f"(?:{rest})" if "|" in rest else rest))
    return "|".join(out)


@cache
def listed(name: str) -> frozenset[str]:
    """A list that tools/make_verbs.py took from jieba's dictionary: ``words/NAME.txt``."""
    return frozenset((OWN / f"{name}.txt").read_text(encoding="utf-8").split())


class Endings:
    r"""The words that a text may end with. Looked up from the last sign on: a pattern that ends in ``\Z`` tries every place.

    >>> ends = Endings(["率", "增长率"])
    >>> ends.of("年均增长率"), ends.of("年均增长率", 4), ends.of("年均增速")
    ('增长率', '率', '')
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {sign: sorted(known, reverse=True) for sign, known in lengths.items()}

    def of(self, text: str, start: int = 0, end: int | None = None) -> str:
        """The longest of the words that ``text[start:end]`` ends with, or nothing."""
        stop = len(text) if end is None else end
        if stop > start:
            for length in self._lengths.get(text[stop - 1], ()):
                if stop - length >= start and (word := text[stop - length : stop]) in self._words:
                    return word
        return ""
