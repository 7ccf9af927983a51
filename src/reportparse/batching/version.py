"""Which parser this is: a report is read again where the parser is another one."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

APART = frozenset(
    ("__init__", "__main__", "audit", "batching", "cli", "errors", "export", "fetching", "gold", "indicators", "panel", "review", "store")
)
"""The modules and packages that have no part in what comes out of a report; all others are taken to have one."""


@cache
def parser_version() -> str:
    """The version and a print of the code and the words that parse, so that a changed word table is another parser.

    ``0.1.0+3f2a91bc07d1``
    """
    from reportparse import __version__
    from reportparse.lexicon import word_folders

    root = Path(__file__).parent.parent
    sums = hashlib.sha256()
    files = [file for file in root.rglob("*") if file.suffix in (".py", ".toml", ".tsv", ".txt")]
    for name, file in sorted((file.relative_to(root).as_posix(), file) for file in files):
        if name.partition("/")[0].removesuffix(".py") not in APART:
            sums.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    for folder in word_folders():
        for table in sorted(folder.glob("*.toml")):
            sums.update(table.name.encode() + b"\0" + table.read_bytes() + b"\0")
    return f"{__version__}+{sums.hexdigest()[:12]}"
