"""Rules that bind rankings: a place in an ordered field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.records.drafts import Bound, Draft, State
from reportparse.records.filing import file_under, name_text, period_before, period_here, status_of
from reportparse.records.naming import measure_of, tidy
from reportparse.records.quantities import group, is_count, one
from reportparse.records.tokens import Token
from reportparse.rules import rule

Match = re.Match[str]


@cache
def _field_opens() -> re.Pattern[str]:
    words = table("cues")
    return patterns.compile(f"(?:{alternatives(words['fields'])})[^,，、。;；]{{0,14}}?(?:{alternatives(words['field_ends'])})")


@cache
def _verbs() -> re.Pattern[str]:
    return patterns.compile(f"(?:{alternatives(table('cues')['rank'])})")


@cache
def _field_at_end() -> re.Pattern[str]:
    return patterns.compile(f"(?:在)?(?P<field>(?:{alternatives(table('cues')['fields'])})[^,，、]{{0,4}})\\Z")


def streak_of(tokens: list[Token]) -> int | None:
    """The years of 连续四年; months do not count."""
    for token in tokens:
        if token.kind == "S" and token.mention is not None and token.mention.value is not None and "年" in token.mention.unit:
            return int(token.mention.value)
    return None


@rule(r"(?P<name>N)?(?P<pre>[TVSZPG]*)(?P<size>A)(?P<field>N)?(?P<mid>[VSTKBP]*)(?P<rank>R)")
def sized_field(match: Match, state: State) -> Bound | None:
    """`位列全国168个重点城市第16名`: the size of the field belongs to the ranking."""
    size, rank = one(state, match, "size"), one(state, match, "rank")
    if size is None or rank is None or size.mention is None or not is_count(size) or size.mention.value is None:
        return None
    name = one(state, match, "name")
    before = name.text if name else ""
    head = _field_at_end().search(before)
    if not head and not before.endswith("在") and not any(t.text == "在" for t in group(state, match, "pre")) and before:
        return None
    if not head and not before and "V" not in match["pre"]:
        return None
    field = one(state, match, "field")
    tail = re.sub(r"(?:中|里|内)?(?:的)?(?:综合)?(?:排名|排位|排行|位居|位列|列|居|排)?\Z", "", field.text) if field else ""
    scope_text = (head["field"] if head else "") + size.text + tail
    rest = before[: head.start()] if head else before.removesuffix("在")
    rest = _without_verb(rest)
    filed = file_under(state, tidy(rest) or None)
    period, _ = period_here(state, group(state, match, "pre"))
    draft = Draft(
        "ranking", rank, filed.indicator, filed.subject, period, status_of(state, kinds=match["pre"], period=period),
        scope=scope_text, scope_size=int(size.mention.value), streak=streak_of([*group(state, match, "pre"), *group(state, match, "mid")]),
        tie="rank_of" if not filed.named else None, tied_to=state.scope.level,
    )
    return Bound((draft,), replace(state.scope, indicator=filed.indicator, own_name=True, pending=None, subject=state.scope.subject))


def _without_verb(text: str) -> str:
    last = next((m for m in reversed(list(_verbs().finditer(text)))), None)
    return text[: last.start()] if last and last.end() == len(text) else text


def _jointly(names: Sequence[str]) -> str:
    """Several names as one phrase, what they share said once.

    >>> _jointly(("茶叶产量", "柑橘产量")), _jointly(("绿化覆盖率", "绿地率"))
    ('茶叶、柑橘产量', '绿化覆盖率、绿地率')
    """
    shared = measure_of(names[-1]) or ""
    if len(shared) > 1 and all(n.endswith(shared) and len(n) > len(shared) for n in names):
        return "、".join(n[: -len(shared)] for n in names) + shared
    return "、".join(names)


_ALL = frozenset("均都")
_REACHED = patterns.compile(r"^(?:(?:提升|上升|跃升|晋升|前移|升|跃居|进)(?:到|至|为|入)?|跃居|进入|保持)(?=..)")


@rule(r"(?P<name>N)?(?P<pre>[TVSZPGBFOH]*)(?P<field>K)?(?P<mid>[SVTGBE]*)(?P<rank>R)(?P<note>O)?")
def ranked(match: Match, state: State) -> Bound | None:
    """`增速居全省第3位`, `全国第5名`: a place of rank, its field before it."""
    rank = one(state, match, "rank")
    if rank is None:
        return None
    field, name = one(state, match, "field"), one(state, match, "name")
    text = name_text(name)
    scope_text = field.text if field and field.text else None
    if text and scope_text is None:
        head = _field_at_end().search(text)
        if head and (head.start() > 0 or field is None or not field.text):
            scope_text, text = head["field"], tidy(text[: head.start()]) or None
    size, scope_text = _size_in(_REACHED.sub("", scope_text) if scope_text else None)
    filed = file_under(state, text)
    indicator = filed.indicator
    rate = next((t.text for t in group(state, match, "pre") if t.kind == "H"), None)
    if rate and indicator and not indicator.endswith(rate):
        indicator += rate  # 增速位列全省第三
    if scope_text is None:
        said = _field_opens().match(state.scope.pending or "") or _field_opens().match(indicator or "")
        scope_text = said[0] if said else None
        if said and state.scope.pending and text:
            indicator = re.sub(r"(?:综合)?(?:排名|排行)?(?:中|里)?\Z", "", state.scope.pending[said.end():]) or indicator
            filed = replace(filed, subject=text if text != indicator else filed.subject)
    all_of_them = field is not None and state.view[max(0, field.start - 1):field.start + 1].strip(",、，")[-1:] in _ALL
    if all_of_them and not filed.named and len(state.scope.names) > 1:
        indicator = _jointly(state.scope.names)  # …分别达到46.8%、43.5%,均居全国第2
    scope_text = scope_text or state.scope.field
    period, _ = period_here(state, [*group(state, match, "pre"), *group(state, match, "mid")])
    draft = Draft(
        "ranking", rank, indicator, filed.subject, period, status_of(state, text, kinds=match["pre"], period=period),
        scope=scope_text, scope_size=size, streak=streak_of([*group(state, match, "pre"), *group(state, match, "mid")]),
        flags=filed.flags, tie="rank_of" if not filed.named and state.scope.level else None, tied_to=state.scope.level,
    )
    return Bound((draft,), replace(state.scope, indicator=indicator, own_name=True, pending=None, field=scope_text))


@rule(r"(?P<name>N)?(?P<pre>[TVBP,]*)K?X(?P<t1>T?)V?(?P<field>K)?(?P<from>R)N?(?P<turn>[DVK]*)W(?P<t2>[TV]*)(?P<to>R)")
def rank_from_to(match: Match, state: State) -> Bound | None:
    """`从世界第六位上升到第四位`: two places, the first of an earlier time."""
    first, second, field = one(state, match, "from"), one(state, match, "to"), one(state, match, "field")
    if first is None or second is None:
        return None
    filed = file_under(state, name_text(one(state, match, "name")))
    now, _ = period_here(state, [*group(state, match, "pre"), *group(state, match, "t2")])
    then = period_before(state, group(state, match, "t1"))
    size, scope_text = _size_in(field.text if field and field.text else state.scope.field)
    status = status_of(state, kinds=match["pre"], period=now)
    drafts = (
        Draft("ranking", first, filed.indicator, filed.subject, then, "actual", scope=scope_text, scope_size=size),
        Draft("ranking", second, filed.indicator, filed.subject, now, status, scope=scope_text, scope_size=size),
    )
    return Bound(drafts, replace(state.scope, indicator=filed.indicator, own_name=True, pending=None, field=scope_text))


def _size_in(scope: str | None) -> tuple[int | None, str | None]:
    if not scope:
        return None, None
    listed = re.search(r"(\d+)强", scope)
    return (int(listed[1]) if listed else None), scope


RULES = [sized_field, rank_from_to, ranked]
