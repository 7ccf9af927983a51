"""Mutants: one small change to the source each; a mutant that no test notices shows what is not tested.

``python tools/mutants.py [again] [PYTEST ARGUMENT…]`` copies the tree to build/mutants, changes the copy by cosmic-ray as tools/mutants.toml says,
and writes the survivors to build/mutants/survivors.diff. With ``again`` only the survivors of the last run meet the tests as they are now: the
source must be as it was. Other arguments go to pytest, to deselect a test that fails already.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
import tomllib
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).parent.parent
PLACE = ROOT / "build" / "mutants"
TREE = PLACE / "tree"
CONFIG = """[cosmic-ray]
module-path = {modules}
timeout = {seconds}
excluded-modules = []
test-command = {command}

[cosmic-ray.distributor]
name = "local"
"""


def main(words: list[str]) -> int:
    """Run each group; 1 where the tests fail before anything is changed."""
    said = tomllib.loads((Path(__file__).with_suffix(".toml")).read_text(encoding="utf-8"))
    again, more = "again" in words, [word for word in words if word != "again"]
    if not again:
        shutil.rmtree(PLACE, ignore_errors=True)
    for name in ("tests", "fixtures") if again else ("src", "tests", "fixtures"):
        shutil.copytree(ROOT / name, TREE / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", TREE)
    survivors, rows = [], []
    for group in said["group"]:
        began = time.monotonic()
        if not _run(group, said, more, again=again):
            print(f"{group['name']}: its tests fail as they are; mend or deselect them first")
            return 1
        rows += _told(group["name"], survivors)
        print(f"{group['name']}: {time.monotonic() - began:.0f} s", flush=True)
    (PLACE / "survivors.diff").write_text("\n".join(survivors), encoding="utf-8")
    print("\n".join(["", "| module | mutants | tried | killed | survived |", "| --- | --- | --- | --- | --- |", *rows]))
    print(f"\nSurvivors: {PLACE / 'survivors.diff'}")
    return 0


def _run(group: dict[str, Any], said: dict[str, Any], more: list[str], *, again: bool) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "no:cov", "-k", f"not ({group['not']})", *more, *group["tests"]]
    environment = os.environ | {"PYTHONPATH": str(TREE / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if subprocess.run(command, cwd=TREE, env=environment, check=False, stdout=subprocess.DEVNULL).returncode:  # and byte code is made
        return False
    config, session = PLACE / f"{group['name']}.toml", PLACE / f"{group['name']}.sqlite"
    config.write_text(
        CONFIG.format(
            modules=[f"src/reportparse/{module}" for module in group["modules"]], seconds=said["seconds"],
            command=_quoted(shlex.join(command)),
        ),
        encoding="utf-8",
    )  # fmt: skip
    tool = Path(sys.executable).with_name("cosmic-ray")
    if again:
        with closing(sqlite3.connect(session)) as kept, kept:
            kept.execute("DELETE FROM work_results WHERE test_outcome = 'SURVIVED'")
    else:
        subprocess.run([tool, "init", config, session], cwd=TREE, env=environment, check=True, capture_output=True)
        with use_db(session, WorkDB.Mode.open) as db:
            _choose(db, re.compile("|".join(said["leave_out"])), said["share"])
    subprocess.run([tool, "exec", config, session], cwd=TREE, env=environment, check=True)
    return True


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _choose(db: WorkDB, left_out: re.Pattern[str], share: int) -> None:
    """Leave out the operators that tell nothing, and all but one of `share` of the other mutants."""
    for item in list(db.pending_work_items):
        mutation = item.mutations[0]
        key = f"{mutation.module_path} {mutation.operator_name} {mutation.start_pos} {mutation.occurrence}"
        why = _OPERATOR if left_out.match(mutation.operator_name) else _SHARE if zlib.crc32(key.encode()) % share else None
        if why:
            db.set_result(item.job_id, WorkResult(output=why, worker_outcome=WorkerOutcome.SKIPPED))


_OPERATOR, _SHARE = "its operator is left out", "not of the sample"


def _told(name: str, survivors: list[str]) -> list[str]:
    """A row of the table for each module; the survivors' changes go to `survivors`."""
    counts: dict[str, list[int]] = {}
    with use_db(PLACE / f"{name}.sqlite", WorkDB.Mode.open) as db:
        for item, result in db.completed_work_items:
            mutation = item.mutations[0]
            module = Path(mutation.module_path).relative_to("src/reportparse").as_posix()
            row = counts.setdefault(module, [0, 0, 0, 0])
            skipped = result.worker_outcome == WorkerOutcome.SKIPPED
            survived = result.test_outcome == TestOutcome.SURVIVED
            row[0] += result.output != _OPERATOR
            row[1] += not skipped
            row[2] += not skipped and not survived
            row[3] += survived
            if survived:
                survivors.append(f"# {module}:{mutation.start_pos[0]} {mutation.operator_name} {mutation.occurrence}\n{result.diff}")
    return [f"| `{module}` | {' | '.join(map(str, row))} |" for module, row in counts.items()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
