"""What is fuzzed: each target takes any bytes and gives a result or one of the library's own errors, never another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from reportparse import Report, parse, parse_text
from reportparse.errors import ReportError


def _check(report: Report) -> None:
    """The places are right, and no record is there twice."""
    for one in (*report.records, *report.unread):
        assert one.text, one
        assert report.text[one.start : one.end] == one.text, one
    assert len({record.id for record in report.records}) == len(report.records)
    report.to_json()


def text(data: bytes) -> None:
    """A report that is text, its encoding guessed."""
    _check(parse(data, name="any.txt"))
    _check(parse_text(data.decode("utf-8", "surrogatepass" if data[:1] == b"s" else "replace")))


def html(data: bytes) -> None:
    """A report that is a page."""
    _check(parse(b"<html><body>" + data, name="any.html"))


def pdf(data: bytes) -> None:
    """A report that is a PDF."""
    _check(parse(b"%PDF-1.4\n" + data if b"%PDF" not in data[:1024] else data, name="any.pdf"))


def words(data: bytes) -> None:
    """A user's table of words, laid over the library's."""
    from reportparse import lexicon

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cues.toml"
        path.write_bytes(data)
        lexicon._lay(lexicon._read(lexicon.OWN / "cues.toml"), lexicon._read(path), str(path))


def decisions(data: bytes) -> None:
    """A file of decisions, applied to a report of ours."""
    from reportparse.review.applying import apply_decisions
    from reportparse.review.decisions import read_lines

    report, _ = apply_decisions(_report(), read_lines(data, "any.jsonl"))
    report.to_json()


def fixtures(data: bytes) -> None:
    """A file of what a report should give."""
    from reportparse.comparison import compare
    from reportparse.comparison.expected import load_expected

    with tempfile.TemporaryDirectory() as folder:
        for kind in ("json", "yaml", "csv", "toml"):
            path = Path(folder) / f"any.{kind}"
            path.write_bytes(data)
            try:
                compare(_report(), load_expected(path))
            except ReportError:
                continue


_made: list[Report] = []


def _report() -> Report:
    if not _made:
        _made.append(parse_text("2024年工作总结\n一、综合\n全年地区生产总值1234.5亿元，比上年增长5.2%，居全省第3位。\n"))
    return _made[0]


TARGETS: dict[str, Callable[[bytes], None]] = {f.__name__: f for f in (text, html, pdf, words, decisions, fixtures)}


def try_one(name: str, data: bytes) -> None:
    """Run a target on some bytes; the library's own errors are answers."""
    try:
        TARGETS[name](data)
    except ReportError as error:
        assert str(error), "an error must say what to do"
