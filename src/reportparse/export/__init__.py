"""Reports out of the library: one small module a format, loaded when it is asked for.

Each has `write(extracted, out, single)`, which writes the reports as they come.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TextIO

from reportparse.model import Report


class Extracted(NamedTuple):
    """A report and the file or address that it was taken from."""

    source: str
    report: Report


FORMATS = {
    "table": ("as_table", ".txt"),
    "json": ("as_json", ".json"),
    "jsonl": ("as_jsonl", ".jsonl"),
    "csv": ("as_csv", ".csv"),
    "md": ("as_markdown", ".md"),
}
"""Each format, the module that writes it, and the ending of its files."""


def write(extracted: Iterable[Extracted], out: TextIO, form: str, *, single: bool = True) -> None:
    """Write the reports to an open text stream; `single` says that there is no more than one.

    The stream is set to UTF-8 with plain newlines, whatever the system's habit, unless it is a terminal.
    """
    if isinstance(out, io.TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="replace")
        else:
            out.reconfigure(encoding="utf-8", newline="")
    _writer(form)(extracted, out, single)
    out.flush()


def save(extracted: Iterable[Extracted], path: str | Path, form: str, *, single: bool = True) -> list[Path]:
    """Write the reports to a file, or into a folder (a path that ends with ``/``, or is one) as one file a report.

    A file appears whole or not at all. Returns what was written; nothing is where there was no report.
    """
    target = Path(path)
    if str(path).endswith(("/", os.sep)) or target.is_dir():
        return list(_save_each(extracted, target, form))
    reports = iter(extracted)
    first = next(reports, None)
    if first is None:
        return []
    with _whole(target) as out:
        _writer(form)(_chain(first, reports), out, single)
    return [target]


def _save_each(extracted: Iterable[Extracted], folder: Path, form: str) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for one in extracted:
        base = name = Path(one.source).name if one.source != "-" else "stdin"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        with _whole(folder / f"{name}{FORMATS[form][1]}") as out:
            _writer(form)([one], out, True)
        yield folder / f"{name}{FORMATS[form][1]}"


def _chain(first: Extracted, rest: Iterator[Extracted]) -> Iterator[Extracted]:
    yield first
    yield from rest


def _writer(form: str) -> Callable[[Iterable[Extracted], TextIO, bool], None]:
    writer: Callable[[Iterable[Extracted], TextIO, bool], None]
    writer = import_module(f"reportparse.export.{FORMATS[form][0]}").write
    return writer


@contextmanager
def _whole(target: Path) -> Iterator[TextIO]:
    """A file that takes its name only when it is finished."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:  # noqa: PTH123  a handle, not a path
            yield out
        _usual_mode(name)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _usual_mode(name: str) -> None:
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)
