"""What came of files that were taken in: by where they lay, and by the digest of their bytes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from onrecord.model import Notice
from onrecord.store.rows import notices_from
from onrecord.store.view import View

Outcome = Literal["new", "known", "failed"]
MOST = 500
"""Arrivals that are listed; the counts count all."""
_FROM = "FROM captures c LEFT JOIN documents d ON d.number = c.document WHERE "
_BELOW = "c.place >= ? AND c.place < ? "
_ARRIVAL = f"SELECT c.source, c.state, d.id, d.title, d.capture = c.number, c.notices, d.notices {_FROM}"


class Arrival(Struct, frozen=True):
    """One capture, and the document that it gave: `known` where the archive had it from elsewhere."""

    source: str
    outcome: Outcome
    document: str | None
    title: str | None
    notices: tuple[Notice, ...]
    """Why there is no document, or what is doubtful in it; each says what to do."""


class Arrivals(Struct, frozen=True):
    """What came of some files: counts of all, and the first of them, those that failed or are doubtful in front."""

    new: int = 0
    known: int = 0
    failed: int = 0
    items: tuple[Arrival, ...] = ()


def arrivals(view: View, folder: str) -> Arrivals:
    """What came of the files below `folder`, an absolute path that ends in a separator."""
    bounds = (folder, folder + "\U0010ffff")
    new, known, failed = view.rows(
        "SELECT coalesce(sum(d.capture = c.number), 0), coalesce(sum(d.capture <> c.number), 0),"
        f" coalesce(sum(c.state = 'failed'), 0) {_FROM}{_BELOW}",
        bounds,
    )[0]
    rows = view.rows(
        f"{_ARRIVAL}{_BELOW} ORDER BY c.state = 'failed' DESC, d.notices <> '[]' DESC, c.number LIMIT ?",
        (*bounds, MOST),
    )
    return Arrivals(new, known, failed, tuple(_arrival(row) for row in rows))


def already(view: View, digest: str) -> tuple[Arrival, ...]:
    """What these bytes gave when they were taken in before, as a file or as a container that was read to its end; at
    most MOST."""
    rows = view.rows(
        f"{_ARRIVAL} c.number IN (SELECT number FROM captures WHERE digest = ? UNION"
        " SELECT number FROM captures WHERE container = ?) AND c.state <> 'replaced' ORDER BY c.number LIMIT ?",
        (digest, digest, MOST),
    )
    whole = ("SELECT 1 FROM captures WHERE digest = ?", "SELECT 1 FROM source_files WHERE digest = ? LIMIT 1")
    if rows and not any(view.rows(query, (digest,)) for query in whole):  # the file is noted with its last document
        return ()
    return tuple(_arrival(row, again=True) for row in rows)


def _arrival(row: tuple[str, str, str | None, str | None, int | None, str, str | None], again: bool = False) -> Arrival:
    source, state, document, title, first, notices, doubts = row
    outcome: Outcome = "failed" if state == "failed" else "new" if first and not again else "known"
    return Arrival(source, outcome, document, title, notices_from(notices if document is None else doubts or "[]"))
