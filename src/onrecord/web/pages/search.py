"""`/search`: documents, with each hit in its line."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.errors import ArchiveError, NotFound, OnrecordError
from onrecord.web import results
from onrecord.web.asking import Asked, asked
from onrecord.web.drawing import html
from onrecord.web.pages import Pages


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/search")
    async def search(request: Request) -> Response:
        try:
            question = asked(request.query_params)
            return html(request, "search.html", **results.answer(archive, question))
        except (ArchiveError, NotFound):
            raise
        except OnrecordError as error:
            query = request.query_params.get("q", "")[:200]
            return html(request, "search.html", 400, asked=Asked(query=query), help=str(error), labels={}, found=None)

    return pages
