"""Scores on reports annotated by hand never fall below the floors in corpora/floors.toml, which only rise."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = tomllib.loads((ROOT / "corpora" / "floors.toml").read_text(encoding="utf-8"))


def run(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.fixture(scope="session")
def gold(shared, tmp_path_factory):
    """The folder of each set: the first lies with the real documents, the others are built from our stand-off rows."""
    if not (shared / "eval" / "board.py").exists():
        pytest.skip("no scoreboard beside the real documents")
    built = {"first": shared / "gold"}
    for name, folder in {"second": ".", "third": "third", "fourth": "fourth"}.items():
        built[name] = tmp_path_factory.mktemp(name)
        rows = sorted((ROOT / "corpora" / "gold" / folder).glob("*.gold.jsonl"))
        run(sys.executable, "-m", "reportparse.gold", "build", *rows, "--sources", shared / "corpus", "--into", built[name])
    return built


@pytest.mark.parametrize("name", sorted(FLOORS.keys() - {"score"}))
def test_scores_stay_above_their_floors(name, shared, gold):
    command = Path(sys.executable).parent / "reportparse"
    board = run(sys.executable, shared / "eval" / "board.py", "--gold", gold[name], command)
    scores = json.loads(board.splitlines()[-1])
    assert {key: scores[key] for key, floor in FLOORS[name].items() if scores[key] < floor} == {}


def test_our_own_score_stays_above_its_floors(shared, capsys):
    """`reportparse score` on corpora/gold, by the table [score]."""
    from reportparse.cli import main

    gold, floors = ROOT / "corpora" / "gold", ROOT / "corpora" / "floors.toml"
    assert main(["score", str(gold), "--sources", str(shared / "corpus"), "--floors", str(floors)]) == 0, capsys.readouterr().err
