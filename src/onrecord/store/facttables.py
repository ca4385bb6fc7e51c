"""The query tables, which hold what stands of each document's facts: written when a document is annotated, and again
when people's judgements are laid over.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from onrecord.errors import NotFound
from onrecord.model import Annotations
from onrecord.store import making
from onrecord.store.facts import DOUBTED, Laid, doubt_rows, entities_of, shown, view_rows
from onrecord.store.naming import NameTables
from onrecord.store.rows import Row, encode, json, notices_from
from onrecord.store.transaction import Transaction

INSERT = {
    table: f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
    for table, columns in {
        "dates": 9, "parties": 6, "mentions": 4, "attributions": 9, "statements": 8, "acts": 16, "notices": 5,
        "doubts": 7, "makers": 9, "pens": 4, "doers": 6,
    }.items()
}  # fmt: skip
STANDING = ("dates", "parties", "mentions", "attributions", "statements", "acts", "notices", *making.TABLES)
"""The tables that are a view on the facts that stand."""
FACTS = (*STANDING, "doubts", "laid", "annotations")
"""The tables that hold what was found in a document's text, and what people said of it."""
REVERSE = {
    name: f"CREATE INDEX IF NOT EXISTS {name} ON {on}"
    for name, on in {
        "dates_by_day": "dates (role, low, high)",
        "parties_by_entity": "parties (entity, document)",
        "mentions_by_entity": "mentions (entity, document)",
        "attributions_by_speaker": "attributions (speaker, document)",
        "statements_together": "statements (parties >= 2, low)",
        "acts_by_speaker": 'acts ("by", low)',
        "acts_by_addressee": "acts (addressee, low)",
        "acts_by_target": "acts (target, low)",
        "doubts_by_state": "doubts (state, confidence)",
        "makers_by_entity": "makers (entity, hand, low, high)",
        "makers_for_others": "makers (entity) WHERE role = 'on-behalf-of'",
        "pens_by_entity": "pens (entity)",
        "doers_by_entity": "doers (entity, act, low, high)",
    }.items()
}
"""Indexes against the order in which documents come: each batch would touch most of their pages."""
BEFORE = (
    "SELECT d.number, d.annotated, d.format_title, d.notices, a.fingerprint, d.state,"
    " d.publisher, d.language, d.genre, d.issued_low, d.issued_high"
    " FROM documents d LEFT JOIN annotations a ON a.document = d.number WHERE d.id = ?"
)
UPDATE_SHOWN = (
    "UPDATE documents SET title = ?, language = ?, genre = ?, issued = ?, issued_low = ?, issued_high = ?,"
    " annotated = ?, generation = ? WHERE number = ?"
)
REMEMBERED = 200_000
"""Entities whose numbers are kept in mind; past that they are looked up afresh."""


class FactTables:
    """Inside one transaction. `known` are numbers of entities by their ids: it may be kept from one to the next."""

    def __init__(self, transaction: Transaction, known: dict[str, int]) -> None:
        self._t = transaction
        self._db: sqlite3.Connection = transaction.connection
        self._known = known
        self._rows: dict[str, list[Row]] = {table: [] for table in INSERT}
        self._annotations: list[Row] = []
        self._spellings: Counter[tuple[int, str]] = Counter()
        self.changed = 0
        """How many documents changed."""

    def annotate(self, name: str, facts: Annotations, run: int) -> None:
        """Put the facts found in a document in the place of those found before. Raises NotFound."""
        found = self._db.execute(BEFORE, (name,)).fetchone()
        if found is None:
            raise NotFound(f"No document {name} is in this archive.")
        number, annotated, title, notices, old, state, *values = found
        encoded = encode(facts)
        if old == annotated == run and self._has(number, encoded):
            return
        if old is not None:
            self._spellings.subtract(NameTables(self._db).spelled_in(number))
            self._forget(number, FACTS)
        elif notices != "[]":
            self._forget(number, ("notices",))
        self._stand(number, facts, title, notices, run, values if state == "current" else None)
        self._rows["doubts"] += doubt_rows(number, facts)
        self._annotations.append((number, run, encoded))
        self._spellings.update(
            (self._known[each.id], name) for each in facts.entities for name in dict.fromkeys(each.names)
        )

    def lay(self, name: str, laid: Laid) -> None:
        """Have the rows of an annotated document say what stands; one that is not annotated yet is passed over."""
        found = self._db.execute(BEFORE, (name,)).fetchone()
        if found is None or found[4] is None:
            return
        number, annotated, title, notices, _, state, *values = found
        self._forget(number, (*STANDING, "laid"))
        self._stand(number, laid.facts, title, notices, annotated, values if state == "current" else None)
        self._decide(number, laid)

    def write(self) -> None:
        """Write the rows of all documents, table by table."""
        self._db.executemany("INSERT INTO annotations VALUES (?, ?, CAST(? AS TEXT))", self._annotations)
        for table, rows in self._rows.items():
            self._db.executemany(INSERT[table], rows)
        NameTables(self._db).count(self._spellings)

    def _stand(
        self,
        number: int,
        facts: Annotations,
        title: str | None,
        notices: str,
        run: int | None,
        before: list[str | None] | None,
    ) -> None:
        """The rows of the facts that stand; `before` is what a current document was counted by."""
        now = shown(facts, title)
        if before is not None:
            self._t.counts.change(before, [before[0], *now[1:3], *now[4:]])
        self._t.touch()
        self._db.execute(UPDATE_SHOWN, (*now, run, self._t.generation, number))
        self._number(facts)
        for table, rows in view_rows(number, facts, self._known, notices_from(notices)).items():
            self._rows[table] += rows
        [text] = self._db.execute("SELECT text FROM texts WHERE document = ?", (number,)).fetchone()
        for table, rows in making.rows(number, facts, text, self._known).items():
            self._rows[table] += rows
        self.changed += 1

    def _decide(self, number: int, laid: Laid) -> None:
        """What people said of the machine's doubts, and by which judgements."""
        self._db.execute("UPDATE doubts SET state = NULL WHERE document = ? AND state IS NOT NULL", (number,))
        states = [
            (state, number, kind, at) for (fact, at), state in laid.states.items() for kind in DOUBTED.get(fact, ())
        ]
        self._db.executemany("UPDATE doubts SET state = ? WHERE document = ? AND kind = ? AND position = ?", states)
        if laid.judgements:
            self._db.execute("INSERT INTO laid VALUES (?, ?, ?)", (number, json(laid.judgements), laid.decided))

    def _has(self, number: int, encoded: bytes) -> bool:
        row = self._db.execute("SELECT facts FROM annotations WHERE document = ?", (number,)).fetchone()
        return bool(row[0] == encoded.decode())

    def _forget(self, number: int, tables: Iterable[str]) -> None:
        for table in tables:
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))

    def _number(self, facts: Annotations) -> None:
        """Know the numbers of all entities that the facts name; new ones get one."""
        for name, (kind, label) in entities_of(facts).items():
            if name not in self._known:
                self._known[name] = self._numbered(name, kind, label)

    def _numbered(self, name: str, kind: str | None, label: str) -> int:
        row = self._db.execute("SELECT number FROM entities WHERE id = ?", (name,)).fetchone()
        if row is None:
            insert = "INSERT INTO entities (id, type, name) VALUES (?, ?, ?) RETURNING number"
            row = self._db.execute(insert, (name, kind, label)).fetchone()
        return int(row[0])
