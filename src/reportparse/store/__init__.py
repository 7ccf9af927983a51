"""Where many reports are kept: one DuckDB file, or a folder of Parquet. docs/store.md is its manual.

    with open_store("panel.duckdb") as store:
        answer = store.query("SELECT region, year, value FROM current_records")

A store only grows: a report that was read by another parser, or came out in another edition, is added. Tables hold
everything, views beside them the present state. One process writes at a time; what it adds appears whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path

from reportparse.errors import StoreError
from reportparse.store.base import Answer, Store

__all__ = ["Answer", "Store", "open_store"]


def open_store(path: str | Path, *, write: bool = False) -> Store:
    """Open the store at `path`: a folder of Parquet where it is a folder or ends with ``/``, else a DuckDB file.

    With `write` it is made where there is none. Close it, or use it in a ``with`` statement.

    Raises a `StoreError`: there is none, it is something else, or another process has it.
    """
    folder = str(path).endswith(("/", os.sep)) or Path(path).is_dir()
    if not write and not Path(path).exists():
        raise StoreError(f"there is no store {path}; `reportparse batch PATH --out {path}` makes one")
    if folder:
        from reportparse.store.folder import FolderStore

        return FolderStore(Path(path), write=write)
    from reportparse.store.file import FileStore

    return FileStore(Path(path), write=write)
