"""The page: its parts laid into one file that needs nothing else and runs nothing that it did not bring."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from reportparse import __version__
from reportparse.model import Report
from reportparse.review.data import Sheet, embed, sheet_data
from reportparse.review.decisions import CONTEXT, FORMAT

SCRIPTS = (
    "words.js", "report.js", "log.js", "text.js", "outline.js", "filter.js", "table.js", "card.js", "edit.js", "picture.js", "export.js", "keys.js",
    "main.js",
)  # fmt: skip
"""The script's parts, in the order in which they need each other; they share one scope."""


def review_page(
    reports: Iterable[Report | Sheet], *, pages: Mapping[int, Mapping[int, str]] | None = None, served: bool = False, who: str = ""
) -> str:
    """The page for some reports, as HTML.

    `pages` holds pictures of a report's pages (data URLs) by the report's place from 0 and the page's number; `served` says that the page
    sends its decisions to where it came from; `who` is the reviewer's name.
    """
    sheets = [one if isinstance(one, Sheet) else Sheet(one) for one in reports]
    shown = pages or {}
    data = {
        "version": __version__, "schema": FORMAT, "context": CONTEXT, "served": served, "who": who,
        "reports": [sheet_data(sheet) for sheet in sheets], "pages": {k: list(numbers) for k, numbers in shown.items()},
    }  # fmt: skip
    pictures = "\n".join(
        f'<script type="application/json" id="page-{int(k)}-{int(number)}">{embed(url)}</script>'
        for k, numbers in shown.items()
        for number, url in numbers.items()
    )
    script, style = _script(), _asset("page.css")
    parts = {
        "policy": policy(served=served), "style": style, "script": script, "words": embed(json.loads(_asset("words.json"))),
        "data": embed(data), "pictures": pictures,
    }  # fmt: skip
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: parts[slot[1]], _asset("page.html"))


def policy(*, served: bool) -> str:
    """The content security policy: only this script and this style; no address may be reached, but home where it was served."""
    allowed = {
        "default-src": "'none'", "script-src": _hash(_script()), "style-src": _hash(_asset("page.css")), "img-src": "data:",
        "connect-src": "'self'" if served else "'none'", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    return "; ".join(f"{what} {whence}" for what, whence in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("reportparse.review") / "assets" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _script() -> str:
    return '(() => {\n"use strict";\n' + "\n".join(_parts(SCRIPTS)) + "\n})();\n"


def _parts(names: Sequence[str]) -> Iterable[str]:
    for name in names:
        yield _asset(name)
