"""``reportparse batch PATH… --out STORE``: many reports into one store."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from reportparse.cli.sources import told
from reportparse.errors import MissingExtra, ReportError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reportparse.batching import Progress, Summary

_SHOWN = 20  # failures that are named; all are in the store
_PATIENCE = 20  # seconds that a cluster has to answer


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    from reportparse.batching import MEMORY, TIMEOUT

    parser.add_argument("paths", metavar="PATH", nargs="+", help="reports, and folders of them")
    parser.add_argument("--out", metavar="STORE", required=True, help="a DuckDB file; a folder (STORE/) of Parquet")
    parser.add_argument("--workers", metavar="N", type=_count, help="processes (default: one a core)")
    parser.add_argument(
        "--timeout", metavar="S", type=float, default=TIMEOUT, help="seconds that one file may take (default: %(default)g; 0: any)"
    )
    parser.add_argument(
        "--memory", metavar="MB", type=int, default=MEMORY >> 20, help="memory that one file may take (default: %(default)s; 0: any)"
    )
    parser.add_argument("--retry", action="store_true", help="try again what failed in earlier runs")
    parser.add_argument("--dask", metavar="ADDRESS", help="do the work on this Dask cluster (tcp://HOST:8786)")
    parser.epilog = (
        "What the store holds already is left as it is, so a batch that was stopped goes on where it was. "
        "A file that fails costs a row in the table errors and nothing else; the exit status is then 1."
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Parse into the store, showing how far it is on a terminal, and say what was done."""
    from reportparse.batching import batch

    failures = _Failures()
    try:
        with _executor(options.dask) as (executor, workers), _bar() as draw:

            def follow(progress: Progress) -> None:
                failures.follow(progress)
                draw(progress)

            summary = batch(
                options.paths, options.out, workers=options.workers or workers, timeout=options.timeout,
                memory=options.memory << 20, executor=executor, retry=options.retry, progress=follow,
            )  # fmt: skip
    except ReportError as error:
        print(f"reportparse: batch: {error}", file=sys.stderr)
        return 1
    failures.tell(options.out)
    print(_line(summary, options.out))
    return 1 if summary.failed or summary.failed_before else 0


def _line(summary: Summary, store: str) -> str:
    told = [f"{summary.parsed} parsed"]
    told += [f"{summary.unchanged} unchanged"] if summary.unchanged else []
    told += [f"{summary.failed} failed"] if summary.failed else []
    told += [f"{summary.failed_before} failed before (--retry tries them again)"] if summary.failed_before else []
    told += [f"{summary.lost} lost by the cluster and done here"] if summary.lost else []
    return f"{store}: {', '.join(told)} of {summary.files} files in {summary.seconds:.1f} s"


class _Failures:
    """The first failures, told when the bar is gone."""

    def __init__(self) -> None:
        self.first: list[tuple[str, str]] = []
        self.number = 0

    def follow(self, progress: Progress) -> None:
        if progress.last_failure:
            self.number += 1
            if self.number <= _SHOWN:
                self.first.append(progress.last_failure)

    def tell(self, store: str) -> None:
        for path, why in self.first:
            print(told(path, why), file=sys.stderr)
        if self.number > len(self.first):
            print(f"reportparse: and {self.number - len(self.first)} more: see current_errors in {store}", file=sys.stderr)


class _executor(AbstractContextManager["tuple[Executor | None, int | None]"]):  # noqa: N801  used as a function
    """The cluster's executor and its number of workers' threads; none and none without a cluster."""

    def __init__(self, address: str | None) -> None:
        self.address = address
        self.client: Any = None

    def __enter__(self) -> tuple[Executor | None, int | None]:
        if self.address is None:
            return None, None
        try:
            from distributed import Client
        except ImportError:
            raise MissingExtra("dask", "a batch on a Dask cluster") from None
        try:
            self.client = Client(self.address, timeout=_PATIENCE)  # type: ignore[no-untyped-call,unused-ignore]
        except (OSError, ValueError) as error:
            raise ReportError(f"no Dask scheduler answers at {self.address}; start one with `dask scheduler` ({error})") from error
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self.client.close()
            told = f"the scheduler at {self.address} has no workers; start some with `dask worker {self.address}`"
            raise ReportError(told) from None
        return self.client.get_executor(pure=False), sum(self.client.ncores().values())

    def __exit__(self, *_: object) -> None:
        if self.client is not None:
            self.client.close()


def _bar() -> AbstractContextManager[Callable[[Progress], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(_nothing)
    return _Bar()


def _nothing(_: Progress) -> None:
    pass


class _Bar(AbstractContextManager[Callable[["Progress"], None]]):
    """Bar by size, files, rate, time left, failures."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Display

        self._display = Display(
            BarColumn(), TextColumn("{task.fields[files]}"), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._display.add_task("batch", total=None, files="looking at the files")
        self._failed = 0

    def __enter__(self) -> Callable[[Progress], None]:
        self._display.start()
        return self._draw

    def __exit__(self, *_: object) -> None:
        self._display.stop()

    def _draw(self, progress: Progress) -> None:
        self._failed += progress.last_failure is not None
        spent = self._display.tasks[0].elapsed or 0
        rate = f"{progress.done / spent:.1f}/s" if spent and progress.done else ""
        told = f"{progress.done}/{progress.files} files {rate} {self._failed} failed"
        self._display.update(self._task, total=progress.size or None, completed=progress.done_size, files=told)
