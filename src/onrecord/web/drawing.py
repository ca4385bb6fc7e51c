"""How pages are drawn: templates, with the filters through which alone words of a document come into them."""

from __future__ import annotations

from functools import cache

import regex
from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from onrecord.web import access, assets, charts, facts, glyphs, words
from onrecord.web.asking import SPLITS, VIEWS, VOICES

PLACES = (
    ("/", "Overview"),
    ("/search", "Search"),
    ("/parties", "Parties"),
    ("/together", "Together"),
    ("/timeline", "Timeline"),
    ("/terms", "Terms"),
    ("/review", "Review"),
    ("/import", "Import"),
    ("/export", "Export"),
)
"""The pages that every page leads to, by address."""


@cache
def templates() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {
        "shown": glyphs.shown, "inline": glyphs.inline, "isolated": glyphs.isolated, "plain": glyphs.plain,
        "date": words.date, "size": words.size, "counted": words.counted, "moment": words.moment,
        "segment": words.segment, "weblink": weblink,
    }  # fmt: skip
    made.filters |= filters
    made.globals |= {
        "static": assets.address_of,
        "views": VIEWS,
        "splits": SPLITS,
        "voices": VOICES,
        "excerpt_direction": facts.excerpt_direction,
        "grouped": facts.grouped,
        "places": PLACES,
        "no_chart": charts.MISSING,
        "titles": words.NOTES,
        "verdicts": words.VERDICTS,
    }
    return made


def html(request: Request, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    """A page, with what every page is drawn from: where it stands among the others, and who asks (`access.common`)."""
    common = {"here": place(request.url.path)} | access.common(access.visit(request))
    return HTMLResponse(templates().get_template(template).render(common | values), status)


def place(path: str) -> str:
    """The address in PLACES that a page belongs to; empty where it belongs to none."""
    first = "/" + path.split("/")[1]
    return {"/p": "/parties", "/ledger": "/review"}.get(first, first)


def again(address: str) -> Response:
    """A page that asks once more for what was asked for, by itself."""
    return HTMLResponse(templates().get_template("again.html").render(address=address))


def weblink(url: str | None) -> str | None:
    """The address where it is one of the web; anything else (`javascript:` …) is never made a link."""
    return url if url and regex.match(r"https?://[^\s/]", url, flags=regex.IGNORECASE) else None
