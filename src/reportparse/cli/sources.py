"""The files that a command is given: read one after the other; what fails costs one line and that file only."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from reportparse.errors import ReportError

Made = TypeVar("Made")


def file_arguments(parser: argparse.ArgumentParser, *, several: bool) -> None:
    """Declare the FILE that a command reads."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+" if several else 1,
        help="HTML, PDF or text; - reads standard input",
    )


class Sources:
    """The files, and how many of them failed."""

    def __init__(self, files: list[str]) -> None:
        self.files = files
        self.failed = 0

    @property
    def status(self) -> int:
        """Exit status: 1 where some file failed."""
        return 1 if self.failed else 0

    def each(self, make: Callable[[Path | bytes, str | None], Made]) -> Iterator[tuple[str, Made]]:
        """Yield each file's name and what `make(source, name)` made of it; say on stderr which failed and why."""
        for name in self.files:
            try:
                made = make(sys.stdin.buffer.read(), None) if name == "-" else make(Path(name), Path(name).name)
            except (ReportError, OSError) as error:
                self._tell(name, reason(error))
            except MemoryError:
                self._tell(name, "does not fit into memory; split the file or give the process more")
            except RecursionError:
                self._tell(name, "is nested too deeply to be a report")
            except Exception as error:  # a fault of ours must not cost the other files
                if os.environ.get("REPORTPARSE_TRACEBACK"):
                    raise
                self._tell(name, _fault(error))
            else:
                yield name, made

    def _tell(self, name: str, why: str) -> None:
        self.failed += 1
        print(told(name, why), file=sys.stderr)


def told(name: str, why: str) -> str:
    """The line that says which file failed and why."""
    return f"reportparse: {name}: {why}"


def _fault(error: Exception) -> str:
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return f"a fault of reportparse, please report it ({what}; REPORTPARSE_TRACEBACK=1 shows the way there)"


def reason(error: Exception) -> str:
    """Why it failed, on one line."""
    match error:
        case FileNotFoundError():
            return "no such file; check the path"
        case IsADirectoryError():
            return "is a folder; name the files in it"
        case PermissionError():
            return "may not be read; check its permissions"
        case OSError() if error.strerror:
            return f"can't be read: {error.strerror}"
        case _:
            return " ".join(str(error).split()) or type(error).__name__
