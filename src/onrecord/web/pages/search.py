"""`/search`: documents, each hit in its line; `/search.csv`, `.json`, `.svg`: what was found, to be saved."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import HTTPException
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.errors import ArchiveError, NotFound, OnrecordError
from onrecord.web import overtime, results, saved_hits
from onrecord.web.asking import Asked, asked
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.saving import picture


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/search")
    async def search(request: Request) -> Response:
        try:
            question = asked(request.query_params)
            values = results.answer(archive, question)
            return html(request, "search.html", forms=saved_hits.forms(), most_saved=saved_hits.MOST, **values)
        except (ArchiveError, NotFound):
            raise
        except OnrecordError as error:
            query = request.query_params.get("q", "")[:200]
            return html(request, "search.html", 400, asked=Asked(query=query), help=str(error), labels={}, found=None)

    @pages.page("/search.svg")
    async def drawn(request: Request) -> Response:
        chart = overtime.drawn(archive, asked(request.query_params)).chart
        if chart is None:
            raise HTTPException(404)
        return picture(chart, "documents-found-over-time")

    @pages.page("/search.{form}")
    async def saved(request: Request, form: str) -> Response:
        return saved_hits.answer(archive, asked(request.query_params), form)

    return pages
