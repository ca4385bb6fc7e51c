"""Which entities are one: what people decided first, then the registry, then what a comparison of names gives.

Joins are made in this order, and one that would put together what must stay apart is left out: a pair that a person
judged different, two entries of the registry, two that sign one statement side by side. The order is total, so the
groups are the same whoever asks, in whatever order documents and judgements came.

1. pairs that people judged the same, in order of time; of several judgements about one pair the latest counts;
2. names that the registry gives to one entry alone;
3. names that a comparison holds to be one, the best first;
4. names in two languages that are one word by word;
5. short forms ("HU", "Farmers' Front") that documents use for one group only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, get_args

from onrecord.model import Judgement, Link, LinkRule
from onrecord.resolve.laying import Conflict
from onrecord.resolve.ledger import standing

Pair = tuple[str, str]


class Refused(NamedTuple):
    """Evidence that joined nothing, and why in words."""

    link: Link
    reason: str


class Groups(NamedTuple):
    """`entities`: each member of a group of several, with the one that stands for it: an entry of the registry, or the
    least id."""

    entities: dict[str, str]
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Refused, ...] = ()


def grouped(
    links: Iterable[Link],
    judgements: Iterable[Judgement] = (),
    registered: Collection[str] = frozenset(),
    apart: Collection[Pair] = frozenset(),
    rivals: Collection[Pair] = frozenset(),
) -> Groups:
    """The groups that the evidence and the standing judgements make.

    `registered` are ids of the registry's entries; `apart` pairs that sign one statement side by side; `rivals` pairs
    of which a name that translates both names neither. Pairs have the lesser id first.
    """
    latest, conflicts = _by_pair(judgements)
    different = {pair: each for pair, each in latest.items() if each.verdict == "different"}
    joining = _Joining(different, registered, apart)
    for pair, each in sorted(latest.items(), key=lambda item: (item[1].at, item[1].id, item[0])):
        if each.verdict == "same" and (barred := joining.judged(pair)):
            conflicts.append(Conflict(barred[0], (each.id, *barred[1:])))
    by_rule: dict[LinkRule, list[Link]] = {rule: [] for rule in get_args(LinkRule)}
    for link in links:
        by_rule[link.rule].append(link)
    refused = [
        *joining.if_only_one(by_rule["registry"], "The registry gives this name to several entries."),
        *joining.best_first(by_rule["name"]),
        *joining.unrivalled(by_rule["translation"], rivals),
        *joining.if_only_one(by_rule["short form"], "Several go by this short form."),
    ]
    return Groups(joining.standing(), tuple(dict.fromkeys(conflicts)), tuple(refused))


class _Joining:
    """Groups as they grow; every member knows the set it is in."""

    def __init__(
        self, different: dict[Pair, Judgement], registered: Collection[str], apart: Collection[Pair] = frozenset()
    ) -> None:
        self._apart: dict[str, dict[str, str]] = {}
        for (one, other), each in different.items():
            self._apart.setdefault(one, {})[other] = each.id
            self._apart.setdefault(other, {})[one] = each.id
        self._beside: dict[str, set[str]] = {}
        for one, other in apart:
            self._beside.setdefault(one, set()).add(other)
            self._beside.setdefault(other, set()).add(one)
        self._registered = frozenset(registered)
        self._members: dict[str, set[str]] = {}

    def judged(self, pair: Pair) -> list[str]:
        """Join a pair that a person holds to be one; else the ids of the judgements that speak against it."""
        one, other = (self._group(entity) for entity in pair)
        barred = sorted(set(self._barring(one, other)))
        if not barred:
            self._join(one, other)
        return barred

    def best_first(self, links: Iterable[Link]) -> Iterator[Refused]:
        for link in sorted(links, key=lambda link: (-link.score, link.one, link.other)):
            if reason := self._tried(link):
                yield Refused(link, reason)

    def unrivalled(self, links: Sequence[Link], rivals: Collection[Pair]) -> Iterator[Refused]:
        """Join translations, but none of a name that translates two which are not one."""
        of: dict[str, set[str]] = {}
        for link in links:
            of.setdefault(link.one, set()).add(link.other)
            of.setdefault(link.other, set()).add(link.one)
        torn = {
            name
            for name, others in of.items()
            for pair in combinations(sorted(others), 2)
            if pair in rivals and self._group(pair[0]) is not self._group(pair[1])
        }
        for link in links:
            if link.one in torn or link.other in torn:
                yield Refused(link, "It translates the names of several that are not one.")
        yield from self.best_first(link for link in links if link.one not in torn and link.other not in torn)

    def if_only_one(self, links: Iterable[Link], ambiguous: str) -> Iterator[Refused]:
        """Join each `one` with its `other`s where these are of one group; decided for all before any is joined."""
        of: dict[str, list[Link]] = {}
        for link in sorted(links, key=lambda link: (link.one, link.other, -link.score)):
            of.setdefault(link.one, []).append(link)
        targets = {one: {id(self._group(each.other)) for each in found} for one, found in of.items()}
        for one, found in of.items():
            for link in found:
                reason = ambiguous if len(targets[one]) > 1 else self._tried(link)
                if reason:
                    yield Refused(link, reason)

    def _tried(self, link: Link) -> str:
        """Join, or the reason why not."""
        one, other = self._group(link.one), self._group(link.other)
        if one is other:
            return ""
        if any(self._barring(one, other)):
            return "A person judged them, or others that they are one with, to be different."
        small, large = sorted((one, other), key=len)
        if any(not large.isdisjoint(self._beside.get(entity, ())) for entity in small):
            return "They sign a statement side by side."
        if not one.isdisjoint(self._registered) and not other.isdisjoint(self._registered):
            return "They belong to different entries of the registry."
        self._join(one, other)
        return ""

    def _group(self, entity: str) -> set[str]:
        return self._members.setdefault(entity, {entity})

    def _barring(self, one: set[str], other: set[str]) -> Iterator[str]:
        """Ids of the judgements by which a member of the one is different from a member of the other."""
        small, large = sorted((one, other), key=len)
        if small is large:
            return
        for entity in small:
            for apart, judgement in self._apart.get(entity, {}).items():
                if apart in large:
                    yield judgement

    def _join(self, one: set[str], other: set[str]) -> None:
        if one is not other:
            small, large = sorted((one, other), key=len)
            large |= small
            self._members |= dict.fromkeys(small, large)

    def standing(self) -> dict[str, str]:
        """Each member of a group of several with the one that stands for it."""
        found: dict[str, str] = {}
        for entity, group in sorted(self._members.items()):
            if len(group) > 1 and entity not in found:
                found |= dict.fromkeys(group, min(group.intersection(self._registered) or group))
        return dict(sorted(found.items()))


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
