"""The network of an archive, read in one pass: its hyperedges are kept, everything else is counted and let go.

Of a statement that one party made alone only its date and address stay; of a record nothing but its joint statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from onrecord.analyse.network import LARGEST, TOGETHER, extent, joint, makers, members_of, places, reading_order
from onrecord.analyse.windows import placing
from onrecord.errors import NotFound
from onrecord.hypergraph import Counted, JointStatement, Member, Network, PartyCount, Window
from onrecord.model import EntityType, PartyRole, Record, Statement
from onrecord.text.names import folded

Value = TypeVar("Value", bound=str)
SUGGESTED = 5
"""Names that an error offers in the place of one that is not there."""
SHORT = 60
"""Code points of a name that an error repeats."""


def network(
    records: Iterable[Record],
    roles: tuple[PartyRole, ...] = TOGETHER,
    *,
    hands: bool = False,
    period: Window | None = None,
) -> Network:
    """Who speaks together with whom in `records`; where a `period` is given, only what surely lies within it.

    With `hands`, a person who signs for the body that issues counts as a party of its own.
    """
    scan = _Scan(roles, hands, period)
    for record in records:
        scan.add(record)
    return scan.done()


class _Party:
    """What is known of one entity while records are read."""

    __slots__ = ("alone", "called", "names", "others", "roles", "said", "together", "types")

    def __init__(self) -> None:
        self.alone = self.together = 0
        self.called = Counter[str]()
        self.names: set[str] = set()
        self.types = Counter[EntityType]()
        self.others: set[str] = set()
        self.roles = Counter[PartyRole]()
        self.said: list[tuple[tuple[str, str, str, str], str | None, str]] = []

    def count(self, entity: str) -> PartyCount:
        said = sorted(self.said, key=lambda each: each[0])
        return PartyCount(
            entity=entity,
            name=_shown(self.called) or entity,
            type=_most(self.types),
            names=tuple(sorted(self.names)),
            alone=self.alone,
            together=self.together,
            others=len(self.others - {entity}),
            roles=tuple(sorted(self.roles.items(), key=lambda pair: (-pair[1], pair[0]))),
            extent=extent(issued for _, issued, _ in said),
            addresses=tuple(where for _, _, where in said),
        )


def _shown(called: Counter[str]) -> str | None:
    """The most frequent name, but none in capitals where there is another: letterheads shout."""
    return _most(Counter({name: number for name, number in called.items() if not name.isupper()}) or called)


def _most(counter: Counter[Value]) -> Value | None:
    """The most frequent value, the first of equals in the order of the alphabet."""
    return min(counter, key=lambda value: (-counter[value], value)) if counter else None


class _Scan:
    """One pass over records."""

    def __init__(self, roles: tuple[PartyRole, ...], hands: bool, period: Window | None) -> None:
        self._roles, self._hands, self._period = roles, hands, period
        self._counts = Counter[str]()
        self._parties: dict[str, _Party] = {}
        self._joint: list[JointStatement] = []

    def add(self, record: Record) -> None:
        self._counts["documents"] += 1
        types = {entity.id: entity.type for entity in record.entities}
        where = places(record)
        for statement in record.statements:
            members = members_of(record, statement, self._roles, types, self._hands)
            self._take(record, statement, members, where[statement.segment])
        self._name(record)

    def _take(self, record: Record, statement: Statement, members: tuple[Member, ...], where: str) -> None:
        if self._period is not None and (lies := placing(statement.issued, self._period)) != "within":
            self._counts[lies] += 1
            return
        number = makers(members)
        self._counts["unnamed" if not number else "alone" if number == 1 else "joint"] += 1
        made = joint(record, statement, members, where)
        self._counts["hands"] += sum(member.hand for member in members)
        self._tally(made, number)
        if number > 1:
            self._counts["unresolved"] += sum(member.entity is None for member in made.parties())
            self._joint.append(made)

    def _tally(self, made: JointStatement, number: int) -> None:
        entities = made.entities()
        said = (reading_order(made), made.issued, made.address)
        for entity in entities:
            if (party := self._parties.get(entity)) is None:
                party = self._parties[entity] = _Party()
            party.said.append(said)
            party.alone += number == 1
            party.together += number > 1
            if len(entities) <= LARGEST:  # as for pairs: it costs the square of their number
                party.others.update(entities)
        for holder, role in {(member.entity, member.role) for member in made.parties()}:
            if holder is not None:
                self._parties[holder].roles[role] += 1

    def _name(self, record: Record) -> None:
        """The names that a record has for those who made its statements."""
        made = {party.entity for statement in record.statements for party in statement.parties}
        for entity in record.entities:
            if entity.id in made and (party := self._parties.get(entity.id)):
                party.called[entity.name] += 1
                party.types[entity.type] += 1
                party.names.update((entity.name, *entity.names))

    def done(self) -> Network:
        parties = [party.count(entity) for entity, party in self._parties.items()]
        return Network(
            roles=self._roles,
            hands=self._hands,
            period=self._period,
            counted=Counted(**{name: self._counts[name.replace("_", "-")] for name in Counted.__struct_fields__}),
            statements=tuple(sorted(self._joint, key=reading_order)),
            parties=tuple(sorted(parties, key=lambda each: (-each.together, -each.alone, each.name, each.entity))),
        )


def alone(found: Network) -> dict[str, int]:
    """How many statements each entity made alone."""
    return {party.entity: party.alone for party in found.parties}


def called(found: Network, name: str) -> frozenset[str]:
    """The entities of the network that an id or a name means; names are compared folded (case, accents, articles).

    Raises NotFound, with names that hold the words, where there is none.
    """
    if any(party.entity == name for party in found.parties):
        return frozenset([name])
    key = folded(name)
    meant = {party.entity for party in found.parties if any(folded(each) == key for each in party.names)}
    if meant:
        return frozenset(meant)
    near = [party.name for party in found.parties if key and key in f"{folded(party.name)}"]
    offered = "; ".join(f"{each[:SHORT]!r}" for each in near[:SUGGESTED])
    hint = f"Is one of these meant: {offered}?" if near else "`onrecord network parties` prints those there are."
    raise NotFound(f"No party of a statement is called {name[:SHORT]!r} here. {hint}")
