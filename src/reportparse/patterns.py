"""Patterns, compiled once for all runs: what `re` made of them is kept beside the byte code of this module.

Compiling its patterns took two thirds of the time of a command on a short report. The cache lies where Python keeps
the module's own byte code (``__pycache__``, or ``PYTHONPYCACHEPREFIX``), under the same rights and the same switch
(``PYTHONDONTWRITEBYTECODE``); it is numbers only, found by the pattern itself, and checked by `re`'s engine when loaded.
Where it can't be read, written or trusted, patterns are compiled as ever.
"""

from __future__ import annotations

import atexit
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import msgspec

_MOST = 4000  # patterns kept; a user's own words make new ones


class _Made(msgspec.Struct, array_like=True, frozen=True):
    """What a pattern was compiled to."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


class _Kept(msgspec.Struct):
    """The file."""

    engine: str
    patterns: dict[bytes, _Made]


def keep(path: Path, data: bytes) -> None:
    """Write a file beside the byte code, whole or not at all, where Python may write that."""
    if sys.dont_write_bytecode:
        return
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)


class _Cache:
    def __init__(self) -> None:
        self.parser: Any = import_module("re._parser")
        self.compiler: Any = import_module("re._compiler")
        self.engine: Any = import_module("_sre")
        self.version = f"{self.engine.MAGIC} {self.engine.CODESIZE} {sys.byteorder} {sys.version}"
        self.path = Path(cache_from_source(__file__)).with_suffix(".patterns")
        self.new = False
        self.made: dict[bytes, _Made] = {}
        try:
            kept = msgspec.msgpack.decode(self.path.read_bytes(), type=_Kept)
            if kept.engine == self.version and len(kept.patterns) < _MOST:
                self.made = kept.patterns
        except (OSError, msgspec.MsgspecError):
            pass

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        key = f"{flags}:{pattern}".encode("utf-8", "surrogatepass")
        made = self.made.get(key)
        if made is None:
            made = self.made[key] = self._make(pattern, flags)
            if not self.new:
                self.new = True
                atexit.register(self.save)
        code = array("I", made.code).tolist()
        names: list[str | None] = [None] * (made.groups + 1)
        for name, k in made.names.items():
            names[k] = name
        found: re.Pattern[str] = self.engine.compile(pattern, made.flags, code, made.groups, made.names, tuple(names))
        return found

    def _make(self, pattern: str, flags: int) -> _Made:
        tree = self.parser.parse(pattern, flags)
        code = self.compiler._code(tree, flags)
        return _Made(flags | tree.state.flags, array("I", code).tobytes(), tree.state.groups - 1, tree.state.groupdict)

    def save(self) -> None:
        """Keep what is new, for the next run."""
        keep(self.path, msgspec.msgpack.encode(_Kept(self.version, self.made)))


def _open() -> _Cache | None:
    try:
        cache = _Cache()
        return cache if array("I").itemsize == cache.engine.CODESIZE else None
    except (ImportError, AttributeError, NotImplementedError):  # another Python
        return None


_cache = _open()


@cache
def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:  # noqa: A001
    """`re.compile`, from what an earlier run made of the pattern.

    >>> compile("增长(?P<by>[0-9]+)").search("同比增长5%")["by"]
    '5'
    """
    if _cache is not None:
        try:
            return _cache.compile(pattern, int(flags))
        except (RuntimeError, ValueError, TypeError, AttributeError, OverflowError):  # not of this engine after all
            pass
    return re.compile(pattern, flags)
