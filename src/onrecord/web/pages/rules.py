"""`/rules`: by which rules facts are found, each with a place of its own, to which every fact leads."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.web import rules
from onrecord.web.drawing import html
from onrecord.web.pages import Pages


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/rules")
    async def all_rules(request: Request) -> Response:
        return html(request, "rules.html", groups=rules.groups(), anchor=rules.anchor)

    return pages
