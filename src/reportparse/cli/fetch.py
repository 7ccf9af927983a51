"""``reportparse fetch ADDRESS… --into DIR``: reports from the net into a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reportparse.cli.sources import reason, told
from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.fetching import Fetched, Settings

_Draw = Callable[["Fetched", int, int], None]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    from reportparse.fetching import Settings

    usual = Settings()
    parser.add_argument("sources", metavar="ADDRESS", nargs="+", help="http and https addresses, and lists of them (LIST.toml)")
    parser.add_argument("--into", metavar="DIR", help="the folder for what is fetched")
    parser.add_argument("--check", action="store_true", help="fetch nothing; say what is wrong with the lists")
    parser.add_argument("--attachments", action="store_true", help="fetch what pages attach (附件): PDF, Word, Excel, archives")
    parser.add_argument("--max-age", metavar="H", type=float, default=usual.max_age / 3600,
                        help="hours that what was fetched is taken for fresh (default: %(default)g; 0: ask the sites about all)")  # fmt: skip
    parser.add_argument("--delay", metavar="S", type=float, default=usual.delay, help="seconds between requests to a host (default: %(default)g)")
    parser.add_argument("--hosts", metavar="N", type=int, default=usual.hosts, help="hosts asked at the same time (default: %(default)s)")
    parser.add_argument("--timeout", metavar="S", type=float, default=usual.timeout, help="seconds without an answer (default: %(default)g)")
    parser.add_argument("--deadline", metavar="S", type=float, default=usual.deadline, help="seconds for one answer (default: %(default)g)")
    parser.add_argument("--attempts", metavar="N", type=int, default=usual.attempts, help="tries of what may pass (default: %(default)s)")
    parser.add_argument("--limit", metavar="MB", type=int, default=usual.limit >> 20, help="the largest answer (default: %(default)s)")
    parser.add_argument("--redirects", metavar="N", type=int, default=usual.redirects, help="redirects that are followed (default: %(default)s)")
    parser.add_argument("--parts", metavar="N", type=int, default=usual.parts, help="parts of one page that are followed (default: %(default)s)")
    parser.add_argument("--agent", metavar="TEXT", default="", help="User-Agent; say who you are and how to reach you")
    parser.add_argument("--allow-private", action="store_true", help="allow addresses of this machine and of private networks")
    parser.add_argument("--ignore-robots", action="store_true", help="where the site has allowed you what its robots.txt does not")
    parser.add_argument("--old-tls", action="store_true", help="talk to servers that know only old TLS; certificates are checked still")
    parser.epilog = (
        "Each file stands beside FILE.json, which tells where it came from. Fetching again asks for changes only. "
        "What can't be had costs one line on stderr; the exit status is then 1."
    )


def run(options: argparse.Namespace) -> int:
    """Fetch, or check, and say what became of each address."""
    if options.check:
        return _check(options.sources)
    if options.into is None:
        print("reportparse: fetch: --into DIR is missing; name the folder for what is fetched", file=sys.stderr)
        return 2
    from reportparse.fetching import fetch

    try:
        with _bar() as draw:
            results = fetch(options.sources, options.into, settings=_settings(options), progress=draw)
    except (ReportError, OSError) as error:
        print(f"reportparse: fetch: {_place(error)}{reason(error)}", file=sys.stderr)
        return 1
    for result in results:
        _tell(result)
        for attachment in result.attachments:
            _tell(attachment)
    print(_line(results, options.into))
    return 1 if any(result.failed for result in results) else 0


def _place(error: Exception) -> str:
    """The file that can't be read, where it is one."""
    return f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""


def _settings(options: argparse.Namespace) -> Settings:
    from reportparse.fetching import Settings

    return Settings(
        delay=options.delay, hosts=options.hosts, timeout=options.timeout, deadline=options.deadline, attempts=options.attempts,
        limit=options.limit << 20, redirects=options.redirects, parts=options.parts, max_age=options.max_age * 3600,
        attachments=options.attachments, allow_private=options.allow_private, robots=not options.ignore_robots,
        old_tls=options.old_tls, agent=options.agent,
    )  # fmt: skip


def _check(paths: list[str]) -> int:
    from reportparse.sources import check_list, load_list

    wrong = False
    for path in paths:
        faults = check_list(path) if Path(path).is_file() else ["no such file; --check takes lists"]
        for fault in faults:
            print(told(path, fault), file=sys.stderr)
        wrong |= bool(faults)
        if not faults:
            print(f"{path}: {len(load_list(path))} reports")
    return 1 if wrong else 0


def _tell(result: Fetched) -> None:
    from reportparse.fetching import DOUBTS

    if result.error is not None:
        print(told(result.asked, str(result.error)), file=sys.stderr)
        return
    notes = [f"{result.parts} parts"] if result.parts > 1 else []
    if result.listed and not result.attachments:
        notes.append(f"attaches {len(result.listed)} (--attachments fetches them)")
    notes += [DOUBTS[doubt] for doubt in result.doubts]
    print("\t".join([result.outcome, str(result.path), result.asked, "; ".join(notes)]).rstrip())


def _line(results: list[Fetched], into: str) -> str:
    from collections import Counter

    every = [one for result in results for one in (result, *result.attachments)]
    counts = Counter(one.outcome for one in every)
    return f"{into}: {', '.join(f'{number} {outcome}' for outcome, number in counts.items()) or 'nothing asked for'}"


def _bar() -> AbstractContextManager[_Draw | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(None)
    return _Bar()


class _Bar(AbstractContextManager["_Draw | None"]):
    """Addresses done, failures, time."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._display = Progress(
            BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[failed]} failed"), TimeElapsedColumn(), TextColumn("left"),
            TimeRemainingColumn(), console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._display.add_task("fetch", total=None, failed=0)
        self._failed = 0

    def __enter__(self) -> _Draw:
        self._display.start()
        return self._draw

    def __exit__(self, *_: object) -> None:
        self._display.stop()

    def _draw(self, result: Fetched, done: int, total: int) -> None:
        self._failed += result.failed
        self._display.update(self._task, total=total, completed=done, failed=self._failed)
