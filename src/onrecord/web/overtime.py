"""The documents found over time: a chart, and its numbers as a table whose cells are searches."""

from __future__ import annotations

from msgspec import Struct, structs

from onrecord.archive import Archive
from onrecord.web import charts, periods, words
from onrecord.web.asking import FACETS, Asked

MOST = 6
"""Values that are told apart."""


class Series(Struct, frozen=True):
    """One row of columns: documents with one value; `counts` in the order of the periods, each with its search."""

    value: str
    label: str
    counts: tuple[tuple[int, str], ...]
    total: int


class OverTime(Struct, frozen=True):
    kind: str
    periods: tuple[tuple[str, str], ...]
    """Each with its name in words."""
    series: tuple[Series, ...]
    chart: charts.Chart | None
    dated: int
    """Documents that are drawn, each once, whatever they are told apart by."""


def drawn(archive: Archive, asked: Asked) -> OverTime:
    """Raises as Archive.search."""
    whole = archive.search_months(asked.query, asked.filters).get("", ())
    split = archive.search_months(asked.query, asked.filters, by=asked.by, most=MOST) if asked.by else {"": whole}
    row = periods.periods(whole)
    made = tuple(series(asked, value, periods.within(row, months)) for value, months in split.items())
    return OverTime(
        kind=periods.kind(row),
        periods=tuple((period, words.date(period)) for period in row),
        series=made,
        chart=chart(asked, row, made) if row else None,
        dated=sum(periods.within(row, whole).values()),
    )


def series(asked: Asked, value: str, counts: dict[str, int]) -> Series:
    label = words.value_label(asked.by, value) if value else "Documents"
    cells = tuple((count, address(asked, value, period)) for period, count in counts.items())
    return Series(value, label, cells, sum(counts.values()))


def address(asked: Asked, value: str, period: str) -> str:
    """The documents of one cell."""
    filters = structs.replace(asked.filters, since=period, until=period)
    field = next((facet.field for facet in FACETS if facet.name == asked.by), None)
    if field is not None:
        filters = structs.replace(filters, **{field: (value,)})
    return structs.replace(asked.viewed("documents"), filters=filters).address


def chart(asked: Asked, row: list[str], made: tuple[Series, ...]) -> charts.Chart:
    """A strip of columns a series."""
    marks = [
        charts.Mark(period, count, one.label if asked.by else "", told(one, asked, period, count), link)
        for one in made
        for period, (count, link) in zip(row, one.counts, strict=True)
    ]
    title = f"Documents found by {periods.kind(row)}" + (f" and {asked.by}" if asked.by else "")
    said = f"From {words.date(row[0])} to {words.date(row[-1])}."
    return charts.columns(marks, title, said, width=760, height=44 if len(made) > 1 else 140)


def told(one: Series, asked: Asked, period: str, count: int) -> str:
    return f"{one.label}, {periods.label(period, count)}" if asked.by else periods.label(period, count)
