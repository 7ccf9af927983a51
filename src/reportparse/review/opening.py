"""What can be reviewed: a report's file, what `extract --format json` made of some, or a store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from reportparse.errors import BrokenSource, StoreError
from reportparse.model import Report
from reportparse.pipeline import parse
from reportparse.review.applying import Placed, Unplaced, place_decisions
from reportparse.review.decisions import Decision, identity, latest


class Opened(NamedTuple):
    """A report and the file that holds it."""

    report: Report
    name: str | None
    source: Path | bytes | None
    """The report's own file; None where the report was extracted before."""


def open_reports(source: Path | bytes, name: str | None) -> list[Opened]:
    """The reports of a file: of HTML, PDF and text the one that it is; of JSON all that were extracted into it; of a store the current ones."""
    if isinstance(source, Path) and is_store(source):
        return list(_stored(source))
    data = source if isinstance(source, bytes) else _start(source)
    if data[:1] not in (b"{", b"["):
        return [Opened(parse(source, name=name), name, source)]
    whole = source if isinstance(source, bytes) else source.read_bytes()
    try:
        msgspec.json.decode(whole, type=msgspec.Raw)
    except msgspec.DecodeError:
        return [Opened(parse(source, name=name), name, source)]  # a text that opens with a bracket
    try:
        found = msgspec.json.decode(whole, type=Report | list[Report])
    except msgspec.ValidationError as error:
        raise BrokenSource(f"it is JSON, but no report as `reportparse extract --format json` writes it: {error}") from error
    reports = found if isinstance(found, list) else [found]
    return [Opened(report, name, None) for report in reports]


def is_store(path: Path) -> bool:
    """A folder is taken for a store of Parquet; a DuckDB file says so after its checksum."""
    if path.is_dir():
        return True
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _stored(path: Path) -> Iterator[Opened]:
    from reportparse.store import open_store

    try:
        found = open_store(path)
    except StoreError as error:
        if path.is_dir():
            raise StoreError("is a folder but no store; name the reports in it, or a store that `reportparse batch` made") from error
        raise
    with found as store:
        for key, file in list(store.query("SELECT report, path FROM current_reports ORDER BY region, year, title, report").rows):
            report = store.report(key)
            yield Opened(report, Path(file).name if file else None, _own_file(file, report.sha256))


def _own_file(file: str | None, sha256: str) -> Path | None:
    """The report's own file, if it is still where it was and as it was."""
    path = Path(file) if file else None
    if path is None or not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        return None
    return path


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()


def share_out(reports: Sequence[Report], decisions: Iterable[Decision]) -> list[tuple[list[Placed], list[Unplaced]]]:
    """Each report's decisions: those on its own bytes, and those on bytes that none of the reports has, where most of them fit."""
    known = {identity(report) for report in reports}
    last = latest(decisions)
    strangers: dict[str, list[Decision]] = {}
    for decision in last:
        if decision.sha256 not in known:
            strangers.setdefault(decision.sha256, []).append(decision)
    given: list[list[Decision]] = [[] for _ in reports]
    for others in strangers.values():
        fits = [len(place_decisions(report, others)[0]) for report in reports]
        if fits:
            given[fits.index(max(fits))] += others
    return [
        place_decisions(report, [*given[k], *(one for one in last if one.sha256 == identity(report))]) for k, report in enumerate(reports)
    ]
