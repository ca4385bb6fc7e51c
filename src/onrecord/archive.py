"""Archive: the only composer. It knows every room of the house; the rooms do not know one another.

    archive = Archive.open("river.onrecord", create=True)
    archive.build(["letters/"], given=Given(publisher="River Post"))
    archive.search('"will not sign" harbour')
    for record in archive.records(): ...

Everything that is derived (annotations, index) can be made again from what is kept (originals, judgements).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from onrecord import annotate, export, ingest, resolve, store
from onrecord.errors import NotFound
from onrecord.executors import batched, open_executor, ordered_map
from onrecord.model import (
    Annotations,
    Document,
    Filters,
    Given,
    Judgement,
    Notice,
    Problem,
    Reading,
    Record,
    Results,
    SourceFile,
)

BATCH = 64
"""Items that go to a worker at once, and documents whose facts share a transaction."""
SMALL = 200
"""Runs up to this many items stay in this process: starting a pool would cost more than it saves."""
RACY_NS = 2_000_000_000
"""A file younger than this when it was read may change again without its time changing: look again next time."""

Progress = Callable[[str, int, int | None], None]
"""Called as `progress(stage, done, total)`; `total` is None while it is not known."""


class AddReport(Struct, frozen=True, kw_only=True):
    """Counts of one `add`: files looked at, and documents by what became of them."""

    files: int = 0
    unchanged: int = 0
    new: int = 0
    known: int = 0
    failed: int = 0
    notices: tuple[tuple[str, Notice], ...] = ()
    """What could not be read, by source; the first hundred."""


class BuildReport(Struct, frozen=True, kw_only=True):
    """What one `build` did; each part did only what had changed."""

    added: AddReport
    annotated: int
    indexed: int


class Work(Struct, frozen=True):
    """One batch for a worker, and the files that are wholly read once it is committed."""

    items: tuple[ingest.Item, ...]
    files: tuple[SourceFile, ...]


def quiet(stage: str, done: int, total: int | None) -> None:
    """The progress of someone who does not look."""


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def render_batch(items: Sequence[ingest.Item]) -> list[Reading]:
    """What a worker does when files are added."""
    return [ingest.render(item) for item in items]


def annotate_batch(documents: Sequence[Document]) -> list[tuple[str, Annotations]]:
    """What a worker does when documents are annotated: the same on a pool and on a cluster."""
    return [(document.id, resolve.settle(annotate.annotate(document))) for document in documents]
