"""The search index: tantivy, derived from the store and made again at will.

`index/stamp.json` says which state of which archive it holds, and the digest of each of its files. An update takes in
the documents whose generation is later than the stamp's, deleting each before it adds it, so that a crash between
tantivy's commit and the stamp does no harm. Text goes in folded by `text.folding` with a tokenizer that only splits at
spaces; texts in which particles are written on to words go in token by token, the bare word in the same place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import tantivy
from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Filters, Hit, Results
from onrecord.store.catching import FEW, catch_up
from onrecord.store.contexts import MOST, contexts
from onrecord.store.database import clear_errors
from onrecord.store.entries import entries
from onrecord.store.kept import Kept
from onrecord.store.parties import members
from onrecord.store.query import Tree, leaves, parse
from onrecord.store.rows import Row
from onrecord.store.said import Places, Wanted
from onrecord.store.searching import (
    FACETS,
    SCHEMA,
    compiled,
    facet_counts,
    holding,
    month_counts,
    narrowed,
    restricted,
    said_as,
)
from onrecord.store.view import View
from onrecord.text.spans import Span

FORMAT = 8
"""Raised when what stands in the index changes: an older one is made again."""
HEAP = 100_000_000
"""Bytes that tantivy may hold before it writes a segment."""
THREADS = 2
SMALL_HEAP = 15_000_000
"""The least that tantivy takes: enough for a few documents."""
PAGE = 500
STAMP = "stamp.json"
EVERYTHING = Filters()

Progress = Callable[[int, int], None]


class Stamp(Struct, frozen=True):
    """Which state of which archive the index holds."""

    format: int
    archive: str
    generation: int
    documents: int
    files: dict[str, str] = {}
    """SHA-256 of each file by name."""


class Asked(NamedTuple):
    """A search as tantivy takes it; no searcher where there is no index."""

    searcher: tantivy.Searcher | None
    tree: Tree | None
    whose: Wanted | None
    query: tantivy.Query


class Index:
    """The index of the archive in `folder`. Updating it is for the writer only; searching is for any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self._archive = folder
        self._guard = threading.Lock()
        self._opened: tuple[Stamp, tantivy.Index] | None = None
        self._counted = Kept()

    def close(self) -> None:
        """Let go of the files."""
        self._opened = None

    @property
    def stamp(self) -> Stamp | None:
        """What the index on the disk says of itself; None where it is missing, damaged or of another format."""
        try:
            stamp = msgspec.json.decode((self.folder / STAMP).read_bytes(), type=Stamp)
        except (OSError, msgspec.DecodeError):
            return None
        return stamp if stamp.format == FORMAT else None

    def current(self, view: View) -> bool:
        """Whether it holds just what the store holds."""
        stamp = self.stamp
        return stamp is not None and (stamp.archive, stamp.generation) == (view.archive, view.generation)

    def behind(self, view: View) -> int:
        """How many documents changed since; all, where there is no index of this archive."""
        stamp = self.stamp
        known = stamp.generation if stamp is not None and stamp.archive == view.archive else 0
        return view.count_changed(known, sys.maxsize)

    # -- making it -----------------------------------------------------------------------------------------------------

    def update(self, view: View, progress: Progress = lambda done, total: None) -> int:
        """Bring the index to the state of the store; returns how many documents were taken in or out.

        What is missing, damaged or of another archive or format is made anew. Raises ArchiveFull.
        """
        with clear_errors(self._archive), view.snapshot():
            if self.current(view) and self._open() is not None:
                return 0
            try:
                return self._update(view, progress)
            except ValueError as error:  # how tantivy's errors arrive
                raise_if_full(error)
                self._remove()
                return self._update(view, progress)

    def catch_up(self, view: View) -> None:
        """Take in what people decided since, as `catching` says."""
        catch_up(self._archive, view, self.stamp, self.update)

    def _update(self, view: View, progress: Progress) -> int:
        stamp = self.stamp
        opened = self._open() if stamp is not None and stamp.archive == view.archive else None
        if opened is None or stamp is None:
            self._remove()
            self.folder.mkdir(parents=True, exist_ok=True)
            opened = (Stamp(FORMAT, view.archive, 0, 0), opened_index(self.folder))
        old, index = opened
        numbers = view.changed_since(old.generation)
        if numbers:
            self._write(index, view, numbers, old.generation > 0, progress)
        index.reload()
        self._put_stamp(view, index, old.files)
        return len(numbers)

    def _write(
        self, index: tantivy.Index, view: View, numbers: Sequence[int], replace: bool, progress: Progress
    ) -> None:
        writer = index.writer(HEAP, THREADS) if len(numbers) > FEW else index.writer(SMALL_HEAP, 1)
        try:
            for at in range(0, len(numbers), PAGE):
                page = numbers[at : at + PAGE]
                for number, document in entries(view, page):
                    if replace:
                        writer.delete_documents_by_term("number", number)
                    if document is not None:
                        writer.add_document(document)
                progress(min(at + PAGE, len(numbers)), len(numbers))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _remove(self) -> None:
        self._opened = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _put_stamp(self, view: View, index: tantivy.Index, known: dict[str, str]) -> None:
        """The last step: until it is taken, the index counts as behind."""
        files = {path.name: known.get(path.name) or file_digest(path) for path in self.segments()}
        files["meta.json"] = file_digest(self.folder / "meta.json")
        stamp = Stamp(FORMAT, view.archive, view.generation, index.searcher().num_docs, files)
        temporary = self.folder / (STAMP + ".new")
        with temporary.open("wb") as file:
            file.write(msgspec.json.encode(stamp))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / STAMP)
        self._opened = None

    def segments(self) -> list[Path]:
        """The files that hold the index; tantivy never changes one once it is written, but for meta.json."""
        return sorted(path for path in self.folder.iterdir() if path.name[0] != "." and not path.name.startswith(STAMP))

    # -- searching -----------------------------------------------------------------------------------------------------

    def _open(self) -> tuple[Stamp, tantivy.Index] | None:
        """The index as it is stamped; None where it cannot be opened."""
        with self._guard:
            stamp = self.stamp
            if stamp is None:
                return None
            if self._opened is None or self._opened[0] != stamp:
                try:
                    self._opened = (stamp, opened_index(self.folder))
                    self._opened[1].searcher()
                except ValueError:
                    self._opened = None
            return self._opened

    def searcher(self) -> tantivy.Searcher | None:
        """tantivy's own searcher; None where there is no index that can be opened."""
        opened = self._open()
        return opened and opened[1].searcher()

    def search(
        self,
        view: View,
        query: str,
        filters: Filters = EVERYTHING,
        sort: str = "rank",
        limit: int = 20,
        offset: int = 0,
        *,
        facets: bool = True,
        lines: int = MOST,
    ) -> Results:
        """The documents that hold what the query says, best (`rank`) or latest issue date (`newest`) first.

        An empty query finds everything. Contexts, at most `lines` a document, are in code points of its text. Raises
        QueryError, and MetadataError for a filter's date that is none. Finds nothing where there is no index yet; the
        answer says how far the index is behind.
        """
        searcher, tree, whose, wanted = self._asked(view, query, filters)
        behind = self.behind(view)
        if searcher is None:
            return Results(query=query, total=0, hits=(), facets=dict.fromkeys(FACETS, ()), behind=behind)
        order = "newest" if sort == "newest" else None
        # tantivy makes room for all that is passed over: asked to pass over a thousand million, it ends the process.
        beyond = offset > 0 and offset >= searcher.search(wanted, 1, True).count  # type: ignore[attr-defined]
        found = searcher.search(wanted, max(1, limit), True, order, 0 if beyond else offset)
        hits = [] if beyond else found.hits[:limit]
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        scores = [float(score) if order is None else 0.0 for score, _ in hits]
        return Results(
            query=query,
            total=found.count,  # type: ignore[attr-defined]  # missing from tantivy's stub
            hits=tuple(self._hits(view, [int(number or 0) for number in numbers], scores, tree, whose, lines)),
            facets=self._facets(view, searcher, wanted, (tree, filters)) if facets else {},
            behind=behind,
        )

    def _facets(
        self, view: View, searcher: tantivy.Searcher, wanted: tantivy.Query, asked: Hashable
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """Counting looks at each document found: another page or order of the same search need not do it again."""
        state = (view.generation, self._opened and self._opened[0].generation)
        return self._counted.answer(state, asked, lambda: facet_counts(searcher, wanted, partial(members, view)))

    def months(
        self,
        view: View,
        query: str,
        filters: Filters = EVERYTHING,
        *,
        by: str | None = None,
        most: int = 6,
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """How many of the documents found are of each month, in order; by the `most` frequent values of a facet (`by`),
        else under the empty name. Raises as `search`."""
        searcher, _, _, wanted = self._asked(view, query, filters)
        return {} if searcher is None else month_counts(searcher, wanted, by, most, partial(members, view))

    def count(
        self,
        view: View,
        query: str,
        filters: Filters = EVERYTHING,
        *,
        groups: Sequence[tuple[str, Sequence[str]]],
    ) -> list[int]:
        """In how many of the documents found any of the values of a facet stands, for each facet with its values."""
        searcher, _, _, wanted = self._asked(view, query, filters)
        if searcher is None:
            return [0] * len(groups)
        asked = (restricted(wanted, holding(field, values)) for field, values in groups)
        return [int(searcher.search(each, 1, True).count) for each in asked]  # type: ignore[attr-defined]

    def _asked(self, view: View, query: str, filters: Filters) -> Asked:
        """What a search asks, and of which state of the index."""
        tree, searcher = parse(query), self.searcher()
        whose = Wanted(filters, lambda ids: joint(view, ids)) if filters.voiced else None
        filters = replace(filters, parties=tuple(joint(view, filters.parties)))
        wanted = narrowed(compiled(tree), filters)
        if searcher is not None and whose is not None:
            wanted = restricted(wanted, said_as(searcher, tree, whose))
        return Asked(searcher, tree, whose, wanted)

    def _hits(
        self, view: View, numbers: list[int], scores: list[float], tree: Tree | None, whose: Wanted | None, most: int
    ) -> Iterator[Hit]:
        rows = view.hit_rows(numbers)
        stretches = said_where(view, {number: rows[number] for number in numbers if number in rows}, whose)
        for number, score in zip(numbers, scores, strict=True):
            if number in rows:
                name, title, source, publisher, language, genre, issued, text = rows[number]
                words = list(leaves(tree))
                if whose is None:
                    lines = contexts(text, words, most)
                else:
                    lines = Places(text, stretches[number]).contexts(words, most)
                yield Hit(
                    document=name, title=title or source, publisher=publisher, language=language, genre=genre,
                    issued=issued, score=score, contexts=lines,
                )  # fmt: skip


def joint(view: View, ids: Collection[str]) -> list[str]:
    """These entities and all that are one with them."""
    return sorted({*ids, *(member for group in members(view, ids).values() for member in group)}) if ids else []


def said_where(view: View, rows: dict[int, Row], whose: Wanted | None) -> dict[int, list[Span]]:
    """The stretches of documents, by number, in which words are said as wanted; `rows` are those of `hit_rows`."""
    if whose is None:
        return {}
    said = view.said(list(rows))
    return {number: whose.stretches(said.get(number, ()), len(row[-1])) for number, row in rows.items()}


def opened_index(folder: Path) -> tantivy.Index:
    """tantivy's index in the folder, made where there is none. Raises ValueError."""
    index = tantivy.Index(SCHEMA, str(folder))
    # Left to itself, a thread of tantivy's watches the folder and writes into it whenever it likes.
    index.config_reader("manual")
    return index


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def raise_if_full(error: ValueError) -> None:
    """tantivy says what went wrong only in words."""
    if "os error 28" in str(error) or "No space left" in str(error) or "os error 27" in str(error):
        raise OSError(28, str(error)) from error
