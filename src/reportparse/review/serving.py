"""The page from this machine to itself: loopback only, behind a random token; a POST adds decisions and does nothing else."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Collection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from reportparse.errors import ReportError
from reportparse.review.decisions import DecisionsError, append_decisions, read_lines

LIMIT = 8 * 1024 * 1024
"""Bytes of decisions that are taken at once."""
_JSON_LINES = "application/x-ndjson"


class ReviewServer(ThreadingHTTPServer):
    """Serves one page at `url` and writes what it sends to the decisions file."""

    daemon_threads = True

    def __init__(self, page: Callable[[], str], decisions: Path, reports: Collection[str], *, port: int = 0) -> None:
        """`page` makes the page anew, with the decisions so far; `reports` are the hashes of the reports that it shows."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.page = page
        self.decisions = decisions
        self.reports = frozenset(reports)
        self.token = secrets.token_urlsafe(24)
        self.writing = Lock()
        self.hosts = {f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"}

    @property
    def url(self) -> str:
        """Where the page is; who has not this address gets nothing."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"


class _Refused(Exception):  # noqa: N818  an answer, not a fault
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = 30
    server_version = "reportparse"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._page)

    def do_POST(self) -> None:
        self._answer(self._take)

    def _answer(self, act: Callable[[], tuple[str, bytes]]) -> None:
        try:
            self._check()
            kind, body = act()
            status = 200
        except _Refused as refused:
            status, kind, body = refused.status, "text/plain; charset=utf-8", f"{refused}\n".encode()
            self.close_connection = True
        self.send_response(status)
        for name, value in {
            "Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin",
        }.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _check(self) -> None:
        """Only who knows the token, by a name that is this machine's: else another site's page could speak for its reader."""
        if self.headers.get("Host") not in self.server.hosts:
            raise _Refused(421, "this is not the host that you asked for")
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc not in self.server.hosts:
            raise _Refused(403, "another site may not ask")
        given = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        if not hmac.compare_digest(given.encode(), self.server.token.encode()):
            raise _Refused(403, "the token is missing or wrong; open the address that reportparse review --serve printed")

    def _page(self) -> tuple[str, bytes]:
        if urlsplit(self.path).path != "/":
            raise _Refused(404, "there is only the page")
        try:
            with self.server.writing:
                return "text/html; charset=utf-8", self.server.page().encode()
        except (ReportError, OSError) as error:
            raise _Refused(500, str(error)) from error

    def _take(self) -> tuple[str, bytes]:
        if urlsplit(self.path).path != "/decisions":
            raise _Refused(404, "decisions go to /decisions")
        if self.headers.get_content_type() != _JSON_LINES:
            raise _Refused(415, f"decisions are {_JSON_LINES}")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or not 0 < int(length) <= LIMIT:
            raise _Refused(413, f"between 1 and {LIMIT} bytes of decisions are taken at once")
        try:
            lines = read_lines(self.rfile.read(int(length)), "what was sent")
        except DecisionsError as error:
            raise _Refused(400, str(error)) from error
        if any(line.sha256 not in self.server.reports for line in lines):
            raise _Refused(400, "a decision is on a report that this page does not show")
        try:
            with self.server.writing:
                written = append_decisions(self.server.decisions, lines)
        except OSError as error:
            raise _Refused(500, f"the decisions file can't be written: {error.strerror}") from error
        return "application/json", json.dumps({"written": written}).encode()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is http.server's
        """Say nothing: addresses hold the token."""
