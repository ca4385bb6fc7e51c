"""Types of the network: joint statements as hyperedges, the pairs that are a view of them, windows of time.

They stand below `analyse`, which makes them, and `export`, which writes them. Dates are EDTF strings; addresses are
permanent ones (`text.address`); a statement's key is `document/statement`, unique in an archive. What a network has
hundreds of thousands of is made with `gc=False`, as in `model`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from onrecord.model import EntityType, Genre, PartyRole, Span

RuleName = Literal["hyperedge", "pair", "1/(n-1)"]


class Rule(Struct, frozen=True):
    """What one statement of n parties adds to each of its pairs, in a formula and in words, and where it comes from."""

    name: RuleName
    formula: str
    meaning: str
    origin: str


class Member(Struct, frozen=True, gc=False):
    """A party of a joint statement. `entity` is `None` where its name could not be tied to one."""

    entity: str | None
    name: str
    role: PartyRole
    spans: tuple[Span, ...]
    words: str = ""
    """The exact words of `spans`; ` … ` between parts that are not next to one another."""
    hand: bool = False
    """A person who writes or signs for a body that issues the statement: the pen, not a further party."""


class JointStatement(Struct, frozen=True, gc=False):
    """A hyperedge: one statement that at least two made together. `issued` is EDTF."""

    document: str
    statement: str
    issued: str | None
    members: tuple[Member, ...]
    genre: Genre | None = None
    address: str = ""
    """Where the statement stands: its segment, or the whole document."""
    title: str | None = None
    """The document's."""
    publisher: str | None = None
    """The document's."""

    @property
    def key(self) -> str:
        """What names this statement and no other of the archive."""
        return f"{self.document}/{self.statement}"

    def parties(self) -> tuple[Member, ...]:
        """Its members but for the hands."""
        return tuple(member for member in self.members if not member.hand)

    def entities(self) -> tuple[str, ...]:
        """The entities among its parties, each once, in the order of their ids."""
        return tuple(sorted({member.entity for member in self.parties() if member.entity is not None}))


class Extent(Struct, frozen=True, gc=False):
    """The first and last time of several statements, as their dates are written, and how many bear no date.

    First is the one that may lie earliest, last the one that may lie latest.
    """

    first: str | None
    last: str | None
    undated: int


class Pair(Struct, frozen=True, gc=False):
    """Two entities (ids in order), the weight by the rule, and in how many statements they stand together."""

    first: str
    second: str
    weight: float
    statements: int
    extent: Extent = Extent(None, None, 0)
    first_without: int = 0
    """Statements that the first made without the second: alone, or with others."""
    second_without: int = 0
    keys: tuple[str, ...] = ()
    """Of the statements they stand in together, by date."""
    addresses: tuple[str, ...] = ()
    """Of the same, in the same order."""
    dates: tuple[str | None, ...] = ()
    """Of the same, in the same order, as EDTF."""


class Pairs(Struct, frozen=True):
    """The pairs, heaviest first, with the rule by which they were counted."""

    rule: Rule
    statements: int
    """Joint statements with at least two entities: what the weights are made of."""
    unresolved: int
    """Parties that are in no pair since their name could not be tied to an entity."""
    pairs: tuple[Pair, ...]
    too_large: int = 0
    """Joint statements of so many entities that they were not broken into pairs."""
    names: dict[str, str] = {}
    """The name to show for each entity."""


class Window(Struct, frozen=True):
    """A stretch of days with a name: `value` is its EDTF, `low` and `high` its first and last day."""

    name: str
    value: str
    low: date
    high: date


Placing = Literal["within", "over-border", "outside", "undated"]
"""How a date lies to a window: surely within it, perhaps, surely not; or there is no date that can be read."""


class PartyCount(Struct, frozen=True, kw_only=True):
    """An entity that made statements: how many, alone or together, with how many others, from when to when."""

    entity: str
    name: str
    """The most frequent of its names, one in capitals only where there is no other."""
    type: EntityType | None
    names: tuple[str, ...]
    alone: int
    together: int
    others: int
    """Entities that it stands in a pair with; statements of too many to be broken into pairs add none."""
    roles: tuple[tuple[PartyRole, int], ...]
    extent: Extent
    addresses: tuple[str, ...]
    """Of all its statements, by date."""

    @property
    def statements(self) -> int:
        """How many it made."""
        return self.alone + self.together


class Counted(Struct, frozen=True, kw_only=True):
    """What was read, and what of it is in the network."""

    documents: int
    joint: int
    """Statements by at least two parties: the hyperedges."""
    alone: int
    """Statements by one party."""
    unnamed: int
    """Statements that name nobody in the roles that count."""
    over_border: int
    """Left out: their date may lie within the period that was asked for, or may not."""
    outside: int
    """Left out: dated outside the period."""
    undated: int
    """Left out, where a period was asked for: they bear no date that can be read."""
    unresolved: int
    """Parties of joint statements whose name could not be tied to an entity."""
    hands: int
    """Persons who sign for the body that issues: no parties of their own, unless asked for."""


class Network(Struct, frozen=True, kw_only=True):
    """Who speaks together with whom: the hyperedges by date, and their parties by how much they said."""

    roles: tuple[PartyRole, ...]
    """The roles in which a party makes a statement its own."""
    hands: bool
    """Whether persons who sign for a body count as parties too."""
    period: Window | None
    counted: Counted
    statements: tuple[JointStatement, ...]
    parties: tuple[PartyCount, ...]

    def names(self) -> dict[str, str]:
        """The name to show for each entity."""
        return {party.entity: party.name for party in self.parties}


class WindowCount(Struct, frozen=True):
    """What lies in a window: its joint statements and their pairs."""

    name: str
    value: str
    """EDTF."""
    statements: int
    qualified: int
    """How many of them have a date that its source calls uncertain (`?`) or approximate (`~`)."""
    parties: int
    pairs: tuple[Pair, ...]
    addresses: tuple[str, ...]


class Windows(Struct, frozen=True, kw_only=True):
    """Joint statements by window, and those that are in none. The four counts add up to all joint statements."""

    cut: str
    """`month`, `year` or `events`."""
    rule: Rule
    within: int
    """In at least one window; windows that overlap may share a statement."""
    over_border: int
    """Their date may lie in a window, or may not: it spans a border."""
    outside: int
    """Surely in no window."""
    undated: int
    windows: tuple[WindowCount, ...]
    names: dict[str, str]


class Measure(Struct, frozen=True):
    """A measure of the graph of pairs: what it is, where it comes from, and with which parameters it was taken."""

    name: str
    formula: str
    meaning: str
    origin: str
    parameters: dict[str, str | int | float | bool | None] = {}


class Central(Struct, frozen=True):
    """A party's value of a measure."""

    entity: str
    name: str
    value: float


class Centrality(Struct, frozen=True):
    """The parties by a measure, highest first, and the rule that gave the weights."""

    measure: Measure
    rule: Rule
    parties: tuple[Central, ...]


class Community(Struct, frozen=True):
    """Parties that speak together more than with others; `addresses` are the statements that two of them made."""

    number: int
    parties: tuple[Central, ...]
    """By strength within the community."""
    addresses: tuple[str, ...]


class Communities(Struct, frozen=True):
    """A partition of the graph of pairs, largest first, and how good it is."""

    measure: Measure
    rule: Rule
    modularity: float
    """From -0.5 to 1; Newman and Girvan 2004."""
    communities: tuple[Community, ...]
