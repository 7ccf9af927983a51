"""What a reviewer decided: one line of JSON a decision, in a file that only grows.

A decision names its figure by the report's hash, its place, and its words with a little of what stands around them, so that it can be
found again when the report was read anew. The last line about a figure holds; ``withdraw`` takes earlier ones back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from reportparse.errors import ReportError
from reportparse.model import AnyRecord, Report

FORMAT = "1.0"
"""Version of the decisions file that this library writes; of another first number, none is read."""
CONTEXT = 20
"""Code points kept on either side of the quote."""

Verdict = Literal["accept", "reject", "correct", "withdraw"]


class DecisionsError(ReportError, ValueError):
    """A decisions file that can't be used; the message names the line."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the decisions file."""

    schema: str = FORMAT
    sha256: str
    """Of the report's bytes."""
    id: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    verdict: Verdict
    fields: dict[str, Any] = {}
    """Only those that were corrected; decimals are strings."""
    who: str = ""
    when: str = ""
    """Date and time with zone, ISO 8601."""

    def __post_init__(self) -> None:
        """Refuse what no figure can be; msgspec makes a ValidationError of it."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"start {self.start} and end {self.end} are no place in a text")
        if self.schema.partition(".")[0] != FORMAT.partition(".")[0]:
            raise ValueError(f"schema {self.schema} is not {FORMAT}; a newer reportparse reads it")


def identity(report: Report) -> str:
    """The report's hash; of one that was made from a string, and has none, the text's."""
    return report.sha256 or hashlib.sha256(report.text.encode("utf-8", "replace")).hexdigest()


def decide(
    report: Report, record: AnyRecord, verdict: Verdict, *, who: str = "", when: str | None = None, **fields: Any
) -> Decision:
    """A decision on a record of a report, as the page writes it; `fields` are what is corrected."""
    return Decision(
        sha256=identity(report), id=record.id, start=record.start, end=record.end, quote=record.text,
        before=report.text[max(0, record.start - CONTEXT) : record.start], after=report.text[record.end : record.end + CONTEXT],
        verdict=verdict, fields=fields, who=who, when=datetime.now(UTC).isoformat(timespec="seconds") if when is None else when,
    )


def load_decisions(path: str | Path) -> list[Decision]:
    """Every line of a decisions file, in its order; raises `DecisionsError` that names the line that is none."""
    return read_lines(Path(path).read_bytes(), str(path))


def read_lines(data: bytes, name: str) -> list[Decision]:
    """The decisions in the bytes of a file; empty lines are passed over."""
    decoder = msgspec.json.Decoder(Decision)
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DecisionsError(f"{name}, line {number} is no decision: {error}; mend or delete the line") from error
    return found


def append_decisions(path: str | Path, decisions: Iterable[Decision]) -> int:
    """Add decisions at the end of a file, one line each, safely on disk when it returns; how many."""
    lines = [msgspec.json.encode(decision) + b"\n" for decision in decisions]
    if not lines:
        return 0
    with Path(path).open("ab+") as out:
        if out.seek(0, os.SEEK_END) and _last_byte(path) != b"\n":
            out.write(b"\n")  # a line that was cut off spoils itself only
        out.write(b"".join(lines))
        out.flush()
        os.fsync(out.fileno())
    return len(lines)


def _last_byte(path: str | Path) -> bytes:
    with Path(path).open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def latest(decisions: Iterable[Decision]) -> list[Decision]:
    """The last line about each figure, in the order of those lines; ``withdraw`` is one of them."""
    last: dict[tuple[str, int, int, str], Decision] = {}
    for decision in decisions:
        key = decision.sha256, decision.start, decision.end, decision.id
        last.pop(key, None)
        last[key] = decision
    return list(last.values())


def effective(decisions: Iterable[Decision]) -> list[Decision]:
    """What holds: the last decision on each figure, without those withdrawn.

    >>> lines = [Decision(sha256="a", id="q3", start=3, end=5, quote="5%", verdict=v) for v in ("accept", "reject")]
    >>> [decision.verdict for decision in effective(lines)]
    ['reject']
    """
    return [decision for decision in latest(decisions) if decision.verdict != "withdraw"]
