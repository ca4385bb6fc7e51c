"""One change of the archive: its generation, and the counts that it keeps right."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from onrecord.store.rows import month

FACETS = ("publisher", "language", "genre", "month")


class Counts:
    """How many current documents have each value; told of a document before it changes, it books the difference."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._before: dict[int, list[tuple[str, str]]] = {}
        self._change: Counter[tuple[str, str]] = Counter()

    def fresh(self, document: int) -> None:
        """A document that was not there before."""
        self._before[document] = []

    def before(self, document: int) -> None:
        """A document that is about to change."""
        if document not in self._before:
            self._before[document] = self._values(document)

    def change(self, before: Sequence[str | None], after: Sequence[str | None]) -> None:
        """A current document's publisher, language, genre, first and last day of issue, before and after."""
        if before != after:
            self._change.update(contribution(*after))
            self._change.subtract(contribution(*before))

    def book(self) -> None:
        """Write the differences."""
        change = self._change
        for document, before in self._before.items():
            change.update(self._values(document))
            change.subtract(before)
        rows = [(facet, value, number) for (facet, value), number in sorted(change.items()) if number]
        self._db.executemany(
            "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents",
            rows,
        )
        if any(number < 0 for _, _, number in rows):
            self._db.execute("DELETE FROM counts WHERE documents = 0")

    def _values(self, document: int) -> list[tuple[str, str]]:
        row = self._db.execute(
            "SELECT publisher, language, genre, issued_low, issued_high FROM documents"
            " WHERE number = ? AND state = 'current'",
            (document,),
        ).fetchone()
        return [] if row is None else contribution(*row)


def contribution(
    publisher: str | None, language: str | None, genre: str | None, low: str | None, high: str | None
) -> list[tuple[str, str]]:
    """What a current document adds to the counts."""
    values = zip(FACETS, (publisher, language, genre, month(low, high)), strict=True)
    return [("documents", ""), *((facet, value) for facet, value in values if value)]


class Transaction:
    """Between BEGIN and COMMIT. `touch` says that content changed, which raises the archive's generation at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        self.generation = int(row[0]) + 1
        self.changed = False
        self.counts = Counts(connection)

    def touch(self) -> None:
        self.changed = True

    def finish(self) -> None:
        """The last writes before the commit."""
        self.counts.book()
        if self.changed:
            self.connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(self.generation),))
