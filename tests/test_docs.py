"""The documents: every example runs or is shown to match, every page is in the site, and the site builds without a warning.

Doctests and commands that stand at the start of a line are run by test_surface; here run the commands inside of lists, outputs that are
shown are compared, and files that are shown are the files.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from reportparse.cli import COMMANDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("README*.md"), *DOCS.glob("*.md")])
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, kind: str) -> list[tuple[str | None, str]]:
    """Title and body of each fenced block of a kind."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [(one["title"], textwrap.dedent(one["body"])) for one in found if one["kind"] == kind]


def commands(page: Path) -> list[tuple[str, str]]:
    """Each command of a page that has an output shown, or words of its own, with that output."""
    shown = [part.partition("\n") for _, body in blocks(page, "console") for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [(command, output) for command, _, output in shown]


def needs_a_process(command: str, output: str) -> bool:
    return bool(output.strip()) or "--words" in command or "out/before" in command


@pytest.mark.parametrize("page", [page for page in PAGES if any(needs_a_process(*one) for one in commands(page))], ids=lambda p: p.name)
def test_what_commands_print_is_what_the_page_shows(page, tmp_path):
    checker = doctest.OutputChecker()
    for command, output in commands(page):
        if not needs_a_process(command, output):
            continue
        words = [word.replace("out/", f"{tmp_path}/out/") for word in shlex.split(command, comments=True)]
        assert words[0] == "reportparse", command
        run = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert run.returncode == 0, (command, run.stderr)
        if output.strip():
            assert checker.check_output(output, run.stdout, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), f"$ {command}\n{run.stdout}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_files_that_are_shown_are_the_files(page):
    for kind in ("toml", "csv", "yaml", "json"):
        for title, body in blocks(page, kind):
            if title is not None:
                assert body == (ROOT / title).read_text(encoding="utf-8"), title


def test_words_has_eight_steps_each_with_an_example():
    steps = re.split(r"^\d\.  \*\*", (DOCS / "words.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(steps) == 8
    assert all("```" in step or "`" in step for step in steps)


def test_every_page_is_in_the_site_and_the_site_in_the_pages():
    shown = set(re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert shown == {path.name for path in DOCS.glob("*.md")}


def test_the_start_page_names_every_page():
    start = (DOCS / "index.md").read_text(encoding="utf-8")
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= set(re.findall(r"\]\((\S+?\.md)", start))


def test_the_start_page_names_every_extra():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"^\| `(\w+)` \|", (DOCS / "index.md").read_text(encoding="utf-8"), re.MULTILINE)) == set(extras)
    assert set(re.findall(r"\w+", extras["all"][0])) - {"reportparse"} == set(extras) - {"all", "dev", "spacy"}


def test_every_command_is_in_the_guide_or_the_cookbook_or_its_page():
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    assert all(f"reportparse {command}" in told for command in COMMANDS)


def test_readmes_show_the_review_page():
    for page in ("README.md", "README.zh.md"):
        assert "](docs/review.png)" in (ROOT / page).read_text(encoding="utf-8"), page
    assert (DOCS / "review.png").stat().st_size > 10_000


def test_the_site_builds_without_a_warning(tmp_path):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed: the site is not built")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    for page in DOCS.glob("*.md"):
        made = tmp_path / "site" / ("index.html" if page.name == "index.md" else f"{page.stem}.html")
        assert made.is_file(), page.name
        assert "https://fonts." not in made.read_text(encoding="utf-8"), "the site asks other hosts for fonts"
