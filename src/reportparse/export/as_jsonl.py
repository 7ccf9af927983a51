"""JSON Lines: a record a line, with the report's title and its source added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from reportparse.export import Extracted


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:  # noqa: ARG001  the same for all formats
    """Write the records of each report as it comes."""
    encode = msgspec.json.Encoder().encode
    for source, report in extracted:
        head = encode({"report": report.title, "source": report.url or source})[:-1].decode()
        out.writelines(f"{head},{encode(record)[1:].decode()}\n" for record in report.records)
