"""One request at a time to a host, with a pause after it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from reportparse.fetching.model import Clock

_LONGEST = 60.0  # seconds; some robots.txt ask for hours, which nobody waits for


class _Slot:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free = 0.0
        self.delay = 0.0


class Pace:
    """When which host may be asked again."""

    def __init__(self, delay: float, clock: Clock) -> None:
        self._delay = delay
        self._clock = clock
        self._slots: defaultdict[str, _Slot] = defaultdict(_Slot)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn and hold it."""
        slot = self._slot(host)
        with slot.lock:
            wait = slot.free - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                slot.free = self._clock.now() + max(self._delay, slot.delay)

    def slower(self, host: str, delay: float) -> None:
        """Note the pause that a host asks for itself; more than a minute counts as one."""
        self._slot(host).delay = min(delay, _LONGEST)

    def _slot(self, host: str) -> _Slot:
        with self._lock:
            return self._slots[host]
