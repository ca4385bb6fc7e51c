"""`/s/ID/STATEMENT`: one statement that a document carries, and who carries, translates, quotes or reports it."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.web import rules, words
from onrecord.web.drawing import html
from onrecord.web.glyphs import direction, safe_tag, strongest
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import judged

RELATIONS = {
    "carries": ("Carried by", "The words of the statement stand there, most of them and in their order."),
    "quotes": ("Quoted by", "At least eight words in a row stand there as somebody’s words."),
    "translates": (
        "Translated, or translated from",
        "Another language, the same day and party, and figures and names that agree. The words are not compared.",
    ),
    "reports": (
        "May be reported by",
        "One of its parties is said to say there what shares distinctive words with it. Whether it is this statement "
        "that is meant is for you to judge.",
    ),
}  # fmt: skip
"""The heading of each relation, and what it rests on."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/s/{name}/{statement}")
    async def one(request: Request, name: str, statement: str) -> Response:
        record, decided = judged(archive, name)
        told = archive.workbench.statement(record, statement, decided)
        lang = strongest(
            (part.tag, min(part.end, told.place.end) - max(part.start, told.place.start)) for part in record.languages
        )
        return html(
            request,
            "statement.html",
            told=told,
            record=record,
            lang=safe_tag(lang),
            dir=direction(lang),
            roles=words.ROLES,
            named_dates=words.DATES,
            acts=words.ACTS,
            modalities=words.MODALITIES,
            behind=rules.behind,
            sure=words.sure,
            language=words.language,
            direction=direction,
            relations=RELATIONS,
        )

    return pages
