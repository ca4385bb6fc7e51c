"""The tables of names: what is spelled how, which entities are compared, what links them, who stands for whom.

Functions of a writing connection, called inside the writer's transactions. Entities have numbers here and ids outside.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from onrecord.model import Judgement, Link, Named
from onrecord.store.rows import STANDING, Row, judgement_from

IN = 500
"""Values asked for at once."""


class Spelled(Struct, frozen=True, gc=False):
    """The part of model.Annotations that names entities."""

    class Entity(Struct, frozen=True, gc=False):
        id: str
        names: tuple[str, ...]

    entities: tuple[Entity, ...] = ()


class Alias(Struct, frozen=True, gc=False):
    name: str


class Entry(Struct, frozen=True, gc=False):
    """The part of a registry's entry that names it; what else it holds is the registry's own business."""

    name: str
    aliases: tuple[Alias, ...] = ()


_spelled = msgspec.json.Decoder(Spelled)
_entry = msgspec.json.Decoder(Entry)


def spelled(facts: str) -> Iterator[tuple[str, str]]:
    """Each name of each entity in stored facts, without reading the rest of them."""
    for entity in _spelled.decode(facts).entities:
        for name in dict.fromkeys(entity.names):
            yield entity.id, name


def entry_names(entry: str) -> tuple[str, ...]:
    """The names of a registry's entry, its main one first, each once."""
    found = _entry.decode(entry)
    return tuple(dict.fromkeys([found.name, *(alias.name for alias in found.aliases)]))


class NameTables:
    """Inside one transaction. Nothing is remembered between calls. `changed` is to be told of what a reader sees."""

    def __init__(self, connection: sqlite3.Connection, changed: Callable[[], None] = lambda: None) -> None:
        self._db = connection
        self._changed = changed

    # -- what is spelled how -------------------------------------------------------------------------------------------

    def count(self, change: Counter[tuple[int, str]]) -> None:
        """Book how many documents more or fewer spell an entity so; whoever gains or loses a name is to be resolved."""
        self._db.executemany(
            "INSERT INTO spellings VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET documents = documents + excluded.documents",
            [(entity, name, number) for (entity, name), number in change.items() if number],
        )
        self._db.executemany(
            "DELETE FROM spellings WHERE entity = ? AND name = ? AND documents = 0",
            [pair for pair, number in change.items() if number < 0],
        )

    def forget(self, document: int) -> None:
        """Take the names of a document's facts out of the count, before the facts go."""
        gone: Counter[tuple[int, str]] = Counter()
        gone.subtract(self.spelled_in(document))
        self.count(gone)

    def spelled_in(self, document: int) -> Iterator[tuple[int, str]]:
        """The numbers and names of the entities that a document's stored facts name."""
        row = self._db.execute("SELECT facts FROM annotations WHERE document = ?", (document,)).fetchone()
        for entity, name in spelled(row[0]) if row else ():
            [number] = self._db.execute("SELECT number FROM entities WHERE id = ?", (entity,)).fetchone()
            yield number, name

    def recount(self) -> None:
        """Count anew how many documents spell an entity so, from the facts, and have all entities resolved again."""
        self._db.execute("DELETE FROM spellings")
        self._db.execute(
            "INSERT INTO spellings SELECT e.number, n.value, count(DISTINCT a.document)"
            " FROM annotations a, json_each(a.facts, '$.entities') f, json_each(f.value, '$.names') n"
            " CROSS JOIN entities e ON e.id = json_extract(f.value, '$.id') GROUP BY e.number, n.value"
        )
        self._db.execute("INSERT OR IGNORE INTO unresolved SELECT number FROM entities")

    def touch(self, ids: Collection[str]) -> None:
        """Have entities resolved again: something was judged of them."""
        self._db.executemany(
            "INSERT OR IGNORE INTO unresolved SELECT number FROM entities WHERE id = ?", [(name,) for name in ids]
        )

    def comparison(self, version: str) -> None:
        """What compares names from now on; where it is another than before, every entity is to be resolved again."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'comparison'").fetchone()
        if row is None or row[0] != version:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('comparison', ?)", (version,))
            self._db.execute("INSERT OR IGNORE INTO unresolved SELECT number FROM entities")

    def unresolved(self, limit: int) -> list[int]:
        """The numbers of entities to be resolved, at most `limit`."""
        rows = self._db.execute("SELECT entity FROM unresolved ORDER BY entity LIMIT ?", (limit,))
        return [row[0] for row in rows]

    def resolved(self, numbers: Iterable[int]) -> None:
        self._db.executemany("DELETE FROM unresolved WHERE entity = ?", [(number,) for number in numbers])

    def named(self, numbers: Collection[int]) -> dict[int, Named]:
        """Entities by their numbers: with the names of the registry where it has them, else with all that they have in
        documents, the most frequent first."""
        names: dict[int, list[str]] = {number: [] for number in numbers}
        query = "SELECT entity, name FROM spellings WHERE entity IN (%s) ORDER BY entity, documents DESC, name"
        for number, name in self._among(query, numbers):
            names[number].append(name)
        query = (
            "SELECT e.number, e.id, e.type, r.entry FROM entities e LEFT JOIN registry r ON r.entity = e.number"
            " WHERE e.number IN (%s)"
        )
        return {
            number: Named(name, kind, tuple(names[number]) if entry is None else entry_names(entry), entry is not None)
            for number, name, kind, entry in self._among(query, numbers)
        }

    # -- who is compared with whom, and what came of it ----------------------------------------------------------------

    def block(self, blocks: Mapping[int, Collection[str]]) -> None:
        """Put these blocks in the place of those that the entities were in."""
        self._db.executemany("DELETE FROM blocks WHERE entity = ?", [(number,) for number in blocks])
        rows = sorted((block, number) for number, found in blocks.items() for block in found)
        self._db.executemany("INSERT INTO blocks VALUES (?, ?)", rows)

    def neighbours(self, numbers: Collection[int]) -> set[tuple[int, int]]:
        """Pairs (the lesser number first) that share a block and of which one is among `numbers`.

        Blocks that begin with `?` ask and meet those that answer with `!`, not one another: thousands of documents may
        each have a ministry of their own, and only the registry can say who it is.
        """
        shared = (
            "SELECT DISTINCT min(b.entity, o.entity), max(b.entity, o.entity) FROM blocks b"
            " CROSS JOIN blocks o ON o.block = {other} AND o.entity <> b.entity WHERE b.entity IN (%s) AND {only}"
        )
        queries = (
            shared.format(other="b.block", only="substr(b.block, 1, 1) NOT IN ('?', '!')"),
            shared.format(other="'!' || substr(b.block, 2)", only="substr(b.block, 1, 1) = '?'"),
            shared.format(other="'?' || substr(b.block, 2)", only="substr(b.block, 1, 1) = '!'"),
        )
        return {(one, other) for query in queries for one, other in self._among(query, numbers)}

    def link(self, numbers: Collection[int], links: Iterable[Link]) -> set[int]:
        """Put these links in the place of all that touch one of `numbers`; returns whom the old ones led to."""
        before = {row[0] for query in _LINKED for row in self._among(query, numbers)}
        for column in ("one", "other"):
            self._db.executemany(f"DELETE FROM links WHERE {column} = ?", [(number,) for number in numbers])
        self._db.executemany(
            "INSERT INTO links SELECT a.number, b.number, ?, ?, ? FROM entities a, entities b"
            " WHERE a.id = ? AND b.id = ?",
            [(link.rule, link.score, link.reason, link.one, link.other) for link in links],
        )
        return before

    def near(self, numbers: Collection[int], pairs: Iterable[Link]) -> None:
        """Put these pairs of names in the place of all that touch one of `numbers`: they come near and join nothing."""
        for column in ("one", "other"):
            self._db.executemany(f"DELETE FROM near WHERE {column} = ?", [(number,) for number in numbers])
        self._db.executemany(
            "INSERT INTO near SELECT a.number, b.number, ?, ? FROM entities a, entities b WHERE a.id = ? AND b.id = ?",
            [(pair.score, pair.reason, pair.one, pair.other) for pair in pairs],
        )

    # -- who stands for whom -------------------------------------------------------------------------------------------

    def reached(self, numbers: Collection[int], judged: Mapping[str, Collection[str]]) -> dict[int, str]:
        """All entities, with their ids, whose group may change with these: over links, over what people `judged` the
        same (by ids), and through the groups as they are."""
        found: dict[int, str] = {}
        new = set(numbers)
        while new:
            ids = dict(self._among("SELECT number, id FROM entities WHERE number IN (%s)", new))
            found |= ids
            near = {row[0] for query in _NEAR for row in self._among(query, new)}
            said = {other for name in ids.values() for other in judged.get(name, ())}
            near |= {row[0] for row in self._among("SELECT number FROM entities WHERE id IN (%s)", said)}
            new = near - found.keys()
        return found

    def links_of(self, numbers: Collection[int]) -> list[Link]:
        """The links that begin at one of these."""
        query = (
            "SELECT a.id, b.id, l.rule, l.score, l.reason FROM links l CROSS JOIN entities a ON a.number = l.one"
            " CROSS JOIN entities b ON b.number = l.other WHERE l.one IN (%s)"
        )
        return [Link(*row) for row in self._among(query, numbers)]

    def alive(self, numbers: Collection[int]) -> set[str]:
        """The ids of those that a document or the registry names."""
        query = (
            "SELECT e.id FROM entities e WHERE e.number IN (%s) AND (EXISTS (SELECT 1 FROM spellings s WHERE"
            " s.entity = e.number) OR EXISTS (SELECT 1 FROM registry r WHERE r.entity = e.number))"
        )
        return {row[0] for row in self._among(query, numbers)}

    def side_by_side(self, numbers: Collection[int]) -> set[tuple[str, str]]:
        """Pairs of ids that sign, or sponsor, one statement side by side, so that they are two."""
        found: set[tuple[str, str]] = set()
        query = (
            "SELECT a.id, b.id FROM parties p CROSS JOIN parties o ON o.document = p.document"
            " AND o.statement = p.statement AND o.role = p.role AND o.entity <> p.entity"
            " CROSS JOIN entities a ON a.number = p.entity CROSS JOIN entities b ON b.number = o.entity"
            " WHERE p.role IN ('signatory', 'sponsor') AND p.entity IN (%s)"
        )
        for one, other in self._among(query, numbers):
            found.add((min(one, other), max(one, other)))
        return found

    def judgements(self) -> list[Judgement]:
        """What people decided of entities, as this transaction sees it."""
        query = f"{STANDING} WHERE j.kind = 'entities' ORDER BY j.number"
        return [judgement_from(row) for row in self._db.execute(query)]

    def setting(self, key: str) -> str | None:
        """What the archive keeps under this key, as this transaction sees it."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def types(self, ids: Collection[str]) -> dict[str, str]:
        """The types of those of these ids that documents name."""
        query = (
            "SELECT id, type FROM entities e WHERE id IN (%s) AND type IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM spellings s WHERE s.entity = e.number)"
        )
        return dict(self._among(query, ids))

    def registered(self, numbers: Collection[int]) -> set[str]:
        """The ids of those that the registry has."""
        query = "SELECT e.id FROM registry r CROSS JOIN entities e ON e.number = r.entity WHERE r.entity IN (%s)"
        return {row[0] for row in self._among(query, numbers)}

    def group(self, reached: Mapping[int, str], standing: Mapping[str, str]) -> int:
        """Enter who stands for whom among those reached; returns how many entities changed."""
        numbers = {name: number for number, name in reached.items()}
        before = dict(self._among("SELECT number, party FROM entities WHERE number IN (%s)", reached))
        rows = []
        for number, name in reached.items():
            party = numbers[standing[name]] if standing.get(name, name) != name else None
            if before[number] != party:
                rows.append((party, number))
        self._db.executemany("UPDATE entities SET party = ? WHERE number = ?", rows)
        if rows:
            self._changed()
        return len(rows)

    # -- the registry --------------------------------------------------------------------------------------------------

    def register(self, entries: Iterable[Row]) -> set[str]:
        """Put these entries (id, type, name, JSON) in the place of the registry's; returns the ids that changed."""
        query = "SELECT e.id, r.entry FROM registry r CROSS JOIN entities e ON e.number = r.entity"
        before = dict(self._db.execute(query).fetchall())
        after = {row[0]: row for row in entries}
        changed = {name for name, row in after.items() if before.get(name) != row[3]} | (before.keys() - after.keys())
        for name in sorted(changed):
            self._db.execute("DELETE FROM registry WHERE entity = (SELECT number FROM entities WHERE id = ?)", (name,))
            if name in after:
                _, kind, label, entry = after[name]
                self._db.execute(
                    "INSERT INTO entities (id, type, name) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                    " SET type = excluded.type, name = excluded.name"
                    " WHERE NOT EXISTS (SELECT 1 FROM spellings s WHERE s.entity = entities.number)",
                    (name, kind, label),
                )
                self._db.execute("INSERT INTO registry SELECT number, ? FROM entities WHERE id = ?", (entry, name))
        self.touch(changed)
        if changed:
            self._changed()
        return changed

    def _among(self, query: str, values: Collection[object]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query with `IN (%s)`, asked in parts: SQLite takes only so many values at once."""
        rest = iter(values)
        while page := list(islice(rest, IN)):
            yield from self._db.execute(query % ", ".join("?" * len(page)), page).fetchall()


_LINKED = ("SELECT other FROM links WHERE one IN (%s)", "SELECT one FROM links WHERE other IN (%s)")
_NEAR = (
    *_LINKED,
    "SELECT party FROM entities WHERE number IN (%s) AND party IS NOT NULL",
    "SELECT number FROM entities WHERE party IN (%s)",
)
"""What leads from entities to others of their group."""
