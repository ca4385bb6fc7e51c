"""One run of `add`: passes over what is unchanged, keeps originals, has the rest read, commits batch by batch.

A file counts as seen only in the transaction that holds the last of its documents. A run that is killed before that
reads the file again; what it gave already is known by its digest and is not added twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from onrecord import ingest, store
from onrecord.executors import open_executor, ordered_map, processes
from onrecord.model import Notice, Reading, SourceFile

ITEMS = 64
"""Items that go to a worker at once and share a transaction."""
BYTES = 4_000_000
"""A batch is closed when its items hold more than this, so that large files do not wait for one another."""
RACY_NS = 2_000_000_000
"""A file younger than this when it was read may change again without its time changing: look again next time."""
LOST = frozenset(["vanished", "denied"])
TOLD = 100
"""Notices that a report holds; the archive has them all."""


class AddReport(Struct, frozen=True, kw_only=True):
    """Counts of one `add`: files looked at, and documents by what became of them."""

    files: int = 0
    unchanged: int = 0
    new: int = 0
    known: int = 0
    failed: int = 0
    notices: tuple[tuple[str, Notice], ...] = ()
    """What could not be read, by source; the first hundred."""


class Placed(Struct, frozen=True):
    """An item, and where on this machine its bytes were found."""

    item: ingest.Item
    place: str


class Work(Struct, frozen=True):
    """One batch for a worker, and the files that are wholly read once it is committed."""

    items: tuple[Placed, ...]
    files: tuple[SourceFile, ...]
    done: int
    """Files that are done with once this is committed, since the run began."""


def read(work: Work) -> tuple[Work, list[Reading]]:
    """What a worker does: the bytes of each item to a Reading. Bytes do not travel back."""
    readings = [replace(ingest.render(placed.item), place=placed.place) for placed in work.items]
    return Work((), work.files, work.done), readings


class Adding:
    """The state of one run; `run` may be called once."""

    def __init__(
        self, view: store.View, writer: store.Writer, at: str, recheck: bool, progress: Callable[[int], None]
    ) -> None:
        self._view = view
        self._originals = store.Originals(view.folder)
        self._writer = writer
        self._at = at
        self._recheck = recheck
        self._progress = progress
        self._files = self._done = self._unchanged = self._new = self._known = self._failed = 0
        self._notices: list[tuple[str, Notice]] = []

    def tell(self, source: str, notice: Notice) -> None:
        """Remember something that the person should know and that no capture will hold."""
        if len(self._notices) < TOLD:
            self._notices.append((source, notice))

    def not_offered(self, source: str, notice: Notice) -> None:
        """Remember what was found and could not be offered; a file that is lost counts as not readable."""
        self._failed += notice.code in LOST
        self.tell(source, notice)

    def run(self, offers: Iterator[ingest.Offer], jobs: int) -> AddReport:
        """Add what changed of these files; commits as it goes."""
        items = self._items(offers)
        first = list(islice(items, ITEMS + 1))
        workers = processes(jobs, len(first))
        with open_executor(workers) as (executor, width):
            for work, readings in ordered_map(executor, width, read, self._batches(chain(first, items))):
                self._commit(work, readings)
        return AddReport(
            files=self._files,
            unchanged=self._unchanged,
            new=self._new,
            known=self._known,
            failed=self._failed,
            notices=tuple(self._notices),
        )

    def _commit(self, work: Work, readings: Sequence[Reading]) -> None:
        added = self._writer.add(readings, work.files)
        self._new += added.new
        self._known += added.known
        self._failed += added.failed
        for reading in readings:
            if reading.document is None:
                for notice in reading.notices:
                    self.tell(reading.capture.source, notice)
        self._progress(work.done)

    def _batches(self, items: Iterator[Placed | SourceFile]) -> Iterator[Work]:
        batch: list[Placed] = []
        files: list[SourceFile] = []
        weight = 0
        for item in items:
            if isinstance(item, SourceFile):
                files.append(item)
                continue
            if batch and (len(batch) == ITEMS or weight + item.item.capture.size > BYTES):
                yield Work(tuple(batch), tuple(files), self._done)
                batch, files, weight = [], [], 0
            batch.append(item)
            weight += item.item.capture.size
        if batch or files:
            yield Work(tuple(batch), tuple(files), self._done)

    def _items(self, offers: Iterator[ingest.Offer]) -> Iterator[Placed | SourceFile]:
        """The items of every file that changed, each file's followed by the file itself."""
        for offer in offers:
            self._files += 1
            try:
                state = offer.path.stat()
                if not self._recheck and self._is_unchanged(offer, state):
                    self._unchanged += 1
                    self._done += 1
                    continue
                yield from self._changed(offer, state)
            except OSError as error:
                self._failed += 1
                self._done += 1
                self.tell(offer.source, vanished(error))

    def _is_unchanged(self, offer: ingest.Offer, state: os.stat_result) -> bool:
        return self._view.unchanged(place(offer), state.st_size, state.st_mtime_ns, offer.given)

    def _changed(self, offer: ingest.Offer, state: os.stat_result) -> Iterator[Placed | SourceFile]:
        digest, size = self._originals.put_file(offer.path)
        where = place(offer)
        for item in ingest.unpack(offer, self._originals.path(digest), digest, size, self._at):
            yield Placed(item, where + item.capture.source.removeprefix(offer.source))
        racy = time.time_ns() - state.st_mtime_ns < RACY_NS
        self._done += 1
        yield SourceFile(
            source=offer.source,
            size=size,
            mtime_ns=-1 if racy else state.st_mtime_ns,
            digest=digest,
            given=offer.given,
            place=where,
        )


def expected(roots: Sequence[Path]) -> int:
    """About how many files there are, by a quick look: for an estimate of the time, not a promise."""
    return sum(sum(len(names) for _, _, names in os.walk(root)) if root.is_dir() else 1 for root in roots)


def place(offer: ingest.Offer) -> str:
    """Where the offered file is on this machine, whatever it was added as part of."""
    return ingest.printable(os.path.abspath(offer.path))  # noqa: PTH100 - resolve() would follow links


def vanished(error: OSError) -> Notice:
    """The Notice for a file that was there when the folder was listed and cannot be read now."""
    if isinstance(error, FileNotFoundError):
        return Notice("ingest", "vanished", "It was gone before it could be read. Add it again when it is back.")
    return Notice("ingest", "denied", f"It cannot be read ({error.strerror or error}). Check the disk and its rights.")
