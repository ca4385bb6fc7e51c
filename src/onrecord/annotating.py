"""Finding the facts in what waits for it: in batches, on as many processes as are asked for, with judgements laid over.

A worker is given documents and gives back their facts; it writes nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from onrecord import annotate, naming, resolve, standing, store
from onrecord.executors import batched, open_executor, ordered_map, processes
from onrecord.judging import Ledger
from onrecord.model import Annotations, Document, Notice

FAULT = "fault"
BATCH = 64
"""Documents that go to a worker at once, and whose facts share a transaction."""
TOGETHER = 32
"""Documents that go through the stages together; more give little more, and hold their findings in memory."""


class Found(NamedTuple):
    """How many documents were annotated, and in how many of them a stage failed."""

    documents: int
    faults: int


def annotate_batch(documents: Sequence[Document], extractor: str | None = None) -> list[tuple[str, Annotations]]:
    """What a worker does when documents are annotated: the same in this process, on a pool and on a cluster."""
    # Findings are trees of values: looking for cycles among them costs a tenth of the time and finds none.
    was_on = gc.isenabled()
    gc.disable()
    try:
        every: list[tuple[str, Annotations]] = []
        for start in range(0, len(documents), TOGETHER):
            some = documents[start : start + TOGETHER]
            found = annotate.annotate_all(some, extractor)
            every += [(it.id, _settled(facts, it)) for it, facts in zip(some, found, strict=True)]
        return every
    finally:
        if was_on:
            gc.enable()


def _settled(found: Annotations | Exception, document: Document) -> Annotations:
    """The facts of one document. A fault of ours in one text is told in that text's record and never ends a run."""
    try:
        if isinstance(found, Exception):
            raise found
        return resolve.settle(found, document.id)
    except Exception as error:
        said = f"No facts were found, by a fault of onrecord ({type(error).__name__}: {error}). Please report it."
        return Annotations(notices=(Notice("annotate", FAULT, said),))


def fingerprint(extractor: str | None) -> str:
    """Of the stages with this plug-in. Raises ExtraMissing where it is not installed."""
    return annotate.fingerprint() if extractor is None else annotate.fingerprint(extractor)


class Annotating:
    """One run over all that other stages have read, or none."""

    def __init__(
        self, view: store.View, writer: store.Writer, ledger: Ledger, progress: Callable[[int, int], None]
    ) -> None:
        self._view, self._writer, self._ledger, self._progress = view, writer, ledger, progress
        self._extractor = view.extractor
        self._fingerprint = fingerprint(self._extractor)

    def run(self, jobs: int, cluster: str | None = None) -> Found:
        """On `jobs` processes, 0 for one a core where there is much to do; or on a cluster."""
        work = annotate_batch if self._extractor is None else partial(annotate_batch, extractor=self._extractor)
        total = self._view.count_pending(self._fingerprint)
        done = faults = 0
        with open_executor(processes(jobs, total), cluster if total else None) as (executor, width):
            for facts in ordered_map(executor, width, work, batched(self._waiting(total), BATCH)):
                done += len(facts)
                faults += self._keep(facts)
                self._progress(done, total)
        return Found(done, faults)

    def _waiting(self, total: int) -> Iterator[Document]:
        """The documents, with the registry's names that stand in them."""
        waiting = self._view.pending(self._fingerprint)
        entries = naming.Names(self._view).registry() if total else ()
        return map(naming.KnownNames(entries).noted, waiting) if entries else waiting

    def _keep(self, facts: list[tuple[str, Annotations]]) -> int:
        """Write the facts of a batch; returns in how many documents a stage failed."""
        failed = [pair for pair in facts if any(notice.code == FAULT for notice in pair[1].notices)]
        self._writer.annotate([pair for pair in facts if pair not in failed] if failed else facts, self._fingerprint)
        if failed:  # under another name, so that the next run tries them again
            self._writer.annotate(failed, f"{self._fingerprint} {FAULT}")
        judged = [name for name, _ in facts if name in self._ledger.about]
        standing.lay(self._view, self._writer, self._ledger, judged)
        return len(failed)
