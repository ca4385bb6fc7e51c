"""Half-open ranges of code points into a text that never changes.

Every finding of onrecord is an offset into one immutable string, so that `text[start:end]` is always the evidence.
JavaScript counts UTF-16 code units and files count bytes; `Utf16Map` converts at the border.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def trim(text: str, start: int, end: int) -> Span:
    """`[start, end)` without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


class Cover:
    """The places that lie in any of some stretches, which may overlap: asked in the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def over(self, offset: int) -> bool:
        """Whether an offset lies in one of them."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]


class Utf16Map:
    """Code-point offsets of a text to UTF-16 code-unit offsets and back."""

    def __init__(self, text: str) -> None:
        self._astral = [i for i, c in enumerate(text) if c > "\uffff"]
        self._units = [at + n for n, at in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """The code-unit offset of code point `offset`."""
        return offset + bisect_right(self._astral, offset - 1)

    def to_code_points(self, unit: int) -> int:
        """The code point that code unit `unit` belongs to."""
        return unit - bisect_right(self._units, unit - 1)
