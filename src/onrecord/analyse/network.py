"""Who speaks together with whom: the joint statement is the thing, pairs are a view of it.

A joint statement is a hyperedge: one act, all its parties, each with its role and the words that say so. Breaking it
into pairs loses that (a declaration by 20 gives 190 pairs, which outweigh years of letters by two), so whoever wants
pairs names the rule by which they are counted, and the result carries that rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from onrecord import makers as makers_of
from onrecord.analyse.days import read
from onrecord.hypergraph import Extent, JointStatement, Member, Pair, Pairs, Rule, RuleName
from onrecord.makers import TOGETHER as TOGETHER
from onrecord.model import EntityType, PartyRole, Record, Statement
from onrecord.text.address import address

_ALL: tuple[tuple[Rule, Callable[[int], float]], ...] = (
    (
        Rule(
            "hyperedge",
            "2/(n(n-1))",
            "every statement counts 1 in all, shared by its pairs, however many made it",
            "fractional counting, by statement",
        ),
        lambda n: 2 / (n * (n - 1)),
    ),
    (
        Rule(
            "pair",
            "1",
            "every pair counts 1, so a statement of n parties counts n(n-1)/2 in all",
            "full counting (clique expansion)",
        ),
        lambda n: 1.0,
    ),
    (
        Rule(
            "1/(n-1)",
            "1/(n-1)",
            "every party shares 1 among those it speaks with, so a statement of n parties counts n/2 in all",
            "Newman 2001, Scientific collaboration networks II, Physical Review E 64, 016132",
        ),
        lambda n: 1 / (n - 1),
    ),
)
RULES: dict[RuleName, Rule] = {rule.name: rule for rule, _ in _ALL}
"""The rules by name, as a result carries them."""
_WEIGHTS = {rule.name: weight for rule, weight in _ALL}

LARGEST = 500
"""Entities of a statement that is still broken into pairs: 500 give 124,750. Pairs of a larger one say nothing of any
two, and would cost the square of its size; it stays a hyperedge, and is counted."""
ANYONE: frozenset[str] = frozenset()
GAP = " … "
NOBODY: Mapping[str, int] = MappingProxyType({})
NAMELESS: Mapping[str, str] = MappingProxyType({})


def joint_statements(
    records: Iterable[Record], roles: tuple[PartyRole, ...] = TOGETHER, *, hands: bool = False
) -> Iterator[JointStatement]:
    """The statements that at least two parties made together in one of `roles`, in the order of the records.

    A person who signs for the body that issues, or on a line with a body that is a party too, is its hand and not a
    second party, unless `hands` says so. The same act
    in two documents (two translations) is here twice: whether they are one, a person decides.
    """
    for record in records:
        types = {entity.id: entity.type for entity in record.entities}
        where = places(record)
        for statement in record.statements:
            members = members_of(record, statement, roles, types, hands)
            if makers(members) > 1:
                yield joint(record, statement, members, where[statement.segment])


def members_of(
    record: Record,
    statement: Statement,
    roles: tuple[PartyRole, ...],
    types: Mapping[str, EntityType],
    hands: bool,
) -> tuple[Member, ...]:
    """Who made a statement in one of `roles`, each with the words that say so; hands are marked unless `hands`."""
    parties = [party for party in statement.parties if party.role in roles]
    pens = (False,) * len(parties) if hands else makers_of.hands(record.text, parties, record.mentions, types)
    return tuple(
        Member(
            party.entity,
            party.name,
            party.role,
            party.spans,
            GAP.join(span.of(record.text) for span in party.spans),
            pen,
        )
        for party, pen in zip(parties, pens, strict=True)
    )


def makers(members: Iterable[Member]) -> int:
    """How many different parties there are, hands aside; those without an entity are told apart by their names."""
    return len({(member.entity is None, member.entity or member.name) for member in members if not member.hand})


def joint(record: Record, statement: Statement, members: tuple[Member, ...], where: str) -> JointStatement:
    """The hyperedge of one statement and its members; `where` is its address."""
    return JointStatement(
        record.id,
        statement.id,
        statement.issued,
        members,
        statement.genre,
        where,
        record.title.text if record.title else None,
        record.capture.publisher,
    )


def places(record: Record) -> dict[str | None, str]:
    """The permanent addresses of a record's statements by their segments: the whole document's for those without."""
    held = {statement.segment for statement in record.statements}
    found = {each.id: address(record.id, each.start, each.end) for each in record.segments if each.id in held}
    return dict.fromkeys(held, address(record.id)) | found


def extent(issued: Iterable[str | None]) -> Extent:
    """First and last of these dates (EDTF), and how many are none that can be read."""
    days = [read(value) for value in issued]
    dated = [day for day in days if day is not None]
    if not dated:
        return Extent(None, None, len(days))
    first = min(dated, key=lambda day: (day.low, day.high, day.text))
    last = max(dated, key=lambda day: (day.high, day.low, day.text))
    return Extent(first.text, last.text, len(days) - len(dated))


def reading_order(statement: JointStatement) -> tuple[str, str, str, str]:
    """For lists: by first day that is meant, the undated last."""
    day = read(statement.issued)
    low, high = (day.low.isoformat(), day.high.isoformat()) if day else ("~", "~")
    return low, high, statement.document, statement.statement


def pairs(
    statements: Iterable[JointStatement],
    rule: RuleName,
    party: frozenset[str] = ANYONE,
    other: frozenset[str] = ANYONE,
    *,
    alone: Mapping[str, int] = NOBODY,
    names: Mapping[str, str] = NAMELESS,
    largest: int = LARGEST,
) -> Pairs:
    """Who stands together with whom, counted by a rule that must be named.

    Where `party` is given, the pairs of which one is in it; where `other` is given too, those whose other one is in
    that. `alone` is how many statements each entity made alone, which pairs count as made without the other.
    """
    weight = _WEIGHTS[rule]
    ordered = sorted(statements, key=reading_order)
    together: dict[tuple[str, str], list[int]] = {}
    weights: dict[tuple[str, str], float] = {}
    made = Counter[str](alone)
    counted = unresolved = too_large = 0
    for at, statement in enumerate(ordered):
        entities = statement.entities()
        made.update(entities)
        unresolved += sum(member.entity is None for member in statement.parties())
        if len(entities) > largest:
            too_large += 1
            continue
        counted += len(entities) > 1
        for pair in chosen(entities, party, other):
            together.setdefault(pair, []).append(at)
            weights[pair] = weights.get(pair, 0.0) + weight(len(entities))
    found = [_pair(pair, weights[pair], [ordered[at] for at in places], made) for pair, places in together.items()]
    found.sort(key=lambda pair: (-pair.weight, -pair.statements, pair.first, pair.second))
    shown = {entity: names[entity] for entity in _named(found) if entity in names}
    return Pairs(RULES[rule], counted, unresolved, tuple(found), too_large, shown)


def _named(found: Iterable[Pair]) -> Iterator[str]:
    for pair in found:
        yield pair.first
        yield pair.second


def chosen(entities: Sequence[str], party: frozenset[str], other: frozenset[str]) -> Iterable[tuple[str, str]]:
    """The pairs of a statement that are asked for, ids in order, each once."""
    if not party:
        return combinations(entities, 2)
    found = {
        (min(one, two), max(one, two))
        for one in party.intersection(entities)
        for two in entities
        if one != two and (not other or two in other)
    }
    return sorted(found)


def _pair(pair: tuple[str, str], weight: float, shared: Sequence[JointStatement], made: Mapping[str, int]) -> Pair:
    first, second = pair
    return Pair(
        first,
        second,
        weight,
        len(shared),
        extent(statement.issued for statement in shared),
        made[first] - len(shared),
        made[second] - len(shared),
        tuple(statement.key for statement in shared),
        tuple(statement.address for statement in shared),
        tuple(statement.issued for statement in shared),
    )
