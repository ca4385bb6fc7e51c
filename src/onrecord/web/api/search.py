"""Searching: documents found, the places in them, all documents, one of them, and what is in the archive."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from msgspec import Struct, structs
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.model import Context, Hit, Record
from onrecord.store import SavedSearch
from onrecord.text.address import address
from onrecord.web.api import Api, Cursor, Limit, Slice, after, answer, cursor
from onrecord.web.asking import LONGEST, MANY, Asked, asked
from onrecord.web.pages.finding import found
from onrecord.workbench.concordance import Line
from onrecord.workbench.overview import Overview

LINES = 3
"""Places that a found document is shown with."""
EACH = 200
"""Places of one document in /hits."""
STEP = 50
"""Documents that /hits looks through at once."""
FARTHEST = 1_000_000_000
Some = Annotated[list[str], Query(max_length=MANY)]


class FoundDocument(Struct, frozen=True, kw_only=True):
    """A document found; `contexts` are the first places in it, `address` is its page."""

    document: str
    address: str
    title: str
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    """EDTF."""
    score: float
    contexts: tuple[Context, ...]


class FoundDocuments(Struct, frozen=True):
    """`total` counts documents; `facets` count the documents found by value, the most frequent first."""

    items: tuple[FoundDocument, ...]
    total: int
    next: str | None
    facets: dict[str, tuple[tuple[str, int], ...]]
    behind: int
    """Documents that came or changed since the search index was made: what is found may not be all there is."""


class Listed(Struct, frozen=True, kw_only=True):
    document: str
    address: str
    title: str
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    """EDTF."""


async def question(
    request: Request,
    q: Annotated[str, Query(max_length=LONGEST, description="Words, phrases, AND, OR, NOT, begin*")] = "",
    publisher: Some = [],  # noqa: B006 - the description shows it
    lang: Some = [],  # noqa: B006
    genre: Some = [],  # noqa: B006
    party: Some = [],  # noqa: B006
    speaker: Some = [],  # noqa: B006
    voice: Annotated[str, Query(description="Where the words stand: direct, reported or own")] = "",
    since: Annotated[str, Query(description="EDTF")] = "",
    until: Annotated[str, Query(description="EDTF")] = "",
    act: Some = [],  # noqa: B006
    review: Annotated[list[str], Query(description="decided, doubtful or quiet")] = [],  # noqa: B006
    without: Annotated[list[str], Query(description="What is not known: date, publisher, language …")] = [],  # noqa: B006
    sort: Annotated[str, Query(description="rank or newest")] = "",
) -> Asked:
    """What the parameters ask. Raises Unclear. They are read by `asked`, as on the page: here they are described."""
    return structs.replace(asked(request.query_params), view="documents", page=1)


Question = Annotated[Asked, Depends(question)]


def routes(api: Api) -> None:
    archive = api.archive

    @api.get("/search", FoundDocuments, "Documents found, with the first places in each")
    async def search(asked: Question, limit: Limit = 20, cursor: Cursor = None) -> Response:
        at = start(cursor)
        results = archive.search(asked.query, asked.filters, sort=asked.sort, limit=limit, offset=at, lines=LINES)
        items = tuple(document(hit) for hit in results.hits)
        more = following(at, items, results.total)
        return answer(FoundDocuments(items, results.total, more, results.facets, results.behind))

    @api.get("/hits", Slice[Line], "Places found (at most 200 of a document), with the words around and who says them")
    async def hits(asked: Question, limit: Limit = 50, cursor: Cursor = None) -> Response:
        return answer(places(archive, asked, limit, after(cursor, tuple[int, int]) or (0, 0)))

    @api.get("/documents", Slice[Listed], "Documents, the newest first")
    async def documents(asked: Question, limit: Limit = 100, cursor: Cursor = None) -> Response:
        at = start(cursor)
        results = archive.search(
            asked.query, asked.filters, sort="newest", limit=limit, offset=at, lines=0, facets=False
        )
        items = tuple(Listed(**about(hit)) for hit in results.hits)
        return answer(Slice(items, results.total, following(at, items, results.total)))

    @api.get("/documents/{document}", Record, "The record of one document")
    async def record(document: str) -> Response:
        return answer(found(archive, document))

    @api.get("/searches", Slice[SavedSearch], "Searches that people keep, the latest first")
    async def searches() -> Response:
        kept = archive.searches()
        return answer(Slice(tuple(kept), len(kept)))

    @api.get("/stats", Overview, "What is in the archive")
    async def stats() -> Response:
        return answer(archive.workbench.overview())


def start(said: str | None) -> int:
    """How many documents come before those asked for. Raises BadCursor."""
    return min(max(after(said, int) or 0, 0), FARTHEST)


def following(at: int, items: tuple[Any, ...], total: int) -> str | None:
    return cursor(at + len(items)) if items and at + len(items) < total else None


def about(hit: Hit) -> dict[str, Any]:
    known = structs.asdict(hit) | {"address": address(hit.document)}
    return {name: known[name] for name in Listed.__struct_fields__}


def document(hit: Hit) -> FoundDocument:
    return FoundDocument(**about(hit), score=hit.score, contexts=hit.contexts)


def places(archive: Archive, asked: Asked, limit: int, at: tuple[int, int]) -> Slice[Line]:
    """Lines from the place on: how many documents come before it, and how many lines of the next."""
    offset, skipped = (min(max(part, 0), FARTHEST) for part in at)
    kept: list[Line] = []
    while True:
        hits = archive.search(
            asked.query, asked.filters, sort=asked.sort, limit=STEP, offset=offset, lines=EACH, facets=False
        ).hits
        lines = archive.workbench.lines(hits)
        for number, hit in enumerate(hits):
            own = [line for line in lines if line.document == hit.document]
            room = limit - len(kept)
            kept += own[skipped : skipped + room]
            if len(own) - skipped > room:
                return Slice(tuple(kept), None, cursor((offset + number, skipped + room)))
            skipped = 0
        offset += len(hits)
        if len(hits) < STEP:
            return Slice(tuple(kept), None, None)
        if len(kept) == limit:
            return Slice(tuple(kept), None, cursor((offset, 0)))
