"""Where words are missing: what reports hold that the tables do not know, most frequent first.

An analyst reads the list, adds words to a table (docs/words.md), and runs it again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from reportparse.model import Ranking, Report
from reportparse.units import units

_CONTEXT = 12
_ODD_HEAD = re.compile(r"^[的了和与及其对把被为是]|^[,，。；;：:)）]")
_ODD_TAIL = re.compile(r"[的了是在和与及将已,，。；;：:(（]$")
_SHORT, _LONG = 2, 30


class Gap(NamedTuple):
    """One thing that the words do not cover."""

    kind: str
    """`unread` numeral, unknown `unit`, odd `indicator`."""
    text: str
    times: int
    example: str
    """Where it stands, with a little of the text around it."""


def find_gaps(reports: Iterable[Report]) -> list[Gap]:
    """The gaps of `reports`: by kind, the most frequent first."""
    seen: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}

    def note(kind: str, text: str, report: Report, start: int, end: int) -> None:
        seen[kind, text] += 1
        around = report.text[max(0, start - _CONTEXT) : end + _CONTEXT]
        examples.setdefault((kind, text), around.replace("\n", " "))

    for report in reports:
        for numeral in report.unread:
            note("unread", numeral.text, report, numeral.start, numeral.end)
        for record in report.records:
            if not isinstance(record, Ranking) and record.canonical_unit and not _known(record.canonical_unit):
                note("unit", record.canonical_unit, report, record.start, record.end)
            name = record.indicator or ""
            if record.cell is None and (not _SHORT < len(name) < _LONG or _ODD_HEAD.search(name) or _ODD_TAIL.search(name)):
                note("indicator", name, report, record.start, record.end)
    order = {"unread": 0, "unit": 1, "indicator": 2}
    rows = [Gap(kind, text, times, examples[kind, text]) for (kind, text), times in seen.items()]
    return sorted(rows, key=lambda gap: (order[gap.kind], -gap.times, gap.text))


def _known(unit: str) -> bool:
    return all(part in units() for part in unit.split("/"))
