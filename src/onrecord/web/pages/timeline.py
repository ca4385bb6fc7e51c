"""`/timeline`: a lane a party; `?view=list` the same as a table, `?form=svg|csv` as a file."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import Request
from msgspec import Struct
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.export.csv import rows_of
from onrecord.web import lanes as drawing
from onrecord.web import words
from onrecord.web.asking import Unclear
from onrecord.web.drawing import html
from onrecord.web.here import Here, here
from onrecord.web.pages import Pages
from onrecord.web.saving import file
from onrecord.workbench import timeline
from onrecord.workbench.timeline import Dated, Lanes, Mark, day

VIEWS = {"lanes": "Lanes", "list": "List"}
FILES = ("svg", "csv")
COLUMNS = ("party", "name", "kind", "value", "low", "high", "document", "statement", "title", "address")
NEAREST = 14
"""Days that are shown at least, so that a closer look ends somewhere."""


class Zoom(Struct, frozen=True):
    """A way to look at other days."""

    label: str
    address: str


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/timeline")
    async def lanes(request: Request) -> Response:
        at = here("/timeline", request.query_params, ("view", "party", "since", "until", "form"))
        view, form = at.one("view") or "lanes", at.one("form")
        if view not in VIEWS or (form and form not in FILES):
            raise Unclear("The timeline has the views `lanes` and `list`, and the files `svg` and `csv`.")
        parties = [value for name, value in at.said if name == "party"]
        asked = archive.workbench.timeline_question(parties, at.one("since"), at.one("until"))
        if form == "csv":
            return csv(list(archive.workbench.dates(asked)))
        found = archive.workbench.timeline(asked)
        if form == "svg":
            return svg(found)
        made = drawing.layout(found)
        return html(
            request,
            "timeline.html",
            at=at,
            view=view,
            views=VIEWS,
            found=found,
            picture=drawing.drawn(made, lambda mark: closer(at, found, mark), label(found)),
            label=label(found),
            key=drawing.key(found),
            dates=list(archive.workbench.dates(asked)) if view == "list" else [],
            most=timeline.LISTED,
            read=timeline.READ,
            forms=drawing.FORMS,
            zooms=zooms(at, found),
            years=years(at, found),
            offered=offered(archive, found),
        )

    return pages


def label(found: Lanes) -> str:
    """What the picture shows, in words."""
    return (
        f"Dates of {words.counted(len(found.lanes), 'party', 'parties')} from {words.date(found.low)} to "
        f"{words.date(found.high)}"
    )


def closer(at: Here, found: Lanes, mark: Mark) -> str | None:
    """Where a mark leads: one date to its words, several to a closer look, and at last to the list."""
    if mark.count == 1:
        return mark.address
    days = (day(mark.high) - day(mark.low)).days + 1
    whole = (day(found.high) - day(found.low)).days + 1
    parties = [lane.party.id for lane in found.lanes]
    if whole <= NEAREST or days >= whole:
        return at.but(view="list", party=parties, since=mark.low, until=mark.high)
    wide = max(NEAREST, days)
    first = max(day(mark.low) - timedelta(days=(wide - days) // 2), date.min + timedelta(days=400))
    return at.but(party=parties, since=first.isoformat(), until=(first + timedelta(days=wide - 1)).isoformat())


def zooms(at: Here, found: Lanes) -> list[Zoom]:
    """Ways to look closer, wider, earlier, later, at all."""
    low, high = day(found.low), day(found.high)
    days, parties = (high - low).days + 1, [lane.party.id for lane in found.lanes]

    def moved(label: str, first: int, last: int) -> Zoom:
        since, until = low.toordinal() + first, high.toordinal() + last
        since, until = max(since, 366), min(max(until, since + 1), date.max.toordinal() - 366)
        ends = (date.fromordinal(min(since, until - 1)).isoformat(), date.fromordinal(until).isoformat())
        return Zoom(label, at.but(party=parties, since=ends[0], until=ends[1]))

    step = max(1, days // 2)
    found_ = [moved("Earlier", -step, -step), moved("Later", step, step)]
    if days > NEAREST:
        found_.append(moved("Closer", days // 4, -(days // 4)))
    found_.append(moved("Wider", -step, step))
    return [*found_, Zoom("All", at.but(since=None, until=None))]


def years(at: Here, found: Lanes) -> list[Zoom]:
    """The years there is anything in, where they are few enough to choose from."""
    if not found.reach[0]:
        return []
    first, last = int(found.reach[0][:4]), int(found.reach[1][:4])
    parties = [lane.party.id for lane in found.lanes]
    return [
        Zoom(str(year), at.but(party=parties, since=f"{year:04}", until=f"{year:04}"))
        for year in range(first, last + 1)
    ] if last - first < 24 else []  # fmt: skip


def offered(archive: Archive, found: Lanes) -> list[tuple[str, str, str | None]]:
    """Parties that can be added: those that made most statements and have no lane."""
    here_ = {lane.party.id for lane in found.lanes}
    every = archive.workbench.parties(limit=40).parties
    return [(each.id, each.name, each.lang) for each in every if each.id not in here_ and each.statements]


def svg(found: Lanes) -> Response:
    body = drawing.drawn(drawing.layout(found), lambda mark: mark.address, label(found), file=True)
    return file(str(body).encode(), "timeline.svg", "image/svg+xml")


def csv(dates: list[Dated]) -> Response:
    rows = (
        (
            each.party.id, each.party.name, each.mark.kind, each.mark.value, each.mark.low, each.mark.high,
            each.document, each.statement, each.mark.title, each.mark.address,
        )
        for each in dates
    )  # fmt: skip
    return file(b"".join(rows_of(COLUMNS, rows)), "timeline.csv", "text/csv; charset=utf-8")
