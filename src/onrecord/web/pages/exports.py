"""The whole archive for other programs:

/export                            what there is, in which forms
/export/TABLE.csv, .json, .parquet a table
/export/record.jsonl               the record, a document a line
/export/facts.jsonl                all tables, a fact a line
/export/annotations.jsonld         W3C Web Annotations
/export/ledger.jsonl               what people decided

A file is written as it is sent, piece by piece in other threads, so that pages go on meanwhile.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from fastapi import Request
from fastapi.exceptions import HTTPException
from msgspec import Struct
from starlette.responses import Response, StreamingResponse

from onrecord.archive import Archive
from onrecord.export import TABLES
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.saving import attached

PIECE = 64 * 1024
"""Bytes that are gathered before they are sent: a row at a time would cost a change of threads a row."""
KINDS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
"""The forms of a table, with their media types."""
LINES = "application/x-ndjson"


class Whole(Struct, frozen=True):
    """A file that holds all of one kind. `counts` is the total of the archive's numbers that says how much it is."""

    name: str
    label: str
    about: str
    kind: str
    counts: str
    one: str
    written: Callable[[Archive], Iterator[bytes]]


def ledger(archive: Archive) -> Iterator[bytes]:
    stream = io.BytesIO()
    archive.write_ledger(stream)
    yield stream.getvalue()


WHOLES = (
    Whole(
        "record.jsonl", "The record", "All about a document, its text too, in one JSON object; a document a line.",
        LINES, "document", "document", lambda archive: archive.exported("record"),
    ),
    Whole(
        "facts.jsonl", "All tables at once", "Every row of the tables below as a JSON object, a fact a line.",
        LINES, "document", "document", lambda archive: archive.exported("jsonl"),
    ),
    Whole(
        "annotations.jsonld", "Annotations", "W3C Web Annotations in JSON-LD, each with the words it is about.",
        "application/ld+json", "document", "document", lambda archive: archive.exported("webannotation"),
    ),
    Whole(
        "ledger.jsonl", "The ledger", "What people decided, withdrawn decisions too; a decision a line.",
        LINES, "judgement", "standing decision", ledger,
    ),
)  # fmt: skip


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/export")
    async def page(request: Request) -> Response:
        totals = dict(archive.stats().totals)
        parquet = find_spec("pyarrow") is not None
        forms = [form for form in KINDS if form != "parquet" or parquet]
        return html(
            request, "export.html", wholes=WHOLES, tables=TABLES.values(), forms=forms, totals=totals, parquet=parquet
        )

    @pages.page("/export/{name}")
    async def file(request: Request, name: str) -> Response:
        pieces, kind = opened(archive, name)
        headers = attached(name)
        if request.method == "HEAD":
            return Response(media_type=kind, headers=headers)
        return StreamingResponse(gathered(pieces), media_type=kind, headers=headers)

    return pages


def opened(archive: Archive, name: str) -> tuple[Iterator[bytes], str]:
    """The pieces of the file of this name, and its media type. Raises HTTPException for a name that is none of ours,
    ExtraMissing for a form whose library is not installed."""
    for whole in WHOLES:
        if whole.name == name:
            return whole.written(archive), whole.kind
    table, _, form = name.partition(".")
    if table not in TABLES or form not in KINDS:
        raise HTTPException(404)
    return archive.exported(form, table=table), KINDS[form]


def gathered(pieces: Iterator[bytes], size: int = PIECE) -> Iterator[bytes]:
    """The same bytes in pieces of `size` at least, but for the last."""
    held: list[bytes] = []
    much = 0
    for piece in pieces:
        held.append(piece)
        much += len(piece)
        if much >= size:
            yield b"".join(held)
            held.clear()
            much = 0
    if held:
        yield b"".join(held)
