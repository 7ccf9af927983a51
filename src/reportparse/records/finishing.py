"""A draft and its sentence → a record, complete and frozen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from reportparse import patterns
from reportparse.clauses import Sentence
from reportparse.lexicon import Endings, alternatives, table
from reportparse.mentions.model import Mention
from reportparse.model import AnyRecord, Change, Direction, Quantity, Ranking, Relation
from reportparse.records.doubting import bare_head, doubts, odd_inside
from reportparse.records.drafts import Draft, State

_SHORT, _LONG = 2, 30
_NEVER = 9998


def finish(draft: Draft, sentence: Sentence, state: State, rule: str) -> AnyRecord:
    """Give a draft its place, its sentence and the names of its rules."""
    mention = draft.token.mention
    assert mention is not None  # noqa: S101  every draft is made from a mention
    start, end = sentence.view.span(draft.token.start, draft.token.end)
    said = state.said
    if said is None:
        said = state.said = state.source[sentence.start : sentence.end]
    flags = [*mention.flags, *draft.flags, *_to_look_at(draft, mention, sentence, state.source, start, end), *doubts(draft, state, rule)]
    common: dict[str, Any] = {
        "id": f"{draft.kind[0]}{start}",
        "text": state.source[start:end],
        "start": start,
        "end": end,
        "indicator": _as_printed(draft.indicator, said) or None,
        "subject": _as_printed(draft.subject, said),
        "period": draft.period,
        "status": "target" if _yet_to_come(draft.period, state) else draft.status,
        "price_basis": draft.price_basis,
        "section": sentence.section,
        "sentence": said,
        "page": sentence.line.page,
        "cell": None,
        "related": (Relation(type=draft.tie, id=draft.tied_to),) if draft.tie and draft.tied_to else (),
        "rules": (mention.rule, rule),
        "flags": tuple(dict.fromkeys(flags)) if flags else (),
    }
    if draft.kind == "ranking":
        return _ranking(draft, mention, common)
    change = draft.kind == "change"
    amount: dict[str, Any] = {
        "value": _size(mention.value, change),
        "value_max": _size(mention.value_max, change),
        "unit": mention.unit,
        "canonical_value": _size(mention.canonical_value, change),
        "canonical_value_max": _size(mention.canonical_value_max, change),
        "canonical_unit": mention.canonical_unit,
        "bound": "exact" if draft.exact else mention.bound,
    }
    if not change:
        return Quantity(**common, **amount)
    negative = mention.value is not None and mention.value < 0
    direction: Direction = ("up" if draft.direction == "down" else "down") if negative else draft.direction
    return Change(**common, **amount, direction=direction, basis=draft.basis, yardstick=draft.yardstick)


def _yet_to_come(period: str | None, state: State) -> bool:
    """Had the period not begun when the report was given? What is said of it then is an aim, whatever the verb."""
    now = state.years.now if state.years.now is not None else (state.years.review or _NEVER) + 1
    return period is not None and int(period[:4]) > now


def _ranking(draft: Draft, mention: Mention, common: dict[str, Any]) -> Ranking:
    rank = mention.rank if mention.rank is not None else int(mention.value or 0)
    return Ranking(
        **common, rank=rank, rank_type=mention.rank_type,
        scope=_as_printed(draft.scope, common["sentence"]), scope_size=draft.scope_size, streak=draft.streak,
    )  # fmt: skip


def _size(value: Decimal | None, unsigned: bool) -> Decimal | None:
    """The number as printed; of a change without its sign, which its direction tells."""
    return abs(value) if unsigned and value is not None else value


def _as_printed(name: str | None, sentence: str) -> str | None:
    """The name with the brackets that the report prints; matching folds them."""
    if name and "(" in name and "（" in sentence:
        return name.replace("(", "（").replace(")", "）")
    return name


@cache
def _odd() -> tuple[re.Pattern[str], Endings]:
    """What no name of an indicator begins with, and what it ends with."""
    words = table("phrases")
    opening = rf"(?:{alternatives(words['odd_openings'])})(?!{alternatives(words['odd_unless'])})"
    return patterns.compile(opening), Endings(words["odd_endings"])


def _to_look_at(draft: Draft, mention: Mention, sentence: Sentence, source: str, start: int, end: int) -> Iterator[str]:
    """What a name, a time or a line says by itself; the number stands at ``source[start:end]``."""
    if doubt := _doubt_of_name(draft.indicator):
        yield doubt
    if draft.period is None:
        yield "unresolved_period"
    if not mention.unit and mention.kind == "amount" and source[max(0, start - 1) : start].isspace() and not source[end : end + 1].strip():
        yield "in_columns"
    if sentence.line.ocr:
        yield "ocr"


@lru_cache(maxsize=4096)
def _doubt_of_name(indicator: str | None) -> str | None:
    if indicator is None:
        return "no_indicator"
    if len(indicator) <= _SHORT or bare_head(indicator):
        return "short_indicator"
    if len(indicator) >= _LONG:
        return "long_indicator"
    opening, ends = _odd()
    return "odd_indicator" if opening.match(indicator) or ends.of(indicator) or odd_inside(indicator) else None
