"""Overlapping spans to a flat sequence of runs: a run begins and ends wherever any span does, so markup never nests.

A text with 2,000 overlapping findings becomes one line of neighbouring `<span>`s, each knowing all that covers it. Work
grows with the number of spans and runs, not with how deeply they overlap: a run carries counts by layer, and each span
is named once, in the run that it opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """`[start, end)` in code points belongs to a layer; `key` says what it is to whoever draws it."""

    start: int
    end: int
    layer: str
    key: int = 0


class Run(NamedTuple):
    """`[start, end)` between two neighbouring borders."""

    start: int
    end: int
    layers: tuple[tuple[str, int], ...]
    """The layers that cover it, in alphabetical order, each with the number of its marks that do."""
    opens: tuple[Mark, ...]
    """The marks that begin with this run, the longest first."""


def flatten(length: int, marks: Sequence[Mark], cuts: Iterable[int] = ()) -> Iterator[Run]:
    """Runs that follow one another and cover `[0, length)`; a border at each mark's start and end and at each cut.

    Marks are clipped to the text; what is empty after that is left out.
    """
    clipped = [mark._replace(start=max(0, mark.start), end=min(length, mark.end)) for mark in marks]
    opening, closing = by_border([mark for mark in clipped if mark.start < mark.end])
    borders = sorted({0, length, *opening, *closing, *(cut for cut in cuts if 0 < cut < length)})
    active: dict[str, int] = {}
    for start, end in pairwise(borders):
        for mark in closing.get(start, ()):
            active[mark.layer] -= 1
            if not active[mark.layer]:
                del active[mark.layer]
        opens = opening.get(start, [])
        for mark in opens:
            active[mark.layer] = active.get(mark.layer, 0) + 1
        yield Run(start, end, tuple(sorted(active.items())), tuple(sorted(opens, key=lambda mark: -mark.end)))


def by_border(marks: Iterable[Mark]) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """Marks by where they begin, and by where they end."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    return opening, closing
