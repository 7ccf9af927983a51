"""How many records of statistical bulletins match the registry, and a sample of the matches to check by eye.

python benchmarks/indicators.py FOLDER            parses the files stat-* of FOLDER: the share by file, kind and evidence
python benchmarks/indicators.py FOLDER --missed N  … and the N most frequent names without a match
python benchmarks/indicators.py FOLDER --sample N --seed S   draws N matches, each with its sentence

benchmarks/indicator_sample.tsv holds a sample that was checked: report, record, indicator, right or wrong.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from reportparse.errors import ReportError
from reportparse.indicators import Match, load
from reportparse.model import AnyRecord
from reportparse.pipeline import parse


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", default="stat-*")
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    registry = load()
    found: list[tuple[str, AnyRecord, Match | None]] = []
    for path in sorted(options.folder.glob(options.files)):
        try:
            report = parse(path)
        except ReportError as error:
            print(f"{path.name}: {error}")
            continue
        found += [(path.name, record, registry.match(record, report.region)) for record in report.records]
    matched = [(name, record, match) for name, record, match in found if match]
    if not found:
        raise SystemExit(f"{options.folder}: no records in {options.files}")
    print(f"indicators: {len(registry)}: " + ", ".join(f"{p} {sum(e.pack == p for e in registry)}" for p in registry.packs))
    print(f"records: {len(found)}, matched: {len(matched)} ({len(matched) / len(found):.1%})")
    for title, counts, totals in (
        ("kind", Counter(r.kind for _, r, _ in matched), Counter(r.kind for _, r, _ in found)),
        ("report", Counter(n for n, _, _ in matched), Counter(n for n, _, _ in found)),
    ):
        shares = sorted((counts[key] / total, key) for key, total in totals.items())
        print(f"by {title}: lowest {shares[0][1]} {shares[0][0]:.0%}, highest {shares[-1][1]} {shares[-1][0]:.0%}")
    print("by evidence: " + ", ".join(f"{how} {n}" for how, n in Counter(m.how for _, _, m in matched).most_common()))
    print(f"indicators met: {len({m.indicator.id for _, _, m in matched})}")
    for name, count in Counter(str(r.indicator) for _, r, m in found if not m).most_common(options.missed):
        print(f"{count}\t{name}")
    if options.sample:
        for name, record, match in random.Random(options.seed).sample(matched, min(options.sample, len(matched))):  # noqa: S311
            print(f"{name}\t{record.id}\t{match.indicator.id}\t{match.indicator.name_zh}\t{record}\t{record.sentence[:200]!r}")


if __name__ == "__main__":
    main()
