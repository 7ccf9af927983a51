"""robots.txt: read once a host, kept to."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from reportparse.errors import FetchError

if TYPE_CHECKING:
    from protego import Protego

_LONGEST = 512 * 1024  # bytes; the standard asks for 500 KiB at least


class Robots:
    """What the hosts allow; `get(address)` gives the bytes of a robots.txt, or None where the host has none."""

    def __init__(self, agent: str, get: Callable[[str], bytes | None], slower: Callable[[str, float], None]) -> None:
        self._agent = agent
        self._get = get
        self._slower = slower
        self._known: dict[str, Protego | FetchError] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def check(self, host: str, url: str) -> None:
        """Let pass what the host allows.

        Raises:
            FetchError: it doesn't, or it can't be known: the standard (RFC 9309) takes that for a no.

        """
        rules = self._rules(host)
        if isinstance(rules, FetchError) and rules.status is None:
            raise FetchError(str(rules))  # the host itself can't be asked
        if isinstance(rules, FetchError):
            raise FetchError(f"is left alone, since {host}/robots.txt can't be had: {rules}", status=rules.status)
        if not rules.can_fetch(url, self._agent):
            raise FetchError(f"is closed to programs by {host}/robots.txt; ask the site, or save the page by hand")

    def _rules(self, host: str) -> Protego | FetchError:
        with self._lock:
            lock = self._locks[host]
        with lock:
            if host not in self._known:
                self._known[host] = self._read(host)
            return self._known[host]

    def _read(self, host: str) -> Protego | FetchError:
        from protego import Protego

        try:
            held = self._get(f"{host}/robots.txt")
        except FetchError as error:
            return error
        rules = Protego.parse((held or b"")[:_LONGEST].decode("utf-8-sig", errors="replace"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            self._slower(host, delay)
        return rules
