"""One document:

/d/ID             to read; #p3 is its third paragraph
/d/ID/START-END   the permanent address of a passage: leads to it, pointed out
/d/ID.json, .txt  the record, the text
/d/ID/page/N.png  a page of a PDF as a picture
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec
import regex
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.export import Decided, cited
from onrecord.model import Record
from onrecord.web import reader
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import found, judged, within
from onrecord.web.pictures import NONE, Pictures
from onrecord.web.pictures import Pages as Sheets

NUMBER = regex.compile(r"[1-9]\d{0,5}", flags=regex.ASCII)
# A browser draws a picture that is opened by itself with a style of its own.
PICTURE = {
    "cache-control": "private, max-age=3600",
    "content-security-policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
}
SHEETS = 40
"""Pages that the panel lists; the text leads to all."""


def routes(archive: Archive) -> Pages:
    pages = Pages()
    pictures = Pictures()

    @pages.page("/d/{name}.json")
    async def as_json(name: str) -> Response:
        return Response(msgspec.json.encode(found(archive, name)), media_type="application/json")

    @pages.page("/d/{name}.txt")
    async def as_text(name: str) -> Response:
        return Response(found(archive, name).text.encode(), media_type="text/plain; charset=utf-8")

    @pages.page("/d/{name}")
    async def read(request: Request, name: str) -> Response:
        (record, decided), at = judged(archive, name), request.query_params.get("at")
        path = pdf_of(archive, record)
        return document_page(
            request,
            record,
            within(record, at) if at else None,
            decided,
            await pictures.pages(path, record.text) if path else NONE,
        )

    @pages.page("/d/{name}/{span}")
    async def passage(name: str, span: str) -> Response:
        start, end = within(found(archive, name), span)
        return RedirectResponse(f"/d/{name}?at={start}-{end}#at", 302)

    @pages.page("/d/{name}/page/{number}.png")
    async def page_picture(name: str, number: str) -> Response:
        path = pdf_of(archive, found(archive, name))
        if path is None or not NUMBER.fullmatch(number):
            raise NotFound("There is no picture of a page here: only PDFs have them.")
        return Response(await pictures.page(path, int(number)), media_type="image/png", headers=PICTURE)

    return pages


def pdf_of(archive: Archive, record: Record) -> str | None:
    """The PDF that a document was read from, where it is kept by itself; one inside a container is not."""
    if record.capture.media_type != "application/pdf" or record.capture.container:
        return None
    return str(archive.original(record.capture.digest))


def document_page(
    request: Request,
    record: Record,
    at: tuple[int, int] | None = None,
    decisions: Decided = reader.NO_DECISIONS,
    sheets: Sheets = NONE,
) -> Response:
    """The reader; `at` is a passage to point out, `sheets` the pages of the original."""
    stored = (record.capture.container or record.capture.digest).removeprefix("sha256:")
    borders = {start: number for number, start in reversed(list(enumerate(sheets.starts, 1)))}
    return html(
        request,
        "document.html",
        page=reader.page(record, at, decisions, borders),
        record=record,
        layers=reader.LAYERS,
        original=f"/o/{stored}?d={record.id}",
        sheets=sheets,
        sheets_shown=SHEETS,
        sheet_of=bisect_right(sheets.starts, at[0]) if at and sheets.starts else None,
        cited=cited(record),
    )
