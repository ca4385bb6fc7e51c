"""What is in an archive, as a page draws it: each bar, column and count leads to the search for what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import Struct

from onrecord.store.doubts import MOST as MANY
from onrecord.web import charts, periods, words
from onrecord.web.asking import FACETS, LACKING, narrowed
from onrecord.workbench.overview import Counted, Overview, Spread

MOST = 12
"""Bars of one table; the rest is a line below it."""
TABLES = {"language": True, "genre": True, "party": False, "act": False}
"""Facets that are drawn, and whether each document has at most one value."""


class Bar(Struct, frozen=True):
    """Documents with one value; `share` is per cent of the longest bar, `address` the search that finds them."""

    label: str
    count: int
    share: float
    address: str | None


class Table(Struct, frozen=True):
    name: str
    label: str
    note: str
    bars: tuple[Bar, ...]
    more: int
    """Values that have no bar of their own."""


class Column(Struct, frozen=True):
    """Documents of one month or year."""

    period: str
    label: str
    count: int
    address: str


class Row(Struct, frozen=True):
    """A publisher in time: `heights` are per cent of its own highest period, `None` outside its first and last."""

    label: str
    count: int
    address: str
    heights: tuple[float | None, ...]
    span: str
    gaps: tuple[str, ...]
    """Its empty periods, in words, those that follow one another as one."""
    empty: int
    """How many they are."""
    all: int
    """Periods from its first to its last."""


def bars(name: str, counted: Counted, documents: int, labels: Mapping[str, str], *, whole: bool = True) -> Table:
    """One table; where each document has one value (`whole`), those without one are the last bar."""
    facet = next(facet for facet in FACETS if facet.name == name)
    known = [(value, count) for value, count in counted if value]
    unknown = documents - sum(count for _, count in known) if whole else 0
    longest = max([unknown, *(count for _, count in known)], default=1) or 1
    share = partial(of_longest, longest)
    drawn = [
        Bar(labels.get(value, words.value_label(name, value)), count, share(count), narrowed(name, value))
        for value, count in known[:MOST]
    ]
    drawn += [Bar("not known", unknown, share(unknown), narrowed("without", name))] if unknown > 0 else []
    return Table(name, facet.label, facet.note, tuple(drawn), max(0, len(known) - MOST))


def of_longest(longest: int, count: int) -> float:
    return round(100 * count / longest, 1)


def tables(found: Overview, labels: Mapping[str, str]) -> list[Table]:
    return [
        bars(name, found.facets.get(name, ()), found.documents, labels, whole=whole) for name, whole in TABLES.items()
    ]


def columns(found: Overview) -> list[Column]:
    """Documents over time, month by month with the gaps, or year by year where that would be too many."""
    months = found.facets.get("month", ())
    row = periods.periods(months)
    counts = periods.within(row, months)
    return [Column(period, words.date(period), count, periods.search(period)) for period, count in counts.items()]


def chart(drawn: Iterable[Column]) -> charts.Chart:
    drawn = list(drawn)
    marks = [charts.Mark(one.period, one.count, "", periods.label(one.period, one.count), one.address) for one in drawn]
    each = periods.kind(one.period for one in drawn)
    said = f"From {drawn[0].label} to {drawn[-1].label}, a column a {each}." if drawn else ""
    return charts.columns(marks, f"Documents by {each}", said, width=1040, height=130)


def rows(spreads: Iterable[Spread], row: list[str]) -> list[Row]:
    """Publishers over the same periods."""
    return [publisher(spread, row) for spread in spreads]


def publisher(spread: Spread, row: list[str]) -> Row:
    counts = periods.within(row, spread.months)
    held = [period for period in row if counts[period]]
    inside = {period: counts[period] for period in row if held and held[0] <= period <= held[-1]}
    highest = max(counts.values(), default=0) or 1
    return Row(
        label=spread.value,
        count=spread.documents,
        address=narrowed("publisher", spread.value),
        heights=tuple(round(100 * counts[at] / highest, 1) if at in inside else None for at in row),
        span=words.date("/".join(dict.fromkeys((held[0], held[-1])))) if held else "not dated",
        gaps=tuple(periods.runs(inside)),
        empty=sum(not count for count in inside.values()),
        all=len(inside),
    )


def unknown(found: Overview) -> list[tuple[str, int, str]]:
    """What is not known of how many documents, and the search that finds them."""
    return [(LACKING[name], count, narrowed("without", name)) for name, count in found.unknown.items()]


KINDS = {"speaker": "who says it", "content": "what is said", "date": "dates", "act": "acts of speaking"}
"""What is in doubt, in words."""


def more_than(count: int) -> str:
    """What is added where there are more than are counted."""
    return " (at least)" if count > MANY else ""


def waiting(found: Overview) -> list[tuple[str, int, str]]:
    """What awaits a person: in words, how many, and where it is looked at."""
    doubts = [
        (f"in doubt: {KINDS.get(kind, kind)}{more_than(count)}", min(count, MANY), f"/review?kind={kind}")
        for kind, count in found.waiting.doubts
    ]
    more = [
        ("people do not agree", found.waiting.disputed, "/review"),
        ("decisions that do not count", found.waiting.idle, "/ledger"),
    ]
    return doubts + [each for each in more if each[1]]
