"""`/`: what is in the archive."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.web import overview, results
from onrecord.web.drawing import html
from onrecord.web.pages import Pages

RECENT = 6
"""Documents on the first page."""
IMPORTS = 20
"""Failed and doubtful imports on the first page."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/")
    async def start(request: Request) -> Response:
        stats = archive.stats()
        return html(
            request,
            "overview.html",
            totals=dict(stats.totals),
            charts=overview.charts(stats),
            columns=overview.columns(stats),
            undated=overview.without(stats, "month"),
            recent=[results.Found.of(hit) for hit in archive.search("", sort="newest", limit=RECENT).hits],
            imports=archive.imports(IMPORTS),
        )

    return pages
