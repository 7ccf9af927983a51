"""A batch on a Dask cluster: a real scheduler, two real worker processes, one of them killed in mid-run."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_batch import ask, assert_whole, content, write

from reportparse import batch
from reportparse.cli import main

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed: pip install 'reportparse[dask]'"),
    pytest.mark.filterwarnings("ignore"),  # Dask's own
]


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes = [self.start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--no-show")]
        until = time.monotonic() + 60
        while not self.file.exists() or not self.file.read_text():
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text())["address"]
        self.workers = [self.start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", f"w{n}") for n in range(2)]
        self.processes += self.workers

    def start(self, kind: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file), *options]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    one = Cluster(tmp_path)
    try:
        yield one
    finally:
        one.stop()


def test_a_killed_worker_loses_nothing(cluster, tmp_path):
    from distributed import Client

    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(30)))
    place = tmp_path / "store.duckdb"

    def kill(progress):
        if progress.done == 8:
            cluster.workers[0].send_signal(signal.SIGKILL)

    with Client(cluster.address) as client:
        client.wait_for_workers(2, timeout=60)
        summary = batch([folder], place, executor=client.get_executor(pure=False), workers=2, progress=kill)
    assert (summary.parsed, summary.failed) == (30, 0)
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert assert_whole(place) == 30
    batch([folder], tmp_path / "alone.duckdb", workers=2)
    assert content(place) == content(tmp_path / "alone.duckdb")


def test_the_command_uses_a_running_cluster(cluster, tmp_path, capsys):
    folder = write(tmp_path / "in", "a.txt", "b.txt")
    (folder / "empty.txt").write_bytes(b"")
    place = tmp_path / "store.duckdb"
    assert main(["batch", str(folder), "--out", str(place), "--dask", cluster.address]) == 1
    assert "2 parsed, 1 failed of 3 files" in capsys.readouterr().out
    assert ask(place, "SELECT kind FROM errors") == [("read",)]


def test_no_cluster_at_the_address_is_told(tmp_path, capsys, monkeypatch):
    import distributed

    def nobody(*_, **__):
        raise OSError("Timed out")

    monkeypatch.setattr(distributed, "Client", nobody)
    assert main(["batch", str(tmp_path), "--out", str(tmp_path / "s.duckdb"), "--dask", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_without_dask_the_extra_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["batch", str(tmp_path), "--out", str(tmp_path / "s.duckdb"), "--dask", "tcp://127.0.0.1:9"]) == 1
    assert "pip install 'reportparse[dask]'" in capsys.readouterr().err
