"""One document:

/d/ID             to read; #p3 is its third paragraph
/d/ID/START-END   the permanent address of a passage: leads to it, pointed out
/d/ID.json, .txt  the record, the text
"""

from __future__ import annotations

import msgspec
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.model import Record
from onrecord.web import reader
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import found, within


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/d/{name}.json")
    async def as_json(name: str) -> Response:
        return Response(msgspec.json.encode(found(archive, name)), media_type="application/json")

    @pages.page("/d/{name}.txt")
    async def as_text(name: str) -> Response:
        return Response(found(archive, name).text.encode(), media_type="text/plain; charset=utf-8")

    @pages.page("/d/{name}")
    async def read(request: Request, name: str) -> Response:
        record, at = found(archive, name), request.query_params.get("at")
        return document_page(request, record, within(record, at) if at else None)

    @pages.page("/d/{name}/{span}")
    async def passage(name: str, span: str) -> Response:
        start, end = within(found(archive, name), span)
        return RedirectResponse(f"/d/{name}?at={start}-{end}#at", 302)

    return pages


def document_page(request: Request, record: Record, at: tuple[int, int] | None = None) -> Response:
    """The reader; `at` is a passage to point out."""
    stored = (record.capture.container or record.capture.digest).removeprefix("sha256:")
    original = f"/o/{stored}?d={record.id}"
    page = reader.page(record, at)
    return html(request, "document.html", page=page, record=record, layers=reader.LAYERS, original=original)
