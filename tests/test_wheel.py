"""The built wheel works in an empty environment, without extras and without this checkout."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_and_the_sdist_work_by_themselves(tmp_path):
    pytest.importorskip("build", reason="builds the wheel")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(tmp_path / "dist"), str(ROOT)], check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*-py3-none-any.whl")
    assert len(list((tmp_path / "dist").glob("*.tar.gz"))) == 1
    venv.create(tmp_path / "env", with_pip=True)
    folder = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([folder / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    for name, expected in (("env-guizhou-2024.html", "%"), ("pdf/one-column.pdf", "亿元"), ("fin-anshun-2023.txt", "亿元")):
        done = subprocess.run(
            [folder / "reportparse", "extract", str(ROOT / "fixtures" / name), "--format", "csv"],
            cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert expected in done.stdout
    assert subprocess.run([folder / "reportparse", "--version"], capture_output=True, encoding="utf-8", check=True).stdout.startswith("reportparse ")
