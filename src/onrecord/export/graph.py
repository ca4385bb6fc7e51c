"""The network as a graph for other programs, before any file format: nodes, edges, and what is known of each.

Two views. `bipartite` has a node a party and a node a statement, and an edge for each role: a joint statement of twelve
stays one thing, with twelve edges. `pairs` has parties alone, and an edge for each two that spoke together, weighted by
a named rule. In both every edge carries the permanent addresses of the statements it stands for.

A party that could not be tied to an entity is a node of its own in each statement (`resolved` is false): that two
documents print the same name does not make it one party. Such nodes are in the bipartite view alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from onrecord.hypergraph import Extent, JointStatement, Member, Network, Pair, Pairs
from onrecord.text.address import address
from onrecord.text.dates import PartialDate

Value = str | int | float | bool | None
Spell = tuple[str | None, str | None]
"""First and last day (ISO 8601) of a stretch of time; `None` where it is open."""
GLUE = " "
"""Between addresses, which hold no space."""
APART = "; "
"""Between names."""


class Field(Struct, frozen=True):
    """A column of nodes or edges: its name, its type (`string`, `integer`, `double`, `boolean`) and what it holds."""

    name: str
    type: str
    about: str


class Node(Struct, frozen=True):
    """`values` are those of the graph's node fields; `spells` is when it is there, empty for always."""

    id: str
    label: str
    values: tuple[Value, ...]
    spells: tuple[Spell, ...] = ()


class Edge(Struct, frozen=True):
    """An edge between two nodes by their ids; the other fields are as a node's."""

    id: str
    source: str
    target: str
    weight: float
    values: tuple[Value, ...]
    spells: tuple[Spell, ...] = ()
    kind: str | None = None
    """Tells edges between the same two nodes apart: the role."""


class Graph(Struct, frozen=True):
    """A view of the network. `facts` says of the whole how it was made; `nodes` and `edges` are read once."""

    facts: tuple[tuple[str, str], ...]
    node_fields: tuple[Field, ...]
    edge_fields: tuple[Field, ...]
    nodes: Iterable[Node]
    edges: Iterable[Edge]


PARTY_FIELDS = (
    Field("kind", "string", "party or statement"),
    Field("resolved", "boolean", "whether a party's name could be tied to an entity"),
    Field("type", "string", "person, organization, …; of a statement its genre"),
    Field("names", "string", "as the sources print them"),
    Field("alone", "integer", "statements that the party made alone"),
    Field("together", "integer", "statements that it made together with others"),
    Field("first", "string", "EDTF: the first of its statements"),
    Field("last", "string", "EDTF: the last of them"),
)
STATEMENT_FIELDS = (
    Field("document", "string", "a statement's document"),
    Field("statement", "string", "its id in the document"),
    Field("issued", "string", "EDTF"),
    Field("publisher", "string", "of the document"),
    Field("parties", "integer", "how many made the statement"),
    Field("addresses", "string", "permanent addresses of the statements"),
)
MEMBER_FIELDS = (
    Field("role", "string", "what the party has to do with the statement"),
    Field("hand", "boolean", "whether it is a person who signs for the body that issues"),
    Field("name", "string", "as printed"),
    Field("words", "string", "the exact words that say so"),
    Field("spans", "string", "where they stand: code points of the document's text, half-open"),
    Field("statements", "string", "key of the statement: document/statement"),
    Field("addresses", "string", "permanent address of the words, or of the statement"),
)
PAIR_FIELDS = (
    Field("times", "integer", "statements that both made together"),
    Field("rule", "string", "what the weight was counted by"),
    Field("first", "string", "EDTF: the first of them"),
    Field("last", "string", "EDTF: the last of them"),
    Field("undated", "integer", "how many of them bear no date"),
    Field("source_without", "integer", "statements of the source without the target"),
    Field("target_without", "integer", "statements of the target without the source"),
    Field("statements", "string", "keys of the statements: document/statement"),
    Field("addresses", "string", "permanent addresses of the statements"),
)


def bipartite(network: Network, pairs: Pairs) -> Graph:
    """Parties and statements, an edge a role: nothing of the hyperedge is lost."""
    return Graph(
        (*facts(network), ("view", "bipartite: an edge joins a party to a statement that it made")),
        PARTY_FIELDS + STATEMENT_FIELDS,
        MEMBER_FIELDS,
        _both_nodes(network),
        (edge for statement in network.statements for edge in _roles(statement)),
    )


def projection(network: Network, pairs: Pairs) -> Graph:
    """Parties alone, an edge a pair, weighted by the rule of `pairs`."""
    rule = pairs.rule
    return Graph(
        (
            *facts(network),
            ("view", "pairs: an edge joins two parties that made a statement together"),
            ("rule", rule.name),
            ("formula", rule.formula),
            ("meaning", rule.meaning),
            ("origin", rule.origin),
            ("too_large", f"{pairs.too_large} statements of too many parties are in no pair"),
        ),
        PARTY_FIELDS,
        PAIR_FIELDS,
        _paired_nodes(network, pairs),
        (_pair(pair, rule.name) for pair in sorted(pairs.pairs, key=lambda pair: (pair.first, pair.second))),
    )


VIEWS: dict[str, Callable[[Network, Pairs], Graph]] = {"bipartite": bipartite, "pairs": projection}
"""The views by name."""


def facts(network: Network) -> Iterator[tuple[str, str]]:
    """What holds of the whole network, whatever the view."""
    counted = network.counted
    yield "roles", APART.join(network.roles)
    yield "hands", "persons who sign for a body are " + ("parties too" if network.hands else "no parties of their own")
    yield "period", network.period.value if network.period else "all"
    yield "joint", str(counted.joint)
    yield "unresolved", str(counted.unresolved)
    yield "left_out", f"{counted.over_border} over a border, {counted.outside} outside, {counted.undated} undated"


def spell(issued: str | None) -> tuple[Spell, ...]:
    """When a statement was made, as the days that its date may mean; nothing where it has none."""
    day = _day(issued)
    if day is None:
        return ()
    low = None if day.low == date.min else day.low.isoformat()
    high = None if day.high == date.max else day.high.isoformat()
    return ((low, high),)


def _day(issued: str | None) -> PartialDate | None:
    if issued is None:
        return None
    try:
        return PartialDate.parse(issued)
    except ValueError:
        return None


def _both_nodes(network: Network) -> Iterator[Node]:
    yield from _party_nodes(network, {e for statement in network.statements for e in _all_entities(statement)})
    for statement in network.statements:
        yield _statement_node(statement)
        for at, member in enumerate(statement.members):
            if member.entity is None:
                own = ("party", False, None, member.name, None, None, statement.issued, statement.issued)
                empty = (None,) * len(STATEMENT_FIELDS)
                yield Node(unresolved_id(statement, at), member.name, own + empty, spell(statement.issued))


def _from_first_to_last(extent: Extent) -> tuple[Spell, ...]:
    """From the first day of the first statement to the last day of the last."""
    first, last = spell(extent.first), spell(extent.last)
    return ((first[0][0], last[0][1]),) if first and last else ()


def _all_entities(statement: JointStatement) -> Iterator[str]:
    return (member.entity for member in statement.members if member.entity is not None)


def unresolved_id(statement: JointStatement, at: int) -> str:
    """Id of the node of a member without an entity: it is this statement's, and no other's."""
    return f"{statement.key}/{at}"


def _party_nodes(network: Network, wanted: set[str], more: int = len(STATEMENT_FIELDS)) -> Iterator[Node]:
    """The nodes of entities; hands, which are no parties of the network, have only their id and name."""
    known = {party.entity: party for party in network.parties}
    hands = {m.entity: m.name for s in network.statements for m in s.members if m.entity is not None and m.hand}
    for entity in sorted(wanted):
        if party := known.get(entity):
            own: tuple[Value, ...] = (
                "party", True, party.type, APART.join(party.names), party.alone, party.together, party.extent.first,
                party.extent.last,
            )  # fmt: skip
            yield Node(entity, party.name, own + (None,) * more, _from_first_to_last(party.extent))
        else:
            name = hands.get(entity, entity)
            yield Node(entity, name, ("party", True, "person", name, 0, 0, None, None) + (None,) * more)


def _paired_nodes(network: Network, pairs: Pairs) -> Iterator[Node]:
    return _party_nodes(network, {entity for pair in pairs.pairs for entity in (pair.first, pair.second)}, 0)


def _statement_node(statement: JointStatement) -> Node:
    own: tuple[Value, ...] = ("statement", None, statement.genre, None, None, None, statement.issued, statement.issued)
    rest: tuple[Value, ...] = (
        statement.document, statement.statement, statement.issued, statement.publisher, len(statement.parties()),
        statement.address,
    )  # fmt: skip
    return Node(statement.key, statement.title or statement.key, own + rest, spell(statement.issued))


def _roles(statement: JointStatement) -> Iterator[Edge]:
    for at, member in enumerate(statement.members):
        values: tuple[Value, ...] = (
            member.role, member.hand, member.name, member.words, spans(member), statement.key, place(statement, member),
        )  # fmt: skip
        party = member.entity or unresolved_id(statement, at)
        yield Edge(f"{statement.key}/{at}", party, statement.key, 1.0, values, spell(statement.issued), member.role)


def spans(member: Member) -> str:
    """The words' places as `15-31 40-52`."""
    return GLUE.join(f"{start}-{end}" for start, end in member.spans)


def place(statement: JointStatement, member: Member) -> str:
    """The permanent address of the words that give a member its role; of the statement, where there are none."""
    if not member.spans:
        return statement.address
    return address(statement.document, min(member.spans)[0], max(span[1] for span in member.spans))


def _pair(pair: Pair, rule: str) -> Edge:
    values: tuple[Value, ...] = (
        pair.statements, rule, pair.extent.first, pair.extent.last, pair.extent.undated, pair.first_without,
        pair.second_without, GLUE.join(pair.keys), GLUE.join(pair.addresses),
    )  # fmt: skip
    return Edge(f"{pair.first}--{pair.second}", pair.first, pair.second, pair.weight, values, pair_spells(pair))


def pair_spells(pair: Pair) -> tuple[Spell, ...]:
    """The days of all its statements, each once, in order."""
    found = {each for issued in pair.dates for each in spell(issued)}
    return tuple(sorted(found, key=lambda each: (each[0] or "", each[1] or "~")))


def of(view: str, network: Network, pairs: Pairs) -> Graph:
    """The graph of a view by its name, one of VIEWS."""
    return VIEWS[view](network, pairs)


def cells(fields: Sequence[Field], values: Sequence[Value]) -> Iterator[tuple[Field, str]]:
    """The values that are known, as text."""
    for field, value in zip(fields, values, strict=True):
        if value is not None:
            yield field, str(value).lower() if isinstance(value, bool) else str(value)
