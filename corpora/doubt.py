"""How many records carry a flag, and how many of the wrong ones those are, then the same of each flag: `make score` prints it for its sets.

Run: python corpora/doubt.py FOLDER...   each with NAME.gold.jsonl and its report; needs REPORTPARSE_SHARED for its judge.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from reportparse import parse

sys.path.insert(0, str(Path(os.environ["REPORTPARSE_SHARED"]) / "eval"))
import score


def source_of(gold: Path) -> Path:
    """The report that a gold file is about."""
    name = gold.name.removesuffix(".gold.jsonl")
    return next(p for suffix in (".html", ".pdf", ".txt") if (p := gold.with_name(name + suffix)).exists())


def judged(gold: Path) -> list[tuple[list[str], bool]]:
    """(flags, right in everything) of each record that stands where a gold row does."""
    name = gold.name.removesuffix(".gold.jsonl")
    report = json.loads(parse(source_of(gold)).to_json())
    text, rows, _, _ = score.load(gold.with_name(name + ".txt"))
    records = report["records"]
    score.locate(text, records, report["text"])
    _, places = score.place(text)
    region = json.loads(gold.with_name("regions.json").read_text(encoding="utf-8")).get(name, "")
    scored = [row for row in rows if row["kind"] != "skip" and not row.get("optional")]
    names = {score.squash(score.readings(r["indicator"])[0]) for r in scored if score.readings(r.get("indicator"))[0]}
    out = []
    for row in scored:
        row.update(_a=places[row["start"]], _b=places[row["end"]], _region=region)
        near = [(min(row["_b"], r["_b"]) - max(row["_a"], r["_a"]), k) for k, r in enumerate(records) if r["_a"] is not None]
        overlap, k = max(near, default=(0, 0))
        if overlap > 0:
            out.append((records[k]["flags"], all(score.judge(row, records[k], names).values())))
    return out


def told(flag: str, carry: Counter[str], wrong: Counter[str]) -> str:
    """A line on one flag."""
    return f"  {flag}: {carry[flag]} records, {wrong[flag]} of them wrong ({wrong[flag] / carry[flag]:.0%})"


def main() -> None:
    """Print a line a folder and one a flag, then the flags over all folders."""
    everywhere: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for folder in sys.argv[1:]:
        found = [pair for gold in sorted(Path(folder).glob("*.gold.jsonl")) for pair in judged(gold)]
        flagged = [right for flags, right in found if flags]
        plain = [right for flags, right in found if not flags]
        wrong = sum(not right for _, right in found)
        caught = flagged.count(False)
        print(
            f"{folder}: {len(found)} records, {len(flagged) / len(found):.1%} flagged, which hold {caught} of {wrong} wrong ones; "
            f"{sum(plain) / len(plain):.1%} of the unflagged are right in everything"
        )
        carry = Counter(flag for flags, _ in found for flag in flags)
        missed = Counter(flag for flags, right in found if not right for flag in flags)
        print(*(told(flag, carry, missed) for flag in sorted(carry)), sep="\n")
        everywhere[0].update(carry)
        everywhere[1].update(missed)
    if len(sys.argv) > 2:
        print("together:", *(told(flag, *everywhere) for flag in sorted(everywhere[0])), sep="\n")


if __name__ == "__main__":
    main()
