"""Each fixture gives what its golden says, but for the deviations that are listed.

A golden (fixtures/goldens/NAME.json) is what must come out, reviewed line by line against docs/records.md.
fixtures/goldens/deviations.json lists where the library is not there yet; it is written by a flag and shrinks.

    pytest tests/test_goldens.py --update-goldens      output becomes the golden, but where a deviation is listed
    pytest tests/test_goldens.py --update-deviations   what differs from the goldens becomes the list
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportparse import Change, Quantity, Ranking, parse

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLDENS = FIXTURES / "goldens"
DEVIATIONS = GOLDENS / "deviations.json"
REPORTS = sorted(p for p in FIXTURES.iterdir() if p.suffix in {".html", ".txt"})
ABOUT = ("title", "genre", "issuer", "region", "year", "speaker", "occasion", "delivered", "published", "source", "url")
LEFT_OUT = {"id", "end", "sentence", "rules", "flags", "related"}  # derived, or what the rules think rather than what the report states

FIELDS = list(dict.fromkeys(("kind", *(name for kind in (Quantity, Change, Ranking) for name in kind.__struct_fields__))))

Golden = dict[str, Any]
Deviations = dict[str, Any]  # place → {"must": …, "is": …}


def golden_of(path: Path) -> Golden:
    """What is compared: everything but the text, nulls left out, a line a piece."""
    report = json.loads(parse(path).to_json())
    return {
        "about": {name: report[name] for name in ABOUT},
        "outline": dict(outline(report["sections"])),
        "records": {
            record["id"]: {k: v for k, v in record.items() if k not in LEFT_OUT and v not in (None, [])}
            for record in report["records"]
        },
        "unread": {str(one["start"]): one["text"] for one in report["unread"]},
        "warnings": {f"{k} {one['code']}": one["message"] for k, one in enumerate(report["warnings"])},
    }


def outline(sections: list[dict[str, Any]]):
    for one in sections:
        yield str(one["start"]), f"{one['level']} {one['label']} | {one['title']} | to {one['end']}"
        yield from outline(one["children"])


def flat(golden: Golden) -> dict[str, Any]:
    """Each leaf by its place: ``records/q12/unit``."""
    leaves: dict[str, Any] = {}
    for part, entries in golden.items():
        for key, entry in entries.items():
            if part == "records":
                leaves |= {f"records/{key}/{field}": value for field, value in entry.items()}
            else:
                leaves[f"{part}/{key}"] = entry
    return leaves


def unflat(leaves: dict[str, Any]) -> Golden:
    """The other way."""
    golden: Golden = {"about": {}, "outline": {}, "records": {}, "unread": {}, "warnings": {}}
    for place, value in leaves.items():
        part, key, *field = place.split("/", 2)
        if field:
            golden[part].setdefault(key, {})[field[0]] = value
        else:
            golden[part][key] = value
    golden["records"] = {
        key: {name: entry[name] for name in FIELDS if name in entry} for key, entry in golden["records"].items()
    }
    for part in ("records", "outline", "unread"):
        golden[part] = dict(sorted(golden[part].items(), key=lambda item: (int(item[0].lstrip("qcr")), item[0])))
    return golden


def differences(must: Golden, actual: Golden) -> Deviations:
    """Place → what must stand there and what does; a record that only one side has is one place."""
    one_sided = must["records"].keys() ^ actual["records"].keys()
    found = {f"records/{key}": (must["records"].get(key), actual["records"].get(key)) for key in one_sided}
    a, b = flat(must), flat(actual)
    for place in a.keys() | b.keys():
        if a.get(place) != b.get(place) and place.split("/")[1] not in one_sided:
            found[place] = (a.get(place), b.get(place))
    return {place: {"must": one[0], "is": one[1]} for place, one in sorted(found.items())}


def keep_what_is_right(actual: Golden, known: Deviations) -> Golden:
    """The output, but with the golden's word wherever a deviation is listed: one wrong word must not replace another."""
    leaves = flat(actual)
    for place, one in known.items():
        part, _, *field = place.split("/", 2)
        whole = part == "records" and not field
        for old in [p for p in leaves if p == place or (whole and p.startswith(f"{place}/"))]:
            del leaves[old]
        if one["must"] is not None:
            leaves |= {f"{place}/{name}": value for name, value in one["must"].items()} if whole else {place: one["must"]}
    return unflat(leaves)


def written(golden: Golden) -> str:
    """JSON with one piece a line, so that a change is a line of the diff."""
    parts = []
    for part, entries in golden.items():
        lines = [f"  {json.dumps(key)}: {json.dumps(entry, ensure_ascii=False)}" for key, entry in entries.items()]
        parts.append(f"{json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n}" if lines else f"{json.dumps(part)}: {{}}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def deviations_of(name: str) -> Deviations:
    return json.loads(DEVIATIONS.read_text(encoding="utf-8")).get(name, {}) if DEVIATIONS.exists() else {}


def keep_deviations(name: str, found: Deviations) -> None:
    everything = json.loads(DEVIATIONS.read_text(encoding="utf-8")) if DEVIATIONS.exists() else {}
    everything[name] = found
    DEVIATIONS.write_text(written(dict(sorted(everything.items()))), encoding="utf-8")


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    golden = GOLDENS / f"{path.stem}.json"
    actual = golden_of(path)
    known = deviations_of(path.stem)
    if request.config.getoption("--update-goldens"):
        golden.write_text(written(keep_what_is_right(actual, known)), encoding="utf-8")
    found = differences(json.loads(golden.read_text(encoding="utf-8")), actual)
    if request.config.getoption("--update-deviations"):
        keep_deviations(path.stem, found)
        known = found
    new = {place: one for place, one in found.items() if known.get(place) != one}
    gone = [place for place in known if place not in found]
    assert not new, "differs from its golden:\n" + "\n".join(f"  {p}: must be {d['must']!r}, is {d['is']!r}" for p, d in new.items())
    assert not gone, f"now right; run with --update-deviations: {gone}"


def test_every_golden_has_its_report() -> None:
    assert {p.stem for p in GOLDENS.glob("*.json")} - {"deviations"} == {p.stem for p in REPORTS}


def test_what_a_golden_holds_survives_being_written() -> None:
    golden = golden_of(REPORTS[0])
    assert json.loads(written(golden)) == golden
    assert flat(unflat(flat(golden))) == flat(golden)
