"""Who stands together with whom: the joint statements of a stretch of time, from the tables.

A joint statement is one thing with all its parties (a hyperedge); pairs are a view of it. What is too much for a page
is cut at the latest statements and at the parties that stand in most of them, and the answer says of how many.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from onrecord import analyse, store
from onrecord.errors import MetadataError
from onrecord.hypergraph import JointStatement, Member, Pairs, RuleName
from onrecord.naming import Names
from onrecord.networks import Together, together
from onrecord.text.address import address
from onrecord.workbench.bins import Bin, bins
from onrecord.workbench.records import records
from onrecord.workbench.who import Called, Period, Who, among, called, heads, period, who

Order = Literal["first", "number", "closeness"]
ORDERS: tuple[Order, ...] = get_args(Order)
COLUMNS = 150
"""Statements that a picture shows, the latest."""
ROWS = 60
"""Parties that it shows, those that stand in most of these statements."""
COUNTED = 300
"""Statements of which pairs are counted, the latest."""
CELLS = 30
"""Parties of a matrix."""
LARGEST = 100
"""Parties of a statement that is still broken into pairs."""


class Question(Struct, frozen=True, kw_only=True):
    """Which joint statements: those of any of `parties`, of them those made with `other` too, within `period`."""

    parties: tuple[Who, ...] = ()
    other: Who | None = None
    period: Period = Period()
    order: Order = "first"
    rule: RuleName = "1/(n-1)"


class Row(Struct, frozen=True):
    """A party, and in how many of the statements shown it stands."""

    party: Called
    statements: int


class Shown(Struct, frozen=True, kw_only=True):
    """What a picture shows: `statements` by date, the parties in order, and what is left out."""

    statements: tuple[JointStatement, ...]
    total: int
    """Joint statements that were asked for."""
    rows: tuple[Row, ...]
    parties: int
    """Parties, known by an entity, of the statements shown: more than there are rows where they do not fit."""
    unresolved: int
    """Parties of the statements shown whose name could not be tied to an entity: counted in the columns, in no row."""
    bins: tuple[Bin, ...]
    """All joint statements of the parties asked for over time, within the period and without."""
    spanning: int
    """Of these with a date that spans the bins' months, or with none: in no bin."""


class PairsCounted(Struct, frozen=True, kw_only=True):
    """Pairs, heaviest first, with the rule by which they were counted, in the latest of `total` statements."""

    pairs: Pairs
    called: dict[str, Called]
    total: int
    read: int
    """Statements of which they were counted."""


def question(
    view: store.View,
    parties: Sequence[str] = (),
    other: str | None = None,
    since: str | None = None,
    until: str | None = None,
    order: str | None = None,
    rule: str | None = None,
) -> Question:
    """The question with its parties found. Raises NotFound, MetadataError."""
    for what, value, known in (("order", order, ORDERS), ("rule", rule, analyse.RULES)):
        if value and value not in known:
            raise MetadataError(f"There is no {what} {value[:60]!r}. Take one of: {', '.join(known)}.")
    found = {party.id: party for party in (who(view, each) for each in dict.fromkeys(parties))}
    return Question(
        parties=tuple(found.values()),
        other=who(view, other) if other else None,
        period=period(since, until),
        order=order or "first",  # type: ignore[arg-type]
        rule=rule or "1/(n-1)",  # type: ignore[arg-type]
    )


def shown(view: store.View, asked: Question, most: int = COLUMNS) -> Shown:
    """The latest statements asked for, as a picture shows them."""
    with view.snapshot():
        if asked.parties:
            rows = _of_parties(view, asked)
            keys, total = _chosen(asked, rows, most)
            months, rest = _by_month((low, high, 1) for _, _, low, high in rows)
        else:
            keys, total = _of_all(view, asked, most)
            months, rest = _by_month(view.rows("SELECT low, high, count(*) FROM together GROUP BY low, high"))
        statements = joint(view, keys)
        number = Counter(entity for statement in statements for entity in statement.entities())
        chosen = [entity for entity, _ in sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))][:ROWS]
        names = named(view, chosen)
        order = ordered(statements, [each for each in chosen if each in names], asked.order)
    return Shown(
        statements=statements,
        total=total,
        rows=tuple(Row(names[each], number[each]) for each in order),
        parties=len(number),
        unresolved=sum(member.entity is None for each in statements for member in each.parties()),
        bins=bins(months),
        spanning=rest,
    )


def counted(view: store.View, asked: Question, shown: Shown) -> PairsCounted:
    """The pairs of the statements shown, by the rule asked for."""
    party = frozenset(each.id for each in asked.parties)
    other = frozenset([asked.other.id]) if asked.other else frozenset()
    found = analyse.pairs(shown.statements, asked.rule, party, other, largest=LARGEST)
    names = named(view, {entity for pair in found.pairs for entity in (pair.first, pair.second)})
    return PairsCounted(pairs=found, called=names, total=shown.total, read=len(shown.statements))


def network(view: store.View, asked: Question, most: int) -> Together:
    """The network of the statements that a picture shows, read from their records: what a file of it holds."""
    with view.snapshot():
        keys = {statement.key for statement in joint(view, _latest(view, asked, most)[0])}
        documents = sorted({key.rpartition("/")[0] for key in keys})
        every = together(lambda ids: records(view, documents if ids is None else list(ids)), Names(view).called)
    kept = tuple(statement for statement in every.network.statements if statement.key in keys)
    entities = {member.entity for statement in kept for member in statement.members}
    parties = tuple(party for party in every.network.parties if party.entity in entities)
    counts = replace(every.network.counted, joint=len(kept))
    return Together(
        replace(every.network, statements=kept, parties=parties, counted=counts),
        lambda ids: records(view, list(ids or ())),
    )


# -- the tables --------------------------------------------------------------------------------------------------------

Key = tuple[int, int]
"""The number of a document, and the position of a statement in it."""


def _asked_for(asked: Question, bounded: bool = True) -> tuple[str, list[object]]:
    """The joint statements asked for as a table of document, statement, low and high, and its values."""
    limits, days = "", list[object]()
    if bounded and asked.period.bounded:
        limits, days = " AND t.low >= ? AND t.high <= ?", [asked.period.low, asked.period.high]
    if not asked.parties:
        return f"SELECT t.document, t.statement, t.low, t.high FROM together t WHERE 1{limits}", days
    numbers = [number for party in asked.parties for number in party.numbers]
    beside, others = "", list(asked.other.numbers) if asked.other else []
    if others:
        beside = (
            " AND EXISTS (SELECT 1 FROM makers o WHERE o.document = t.document AND o.statement = t.statement"
            f" AND NOT o.hand AND o.entity {among(others)})"
        )
    return (
        "SELECT DISTINCT t.document, t.statement, t.low, t.high FROM makers m CROSS JOIN together t"
        " ON t.document = m.document AND t.statement = m.statement"
        f" WHERE m.entity {among(numbers)} AND m.hand = 0{limits}{beside}"
    ), [*numbers, *days, *others]


Found = tuple[int, int, str | None, str | None]
"""A joint statement as the table has it: its document, position, first and last day."""


def _latest(view: store.View, asked: Question, most: int) -> tuple[list[Key], int]:
    """The latest statements asked for, and how many there are."""
    return _chosen(asked, _of_parties(view, asked), most) if asked.parties else _of_all(view, asked, most)


def _of_all(view: store.View, asked: Question, most: int) -> tuple[list[Key], int]:
    table, values = _asked_for(asked)
    [[total]] = view.rows(f"SELECT count(*) FROM ({table})", values)
    rows = view.rows(f"{table} ORDER BY t.low DESC, t.document DESC, t.statement DESC LIMIT ?", (*values, most))
    return [(row[0], row[1]) for row in rows], total


def _of_parties(view: store.View, asked: Question) -> list[Found]:
    """All statements of the parties asked for, whenever: a few thousand at most, read once."""
    return view.rows(*_asked_for(asked, bounded=False))


def _chosen(asked: Question, rows: Sequence[Found], most: int) -> tuple[list[Key], int]:
    low, high = asked.period.low, asked.period.high
    kept = [row for row in rows if (row[2] and row[2] >= low and (row[3] or "~") <= high) or not asked.period.bounded]
    kept.sort(key=lambda row: (row[2] or "", *row[:2]), reverse=True)
    return [(row[0], row[1]) for row in kept[:most]], len(kept)


def _by_month(rows: Iterable[tuple[str | None, str | None, int]]) -> tuple[dict[str, int], int]:
    """How many statements each month has, and how many are of no one month; from first and last days with counts."""
    months: dict[str, int] = {}
    rest = 0
    for low, high, number in rows:
        if low and high and low[:7] == high[:7]:
            months[low[:7]] = months.get(low[:7], 0) + number
        else:
            rest += number
    return months, rest


def joint(view: store.View, keys: Sequence[Key]) -> tuple[JointStatement, ...]:
    """These statements with their parties, by date. The words of a party are in its document, not in the tables."""
    wanted, numbers = set(keys), sorted({document for document, _ in keys})
    members: dict[Key, list[Sequence[Any]]] = {}
    made = "SELECT document, statement, entity, name, role, hand FROM makers WHERE document IN (%s)"
    for document, at, *member in view.among(made, numbers):
        members.setdefault((document, at), []).append(member)
    standing = heads(view, (member[0] for key in wanted for member in members.get(key, ()) if member[0] is not None))
    ids = dict(view.among("SELECT number, id FROM entities WHERE number IN (%s)", sorted(set(standing.values()))))
    said = (
        "SELECT s.document, s.position, d.id, s.id, s.issued, s.genre, d.title, d.publisher FROM documents d"
        " CROSS JOIN statements s ON s.document = d.number WHERE d.number IN (%s)"
    )
    found = [
        JointStatement(
            document, statement, issued,
            tuple(_member(each, standing, ids) for each in members.get((number, at), ())),
            genre, address(document), title, publisher,
        )
        for number, at, document, statement, issued, genre, title, publisher in view.among(said, numbers)
        if (number, at) in wanted
    ]  # fmt: skip
    return tuple(sorted(found, key=analyse.reading_order))


def _member(row: Sequence[Any], standing: dict[int, int], ids: dict[int, str]) -> Member:
    entity, name, role, hand = row
    party = None if entity is None else ids.get(standing.get(entity, entity))
    return Member(party, name, role, (), "", bool(hand))


def named(view: store.View, ids: Collection[str]) -> dict[str, Called]:
    """What these parties are called, by their ids."""
    numbers = dict(view.among("SELECT number, id FROM entities WHERE id IN (%s)", sorted(ids)))
    return {numbers[number]: each for number, each in called(view, numbers).items()}


# -- the order of rows -------------------------------------------------------------------------------------------------


def ordered(statements: Sequence[JointStatement], entities: Sequence[str], order: Order) -> list[str]:
    """Entities by their first statement, by how many they stand in, or so that those who often stand together are
    near one another."""
    places: dict[str, list[int]] = {entity: [] for entity in entities}
    for at, statement in enumerate(statements):
        for entity in statement.entities():
            if entity in places:
                places[entity].append(at)
    by_first = sorted(entities, key=lambda each: (places[each][:1] or [len(statements)], -len(places[each]), each))
    if order == "first":
        return by_first
    by_number = sorted(by_first, key=lambda each: -len(places[each]))
    held = {each: set(at) for each, at in places.items()}
    return by_number if order == "number" else chained(by_number, lambda one, two: likeness(held[one], held[two]))


def chained(entities: Sequence[str], alike: Callable[[str, str], float]) -> list[str]:
    """A chain that grows from the first by whichever is likest to one of its ends (of equals the first): next to one
    another stand those who are most alike."""
    chain, rest = deque(entities[:1]), list(entities[1:])
    head = tail = [alike(each, chain[0]) for each in rest] if rest else []
    while rest:
        one, other = max(head), max(tail)
        at = tail.index(other) if other >= one else head.index(one)
        kept = [each for place, each in enumerate(rest) if place != at]
        if other >= one:
            chain.append(rest[at])
            tail, head = [alike(each, chain[-1]) for each in kept], head[:at] + head[at + 1 :]
        else:
            chain.appendleft(rest[at])
            head, tail = [alike(each, chain[0]) for each in kept], tail[:at] + tail[at + 1 :]
        rest = kept
    return list(chain)


def likeness(one: set[int], other: set[int]) -> float:
    """Jaccard's index: what two share of all that either has."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0
