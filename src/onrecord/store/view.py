"""Reading an archive: read-only connections, one a thread, streaming by pages along an index.

Each call sees one moment. To have several see the same moment, put them inside `with view.snapshot():`.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from weakref import WeakSet

from msgspec import Struct

from onrecord.errors import NotFound
from onrecord.model import (
    Annotations,
    Capture,
    Document,
    Given,
    Import,
    Imports,
    Judgement,
    Notice,
    SourceFile,
)
from onrecord.store.database import clear_errors, connect_reading
from onrecord.store.reading import Reader, closed
from onrecord.store.rows import (
    CAPTURE,
    DOCUMENT,
    STANDING,
    annotations_from,
    capture_from,
    document_from,
    given_from,
    given_json,
    judgement_from,
    notices_from,
)
from onrecord.store.said import Said, said_from

SOURCE_FILE = "place, source, size, mtime_ns, digest, given"
PAGE = 500
"""Rows fetched at once while streaming: 3 MB of ordinary texts."""
JOINED = "documents d CROSS JOIN captures c ON c.number = d.capture CROSS JOIN texts x ON x.document = d.number"
"""CROSS JOIN keeps SQLite to this order; 3.40's planner may start from the wrong end of a million rows."""
CAPTURED = ", ".join(f"c.{name}" for name in CAPTURE)


class Listed(Struct, frozen=True, kw_only=True):
    """A document as a list shows it, without its text. `issued` is EDTF; `state` is `current` or `superseded`."""

    id: str
    state: str
    title: str | None
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    source: str
    characters: int


class Provenance(Struct, frozen=True):
    """One capture of a document: `state` is `read`, `failed` or `replaced`; `replaced_by` is the newer one's digest."""

    capture: Capture
    state: str
    replaced_by: str | None
    notices: tuple[Notice, ...]


class Statistics(Struct, frozen=True, kw_only=True):
    """What is in the archive. `documents` are the current ones; `facets` count them by value, the most frequent first
    (`month`: 2024-05; its order is that of time). A document whose value is unknown counts in none."""

    generation: int
    documents: int
    superseded: int
    captures: int
    failed: int
    pending: int
    """Current and superseded documents not annotated by the fingerprint asked for (by any, where none was)."""
    entities: int
    judgements: int
    facets: dict[str, tuple[tuple[str, int], ...]]


def source_file(row: Sequence[Any]) -> SourceFile:
    place, source, size, mtime_ns, digest, given = row
    return SourceFile(
        source=source, size=size, mtime_ns=mtime_ns, digest=digest, given=given_from(given),
        place="" if place == source else place,
    )  # fmt: skip


def marks(values: Sequence[object]) -> str:
    """A question mark a value."""
    return ", ".join("?" * len(values))


class View:
    """The archive in `folder`, for reading, from any thread. Raises NotAnArchive, ArchiveTooNew, ArchiveError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        self._open: WeakSet[Reader] | None = WeakSet()
        """Of the threads that read; one goes with its thread."""
        self._guard = threading.Lock()
        self._db.rows("SELECT 1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file in all threads: what is still read there raises ArchiveClosed."""
        with self._guard:
            readers, self._open = list(self._open or ()), None
        for reader in readers:
            reader.close()

    @property
    def _db(self) -> Reader:
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            with self._guard:
                if self._open is None:
                    raise closed(self.folder)
                reader = Reader(connect_reading(self.folder), self.folder)
                self._open.add(reader)
            self._local.reader = reader
        return reader

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """All that is read inside, by this thread, is of one moment, whatever a writer does meanwhile."""
        if self._db.in_transaction:
            yield self
            return
        self.rows("BEGIN")
        try:
            yield self
        finally:
            self.rows("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one query."""
        with clear_errors(self.folder):
            return self._db.rows(sql, values)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of one query as they are read; an open query holds the moment it began in."""
        with clear_errors(self.folder):
            yield from self._db.stream(sql, values)

    def _row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        with clear_errors(self.folder):
            return self._db.row(sql, values)

    def _paged(self, sql: str, first: Any, fixed: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query that takes `fixed`, the last key seen and a limit, and whose first column is the key."""
        last = first
        while page := self.rows(sql, (*fixed, last, PAGE)):
            yield from page
            last = page[-1][0]

    # -- documents -----------------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """Rises with every change of content."""
        row = self._row("SELECT value FROM meta WHERE key = 'generation'")
        return int(row[0]) if row else 0

    @property
    def archive(self) -> str:
        """A random name given to the archive when it was made: an index of another one is not taken for its own."""
        row = self._row("SELECT value FROM meta WHERE key = 'archive'")
        return str(row[0]) if row else ""

    @property
    def extractor(self) -> str | None:
        """The plug-in that attributions are asked of; `None` where the rules find them."""
        return self.setting("extractor")

    def setting(self, key: str) -> str | None:
        """What the archive keeps under this key; `None` where nothing was said."""
        row = self._row("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def __contains__(self, name: object) -> bool:
        return self._row("SELECT 1 FROM documents WHERE id = ?", (name,)) is not None

    def document(self, name: str) -> Document:
        """The document with this id. Raises NotFound."""
        row = self._row(f"SELECT {DOCUMENT} FROM {JOINED} WHERE d.id = ?", (name,))
        if row is None:
            raise NotFound(f"No document {name} is in {self.folder}.")
        return document_from(row)

    def annotations(self, name: str) -> Annotations:
        """What was found in a document; an empty Annotations while it is pending. Raises NotFound."""
        row = self._row(
            "SELECT a.facts FROM documents d LEFT JOIN annotations a ON a.document = d.number WHERE d.id = ?", (name,)
        )
        if row is None:
            raise NotFound(f"No document {name} is in {self.folder}.")
        return annotations_from(row[0]) if row[0] is not None else Annotations()

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """All current documents in the order of their ids, or those with these ids in the order given.

        Streams. Raises NotFound at the first id that is not there.
        """
        for document, _ in self._read("d.id", ids, lambda row: None):
            yield document

    def annotated(self, ids: Iterable[str] | None = None) -> Iterator[tuple[Document, Annotations]]:
        """Like `documents`, each with what was found in it."""
        facts = "(SELECT facts FROM annotations a WHERE a.document = d.number)"
        return self._read(facts, ids, lambda value: annotations_from(value) if value else Annotations())

    def _read(self, extra: str, ids: Iterable[str] | None, decode: Any) -> Iterator[tuple[Document, Any]]:
        query = f"SELECT {DOCUMENT}, {extra} FROM {JOINED} WHERE "
        if ids is None:
            rows = self._paged(query + "d.state = 'current' AND d.id > ? ORDER BY d.id LIMIT ?", "")
        else:
            rows = self._by_id(query, ids)
        for row in rows:
            yield document_from(row[:-1]), decode(row[-1])

    def _by_id(self, query: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        wanted = iter(ids)
        while page := list(islice(wanted, PAGE)):
            rows = {row[0]: row for row in self.rows(f"{query} d.id IN ({marks(page)})", page)}
            for name in page:
                if name not in rows:
                    raise NotFound(f"No document {name} is in {self.folder}.")
                yield rows[name]

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of these documents by id; unknown ids are left out."""
        query = "SELECT d.id, x.text FROM documents d CROSS JOIN texts x ON x.document = d.number WHERE d.id IN (%s)"
        return dict(self.among(query, ids))

    def every_text(self) -> Iterator[tuple[str, str]]:
        """The ids and texts of all documents, of every version. Streams in pages, so a writer can go on meanwhile."""
        query = "SELECT d.number, d.id, x.text FROM documents d CROSS JOIN texts x ON x.document = d.number"
        return ((row[1], row[2]) for row in self._paged(f"{query} WHERE d.number > ? ORDER BY d.number LIMIT ?", 0))

    def among(self, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query with `IN (%s)`, asked in parts: SQLite takes only so many values at once."""
        for at in range(0, len(values), PAGE):
            page = values[at : at + PAGE]
            yield from self.rows(query % marks(page), page)

    def listed(self, ids: Sequence[str]) -> dict[str, Listed]:
        """What a list shows of these documents, by id; unknown ids are left out."""
        query = (
            "SELECT d.id, d.state, d.title, d.publisher, d.language, d.genre, d.issued, c.source, d.characters"
            " FROM documents d CROSS JOIN captures c ON c.number = d.capture WHERE d.id IN (%s)"
        )
        fields = Listed.__struct_fields__
        return {row[0]: Listed(**dict(zip(fields, row, strict=True))) for row in self.among(query, ids)}

    def changed_since(self, generation: int) -> array[int]:
        """The numbers of documents that changed after this generation, in order."""
        query = "SELECT number FROM documents WHERE generation > ?"
        return array("q", sorted(row[0] for row in self.stream(query, (generation,))))

    def count_changed(self, generation: int, most: int) -> int:
        """How many documents changed after this generation, counted up to `most`."""
        query = "SELECT count(*) FROM (SELECT 1 FROM documents WHERE generation > ? LIMIT ?)"
        return int(self.rows(query, (generation, most))[0][0])

    def hit_rows(self, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """Id, title, source, publisher, language, genre, issue date and text of documents by their numbers."""
        found = self.rows(
            "SELECT d.number, d.id, d.title, c.source, d.publisher, d.language, d.genre, d.issued, x.text"
            f" FROM {JOINED} WHERE d.number IN ({marks(numbers)})",
            numbers,
        )
        return {row[0]: row[1:] for row in found}

    def said(self, numbers: Sequence[int]) -> dict[int, list[Said]]:
        """What is said in documents, by their numbers; those in which nothing is said are left out."""
        query = (
            "SELECT a.document, a.kind, e.id, a.name, a.spans FROM attributions a"
            " LEFT JOIN entities e ON e.number = a.speaker WHERE a.document IN (%s)"
        )
        found: dict[int, list[Said]] = {}
        for document, *row in self.among(query, numbers):
            found.setdefault(document, []).append(said_from(row))
        return found

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """The numbers of the documents with these ids; unknown ids are left out."""
        return [row[0] for row in self.among("SELECT number FROM documents WHERE id IN (%s)", list(ids))]

    def names(self, prefix: str, limit: int = 10) -> list[str]:
        """Ids that begin with `prefix`, in order: what a person who types the first few signs may mean."""
        rows = self.rows(
            "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (prefix, prefix + "\U0010ffff", limit),
        )
        return [row[0] for row in rows]

    # -- work to be done -----------------------------------------------------------------------------------------------

    def pending(self, fingerprint: str, limit: int | None = None) -> Iterator[Document]:
        """Documents not annotated by these stages, each once, in the order they came; at most `limit`.

        Streams in pages, so it can be read while the writer annotates what it gave.
        """
        for page in self._pending_pages(fingerprint, limit):
            rows = {
                row[1]: row
                for row in self.rows(f"SELECT {DOCUMENT} FROM {JOINED} WHERE d.number IN ({marks(page)})", page)
            }
            yield from (document_from(rows[number]) for number in page)

    def pending_ids(self, fingerprint: str, limit: int | None = None) -> Iterator[str]:
        """The ids of `pending`."""
        for page in self._pending_pages(fingerprint, limit):
            ids = dict(self.rows(f"SELECT number, id FROM documents WHERE number IN ({marks(page)})", page))
            yield from (ids[number] for number in page)

    def _pending_pages(self, fingerprint: str, limit: int | None) -> Iterator[list[int]]:
        # One moment's numbers, 8 bytes each, so that no document is given twice whatever is annotated meanwhile.
        query = f"SELECT number FROM documents WHERE {self._stale(fingerprint)} ORDER BY number LIMIT ?"
        numbers = array("q", (row[0] for row in self.stream(query, (-1 if limit is None else limit,))))
        for at in range(0, len(numbers), PAGE):
            yield numbers[at : at + PAGE].tolist()

    def count_pending(self, fingerprint: str | None) -> int:
        """How many documents `pending` would give."""
        row = self._row(f"SELECT count(*) FROM documents WHERE {self._stale(fingerprint)}")
        return int(row[0]) if row else 0

    def _stale(self, fingerprint: str | None) -> str:
        """The condition on documents not annotated by these stages, as ranges of the index; by any, where None."""
        row = self._row("SELECT number FROM fingerprints WHERE fingerprint = ?", (fingerprint,))
        if row is None:
            return "annotated IS NULL" if fingerprint is None else "1"
        return f"(annotated IS NULL OR annotated < {row[0]} OR annotated > {row[0]})"

    # -- files and captures --------------------------------------------------------------------------------------------

    def known(self, place: str) -> SourceFile | None:
        """The file as it was last seen at this place (absolute path)."""
        row = self._row(f"SELECT {SOURCE_FILE} FROM source_files WHERE place = ?", (place,))
        return source_file(row) if row else None

    def unchanged(self, place: str, size: int, mtime_ns: int, given: Given) -> bool:
        """Whether a file was read before just as it is now: 5 µs, so that a million unchanged files take seconds."""
        row = self._db.row("SELECT size, mtime_ns, given FROM source_files WHERE place = ?", (place,))
        return bool(row == (size, mtime_ns, given_json(given)))

    def known_files(self) -> Iterator[SourceFile]:
        """All files as last seen, in the order of their places. Streams."""
        rows = self._paged(
            f"SELECT {SOURCE_FILE} FROM source_files WHERE place > ? ORDER BY place LIMIT ?",
            "",
        )
        return map(source_file, rows)

    def captures_of(self, name: str) -> list[Provenance]:
        """All captures of a document, first seen first. Raises NotFound."""
        found = self._captures("c.document = (SELECT number FROM documents WHERE id = ?) ORDER BY c.number", (name,))
        if not found:
            raise NotFound(f"No document {name} is in {self.folder}.")
        return found

    def captures_at(self, place: str) -> list[Provenance]:
        """All captures from a place (absolute path), oldest first."""
        return self._captures("c.place = ? ORDER BY c.number", (place,))

    def failures(self, limit: int = 1000) -> list[Provenance]:
        """Captures that could not be read, with the reason, oldest first."""
        return self._captures("c.state = 'failed' ORDER BY c.number LIMIT ?", (limit,))

    def _captures(self, condition: str, values: Sequence[Any]) -> list[Provenance]:
        rows = self.rows(
            f"SELECT {CAPTURED}, c.state, n.digest, c.notices FROM captures c"
            f" LEFT JOIN captures n ON n.number = c.replaced_by WHERE {condition}",
            values,
        )
        return [Provenance(capture_from(row[:-3]), row[-3], row[-2], notices_from(row[-1])) for row in rows]

    # -- the whole -----------------------------------------------------------------------------------------------------

    def statistics(self, fingerprint: str | None = None) -> Statistics:
        """Counts of everything; none of them reads the documents themselves."""
        with self.snapshot():
            facets = self._facets()
            documents = dict(facets.pop("documents", ())).get("", 0)
            return Statistics(
                generation=self.generation,
                documents=documents,
                superseded=self._count("documents") - documents,
                captures=self._count("captures"),
                failed=self._count("captures WHERE state = 'failed'"),
                pending=self.count_pending(fingerprint),
                entities=self._count("entities"),
                judgements=self._count(
                    "judgements j WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.judgement = j.id)"
                ),
                facets={name: facets.get(name, ()) for name in ("publisher", "language", "genre", "month")},
            )

    def _facets(self) -> dict[str, tuple[tuple[str, int], ...]]:
        facets: dict[str, list[tuple[str, int]]] = {}
        for facet, value, number in self.rows("SELECT facet, value, documents FROM counts ORDER BY facet, value"):
            facets.setdefault(facet, []).append((value, number))
        return {
            facet: tuple(found if facet == "month" else sorted(found, key=lambda pair: -pair[1]))
            for facet, found in facets.items()
        }

    def _count(self, table: str, values: Sequence[Any] = ()) -> int:
        row = self._row(f"SELECT count(*) FROM {table}", values)
        return int(row[0]) if row else 0

    # -- judgements ----------------------------------------------------------------------------------------------------

    def judgements(self, document: str | None = None) -> list[Judgement]:
        """All judgements in the order they were entered, the withdrawn ones too; or those about one document."""
        if document is None:
            return [judgement_from(row) for row in self.rows(f"{STANDING} ORDER BY j.number")]
        return [
            judgement_from(row) for row in self.rows(f"{STANDING} WHERE j.document = ? ORDER BY j.number", (document,))
        ]

    def judgements_about(self, documents: Collection[str]) -> list[Judgement]:
        """The judgements about these documents, in the order they were entered, the withdrawn ones too."""
        found = self.among(
            STANDING.replace("SELECT", "SELECT j.number,", 1) + " WHERE j.document IN (%s)", sorted(documents)
        )
        return [judgement_from(row[1:]) for row in sorted(found)]

    def judgements_of(self, kind: str) -> list[Judgement]:
        """The judgements about one kind of thing (`entities`), in the order they were entered, the withdrawn too."""
        return [judgement_from(row) for row in self.rows(f"{STANDING} WHERE j.kind = ? ORDER BY j.number", (kind,))]

    def entries(
        self, by: str | None, kind: str | None, document: str | None, state: str | None, before: int | None, limit: int
    ) -> list[tuple[int, Judgement]]:
        """The judgements entered before one, the latest first, each with the number of its entry: somebody's, about a
        kind of thing, about a document, `standing` or `withdrawn` ones."""
        wanted = {"standing": "w.at IS NULL", "withdrawn": "w.at IS NOT NULL"}
        asked: list[tuple[str, Any]] = [
            ("j.by = ?", by), ("j.document = ?", document), ("j.number < ?", before),
            ("(j.kind = ? OR j.kind LIKE ? || '/%')", kind),
        ]  # fmt: skip
        parts = [part for part, value in asked if value is not None]
        values = [value for part, value in asked if value is not None for _ in range(part.count("?"))]
        parts += [wanted[state]] if state in wanted else []
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        query = STANDING.replace("SELECT ", "SELECT j.number, ", 1)
        rows = self.rows(f"{query}{where} ORDER BY j.number DESC LIMIT ?", (*values, limit))
        return [(row[0], judgement_from(row[1:])) for row in rows]

    def decided(self, by: str, since: str) -> int:
        """How many standing judgements somebody entered since a moment."""
        return self._count(
            "judgements j WHERE j.by = ? AND j.at >= ?"
            " AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.judgement = j.id)",
            (by, since),
        )

    def latest_of(self, by: str) -> Judgement | None:
        """The last judgement of somebody that stands."""
        rows = self.rows(f"{STANDING} WHERE j.by = ? AND w.at IS NULL ORDER BY j.number DESC LIMIT 1", (by,))
        return judgement_from(rows[0]) if rows else None

    def judgement(self, name: str) -> Judgement:
        """The judgement whose id is this, or begins so. Raises NotFound where there is none, or more than one."""
        rows = self.rows(f"{STANDING} WHERE j.id >= ? AND j.id < ? ORDER BY j.id LIMIT 2", (name, name + "\U0010ffff"))
        if not rows or (len(rows) > 1 and rows[0][0] != name):
            several = "Several judgements begin with" if rows else "No judgement is, or begins with,"
            raise NotFound(f"{several} {name} in {self.folder}. `onrecord ledger list` shows them.")
        return judgement_from(rows[0])

    def judged(self) -> dict[str, list[str]]:
        """The documents that judgements are about, each with the current documents that came after it at its places.

        A document that is still current stands for itself too; one that is gone from everywhere has none.
        """
        query = (
            "SELECT DISTINCT j.document, n.id FROM judgements j"
            " CROSS JOIN documents d ON d.id = j.document CROSS JOIN captures c ON c.document = d.number"
            " CROSS JOIN captures l ON l.place = c.place AND l.state = 'read'"
            " CROSS JOIN documents n ON n.number = l.document WHERE n.state = 'current' ORDER BY j.number, n.id"
        )
        found: dict[str, list[str]] = {}
        for (name,) in self.rows("SELECT DISTINCT document FROM judgements WHERE document IS NOT NULL"):
            found[name] = []
        for name, later in self.rows(query):
            found[name].append(later)
        return found

    # -- imports -------------------------------------------------------------------------------------------------------

    def imports(self, limit: int) -> Imports:
        """Captures from which nothing was read, and current documents whose reading left doubts; the latest first."""
        failed = self._captures("c.state = 'failed' ORDER BY c.number DESC LIMIT ?", (limit,))
        doubtful = self.rows(
            "SELECT d.id, c.source, coalesce(c.container, c.digest), d.notices FROM documents d"
            " CROSS JOIN captures c ON c.number = d.capture"
            " WHERE d.number IN (SELECT document FROM notices WHERE stage = 'ingest') AND d.state = 'current'"
            " ORDER BY d.number DESC LIMIT ?",
            (limit,),
        )
        return Imports(
            failed=tuple(failed_import(each) for each in failed),
            failed_total=self._count("captures WHERE state = 'failed'"),
            doubtful=tuple(
                Import(source=source, original=original, document=name, notices=notices_from(notices))
                for name, source, original, notices in doubtful
            ),
            doubtful_total=self._count(
                "documents WHERE state = 'current' AND number IN (SELECT document FROM notices WHERE stage = 'ingest')"
            ),
        )


def failed_import(failure: Provenance) -> Import:
    """A capture without a document, as something that wants a look."""
    capture = failure.capture
    return Import(
        source=capture.source, original=capture.container or capture.digest, document=None, notices=failure.notices
    )
