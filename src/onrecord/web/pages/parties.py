"""`/parties`: who is named in the archive; `/p/ENTITY`: one party."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.commitments import COMMITMENTS
from onrecord.web import words
from onrecord.web.drawing import html
from onrecord.web.glyphs import direction
from onrecord.web.here import here, paged
from onrecord.web.pages import Pages
from onrecord.workbench import acts, parties
from onrecord.workbench.bins import Bin
from onrecord.workbench.party import WholeParty
from onrecord.workbench.who import period

DEEPEST = 10_000
"""Parties that can be paged through: beyond it a name serves better."""
SCRIPTS = {
    "Latn": "Latin", "Arab": "Arabic", "Hebr": "Hebrew", "Cyrl": "Cyrillic", "Grek": "Greek", "Hani": "Han",
    "Jpan": "Japanese", "Kore": "Korean", "Hang": "Hangul", "Deva": "Devanagari", "Armn": "Armenian",
    "Geor": "Georgian", "Ethi": "Ethiopic", "Thai": "Thai",
}  # fmt: skip
KINDS = {
    "organization": "Organisations", "person": "Persons", "place": "Places", "event": "Events", "work": "Works",
}  # fmt: skip
SINGLE = {"organization": "organisation"}
SORTS = {"statements": "Most statements first", "documents": "Most documents first"}
MULTIPLES = {
    "promise": "Promises", "demand": "Demands", "threaten": "Threats", "refuse": "Refusals",
}  # fmt: skip
"""How the acts that are drawn over time are called."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/parties")
    async def every(request: Request) -> Response:
        at = here("/parties", request.query_params, ("q", "kind", "sort", "page"))
        number = paged(at.one("page"), DEEPEST // parties.PAGE)
        found = archive.workbench.parties(
            at.one("q"), at.one("kind") or None, at.one("sort") or "statements", skip=(number - 1) * parties.PAGE
        )
        last = max(1, -(-min(found.total, DEEPEST) // parties.PAGE))
        return html(
            request,
            "parties.html",
            at=at,
            found=found,
            page=number,
            pages=last,
            kinds=KINDS,
            scripts=SCRIPTS,
            sort_names=SORTS,
            single=SINGLE,
        )

    @pages.page("/p/{name}")
    async def one(request: Request, name: str) -> Response:
        at = here(f"/p/{name}", request.query_params, ("act", "since", "until", "page"))
        asked = [value for known, value in at.said if known == "act"]
        wanted, days = acts.kinds(asked), period(at.one("since"), at.one("until"))
        number = paged(at.one("page"), DEEPEST // acts.PAGE)
        party = archive.workbench.party(name, wanted, days, (number - 1) * acts.PAGE)
        if party.party.id != name:
            return RedirectResponse(f"/p/{party.party.id}", 302)
        return html(
            request,
            "party.html",
            at=at,
            it=party,
            asked=asked,
            days=days,
            page=number,
            pages=max(1, -(-(party.listing.total if party.listing else 0) // acts.PAGE)),
            highest=highest(party),
            shares=shares,
            multiples=MULTIPLES,
            commitments=COMMITMENTS,
            act_names=words.ACTS,
            modalities=words.MODALITIES,
            scripts=SCRIPTS,
            single=SINGLE,
            language=words.language,
            direction=direction,
            quoted=quoted,
        )

    return pages


def highest(party: WholeParty) -> int:
    """The number that the tallest column of all the small pictures stands for."""
    return max((each.count for series in party.acts.series for each in series.bins), default=0)


def shares(bins: tuple[Bin, ...], most: int) -> list[tuple[Bin, float, str]]:
    """Bins with their height in per cent of the tallest, and their words."""
    return [(each, round(100 * each.count / (most or 1), 1), span(each)) for each in bins]


def span(each: Bin) -> str:
    """The days of a bin in words."""
    first, last = words.date(each.since), words.date(each.until)
    return first if first == last else f"{first} – {last}"


def quoted(name: str) -> str:
    """A name as a search asks for it word for word."""
    return '"' + name.replace('"', " ") + '"'
