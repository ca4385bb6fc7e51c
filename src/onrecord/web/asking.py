"""What a search address asks, read and written: every page of results, facet and bar is one of these addresses."""

from __future__ import annotations

from typing import NamedTuple, get_args
from urllib.parse import urlencode

import regex
from msgspec import Struct, structs
from starlette.datastructures import QueryParams

from onrecord.errors import OnrecordError
from onrecord.model import Filters, Spoken

PAGE = 20
"""Documents on a page of results."""
DEEPEST = 10_000
"""Documents that can be paged through: beyond it, a narrower question serves better."""
LONGEST = 1_000
"""Code points of a query."""
MANY = 50
"""Values of one filter."""
DATE = regex.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?[?~%]?")


class Unclear(OnrecordError):
    """An address holds a value that cannot be; the message says which, and what would do."""


class Facet(NamedTuple):
    """One way to narrow: its name in Results.facets, in the address, in Filters, and in words."""

    name: str
    parameter: str
    field: str
    label: str


FACETS = (
    Facet("publisher", "publisher", "publishers", "Publisher"),
    Facet("language", "lang", "languages", "Language"),
    Facet("genre", "genre", "genres", "Genre"),
    Facet("party", "party", "parties", "Party or speaker"),
)
YEAR = Facet("year", "", "", "Year")
"""Not a filter of its own: choosing a year sets both dates."""
VOICES = {"direct": "in direct speech", "reported": "in reported speech", "own": "in the document’s own voice"}
"""Where the words found must stand, in words."""
SORTS = {"rank": "Best match first", "newest": "Newest first"}


class Asked(Struct, frozen=True):
    """A search as an address states it."""

    query: str = ""
    filters: Filters = Filters()
    sort: str = "rank"
    page: int = 1

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE

    def turned(self, page: int) -> Asked:
        return structs.replace(self, page=page)

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        values: tuple[str, ...] = getattr(self.filters, facet.field)
        return values

    def toggled(self, facet: Facet, value: str) -> Asked:
        """With this value added to the filter, or taken out where it is in; from the first page."""
        chosen = self.chosen(facet)
        values = tuple(kept for kept in chosen if kept != value) if value in chosen else (*chosen, value)
        return structs.replace(self, filters=structs.replace(self.filters, **{facet.field: values}), page=1)

    def of_year(self, year: str) -> Asked:
        """With the dates of one year, or of any where it is that year's already; from the first page."""
        since = until = None if (self.filters.since, self.filters.until) == (year, year) else year
        return structs.replace(self, filters=structs.replace(self.filters, since=since, until=until), page=1)

    def undated(self) -> Asked:
        return structs.replace(self, filters=structs.replace(self.filters, since=None, until=None), page=1)

    def unvoiced(self) -> Asked:
        """By anyone and in any voice; from the first page."""
        return structs.replace(self, filters=structs.replace(self.filters, speakers=(), voice=None), page=1)

    @property
    def voiced(self) -> str:
        """Whose words, and in which voice; empty where it does not matter."""
        said = VOICES[self.filters.voice] if self.filters.voice else "said" if self.filters.speakers else ""
        return f"{said} by {' or '.join(self.filters.speakers)}" if self.filters.speakers else said

    def parameters(self) -> list[tuple[str, str]]:
        """What the address says, in a fixed order; what is at its default is left out."""
        said = [("q", self.query)]
        said += [(facet.parameter, value) for facet in FACETS for value in self.chosen(facet)]
        said += [("speaker", speaker) for speaker in self.filters.speakers]
        said += [("voice", self.filters.voice or "")]
        said += [("since", self.filters.since or ""), ("until", self.filters.until or "")]
        said += [("sort", "" if self.sort == "rank" else self.sort), ("page", "" if self.page == 1 else str(self.page))]
        return [(name, value) for name, value in said if value]

    @property
    def address(self) -> str:
        said = urlencode(self.parameters())
        return f"/search?{said}" if said else "/search"


def narrowed(facet: str, value: str) -> str:
    """The address of a search for all documents with one value of a facet."""
    return next(Asked().toggled(known, value).address for known in FACETS if known.name == facet)


def asked(parameters: QueryParams) -> Asked:
    """The search that an address states; raises Unclear."""
    query = " ".join(parameters.get("q", "").split())
    if len(query) > LONGEST:
        raise Unclear(f"The query has {len(query):,} characters; up to {LONGEST:,} can be searched for. Shorten it.")
    sort = parameters.get("sort") or "rank"
    if sort not in SORTS:
        raise Unclear("Results can be sorted by `rank` or by `newest`, nothing else.")
    publishers, languages, genres, parties = (several(parameters, facet.parameter, facet.label) for facet in FACETS)
    since, until = (dated(parameters.get(side), side) for side in ("since", "until"))
    filters = Filters(
        publishers=publishers, languages=languages, genres=genres, parties=parties, since=since, until=until,
        speakers=several(parameters, "speaker", "speaker"), voice=spoken(parameters.get("voice")),
    )  # fmt: skip
    return Asked(query, filters, sort, paged(parameters.get("page")))


def several(parameters: QueryParams, name: str, label: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in parameters.getlist(name) if value.strip()))
    if len(values) > MANY or any(len(value) > LONGEST for value in values):
        raise Unclear(f"There are too many values for {label.lower()}, or one is too long. Choose fewer.")
    return values


def spoken(value: str | None) -> Spoken | None:
    for voice in get_args(Spoken):
        if value == voice:
            return voice  # type: ignore[no-any-return]
    if value:
        raise Unclear("Words can be looked for in `direct` speech, in `reported` speech or in the `own` voice.")
    return None


def dated(value: str | None, side: str) -> str | None:
    value = (value or "").strip()
    if value and not DATE.fullmatch(value):
        word = {"since": "from", "until": "to"}[side]
        raise Unclear(
            f"The date under “{word}” cannot be read. Write a year, a month or a day: 2024, 2024-05 or 2024-05-03."
        )
    return value or None


def paged(value: str | None) -> int:
    value = (value or "1").strip()
    if not (value.isascii() and value.isdigit()) or int(value[:9]) < 1:
        raise Unclear("Pages are numbered 1, 2, 3 and so on.")
    if len(value) > 9 or (int(value) - 1) * PAGE >= DEEPEST:
        raise Unclear(
            f"Pages go as far as {DEEPEST // PAGE:,}. To see more, narrow the search, or sort it the other way."
        )
    return int(value)
