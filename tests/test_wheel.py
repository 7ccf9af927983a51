"""The built wheel works in an empty environment without this checkout: without extras, which are named where they lack, and with each."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
PAGE = str(ROOT / "fixtures" / "env-guizhou-2024.html")
OTHER = str(ROOT / "fixtures" / "env-guizhou-2023.html")
SCAN = str(ROOT / "fixtures" / "pdf" / "scanned.pdf")
FRAMES = f"""
from reportparse import parse
from reportparse.cli import main
assert len(parse({PAGE!r}).to_frame()) == len(parse({PAGE!r}).records)
for end in ("xlsx", "dta"):
    assert main(["panel", {PAGE!r}, {OTHER!r}, "--out", f"p.{{end}}"]) == 0
"""
DASK = f"""
from distributed import Client
from reportparse import batch
if __name__ == "__main__":
    with Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        assert batch([{PAGE!r}], "s.duckdb", executor=client.get_executor()).parsed == 1
"""
FETCH = f"""
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from reportparse.fetching import Settings, fetch
site = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory={str(ROOT / "fixtures")!r}))
threading.Thread(target=site.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{{site.server_port}}/env-guizhou-2024.html"
[found] = fetch([address], "got", settings=Settings(allow_private=True, robots=False))
assert found.path and found.path.exists(), found
"""
MCP = f"""
from reportparse import parse
from reportparse.mcp_server import make_server
from reportparse.shelf import ReportShelf
assert make_server(ReportShelf([("a", parse({PAGE!r}))]))
"""
OCR = f"""
from reportparse import parse
assert any(w.code == "ocr" for w in parse({SCAN!r}).warnings)
"""
PLOT = f"from reportparse.cli import main\nassert main(['panel', {PAGE!r}, {OTHER!r}, '--plot', 'p.html']) == 0"
SPACY = f"from reportparse.cli import main\nassert main(['annotate', {PAGE!r}, '--to', 'spacy', '--out', 't.spacy']) == 0"
USES = {"frames": FRAMES, "plot": PLOT, "dask": DASK, "fetch": FETCH, "mcp": MCP, "spacy": SPACY, "ocr": OCR}
"""Each extra, and a piece of code that needs it."""
WITHOUT = {
    "frames": f"panel {PAGE} --out p.xlsx", "plot": f"panel {PAGE} --plot p.html", "dask": f"batch {PAGE} --out s.duckdb --dask tcp://127.0.0.1:1",
    "fetch": "fetch http://127.0.0.1:1/a --into got", "mcp": f"mcp {PAGE}", "spacy": f"annotate {PAGE} --to spacy --out t.spacy",
    "ocr": f"extract {SCAN}",
}  # fmt: skip
"""Each extra, and a command that names it where it lacks."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    pytest.importorskip("build", reason="builds the wheel")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    assert len(list(folder.glob("*.tar.gz"))) == 1
    (made,) = folder.glob("*-py3-none-any.whl")
    return made


def environment(folder: Path, wanted: str) -> Path:
    """The folder of programs of a new environment in which `wanted` is installed."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    done = subprocess.run([programs / "python", "-m", "pip", "install", "-q", wanted], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    return programs


def test_it_works_without_extras_and_names_the_one_that_lacks(wheel, tmp_path):
    programs = environment(tmp_path / "env", str(wheel))

    def said(*words: str, status: int = 0) -> str:
        done = subprocess.run([programs / "reportparse", *words], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    assert said("--version").startswith("reportparse ")
    for name, expected in (("env-guizhou-2024.html", "%"), ("pdf/one-column.pdf", "亿元"), ("fin-anshun-2023.txt", "亿元")):
        assert expected in said("extract", str(ROOT / "fixtures" / name), "--format", "csv")
    for extra, command in WITHOUT.items():
        told = said(*command.split(), status=1)
        assert f"reportparse[{extra}]" in told, told
        assert "Traceback" not in told


@pytest.mark.parametrize("extra", USES)
def test_it_works_with_each_extra(extra, wheel, tmp_path):
    programs = environment(tmp_path / "env", f"{wheel}[{extra}]")
    (tmp_path / "use.py").write_text(USES[extra], encoding="utf-8")
    done = subprocess.run([programs / "python", "use.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
