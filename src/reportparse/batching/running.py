"""The run of a batch: look, plan, hand out, take in, store."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from time import perf_counter
from weakref import WeakSet

import msgspec

import reportparse
from reportparse.batching.children import Pool, work
from reportparse.batching.planning import Plan, unreadable
from reportparse.batching.tasks import Failure, Limits, Outcome, Task
from reportparse.batching.version import parser_version
from reportparse.errors import BatchError
from reportparse.store import Store, open_store
from reportparse.store.base import RowsError
from reportparse.store.schema import FORMAT
from reportparse.store.spool import pack

TIMEOUT = 300.0
"""Seconds that one file may take, unless the caller says otherwise."""
MEMORY = 3 << 30
"""Bytes of address space that one process may take, where the system knows such limits."""

_SPOOL = 48 << 20  # bytes of rows after which they are committed, or
_WAIT = (0.5, 20.0)  # seconds, the least and the most: what a kill costs stays a small part of what was done
_AHEAD = 64 << 20  # bytes of sources that are sent ahead to workers that don't see the files


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch did: files by what became of them, seconds by the clock, and the sum of all parse times."""

    run: str
    files: int
    parsed: int
    unchanged: int
    failed: int
    failed_before: int
    lost: int
    """Tasks that the executor lost and that were done here."""
    workers: int
    seconds: float
    parse_seconds: float


class Progress(msgspec.Struct, kw_only=True):
    """How far a batch is; the same object each time."""

    files: int = 0
    done: int = 0
    size: int = 0
    done_size: int = 0
    last_failure: tuple[str, str] | None = None
    """Path and reason, where the last file failed."""


def batch(
    paths: Iterable[str | Path],
    store: str | Path | Store,
    *,
    workers: int | None = None,
    timeout: float | None = TIMEOUT,
    memory: int | None = MEMORY,
    executor: Executor | None = None,
    retry: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Parse files, and the reports in folders, into a store; what it holds already is left as it is.

    A file that can't be parsed, takes longer than `timeout` seconds or more than `memory` bytes, or takes its process
    with it, costs a row in the errors table; with `retry` those that failed in earlier runs are tried again.
    `workers` processes do the work (by default one a core), or `executor`, which is sent the files' bytes.

    Raises a `StoreError` where the store can't be used, a `BatchError` where no worker can be started.
    """
    if isinstance(store, Store):
        return _Run(store, workers, Limits(timeout or None, memory or None), executor, progress).go(paths, retry=retry)
    with open_store(store, write=True) as opened:
        return _Run(opened, workers, Limits(timeout or None, memory or None), executor, progress).go(paths, retry=retry)


class _Run:
    def __init__(
        self, store: Store, workers: int | None, limits: Limits, executor: Executor | None, progress: Callable[[Progress], None] | None
    ) -> None:
        self.store, self.limits, self.executor, self.tell = store, limits, executor, progress
        self.workers = workers or (getattr(executor, "_max_workers", None) if executor else None) or _cores()
        self.parser = parser_version()
        self.began, self.started = perf_counter(), datetime.now(UTC)
        self.name = f"{self.started:%Y%m%dT%H%M%S}-{token_hex(4)}"
        self.seen = f"{self.started:%Y-%m-%d %H:%M:%S.%f}"
        self.progress = Progress()
        self.parsed = self.failed = self.lost = 0
        self.parse_seconds = 0.0
        self.local = _Local(self.workers)
        self.commit_due = 0.0
        self.kept: list[Outcome] = []  # since the last commit, compressed

    def go(self, paths: Iterable[str | Path], *, retry: bool) -> Summary:
        self.plan = Plan(self.store, self.parser)
        self.spool = self.store.spool()
        try:
            for found in self.plan.look(paths):
                self._keep_unreadable(found.path, unreadable(found.error or OSError()))
            self.plan.settle(retry=retry)
            self.progress.files, self.progress.size = self.plan.todo, self.plan.size
            self._open_run()
            try:
                if self.plan.todo:
                    self._parse_all()
            except (KeyboardInterrupt, BatchError):
                self.local.kill()
                self._commit()
                raise
            self._commit()
            summary = self._summary()
            self._add("runs", self._run_row() | {"finished": _now(), "seconds": summary.seconds})
            self.store.commit(self.spool)
        finally:
            self.local.close()
            self.spool.close()
        return summary

    def _parse_all(self) -> None:
        tasks = self._tasks()
        ahead = next(tasks, None)
        pending: dict[Future[Outcome], Task] = {}
        self._commit()
        while ahead or pending:
            while ahead and self._room(pending, ahead):
                pending[self._submit(ahead)] = ahead
                ahead = next(tasks, None)
            done, _ = wait(pending, timeout=max(0.1, self.commit_due - perf_counter()), return_when=FIRST_COMPLETED)
            for future in done:
                task = pending.pop(future)
                outcome = self._outcome(future)
                if outcome is None:
                    pending[self._here(task)] = task
                else:
                    self._keep(outcome)
            if self.spool.size > _SPOOL or perf_counter() > self.commit_due:
                self._commit()

    def _commit(self) -> None:
        if self.spool.size:
            try:
                self.store.commit(self.spool)
            except RowsError:
                if not self.kept:
                    raise
                self._commit_each()
        self.kept.clear()
        now = perf_counter()
        self.commit_due = now + min(max(_WAIT[0], (now - self.began) / 20), _WAIT[1])

    def _commit_each(self) -> None:
        """Store one by one what was refused together: what is refused alone costs that file."""
        self.spool.clear()
        for outcome in self.kept:
            try:
                self._add_rows(outcome)
                self.store.commit(self.spool)
            except RowsError as error:
                self.spool.clear()
                if outcome.failure:
                    raise
                self.parsed, self.failed = self.parsed - 1, self.failed + 1
                failure = Failure(kind="fault", error=type(error).__name__, message=str(error))
                self._add_rows(msgspec.structs.replace(outcome, failure=failure, rows={}))
                self.store.commit(self.spool)

    def _tasks(self) -> Iterator[Task]:
        for path, sha256, size, url in self.plan.tasks():
            yield Task(
                path=path, sha256=sha256, size=size, parser=self.parser, run=self.name, seen=self.seen, limits=self.limits, url=url
            )

    def _room(self, pending: dict[Future[Outcome], Task], task: Task) -> bool:
        if len(pending) < self.workers:
            return True
        ahead = sum(waiting.size for waiting in pending.values()) if self.executor else 0
        return len(pending) < 3 * self.workers + 1 and ahead + task.size <= _AHEAD

    def _submit(self, task: Task) -> Future[Outcome]:
        if self.executor is None:
            return self.local.submit(task)
        try:
            data = Path(task.path).read_bytes()
        except OSError:  # the worker here will say what is wrong
            return self.local.submit(task)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Dask finds large files large
                return self.executor.submit(work, msgspec.structs.replace(task, data=data))
        except Exception:  # an executor that is broken or shut down: what is left is done here
            return self._here(task)

    def _here(self, task: Task) -> Future[Outcome]:
        """Have a process of this machine do what the executor could not."""
        self.lost += 1
        return self.local.submit(task)

    def _outcome(self, future: Future[Outcome]) -> Outcome | None:
        """What a worker says; None where it was lost with its worker."""
        error = None if future.cancelled() else future.exception()
        if isinstance(error, BatchError) or (error and future in self.local.futures):
            raise error
        if error or future.cancelled():
            return None
        outcome = future.result()
        if outcome.parser != self.parser:
            raise BatchError(
                f"a worker has the parser {outcome.parser} and this process {self.parser}: "
                "install the same reportparse for both, or run again where it was changed meanwhile"
            )
        return outcome

    def _keep(self, outcome: Outcome) -> None:
        self.progress.done += 1
        self.progress.done_size += outcome.size
        self.parse_seconds += outcome.seconds
        self.progress.last_failure = None
        if outcome.failure:
            self.failed += 1
            self.progress.last_failure = (outcome.path, outcome.failure.message)
        else:
            self.parsed += 1
        self.kept.append(outcome)
        self._add_rows(outcome)
        if self.tell:
            self.tell(self.progress)

    def _add_rows(self, outcome: Outcome) -> None:
        for table, packed in outcome.rows.items():
            self.spool.add(table, packed)
        if outcome.failure:
            self._fail(outcome.path, outcome.sha256, outcome.failure, outcome.seconds)

    def _keep_unreadable(self, path: str, failure: Failure) -> None:
        self.failed += 1
        self.progress.last_failure = (path, failure.message)
        if not self.plan.told_before(path, failure.message):
            self._fail(path, None, failure, 0.0)
        if self.tell:
            self.tell(self.progress)

    def _fail(self, path: str, sha256: str | None, failure: Failure, seconds: float) -> None:
        row = {"path": path, "sha256": sha256, "parser": self.parser, "run": self.name, "seen": self.seen}
        self._add("errors", row | msgspec.structs.asdict(failure) | {"seconds": round(seconds, 4)})

    def _open_run(self) -> None:
        for source in self.plan.new_sources():
            self._add("sources", source | {"run": self.name, "seen": self.seen})
        if self.plan.todo:
            self._add("runs", self._run_row())
            self.store.commit(self.spool)

    def _run_row(self) -> dict[str, object]:
        return {
            "run": self.name, "started": self.seen, "version": reportparse.__version__, "parser": self.parser, "format": FORMAT,
            "workers": self.workers, "timeout": self.limits.timeout, "files": self.plan.files, "unchanged": self.plan.unchanged,
            "parsed": self.parsed, "failed": self.failed, "parse_seconds": round(self.parse_seconds, 4),
        }  # fmt: skip

    def _add(self, table: str, row: dict[str, object]) -> None:
        self.spool.add(table, pack([msgspec.json.encode(row)]))

    def _summary(self) -> Summary:
        return Summary(
            run=self.name, files=self.plan.files, parsed=self.parsed, unchanged=self.plan.unchanged, failed=self.failed,
            failed_before=self.plan.failed_before, lost=self.lost, workers=self.workers,
            seconds=round(perf_counter() - self.began, 4), parse_seconds=round(self.parse_seconds, 4),
        )  # fmt: skip


class _Local:
    """Threads that each watch one process."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reportparse")
        self._pool = Pool()
        self.futures: WeakSet[Future[Outcome]] = WeakSet()

    def submit(self, task: Task) -> Future[Outcome]:
        future = self._threads.submit(self._pool.run, task)
        self.futures.add(future)
        return future

    def kill(self) -> None:
        self._pool.kill()

    def close(self) -> None:
        self._pool.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._pool.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
