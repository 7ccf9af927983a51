"""The word lists of tables as patterns, compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from reportparse import patterns
from reportparse.lexicon import alternatives, table


@cache
def words(path: str) -> frozenset[str]:
    """The list at `path` of ``words/tables.toml``: ``columns.generic``."""
    return frozenset(_entry(path))


@cache
def pattern(path: str, shape: str = "(?:{})") -> re.Pattern[str]:
    """The list at `path` as one pattern, the words put in place of ``{}`` in `shape`.

    >>> bool(pattern("columns.ranks").search("全省排名"))
    True
    """
    return patterns.compile(shape.replace("{}", alternatives(_entry(path))))


@cache
def mapping(path: str) -> dict[str, str]:
    """The table at `path`."""
    return dict(_entry(path))


def _entry(path: str) -> Any:
    entry: Any = table("tables")
    for key in path.split("."):
        entry = entry[key]
    return entry
