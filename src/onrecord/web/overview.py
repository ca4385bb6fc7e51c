"""What is in an archive, as bars that are searches: by publisher, language, genre and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex
from msgspec import Struct

from onrecord.model import Filters, Stats
from onrecord.web import words
from onrecord.web.asking import FACETS, Asked, narrowed

MOST = 12
"""Bars of one table; the rest is a line below it."""
MONTHS = 36
"""Months that are drawn one by one; a longer time is drawn by years."""
MONTH = regex.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Bar(Struct, frozen=True):
    """Documents with one value; `share` is per cent of the longest bar, `address` the search that finds them."""

    label: str
    count: int
    share: float
    address: str | None


class Chart(Struct, frozen=True):
    name: str
    label: str
    bars: tuple[Bar, ...]
    more: int
    """Values that have no bar of their own."""


class Column(Struct, frozen=True):
    """Documents of one month or year; a gap is a column without documents."""

    label: str
    year: str
    count: int
    share: float
    address: str


def chart(stats: Stats, name: str) -> Chart:
    """One table of bars; documents without a value are the last bar, and no search."""
    label = next(facet.label for facet in FACETS if facet.name == name)
    values = dict(stats.counts).get(name, ())
    longest = max([without(stats, name), *(count for _, count in values)]) or 1
    known = [(value, count) for value, count in values if value]
    unknown = without(stats, name)
    bars = [
        Bar(words.value_label(name, value), count, round(100 * count / longest, 1), narrowed(name, value))
        for value, count in known[:MOST]
    ]
    bars += [Bar("not known", unknown, round(100 * unknown / longest, 1), None)] if unknown else []
    return Chart(name, label, tuple(bars), max(0, len(known) - MOST))


def charts(stats: Stats) -> list[Chart]:
    return [chart(stats, name) for name in ("publisher", "language", "genre")]


def columns(stats: Stats) -> list[Column]:
    """Documents over time, month by month with the gaps, or year by year where that would be too many."""
    months = Counter(
        {value: count for value, count in dict(stats.counts).get("month", ()) if MONTH.fullmatch(value or "")}
    )
    if not months:
        return []
    periods = between(min(months), max(months))
    if len(periods) > MONTHS:
        years = Counter[str]()
        for month, count in months.items():
            years[month[:4]] += count
        return drawn([str(year) for year in range(int(min(years)), int(max(years)) + 1)], years)
    return drawn(periods, months)


def between(first: str, last: str) -> list[str]:
    """The months from the first to the last, both `YYYY-MM`."""
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(begin, end + 1)]


def drawn(periods: Sequence[str], counts: Counter[str]) -> list[Column]:
    highest = max(counts.values())
    return [
        Column(
            label=words.date(period),
            year=period[:4] if period.endswith("-01") or at == 0 or "-" not in period else "",
            count=counts[period],
            share=round(100 * counts[period] / highest, 1),
            address=Asked(filters=Filters(since=period, until=period), sort="newest").address,
        )
        for at, period in enumerate(periods)
    ]


def without(stats: Stats, name: str) -> int:
    """Documents that have no value here, so that no bar counts them."""
    counted = sum(count for value, count in dict(stats.counts).get(name, ()) if value)
    return max(0, dict(stats.totals).get("document", 0) - counted)
