"""What is in an archive: documents by publisher, language, genre and month, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct

from onrecord.analyse.days import date_of, month_of
from onrecord.model import DateRole, Notice, Record


class Count(Struct, frozen=True):
    """How often a value occurs; `None` counts what has none."""

    value: str | None
    number: int


class Overview(Struct, frozen=True, kw_only=True):
    """Counts of documents, the most frequent value first; months in order."""

    documents: int
    publishers: tuple[Count, ...]
    languages: tuple[Count, ...]
    """By the language of the most code points of each document."""
    genres: tuple[Count, ...]
    months: tuple[Count, ...]
    """From the first month with a document to the last; those without any are there with 0."""
    gaps: tuple[str, ...]
    """The months that have none: between them a collection may be incomplete, or no one may have spoken."""
    imprecise: int
    """Documents whose date spans more than one month (a year, say); they are in no month."""
    undated: int
    date_roles: tuple[DateRole, ...]
    """Which date counted: the first of these roles that a document has."""
    failed: tuple[Count, ...]
    """Imports that failed, by the code of their notice."""
    notices: tuple[Count, ...]
    """Notices of the documents, as `stage/code`."""


TALLIED: dict[str, Callable[[Record], Iterable[str | None]]] = {
    "publishers": lambda record: [record.capture.publisher],
    "languages": lambda record: [main_language(record)],
    "genres": lambda record: [record.genre],
    "notices": lambda record: [f"{notice.stage}/{notice.code}" for notice in record.notices],
}
"""What is counted of each document, by the field of the Overview."""


def overview(
    records: Iterable[Record], failed: Iterable[Notice] = (), date_roles: tuple[DateRole, ...] = ("issued",)
) -> Overview:
    """Counts of all `records`; `failed` are the notices of what became no document.

    A date of publication stands in for a missing date of issue only where `date_roles` says so.
    """
    tallies = {name: Counter[str | None]() for name in TALLIED}
    months = Counter[str]()
    documents = imprecise = undated = 0
    for record in records:
        documents += 1
        for name, values in TALLIED.items():
            tallies[name].update(values(record))
        day = date_of(record, date_roles)
        month = month_of(day) if day else None
        undated += day is None
        imprecise += day is not None and month is None
        months.update([month] if month else [])
    filled = tuple(Count(month, months[month]) for month in _months(months))
    return Overview(
        documents=documents,
        months=filled,
        gaps=tuple(str(month.value) for month in filled if not month.number),
        imprecise=imprecise,
        undated=undated,
        date_roles=date_roles,
        failed=ranked(Counter(notice.code for notice in failed)),
        **{name: ranked(tally) for name, tally in tallies.items()},
    )


def main_language(record: Record) -> str | None:
    """The tag with the most code points, the first of equals; `None` where none was told."""
    lengths = Counter[str]()
    for language in record.languages:
        lengths[language.tag] += language.end - language.start
    return max(lengths, key=lambda tag: lengths[tag]) if lengths else None


def ranked(counter: Counter[str | None] | Counter[str]) -> tuple[Count, ...]:
    """The most frequent first, equals by value, what has no value after its equals."""
    return tuple(
        Count(value, number)
        for value, number in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or ""))
    )


def _months(named: Collection[str]) -> Iterator[str]:
    """Every month from the first of those named to the last: `2023-11`, `2023-12`, `2024-01`, …"""
    if named:
        start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(named), max(named)))
        for number in range(start, end + 1):
            yield f"{number // 12:04}-{number % 12 + 1:02}"
