"""The engine: named rules, tried in order, over any alphabet.

A rule is a pattern and a function. `RuleSet.scan` walks a string once with all patterns joined; where one
fits, its function gets the match and the caller's context and returns what it made, or None to let the
next rule try. The order of the list is the precedence. The engine knows no language: the same one reads
the characters of a text and the kinds of mentions in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, update_wrapper
from typing import Any, Generic, TypeVar

from reportparse import patterns

Made = TypeVar("Made")
Context = TypeVar("Context")

_WARM = 400  # asked so often, a set is worth joining: before that, joining costs more than it saves


class Rule(Generic[Context, Made]):
    """One named rule; call it as the function that it wraps."""

    def __init__(self, pattern: str, make: Callable[[re.Match[str], Context], Made | None]) -> None:
        self.pattern = pattern
        self.make = make
        self.name: str = make.__name__
        update_wrapper(self, make)

    def __call__(self, match: re.Match[str], context: Context) -> Made | None:
        """Make what the rule makes of `match`, or None where it does not fit after all."""
        return self.make(match, context)


def rule(pattern: str) -> Callable[[Callable[[Any, Any], Made | None]], Rule[Any, Made]]:
    """Turn a function into a `Rule` on `pattern`; it gets the match."""
    return lambda make: Rule(pattern, make)


class RuleSet(Generic[Context, Made]):
    """Rules in their order of precedence, compiled together.

    `slots` fills ``{name}`` in the patterns, so that a rule reads like the phrase. The first `common` rules fit so often
    that `at` asks them one by one before it asks all at once.
    """

    def __init__(self, rules: Sequence[Rule[Context, Made]], slots: Mapping[str, str] | None = None, *, common: int = 0) -> None:
        self.rules = tuple(rules)
        self._common = common
        self._filled = [_fill(r.pattern, slots or {}) for r in self.rules]
        self._compiled: list[re.Pattern[str] | None] = [None] * len(self.rules)
        self._asked = 0

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        """All patterns as one, without their names."""
        return patterns.compile("|".join(f"(?P<_{k}>{_unnamed(p)})" for k, p in enumerate(self._filled)))

    def _each(self, k: int) -> re.Pattern[str]:
        """The pattern of rule `k`, compiled when first asked for: most rules of a set never are."""
        pattern = self._compiled[k]
        if pattern is None:
            pattern = self._compiled[k] = patterns.compile(self._filled[k])
        return pattern

    def at(self, text: str, place: int, context: Context) -> tuple[Rule[Context, Made], Made] | None:
        """What the first rule that fits makes of `text` from `place` on."""
        self._asked += 1
        if self._asked <= _WARM:
            return self._first(text, place, context, 0, len(self.rules))
        if self._common and (made := self._first(text, place, context, 0, self._common)) is not None:
            return made
        found = self._joined.match(text, place)
        return self._first(text, place, context, max(self._common, int(str(found.lastgroup)[1:])), len(self.rules)) if found else None

    def _first(self, text: str, place: int, context: Context, first: int, last: int) -> tuple[Rule[Context, Made], Made] | None:
        """What the first of the rules ``first`` to ``last`` that fits makes of `text` from `place` on."""
        for k in range(first, last):
            match = (self._compiled[k] or self._each(k)).match(text, place)
            if match and (made := self.rules[k].make(match, context)) is not None:
                return self.rules[k], made
        return None

    def scan(self, text: str, context: Context, start: int = 0, end: int | None = None) -> Iterator[tuple[Rule[Context, Made], Made, int, int]]:
        """Yield (rule, made, start, end) from left to right, without overlap."""
        stop = len(text) if end is None else end
        at = start
        rules, compiled, search = self.rules, self._compiled, self._joined.search
        while at < stop and (found := search(text, at, stop)):
            at = found.start()
            for k in range(int(str(found.lastgroup)[1:]), len(rules)):
                match = (compiled[k] or self._each(k)).match(text, at, stop)
                if match and match.end() > at and (made := rules[k].make(match, context)) is not None:
                    yield rules[k], made, at, match.end()
                    at = match.end()
                    break
            else:
                at += 1


def _fill(pattern: str, slots: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{slots[m[1]]})", pattern)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P?<[a-zA-Z_]\w*>", "(?:", pattern)
