"""A comparison to read: on a terminal, in a document, for a program, for a build server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from reportparse.comparison.model import Comparison, Difference, Score, Side
from reportparse.export.columns import align, plain

FORMATS = ("text", "md", "json", "junit")
"""Forms of a comparison."""
_COLOURS = {"matched": 32, "wrong": 33, "missing": 31, "extra": 35}
_DRIFT = {"matched": "same", "wrong": "changed", "missing": "lost", "extra": "added"}
_AROUND = 24


def lines(comparison: Comparison, form: str, *, colour: bool = False, every: bool = False) -> Iterator[str]:
    """The comparison in one of `FORMATS`, line by line; with `every` what is matched is listed, too."""
    match form:
        case "json":
            yield msgspec.json.format(msgspec.json.encode(as_object(comparison)), indent=2).decode()
        case "junit":
            yield from _junit(comparison)
        case "md":
            yield from _markdown(comparison, every)
        case _:
            yield from _text(comparison, colour, every)


def word(comparison: Comparison, outcome: str) -> str:
    """An outcome's name: between runs what is missing was lost, what is extra was added."""
    return _DRIFT[outcome] if comparison.runs else outcome


def as_object(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON holds it."""
    return {
        "same": comparison.same, "complete": comparison.complete, "runs": comparison.runs, "counts": comparison.counts,
        "score": _numbers(comparison.score), "fields": {name: _numbers(score) for name, score in comparison.fields.items()},
        "rules": {name: {"gone": gone, "new": new} for name, (gone, new) in comparison.rules.items()},
        "differences": [msgspec.to_builtins(one, enc_hook=str) for one in comparison.differences],
    }  # fmt: skip


def _numbers(score: Score) -> dict[str, float | int]:
    return {
        "right": score.right, "found": score.found, "expected": score.expected,
        "precision": round(score.precision, 6), "recall": round(score.recall, 6), "f1": round(score.f1, 6),
    }  # fmt: skip


def _listed(comparison: Comparison, every: bool) -> Iterator[Difference]:
    return (one for one in comparison.differences if every or one.outcome != "matched")


def _text(comparison: Comparison, colour: bool, every: bool) -> Iterator[str]:
    report: str | None = None
    for one in _listed(comparison, every):
        if one.report != report:
            report = one.report
            yield plain(report or "untitled")
        name = word(comparison, one.outcome)
        head = f"\x1b[{_COLOURS[one.outcome]}m{name}\x1b[0m" if colour else name
        yield f"  {head}  {_what(one)}"
        for difference in one.fields:
            yield f"      {plain(str(difference))}"
        for label, side in (("expected", one.expected), ("found", one.actual)):
            if side is not None and side.text:
                yield f"      {label} {_quote(side)}"
        gone, new = one.rules
        if one.outcome != "matched" and comparison.runs and (gone or new) and one.expected and one.actual:
            yield "      rules: " + ", ".join([*(f"-{rule}" for rule in gone), *(f"+{rule}" for rule in new)])
    yield from _summary(comparison)


def _what(one: Difference) -> str:
    side = one.expected if one.outcome == "missing" else one.actual or one.expected
    return plain((side.figure or side.text or "") if side else "")


def _quote(side: Side) -> str:
    """The figure among the words around it, with its place."""
    place = f"{side.start}–{side.end} " if side.start is not None and side.end is not None else ""
    text, sentence = side.text or "", side.sentence or ""
    at = sentence.find(text)
    if at < 0:
        return plain(f"{place}[{text}]")
    end = at + len(text)
    return plain(f"{place}{sentence[max(0, at - _AROUND) : at]}[{text}]{sentence[end : end + _AROUND // 2]}")


def _summary(comparison: Comparison) -> Iterator[str]:
    yield ", ".join(f"{count} {word(comparison, name)}" for name, count in comparison.counts.items())
    rows = [("", "precision", "recall", "F1", "right", "of found", "of expected"), _row("all", comparison.score)]
    rows += [_row(name, score) for name, score in comparison.fields.items()]
    yield from align(rows)
    if comparison.runs and comparison.rules:
        yield "rules that differ"
        yield from align([("", "gone", "new"), *((plain(name), str(gone), str(new)) for name, (gone, new) in comparison.rules.items())])


def _row(name: str, score: Score) -> tuple[str, ...]:
    figures = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", str(score.right), str(score.found), str(score.expected))
    return (name, *figures)


def _markdown(comparison: Comparison, every: bool) -> Iterator[str]:
    yield "# Comparison"
    yield ""
    yield ", ".join(f"{count} {word(comparison, name)}" for name, count in comparison.counts.items()) + "."
    yield ""
    yield "| | precision | recall | F1 | right | of found | of expected |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for row in (_row("all", comparison.score), *(_row(name, score) for name, score in comparison.fields.items())):
        yield "| " + " | ".join(row) + " |"
    if comparison.runs and comparison.rules:
        yield ""
        yield "| rule | gone | new |"
        yield "| --- | --: | --: |"
        for name, (gone, new) in comparison.rules.items():
            yield f"| {_cell(name)} | {gone} | {new} |"
    listed = list(_listed(comparison, every))
    if listed:
        yield ""
        yield "| | report | figure | fields | expected | found |"
        yield "| --- | --- | --- | --- | --- | --- |"
    for one in listed:
        fields = "; ".join(map(str, one.fields))
        quotes = (_quote(side) if side is not None and side.text else "" for side in (one.expected, one.actual))
        yield "| " + " | ".join(map(_cell, (word(comparison, one.outcome), one.report or "", _what(one), fields, *quotes))) + " |"


def _cell(text: str) -> str:
    """Text in a cell of Markdown, as it stands."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return plain(text)


def _junit(comparison: Comparison) -> Iterator[str]:
    """A case a figure, for build servers."""
    failed = sum(one.outcome != "matched" for one in comparison.differences)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites><testsuite name="reportparse compare" tests="{len(comparison.differences)}" failures="{failed}">'
    for one in comparison.differences:
        about = (
            f"<testcase classname={quoteattr(_printable(one.report or 'untitled'))} name={quoteattr(_printable(_what(one)) or 'figure')}"
        )
        if one.outcome == "matched":
            yield f"{about}/>"
            continue
        told = [
            *map(str, one.fields),
            *(f"{label} {_quote(side)}" for label, side in (("expected", one.expected), ("found", one.actual)) if side and side.text),
        ]
        name = word(comparison, one.outcome)
        message = f'type="{name}" message={quoteattr(_printable("; ".join(map(str, one.fields)) or name))}'
        yield f"{about}><failure {message}>{escape(_printable(chr(10).join(told)))}</failure></testcase>"
    yield "</testsuite></testsuites>"


def _printable(text: str) -> str:
    """Text that XML may hold."""
    return "".join(sign if sign in "\n\t" or sign.isprintable() else " " for sign in text)
