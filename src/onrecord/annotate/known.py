"""Names that the registry knows, among those that the rules found.

The registry says what is a name and of what type; what stands around it is the rules' business. So a known name takes
the place of what they made of its words, but not of a longer name that holds it: "Harbour Union Youth League" is no
mention of the Harbour Union.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.candidates import Candidate
from onrecord.model import KnownName


def taken_in(text: str, found: Sequence[Candidate], known: Sequence[KnownName]) -> list[Candidate]:
    """The names found, with the known ones in their places, in order; `known` is in order and does not overlap."""
    ordered = sorted(found, key=lambda name: (name.start, name.end))
    starts = [name.start for name in ordered]
    gone: set[int] = set()
    taken: list[Candidate] = []
    for name in known:
        touched = list(_touched(ordered, bisect_left(starts, name.start) - 1, name))
        if not any(_holds(ordered[at], name) for at in touched):
            gone.update(touched)
            taken.append(_candidate(text, name, [ordered[at] for at in touched]))
    kept = [name for at, name in enumerate(ordered) if at not in gone]
    return sorted([*kept, *taken], key=lambda name: (name.start, name.end))


def _touched(ordered: Sequence[Candidate], first: int, name: KnownName) -> Iterator[int]:
    for at in range(max(0, first), len(ordered)):
        if ordered[at].start >= name.end:
            return
        if ordered[at].end > name.start:
            yield at


def _holds(longer: Candidate, name: KnownName) -> bool:
    return longer.start <= name.start and name.end <= longer.end and longer.end - longer.start > name.end - name.start


def _candidate(text: str, name: KnownName, instead_of: Sequence[Candidate]) -> Candidate:
    """A known name with the role and the acronym that the rules saw beside it."""
    role = next((each.role for each in instead_of if each.role), None)
    alias = next((each.alias for each in instead_of if each.end == name.end and each.alias), None)
    return Candidate(name.start, name.end, text[name.start : name.end], name.type, role, True, False, False, alias)
