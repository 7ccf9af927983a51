"""JSON: one object, the report; a list of them for several files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from reportparse.export import Extracted


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:
    """Write each report as it comes."""
    if single:
        out.writelines(report.to_json(indent=2) + "\n" for _, report in extracted)
        return
    before = "[\n"
    for _, report in extracted:
        out.write(before + report.to_json(indent=2))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
