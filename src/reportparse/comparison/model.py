"""What a comparison gives back: differences, and scores over all of them and field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Outcome = Literal["matched", "missing", "extra", "wrong"]


class FieldDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A field in which the two sides differ."""

    field: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        """`value: 26.4 expected, 24.6 found`."""
        return f"{self.field}: {told(self.expected)} expected, {told(self.actual)} found"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a difference: the figure in its place, as far as it is known."""

    id: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    sentence: str | None = None
    figure: str | None = None
    """Whose, what, when and how much, on one line."""
    rules: tuple[str, ...] = ()


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one expected figure, or of one that nobody expected."""

    outcome: Outcome
    report: str | None
    """Title of the report."""
    expected: Side | None
    actual: Side | None
    fields: tuple[FieldDifference, ...] = ()
    checked: tuple[str, ...] = ()
    """Fields that were compared."""

    @property
    def rules(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Rules of the expected side only, and of the actual side only; both empty where one side names none."""
        before, after = (side.rules if side else () for side in (self.expected, self.actual))
        if self.expected and self.actual and not (before and after):
            return (), ()
        return tuple(r for r in before if r not in after), tuple(r for r in after if r not in before)

    def __str__(self) -> str:
        """One line."""
        side = self.actual or self.expected
        what = (side.figure or side.text or "?") if side else "?"
        return f"{self.outcome} {what}" + ("; " if self.fields else "") + "; ".join(map(str, self.fields))


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Precision, recall and F1; `right` of `found` and of `expected`."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was expected that is right; 1 where nothing was expected."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 1.0

    def __str__(self) -> str:
        """`P 0.990 R 0.980 F1 0.985`."""
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All differences, the matched ones among them."""

    differences: tuple[Difference, ...]
    complete: bool
    """Whether what nobody expected counts as extra."""
    runs: bool = False
    """Whether both sides are runs: then missing is lost, extra is added and wrong is changed."""

    @property
    def same(self) -> bool:
        """Whether all is as expected."""
        return all(one.outcome == "matched" for one in self.differences)

    def of(self, outcome: Outcome) -> tuple[Difference, ...]:
        """The differences of one outcome."""
        return tuple(one for one in self.differences if one.outcome == outcome)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        return {name: len(self.of(name)) for name in ("matched", "wrong", "missing", "extra")}

    @property
    def score(self) -> Score:
        """Over all: a figure is right if every field that was compared is."""
        counts = self.counts
        both = counts["matched"] + counts["wrong"]
        return Score(right=counts["matched"], found=both + counts["extra"], expected=both + counts["missing"])

    @property
    def fields(self) -> dict[str, Score]:
        """Field by field, of the figures in which it was compared."""
        right: dict[str, int] = {}
        found: dict[str, int] = {}
        expected: dict[str, int] = {}
        for one in self.differences:
            wrong = {difference.field for difference in one.fields}
            for name in one.checked:
                right[name] = right.get(name, 0) + (one.outcome in ("matched", "wrong") and name not in wrong)
                found[name] = found.get(name, 0) + (one.outcome != "missing")
                expected[name] = expected.get(name, 0) + (one.outcome != "extra")
        return {name: Score(right=right[name], found=found[name], expected=expected[name]) for name in right}

    @property
    def rules(self) -> dict[str, tuple[int, int]]:
        """Of each rule that only one side used of a figure: on how many figures it is gone, on how many it is new."""
        found: dict[str, list[int]] = {}
        for one in self.differences:
            for side, names in enumerate(one.rules):
                for name in names:
                    found.setdefault(name, [0, 0])[side] += 1
        return {name: (gone, new) for name, (gone, new) in sorted(found.items(), key=lambda item: (-sum(item[1]), item[0]))}


def told(value: Any) -> str:
    """A field's value as a reader sees it."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return " or ".join(map(told, value)) if value else "nothing"
    return str(value)


Row = Mapping[str, Any]
"""What is expected of one figure: fields of a record, and how to find it."""
