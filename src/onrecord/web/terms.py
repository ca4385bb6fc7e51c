"""What an address of `/terms` asks, and what its answers are drawn from: searches, marks of a chart, rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from msgspec import Struct, structs
from starlette.datastructures import QueryParams

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.model import Filters
from onrecord.web import words
from onrecord.web.asking import LONGEST, Asked, Unclear, dated, several
from onrecord.web.charts import Chart, Mark, lines
from onrecord.workbench.keyness import LEAST, By, Keyness, Side
from onrecord.workbench.terms import Count, Every, Period, Usage

VIEWS = {"use": "How often, when and by whom", "keyness": "What sets two apart"}
BY = {"party": "Parties", "publisher": "Publishers", "period": "Times"}
EVERY = {"": "By itself", "month": "Months", "quarter": "Quarters", "year": "Years"}
MOST_LEAST = 1_000
Row = tuple[Any, ...]


class Question(Struct, frozen=True):
    """What an address asks. `parties`, `one` and `other` are as the address has them: ids or names."""

    view: str = "use"
    query: str = ""
    filters: Filters = Filters()
    parties: tuple[str, ...] = ()
    every: Every | None = None
    by: By = "party"
    one: str = ""
    other: str = ""
    phrases: bool = False
    least: int = LEAST

    def address(self, **changes: Any) -> str:
        """The address of this question with something changed."""
        new = structs.replace(self, **changes)
        said: list[tuple[str, str]] = [("view", new.view if new.view != "use" else ""), ("q", new.query)]
        said += [("party", party) for party in new.parties]
        said += [("every", new.every or ""), *narrowing(new.filters)]
        if new.view == "keyness":
            said += [("by", new.by), ("one", new.one), ("other", new.other)]
            said += [("phrases", "1" if new.phrases else ""), ("least", "" if new.least == LEAST else str(new.least))]
        kept = urlencode([(name, value) for name, value in said if value])
        return f"/terms?{kept}" if kept else "/terms"

    def saved(self, form: str) -> str:
        """The address of the answer as a file."""
        address = self.address()
        return f"{address}{'&' if '?' in address else '?'}form={form}"


def narrowing(filters: Filters) -> list[tuple[str, str]]:
    """Filters as an address says them."""
    said = [("lang", value) for value in filters.languages]
    said += [("genre", value) for value in filters.genres]
    said += [("publisher", value) for value in filters.publishers]
    return [*said, ("since", filters.since or ""), ("until", filters.until or "")]


def asked(parameters: QueryParams) -> Question:
    """The question of an address. Raises Unclear."""
    since, until = (dated(parameters.get(side), side) for side in ("since", "until"))
    filters = Filters(
        languages=several(parameters, "lang", "language"), genres=several(parameters, "genre", "genre"),
        publishers=several(parameters, "publisher", "publisher"), since=since, until=until,
    )  # fmt: skip
    return Question(
        view=one_of(parameters, "view", tuple(VIEWS), "use"),
        query=" ".join(short(parameters, "q").split()),
        filters=filters,
        parties=several(parameters, "party", "party"),
        every=one_of(parameters, "every", get_args(Every), None),
        by=one_of(parameters, "by", tuple(BY), "party"),
        one=short(parameters, "one").strip(),
        other=short(parameters, "other").strip(),
        phrases=parameters.get("phrases") == "1",
        least=number(parameters.get("least")),
    )


def one_of(parameters: QueryParams, name: str, values: Sequence[str], default: Any) -> Any:
    value = parameters.get(name) or default
    if value is not default and value not in values:
        raise Unclear(f"{name} can be {', '.join(values[:-1])} or {values[-1]}.")
    return value


def short(parameters: QueryParams, name: str) -> str:
    value = parameters.get(name, "")
    if len(value) > LONGEST:
        raise Unclear(f"This address holds a value of {len(value):,} characters under {name}. Shorten it.")
    return value


def number(value: str | None) -> int:
    said = (value or str(LEAST)).strip()
    if not (said.isascii() and said.isdigit() and len(said) < 6 and 1 <= int(said) <= MOST_LEAST):
        raise Unclear(f"How many documents must use a word is a number from 1 to {MOST_LEAST:,}.")
    return int(said)


def party(archive: Archive, said: str) -> str:
    """The id of the party that an id or a name means. Raises NotFound."""
    if found := archive.names.meant(said):
        return found[0]
    raise NotFound(f"No party is called “{said}” here. Take a name as documents print it.")


# -- the use of terms --------------------------------------------------------------------------------------------------


class Cell(Struct, frozen=True):
    """A count with the search that opens it in context; None where there is nothing to open."""

    count: Count
    address: str | None
    label: str


def cells(use: Usage, counts: Sequence[Count], question: Question, **narrower: Any) -> list[Cell]:
    """A row of counts, a cell a term."""
    filters = structs.replace(question.filters, **narrower)
    return [
        Cell(count, Asked(term.query, filters).address if count.occurrences else None, term.term)
        for term, count in zip(use.terms, counts, strict=True)
    ]


def within(period: Period, filters: Filters) -> dict[str, str]:
    """The dates of a period, as far as the question's own dates leave it."""
    since, until = filters.since or "", filters.until or ""
    return {"since": max(period.since, since), "until": min(period.until, until) if until else period.until}


def period_label(period: Period) -> str:
    """A period in words."""
    year, _, quarter = period.period.partition("-Q")
    return (
        f"{words.MONTHS[3 * int(quarter) - 2]} – {words.MONTHS[3 * int(quarter)]} {year}"
        if quarter
        else words.date(period.period)
    )


def rate(value: float | None) -> str:
    """Occurrences per 10,000 words, with as many digits as say something."""
    if value is None:
        return "–"
    return "0" if value == 0 else f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def over_time(use: Usage, question: Question) -> Chart | None:
    """A line a term; with one term and parties that were asked for, a line a party."""
    if len(use.periods) < 2 or not use.terms:
        return None
    title = "Per 10,000 words, by " + use.every
    marks = [
        mark(use, period, at, term.term, question.filters)
        for at, term in enumerate(use.terms)
        for period in use.periods
    ]
    described = "The table below has the same numbers, with the words and documents that they were counted in."
    return lines(marks, title, described, width=720, height=180)


def mark(use: Usage, period: Period, at: int, series: str, filters: Filters) -> Mark:
    count = period.counts[at]
    said = (
        f"{series}, {period_label(period)}: {rate(count.per_10000)} per 10,000 words "
        f"({words.counted(count.occurrences, 'time', 'times')} in {words.counted(count.documents, 'document')})"
    )
    narrower = structs.replace(filters, **within(period, filters))
    address = Asked(use.terms[at].query, narrower).address if count.occurrences else None
    return Mark(period.since, round(count.per_10000 or 0, 2), series, said, address)


USE_HEADER = (
    "term", "scope", "name", "period", "since", "until", "occurrences", "words", "per_10000", "documents",
    "of_documents",
)  # fmt: skip


def use_rows(use: Usage) -> Iterator[Row]:
    """The counts as rows of a table: of all, by period, by party."""
    for at, term in enumerate(use.terms):
        yield (term.term, "all", "", *NO_PERIOD, *structs.astuple(use.counts[at]))
        yield from period_rows(use.periods, at, (term.term, "period", ""))
        yield (term.term, "undated", "", *NO_PERIOD, *structs.astuple(use.undated[at]))
        for each in use.parties:
            yield (term.term, "party", each.name, *NO_PERIOD, *structs.astuple(each.counts[at]))
            yield from period_rows(each.periods, at, (term.term, "party", each.name))


NO_PERIOD = ("", "", "")


def period_rows(periods: Sequence[Period], at: int, begun: Row) -> Iterator[Row]:
    for period in periods:
        yield (*begun, period.period, period.since, period.until, *structs.astuple(period.counts[at]))


# -- keyness -----------------------------------------------------------------------------------------------------------


def side_search(found: Keyness, side: Side, query: str, filters: Filters) -> str:
    """The address of a search for a term in the documents of one side."""
    languages = filters.languages or ((found.language,) if found.language else ())
    narrower = structs.replace(filters, languages=languages)
    if side.asked and found.by == "party":
        narrower = structs.replace(narrower, parties=(side.asked,))
    if side.asked and found.by == "publisher":
        narrower = structs.replace(narrower, publishers=(side.asked,))
    if side.asked and found.by == "period":
        since, _, until = side.asked.partition("/")
        narrower = structs.replace(narrower, since=since, until=until or since)
    return Asked(query, narrower).address


KEY_HEADER = (
    "marks", "term", "z", "log_odds", "first", "second", "first_per_10000", "second_per_10000", "first_documents",
    "second_documents",
)  # fmt: skip


def key_rows(found: Keyness) -> Iterator[Row]:
    """The terms as rows of a table, from what marks the first side to what marks the second."""
    for side, terms in zip(found.sides, (found.first, tuple(reversed(found.second))), strict=True):
        for term in terms:
            yield (side.name, term.term, *structs.astuple(term)[2:])
