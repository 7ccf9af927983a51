"""Which parser this is: a report is read again where the parser is another one."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PARTS = (
    "cells", "clauses", "description", "document", "folding", "lexicon", "mentions", "model", "numerals", "outline",
    "pipeline", "places", "reading", "records", "rules", "tabulation", "units", "words",
)  # fmt: skip
"""The modules and packages that decide what comes out of a report."""


@cache
def parser_version() -> str:
    """The version and a print of the code and the words that parse, so that a changed word table is another parser.

    ``0.1.0+3f2a91bc07d1``
    """
    from reportparse import __version__
    from reportparse.lexicon import word_folders

    root = Path(__file__).parent.parent
    sums = hashlib.sha256()
    for part in PARTS:
        files = [root / f"{part}.py"] if (root / f"{part}.py").exists() else (root / part).rglob("*.*")
        for file in sorted(file for file in files if file.suffix in (".py", ".toml", ".tsv", ".txt")):
            sums.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for folder in word_folders():
        for table in sorted(folder.glob("*.toml")):
            sums.update(table.name.encode() + b"\0" + table.read_bytes() + b"\0")
    return f"{__version__}+{sums.hexdigest()[:12]}"
