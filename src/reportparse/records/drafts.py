"""What a binding rule decides, before it becomes a record."""

from __future__ import annotations

import msgspec

from reportparse.model import Direction, RelationType, Status
from reportparse.records.scope import Scope, Setting, Years
from reportparse.records.tokens import Token


class Draft(msgspec.Struct, frozen=True, gc=False):
    """One figure, bound."""

    kind: str
    token: Token
    indicator: str | None
    subject: str | None
    period: str | None
    status: Status
    direction: Direction = "up"
    basis: str | None = None
    yardstick: str | None = None
    scope: str | None = None
    scope_size: int | None = None
    streak: int | None = None
    tie: RelationType | None = None
    tied_to: str | None = None
    price_basis: str | None = None
    unit: str | None = None
    exact: bool = False
    """The bound word before it was no bound (高于92%的年度目标)."""
    flags: tuple[str, ...] = ()


class State:
    """A sentence while it is being bound: its tokens, what the headings say, and the scope so far."""

    __slots__ = ("accounts", "plans", "region", "said", "scope", "section", "setting", "source", "times", "tokens", "view", "years")

    def __init__(
        self, tokens: list[Token], view: str, source: str, setting: Setting, section: tuple[str, ...], years: Years,
        region: str | None, scope: Scope, *, accounts: bool = False, plans: bool = False,
    ) -> None:
        self.tokens = tokens
        self.view = view
        self.source = source
        self.setting = setting
        self.section = section
        self.years = years
        self.region = region
        self.scope = scope
        self.accounts = accounts  # the report gives accounts of levels of government
        self.plans = plans  # and those of a year to come
        self.times: set[str | None] = set()  # of the figures so far
        self.said: str | None = None  # the sentence verbatim, cut once for all its records


class Bound(msgspec.Struct, frozen=True, gc=False):
    """What a rule made: figures, and the scope after them."""

    drafts: tuple[Draft, ...]
    scope: Scope
