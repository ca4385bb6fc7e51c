"""The only way into an archive: one writer at a time, one transaction a call, each wholly or not at all.

Everything may be said twice: readings, facts, judgements and withdrawals that are already there change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from onrecord.errors import JudgementError, NotFound
from onrecord.model import Annotations, Judgement, Reading, SourceFile
from onrecord.store.database import clear_errors, connect, create
from onrecord.store.facts import Laid
from onrecord.store.facttables import REMEMBERED, REVERSE, FactTables
from onrecord.store.intake import take_in
from onrecord.store.lock import Lock
from onrecord.store.naming import NameTables
from onrecord.store.originals import Originals
from onrecord.store.rows import STANDING, judgement_from, judgement_row
from onrecord.store.saved import checked_search
from onrecord.store.tallies import settle
from onrecord.store.transaction import Transaction

MANY = 2000
"""From so many pending documents, and a tenth of the archive, a run goes without REVERSE, which `close` makes again."""


class Entered(Struct, frozen=True):
    """What `enter` did: judgements that were new, known ones that are now withdrawn, and those that changed nothing."""

    new: int
    withdrawn: int
    known: int


class Added(Struct, frozen=True):
    """What `add` did with its readings: documents and captures by whether they were new, known or could not be read."""

    new: int
    known: int
    failed: int


class Writer:
    """Holds the archive's lock from construction to `close`. Makes the archive where there is none.

    Waits up to `wait` seconds for another writer, then raises ArchiveBusy. Raises ArchiveTooNew, NotAnArchive,
    ArchiveFull.
    """

    def __init__(self, folder: Path, wait: float = 0.0) -> None:
        self.folder = folder
        create(folder, wait)
        with clear_errors(folder):
            self._lock = Lock(folder, wait)
        try:
            self._db = connect(folder)
        except BaseException:
            self._lock.release()
            raise
        self._originals = Originals(folder)
        self._originals.clean()
        self._entities: dict[str, int] = {}
        self._weighed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
        try:
            self._put_back_indexes()
            with clear_errors(self.folder):
                settle(self._db)
        finally:
            self._db.close()
            self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        with clear_errors(self.folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                transaction = Transaction(self._db)
                yield transaction
                transaction.finish()
                self._db.execute("COMMIT")
            except BaseException:
                self._entities.clear()  # it may hold numbers that are now given back
                self._weighed = False
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # -- captures and documents --------------------------------------------------------------------------------------

    def add(self, readings: Iterable[Reading], files: Iterable[SourceFile] = ()) -> Added:
        """Take in readings, and files that are wholly read with them; once it returns, a power cut loses none of it.

        The originals that the readings name (of a member: its container) are to be in `originals/` before.
        """
        with self._transaction() as transaction:
            intake = take_in(transaction, readings, files)
            # Before the commit: no row may name bytes that are not on the disk.
            self._originals.settle(sorted(intake.originals))
        return Added(intake.new, intake.known, intake.failed)

    # -- what the machine found --------------------------------------------------------------------------------------

    def annotate(self, pairs: Sequence[tuple[str, Annotations]], fingerprint: str) -> int:
        """Put the facts found in documents in the place of those found before; returns how many documents changed.

        Raises NotFound for an id that is not in the archive.
        """
        with self._transaction() as transaction:
            run = self._fingerprint(fingerprint)
            self._ease(run)
            tables = self._tables(transaction)
            for name, facts in pairs:
                tables.annotate(name, facts, run)
            tables.write()
        return tables.changed

    def lay(self, pairs: Iterable[tuple[str, Laid]]) -> int:
        """Have the query tables say what stands of these documents' facts; returns of how many.

        Documents that are not annotated yet are passed over.
        """
        every = dict(pairs)
        if not every:
            return 0
        with self._transaction() as transaction:
            tables = self._tables(transaction)
            for name, laid in every.items():
                tables.lay(name, laid)
            tables.write()
        return tables.changed

    def _tables(self, transaction: Transaction) -> FactTables:
        if len(self._entities) > REMEMBERED:
            self._entities.clear()
        return FactTables(transaction, self._entities)

    def again(self, ids: Sequence[str] | None = None) -> None:
        """Have these documents annotated anew; `None`: every document, and every name counted and resolved anew.

        Until then all stays as it is.
        """
        with self._transaction():
            if ids is None:
                self._db.execute("UPDATE documents SET annotated = NULL WHERE annotated IS NOT NULL")
                NameTables(self._db).recount()
            else:
                self._db.executemany("UPDATE documents SET annotated = NULL WHERE id = ?", [(name,) for name in ids])

    def choose(self, key: str, value: str | None) -> None:
        """From now on keep this under `key` (`extractor`: the plug-in that attributions are asked of); `None`: nothing,
        as in a new archive."""
        with self._transaction():
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))
            if value is not None:
                self._db.execute("INSERT INTO meta VALUES (?, ?)", (key, value))

    def _ease(self, run: int) -> None:
        """Before a long run, once a writer: do without the indexes that would be rewritten with every batch."""
        if self._weighed:
            return
        self._weighed = True
        done = self._db.execute("SELECT count(*) FROM documents WHERE annotated = ?", (run,)).fetchone()[0]
        total = self._db.execute("SELECT count(*) FROM documents").fetchone()[0]
        if total - done >= max(MANY, total // 10):
            for name in REVERSE:
                self._db.execute(f"DROP INDEX IF EXISTS {name}")

    def _put_back_indexes(self) -> None:
        """Make what a long run, or one that was killed, did without."""
        there = {row[0] for row in self._db.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        with clear_errors(self.folder):
            for name in REVERSE.keys() - there:
                self._db.execute(REVERSE[name])

    def _fingerprint(self, fingerprint: str) -> int:
        self._db.execute("INSERT INTO fingerprints (fingerprint) VALUES (?) ON CONFLICT DO NOTHING", (fingerprint,))
        row = self._db.execute("SELECT number FROM fingerprints WHERE fingerprint = ?", (fingerprint,)).fetchone()
        return int(row[0])

    # -- what people decided -----------------------------------------------------------------------------------------

    def judge(self, judgement: Judgement) -> None:
        """Enter a decision for ever. Raises JudgementError where it names nothing that is here, or its id is taken."""
        with self._transaction() as transaction:
            if self._judge(transaction, judgement):
                self._check_subject(judgement)

    def enter(self, judgements: Iterable[Judgement]) -> Entered:
        """Enter decisions and withdrawals made elsewhere, all or none; those that are here already change nothing.

        They may be about what is not here. Raises JudgementError where an id is taken.
        """
        new = withdrawn = known = 0
        with self._transaction() as transaction:
            for each in judgements:
                fresh = self._judge(transaction, each)
                taken_back = each.withdrawn is not None and self._withdraw(
                    transaction, each, each.withdrawn, each.withdrawn_by or ""
                )
                new += fresh
                withdrawn += taken_back and not fresh
                known += not (fresh or taken_back)
        return Entered(new, withdrawn, known)

    def _judge(self, transaction: Transaction, judgement: Judgement) -> bool:
        """Whether it is new."""
        row = judgement_row(judgement)
        old = self._db.execute(
            "SELECT id, kind, document, subject, verdict, by, at, value, note FROM judgements WHERE id = ?",
            (judgement.id,),
        ).fetchone()
        if old == row:
            return False
        if old is not None:
            raise JudgementError(
                f"Another judgement has the id {judgement.id}. Judgements are never changed: give it another id."
            )
        self._db.execute(
            "INSERT INTO judgements (id, kind, document, subject, verdict, by, at, value, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        NameTables(self._db).touch(judgement.subject.entities)
        transaction.touch()
        return True

    def _check_subject(self, judgement: Judgement) -> None:
        subject = judgement.subject
        missing = [
            name
            for table, names in (
                ("documents", (subject.document,) if subject.document else ()),
                ("entities", subject.entities),
            )
            for name in names
            if self._db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (name,)).fetchone() is None
        ]
        if missing:
            raise JudgementError(f"The judgement is about {', '.join(missing)}, which is not in {self.folder}.")

    def withdraw(self, judgement: str, at: str, by: str) -> None:
        """Enter that a judgement no longer stands; the first withdrawal counts. Raises NotFound."""
        with self._transaction() as transaction:
            row = self._db.execute(f"{STANDING} WHERE j.id = ?", (judgement,)).fetchone()
            if row is None:
                raise NotFound(f"No judgement {judgement} is in {self.folder}.")
            self._withdraw(transaction, judgement_from(row), at, by)

    def _withdraw(self, transaction: Transaction, judgement: Judgement, at: str, by: str) -> bool:
        """Whether it stood until now."""
        if self._db.execute("SELECT 1 FROM withdrawals WHERE judgement = ?", (judgement.id,)).fetchone():
            return False
        self._db.execute("INSERT INTO withdrawals VALUES (?, ?, ?)", (judgement.id, at, by))
        NameTables(self._db).touch(judgement.subject.entities)
        transaction.touch()
        return True

    # -- searches that people keep ------------------------------------------------------------------------------------

    def save_search(self, name: str, address: str, by: str, at: str) -> int:
        """Keep a search; one of this name and person gives way to it. Returns its number. Raises MetadataError."""
        row = checked_search(name, address, by)
        with self._transaction():
            self._db.execute(
                "UPDATE searches SET removed = ? WHERE name = ? AND by = ? AND removed IS NULL", (at, row[0], row[2])
            )
            insert = "INSERT INTO searches (name, address, by, at) VALUES (?, ?, ?, ?) RETURNING number"
            return int(self._db.execute(insert, (*row, at)).fetchone()[0])

    def remove_search(self, number: int, at: str) -> None:
        """Keep a search no longer. Raises NotFound."""
        with self._transaction():
            query = "UPDATE searches SET removed = ? WHERE number = ? AND removed IS NULL"
            if self._db.execute(query, (at, number)).rowcount == 0:
                raise NotFound(f"No search {number} is kept in {self.folder}.")

    # -- who is who --------------------------------------------------------------------------------------------------

    @contextmanager
    def naming(self) -> Iterator[NameTables]:
        """The tables of names, in one transaction."""
        self._put_back_indexes()
        with self._transaction() as transaction:
            yield NameTables(self._db, transaction.touch)
