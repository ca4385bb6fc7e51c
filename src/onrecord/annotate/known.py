"""Names that the registry knows, among those that the rules found.

The registry says what is a name and of what type; what stands around it is the rules' business. So a known name takes
the place of what they made of its words, but not of a longer name that holds it: "Harbour Union Youth League" is no
mention of the Harbour Union.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from onrecord.model import KnownName


class Stretch(Protocol):
    """What has a place in the text."""

    start: int
    end: int


Found = TypeVar("Found", bound=Stretch)


def merged(
    found: Sequence[Found], known: Sequence[KnownName]
) -> tuple[list[Found], list[tuple[KnownName, Found | None]]]:
    """What stays of the names found, and the known names that count, each with what was found on just its words.

    Both are in order and do not overlap among themselves; linear in their number.
    """
    ordered = sorted(found, key=lambda name: (name.start, name.end))
    starts = [name.start for name in ordered]
    gone: set[int] = set()
    counted: list[tuple[KnownName, Found | None]] = []
    for name in known:
        touched = list(_touched(ordered, bisect_left(starts, name.start) - 1, name))
        if any(_holds(ordered[at], name) for at in touched):
            continue
        same = [ordered[at] for at in touched if (ordered[at].start, ordered[at].end) == (name.start, name.end)]
        gone.update(touched)
        counted.append((name, same[0] if same else None))
    return [name for at, name in enumerate(ordered) if at not in gone], counted


def _touched(ordered: Sequence[Stretch], first: int, name: KnownName) -> Iterator[int]:
    for at in range(max(0, first), len(ordered)):
        if ordered[at].start >= name.end:
            return
        if ordered[at].end > name.start:
            yield at


def _holds(longer: Stretch, name: KnownName) -> bool:
    return longer.start <= name.start and name.end <= longer.end and longer.end - longer.start > name.end - name.start
