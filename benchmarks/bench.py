"""Speed beside the peers: medians of alternating runs in processor time; writes results.md and results.svg.

``make bench``; the peers come from requirements.txt, what can't be had is named with its reason. ``RUNS=1`` is short,
``INTO=folder`` writes elsewhere.
"""

from __future__ import annotations

import datetime
import gc
import importlib.metadata
import logging
import math
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

from peers import ROOT, SHARED, Group, Peer, Work, groups

INTO = Path(os.environ.get("INTO", Path(__file__).parent))
RUNS = int(os.environ.get("RUNS", "3"))
_QUICK = 3.0  # seconds: what takes no longer is run once before each run that counts
NAMES = (
    "reportparse", "jieba", "jionlp", "recognizers-text-suite", "trafilatura", "readability-lxml", "beautifulsoup4",
    "pdfplumber", "pypdfium2", "pdfminer.six", "camelot-py",
)  # fmt: skip


class Row(NamedTuple):
    """What one peer took for all that its group holds."""

    group: str
    name: str
    seconds: float
    size: int
    megabytes: int
    """The most that a process of its own held."""


class Task:
    """A peer that is loaded, at work on its part of what is given."""

    def __init__(self, group: Group, peer: Peer, work: Work) -> None:
        self.name = peer.name
        self.given = group.given if peer.most is None else [text[: peer.most] for text in group.given]
        read = sum(map(len, self.given)) if peer.most else group.size()
        self.scale = group.size() / read
        self.part = f", {read:,} characters of {group.size():,}" if self.scale > 1 else ""
        self.spent: list[float] = []
        self.failed: dict[str, int] = {}
        self._work = work

    def run(self) -> None:
        """Read everything once; what can't be read is counted, and told beside the table."""
        if self.spent and self.spent[-1] < _QUICK * self.scale:
            self._read()  # the processor's caches hold what another peer did: a batch has them warm
        self.failed = {}
        forget()
        gc.collect()
        began = time.process_time()
        self._read()
        self.spent.append((time.process_time() - began) * self.scale)

    def _read(self) -> None:
        for one in self.given:
            try:
                self._work(one)
            except Exception as error:
                self.failed[_said(error)] = self.failed.get(_said(error), 0) + 1


def forget() -> None:
    """Empty what reportparse keeps of texts (caches of bounded size), so that no pass lives on the one before it; tables stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("reportparse."):
            for made in vars(module).values():
                if hasattr(made, "cache_parameters") and made.cache_parameters()["maxsize"]:
                    made.cache_clear()


def measured(number: int, group: Group, missing: list[str]) -> list[Row]:
    """The rows of a group: by turns after one warm-up, so that a busy moment costs nobody alone."""
    tasks = []
    for k, peer in enumerate(group.peers):
        try:
            tasks.append((k, Task(group, peer, peer.load())))
        except Exception as error:
            missing.append(f"{peer.name}: {_said(error)}")
    gc.freeze()  # what one peer holds is no work for the collector while another reads
    for _ in range(RUNS + 1):
        for _, task in tasks:
            task.run()
    gc.unfreeze()
    for _, task in tasks:
        missing += [f"{task.name}, {n} of {len(task.given)} in “{group.title}”: {why}" for why, n in task.failed.items()]
    return [
        Row(group.title, task.name + task.part, statistics.median(task.spent[1:]), group.size(), apart(number, k)) for k, task in tasks
    ]


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:120]}"


def apart(group: int, peer: int) -> int:
    """Megabytes at most of a process in which one peer reads its part."""
    done = subprocess.run(
        [sys.executable, __file__, str(group), str(peer)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=True
    )
    return int(done.stdout.split()[-1])


def hold(group: Group, peer: Peer) -> None:
    """Have one peer read its part in this process, and print the most that it held, in megabytes."""
    Task(group, peer, peer.load()).run()
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the parent held before it started this process
        print(int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())[0]) // 1024)
    else:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10))


def growth() -> tuple[list[tuple[int, float]], float]:
    """Cost of 1, 2, 4 … 64 times a report, and the exponent of its growth."""
    from reportparse import parse_text

    text = (ROOT / "fixtures" / "stat-jiujiang-2023.txt").read_text(encoding="utf-8")
    points = []
    for times in (1, 2, 4, 8, 16, 32, 64):
        longer = text * times
        parse_text(longer)
        spent = []
        for _ in range(RUNS):
            began = time.process_time()
            parse_text(longer)
            spent.append(time.process_time() - began)
        points.append((times, min(spent)))
    far = [(math.log(n), math.log(s)) for n, s in points[2:]]
    mx, my = (statistics.mean(v) for v in zip(*far, strict=True))
    return points, sum((x - mx) * (y - my) for x, y in far) / sum((x - mx) ** 2 for x, _ in far)


def start() -> dict[str, float]:
    """Processor seconds of a command on a one-page report, and of a bare interpreter; medians of seven."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    page = str(ROOT / "fixtures" / "env-guizhou-2024.html")
    asked = {"bare interpreter": ["-c", "pass"], "reportparse extract": ["-m", "reportparse", "extract", page]}
    made: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(8):
        for name, arguments in asked.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if turn:
                made[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: statistics.median(times) for name, times in made.items()}


TOGETHER = "Text to records: all three together"


def together(rows: list[Row]) -> list[Row]:
    """What each peer took for all kinds of text; none is left out because it is slow."""
    texts = [row for row in rows if row.group.startswith("Text to records")]
    out = []
    for name in dict.fromkeys(row.name.partition(", ")[0] for row in texts):
        own = [row for row in texts if row.name.partition(", ")[0] == name]
        out.append(Row(TOGETHER, name, sum(r.seconds for r in own), sum(r.size for r in own), max(r.megabytes for r in own)))
    return out


def told(rows: list[Row], missing: list[str]) -> str:
    """The table."""
    points, exponent = growth()
    started = start()
    versions = []
    for name in NAMES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    out = [
        "# Speed beside the peers", "",
        f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end. `make bench`: medians of {RUNS} runs by turns, processor time; "
        f"{'fixtures and real documents' if SHARED else 'fixtures only'}.", "", ", ".join(versions) + ".", "",
        "| | | seconds | per second | reportparse is faster by | peak MB |", "|---|---|--:|--:|--:|--:|",
    ]  # fmt: skip
    for group, ours in _grouped(rows):
        out += [
            f"| {r.group} | {r.name} | {r.seconds:.3f} | {r.size / r.seconds:,.0f} | {r.seconds / ours:.2f} | {r.megabytes} |" for r in group
        ]
    out += [
        "", "Per second: characters of text, bytes of files. Below 1 the peer is the faster one; most peers do a part of the work. "
        "A slow peer is given the part of each text that is named, and its seconds are scaled to the whole. "
        "Before each pass reportparse forgets the names that it read; "
        "what is done in three seconds runs once, uncounted, before each run that counts. "
        "Peak: a process in which this one reads its part once.", "",
        f"Cold start, seconds: {', '.join(f'{n} {s:.3f}' for n, s in started.items())}.", "",
        "Cost against length (times a report: seconds): " + ", ".join(f"{n}: {s:.3f}" for n, s in points)
        + f"; exponent {exponent:.3f} from 4 times on.", "",
    ]  # fmt: skip
    out += ["Not measured:", "", *(f"- {why}" for why in dict.fromkeys(missing)), ""] if missing else []
    return "\n".join(out)


def _grouped(rows: list[Row]) -> list[tuple[list[Row], float]]:
    """The rows of each group, with our seconds."""
    titles = dict.fromkeys(row.group for row in rows)
    grouped = [[row for row in rows if row.group == title] for title in titles]
    return [(group, next(row.seconds for row in group if row.name == "reportparse")) for group in grouped]


def drawn(rows: list[Row]) -> str:
    """The picture: bars of time, reportparse as 1, on a logarithmic scale."""
    lines, y = [], 20
    for group, ours in _grouped(rows):
        lines.append(f'<text x="10" y="{y}" font-weight="bold">{group[0].group}</text>')
        for row in group:
            y += 20
            share = row.seconds / ours
            width = max(2.0, 60 * (math.log10(max(share, 0.01)) + 2))
            colour = "#1a6" if row.name == "reportparse" else "#99a"
            name = row.name.partition(", ")[0]
            lines.append(f'<text x="270" y="{y}" text-anchor="end">{name}</text>')
            lines.append(f'<rect x="280" y="{y - 11}" width="{width:.0f}" height="13" fill="{colour}"/>')
            lines.append(f'<text x="{290 + width:.0f}" y="{y}">{share:.2f}</text>')
        y += 34
    title = "Time, as a multiple of reportparse's (logarithmic)"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{y + 10}" font-family="sans-serif" font-size="12">'
        f"<title>{title}</title>{''.join(lines)}<text x=\"10\" y=\"{y}\">{title}</text></svg>\n"
    )


def main(arguments: list[str]) -> None:
    """Measure all and write the results; with two numbers, have that peer of that group read alone."""
    warnings.simplefilter("ignore")  # old peers load old modules
    logging.disable()  # and tell what they do
    known: list[Any] = groups()
    if arguments:
        group = known[int(arguments[0])]
        hold(group, group.peers[int(arguments[1])])
        return
    rows: list[Row] = []
    missing: list[str] = []
    for number, group in enumerate(known):
        print(group.title, file=sys.stderr, flush=True)
        rows += measured(number, group, missing)
    last = max(k for k, row in enumerate(rows) if row.group.startswith("Text to records"))
    rows[last + 1 : last + 1] = together(rows)
    INTO.mkdir(parents=True, exist_ok=True)
    (INTO / "results.md").write_text(told(rows, missing), encoding="utf-8")
    (INTO / "results.svg").write_text(drawn(rows), encoding="utf-8")
    print((INTO / "results.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
