"""The words of the library: TOML tables in ``words/``, read once, frozen.

Each table opens with three lines on what belongs in it. A user's own folder of tables (``--words DIR``)
is laid over these: lists are joined, tables merged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reportparse.errors import WordsError

_extra: list[Path] = []


def _load(name: str) -> dict[str, Any]:
    source = files("reportparse").joinpath("words", f"{name}.toml")
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
        for folder in _extra:
            path = folder / f"{name}.toml"
            if path.is_file():
                _lay(table, tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except tomllib.TOMLDecodeError as error:
        raise WordsError(f"words table {name}.toml is not TOML: {error}; mend the line it names") from error
    return table


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
