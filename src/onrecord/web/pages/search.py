"""`/search`: documents, each hit in its line; `/search.csv`, `.json`, `.svg`: what was found, to be saved;
`/search/keep`, `/search/forget`: searches that people keep."""

from __future__ import annotations

import regex
from fastapi import Request
from fastapi.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import ArchiveError, NotFound, OnrecordError
from onrecord.web import overtime, results, saved_hits
from onrecord.web.access import Person, editor, ours, visit
from onrecord.web.asking import Asked, Unclear, asked
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.saving import picture

KEPT = 20
"""Kept searches that the page names, the latest first."""
SAVING = {"forms": saved_hits.forms(), "most_saved": saved_hits.MOST}


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/search")
    async def search(request: Request) -> Response:
        try:
            question = asked(request.query_params)
            values = results.answer(archive, question)
            return html(request, "search.html", searches=archive.searches()[:KEPT], **SAVING, **values)
        except (ArchiveError, NotFound):
            raise
        except OnrecordError as error:
            query = request.query_params.get("q", "")[:200]
            return html(request, "search.html", 400, asked=Asked(query=query), help=str(error), labels={}, found=None)

    @pages.action("/search/keep")
    async def keep(request: Request) -> Response:
        sent, person = sent_by(request)
        search = archive.save_search(sent.get("name", ""), sent.get("address", ""), by=person.name)
        return RedirectResponse(ours(search.address), 303)

    @pages.action("/search/forget")
    async def forget(request: Request) -> Response:
        sent, _ = sent_by(request)
        number = sent.get("number", "")
        if not regex.fullmatch(r"\d{1,18}", number, flags=regex.ASCII):
            raise Unclear("A search is forgotten by its number.")
        archive.forget_search(int(number))
        return RedirectResponse(ours(sent.get("next")), 303)

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


def sent_by(request: Request) -> tuple[dict[str, str], Person]:
    """The fields of a form, and who sent it. Raises Refused, Nameless."""
    person = editor(request)
    return dict(visit(request).fields or ()), person
