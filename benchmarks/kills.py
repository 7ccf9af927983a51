"""Kills of a batch at random moments, then a run to the end: nothing may be lost or doubled.

`python benchmarks/kills.py --kills 20 --files 300 --out store.duckdb` (or `store/`): the batch is started over and over and
killed with SIGKILL; after each kill the store is opened and must be whole. After the last one the batch runs to its end
and the store must equal that of a run that was never disturbed.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batches import changed_copies

from reportparse import open_store
from reportparse.store.schema import TABLES

ROOT = Path(__file__).parent.parent
VARYING = ("run", "seen", "seconds")


def whole(place: str) -> int:
    """The number of reports, each of which has all its records, once."""
    with open_store(place) as store:
        for sql in (
            "SELECT report FROM reports GROUP BY report HAVING count(*) > 1",
            "SELECT report, id FROM records GROUP BY ALL HAVING count(*) > 1",
            "FROM (SELECT report, count(*) n FROM records GROUP BY 1) FULL JOIN reports USING (report) "
            "WHERE n IS DISTINCT FROM nullif(figures, 0)",
        ):
            found = list(store.query(sql).rows)
            assert not found, (sql, found[:3])
        [(number,)] = store.query("SELECT count(*) FROM reports").rows
    return int(number)


def content(place: str) -> dict[str, list[tuple]]:
    """All rows but for what differs from run to run, in one order."""
    with open_store(place) as store:
        return {
            table: sorted(map(repr, store.query(f"SELECT {', '.join(chosen)} FROM {table}").rows))
            for table, columns in TABLES.items()
            if table != "runs"
            for chosen in [[f'"{name}"' for name in columns if name not in VARYING]]
        }


def seconds(command: list[str]) -> float:
    """How long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Kill, look, finish, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--out", default="store.duckdb")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = changed_copies(ROOT / "fixtures", Path(scratch) / "in", options.files)
        place = f"{scratch}/{options.out}"
        command = [sys.executable, "-m", "reportparse", "batch", str(folder), "--workers", "2", "--out"]
        start = seconds([*command[:4], str(next(folder.iterdir())), *command[5:], f"{scratch}/one.duckdb"])
        length = seconds([*command, f"{scratch}/undisturbed.duckdb"])
        done = 0
        for kill in range(1, options.kills + 1):
            with subprocess.Popen([*command, place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                time.sleep(chance.uniform(0.5, 1.5) * start + chance.uniform(0, 3) * (length - start) / options.kills)
                ended = run.poll() is not None
                run.send_signal(signal.SIGKILL)
            if Path(place).exists():
                done, before = whole(place), done
                assert done >= before, "reports were lost"
            print(f"kill {kill}: {done} of {options.files} reports{', it had ended' if ended else ''}", flush=True)
        subprocess.run([*command, place], check=True)
        assert whole(place) == options.files
        assert content(place) == content(f"{scratch}/undisturbed.duckdb")
        print(f"{options.kills} kills: nothing lost, nothing doubled, equal to an undisturbed run")


if __name__ == "__main__":
    main()
