"""What a search address asks, read and written: every page of results, facet and bar is one of these addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode

import regex
from msgspec import Struct, structs
from starlette.datastructures import QueryParams

from onrecord import acting
from onrecord.errors import OnrecordError
from onrecord.model import Filters, Lacking, Review, Spoken

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
    """One way to narrow: its name in Results.facets, in the address, in Filters, in words, and what its numbers count
    where that is not plain."""

    name: str
    parameter: str
    field: str
    label: str
    note: str = ""


SPEAKER = Facet(
    "speaker", "speaker", "speakers", "Speaker",
    "Counted are documents in which they speak; chosen, the words found must be theirs.",
)  # fmt: skip
FACETS = (
    SPEAKER,
    Facet("party", "party", "parties", "Party", "Documents in which it makes a statement its own, or speaks."),
    Facet("publisher", "publisher", "publishers", "Publisher"),
    Facet("language", "lang", "languages", "Language"),
    Facet("genre", "genre", "genres", "Genre"),
    Facet("act", "act", "acts", "Act of speaking", "Documents in which it is done."),
    Facet("review", "review", "review", "Review"),
)
VOICE = Facet(
    "voice", "voice", "voice", "Voice",
    "Counted are documents that hold such words; chosen, the words found must be so.",
)  # fmt: skip
"""Of it only one value is chosen at a time."""
REVIEWS: dict[str, str] = {
    "doubtful": "something is in doubt", "decided": "people decided something", "quiet": "neither",
}  # fmt: skip
VOICED = {"direct": "quoted words", "reported": "reported words", "own": "the document’s own words"}
UNKNOWN = Facet("without", "without", "without", "Not known")
"""What is not known of a document; the index counts no such facet."""
NARROWING = (*FACETS, UNKNOWN)
LACKING = {
    "date": "no date of issue", "publisher": "no publisher", "language": "no language", "genre": "no genre",
    "party": "nobody who speaks",
}  # fmt: skip
"""What may be unknown of a document, in words."""
VIEWS = {"documents": "Documents", "kwic": "In context", "time": "Over time"}
"""How what was found is shown."""
SPLITS = {"": "All together", "language": "By language", "publisher": "By publisher", "genre": "By genre"}
"""By what found documents over time are told apart."""
VOICES = {"direct": "in direct speech", "reported": "in reported speech", "own": "in the document’s own voice"}
"""Where the words found must stand, in words."""
SORTS = {"rank": "Best match first", "newest": "Newest first"}
LINE_SORTS = SORTS | {"before": "By the words before", "after": "By the words after"}
"""Lines can be put in order by what stands around the words found, too."""
PERIOD = regex.compile(r"\d{4}(-\d{2})?")


class Asked(Struct, frozen=True):
    """A search as an address states it."""

    query: str = ""
    filters: Filters = Filters()
    sort: str = "rank"
    page: int = 1
    view: str = "documents"
    by: str = ""

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE

    @property
    def sorts(self) -> dict[str, str]:
        return LINE_SORTS if self.view == "kwic" else SORTS

    def viewed(self, view: str, by: str = "") -> Asked:
        """The same shown in another way, from the first page."""
        sort = self.sort if view == "kwic" or self.sort in SORTS else "rank"
        return structs.replace(self, view=view, by=by, sort=sort, page=1)

    def sorted_by(self, sort: str) -> Asked:
        return structs.replace(self, sort=sort, page=1)

    def turned(self, page: int) -> Asked:
        return structs.replace(self, page=page)

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        values: tuple[str, ...] | str | None = getattr(self.filters, facet.field)
        return (values,) if isinstance(values, str) else values or ()

    def toggled(self, facet: Facet, value: str) -> Asked:
        """With this value added to the filter, or taken out where it is in; from the first page."""
        chosen = self.chosen(facet)
        values = tuple(kept for kept in chosen if kept != value) if value in chosen else (*chosen, value)
        return structs.replace(self, filters=structs.replace(self.filters, **{facet.field: values}), page=1)

    def in_voice(self, voice: str) -> Asked:
        """With the words found in this voice, or in any where it is this one already; from the first page."""
        said = None if self.filters.voice == voice else spoken(voice)
        return structs.replace(self, filters=structs.replace(self.filters, voice=said), page=1)

    def of(self, period: str) -> Asked:
        """With the dates of one year or month, or of any where it is that one's already; from the first page."""
        since = until = None if (self.filters.since, self.filters.until) == (period, period) else period
        return structs.replace(self, filters=structs.replace(self.filters, since=since, until=until), page=1)

    def plain(self) -> Asked:
        """Without anything that narrows; from the first page."""
        return structs.replace(self, filters=Filters(), page=1)

    def undated(self) -> Asked:
        return structs.replace(self, filters=structs.replace(self.filters, since=None, until=None), page=1)

    def unvoiced(self) -> Asked:
        """By anyone and in any voice; from the first page."""
        return structs.replace(self, filters=structs.replace(self.filters, speakers=(), voice=None), page=1)

    def voiced(self, names: Mapping[str, str]) -> str:
        """Whose words, and in which voice; empty where it does not matter. `names` are those of parties by id."""
        said = VOICES[self.filters.voice] if self.filters.voice else "said" if self.filters.speakers else ""
        speakers = " or ".join(names.get(speaker, speaker) for speaker in self.filters.speakers)
        return f"{said} by {speakers}" if speakers else said

    def parameters(self) -> list[tuple[str, str]]:
        """What the address says, in a fixed order; what is at its default is left out."""
        said = [("q", self.query)]
        said += [(facet.parameter, value) for facet in NARROWING for value in self.chosen(facet)]
        said += [("voice", self.filters.voice or "")]
        said += [("since", self.filters.since or ""), ("until", self.filters.until or "")]
        said += [("sort", "" if self.sort == "rank" else self.sort), ("page", "" if self.page == 1 else str(self.page))]
        said += [("view", "" if self.view == "documents" else self.view), ("by", self.by)]
        return [(name, value) for name, value in said if value]

    @property
    def address(self) -> str:
        return self.at("/search")

    def at(self, path: str, **more: str) -> str:
        """The same question put to another address, with more parameters."""
        said = urlencode([*self.parameters(), *more.items()])
        return f"{path}?{said}" if said else path


def narrowed(facet: str, value: str) -> str:
    """The address of a search for all documents with one value of a facet."""
    return next(Asked().toggled(known, value).address for known in NARROWING if known.name == facet)


def asked(parameters: QueryParams) -> Asked:
    """The search that an address states; raises Unclear."""
    query = " ".join(parameters.get("q", "").split())
    if len(query) > LONGEST:
        raise Unclear(f"The query has {len(query):,} characters; up to {LONGEST:,} can be searched for. Shorten it.")
    view = one_of(parameters, "view", VIEWS) or "documents"
    sort = one_of(parameters, "sort", LINE_SORTS if view == "kwic" else SORTS) or "rank"
    since, until = (dated(parameters.get(side), side) for side in ("since", "until"))
    chosen: dict[str, Any] = {facet.field: several(parameters, facet.parameter, facet.label) for facet in NARROWING}
    chosen["acts"] = acting.kinds_called(chosen["acts"])
    chosen["review"] = among(chosen["review"], get_args(Review), "review")
    chosen["without"] = among(chosen["without"], get_args(Lacking), "without")
    filters = Filters(**chosen, since=since, until=until, voice=spoken(parameters.get("voice")))
    by = one_of(parameters, "by", SPLITS) if view == "time" else ""
    return Asked(query, filters, sort, paged(parameters.get("page")), view, by)


def one_of(parameters: QueryParams, name: str, known: Mapping[str, str]) -> str:
    """A parameter that has few values; empty where it is not given. Raises Unclear."""
    value = (parameters.get(name) or "").strip()
    if value and value not in known:
        offered = ", ".join(f"`{each}`" for each in known if each)
        raise Unclear(f"`{name}` can be {offered}, nothing else.")
    return value


def among(values: tuple[str, ...], known: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Values of a parameter that has only these. Raises Unclear."""
    kept = tuple(each for each in known if each in values)
    if len(kept) < len(values):
        raise Unclear(f"`{name}` can be {', '.join(f'`{each}`' for each in known)}, nothing else.")
    return kept


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
