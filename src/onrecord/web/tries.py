"""How often somebody may try a password: some tries are free, then each wait is twice the one before."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable

from msgspec import Struct

PAUSE = 5.0
"""Seconds of the first wait."""
LONGEST = 900.0
FORGOTTEN = 3600.0
"""Seconds after the last try."""
KEPT = 10_000
"""Keys; whoever was quiet for the longest is forgotten first."""


class Tried(Struct, frozen=True):
    times: int
    last: float


class Tries:
    """Counts the tries of each key: a name, or an address. A try counts when it begins, so many at once count too."""

    def __init__(self, free: int, clock: Callable[[], float]) -> None:
        self._free = free
        self._clock = clock
        self._tried: dict[str, Tried] = {}

    def wait(self, key: str) -> int:
        """Whole seconds until the next try; 0: now."""
        tried = self._current(key)
        if tried.times < self._free:
            return 0
        pause = min(LONGEST, PAUSE * 2.0 ** min(tried.times - self._free, 20))
        return max(0, math.ceil(tried.last + pause - self._clock()))

    def count(self, key: str) -> None:
        """A try begins."""
        self._tried[key] = Tried(self._current(key).times + 1, self._clock())
        self._tried[key] = self._tried.pop(key)  # the newest is the last
        if len(self._tried) > KEPT:
            del self._tried[next(iter(self._tried))]

    def take_back(self, key: str) -> None:
        """A try was right, so it counts for nothing; the wrong ones before it still do."""
        tried = self._current(key)
        if tried.times > 1:
            self._tried[key] = Tried(tried.times - 1, tried.last)
        else:
            self.forget(key)

    def forget(self, key: str) -> None:
        self._tried.pop(key, None)

    def _current(self, key: str) -> Tried:
        tried = self._tried.get(key)
        return tried if tried and self._clock() - tried.last < FORGOTTEN else Tried(0, 0.0)


def household(address: str) -> str:
    """What one person can hardly change: an IPv4 address, the network (/64) of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address.strip().strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((int(found), 64), strict=False))
