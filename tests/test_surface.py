"""The public surface: names, commands, documents, layers, and what an import costs."""

from __future__ import annotations

import ast
import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reportparse
from reportparse.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
HEAVY = {"bs4", "lxml", "jieba", "pdfplumber", "pdfminer", "pypdfium2", "rich", "numpy", "regex", "msgspec", "charset_normalizer"}
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])


def run_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8").stdout


def test_public_names_are_sorted_and_complete():
    public = {name for names in reportparse._HOMES.values() for name in names} | {"__version__"}
    assert set(reportparse.__all__) == public
    assert len(reportparse.__all__) == len(public)
    constants, classes, functions = (
        [n for n in reportparse.__all__ if n.isupper()],
        [n for n in reportparse.__all__ if n[0].isupper() and not n.isupper()],
        [n for n in reportparse.__all__ if not n[0].isupper()],
    )
    assert reportparse.__all__ == sorted(constants) + sorted(classes) + sorted(functions)


def test_types_are_told_the_same_homes_as_the_program():
    tree = ast.parse(Path(reportparse.__file__).read_text(encoding="utf-8"))
    told = {
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("reportparse.")
        for alias in node.names
    }
    assert told == {(f"reportparse.{home}", name) for home, names in reportparse._HOMES.items() for name in names}


@pytest.mark.parametrize("name", reportparse.__all__)
def test_every_public_name_loads(name):
    assert getattr(reportparse, name) is not None
    assert name in dir(reportparse)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'pars'"):
        _ = reportparse.pars


def test_import_loads_nothing_heavy():
    loaded = set(run_python("import sys, reportparse; print(*{m.partition('.')[0] for m in sys.modules})").split())
    assert not loaded & HEAVY


def test_import_loads_fewer_modules_than_decimal_json_and_tomllib():
    """A count in place of a clock: the cost of an import is the modules that it loads."""
    count = "import sys; before = len(sys.modules); import {}; print(len(sys.modules) - before)"
    assert int(run_python(count.format("reportparse"))) <= int(run_python(count.format("decimal, json, tomllib")))


def test_a_text_report_is_read_without_the_html_pdf_and_dictionary_libraries(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text("一、综合\n2023年，全市粮食总产量158.4万吨，增长0.9%。\n", encoding="utf-8")
    code = (
        f"import sys; from reportparse.cli import main; main(['extract', {str(report)!r}, '--format', 'jsonl']); "
        "print(*{m.partition('.')[0] for m in sys.modules})"
    )
    loaded = set(run_python(code).splitlines()[-1].split())
    assert not loaded & {"bs4", "pdfplumber", "pdfminer", "pypdfium2", "rich", "jieba", "numpy", "asyncio"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_documents(command, capsys):
    assert main([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: reportparse {command}")
    for page in ("README.md", "README.zh.md", "docs/commands.md"):
        assert f"reportparse {command}" in (ROOT / page).read_text(encoding="utf-8"), f"{page} does not show it"


def test_every_command_module_is_a_command():
    modules = {path.stem for path in (ROOT / "src/reportparse/cli").glob("*.py")} - {"__init__", "sources"}
    assert modules == set(COMMANDS)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda p: p.name)
def test_the_examples_in_the_documents_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda p: p.name)
def test_the_links_in_the_documents_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda p: p.name)
def test_the_commands_in_the_documents_succeed(page, monkeypatch, tmp_path, capsys):
    """Every ``$ reportparse …`` line runs, from the top of the project, as it stands."""
    import shlex

    monkeypatch.chdir(ROOT)
    for line in re.findall(r"^\$ reportparse (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        words = [word.replace("out/", f"{tmp_path}/out/") for word in shlex.split(line, comments=True)]
        assert main(words) == 0, line
    capsys.readouterr()


def test_flags_and_warnings_are_the_documented_ones():
    page = (ROOT / "docs/flags.md").read_text(encoding="utf-8")
    flags, warnings = (set(re.findall(r"^\| `(\w+)`", part, re.MULTILINE)) for part in page.split("## Warnings"))
    source = [line for path in (ROOT / "src").rglob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    told = {name for line in source if "flag" in line for name in re.findall(r'"([a-z]+_[a-z_]+|ocr)"', line)}
    assert told - {"rank_of", "more_than"} <= flags  # but for words of other lists on the same lines
    assert flags <= {name for line in source for name in re.findall(r'"(\w+)"', line)}
    codes = {name for line in source for name in re.findall(r'\bcode="(\w+)"|^ +\("(\w+)", self\.\w+, "', line) for name in name if name}
    assert codes == warnings


def test_layers_are_kept():
    run = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]
