"""Who asserts what stands at a place: the innermost attribution whose content holds it, else the statement."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model import Attribution, Genre, Segment, Statement
from onrecord.text.spans import Cover

_OWN: frozenset[Genre] = frozenset(("statement", "resolution", "agreement", "speech", "translation"))
"""Genres that speak for themselves; a report's own narration is asserted by nobody in it."""
_DEEPEST = 16
"""Contents within contents that are looked through."""


class Asserted:
    """Asked from the start of the text to its end."""

    def __init__(
        self, segments: Sequence[Segment], statements: Sequence[Statement], attributions: Sequence[Attribution]
    ) -> None:
        self._contents = sorted((span.start, -span.end, it.id) for it in attributions for span in it.content.spans)
        self._next = 0
        self._open: list[tuple[int, str]] = []
        bounds = {segment.id: (segment.start, segment.end) for segment in segments}
        parts = sorted(
            ((*bounds[it.segment], it) for it in statements if it.segment in bounds), key=lambda part: part[:2]
        )
        self._starts = [start for start, _, _ in parts]
        self._parts = [(end, it) for _, end, it in parts]
        self._whole = next((it for it in statements if it.segment not in bounds), None)
        self._asides = Cover((it.start, it.end) for it in segments if it.kind in ("preface", "note", "insertion"))

    def by(self, start: int, end: int) -> str | None:
        """The id of the attribution or statement; `None` where the document itself or its editor speaks."""
        while self._next < len(self._contents) and self._contents[self._next][0] <= start:
            _, stop, owner = self._contents[self._next]
            self._open.append((-stop, owner))
            self._next += 1
        while self._open and self._open[-1][0] <= start:
            self._open.pop()
        for stop, owner in reversed(self._open[-_DEEPEST:]):
            if end <= stop:
                return owner
        return self._statement(start)

    def _statement(self, at: int) -> str | None:
        if self._asides.over(at):
            return None
        before = bisect_right(self._starts, at) - 1
        found = self._whole
        if before >= 0 and at < self._parts[before][0]:
            found = self._parts[before][1]
        return found.id if found is not None and found.genre in _OWN else None
