"""Findings to read: on a terminal, in a document, for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from reportparse.audit.model import CODES, EXPLANATIONS, Finding, Quote

_COLOURS = {"error": 31, "warning": 33, "info": 36}
_AROUND = 28

FORMATS = ("text", "md", "json")
"""Forms of the audit's result."""


def lines(findings: Sequence[Finding], form: str, *, colour: bool = False) -> Iterator[str]:
    """The findings in one of `FORMATS`, line by line."""
    yield from {"text": lambda: _text(findings, colour), "md": lambda: _markdown(findings), "json": lambda: _json(findings)}[form]()


def summary(findings: Sequence[Finding]) -> str:
    """How many of each severity.

    >>> summary([])
    'nothing was found against these reports'
    """
    if not findings:
        return "nothing was found against these reports"
    counts = Counter(one.severity for one in findings)
    return ", ".join(
        f"{counts[name]} {name}{'s' * (counts[name] != 1 and name != 'info')}" for name in ("error", "warning", "info") if counts[name]
    )


def _json(findings: Sequence[Finding]) -> Iterator[str]:
    yield msgspec.json.format(msgspec.json.encode(list(findings)), indent=2).decode()


def _text(findings: Sequence[Finding], colour: bool) -> Iterator[str]:
    for one in findings:
        head = f"{one.severity} {one.code}"
        yield f"{_painted(head, one.severity) if colour else head}  {_plain(one.message)}"
        yield f"  {_plain(one.arithmetic)}"
        for quote in one.quotes:
            yield f"  {quote.id}  {_place(quote)}  {_around(quote, lambda word: f'[{word}]')}"
        for name in one.explanations:
            yield f"  perhaps: {EXPLANATIONS[name]}"
        yield ""
    yield summary(findings)


def _markdown(findings: Sequence[Finding]) -> Iterator[str]:
    yield "# Audit"
    yield ""
    yield summary(findings) + "."
    for one in findings:
        yield ""
        yield f"## {one.severity}: {CODES[one.code]}"
        yield ""
        yield f"{_escaped(one.message)}: {_escaped(one.arithmetic)}."
        yield ""
        for quote in one.quotes:
            yield f"- `{quote.id}` {_escaped(_place(quote))}: {_around(quote, lambda word: f'**{_escaped(word)}**', _escaped)}"
        if one.explanations:
            yield ""
            yield "Perhaps: " + "; ".join(EXPLANATIONS[name] for name in one.explanations) + "."


def _painted(text: str, severity: str) -> str:
    return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m"


def _place(quote: Quote) -> str:
    page = f" p. {quote.page}" if quote.page else ""
    section = " › ".join(quote.section)
    return _plain(f"{quote.report or 'untitled'}{page}, {quote.start}–{quote.end}" + (f", {section}" if section else ""))


def _around(quote: Quote, mark: Callable[[str], str], clean: Callable[[str], str] = str) -> str:
    """The figure among the words around it in its sentence."""
    at = quote.sentence.find(quote.text)
    if at < 0:
        return mark(_plain(quote.text))
    end = at + len(quote.text)
    before, after = quote.sentence[max(0, at - _AROUND) : at], quote.sentence[end : end + _AROUND // 2]
    return clean(_plain(before)) + mark(_plain(quote.text)) + clean(_plain(after))


def _plain(text: str) -> str:
    """One line without controls: nothing in a report may steer a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text
