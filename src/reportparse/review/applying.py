"""Decisions on a report that may have been read anew: found again where they still stand, told where not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from reportparse import patterns
from reportparse.model import AnyRecord, Change, Quantity, Ranking, Report
from reportparse.numerals import plain
from reportparse.review.decisions import CONTEXT, Decision, identity, latest
from reportparse.units import canonical

KINDS: dict[str, type[AnyRecord]] = {"quantity": Quantity, "change": Change, "ranking": Ranking}
EDITABLE = frozenset(
    {
        "kind", "indicator", "subject", "period", "status", "price_basis", "value", "value_max", "unit", "bound", "direction", "basis",
        "yardstick", "rank", "rank_type", "scope", "scope_size", "streak",
    }
)  # fmt: skip
"""Fields that a decision may correct; place, quote and section come from the text."""
_PERIOD = patterns.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_MISSING = {"bound": "exact", "direction": "up", "rank_type": "exact", "unit": ""}
"""What a field is where a record becomes one of another kind and nobody says more."""


class Unplaced(NamedTuple):
    """A decision that no longer stands, and why."""

    decision: Decision
    why: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.decision.verdict} of {self.decision.quote!r} ({self.decision.id}): {self.why}"


class Placed(NamedTuple):
    """A decision and its record; None where the report holds none there, which is what a rejection wants."""

    decision: Decision
    record: AnyRecord | None


def place_decisions(report: Report, decisions: Iterable[Decision]) -> tuple[list[Placed], list[Unplaced]]:
    """Find each figure that was decided on: in its place if the bytes are the same, else by its words if they stand in the text once.

    A file may hold decisions on many reports. Those on another one are tried by their words, for it may be an earlier edition; where most
    of them don't fit, it is simply another report, and they are passed over, unless the file holds nothing else.
    """
    last = latest(decisions)
    mine = identity(report)
    own = any(decision.sha256 == mine for decision in last)
    places = [_place(report, decision, same=decision.sha256 == mine) for decision in last]
    fits = Counter(decision.sha256 for decision, (span, _) in zip(last, places, strict=True) if span)
    total = Counter(decision.sha256 for decision in last)
    records = _by_span(report)
    placed: dict[tuple[int, int, str], Placed] = {}
    unplaced: list[Unplaced] = []
    for decision, (span, why) in zip(last, places, strict=True):
        sha = decision.sha256
        if sha != mine and 2 * fits[sha] < total[sha] and (own or fits.keys() - {sha}):
            continue
        if span is None:
            unplaced.append(Unplaced(decision, why))
            continue
        here = records.get(span, [])
        record = next((r for r in here if r.id == decision.id), here[0] if here else None)
        if record is None and decision.verdict in ("accept", "correct"):
            unplaced.append(Unplaced(decision, "the words stand there, but no figure is extracted from them any more"))
        else:
            placed[*span, record.id if record else ""] = Placed(decision, record)
    return (
        [one for one in placed.values() if one.decision.verdict != "withdraw"],
        [one for one in unplaced if one.decision.verdict != "withdraw"],
    )


def _by_span(report: Report) -> dict[tuple[int, int], list[AnyRecord]]:
    found: dict[tuple[int, int], list[AnyRecord]] = {}
    for record in report.records:
        found.setdefault((record.start, record.end), []).append(record)
    return found


def _place(report: Report, decision: Decision, *, same: bool) -> tuple[tuple[int, int] | None, str]:
    text, quote = report.text, decision.quote
    if same and text[decision.start : decision.end] == quote:
        return (decision.start, decision.end), ""
    bare = same or not (decision.before or decision.after)  # in another file, `5%` alone could be anything
    for before, after in _contexts(decision, bare):
        whole = before + quote + after
        at = text.find(whole)
        if at >= 0 and text.find(whole, at + 1) < 0:
            return (at + len(before), at + len(before) + len(quote)), ""
    if quote in text:
        return None, "what stood around these words is another now, and they can't be told from others like them"
    return None, "the text does not hold these words any more"


def _contexts(decision: Decision, bare: bool) -> Iterator[tuple[str, str]]:
    """What to look for around the quote, the most telling first."""
    before, after = decision.before, decision.after
    for width in (CONTEXT, CONTEXT // 2):
        yield before[-width:], after[:width]
    if len(before) >= CONTEXT // 2:
        yield before[-CONTEXT // 2 :], ""
    if len(after) >= CONTEXT // 2:
        yield "", after[: CONTEXT // 2]
    if bare:
        yield "", ""


def apply_decisions(report: Report, decisions: Iterable[Decision]) -> tuple[Report, list[Unplaced]]:
    """The report as it was decided on, and the decisions that no longer stand.

    A rejected record is gone, an accepted one has no flags left, a corrected one has its new fields (and canonical values made from them);
    the rules of the last two end with ``reviewed``.
    """
    placed, unplaced = place_decisions(report, decisions)
    made: dict[str, AnyRecord | None] = {}
    for decision, record in placed:
        if record is None:
            continue
        if decision.verdict == "reject":
            made[record.id] = None
            continue
        try:
            made[record.id] = corrected(record, decision.fields if decision.verdict == "correct" else {})
        except (msgspec.ValidationError, ValueError, ArithmeticError) as error:
            unplaced.append(Unplaced(decision, f"its correction can't be: {error}"))
    gone = {name for name, record in made.items() if record is None}
    kept = (made.get(record.id, record) for record in report.records)
    records = tuple(_untied(record, gone) for record in kept if record is not None)
    return msgspec.structs.replace(report, records=records), unplaced


def _untied(record: AnyRecord, gone: set[str]) -> AnyRecord:
    if not any(tie.id in gone for tie in record.related):
        return record
    return msgspec.structs.replace(record, related=tuple(tie for tie in record.related if tie.id not in gone))


def corrected(record: AnyRecord, fields: dict[str, Any]) -> AnyRecord:
    """The record with some fields changed, canonical values made anew; ValueError where a field or its value can't be."""
    unknown = sorted(set(fields) - EDITABLE)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no field that can be corrected")
    values: dict[str, Any] = {**msgspec.to_builtins(record), **fields, "flags": [], "rules": [*record.rules, "reviewed"]}
    kind = KINDS.get(values["kind"])
    if kind is None:
        raise ValueError(f"kind {values['kind']!r} is none of {', '.join(KINDS)}")
    if values["period"] is not None and not _PERIOD.fullmatch(str(values["period"])):
        raise ValueError(f"period {values['period']!r} is no ISO 8601 date or interval")
    if kind is not Ranking and fields.keys() & {"kind", "value", "value_max", "unit"}:
        values |= _canonical(values)
    wanted = {name: values.get(name, _MISSING.get(name)) for name in kind.__struct_fields__}
    return msgspec.convert({"kind": values["kind"], **wanted}, kind)


def _canonical(values: dict[str, Any]) -> dict[str, Any]:
    """Value and unit in their one spelling, as the records contract says."""
    ends = {name: values.get(name) for name in ("value", "value_max")}
    if ends["value"] is None:
        raise ValueError("value is missing")
    by, unit = canonical(values.get("unit") or "")
    exact = {name: None if end is None else _decimal(name, end) for name, end in ends.items()}
    if values["kind"] == "change" and any(end is not None and end < 0 for end in exact.values()):
        raise ValueError("the value of a change is never negative; its direction says which way")
    made = {name: end if end is None or by == 1 else plain(end * by) for name, end in exact.items()}
    return {**{f"canonical_{name}": None if end is None else f"{end:f}" for name, end in made.items()}, "canonical_unit": unit}


def _decimal(name: str, text: Any) -> Decimal:
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", str(text)):
        raise ValueError(f"{name} {text!r} is no decimal number")
    return Decimal(str(text))
