"""Lists of public report sources: TOML files of facts on where reports stand, ready to fetch.

A list is a row of ``[[report]]`` tables; docs/fetch.md tells what each holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from reportparse.errors import ListError
from reportparse.model import Genre

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[\w][\w.-]{0,79}")
_YEARS = range(1949, 2100)


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one report stands; only `url` must be told."""

    url: str
    """Its address: http or https."""
    name: str | None = None
    """What its file is to be called, without an ending; None: made from the address."""
    publisher: str | None = None
    """Who publishes it at that address."""
    region: str | None = None
    title: str | None = None
    genre: Genre | None = None
    """As in `Report.genre`."""
    year: int | None = None
    """The year in the report's title, which a work report or a budget is of."""
    sha256: str | None = None
    """Of the bytes at that address, where they are known and don't change."""


def load_list(path: str | Path) -> tuple[Source, ...]:
    """The sources of a list, in its order.

    Raises:
        FileNotFoundError: there is no such file.
        ListError: it is no list, or something in it is wrong; the message names each fault, one a line.

    """
    sources, faults = _examine(Path(path))
    if faults:
        raise ListError("\n".join(f"{path}: {fault}" for fault in faults))
    return tuple(sources)


def check_list(path: str | Path) -> list[str]:
    """What is wrong with a list, one line a fault; nothing where all is well."""
    return _examine(Path(path))[1]


def _examine(path: Path) -> tuple[list[Source], list[str]]:
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [f"is not TOML in UTF-8: {error}"]
    rows = held.pop("report", None)
    faults = [f"'{word}' is not known at the top; a list holds [[report]] tables only" for word in held]
    if not isinstance(rows, list) or not rows:
        return [], [*faults, "holds no [[report]]; see docs/fetch.md for the form"]
    sources: list[Source] = []
    for number, row in enumerate(rows, 1):
        try:
            sources.append(msgspec.convert(row, Source))
        except msgspec.ValidationError as error:
            faults.append(f"report {number}: {error}")
        else:
            faults += [f"report {number}: {fault}" for fault in _faults(sources[-1])]
    return sources, [*faults, *_doubles(rows)]


def _faults(source: Source) -> Iterator[str]:
    try:
        parts = urlsplit(source.url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", source.url)
    except ValueError:
        sound = False
    if not sound:
        yield f"url {source.url!r} is no http or https address"
    elif parts.username or parts.password:
        yield "url holds a name or password; a list is public"
    if source.name is not None and not _NAME.fullmatch(source.name):
        yield f"name {source.name!r} should be letters, digits, '.', '_' and '-', at most 80"
    if source.year is not None and source.year not in _YEARS:
        yield f"year {source.year} is no year of a report"
    if source.sha256 is not None and not _SHA256.fullmatch(source.sha256):
        yield "sha256 should be 64 hexadecimal digits in lower case"
    for word in ("publisher", "region", "title"):
        told = getattr(source, word)
        if told is not None and told != told.strip() or told == "":
            yield f"{word} is empty or has blanks around it; leave out what is not known"


def _doubles(rows: list[Any]) -> Iterator[str]:
    """Addresses and names must be told once; names also where only capitals differ, as on some file systems."""
    for word in ("url", "name"):
        seen: dict[str, int] = {}
        for number, row in enumerate(rows, 1):
            told = row.get(word) if isinstance(row, dict) else None
            if not isinstance(told, str):
                continue
            key = told.casefold() if word == "name" else told
            if key in seen:
                yield f"report {number}: {word} {told!r} is that of report {seen[key]} too"
            seen.setdefault(key, number)
