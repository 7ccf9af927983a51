"""Nothing that only Linux has: any encoding of the system, any way to start a process, without what only Unix knows."""

from __future__ import annotations

import ast
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import reportparse
from reportparse import batch, open_store, parse

ROOT = Path(__file__).parents[1]
SOURCES = sorted(Path(reportparse.__file__).parent.rglob("*.py"))
UNIX = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
ELSEWHERE = f"""
import os, sys
for name in {[name for name in UNIX if name != "posix"]!r}:  # os itself is made of posix
    sys.modules[name] = None
for name in ("fork", "forkpty", "getuid", "geteuid", "killpg", "setsid", "mkfifo", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
"""
"""Laid beside the library as sitecustomize.py: processes start without what only Unix knows, those of a batch too."""


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of a system whose encoding is ASCII, that has no Unix, and that tells where its encoding is used."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    path = os.pathsep.join((str(tmp_path / "site"), str(Path(reportparse.__file__).parents[1])))
    return {**os.environ, "PYTHONPATH": path, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONWARNDEFAULTENCODING": "1"}


PAGE, OTHER, STORE = "fixtures/env-guizhou-2023.html", "fixtures/env-guizhou-2024.html", "{out}/store.duckdb"
COMMANDS = [
    f"extract {PAGE}",
    "extract fixtures/pdf/one-column.pdf --format csv --out {out}/figures.csv",
    "extract fixtures/fin-anshun-2023.txt --format json --out {out}/report.json",
    f"outline {PAGE}",
    "tables fixtures/stat-jiujiang-2024.html",
    f"gaps {PAGE}",
    f"audit {PAGE} {OTHER}",
    "compare fixtures/stat-jiujiang-2023.txt fixtures/expected/stat-jiujiang-2023.toml",
    f"review {PAGE} --out {{out}}/review.html",
    f"decide {PAGE} --decisions fixtures/decisions.jsonl --out {{out}}/decided.json",
    f"annotate {PAGE} --to label-studio --out {{out}}/tasks.json",
    f"batch {PAGE} {OTHER} fixtures/pdf/one-column.pdf --workers 2 --out {STORE}",
    f"panel {STORE} --out {{out}}/panel.csv",
    f"query {STORE}",  # with a question, see below
]


def test_commands_need_neither_unix_nor_an_encoding_of_the_system(elsewhere, tmp_path):
    for command in COMMANDS:
        words = command.format(out=tmp_path).split()
        words += ["SELECT DISTINCT region FROM reports ORDER BY ALL"] if words[0] == "query" else []
        done = subprocess.run([sys.executable, "-m", "reportparse", *words], cwd=ROOT, env=elsewhere, capture_output=True, check=False)
        told = done.stderr.decode("utf-8", "replace")
        assert done.returncode == 0, f"{command}: {told}"
        ours = [line for line in told.splitlines() if "EncodingWarning" in line and f"{os.sep}reportparse{os.sep}" in line]
        assert not ours, ours
        done.stdout.decode("utf-8")
    assert "贵州省" in done.stdout.decode("utf-8")


def test_modules_of_unix_are_imported_only_where_they_may_be_missing():
    """Inside a function, under ``suppress(ImportError)`` or ``try``."""
    for source in SOURCES:
        for node in ast.parse(source.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                assert not set(names) & set(UNIX), f"{source.name}: {names}"


def _count(path: Path) -> int:
    return len(parse(path).records)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # which newer interpreters say where threads run
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_any_way_to_start_a_process(method, tmp_path):
    paths = [ROOT / "fixtures" / name for name in ("stat-jiujiang-2023.txt", "env-guizhou-2024.html", "pdf/one-column.pdf")]
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as executor:
        assert list(executor.map(_count, paths)) == [_count(path) for path in paths]
        assert batch(paths, tmp_path / "store.duckdb", executor=executor).parsed == 3


def test_names_with_blanks_and_chinese_characters(tmp_path):
    folder = tmp_path / "统计 公报 ％20"
    folder.mkdir()
    (folder / "九江 市.txt").write_bytes((ROOT / "fixtures" / "stat-jiujiang-2023.txt").read_bytes())
    assert batch([folder], folder / "库 一.duckdb", workers=1).parsed == 1
    with open_store(folder / "库 一.duckdb") as store:
        [(path,)] = store.query("SELECT path FROM reports").rows
    assert path.endswith("统计 公报 ％20/九江 市.txt")
