"""Packs of indicators: TOML files in ``packs/``, and the user's own beside them.

A file holds single entries (``[[indicator]]``), families that share a form (``[[family]]`` with `members`), and the
standards that they are measured by (``[[standard]]``). In a spelling ``{a,b,}`` stands for each of its parts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from reportparse.errors import WordsError
from reportparse.indicators.model import Indicator, Standard

PACKS = ("environment", "macro", "finance", "living")
"""The library's own packs, in their order of precedence."""

_BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_COMMON = (
    "aliases", "patterns", "unit", "dimension", "bare", "prices", "better", "min", "max", "since", "until", "standards", "source",
)  # fmt: skip
_PARTS = {"indicator": {"id", "name_zh", "name_en", *_COMMON}, "family": {"id", "name_zh", "name_en", "forms", "members", *_COMMON}}


def spread(spelling: str) -> list[str]:
    """Every spelling that braces stand for.

    >>> spread("{全市,}常住{总,}人口")
    ['全市常住总人口', '全市常住人口', '常住总人口', '常住人口']
    """
    found = _BRACES.search(spelling)
    if not found:
        return [spelling]
    head, tail = spelling[: found.start()], spelling[found.end() :]
    return [made for part in found[1].split(",") for made in spread(head + part + tail)]


@cache
def words() -> dict[str, Any]:
    """The table ``words.toml`` of this folder."""
    return tomllib.loads(files("reportparse").joinpath("indicators", "words.toml").read_text(encoding="utf-8"))


def read_packs(folder: str | Path | None = None) -> dict[str, Indicator]:
    """All indicators by id: the library's packs, then the TOML files of `folder`, whose entries take the place of those with their id.

    Raises `WordsError` where a pack is wrong.
    """
    found: dict[str, Indicator] = {}
    for name in PACKS:
        text = files("reportparse").joinpath("indicators", "packs", f"{name}.toml").read_text(encoding="utf-8")
        _take(found, _entries(name, text, f"{name}.toml"), f"{name}.toml", own=False)
    if folder is None:
        return found
    paths = sorted(Path(folder).glob("*.toml"))
    if not paths:
        raise WordsError(f"{folder}: no packs there; a pack is a file NAME.toml")
    for path in paths:
        _take(found, _entries(path.stem, path.read_text(encoding="utf-8-sig"), str(path)), str(path), own=True)
    return found


def _take(found: dict[str, Indicator], entries: Iterable[Indicator], where: str, *, own: bool) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen or (entry.id in found and not own):
            raise WordsError(f"{where}: the id '{entry.id}' stands twice; ids are unique")
        seen.add(entry.id)
        found[entry.id] = entry


def _entries(pack: str, text: str, where: str) -> Iterator[Indicator]:
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise WordsError(f"{where} is not TOML: {error}; mend the line it names") from error
    standards = {s.id: s for s in (_standard(row, where) for row in table.get("standard", ()))}
    shared = {"pack": pack, "genres": tuple(table.get("genres", ())), "source": table.get("source", "")}
    for row in table.get("indicator", ()):
        _known(row, "indicator", where)
        yield _indicator(shared | row, standards, where)
    for row in table.get("family", ()):
        _known(row, "family", where)
        for member in row["members"]:
            yield _indicator(shared | _member(row, member), standards, where)


def _known(row: Mapping[str, Any], part: str, where: str) -> None:
    name = row.get("id", "?")
    if more := set(row) - _PARTS[part]:
        raise WordsError(f"{where}: {part} '{name}' has {', '.join(sorted(more))}; known are {', '.join(sorted(_PARTS[part]))}")
    needed = {"id", "name_zh", "name_en", "dimension"} | ({"members"} if part == "family" else set())
    if less := needed - set(row):
        raise WordsError(f"{where}: {part} '{name}' lacks {', '.join(sorted(less))}")


def _standard(row: Mapping[str, Any], where: str) -> Standard:
    try:
        starts = str(row["from"])
        return Standard(
            id=row["id"], starts=starts, first=int(row.get("first", starts[:4])), name=row["name"], source=row.get("source", row["id"])
        )
    except (KeyError, ValueError) as error:
        raise WordsError(f"{where}: a standard needs id, from (a year or date) and name; mend {dict(row)}") from error


def _member(row: Mapping[str, Any], member: Mapping[str, Any]) -> dict[str, Any]:
    def fill(form: str, zh: str) -> str:
        return form.replace("{id}", member["id"]).replace("{zh}", zh).replace("{en}", member["en"])

    forms = row.get("forms", [row["name_zh"]])
    return {k: v for k, v in row.items() if k not in ("members", "forms")} | {
        "id": fill(row["id"], ""),
        "name_zh": fill(row["name_zh"], member["zh"]),
        "name_en": _capital(fill(row["name_en"], "")),
        **{k: v for k, v in member.items() if k in _COMMON and k != "aliases"},
        "aliases": [fill(form, zh) for zh in (member["zh"], *member.get("also", ())) for form in forms],
    }


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _indicator(row: dict[str, Any], standards: Mapping[str, Standard], where: str) -> Indicator:
    name = row["id"]
    if not _ID.fullmatch(name):
        raise WordsError(f"{where}: id '{name}' should be small letters, digits and _")
    try:
        row["standards"] = tuple(standards[s] for s in row.get("standards", ()))
    except KeyError as error:
        raise WordsError(f"{where}: '{name}' names the standard {error}, which is not in the file") from error
    spellings = dict.fromkeys(made for alias in row.get("aliases", ()) for made in spread(alias))
    row["aliases"] = tuple(alias for alias in spellings if alias and alias != row["name_zh"])
    row["patterns"] = tuple(row.get("patterns", ()))
    for pattern in row["patterns"]:
        try:
            re.compile(pattern)
        except re.error as error:
            raise WordsError(f"{where}: '{name}' has the pattern {pattern}, which is wrong: {error}") from error
    for end in ("min", "max"):
        row[end] = Decimal(row[end]) if end in row else None
    try:
        return msgspec.convert(row, Indicator, strict=False)
    except msgspec.ValidationError as error:
        raise WordsError(f"{where}: '{name}' is wrong: {error}") from error
