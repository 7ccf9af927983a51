"""The store's tables and views, for both kinds of store; docs/store.md says what each column means."""

from __future__ import annotations

# ruff: noqa: S608  all names in the SQL are our own

FORMAT = 1
"""Version of these tables, in every row of `runs`; it grows when a column changes its meaning or goes."""

_EXACT = ("value", "value_max", "canonical_value", "canonical_value_max")
_DECIMAL = "DECIMAL(38,12)"
_SPAN = {"start": "INTEGER", "end": "INTEGER"}
_PIECE = 'STRUCT("text" VARCHAR, "start" INTEGER, "end" INTEGER)'
_WARNING = 'STRUCT(code VARCHAR, message VARCHAR, "start" INTEGER, "end" INTEGER, page INTEGER)'

TABLES: dict[str, dict[str, str]] = {
    "runs": {
        "run": "VARCHAR", "started": "TIMESTAMP", "finished": "TIMESTAMP", "version": "VARCHAR", "parser": "VARCHAR",
        "format": "INTEGER", "workers": "INTEGER", "timeout": "DOUBLE", "files": "BIGINT", "unchanged": "BIGINT",
        "parsed": "BIGINT", "failed": "BIGINT", "seconds": "DOUBLE", "parse_seconds": "DOUBLE",
    },
    "sources": {
        "path": "VARCHAR", "sha256": "VARCHAR", "bytes": "BIGINT", "url": "VARCHAR", "fetched": "VARCHAR",
        "run": "VARCHAR", "seen": "TIMESTAMP",
    },
    "reports": {
        "report": "VARCHAR", "sha256": "VARCHAR", "parser": "VARCHAR", "run": "VARCHAR", "seen": "TIMESTAMP",
        "path": "VARCHAR", "work": "VARCHAR", "available": "DATE", "seconds": "DOUBLE", "figures": "INTEGER",
        "schema": "VARCHAR", "title": "VARCHAR", "genre": "VARCHAR", "issuer": "VARCHAR", "region": "VARCHAR",
        "year": "INTEGER", "speaker": "VARCHAR", "occasion": "VARCHAR", "delivered": "VARCHAR", "published": "VARCHAR",
        "source": "VARCHAR", "url": "VARCHAR", "text": "VARCHAR", "unread": f"{_PIECE}[]", "warnings": f"{_WARNING}[]",
    },
    "sections": {
        "report": "VARCHAR", "section": "INTEGER", "parent": "INTEGER", "label": "VARCHAR", "number": "BIGINT",
        "level": "INTEGER", "title": "VARCHAR", **_SPAN,
    },
    "tables": {
        "report": "VARCHAR", "table": "INTEGER", "caption": "VARCHAR", "unit": "VARCHAR", "page": "INTEGER", **_SPAN,
        "header_rows": "INTEGER", "header_columns": "INTEGER", "rows": f"{_PIECE}[][]",
    },
    "records": {
        "report": "VARCHAR", "id": "VARCHAR", "kind": "VARCHAR", "text": "VARCHAR", **_SPAN, "indicator": "VARCHAR",
        "subject": "VARCHAR", "period": "VARCHAR", "status": "VARCHAR", "price_basis": "VARCHAR",
        "section": "VARCHAR[]", "sentence": "VARCHAR", "page": "INTEGER",
        "cell": 'STRUCT("table" INTEGER, caption VARCHAR, "row" VARCHAR[], "column" VARCHAR[])',
        "related": "STRUCT(type VARCHAR, id VARCHAR)[]", "rules": "VARCHAR[]", "flags": "VARCHAR[]",
        "value": _DECIMAL, "value_max": _DECIMAL, "unit": "VARCHAR", "canonical_value": _DECIMAL,
        "canonical_value_max": _DECIMAL, "canonical_unit": "VARCHAR", "bound": "VARCHAR",
        **{f"{name}_text": "VARCHAR" for name in _EXACT},
        "direction": "VARCHAR", "basis": "VARCHAR", "yardstick": "VARCHAR", "rank": "BIGINT", "rank_type": "VARCHAR",
        "scope": "VARCHAR", "scope_size": "BIGINT", "streak": "BIGINT",
    },
    "errors": {
        "path": "VARCHAR", "sha256": "VARCHAR", "parser": "VARCHAR", "run": "VARCHAR", "seen": "TIMESTAMP",
        "kind": "VARCHAR", "error": "VARCHAR", "message": "VARCHAR", "detail": "VARCHAR", "seconds": "DOUBLE",
    },
}  # fmt: skip
"""Each table, its columns and their types."""

_KNOWN = "coalesce(available, CAST(seen AS DATE))"
_LAST_PARSE = "SELECT * FROM reports QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY seen DESC, parser DESC) = 1"
_ORDER = f"(PARTITION BY work ORDER BY figures > 0, {_KNOWN}, seen, sha256)"  # a page without figures supersedes nothing
_EDITIONS = (
    f"SELECT *, {_KNOWN} AS known, row_number() OVER {_ORDER} AS edition, "
    "count(*) OVER (PARTITION BY work) AS editions FROM ({reports})"
)
_ABOUT = ", ".join(
    f"r.{name}"
    for name in ("sha256", "parser", "path", "work", "edition", "known", "title", "genre", "issuer", "region", "year",
                 "delivered", "published", "url")
)  # fmt: skip

VIEWS: dict[str, str] = {
    "editions": _EDITIONS.format(reports=_LAST_PARSE),
    "current_reports": "SELECT * FROM editions WHERE edition = editions",
    "current_sections": "SELECT s.* FROM sections s JOIN current_reports r USING (report)",
    "current_tables": "SELECT t.* FROM tables t JOIN current_reports r USING (report)",
    "current_records": f"SELECT c.*, {_ABOUT} FROM records c JOIN current_reports r USING (report)",
    "current_errors": (
        "SELECT e.* FROM errors e WHERE NOT EXISTS (FROM reports r WHERE r.sha256 = e.sha256 AND r.seen >= e.seen) "
        "AND NOT (e.sha256 IS NULL AND EXISTS (FROM sources s WHERE s.path = e.path AND s.seen >= e.seen)) "
        "QUALIFY row_number() OVER (PARTITION BY coalesce(e.sha256, e.path) ORDER BY e.seen DESC, e.parser DESC) = 1"
    ),
    "current_runs": "SELECT * FROM runs QUALIFY row_number() OVER (PARTITION BY run ORDER BY finished DESC NULLS LAST) = 1",
}
"""Each view and its query: the present state over tables that only grow."""

MACROS: dict[str, str] = {
    "reports_as_of": (
        "SELECT * FROM (" + _EDITIONS.format(reports=f"FROM ({_LAST_PARSE}) WHERE {_KNOWN} <= day") + ") "
        "WHERE edition = editions"
    ),
    "records_as_of": f"SELECT c.*, {_ABOUT} FROM records c JOIN reports_as_of(day) r USING (report)",
}
"""Each table macro of one argument `day`, a date, and its query."""


def statements(*, tables: bool) -> list[str]:
    """SQL that makes views and macros, and before them the tables where `tables`; it may be run again."""
    made = [
        f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(f'{quoted(c)} {t}' for c, t in columns.items())})"
        for name, columns in TABLES.items()
        if tables
    ]
    made += [f"CREATE OR REPLACE VIEW {name} AS {query}" for name, query in VIEWS.items()]
    made += [f"CREATE OR REPLACE MACRO {name}(day) AS TABLE {query}" for name, query in MACROS.items()]
    return made


def quoted(name: str) -> str:
    """A column's name as SQL takes it."""
    return f'"{name}"'


def literal(text: str) -> str:
    """A text as SQL takes it.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def selection(table: str, file: str, longest: int) -> str:
    """SQL that reads a table's rows from lines of JSON, as `reportparse.store.rows` writes them.

    `longest` is the length in bytes of the longest line.
    """
    columns = TABLES[table]
    given = {name: kind for name, kind in columns.items() if not name.endswith("_text") or name[:-5] not in _EXACT}
    asked = [quoted(name) for name in columns]
    if table == "records":
        given |= dict.fromkeys(_EXACT, "VARCHAR") | {"wide": "BOOLEAN"}
        asked = [_exact(name) for name in columns]
    spec = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in given.items())
    size = max(longest + 1024, 1 << 20)
    return (
        f"SELECT {', '.join(asked)} FROM read_json({literal(file)}, format='newline_delimited', "
        f"columns={{{spec}}}, maximum_object_size={size})"
    )


def _exact(name: str) -> str:
    if name in _EXACT:
        return f"CASE WHEN wide THEN NULL ELSE CAST({name} AS {_DECIMAL}) END AS {name}"
    if name.endswith("_text") and name[:-5] in _EXACT:
        return f"{name[:-5]} AS {name}"
    return quoted(name)
