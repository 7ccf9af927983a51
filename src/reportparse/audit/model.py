"""What the audit gives back."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
"""`error`: the report's own figures can't all hold. `warning`: they don't, as they stand, but an explanation may apply. `info`: worth knowing."""

CODES: dict[str, str] = {
    "growth": "a level is not the earlier level times its growth",
    "difference": "a level less the earlier level is not the difference that is told",
    "parts": "parts don't add up to their total",
    "part_exceeds": "a part is larger than its whole",
    "share": "a share times its total is not the part",
    "completion": "what was planned times its completion is not what came",
    "balance": "income and spending totals differ",
    "stated_twice": "the same figure is told twice with different values",
    "revised": "an earlier year's figure is told otherwise than in the earlier report",
    "percentage_range": "a share lies beyond 0 to 100 %",
    "rank_range": "a rank is larger than its field",
    "rank_move": "a rank is not the earlier rank less the places moved",
    "streak": "a number of years in a row doesn't follow from the earlier report's",
    "target_missed": "what was aimed at was not reached",
}
"""Each code and what it means."""

EXPLANATIONS: dict[str, str] = {
    "real_growth": "the growth may be at constant prices while the levels are at current ones (实际增长)",
    "comparable": "the growth may be on a comparable basis (可比口径)",
    "revised_base": "the earlier figure may have been revised since (基数调整)",
    "cut_off": "digits may have been cut off instead of rounded",
    "standard": "the scope or standard may have changed between the years (口径变化)",
    "other_whole": "the share may be of another whole than the one found",
    "other_plan": "the plan may have been adjusted since",
    "overlap": "the parts may overlap or not be all of them",
    "preliminary": "one of the two may be preliminary",
    "scope": "the two may differ in scope though they share a name",
    "not_binding": "a target is no promise",
    "another_field": "the two may be places in different fields",
    "extraction": "the figure may have been read or bound wrongly: look at the quotes",
}
"""Each explanation that may apply, as a sentence."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in its place."""

    report: str | None
    """The report's title."""
    sha256: str
    id: str
    text: str
    start: int
    end: int
    page: int | None
    section: tuple[str, ...]
    sentence: str
    figure: str
    """Whose, what, when and how much, on one line."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the figures say against each other."""

    code: str
    severity: Severity
    message: str
    """What doesn't hold, in words."""
    arithmetic: str
    """The reckoning, with the interval that rounding leaves open."""
    records: tuple[str, ...]
    """Ids of the records, in the order of `quotes`."""
    quotes: tuple[Quote, ...]
    explanations: tuple[str, ...]
    """Keys of `EXPLANATIONS`; empty where none applies."""

    def __str__(self) -> str:
        """One line."""
        return f"{self.severity} {self.code}: {self.message}: {self.arithmetic}"
