"""``reportparse score GOLD…``: the library on gold, field by field, against the floors."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportparse.cli.sources import reason
from reportparse.errors import ReportError
from reportparse.export.columns import align

if TYPE_CHECKING:
    from reportparse.scoring import GoldScore


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("gold", metavar="GOLD", nargs="+", help="NAME.gold.jsonl, or folders of them (corpora/gold)")
    parser.add_argument("--sources", metavar="FOLDER", help="where the annotated reports are (default: corpus/ in $REPORTPARSE_SHARED)")
    parser.add_argument("--floors", metavar="FILE", help="floors to hold: the table [score] of a TOML file (corpora/floors.toml)")
    parser.add_argument("--raise", action="store_true", dest="lift", help="raise the floors that were passed; none is ever lowered")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="table (default), json")
    parser.epilog = "Exit status 1 where a figure lies below its floor, 2 where gold or a report is missing."


def run(options: argparse.Namespace) -> int:
    """Score and print."""
    from reportparse import scoring

    shared = os.environ.get("REPORTPARSE_SHARED")
    sources = Path(options.sources) if options.sources else Path(shared) / "corpus" if shared else None
    if sources is None:
        print("reportparse: score: name the folder of the annotated reports: --sources FOLDER", file=sys.stderr)
        return 2
    paths = [path for given in map(Path, options.gold) for path in (sorted(given.glob("*.gold.jsonl")) if given.is_dir() else [given])]
    try:
        scores = [scoring.score(path, sources) for path in paths]
        floors = scoring.floors(Path(options.floors)) if options.floors else {}
    except (ReportError, OSError, ValueError) as error:
        print(f"reportparse: score: {reason(error)}", file=sys.stderr)
        return 2
    if not scores:
        print("reportparse: score: no NAME.gold.jsonl there", file=sys.stderr)
        return 2
    total = scoring.together(scores)
    if options.format == "json":
        print(
            json.dumps(
                {one.name: {"expected": one.expected, "found": one.found, **one.figures} for one in (*scores, total)},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _print([*scores, total], floors)
    lost = [
        f"{name} {total.figures.get(name, 0):.4f} is below its floor {floor}"
        for name, floor in floors.items()
        if total.figures.get(name, 0) < floor
    ]
    for line in lost:
        print(f"reportparse: score: {line}", file=sys.stderr)
    if options.lift and options.floors:
        path = Path(options.floors)
        path.write_text(scoring.raised(path.read_text(encoding="utf-8"), total.figures), encoding="utf-8")
    return 1 if lost else 0


def _print(scores: list[GoldScore], floors: dict[str, float]) -> None:
    names = list(scores[-1].figures)
    rows = [("", *(one.name for one in scores), "floor")]
    rows += [("figures", *(str(one.expected) for one in scores), "")]
    rows += [
        (name, *(f"{one.figures[name]:.3f}" if name in one.figures else "—" for one in scores), str(floors.get(name, ""))) for name in names
    ]
    print("\n".join(align(rows)))
