"""Rows on their way into a store: lines of JSON in a file a table, so that memory holds one report at most."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

_CHUNK = 1 << 20


class Packed(NamedTuple):
    """The lines of one table, compressed, and the length in bytes of the longest."""

    data: bytes
    longest: int


def pack(lines: Iterable[bytes]) -> Packed:
    """Compress lines, one by one, for their way from a worker, maybe on another machine."""
    packing, longest, out = zlib.compressobj(1), 0, bytearray()
    for line in lines:
        longest = max(longest, len(line))
        out += packing.compress(line)
        out += packing.compress(b"\n")
    return Packed(bytes(out + packing.flush()), longest)


class Spool:
    """A folder for a while; `size` is what it holds, in bytes."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        folder.mkdir()
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._longest: dict[str, int] = {}
        self.size = 0

    def add(self, table: str, packed: Packed) -> None:
        """Append the lines of a table."""
        if not packed.longest:
            return
        file = self._files.get(table)
        if file is None:
            file = self._files[table] = self._path(table).open("wb")
        unpacking, data = zlib.decompressobj(), packed.data
        while data:
            self.size += file.write(unpacking.decompress(data, _CHUNK))
            data = unpacking.unconsumed_tail
        self.size += file.write(unpacking.flush())
        self._longest[table] = max(self._longest.get(table, 0), packed.longest)

    @property
    def longest(self) -> int:
        """The length of the longest line."""
        return max(self._longest.values(), default=0)

    def files(self) -> Iterator[tuple[str, str, int]]:
        """Each table that has lines, its file, and the length of its longest line."""
        for table, file in self._files.items():
            file.flush()
            yield table, str(self._path(table)), self._longest[table]

    def _path(self, table: str) -> Path:
        return self._folder / f"{table}.ndjson"

    def clear(self) -> None:
        """Forget what was added."""
        for table, file in self._files.items():
            file.close()
            self._path(table).unlink()
        self._files.clear()
        self._longest.clear()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder."""
        self.clear()
        shutil.rmtree(self._folder, ignore_errors=True)
