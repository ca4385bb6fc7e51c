"""Reading who is one under which names: groups, the evidence behind them, the registry's entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from onrecord.model import Entity, Link, entity_id
from onrecord.store.naming import entry_names
from onrecord.store.view import PAGE, View, marks
from onrecord.text.names import folded

_PARTY = (
    "SELECT DISTINCT g.id FROM entities e CROSS JOIN entities g ON g.number = coalesce(e.party, e.number)"
    " WHERE e.id IN (%s)"
)
_MEMBERS = (
    "SELECT g.id, m.id FROM entities g CROSS JOIN entities m ON m.party = g.number WHERE g.id IN (%s)"
    " UNION SELECT id, id FROM entities WHERE id IN (%s) ORDER BY 2"
)


class Spelling(Struct, frozen=True):
    """A name as the sources print it, and in how many documents."""

    name: str
    documents: int


class PartyNames(Struct, frozen=True, kw_only=True):
    """One party under all its names. `links` is the evidence between its members; what people decided is the ledger's.

    `entry` is the JSON of the registry's entry; `None` where the registry has none.
    """

    id: str
    type: str | None
    name: str
    """The registry's where it has one, else the name that most documents print."""
    members: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    links: tuple[Link, ...]
    entry: str | None = None


def stands_for(view: View, ids: Iterable[str]) -> dict[str, str]:
    """Of these entities those that belong to another's group, each with the one that stands for it."""
    query = "SELECT e.id, p.id FROM entities e CROSS JOIN entities p ON p.number = e.party WHERE e.id IN (%s)"
    return dict(view.among(query, list(ids)))


def members(view: View, ids: Collection[str]) -> dict[str, list[str]]:
    """The groups that these entities belong to: the one that stands for it, and all its members, itself too."""
    found: dict[str, list[str]] = {}
    heads = list(dict.fromkeys(row[0] for row in view.among(_PARTY, list(ids))))
    for at in range(0, len(heads), PAGE):
        some = heads[at : at + PAGE]
        for party, member in view.rows(_MEMBERS % (marks(some), marks(some)), (*some, *some)):
            found.setdefault(party, []).append(member)
    return found


def parties(view: View, ids: Collection[str]) -> dict[str, PartyNames]:
    """The parties that these entities are, by the ids asked for; unknown ids are left out."""
    with view.snapshot():
        groups = members(view, ids)
        every = [member for group in groups.values() for member in group]
        rows = {row[0]: row[1:] for row in view.among(_ENTITY, every)}
        spelled: dict[str, list[Spelling]] = {}
        for entity, name, documents in view.among(_SPELLINGS, every):
            spelled.setdefault(entity, []).append(Spelling(name, documents))
        links: dict[str, list[Link]] = {}
        for row in view.among(_LINKS, every):
            links.setdefault(row[0], []).append(Link(*row))
        heads = stands_for(view, ids)
        made = {party: _party(party, group, rows, spelled, links) for party, group in groups.items()}
        return {name: made[heads.get(name, name)] for name in ids if heads.get(name, name) in made}


def labels(view: View, ids: Collection[str]) -> dict[str, str]:
    """The name that each of these entities has by itself, whatever party it is; unknown ids are left out."""
    spelled: dict[str, list[str]] = {}
    for entity, name, _ in sorted(view.among(_SPELLINGS, list(ids)), key=lambda row: (-row[2], row[1])):
        spelled.setdefault(entity, []).append(name)
    return {
        name: (_label(kind, [name], spelled.get(name, [])) if entry is None else None) or label
        for name, kind, label, entry in view.among(_ENTITY, list(ids))
    }


def named(view: View, ids: Collection[str]) -> list[Entity]:
    """These entities, each by the name that it has by itself; those of no known type are left out."""
    called = labels(view, ids)
    kinds = {name: kind for name, kind, _, _ in view.among(_ENTITY, list(ids)) if kind is not None}
    return [Entity(name, called[name], kind, (called[name],)) for name, kind in sorted(kinds.items())]


def as_entity(party: PartyNames) -> Entity:
    """A party as the record's type: all its names, those that most documents print first."""
    names = tuple(spelling.name for spelling in party.spellings)
    return Entity(party.id, party.name, party.type, names or (party.name,))  # type: ignore[arg-type]


_ENTITY = (
    "SELECT e.id, e.type, e.name, r.entry FROM entities e LEFT JOIN registry r ON r.entity = e.number"
    " WHERE e.id IN (%s)"
)
_SPELLINGS = (
    "SELECT e.id, s.name, s.documents FROM entities e CROSS JOIN spellings s ON s.entity = e.number WHERE e.id IN (%s)"
)
_LINKS = (
    "SELECT a.id, b.id, l.rule, l.score, l.reason FROM entities a CROSS JOIN links l ON l.one = a.number"
    " CROSS JOIN entities b ON b.number = l.other WHERE a.id IN (%s) ORDER BY a.id, b.id"
)


def _party(
    party: str,
    group: Collection[str],
    rows: Mapping[str, tuple[str | None, str, str | None]],
    spelled: Mapping[str, list[Spelling]],
    links: Mapping[str, list[Link]],
) -> PartyNames:
    documents: Counter[str] = Counter()
    group = frozenset(group)
    for member in group:
        for spelling in spelled.get(member, ()):
            documents[spelling.name] += spelling.documents
    ordered = sorted(documents.items(), key=lambda item: (-item[1], item[0]))
    kind, label, entry = rows[party]
    if entry is None:
        label = _label(kind, group, [name for name, _ in ordered]) or label
    return PartyNames(
        id=party,
        type=kind,
        name=label,
        members=tuple(sorted(group)),
        spellings=tuple(Spelling(name, number) for name, number in ordered),
        links=tuple(link for member in sorted(group) for link in links.get(member, ()) if link.other in group),
        entry=entry,
    )


def _label(kind: str | None, group: Collection[str], names: Sequence[str]) -> str | None:
    """The most frequent name that is a member's own, not a short form of it; else the longest."""
    own = (name for name in names if kind is not None and entity_id(kind, folded(name)) in group)
    return next(own, None) or max(names, key=len, default=None)


def every_name(view: View) -> Iterator[tuple[str, str]]:
    """Each name that documents print or the registry gives, with the id of the entity. Streams."""
    query = "SELECT e.id, s.name FROM spellings s CROSS JOIN entities e ON e.number = s.entity"
    yield from view.stream(query)
    for name, entry in registry(view):
        yield from ((name, alias) for alias in entry_names(entry))


def in_blocks(view: View, blocks: Collection[str], most: int = -1) -> list[str]:
    """The entities that stand in one of these blocks; of each few hundred blocks at most `most`."""
    query = "SELECT DISTINCT e.id FROM blocks b CROSS JOIN entities e ON e.number = b.entity WHERE b.block IN (%s)"
    return [row[0] for row in view.among(f"{query} LIMIT {most}", list(blocks))]


def registry(view: View) -> Iterator[tuple[str, str]]:
    """The registry's entries, by id: the id, and the entry as JSON."""
    return view.stream(
        "SELECT e.id, r.entry FROM registry r CROSS JOIN entities e ON e.number = r.entity ORDER BY e.id"
    )


def grouped_parties(view: View) -> Iterator[str]:
    """The ids of entities that stand for others too, in order. Streams."""
    query = "SELECT id FROM entities WHERE number IN (SELECT party FROM entities WHERE party IS NOT NULL) ORDER BY id"
    return (row[0] for row in view.stream(query))


def merged(view: View) -> dict[int, int]:
    """The numbers of entities that are one with another, each with the one that stands for it."""
    return dict(view.rows("SELECT number, party FROM entities WHERE party IS NOT NULL"))


def every_party(view: View) -> Iterator[str]:
    """The ids of all entities that stand for themselves and that documents name, in order. Streams."""
    query = (
        "SELECT e.id FROM entities e WHERE e.party IS NULL AND (EXISTS (SELECT 1 FROM spellings s WHERE"
        " s.entity = e.number) OR EXISTS (SELECT 1 FROM entities m WHERE m.party = e.number)) ORDER BY e.id"
    )
    return (row[0] for row in view.stream(query))


def alive(view: View, ids: Collection[str]) -> set[str]:
    """Of these entities those that a document or the registry names."""
    query = (
        "SELECT e.id FROM entities e WHERE e.id IN (%s) AND (e.number IN (SELECT entity FROM registry)"
        " OR EXISTS (SELECT 1 FROM spellings s WHERE s.entity = e.number))"
    )
    return {row[0] for row in view.among(query, list(ids))}
