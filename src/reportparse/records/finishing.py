"""A draft and its sentence → a record, complete and frozen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportparse.clauses import Sentence
from reportparse.mentions.model import Mention
from reportparse.model import AnyRecord, Change, Quantity, Ranking, Relation
from reportparse.records.drafts import Draft, State



_SHORT, _LONG = 2, 30


def finish(draft: Draft, sentence: Sentence, state: State, rule: str) -> AnyRecord:
    """Give a draft its place, its sentence and its names of rules."""
    mention = draft.token.mention
    assert mention is not None  # noqa: S101  every draft is made from a mention
    start, end = sentence.view.span(draft.token.start, draft.token.end)
    text = state.source[start:end]
    common: dict[str, Any] = {
        "id": f"{draft.kind[0]}{start}",
        "text": text,
        "start": start,
        "end": end,
        "indicator": draft.indicator or None,
        "subject": draft.subject,
        "period": draft.period,
        "status": draft.status,
        "price_basis": draft.price_basis,
        "section": sentence.section,
        "sentence": state.source[sentence.start:sentence.end],
        "page": sentence.line.page,
        "cell": None,
        "related": (Relation(type=draft.tie, id=draft.tied_to),) if draft.tie and draft.tied_to else (),
        "rules": (mention.rule, rule),
        "flags": _flags(draft, mention, sentence),
    }
    if draft.kind == "ranking":
        rank = mention.rank if mention.rank is not None else int(mention.value or Decimal(0))
        return Ranking(
            **common, rank=rank, rank_type=mention.rank_type,
            scope=draft.scope, scope_size=draft.scope_size, streak=draft.streak,
        )
    amount: dict[str, Any] = {
        "value": abs(mention.value) if draft.kind == "change" else mention.value,
        "value_max": abs(mention.value_max) if draft.kind == "change" and mention.value_max is not None else mention.value_max,
        "unit": mention.unit,
        "canonical_value": abs(mention.canonical_value) if draft.kind == "change" and mention.canonical_value is not None else mention.canonical_value,
        "canonical_value_max": mention.canonical_value_max,
        "canonical_unit": mention.canonical_unit,
        "bound": "exact" if draft.exact else mention.bound,
    }
    if draft.kind == "quantity":
        return Quantity(**common, **amount)
    negative = mention.value is not None and mention.value < 0
    direction = {"up": "down", "down": "up"}[draft.direction] if negative else draft.direction
    return Change(**common, **amount, direction=direction, basis=draft.basis, yardstick=draft.yardstick)


def _flags(draft: Draft, mention: Mention, sentence: Sentence) -> tuple[str, ...]:
    flags = [*mention.flags, *draft.flags]
    if draft.indicator is None:
        flags.append("no_indicator")
    elif len(draft.indicator) <= _SHORT:
        flags.append("short_indicator")
    elif len(draft.indicator) >= _LONG:
        flags.append("long_indicator")
    if draft.period is None:
        flags.append("unresolved_period")
    if sentence.line.ocr:
        flags.append("ocr")
    return tuple(dict.fromkeys(flags))
