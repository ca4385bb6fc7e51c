"""Which entities people hold to be one.

Of several judgements about one pair the latest counts. Pairs judged the same are joined in order of time; a join that
would put a pair judged different together is left out and reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.resolve.ledger import Conflict, standing

Pair = tuple[str, str]


class Canon(NamedTuple):
    """`entities`: each merged entity to the one that stands for its group, the least id."""

    entities: dict[str, str]
    conflicts: tuple[Conflict, ...]


def canonical(judgements: Iterable[Judgement]) -> Canon:
    """The groups of entities that the standing judgements make, the same in whatever order they come."""
    latest, conflicts = _by_pair(judgements)
    different = {pair: each for pair, each in latest.items() if each.verdict == "different"}
    members: dict[str, set[str]] = {}
    for pair, each in sorted(latest.items(), key=lambda item: (item[1].at, item[1].id, item[0])):
        if each.verdict != "same":
            continue
        one, other = (members.get(entity, {entity}) for entity in pair)
        if one is other:
            continue
        barred = sorted({different[p].id for p in _across(one, other) if p in different})
        if barred:
            conflicts.append(Conflict(barred[0], (each.id, *barred[1:])))
            continue
        joined = one | other
        members |= dict.fromkeys(joined, joined)
    entities = {entity: min(group) for entity, group in sorted(members.items())}
    return Canon(entities, tuple(dict.fromkeys(conflicts)))


def _by_pair(judgements: Iterable[Judgement]) -> tuple[dict[Pair, Judgement], list[Conflict]]:
    about: dict[Pair, list[Judgement]] = {}
    for each in standing(judgements):
        if each.subject.kind == "entities":
            for one, other in combinations(sorted(set(each.subject.entities)), 2):
                about.setdefault((one, other), []).append(each)
    conflicts = []
    for several in about.values():
        last = several[-1]
        if others := tuple(each.id for each in several[:-1] if each.verdict != last.verdict):
            conflicts.append(Conflict(last.id, others))
    return {pair: several[-1] for pair, several in about.items()}, conflicts


def _across(one: set[str], other: set[str]) -> Iterable[Pair]:
    small, large = sorted((one, other), key=len)
    return ((min(a, b), max(a, b)) for a in small for b in large)
