"""The network as flat tables: parties, statements, memberships (who has which role in which), pairs.

Each row carries the permanent addresses of the statements it stands for. `memberships` joins the other tables: its
`statement` is the key of `statements`, its `entity` that of `parties`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from onrecord.export.graph import place
from onrecord.export.tables import Column, Row
from onrecord.hypergraph import Network, Pairs


class NetworkTable(Struct, frozen=True):
    """A table: its columns, and what gives its rows, a value a column."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Network, Pairs], Iterator[Row]]

    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _columns(**about: str) -> tuple[Column, ...]:
    return tuple(Column(name, text) for name, text in about.items())


def _parties(network: Network, pairs: Pairs) -> Iterator[Row]:
    for party in network.parties:
        roles = tuple(f"{role} {number}" for role, number in party.roles)
        yield (
            party.entity, party.name, party.type, party.names, party.statements, party.alone, party.together,
            party.others, party.extent.first, party.extent.last, party.extent.undated, roles, " ".join(party.addresses),
        )  # fmt: skip


def _statements(network: Network, pairs: Pairs) -> Iterator[Row]:
    for one in network.statements:
        parties = one.parties()
        yield (
            one.key, one.document, one.statement, one.issued, one.genre, one.title, one.publisher, len(parties),
            sum(member.entity is None for member in parties), tuple(member.name for member in parties), one.address,
        )  # fmt: skip


def _memberships(network: Network, pairs: Pairs) -> Iterator[Row]:
    names = network.names()
    for one in network.statements:
        for member in one.members:
            yield (
                one.key, one.document, one.issued, member.entity, names.get(member.entity or ""), member.name,
                member.role, member.hand, member.words or None, member.spans, place(one, member),
            )  # fmt: skip


def _pairs(network: Network, pairs: Pairs) -> Iterator[Row]:
    names = network.names()
    for pair in pairs.pairs:
        yield (
            pair.first, names.get(pair.first), pair.second, names.get(pair.second), pair.weight, pairs.rule.name,
            pairs.rule.formula, pair.statements, pair.extent.first, pair.extent.last, pair.extent.undated,
            pair.first_without, pair.second_without, " ".join(pair.keys), " ".join(pair.addresses),
        )  # fmt: skip


_DATED = {"first": "EDTF: the first", "last": "EDTF: the last", "undated": "how many bear no date"}
_ALL = (
    NetworkTable(
        "parties",
        "one row an entity that made a statement",
        _columns(
            entity="its id in the archive",
            name="the most frequent",
            type="of entity",
            names="as the sources print them",
            statements="how many it made",
            alone="how many of them alone",
            together="how many with others",
            others="with how many other entities",
            **_DATED,
            roles="each with how often",
            addresses="permanent addresses of its statements, by date",
        ),
        _parties,
    ),
    NetworkTable(
        "statements",
        "one row a joint statement, by date",
        _columns(
            statement="its key: document/id",
            document="the document's id",
            id="its id in the document",
            issued="EDTF",
            genre="its genre",
            title="the document's",
            publisher="the document's",
            number="how many parties made it",
            unresolved="how many of them could not be tied to an entity",
            parties="names as printed",
            address="its permanent address",
        ),
        _statements,
    ),
    NetworkTable(
        "memberships",
        "one row a role that a party has in a joint statement",
        _columns(
            statement="its key: document/id",
            document="the document's id",
            issued="EDTF",
            entity="the party's id in the archive; empty where unresolved",
            party="the name to show for the entity",
            name="as printed",
            role="what it has to do with the statement",
            hand="whether it is a person who signs for the body that issues",
            words="the exact words that say so",
            spans="where they stand: code points of the document's text, half-open",
            address="permanent address of the words, or of the statement",
        ),
        _memberships,
    ),
    NetworkTable(
        "pairs",
        "one row two entities that made a statement together, heaviest first",
        _columns(
            first_entity="id in the archive",
            first_name="the name to show",
            second_entity="id in the archive",
            second_name="the name to show",
            weight="by the rule",
            rule="its name",
            formula="what a statement of n parties adds",
            statements="how many they made together",
            **_DATED,
            first_without="statements of the first without the second",
            second_without="statements of the second without the first",
            keys="of the statements: document/id",
            addresses="permanent addresses of the statements, by date",
        ),
        _pairs,
    ),
)
TABLES: dict[str, NetworkTable] = {table.name: table for table in _ALL}
"""All tables by name, in the order in which they are offered."""
