"""Answers that were worked out for the archive as it is now: given again until anything changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

Answer = TypeVar("Answer")
MOST = 256
"""Answers that are held; the ones asked for longest ago go first."""


class Kept:
    """Answers by what was asked, for one state of the archive; from any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._state: Hashable = None
        self._held: dict[Hashable, object] = {}
        self._guard = threading.Lock()

    def answer(self, state: Hashable, asked: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to `asked`, worked out unless it is held for this `state` (as a generation is one)."""
        with self._guard:
            if state != self._state:
                self._state, self._held = state, {}
            if asked in self._held:
                self._held[asked] = self._held.pop(asked)
                return self._held[asked]  # type: ignore[return-value]
        found = work_out()
        with self._guard:
            if state == self._state:
                self._held[asked] = found
                while len(self._held) > self._most:
                    del self._held[next(iter(self._held))]
        return found
