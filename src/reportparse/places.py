"""Places by name: provinces, prefectures and counties of China with the years in which a name held, and countries.

The table is ``words/places.tsv`` (written by tools/make_places.py); what places are called beside their official
names, and which names are ordinary words too, is ``words/places.toml``. Both are read when first asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reportparse.lexicon import table

PlaceLevel = Literal["country", "province", "prefecture", "county"]

_GROUND = " \n、，。；：（）()“”《》,;:·—-/年月日"
_AFTER_SHORT_COUNTY = "城域级乡属区长委"
_RANK: dict[str, int] = {"country": 0, "province": 1, "prefecture": 2, "county": 3}


class Place(msgspec.Struct, frozen=True):
    """A place under one of its names."""

    name: str
    """The full official name: 恩施土家族苗族自治州."""
    short: str
    """恩施."""
    level: PlaceLevel
    code: str
    """Six digits of GB/T 2260; empty for a country other than China."""
    valid_from: int | None
    """The year in which the name came; None is before 1990."""
    valid_to: int | None
    """The year in which the name went; None where it still holds."""

    @property
    def parent(self) -> str | None:
        """Full name of the place above it."""
        if self.level == "country":
            return None
        if self.level == "province":
            return CHINA.name
        names, above = _by_code(), self.code[:2] + "0000"
        return (names.get(self.code[:4] + "00") if self.level == "county" else None) or names.get(above)

    def holds(self, year: int | None) -> bool:
        """Whether the name was in use in `year` (or at present, for None)."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from or 0) <= year <= (self.valid_to or year)

    def contains(self, other: Place) -> bool:
        """Whether `other` lies in this place."""
        if self.level == "country":
            return self.code != "" and other.code != "" and other != self
        width = 2 * _RANK[self.level]
        return _RANK[other.level] > _RANK[self.level] and other.code[:width] == self.code[:width]


class _Index(NamedTuple):
    names: dict[str, tuple[Place, ...]]
    """Names that say a place by themselves."""
    doubtful: dict[str, tuple[Place, ...]]
    """Names that do so only among other places, or inside their own region."""
    heads: dict[str, tuple[int, ...]]
    """First two characters → lengths of names that begin so, longest first."""


CHINA = Place("中国", "中国", "country", "000000", None, None)


def places_named(name: str) -> tuple[Place, ...]:
    """All places of that name: those of today first, the larger first.

    >>> [p.parent for p in places_named("鼓楼区")][:2]
    ['南京市', '徐州市']
    """
    index = _index()
    return index.names.get(name) or index.doubtful.get(name) or ()


def place_named(name: str, *, year: int | None = None, within: Place | None = None) -> Place | None:
    """The place of that name (full, short or in use), None where there is none or where several of a level share it.

    >>> place_named("广西").name, place_named("恩施州").name
    ('广西壮族自治区', '恩施土家族苗族自治州')
    >>> place_named("襄樊市").valid_to, place_named("鼓楼区") is None
    (2010, True)
    """
    found = [p for p in places_named(name) if within is None or within == p or within.contains(p)]
    found = [p for p in found if p.holds(year)] or found
    if not found:
        return None
    top = [p for p in found if p.level == found[0].level]
    current = [p for p in top if p.valid_to is None] or top
    return current[0] if len({p.code[:4] if p.level == "county" else p.code for p in current}) == 1 else None


def opens_with_place(text: str) -> bool:
    """Whether `text` may open with a name of a place: a quick look before `find_places`."""
    return text[:2] in _index().heads


def find_places(view: str, *, within: Place | None = None) -> list[tuple[int, int, Place]]:
    """Every place named in `view`, from left to right; the longest name wins.

    Bare names that are ordinary words too (来宾, 朝阳) count beside another place (`柳州、来宾`) or `within` their
    own region; bare names of counties only within it. Where several places share a name, one within is taken, else
    the first of today's.

    >>> [(a, b, p.name) for a, b, p in find_places("柳州、来宾2市和融水县来宾众多")]
    [(0, 2, '柳州市'), (3, 5, '来宾市'), (8, 11, '融水苗族自治县')]
    >>> [p.name for _, _, p in find_places("三江、融水新增3家", within=place_named("柳州市"))]
    ['三江侗族自治县', '融水苗族自治县']
    """
    index = _index()
    heads, names, doubtful = index.heads, index.names, index.doubtful
    found: list[tuple[int, int, Place]] = []
    at, last, stop = 0, -9, len(view)
    while at < stop - 1:
        lengths = heads.get(view[at : at + 2])
        if lengths is None:
            at += 1
            continue
        beside = last == at - 1 and view[last] in "、和及与"
        parent = found[-1][2] if found and last == at else None
        for length in lengths:
            word = view[at : at + length]
            if len(word) < length:
                continue
            place: Place | None
            if (sure := names.get(word)) and _stands(view, at, word, sure[0], beside or parent is not None):
                place = _pick(sure, within)
            elif not (unsure := doubtful.get(word)) or not (
                place := _among(unsure, parent or within, beside, view, at + length)
            ):
                continue
            found.append((at, at + length, place))
            at = last = at + length
            break
        else:
            at += 1
    return found


def _stands(view: str, at: int, word: str, place: Place, beside: bool) -> bool:
    """Whether a sure name stands by itself here: not 城市和县城, not 黄河南岸, not 朝鲜族."""
    before = view[at - 1] if at else ""
    after = view[at + len(word) : at + len(word) + 1]
    if place.level == "county" and len(word) == 2:
        return (beside or not before or before in _GROUND) and after not in _AFTER_SHORT_COUNTY
    spoilt = _spoilt().get(word)
    return spoilt is None or not ((before and before in spoilt[0]) or (after and after in spoilt[1]))


def _pick(places: tuple[Place, ...], within: Place | None) -> Place:
    if within is None or len(places) == 1:
        return places[0]
    return next((p for p in places if within.contains(p)), places[0])


def _among(places: tuple[Place, ...], within: Place | None, beside: bool, view: str, end: int) -> Place | None:
    if within is not None and (inner := next((p for p in places if p == within or within.contains(p)), None)):
        return inner
    larger = next((p for p in places if p.level != "county"), None)
    return (
        larger
        if beside or (larger and view[end : end + 1] == "、" and view[end + 1 : end + 3] in _index().heads)
        else None
    )


@cache
def _spoilt() -> dict[str, tuple[str, str]]:
    return {name: (pair[0], pair[1]) for name, pair in table("places")["spoilt"].items()}


@cache
def _rows() -> tuple[Place, ...]:
    """All places of China: those of today first, the larger before the smaller."""
    lines = (Path(__file__).parent / "words" / "places.tsv").read_text(encoding="utf-8").splitlines()
    out = [_place(*line.split("\t")) for line in lines if line[0] != "#"]
    for row in table("places").get("place", []):
        out.append(_place(*(str(row.get(key, "")) for key in ("code", "name", "short", "since", "until"))))  # noqa: PERF401
    return tuple(out)


def _place(code: str, name: str, short: str = "", since: str = "", until: str = "") -> Place:
    level: PlaceLevel = "county" if code[4:] != "00" else "prefecture" if code[2:4] != "00" else "province"
    return Place(name, short or _bare(name), level, code, int(since) if since else None, int(until) if until else None)


@cache
def _by_code() -> dict[str, str]:
    """Code → name, that of today where there is one."""
    return {p.code: p.name for p in reversed(_rows())}


_LONG_KINDS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区")


def _bare(name: str) -> str:
    bare = name[:-1]
    if name.endswith(_LONG_KINDS):
        bare = next(name.removesuffix(kind) for kind in _LONG_KINDS if name.endswith(kind))
    return bare if len(bare) > 1 else name


@cache
def _index() -> _Index:
    words = table("places")
    names: dict[str, list[Place]] = {"中国": [CHINA]}
    doubtful: dict[str, list[Place]] = {}
    never, shy, common = set(words["never"]), set(words["never_bare"]), set(words["county_words"])
    for place in _rows():
        for form in _sure_forms(place):
            (doubtful if form in never else names).setdefault(form, []).append(place)
        bare = place.short
        if bare == place.name:
            continue
        if place.level == "county":
            if bare not in common:
                doubtful.setdefault(bare, []).append(place)
        elif bare in shy or place.name.endswith("自治州") or place.valid_to is not None:
            doubtful.setdefault(bare, []).append(place)
        else:
            names.setdefault(bare, []).append(place)
    for used, official in words["aliases"].items():
        names.setdefault(used, []).extend(names[official])
    for country in words["countries"]["names"]:
        names.setdefault(country, []).append(Place(country, country, "country", "", None, None))
    sure, unsure = ({name: tuple(places) for name, places in found.items()} for found in (names, doubtful))
    return _Index(sure, unsure, _heads([*names, *doubtful]))


def _sure_forms(place: Place) -> Iterable[str]:
    name = place.name
    if "自治" not in name or place.level == "province":
        return (name,)
    return (name, place.short + name[-1], place.short + "自治" + name[-1])


def _heads(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    heads: dict[str, tuple[int, ...]] = {}
    for name in names:
        head, length = name[:2], len(name)
        known = heads.get(head)
        if known is None:
            heads[head] = (length,)
        elif length not in known:
            heads[head] = tuple(sorted((*known, length), reverse=True))
    return heads


def countries() -> tuple[str, ...]:
    """The names of countries that reports use."""
    return tuple(table("places")["countries"]["names"])
