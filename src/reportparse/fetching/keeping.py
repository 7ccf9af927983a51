"""The folder: bytes as they came, a side file for each, nothing half-written under its final name.

The side file is written before what it tells of; where the two don't agree, the writing was broken off, and the
bytes are fetched again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from reportparse.errors import FetchError
from reportparse.fetching.model import Side
from reportparse.fetching.naming import digest

PARTS = ".parts"
"""The folder of the parts of joined pages; hidden, so that a batch over the folder leaves it out."""
_HALF = ".half"
_OLD = 3600.0  # seconds


class Kept(msgspec.Struct, frozen=True):
    """A file that is there, whole, and the one that its side file tells of."""

    path: Path
    side: Side

    @property
    def checked(self) -> float:
        """When it was last asked for: seconds since 1970."""
        try:
            return datetime.fromisoformat(self.side.checked).timestamp()
        except ValueError:
            return 0.0


class Folder:
    """Where what is fetched is kept."""

    def __init__(self, place: Path) -> None:
        self.place = place
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FetchError(f"{place}: can't be made a folder ({error.strerror}); name another one") from error
        self._files: defaultdict[str, list[Path]] = defaultdict(list)
        for path in sorted(place.iterdir()):
            if path.name.startswith(".") and path.suffix == _HALF:
                _drop_old(path)
            elif not (path.suffix == ".json" and path.with_suffix("").suffix):
                self._files[path.stem.casefold()].append(path)

    def stem(self, wish: str, asked: str) -> str:
        """`wish`, or with a mark of the address where a file of another origin has that name."""
        for path in self._files.get(wish.casefold(), ()):
            side = _side(path)
            if side is None or side.asked != asked:
                return f"{wish}-{digest(asked)}"
        return wish

    def kept(self, stem: str, asked: str) -> Kept | None:
        """What is there of an address already."""
        for path in self._files.get(stem.casefold(), ()):
            side = _side(path)
            if side and side.asked == asked and path.is_file() and not path.is_symlink() and _sha256(path) == side.sha256:
                return Kept(path, side)
        return None

    def keep(self, stem: str, kind: str, body: bytes, side: Side, before: Kept | None) -> Path:
        """Write the bytes and their side file; what was there of the address goes."""
        path = self.place / f"{stem}{kind}"
        self.note(path, side)
        self._write(path, body)
        if before and before.path != path:
            before.path.unlink(missing_ok=True)
            _beside(before.path).unlink(missing_ok=True)
        return path

    def note(self, path: Path, side: Side) -> None:
        """Write a side file."""
        self._write(_beside(path), msgspec.json.format(msgspec.json.encode(side), indent=1) + b"\n")

    def keep_part(self, stem: str, number: int, body: bytes) -> str:
        """Write one part of a page; gives its place below the folder."""
        (self.place / PARTS / stem).mkdir(parents=True, exist_ok=True)
        path = self.place / PARTS / stem / f"{number}.html"
        self._write(path, body)
        return path.relative_to(self.place).as_posix()

    def _write(self, path: Path, data: bytes) -> None:
        handle, half = tempfile.mkstemp(prefix=".", suffix=_HALF, dir=self.place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(half).chmod(0o644)
            Path(half).replace(path)
        except OSError as error:
            Path(half).unlink(missing_ok=True)
            raise FetchError(f"can't be written to {path}: {error.strerror}") from error
        except BaseException:
            Path(half).unlink(missing_ok=True)
            raise


def sha256_of(data: bytes) -> str:
    """The hash that names these bytes."""
    return hashlib.sha256(data).hexdigest()


def written(seconds: float) -> str:
    """A time as the side file holds it.

    >>> written(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _drop_old(half: Path) -> None:
    """Take away what a fetch that was killed has left; what is young may be another's work."""
    with suppress(OSError):
        if time.time() - half.stat().st_mtime > _OLD:
            half.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _side(path: Path) -> Side | None:
    try:
        return msgspec.json.decode(_beside(path).read_bytes(), type=Side)
    except (OSError, msgspec.DecodeError):
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
