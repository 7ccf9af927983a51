"""What goes to a worker and what comes back."""

from __future__ import annotations

from typing import Literal

import msgspec

from reportparse.store.spool import Packed

Kind = Literal["read", "timeout", "memory", "crash", "fault", "missing", "changed"]
"""Why there is no report: the source can't be read as one; it took too long, too much memory, the process with it;
a fault of reportparse; the file is gone or forbidden; it changed while the batch ran."""


class Limits(msgspec.Struct, frozen=True):
    """What one file may cost: seconds and bytes of memory, None without end."""

    timeout: float | None
    memory: int | None


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One source to parse, and what its rows shall say of it."""

    path: str
    sha256: str
    size: int
    parser: str
    run: str
    seen: str
    limits: Limits
    url: str | None = None
    data: bytes | None = None
    """The source's bytes, for a worker that may not see the path."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a source gave no report."""

    kind: Kind
    error: str
    message: str
    detail: str | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a task: rows for the store, or a failure."""

    path: str
    sha256: str | None
    size: int
    seconds: float
    parser: str
    rows: dict[str, Packed] = {}
    failure: Failure | None = None


def failed(task: Task, seconds: float, failure: Failure) -> Outcome:
    """The outcome of a task that gave no report."""
    return Outcome(
        path=task.path, sha256=task.sha256, size=task.size, seconds=seconds, parser=task.parser, failure=failure
    )
