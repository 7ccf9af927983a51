"""Agreement: figures of one report that are filed alike and state different values. What tells them apart was not found."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from reportparse.model import AnyRecord, Quantity

FLAG = "two_values"
_NEAR = Decimal("0.05")  # so near, two figures may be one that was rounded


def flag_two_values(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The records, with the flag on levels of the prose that share indicator, subject, period, status and unit, and can't both be true."""
    kept = list(records)
    alike: dict[tuple[str | None, ...], list[int]] = {}
    for k, record in enumerate(kept):
        if not isinstance(record, Quantity) or not record.indicator or record.canonical_value is None:
            continue
        if record.cell is None and "in_columns" not in record.flags:
            key = (record.indicator, record.subject, record.period, record.status, record.canonical_unit)
            alike.setdefault(key, []).append(k)
    for places in alike.values():
        if len(places) > 1 and any(_apart(kept[a], kept[b]) for a, b in pairwise(places)):
            for k in places:
                kept[k] = replace(kept[k], flags=(*kept[k].flags, FLAG))
    return kept


def _apart(one: AnyRecord, other: AnyRecord) -> bool:
    """Can't both be true? 突破3万亿元 and 3.6万亿元 can."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity) or one.canonical_value is None or other.canonical_value is None:
        return False
    low, high = sorted((one, other), key=lambda r: (r.canonical_value or Decimal(0)))
    a, b = low.canonical_value or Decimal(0), high.canonical_value or Decimal(0)
    if low.bound in ("more_than", "at_least") or high.bound in ("less_than", "at_most"):
        return False
    return b - a > _NEAR * abs(b)
