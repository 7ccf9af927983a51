"""The process that parses: ``python -m reportparse.batching.worker``. Tasks come in, outcomes go out, in MessagePack.

The process ends when its parent does.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

import msgspec

from reportparse.batching.frames import read, write
from reportparse.batching.tasks import Failure, Outcome, Task, failed
from reportparse.batching.version import parser_version
from reportparse.errors import ReportError
from reportparse.pipeline import parse
from reportparse.store.rows import lines
from reportparse.store.spool import pack

IDLE = 300
"""Seconds without work after which the process ends; who has work for it starts another."""

_GRACE = 10  # seconds beyond the limit, for a process whose parent was killed and can't end it


def main() -> None:
    """Answer task after task."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    source = sys.stdin.buffer
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the frames
    write(out, parser_version().encode())
    limited: int | None = None
    while (message := _next(source)) is not None:
        task = msgspec.msgpack.decode(message, type=Task)
        if task.limits.memory != limited:
            limited = task.limits.memory
            _limit(limited)
        if task.limits.timeout:
            faulthandler.dump_traceback_later(task.limits.timeout + _GRACE, exit=True)
        outcome = work(task)
        faulthandler.cancel_dump_traceback_later()
        write(out, msgspec.msgpack.encode(outcome))
        if outcome.failure and outcome.failure.kind == "memory":
            return  # what is left of the memory is not to be trusted


def _next(source: BinaryIO) -> bytes | None:
    end = threading.Timer(IDLE, os._exit, (0,))
    end.daemon = True
    end.start()
    message = read(source)
    end.cancel()
    return message


def _limit(memory: int | None) -> None:
    with suppress(ImportError, ValueError, OSError):  # a system without such limits
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = hard if memory is None else memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def work(task: Task) -> Outcome:
    """Parse one source; whatever it raises is a failure of that source."""
    began = perf_counter()
    try:
        data = Path(task.path).read_bytes() if task.data is None else task.data
        if hashlib.sha256(data).hexdigest() != task.sha256:
            return failed(task, 0.0, Failure(kind="changed", error="Changed", message="changed while the batch ran; run it again"))
        report = parse(data, name=Path(task.path).name)
        seconds = perf_counter() - began
        stamp = {"parser": task.parser, "run": task.run, "seen": task.seen, "path": task.path, "seconds": round(seconds, 4)}
        rows = {table: pack(found) for table, found in lines(report, stamp | {"url": task.url}).items()}
    except MemoryError:
        failure = Failure(kind="memory", error="MemoryError", message="needs more memory than a worker may have; raise --memory")
    except ReportError as error:
        failure = Failure(kind="read", error=type(error).__name__, message=_line(error))
    except OSError as error:
        failure = Failure(kind="missing", error=type(error).__name__, message=f"can't be read: {error.strerror or error}")
    except Exception as error:
        failure = Failure(
            kind="fault", error=type(error).__name__, message=f"a fault of reportparse, please report it: {_line(error)}",
            detail=traceback.format_exc(limit=-8),
        )  # fmt: skip
    else:
        return Outcome(
            path=task.path, sha256=task.sha256, size=task.size, seconds=perf_counter() - began, parser=parser_version(), rows=rows
        )
    return failed(task, perf_counter() - began, failure)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:2000] or type(error).__name__


if __name__ == "__main__":
    main()
