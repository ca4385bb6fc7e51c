"""Who speaks together with whom: the joint statement is the thing, pairs are a view of it.

A joint statement is a hyperedge: one act, all its parties, each with its role and the words that say so. Breaking it
into pairs loses that (a declaration by 20 gives 190 pairs, which outweigh years of letters by two), so whoever wants
pairs names the rule by which they are counted, and the result carries that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Literal

from msgspec import Struct

from onrecord.model import PartyRole, Record, Span, Statement

TOGETHER: tuple[PartyRole, ...] = ("issuer", "on-behalf-of", "signatory", "sponsor")
"""Roles in which parties make a statement their own; to take part in a meeting, or to witness, is not that."""

RuleName = Literal["hyperedge", "pair", "1/(n-1)"]


class Rule(Struct, frozen=True):
    """What one statement of n parties adds to each of its pairs, in a formula and in words, and where it comes from."""

    name: RuleName
    formula: str
    meaning: str
    origin: str


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


class Member(Struct, frozen=True):
    """A party of a joint statement. `entity` is `None` where its name could not be tied to one."""

    entity: str | None
    name: str
    role: PartyRole
    spans: tuple[Span, ...]


class JointStatement(Struct, frozen=True):
    """A hyperedge: one statement that at least two made together. `issued` is EDTF."""

    document: str
    statement: str
    issued: str | None
    members: tuple[Member, ...]

    def entities(self) -> tuple[str, ...]:
        """The entities among its members, each once, in the order of their ids."""
        return tuple(sorted({member.entity for member in self.members if member.entity is not None}))


class Pair(Struct, frozen=True):
    """Two entities (ids in order), the weight by the rule, and in how many statements they stand together."""

    first: str
    second: str
    weight: float
    statements: int


class Pairs(Struct, frozen=True):
    """The pairs, heaviest first, with the rule by which they were counted."""

    rule: Rule
    statements: int
    """Joint statements with at least two entities: what the weights are made of."""
    unresolved: int
    """Parties that are in no pair since their name could not be tied to an entity."""
    pairs: tuple[Pair, ...]


def joint_statements(records: Iterable[Record], roles: tuple[PartyRole, ...] = TOGETHER) -> Iterator[JointStatement]:
    """The statements that at least two parties made together in one of `roles`, in the order of the records.

    The same act in two documents (two translations) is here twice: whether they are one, a person decides.
    """
    for record in records:
        for statement in record.statements:
            members = _members(statement, roles)
            if len({member.entity or member.name for member in members}) > 1:
                yield JointStatement(record.id, statement.id, statement.issued, members)


def _members(statement: Statement, roles: tuple[PartyRole, ...]) -> tuple[Member, ...]:
    return tuple(
        Member(party.entity, party.name, party.role, party.spans) for party in statement.parties if party.role in roles
    )


def pairs(statements: Iterable[JointStatement], rule: RuleName) -> Pairs:
    """Who stands together with whom, counted by a rule that must be named."""
    weight = _WEIGHTS[rule]
    together: dict[tuple[str, str], tuple[float, int]] = {}
    counted = unresolved = 0
    for statement in statements:
        entities = statement.entities()
        unresolved += sum(member.entity is None for member in statement.members)
        counted += len(entities) > 1
        for pair in combinations(entities, 2):
            sum_of, number = together.get(pair, (0.0, 0))
            together[pair] = sum_of + weight(len(entities)), number + 1
    found = [Pair(first, second, *totals) for (first, second), totals in together.items()]
    found.sort(key=lambda pair: (-pair.weight, -pair.statements, pair.first, pair.second))
    return Pairs(RULES[rule], counted, unresolved, tuple(found))
