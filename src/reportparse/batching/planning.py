"""What is to be done: the files that are given, less what the store already holds. Kept in the database, not in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from reportparse.batching.finding import Found, examine, find
from reportparse.batching.tasks import Failure
from reportparse.store import Store

_CHUNK = 1000

_UNREADABLE: dict[type[Exception], str] = {
    FileNotFoundError: "no such file; check the path",
    PermissionError: "may not be read; check its permissions",
}


class Plan:
    """The files of one run, by size; `files`, `unchanged`, `failed_before`, `size` count them."""

    def __init__(self, store: Store, parser: str) -> None:
        self._connection = store.connection
        self._parser = parser
        self.files = self.unchanged = self.failed_before = self.todo = self.size = 0
        self._ask("CREATE OR REPLACE TABLE scratch.found (path VARCHAR, sha256 VARCHAR, bytes BIGINT, url VARCHAR, fetched VARCHAR)")

    def _ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, list(parameters)).fetchall()

    def look(self, paths: Iterable[str | Path]) -> Iterator[Found]:
        """Hash all files; yield each that can't be."""
        files = find(paths)
        while found := [examine(path) for path in islice(files, _CHUNK)]:
            self.files += len(found)
            yield from (file for file in found if file.error)
            rows = [file[:5] for file in found if not file.error]
            if rows:
                columns = [list(column) for column in zip(*rows, strict=True)]
                self._ask("INSERT INTO scratch.found SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)", *columns)

    def settle(self, *, retry: bool) -> None:
        """Compare with the store: a source that this parser has read, or has failed to read, is left as it is."""
        self._ask(
            "CREATE OR REPLACE TABLE scratch.known AS SELECT sha256, bool_or(good) AS good FROM ("
            "SELECT sha256, true AS good FROM reports WHERE parser = $1 "
            "UNION ALL SELECT sha256, false FROM errors WHERE parser = $1 AND kind <> 'changed' AND error <> 'MissingExtra' AND NOT $2"
            ") WHERE sha256 IS NOT NULL GROUP BY sha256",
            self._parser, retry,
        )  # fmt: skip
        self._ask(
            "CREATE OR REPLACE TABLE scratch.todo AS SELECT *, row_number() OVER (ORDER BY bytes DESC, path) AS n FROM ("
            "SELECT sha256, min(path) AS path, arg_min(url, path) AS url, max(bytes) AS bytes "
            "FROM scratch.found ANTI JOIN scratch.known USING (sha256) GROUP BY sha256)"
        )
        [(self.todo, self.size)] = self._ask("SELECT count(*), coalesce(sum(bytes), 0)::BIGINT FROM scratch.todo")
        [(good, bad)] = self._ask(
            "SELECT count(*) FILTER (good), count(*) FILTER (NOT good) "
            "FROM (SELECT DISTINCT path, sha256 FROM scratch.found) JOIN scratch.known USING (sha256)"
        )
        self.unchanged, self.failed_before = good, bad

    def tasks(self) -> Iterator[tuple[str, str, int, str | None]]:
        """Yield path, sha256, size and address of each source that is to be parsed, the largest first."""
        for done in count(0, _CHUNK):
            rows = self._ask("SELECT path, sha256, bytes, url FROM scratch.todo WHERE n > ? AND n <= ? ORDER BY n", done, done + _CHUNK)
            if not rows:
                return
            yield from rows

    def new_sources(self) -> Iterator[dict[str, Any]]:
        """Yield each file that the store has not seen with these bytes."""
        cursor = self._connection.cursor().execute(
            "SELECT DISTINCT ON (path, sha256) path, sha256, bytes, url, fetched FROM scratch.found "
            "ANTI JOIN sources USING (path, sha256) ORDER BY path"
        )
        while rows := cursor.fetchmany(_CHUNK):
            for row in rows:
                yield dict(zip(("path", "sha256", "bytes", "url", "fetched"), row, strict=True))

    def told_before(self, path: str, message: str) -> bool:
        """Whether the store holds this failure of a file that could not even be hashed."""
        return bool(
            self._ask(
                "SELECT 1 FROM errors WHERE sha256 IS NULL AND path = ? AND message = ? AND parser = ? LIMIT 1",
                path, message, self._parser,
            )
        )  # fmt: skip


def unreadable(error: Exception) -> Failure:
    """The failure of a file that could not be hashed."""
    told = _UNREADABLE.get(type(error)) or getattr(error, "strerror", None) or " ".join(str(error).split())
    return Failure(kind="missing" if isinstance(error, OSError) else "read", error=type(error).__name__, message=str(told))
