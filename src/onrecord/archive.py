"""Archive: the only composer. It knows every room of the house; the rooms do not know one another.

    archive = Archive.open("river.onrecord", create=True)
    archive.build(["letters/"], given=Given(publisher="River Post"))
    archive.search('"will not sign" harbour')
    for record in archive.records(): ...

Everything that is derived (annotations, index) can be made again from what is kept (originals, judgements).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from msgspec import Struct

from onrecord import annotate, export, ingest, resolve, store
from onrecord.adding import Adding, AddReport
from onrecord.errors import NotFound
from onrecord.executors import batched, open_executor, ordered_map, processes
from onrecord.model import (
    Annotations,
    Document,
    Entity,
    Filters,
    Given,
    Judgement,
    Problem,
    Record,
    Results,
    Stats,
    Subject,
    Verdict,
)

BATCH = 64
"""Documents that go to a worker at once, and whose facts share a transaction."""

Progress = Callable[[str, int, int | None], None]
"""Called as `progress(stage, done, total)`; `total` is None while it is not known."""
NOTHING_GIVEN = Given()
NO_FILTERS = Filters()


class BuildReport(Struct, frozen=True, kw_only=True):
    """What one `build` did; each part did only what had changed."""

    added: AddReport
    annotated: int
    indexed: int


def quiet(stage: str, done: int, total: int | None) -> None:
    """The progress of someone who does not look."""


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def annotate_batch(documents: Sequence[Document]) -> list[tuple[str, Annotations]]:
    """What a worker does when documents are annotated: the same in this process, on a pool and on a cluster."""
    return [(document.id, resolve.settle(annotate.annotate(document))) for document in documents]


class Archive:
    """An archive in a folder. Reading needs nothing; writing waits up to `wait` seconds for another writer.

    Use it as a context manager. Raises NotAnArchive where the folder holds none and `create` is not set.
    """

    def __init__(self, folder: Path, *, wait: float = 10.0) -> None:
        self.folder = folder
        self._wait = wait
        self._view = store.View(folder)
        self._index = store.Index(folder)
        self._originals = store.Originals(folder)

    @classmethod
    def open(cls, path: str | os.PathLike[str], create: bool = False, *, wait: float = 10.0) -> Self:
        """The archive at `path`; with `create`, a new one where there is none."""
        folder = Path(path)
        if create:
            store.create(folder)
        return cls(folder, wait=wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
        self._view.close()

    # -- in ----------------------------------------------------------------------------------------------------------

    def build(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        given: Given = NOTHING_GIVEN,
        jobs: int | None = None,
        cluster: str | None = None,
        recheck: bool = False,
        progress: Progress = quiet,
    ) -> BuildReport:
        """Add, annotate and index in one go; each does only what has changed since the last time."""
        added = self.add(paths, given=given, jobs=jobs, recheck=recheck, progress=progress)
        annotated = self.annotate(jobs=jobs, cluster=cluster, progress=progress)
        return BuildReport(added=added, annotated=annotated, indexed=self.index(progress=progress))

    def add(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        given: Given = NOTHING_GIVEN,
        jobs: int | None = None,
        recheck: bool = False,
        progress: Progress = quiet,
    ) -> AddReport:
        """Keep the originals of files and folders, and read out their text.

        A file whose place, size, time and metadata are as before is passed over, unless `recheck` is set. Raises
        NotFound for a path that is not there, MetadataError, ArchiveBusy, ArchiveFull.
        """
        with store.Writer(self.folder, wait=self._wait) as writer:
            adding = Adding(self._view, writer, now(), recheck, lambda files: progress("add", files, None))
            return adding.run(ingest.find([Path(path) for path in paths], given, adding.tell), jobs)

    def annotate(self, *, jobs: int | None = None, cluster: str | None = None, progress: Progress = quiet) -> int:
        """Find the facts in every document that is new or was read by other stages; returns how many."""
        fingerprint = annotate.fingerprint()
        done = 0
        with store.Writer(self.folder, wait=self._wait) as writer:
            total = self._view.count_pending(fingerprint)
            with open_executor(processes(jobs, total), cluster if total else None) as (executor, width):
                batches = batched(self._view.pending(fingerprint), BATCH)
                for facts in ordered_map(executor, width, annotate_batch, batches):
                    writer.annotate(facts, fingerprint)
                    done += len(facts)
                    progress("annotate", done, total)
        return done

    def index(self, *, progress: Progress = quiet) -> int:
        """Bring the search index to the state of the store; returns how many documents it took in or let go."""
        with store.Writer(self.folder, wait=self._wait):
            return self._index.update(self._view, lambda done, total: progress("index", done, total))

    # -- out ---------------------------------------------------------------------------------------------------------

    def find(self, name: str) -> str:
        """The id that begins with `name`. Raises NotFound where there is none or more than one."""
        found = self._view.names(name, 6)
        if name in found or len(found) == 1:
            return name if name in found else found[0]
        said = f"{len(found)} and more ids begin so: {', '.join(found)}" if found else "no id begins so"
        raise NotFound(f"Which document is {name!r}? In {self.folder} {said}.")

    def document(self, name: str) -> Document:
        """The document with this id. Raises NotFound."""
        return self._view.document(name)

    def annotations(self, name: str) -> Annotations:
        """What the stages found in a document, without judgements. Raises NotFound."""
        return self._view.annotations(name)

    def original(self, digest: str) -> Path:
        """The stored file with this digest. Raises NotFound."""
        return self._originals.get(digest)

    def entities(self, ids: Iterable[str]) -> Mapping[str, Entity]:
        """The entities with these ids; unknown ids are left out."""
        return self._view.entities(list(ids))
