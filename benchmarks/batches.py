"""What a batch costs: how busy its workers are, what a second run takes, what the parent holds in memory, sizes.

`python benchmarks/batches.py FOLDER` takes a folder of reports, `--copies 1000` changed copies of our own.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportparse import open_store

ROOT = Path(__file__).parent.parent
TEXTS = (".html", ".txt")
CODE = """
import resource, sys
from reportparse.cli import main
status = main(sys.argv[1:])
own = resource.getrusage(resource.RUSAGE_SELF)
workers = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, own.ru_utime + own.ru_stime, own.ru_maxrss, workers.ru_utime + workers.ru_stime, workers.ru_maxrss, sep="\\n")
"""


def changed_copies(source: Path, into: Path, number: int) -> Path:
    """Write copies of the reports in a folder, no two of the same bytes."""
    into.mkdir(parents=True)
    originals = sorted(path for path in source.glob("*-20*") if path.suffix in TEXTS and _is_utf8(path))
    for copy in range(number):
        original = originals[copy % len(originals)]
        text = original.read_text(encoding="utf-8")
        note = f"\n附注：第{copy + 1}份抽样报告，样本量{1000 + copy}个。\n"
        text = text.replace("</body>", f"<p>{note}</p></body>") if "</body>" in text else text + note
        (into / f"{copy:06}-{original.name}").write_text(text, encoding="utf-8")
    return into


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def timed(command: list[str]) -> tuple[float, str, str]:
    """Seconds, what parent and workers took of CPU and memory, and what was printed."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        *told, status, own, peak, theirs, most = run.communicate()[0].splitlines()
    cost = f"parent {float(own):.1f} s of CPU, peak {int(peak) >> 10} MB; workers {float(theirs):.1f} s of CPU, the largest {int(most) >> 10} MB"
    return time.perf_counter() - began, cost, f"{told[-1]} (exit {status})"


def hashing(folder: Path) -> float:
    """Seconds to read and hash all files of a folder."""
    began = time.perf_counter()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")
    return time.perf_counter() - began


def measure(folder: Path, workers: int, scratch: str, out: str) -> None:
    """Batch a folder twice and tell what it cost."""
    place = f"{scratch}/{out}"
    command = [sys.executable, "-c", CODE, "batch", str(folder), "--workers", str(workers), "--out", place]
    seconds, cost, told = timed(command)
    print(f"first run   {seconds:8.2f} s: {told}")
    print(f"cost        {cost}")
    with open_store(place) as store:
        [(wall, parsing)] = store.query("SELECT seconds, parse_seconds FROM current_runs").rows
        print(f"busy        {parsing / (workers * wall):8.3f} = {parsing:.1f} s of parsing / ({workers} workers × {wall:.1f} s)")
        [(reports, records, bytes_, characters)] = store.query(
            "SELECT count(*), sum(figures), (SELECT sum(bytes) FROM sources), sum(length(text)) FROM reports"
        ).rows
    size = sum(path.stat().st_size for path in ([Path(place)] if Path(place).is_file() else Path(place).rglob("*")))
    print(f"store       {size / 1e6:8.1f} MB for {reports} reports, {records} records, {characters} characters, {bytes_ / 1e6:.1f} MB of sources")
    empty = Path(scratch, "empty")
    empty.mkdir(exist_ok=True)
    again = min(timed(command)[0] for _ in range(5))
    start = min(timed([*command[:4], str(empty), *command[5:]])[0] for _ in range(5))
    print(f"second run  {again:8.2f} s; start-up {start:.2f} s + hashing {hashing(folder):.2f} s")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--copies", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", default="store.duckdb")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or changed_copies(ROOT / "fixtures", Path(scratch) / "in", options.copies or 1000)
        measure(folder, options.workers, scratch, options.out)


if __name__ == "__main__":
    main()
