"""What fuzzing found once stays mended, our own files pass every target, and so do some thousand spoilt ones."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from fuzz.run import seeds  # noqa: E402
from fuzz.targets import TARGETS, try_one  # noqa: E402

FOUND = sorted((ROOT / "fuzz" / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_mended(path):
    try_one(path.name.partition("-")[0], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run(name):
    chance = random.Random(7)
    for data in seeds(name)[:4]:
        try_one(name, data)
        for _ in range(4 if name == "pdf" else 12):
            try_one(name, spoilt(data[:20_000], chance))


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """`data` with a few bytes changed, left out, or said twice."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(4):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[at : at + chance.randint(1, 200)]
            case _:
                out[at:at] = chance.choice([b"\0", b"\xff", b"\xed\xa0\x80", "一".encode(), b"9" * 50, b"<table>", b"(", b"/Kids"])
    return bytes(out)
