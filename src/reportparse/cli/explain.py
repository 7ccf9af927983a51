"""``reportparse explain "句子"``: which rules saw what, drawn under the sentence, and what became of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from string import ascii_lowercase
from typing import TYPE_CHECKING

from reportparse.export.columns import align, plain, width

if TYPE_CHECKING:
    from reportparse.mentions.model import Mention
    from reportparse.model import AnyRecord, Report


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("sentence", help="Chinese text; - reads standard input")


def run(options: argparse.Namespace) -> int:
    """Draw the sentence with its mentions, then each figure's way to its record."""
    from reportparse.mentions import find_mentions
    from reportparse.pipeline import parse_text

    given = sys.stdin.read() if options.sentence == "-" else options.sentence
    text = plain(given)
    if not text:
        print("reportparse: explain: no text; put a sentence in quotes", file=sys.stderr)
        return 2
    for line in explain(text, find_mentions(text), parse_text(text)):
        print(line)
    return 0


def explain(text: str, mentions: list[Mention], report: Report) -> Iterator[str]:
    """The drawing, line by line; `text` is one line, and `mentions` and `report` were made from it."""
    names = [_letter(k) for k in range(len(mentions))]
    yield text
    yield _underline(text, mentions, names)
    yield ""
    yield from align([_seen(name, mention) for name, mention in zip(names, mentions, strict=True)]) if mentions else ()
    for unread in report.unread:
        yield f"?  unread  {unread.text}  no rule claims this numeral"
    yield ""
    if not mentions and not report.unread:
        yield "no rule saw anything here, and there is no numeral"
    for name, mention in zip(names, mentions, strict=True):
        records = [r for r in report.records if r.start < mention.end and mention.start < r.end]
        yield from _bound(name, mention, records)
    for warning in report.warnings:
        yield f"warning ({warning.code}): {plain(warning.message)}"


def _letter(k: int) -> str:
    return ascii_lowercase[k] if k < len(ascii_lowercase) else f"{ascii_lowercase[k % 26]}{k // 26}"


def _underline(text: str, mentions: list[Mention], names: list[str]) -> str:
    line, at = "", 0
    for name, mention in zip(names, mentions, strict=True):
        line += " " * width(text[at : mention.start])
        line += name + "─" * (width(text[mention.start : mention.end]) - len(name))
        at = mention.end
    return line


def _seen(name: str, mention: Mention) -> tuple[str, ...]:
    reading = ""
    if mention.value is not None:
        ends = f"{mention.value}" if mention.value_max is None else f"{mention.value}—{mention.value_max}"
        reading = f"{mention.bound} {ends} {mention.unit}".rstrip()
    elif mention.rank is not None:
        reading = f"{mention.rank_type} {mention.rank}"
    elif mention.when is not None:
        reading = mention.when.resolve(None) or "needs the report's year"
    return name, mention.kind, mention.text, reading, f"by {mention.rule}", " ".join(mention.flags)


def _bound(name: str, mention: Mention, records: list[AnyRecord]) -> Iterator[str]:
    if not records and mention.kind in ("amount", "rank"):
        yield f"{name} → no record: no rule could bind it"
    for record in records:
        yield f"{name} → {record.kind} {record}"
        yield f"    rules: {', '.join(record.rules) or '—'}" + (f"; flags: {', '.join(record.flags)}" if record.flags else "")
