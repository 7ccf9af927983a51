"""Binding: a sentence's tokens and the scope so far → records and the scope after.

The rules stand in one list; their order is the precedence. Each sees the sentence as a row of letters (tokens.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from reportparse.clauses import Sentence
from reportparse.mentions.model import Mention
from reportparse.model import AnyRecord, Quantity, Ranking
from reportparse.records import changes, frames, lists, quantities, rankings
from reportparse.records.drafts import Bound, Draft, State
from reportparse.records.finishing import finish
from reportparse.records.naming import is_level, measure_of, thing_of
from reportparse.records.quantities import counted_units
from reportparse.records.scope import Scope, Setting, Years, plan_spoken_of, section_cues, setting_of
from reportparse.records.tokens import tokenise
from reportparse.rules import RuleSet


@cache
def rule_set() -> RuleSet[State, Bound]:
    """All binding rules, in order of precedence."""
    return RuleSet([*lists.RULES, *rankings.RULES, *quantities.ACTS, *changes.RULES, *quantities.RULES, *frames.RULES])


_RATIOS = frozenset({"%", "‰", "倍", ""})
_FIGURES = frozenset({"amount", "rank"})
_PLACES, _TOWNS = frozenset("省市区县州盟旗"), ("城区", "市区")


class Binder:
    """Binds the sentences of one report, in order."""

    def __init__(self, years: Years, region: str | None, *, accounts: bool = False, plans: bool = False) -> None:
        """With `accounts` the report gives accounts of levels of government, so that a level named holds; with `plans` those of a year to come."""
        self._accounts = accounts
        self._plans = plans
        self._years = years
        self._region = region
        self._scope = Scope()
        self._section: tuple[str, ...] | None = None
        self._setting = Setting(years.review, "actual", None, None)
        self._settings: dict[tuple[str, ...], Setting] = {}

    def records(self, sentence: Sentence, mentions: Sequence[Mention], text: str) -> list[AnyRecord]:
        """The records of `sentence`, given its mentions; the scope moves on."""
        self._enter(sentence)
        if not any(m.kind in _FIGURES for m in mentions):
            self._scope = frames.without_figures(self._scope, sentence, mentions, self._setting, self._years, self._region)
            return []
        view = sentence.view.text
        tokens = tokenise(view, mentions)
        ahead = plan_spoken_of(view, self._years) if self._setting.status == "target" else None
        state = State(
            tokens, view, text, self._setting, sentence.section, self._years, self._region,
            frames.at_sentence(self._scope, view, ahead), accounts=self._accounts, plans=self._plans,
        )  # fmt: skip
        letters = "".join([t.kind for t in tokens])
        out: list[AnyRecord] = []
        for rule, made, _, _ in rule_set().scan(letters, state):
            scope = made.scope
            for draft in made.drafts:
                record = finish(draft, sentence, state, rule.name)
                out.append(record)
                scope = _after(scope, draft, record)
            state.scope = scope
        self._scope = frames.after_sentence(state.scope)
        return out

    def _enter(self, sentence: Sentence) -> None:
        if sentence.section != self._section:
            self._section = sentence.section
            if sentence.section not in self._settings:
                self._settings[sentence.section] = setting_of(sentence.section, self._years)
            self._setting = self._settings[sentence.section]
            held = self._scope if self._scope.subject and not self._setting.own else None
            if held and sentence.section[:len(held.subject_in)] != held.subject_in:
                held = None
            self._scope = Scope(
                subject=self._setting.subject or (held.subject if held else None), subject_in=held.subject_in if held else (),
            )
        if sentence.opens_line:
            self._scope = frames.at_paragraph(self._scope, self._setting)


def _is_place(subject: str) -> bool:
    return (subject[-1:] in _PLACES or subject.endswith(_TOWNS)) and not is_level(subject)


def _named_place(scope: Scope, draft: Draft, record: AnyRecord) -> bool:
    """Is the subject a place that the sentence named for this figure, or for one before it?"""
    if isinstance(record, Ranking) or draft.subject is None or not _is_place(draft.subject):
        return False
    if record.canonical_unit in counted_units() and not measure_of(draft.indicator):  # 河南省质量诚信企业166家: a name
        return scope.whose_place and scope.whose == draft.subject
    return True


def _after(scope: Scope, draft: Draft, record: AnyRecord) -> Scope:
    """The scope after one more figure."""
    name = draft.indicator
    said: dict[str, Any] = {"whose": draft.subject, "whose_place": _named_place(scope, draft, record)}
    if isinstance(record, Quantity) and draft.token.kind != "S":
        said["level"], said["level_unit"] = record.id, record.canonical_unit
        if record.canonical_unit not in _RATIOS:
            said["sum"], said["sum_unit"] = record.id, record.canonical_unit
        if name and record.canonical_unit in counted_units():
            said["counted"] = name
            of_it = scope.thing and record.canonical_unit == scope.thing_unit and name.endswith(scope.thing)
            if not (scope.in_parts and scope.thing) and not of_it:
                said["thing"], said["thing_unit"] = thing_of(name), record.canonical_unit
    if not scope.in_parts:
        said["main"] = name
    if name and name not in scope.here:
        said["here"] = (*scope.here, name)
    if name and (account := section_cues().topic.match(name)):
        said["account"] = account[0]
    if name and name not in scope.recent:
        said["recent"] = (name, *scope.recent[:7])
    return replace(scope, **said)
