"""Batches: one bad file costs that file, nothing is lost or doubled, whatever stops the run and whoever does the work."""

from __future__ import annotations

import os
import pty
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from reportparse import BatchError, batch, open_store, parse
from reportparse.batching import children, running
from reportparse.batching.finding import find
from reportparse.cli import main
from reportparse.store.schema import TABLES

VARYING = ("run", "seen", "seconds")


def text(number: int) -> str:
    sentence = f"{number}年，全市粮食总产量{100 + number % 89}.{number % 7}万吨，增长0.{number % 9}%。\n"
    return f"某市{number}年统计公报\n一、综合\n" + sentence * (1 + number % 3)


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        (folder / name).write_text(text(1990 + number), encoding="utf-8")
    return folder


@pytest.fixture
def hostile(monkeypatch):
    monkeypatch.setattr(children, "WORKER", "hostile_worker")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def ask(place, sql: str) -> list[tuple]:
    with open_store(place) as store:
        return list(store.query(sql).rows)


def content(place) -> dict[str, list]:
    """All that does not depend on when and by whom it was done, in one order."""
    with open_store(place) as store:
        tables = {table: [f'"{name}"' for name in columns if name not in VARYING] for table, columns in TABLES.items()}
        del tables["runs"]
        return {table: sorted(map(repr, store.query(f"SELECT {', '.join(names)} FROM {table}").rows)) for table, names in tables.items()}


def assert_whole(place) -> int:
    """Each report with all its records, none twice; returns the number of reports."""
    assert ask(place, "SELECT report FROM reports GROUP BY report HAVING count(*) > 1") == []
    assert ask(place, "SELECT report, id FROM records GROUP BY ALL HAVING count(*) > 1") == []
    assert ask(place, "SELECT report, section FROM sections GROUP BY ALL HAVING count(*) > 1") == []
    counted = "(SELECT report, count(*) AS n FROM records GROUP BY 1)"
    assert ask(place, f"FROM {counted} FULL JOIN reports USING (report) WHERE n IS DISTINCT FROM figures") == []
    return ask(place, "SELECT count(*) FROM reports")[0][0]


@pytest.mark.usefixtures("hostile")
def test_the_worst_files_cost_themselves_only(tmp_path, capsys):
    bad = {
        "segfault": "crash", "killed": "crash", "exit": "crash", "rest": "crash", "hang": "timeout", "spin": "timeout",
        "grow": "memory", "fault": "fault", "deep": "fault",
    }  # fmt: skip
    good = [f"good-{n}.txt" for n in range(4)] + ["noise-1.txt"]
    folder = write(tmp_path / "in", *(f"{name}-1.txt" for name in bad), *good)
    (folder / "empty.html").write_bytes(b"")
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04" + b"xl/" * 20)
    place = str(tmp_path / "store.duckdb")
    status = main(["batch", str(folder), str(tmp_path / "none.txt"), "--out", place, "--workers", "2", "--timeout", "12", "--memory", "600"])
    told = capsys.readouterr()
    assert status == 1
    assert "5 parsed, 12 failed of 17 files" in told.out
    assert told.err.count("\n") == 12
    assert "none.txt: no such file" in told.err
    assert assert_whole(place) == 5
    kinds = {Path(path).name: kind for path, kind in ask(place, "SELECT path, kind FROM current_errors")}
    assert kinds == {f"{n}-1.txt": k for n, k in bad.items()} | {"empty.html": "read", "book.xlsx": "read", "none.txt": "missing"}
    [(message, detail)] = ask(place, "SELECT message, detail FROM errors WHERE path LIKE '%segfault%'")
    assert "SIGSEGV" in message
    assert "in parse" in detail  # the way to the crash
    assert "ZeroDivisionError" in ask(place, "SELECT detail FROM errors WHERE path LIKE '%fault-1%' AND kind = 'fault'")[0][0]


def test_what_is_in_the_store_is_the_report_as_parsed_alone(tmp_path, fixtures):
    place = tmp_path / "store.duckdb"
    names = ["stat-jiujiang-2024.html", "bud-yueyang-2025.html", "fin-anshun-2023.txt"]
    batch([fixtures / name for name in names], place, workers=2)
    with open_store(place) as store:
        for name in names:
            report = parse(fixtures / name)
            assert store.report(report.sha256) == report


def test_the_result_depends_neither_on_the_number_of_workers_nor_on_the_kind_of_store(tmp_path):
    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(12)))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "same.txt").write_bytes((folder / "r3.txt").read_bytes())
    contents = []
    for workers, out in ((1, "a.duckdb"), (3, "b.duckdb"), (2, "c/")):
        batch([folder], f"{tmp_path}/{out}", workers=workers)
        contents.append(content(f"{tmp_path}/{out}"))
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]["reports"]) == 12
    assert len(contents[0]["sources"]) == 14


def test_a_second_run_starts_no_worker(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", "a.txt", "b.txt")
    (folder / "empty.txt").write_bytes(b"")
    place = tmp_path / "store.duckdb"
    first = batch([folder], place, workers=1)
    assert (first.files, first.parsed, first.failed) == (3, 2, 1)
    before = content(place)
    monkeypatch.setattr(children.Pool, "run", lambda *_: pytest.fail("a worker was asked"))
    second = batch([folder], place, workers=1)
    assert (second.parsed, second.unchanged, second.failed, second.failed_before) == (0, 2, 0, 1)
    assert content(place) == before
    assert ask(place, "SELECT count(*), count(finished) FROM current_runs") == [(2, 2)]


def test_only_what_is_new_or_changed_is_parsed(tmp_path):
    folder = write(tmp_path / "in", "a.txt", "b.txt")
    place = tmp_path / "store.duckdb"
    batch([folder], place, workers=1)
    (folder / "a.txt").write_text(text(2010), encoding="utf-8")
    (folder / "b.txt").rename(folder / "moved.txt")
    write(tmp_path / "more", "0.txt", "1.txt", "c.txt")  # 0 and 1 are the first two again
    summary = batch([folder, tmp_path / "more"], place, workers=1)
    assert (summary.files, summary.parsed, summary.unchanged) == (5, 2, 3)
    assert assert_whole(place) == 4
    assert ask(place, "SELECT count(*) FROM sources") == [(7,)]


def test_what_another_parser_read_is_read_again_and_both_are_kept(tmp_path):
    folder = write(tmp_path / "in", "a.txt")
    place = tmp_path / "store.duckdb"
    batch([folder], place, workers=1)
    import duckdb

    with duckdb.connect(place) as older:
        for table in ("reports", "sections", "tables", "records"):
            older.execute(f"UPDATE {table} SET report = split_part(report, '.', 1) || '.older'")
        older.execute("UPDATE reports SET parser = '0.0.1+older'")
    assert batch([folder], place, workers=1).parsed == 1
    assert assert_whole(place) == 2
    assert ask(place, "SELECT count(DISTINCT parser) FROM current_records") == [(1,)]


@pytest.mark.usefixtures("hostile")
def test_failures_are_tried_again_when_asked(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", "exit-1.txt")
    place = tmp_path / "store.duckdb"
    assert batch([folder], place, workers=1).failed == 1
    assert batch([folder], place, workers=1).failed_before == 1
    assert batch([folder], place, workers=1, retry=True).failed == 1
    assert len(ask(place, "FROM errors")) == 2
    assert len(ask(place, "FROM current_errors")) == 1
    monkeypatch.undo()
    assert batch([folder], place, workers=1, retry=True).parsed == 1
    assert ask(place, "FROM current_errors") == []


def test_of_a_folder_only_reports_are_taken(tmp_path):
    folder = write(tmp_path / "in", "b.TXT", "a.html", "noend", ".hidden.txt", "notes.json", "style.css", "w.docx")
    write(folder / "sub", "c.pdf")
    write(folder / ".git", "d.txt")
    assert [str(path.relative_to(folder)) for path in find([folder])] == ["a.html", "b.TXT", "noend", "w.docx", "sub/c.pdf"]
    assert list(find([folder / "notes.json", tmp_path / "none"])) == [folder / "notes.json", tmp_path / "none"]


@pytest.mark.parametrize("out", ["store.duckdb", "store/"])
def test_rows_that_the_database_refuses_cost_that_file_only(out, tmp_path, monkeypatch):
    import duckdb

    from reportparse.store.file import FileStore
    from reportparse.store.folder import FolderStore

    def refuse(self, spool):
        if any(b"poison" in Path(file).read_bytes() for table, file, _ in spool.files() if table == "reports"):
            raise duckdb.ConversionException("poison")
        add(self, spool)

    kind = FolderStore if out.endswith("/") else FileStore
    add = kind._add
    monkeypatch.setattr(kind, "_add", refuse)
    folder = write(tmp_path / "in", "a.txt", "poison.txt", "c.txt")
    summary = batch([folder], f"{tmp_path}/{out}", workers=1)
    assert (summary.parsed, summary.failed) == (2, 1)
    assert assert_whole(f"{tmp_path}/{out}") == 2
    assert ask(f"{tmp_path}/{out}", "SELECT split(path, '/')[-1], kind FROM errors") == [("poison.txt", "fault")]


def test_a_name_that_is_no_text_costs_that_file_only(tmp_path):
    folder = write(tmp_path / "in", "a.txt")
    (folder / os.fsdecode("公报.txt".encode("gbk"))).write_text(text(2000), encoding="utf-8")
    summary = batch([folder], tmp_path / "store.duckdb", workers=1)
    assert (summary.parsed, summary.failed) == (1, 1)
    [(path, message)] = ask(tmp_path / "store.duckdb", "SELECT path, message FROM errors")
    assert path.endswith(r"in/\udcb9\udcab\udcb1\udca8.txt")
    assert "rename it" in message


def test_what_a_fetch_left_beside_a_file_goes_with_it(tmp_path):
    folder = write(tmp_path / "in", "a.txt")
    (folder / "a.txt.json").write_text('{"url": "https://example.cn/a", "fetched": "2026-01-02T03:04:05Z"}')
    batch([folder], tmp_path / "store.duckdb", workers=1)
    assert ask(tmp_path / "store.duckdb", "SELECT url, fetched FROM sources") == [("https://example.cn/a", "2026-01-02T03:04:05Z")]
    assert ask(tmp_path / "store.duckdb", "SELECT url FROM reports") == [("https://example.cn/a",)]


def test_a_file_that_changes_meanwhile_is_parsed_the_next_time(tmp_path, monkeypatch):
    folder = write(tmp_path / "in", "a.txt")
    place = tmp_path / "store.duckdb"
    settle = running.Plan.settle

    def change(self, **given):
        (folder / "a.txt").write_text(text(2011), encoding="utf-8")
        settle(self, **given)

    monkeypatch.setattr(running.Plan, "settle", change)
    assert batch([folder], place, workers=1).failed == 1
    assert ask(place, "SELECT kind FROM errors") == [("changed",)]
    monkeypatch.undo()
    assert batch([folder], place, workers=1).parsed == 1


def test_a_worker_with_another_parser_stops_the_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "parser_version", lambda: "9.9.9+000000000000")
    with pytest.raises(BatchError, match="install the same"):
        batch([write(tmp_path / "in", "a.txt")], tmp_path / "store.duckdb", workers=1)


def test_a_worker_that_can_t_start_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "WORKER", "no_such_worker")
    with pytest.raises(BatchError, match="No module named no_such_worker"):
        batch([write(tmp_path / "in", "a.txt")], tmp_path / "store.duckdb", workers=1)


def test_what_was_parsed_before_an_interrupt_is_kept_and_no_process_is_left(tmp_path):
    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(6)))
    place = tmp_path / "store.duckdb"

    def interrupt(progress):
        if progress.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch([folder], place, workers=1, progress=interrupt)
    assert assert_whole(place) == 3
    assert ask(place, "SELECT count(*), count(finished) FROM runs") == [(1, 0)]
    assert batch([folder], place, workers=1).parsed == 3
    assert assert_whole(place) == 6


@pytest.mark.parametrize("out", ["store.duckdb", "store/"])
def test_killed_at_any_moment_the_store_is_whole_and_the_next_run_finishes(out, tmp_path):
    """A few kills; benchmarks/kills.py does many."""
    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(40)))
    place = f"{tmp_path}/{out}"
    command = [sys.executable, "-m", "reportparse", "batch", str(folder), "--out", place, "--workers", "2"]
    chance = random.Random(5)
    for _ in range(2):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            time.sleep(chance.uniform(0.3, 1.6))
            run.send_signal(signal.SIGKILL)
        if Path(place).exists() and (out.endswith("b") or (Path(place) / "store.json").exists()):
            assert_whole(place)
    subprocess.run(command, check=True, capture_output=True)
    assert assert_whole(place) == 40
    batch([folder], tmp_path / "other.duckdb", workers=2)
    assert content(place) == content(tmp_path / "other.duckdb")
    assert not list(tmp_path.glob("*.spool"))


def test_the_bar_shows_on_a_terminal_and_nowhere_else(tmp_path):
    folder = write(tmp_path / "in", "a.txt", "b.txt")
    command = [sys.executable, "-m", "reportparse", "batch", str(folder), "--workers", "1", "--out"]
    plain = subprocess.run([*command, tmp_path / "1.duckdb"], check=True, capture_output=True, text=True)
    assert plain.stderr == ""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*command, tmp_path / "2.duckdb"], stdout=subprocess.DEVNULL, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert run.returncode == 0
    assert b"2/2 files" in shown
    assert b"0 failed" in shown


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # the other end is closed
        return b""


def test_threads_and_processes_of_the_caller_serve_as_well(tmp_path):
    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(8)))
    batch([folder], tmp_path / "own.duckdb", workers=2)
    with ThreadPoolExecutor(2) as executor:
        summary = batch([folder], tmp_path / "threads.duckdb", executor=executor)
        assert (summary.parsed, summary.lost, summary.workers) == (8, 0, 2)
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        assert batch([folder], tmp_path / "processes.duckdb", executor=executor).parsed == 8
    assert content(tmp_path / "threads.duckdb") == content(tmp_path / "processes.duckdb") == content(tmp_path / "own.duckdb")


class Breaking(Executor):
    """Loses every second task, and breaks after the sixth."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, call, /, *given, **named):
        self.taken += 1
        if self.taken > 6:
            raise BrokenExecutor
        future = Future()
        if self.taken % 2:
            future.set_result(call(*given, **named))
        elif self.taken == 4:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(BrokenExecutor())
        return future


def test_what_an_executor_loses_is_done_here(tmp_path):
    folder = write(tmp_path / "in", *(f"r{n}.txt" for n in range(10)))
    summary = batch([folder], tmp_path / "store.duckdb", workers=2, executor=Breaking())
    assert (summary.parsed, summary.failed, summary.lost) == (10, 0, 7)
    assert assert_whole(tmp_path / "store.duckdb") == 10


def test_a_file_that_can_t_be_hashed_is_told_once(tmp_path):
    place = tmp_path / "store.duckdb"
    for _ in range(2):
        assert batch([tmp_path / "none.txt"], place, workers=1).failed == 1
    assert len(ask(place, "FROM errors")) == 1
    write(tmp_path, "none.txt")
    batch([tmp_path / "none.txt"], place, workers=1)
    assert ask(place, "FROM current_errors") == []


@pytest.mark.parametrize("wrong", [["--workers", "0"], ["--workers", "x"], ["--out"], []])
def test_wrong_use(wrong, tmp_path, capsys):
    assert main(["batch", str(tmp_path), *wrong]) == 2
    assert "usage: reportparse batch" in capsys.readouterr().err
