"""What a fetch is told, and what it tells."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from reportparse.errors import FetchError

Outcome = Literal["new", "changed", "unchanged", "skipped", "failed"]
"""`unchanged`: the site was asked; `skipped`: it was not, since the file is fresh."""
Doubt = Literal["cut", "no_text", "more_parts", "not_as_listed"]
DOUBTS: dict[Doubt, str] = {
    "cut": "it breaks off before its end, and twice the same bytes came",
    "no_text": "the page holds next to no text; its text may be a picture, an attachment, or drawn by a script",
    "more_parts": "the page has more parts than are followed",
    "not_as_listed": "the bytes are not those whose sha256 the list tells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a fetch behaves; times are seconds, sizes bytes."""

    delay: float = 1.0
    """Between two requests to a host, unless its robots.txt asks for more."""
    hosts: int = 8
    """Hosts that are asked at the same time; one host is asked one thing at a time."""
    timeout: float = 30.0
    """To connect, and between two pieces of an answer."""
    deadline: float = 300.0
    """For one answer as a whole."""
    attempts: int = 4
    """Tries of what may pass: no answer, a broken one, 429, 5xx."""
    patience: float = 120.0
    """The longest wait before a next try; a site that asks for more is left."""
    limit: int = 100 * 1024 * 1024
    """The largest answer, unpacked."""
    redirects: int = 10
    parts: int = 50
    """The most parts of one page."""
    max_age: float = 24 * 3600.0
    """What was fetched or asked for less than this ago is not asked for again."""
    attachments: bool = False
    """Fetch what the page attaches, too."""
    allow_private: bool = False
    """Allow addresses of this machine and of private networks."""
    robots: bool = True
    """Keep to robots.txt."""
    old_tls: bool = False
    """Talk to servers that know only the TLS of ten years ago."""
    agent: str = ""
    """User-Agent; empty: reportparse and its version."""


class Clock(Protocol):
    """Time, so that a test need not wait."""

    def now(self) -> float:
        """Seconds that only grow."""

    def time(self) -> float:
        """Seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own time; a sleep ends at once when `stop` is set."""

    def __init__(self) -> None:
        self.stop = threading.Event()

    def now(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait, or give up when the fetch is stopped."""
        if self.stop.wait(seconds):
            raise FetchError("was stopped; fetch again to go on")


class Part(msgspec.Struct, frozen=True):
    """One of a page's parts, as it came."""

    url: str
    file: str
    """Below the folder."""
    sha256: str


class Listed(msgspec.Struct, frozen=True):
    """What a page attaches."""

    url: str
    label: str


class Side(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The side file NAME.json: where the bytes of NAME came from."""

    asked: str
    url: str
    """The address after all redirects."""
    fetched: str
    """When the bytes came: ISO 8601, UTC."""
    checked: str
    """When the site last said, or showed, that they are still the ones."""
    status: int
    headers: dict[str, str]
    sha256: str
    size: int
    encoding: str | None = None
    """Of a page or a text, as its bytes tell, whatever the headers say."""
    parts: list[Part] = []
    """Where the page is joined from several: each as it came."""
    attachments: list[Listed] = []
    page: str | None = None
    """Of an attachment: the page that it stands on."""
    doubts: list[Doubt] = []
    source: dict[str, Any] = {}
    """What the list tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one address."""

    asked: str
    outcome: Outcome
    path: Path | None = None
    """The file; None where it failed and there was none before."""
    url: str | None = None
    sha256: str | None = None
    size: int = 0
    parts: int = 1
    doubts: tuple[Doubt, ...] = ()
    label: str | None = None
    """Of an attachment: what the page calls it."""
    attachments: tuple[Fetched, ...] = ()
    listed: tuple[Listed, ...] = ()
    """What the page attaches, fetched or not."""
    error: FetchError | None = None

    @property
    def failed(self) -> bool:
        """Whether it, or an attachment of it, could not be had."""
        return self.error is not None or any(one.failed for one in self.attachments)


Progress = Callable[["Fetched", int, int], None]
"""Called with each result as it comes, how many there are, and how many there will be."""
