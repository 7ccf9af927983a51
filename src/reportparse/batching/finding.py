"""Which files a batch is given, and their hashes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reportparse.errors import SourceTooLarge
from reportparse.reading import LIMIT

READ = frozenset(
    (".html", ".htm", ".shtml", ".shtm", ".xhtml", ".xht", ".asp", ".aspx", ".jsp", ".jspx", ".php", ".do", ".pdf", ".txt", ".text", "")
)
"""Endings of reports, as far as a name tells; what a file is, its bytes tell."""
UNREAD = frozenset(
    (".doc", ".docx", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".et", ".ods", ".ppt", ".pptx", ".zip", ".rar", ".7z")
)
"""Endings of what may be a report in a form that isn't read: it is taken, so that the errors say so."""


class Found(NamedTuple):
    """A file: where it lies, what it holds, and whence it came; without a hash it can't be read, and `error` says why."""

    path: str
    sha256: str | None
    size: int
    url: str | None = None
    fetched: str | None = None
    error: Exception | None = None


def find(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield each file that is named, and of each folder the reports in it and below, in order.

    A folder's hidden files, and those whose ending tells that they are no reports, are left out.
    """
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        for folder, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and Path(name).suffix.lower() in READ | UNREAD:
                    yield Path(folder, name)


def examine(path: Path) -> Found:
    """Hash a file, and read what stands beside it of where it came from."""
    place = os.path.abspath(path)  # noqa: PTH100  resolve() would follow links
    shown = place.encode("utf-8", "backslashreplace").decode()
    if shown != place:
        return Found(shown, None, 0, error=ValueError("has a name that is no Unicode text; rename it"))
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise SourceTooLarge(f"has {size:,} bytes and the limit is {LIMIT:,}; cut it")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError, SourceTooLarge) as error:
        return Found(place, None, 0, error=error)
    return Found(place, sha256, size, *_origin(path))


def _origin(path: Path) -> tuple[str | None, str | None]:
    """Address and time from the side file that a fetch leaves beside what it got."""
    try:
        side = json.loads(path.with_name(f"{path.name}.json").read_bytes())
        told = [side.get("url"), side.get("fetched")]
    except (OSError, ValueError, AttributeError):
        return None, None
    url, fetched = (word if isinstance(word, str) else None for word in told)
    return url, fetched
