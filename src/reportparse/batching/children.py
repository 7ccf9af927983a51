"""The parent's side of the processes that parse: each is watched, killed when its time is up, and replaced."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import BinaryIO, cast

import msgspec

import reportparse
from reportparse.batching.frames import read, write
from reportparse.batching.tasks import Failure, Outcome, Task, failed
from reportparse.errors import BatchError

WORKER = "reportparse.batching.worker"
_START = 120  # seconds that a process may take until it answers
_TURNS = 500  # tasks after which a process is replaced, so that what libraries never free stays small
_TAIL = 4000  # characters of its last words that are kept


class Child:
    """One process; it is started with the first task, and again after it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._words: BinaryIO | None = None
        self._turns = 0

    def run(self, task: Task) -> Outcome:
        """Have the task done; a crash or a hang is its failure, never an exception."""
        outcome = self._turn(task)
        if outcome is None:  # it had gone to rest just then
            outcome = self._turn(task)
        return outcome or failed(task, 0.0, Failure(kind="crash", error="Gone", message="the process would not answer"))

    def _turn(self, task: Task) -> Outcome | None:
        process = self._ready()
        began = perf_counter()
        late = threading.Event()
        watch = _watch(process, task.limits.timeout, late)
        try:
            write(_pipe(process.stdin), msgspec.msgpack.encode(task))
            message = read(_pipe(process.stdout))
        except OSError:  # it died before it had the task
            message = None
        finally:
            if watch:
                watch.cancel()
                watch.join()
        seconds = perf_counter() - began
        self._turns += 1
        if message is not None:
            outcome = msgspec.msgpack.decode(message, type=Outcome)
            if late.is_set() or self._turns >= _TURNS or (outcome.failure and outcome.failure.kind == "memory"):
                self.close()
            return outcome
        status = process.wait()
        words = self._last_words()
        self.close()
        if late.is_set():
            told = f"took longer than {task.limits.timeout:g} seconds; raise --timeout or cut the file"
            return failed(task, seconds, Failure(kind="timeout", error="Timeout", message=told, detail=words))
        if status == 0:
            return None
        told = f"the process that parsed it died ({_cause(status)})"
        return failed(task, seconds, Failure(kind="crash", error="Crash", message=told, detail=words))

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the process
        home = str(Path(reportparse.__file__).parent.parent)
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        process = self._process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", WORKER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        watch = _watch(process, _START, threading.Event())
        hello = read(_pipe(process.stdout))
        if watch:
            watch.cancel()
        if hello is None:
            words = self._last_words()
            self.close()
            raise BatchError(f"a worker process could not start: {(words or 'it said nothing').strip()}")
        self._turns = 0
        return process

    def _last_words(self) -> str | None:
        if self._words is None:
            return None
        self._words.seek(0)
        return self._words.read().decode("utf-8", "replace")[-_TAIL:] or None

    def kill(self) -> None:
        """End the process at once; who waits for it is told of a crash."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and let its pipes go."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    with suppress(OSError):  # what was still to be sent
                        pipe.close()
            self._process = None
        if self._words is not None:
            self._words.close()
            self._words = None


class Pool:
    """As many children as there are threads that ask at once."""

    def __init__(self) -> None:
        self._idle: list[Child] = []
        self._all: list[Child] = []
        self._lock = threading.Lock()
        self._closed = False

    def run(self, task: Task) -> Outcome:
        """Have the task done by a child that has nothing to do."""
        with self._lock:
            if self._closed:
                raise BatchError("the batch has ended")
            if self._idle:
                child = self._idle.pop()
            else:
                child = Child()
                self._all.append(child)
        try:
            return child.run(task)
        finally:
            with self._lock:
                self._idle.append(child)

    def kill(self) -> None:
        """End all processes at once and take no more tasks."""
        with self._lock:
            self._closed = True
            for child in self._all:
                child.kill()

    def close(self) -> None:
        """End all processes; no task may be under way."""
        self.kill()
        for child in self._all:
            child.close()


def _watch(process: subprocess.Popen[bytes], seconds: float | None, late: threading.Event) -> threading.Timer | None:
    if not seconds:
        return None

    def end() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    return watch


def _pipe(pipe: object) -> BinaryIO:
    return cast("BinaryIO", pipe)


def _cause(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"{name}, as when the system runs out of memory" if name == "SIGKILL" else name


_pool = Pool()
atexit.register(_pool.close)


def work(task: Task) -> Outcome:
    """Do a task wherever an executor calls: in a child of that process, so that a crash costs the file only."""
    return _pool.run(task)
