"""Decisions carried on: as rows of an expectation, or as rows of gold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reportparse.gold import uncovered
from reportparse.model import AnyRecord, Report
from reportparse.review.applying import Unplaced, corrected, place_decisions
from reportparse.review.decisions import Decision, identity

Row = dict[str, Any]

_COMMON = ("indicator", "subject", "period", "status")
_AMOUNT = ("value", "value_max", "unit", "bound")
FIELDS: dict[str, tuple[str, ...]] = {
    "quantity": (*_COMMON, *_AMOUNT, "price_basis"),
    "change": (*_COMMON, *_AMOUNT, "direction", "basis", "yardstick", "price_basis"),
    "ranking": (*_COMMON, "rank", "rank_type", "scope", "scope_size", "streak"),
}
"""What a row says of a record of each kind."""
_ONLY_IF_KNOWN = ("value_max", "yardstick", "price_basis")


def fixture_rows(report: Report, decisions: Iterable[Decision]) -> tuple[list[Row], list[Unplaced]]:
    """A row for each figure that was decided on: its place, and its fields as confirmed or corrected, or ``absent`` where it was rejected."""
    rows: list[Row] = []
    decided, unplaced = _decided(report, decisions)
    for start, end, record in decided:
        place: Row = {"sha256": identity(report), "start": start, "end": end, "text": report.text[start:end]}
        rows.append(place | ({"absent": True} if record is None else _fields(record)))
    return rows, unplaced


def gold_rows(report: Report, plain: str, decisions: Iterable[Decision]) -> tuple[list[Row], list[Unplaced]]:
    """Rows as in corpora/gold, with places in `plain`, the gold's own plain text of the report (`reportparse.gold.plain_text`).

    A sentence of which every record was decided on, and in which no numeral is unread, becomes a window; a rejected figure in it a ``skip``,
    and so do the numerals in its names and times, of which there are no records.
    Figures of other sentences, and those of tables, are left out: gold says of a window that nothing is missing in it.
    """
    decided, unplaced = _decided(report, decisions)
    finder = _Finder(report.text, plain)
    rows: list[Row] = []
    for low, high in _whole_sentences(report, {(start, end) for start, end, _ in decided}):
        window = finder.place(low, high)
        inside = [(finder.place(start, end), record) for start, end, record in decided if low <= start < high]
        if window is None or any(place is None for place, _ in inside):
            continue
        rows.append({"kind": "window", "start": window[0], "end": window[1]})
        for place, record in inside:
            assert place is not None  # noqa: S101  seen above
            row = {"kind": "skip"} if record is None else _fields(record)
            rows.append({"kind": row.pop("kind"), "start": place[0], "end": place[1], **row})
    if rows:  # without a window, gold takes the whole text for one
        rows += [{"kind": "skip", "start": start, "end": start + len(numeral)} for start, numeral in uncovered(rows, plain)]
    return sorted(rows, key=lambda row: (row["start"], -row["end"])), unplaced


def _decided(report: Report, decisions: Iterable[Decision]) -> tuple[list[tuple[int, int, AnyRecord | None]], list[Unplaced]]:
    placed, unplaced = place_decisions(report, decisions)
    found: list[tuple[int, int, AnyRecord | None]] = []
    for decision, record in placed:
        if record is None:
            continue
        if decision.verdict == "reject":
            found.append((record.start, record.end, None))
            continue
        try:
            found.append((record.start, record.end, corrected(record, decision.fields)))
        except (msgspec.ValidationError, ValueError, ArithmeticError) as error:
            unplaced.append(Unplaced(decision, f"its correction can't be: {error}"))
    return sorted(found, key=lambda one: one[:2]), unplaced


def _fields(record: AnyRecord) -> Row:
    values = msgspec.to_builtins(record)
    wanted = ((name, values[name]) for name in FIELDS[record.kind])
    return {"kind": record.kind, **{name: value for name, value in wanted if value is not None or name not in _ONLY_IF_KNOWN}}


def _whole_sentences(report: Report, decided: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences without a figure that waits for its decision, and without an unread numeral."""
    open_ones: set[tuple[int, int]] = set()
    seen: set[tuple[int, int]] = set()
    for record in report.records:
        if record.cell is not None:
            continue
        at = report.text.rfind(record.sentence, max(0, record.start - len(record.sentence)), record.end + len(record.sentence))
        span = (at, at + len(record.sentence))
        seen.add(span)
        if at < 0 or (record.start, record.end) not in decided:
            open_ones.add(span)
    gaps = [one.start for one in report.unread]
    return [span for span in sorted(seen - open_ones) if bisect_left(gaps, span[0]) == bisect_left(gaps, span[1])]


class _Finder:
    """Places of one text in another that has the same signs with other blanks."""

    _NEAR = 30

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self.numbers: Sequence[int] = [k for k, sign in enumerate(plain) if not sign.isspace()]
        self.signs = "".join(plain[k] for k in self.numbers)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `text[start:end]` stands in the other text; None where that can't be told."""
        before = "".join(self.text[max(0, start - 2 * self._NEAR) : start].split())[-self._NEAR :]
        wanted = "".join(self.text[start:end].split())
        after = "".join(self.text[end : end + 2 * self._NEAR].split())[: self._NEAR]
        for head, tail in ((before, after), (before[-8:], after[:8])):
            whole = head + wanted + tail
            at = self.signs.find(whole)
            if at >= 0 and self.signs.find(whole, at + 1) < 0:
                first = at + len(head)
                return self.numbers[first], self.numbers[first + len(wanted) - 1] + 1
        return None
