"""Captures and documents as they come in: what is new, what is known, what takes another's place.

A capture is a pair of bytes and place. When the bytes at a place change, the old capture stays and points to the newer
one. A document belongs to its bytes; its primary capture is the first one seen of those that still hold, and lends it
its metadata. A document of which no capture holds any more is superseded: still readable, no longer searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.model import Document, Reading, SourceFile
from onrecord.store.facttables import FACTS
from onrecord.store.naming import NameTables
from onrecord.store.rows import CAPTURE, FORMAT, Row, capture_row, format_row, given_json, notice_rows, reading_notices
from onrecord.store.transaction import Transaction

ALL = ", ".join(CAPTURE)
KEPT = ("digest", "source", "captured_at")
"""What an existing capture keeps: its bytes and place are its key, its time is when it was first seen."""
SET = ", ".join(f"{name} = ?" for name in (*CAPTURE, "state", "document", "notices"))


class Intake:
    """The readings and files of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._t = transaction
        self._db: sqlite3.Connection = transaction.connection
        self._loosened: set[int] = set()
        self.originals: set[str] = set()
        """Digests of stored originals that this transaction is the first to name."""
        self.new = self.known = self.failed = 0

    def reading(self, reading: Reading) -> None:
        """Take in one reading: its capture, and its document where that is new or the capture lends it its metadata."""
        row = self._db.execute(
            f"SELECT number, {ALL}, state, document, notices FROM captures WHERE digest = ? AND source = ?",
            (reading.capture.digest, reading.capture.source),
        ).fetchone()
        capture = self._update(row, reading) if row else self._insert(reading)
        self._count(reading, row is None)
        self._found_at(reading.place or reading.capture.source, capture)

    def file(self, file: SourceFile) -> None:
        """Note that a file is wholly read; members that it held before and holds no more are let go."""
        place = file.place or file.source
        row = (place, file.source, file.size, file.mtime_ns, file.digest, given_json(file.given))
        old = self._db.execute("SELECT * FROM source_files WHERE place = ?", (place,)).fetchone()
        if old == row:
            return
        self._db.execute("INSERT OR REPLACE INTO source_files VALUES (?, ?, ?, ?, ?, ?)", row)
        self._t.touch()
        if old is None or old[4] != file.digest:
            self.originals.add(file.digest)
            self._let_go(file)

    def finish(self) -> None:
        """Settle which capture each loosened document now belongs to."""
        for document in sorted(self._loosened):
            self._settle(document)

    def _count(self, reading: Reading, new: bool) -> None:
        self.failed += reading.document is None
        self.new += reading.document is not None and new
        self.known += reading.document is not None and not new

    def _insert(self, reading: Reading) -> int:
        document = reading.document
        state = "failed" if document is None else "read"
        marks = ", ".join("?" * (len(CAPTURE) + 3))
        number = self._db.execute(
            f"INSERT INTO captures ({ALL}, place, state, notices) VALUES ({marks})",
            (*capture_row(reading.capture), reading.place or reading.capture.source, state, reading_notices(reading)),
        ).lastrowid
        assert number is not None
        self._t.touch()
        self.originals.add(reading.capture.container or reading.capture.digest)
        if document is not None:
            self._attach(number, document)
        return number

    def _attach(self, capture: int, document: Document) -> None:
        """Give a capture its document, which may have been read from another place before."""
        known = self._db.execute("SELECT number, state FROM documents WHERE id = ?", (document.id,)).fetchone()
        number = known[0] if known else self._insert_document(capture, document)
        self._db.execute("UPDATE captures SET document = ? WHERE number = ?", (number, capture))
        if known and known[1] == "superseded":
            self._loosened.add(number)

    def _insert_document(self, capture: int, document: Document) -> int:
        columns = ("id", "capture", "state", "title", "publisher", *FORMAT, "generation")
        number = self._db.execute(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            (
                document.id, capture, "current", document.title, document.capture.publisher or document.publisher,
                *format_row(document), self._t.generation,
            ),
        ).lastrowid  # fmt: skip
        assert number is not None
        self._t.counts.fresh(number)
        self._db.execute("INSERT INTO texts VALUES (?, ?)", (number, document.text))
        self._notices(number, document)
        return number

    def _notices(self, number: int, document: Document) -> None:
        self._db.execute("DELETE FROM notices WHERE document = ?", (number,))
        if document.notices:
            self._db.executemany("INSERT INTO notices VALUES (?, ?, ?, ?, ?)", notice_rows(number, document.notices))

    def _update(self, row: Row, reading: Reading) -> int:
        """Bring a known capture to what was read now; what was once read is not lost when a later reading fails."""
        number: int = row[0]
        *old, state, document, notices = row[1:]
        lost = reading.document is None and document is not None
        values = [
            before if name in KEPT else now
            for name, before, now in zip(CAPTURE, old, capture_row(reading.capture), strict=True)
        ]
        now_notices = notices if lost else reading_notices(reading)
        now_state = "read" if reading.document is not None or document is not None else "failed"
        if (values, now_state, now_notices) != (old, state, notices):
            self._db.execute(
                f"UPDATE captures SET {SET}, replaced_by = NULL WHERE number = ?",
                (*values, now_state, document, now_notices, number),
            )
            self._t.touch()
            self.originals.add(reading.capture.container or reading.capture.digest)
            if document is not None:
                self._loosened.add(document)
        if reading.document is not None:
            if document is None:
                self._attach(number, reading.document)
            else:
                self._reread(document, number, reading.document, pending=told(values) != told(old))
        return number

    def _reread(self, number: int, capture: int, document: Document, *, pending: bool) -> None:
        """The document again, read from its primary capture: keep what changed; other captures have no say."""
        columns = ("capture", "publisher", *FORMAT)
        old = self._db.execute(f"SELECT {', '.join(columns)} FROM documents WHERE number = ?", (number,)).fetchone()
        if old[0] != capture:
            return
        now = (capture, document.capture.publisher or document.publisher, *format_row(document))
        if now == old and not pending:
            return
        self._t.counts.before(number)
        if now[-4] != old[-4]:
            self._new_text(number, document.text)
        assignments = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(
            f"UPDATE documents SET {assignments}, title = coalesce(title, ?), annotated = NULL, generation = ?"
            " WHERE number = ?",
            (*now, document.title, self._t.generation, number),
        )
        self._t.touch()

    def _new_text(self, number: int, text: str) -> None:
        """Findings point into the old text: they go with it."""
        NameTables(self._db).forget(number)
        for table in FACTS:
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
        self._db.execute("UPDATE texts SET text = ? WHERE document = ?", (text, number))
        self._db.execute(
            "UPDATE documents SET title = NULL, language = NULL, genre = NULL, issued = NULL, issued_low = NULL, "
            "issued_high = NULL WHERE number = ?",
            (number,),
        )

    def _found_at(self, place: str, capture: int) -> None:
        """The capture is at this place now; what was captured there before gives way to it."""
        self._db.execute("UPDATE captures SET place = ? WHERE number = ? AND place <> ?", (place, capture, place))
        others = self._db.execute(
            "SELECT number, document FROM captures WHERE place = ? AND number <> ? AND state <> 'replaced'",
            (place, capture),
        ).fetchall()
        for number, document in others:
            self._retire(number, document, capture)

    def _retire(self, number: int, document: int | None, by: int | None) -> None:
        self._db.execute("UPDATE captures SET state = 'replaced', replaced_by = ? WHERE number = ?", (by, number))
        self._t.touch()
        if document is not None:
            self._loosened.add(document)

    def _let_go(self, file: SourceFile) -> None:
        place = file.place or file.source
        gone = self._db.execute(
            "SELECT number, document FROM captures WHERE state <> 'replaced' AND ((place = ? AND digest <> ?)"
            " OR (place > ? AND place < ? AND container <> ?))",
            (place, file.digest, place + "!/", place + "!0", file.digest),
        ).fetchall()
        for number, document in gone:
            self._retire(number, document, None)

    def _settle(self, number: int) -> None:
        """Primary capture and state of a document whose captures changed."""
        capture, state, format_publisher = self._db.execute(
            "SELECT capture, state, format_publisher FROM documents WHERE number = ?", (number,)
        ).fetchone()
        first, first_state, given = self._db.execute(
            "SELECT number, state, publisher FROM captures WHERE document = ?"
            " ORDER BY state = 'replaced', number LIMIT 1",
            (number,),
        ).fetchone()
        now_state = "superseded" if first_state == "replaced" else "current"
        if (first, now_state) == (capture, state):
            return
        self._t.counts.before(number)
        self._db.execute(
            "UPDATE documents SET capture = ?, state = ?, publisher = ?, generation = ?,"
            " annotated = CASE WHEN ? THEN annotated END WHERE number = ?",
            (first, now_state, given or format_publisher, self._t.generation, first == capture, number),
        )
        self._t.touch()


def told(values: Sequence[Any]) -> tuple[Any, ...]:
    """What of a capture's fields the annotations may rest on; a container that was packed anew changes no fact."""
    return tuple(value for name, value in zip(CAPTURE, values, strict=True) if name not in ("size", "container"))


def take_in(transaction: Transaction, readings: Iterable[Reading], files: Iterable[SourceFile]) -> Intake:
    """All readings and files of one transaction."""
    intake = Intake(transaction)
    for reading in readings:
        intake.reading(reading)
    for file in files:
        intake.file(file)
    intake.finish()
    return intake
