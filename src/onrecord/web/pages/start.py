"""`/`: what is in the archive. With `form=svg` its documents over time as a picture to save."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.model import Hit
from onrecord.web import overview, results
from onrecord.web.advice import advice
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.saving import picture

RECENT = 6
"""Documents on the first page."""

SEARCHES = 8
"""Kept searches on the first page."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/")
    async def start(request: Request) -> Response:
        found = archive.workbench.overview()
        columns = overview.columns(found)
        if request.query_params.get("form") == "svg":
            return picture(overview.chart(columns), "documents-over-time")
        named = archive.names.called([party for party, _ in found.facets["party"]])
        return html(
            request,
            "overview.html",
            found=found,
            totals=dict(found.totals),
            columns=columns,
            chart=overview.chart(columns),
            publishers=overview.rows(found.publishers, [column.period for column in columns]),
            more_publishers=max(0, len(found.facets["publisher"]) - len(found.publishers)),
            tables=overview.tables(found, named),
            unknown=overview.unknown(found),
            waiting=overview.waiting(found),
            searches=archive.searches()[:SEARCHES],
            advice=advice,
            recent=[results.Found.of(hit) for hit in newest(archive)],
        )

    return pages


def newest(archive: Archive) -> tuple[Hit, ...]:
    return archive.search("", sort="newest", limit=RECENT, facets=False).hits
