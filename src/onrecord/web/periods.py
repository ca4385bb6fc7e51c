"""Documents in time: months or years in a row, the empty ones too, so that gaps are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import regex

from onrecord.model import Filters
from onrecord.web import words
from onrecord.web.asking import Asked

MONTHS = 60
"""Months that are drawn one by one; a longer time is drawn by years."""
YEARS = 400
"""Years that are drawn at most, the latest; one wrong date must not draw a page of empty columns."""
MONTH = regex.compile(r"\d{4}-(0[1-9]|1[0-2])")
Counted = Iterable[tuple[str, int]]


def periods(counted: Counted, most: int = MONTHS) -> list[str]:
    """All periods from the first to the last month that counts anything: months, or years where those are more
    than `most`."""
    months = sorted(month for month, count in counted if count and MONTH.fullmatch(month))
    if not months:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first < most:
        return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]
    return [f"{year:04}" for year in range(max(first // 12, last // 12 - YEARS + 1), last // 12 + 1)]


def within(row: Iterable[str], counted: Counted) -> dict[str, int]:
    """How many there are in each period of a row, in its order."""
    row = list(row)
    length = len(row[0]) if row else 0
    found = Counter[str]()
    for month, count in counted:
        found[month[:length]] += count
    return {period: found[period] for period in row}


def kind(row: Iterable[str]) -> str:
    return "month" if any("-" in period for period in row) else "year"


def search(period: str) -> str:
    """The address of the documents of a period."""
    return Asked(filters=Filters(since=period, until=period), sort="newest").address


def label(period: str, count: int) -> str:
    return f"{words.date(period)}: {words.counted(count, 'document')}"


def runs(found: Mapping[str, int]) -> list[str]:
    """The empty periods, those that follow one another as one: `March 2024`, `May 2024 – July 2024`."""
    said: list[str] = []
    empty: list[str] = []
    for period, count in [*found.items(), ("", 1)]:
        if not count:
            empty.append(period)
        elif empty:
            said.append(words.date(empty[0] if len(empty) == 1 else f"{empty[0]}/{empty[-1]}"))
            empty = []
    return said
