"""Kinds of charts: rows in, a `Chart` out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from onrecord.web.charts import engine, shapes, svg

LEGIBLE = 64
"""Columns that still have room for the name of each year; with more, fewer are named."""
NAME = 34
"""Code points of a name in a chart; the table beside it has all of it."""
NAME_HEIGHT = 14
"""Pixels from one name to the next below it."""


class Mark(Struct, frozen=True):
    """One thing drawn. `x` is a period (2024, 2024-05, 2024-05-03) or a name, `label` what is said on pointing at it,
    `address` one of our own where it leads to."""

    x: str
    y: float
    series: str = ""
    label: str = ""
    address: str | None = None


class Stay(Struct, frozen=True):
    """Something on a lane, from the first to the last day (ISO 8601) that it may lie on; each `kind` has a form."""

    lane: str
    first: str
    last: str
    kind: str = ""
    label: str = ""
    address: str | None = None


class Chart(Struct, frozen=True):
    """A chart to be drawn. `specification` is Vega-Lite: `altair.Chart.from_dict(chart.specification)` in a notebook.

    `kinds` names its series in the order of their forms, for a legend in words."""

    specification: dict[str, Any]
    title: str
    description: str
    signs: tuple[svg.Sign, ...]
    kinds: tuple[str, ...] = ()

    def inline(self) -> Markup | None:
        """For a page; None where it cannot be drawn."""
        drawn = engine.drawn(self.specification)
        return None if drawn is None else svg.inline(drawn, self.title, self.description, self.signs)

    def file(self) -> bytes | None:
        """As a file of its own; None where it cannot be drawn."""
        drawn = engine.drawn(self.specification)
        return None if drawn is None else svg.file(drawn, self.title, self.description, self.signs)


def lines(marks: Sequence[Mark], title: str, description: str = "", *, width: int = 560, height: int = 160) -> Chart:
    """A line a series (at most six) over time. Nothing counted is a mark of 0: a line bridges what is missing."""
    names = series(marks)
    last = {name: max((mark for mark in marks if mark.series == name), key=lambda mark: mark.x) for name in names}
    beside = apart(list(last.values()), NAME_HEIGHT / height * (max((mark.y for mark in marks), default=0) or 1))
    rows = [
        row(mark, number, names)
        | ({"name": short(mark.series), "beside": beside[mark]} if mark.series and last[mark.series] is mark else {})
        for number, mark in enumerate(marks)
    ]
    return chart(shapes.lines(), rows, marks, title, description, width, height, kinds=names)


def apart(ends: Sequence[Mark], least: float) -> dict[Mark, float]:
    """Where the name of each line stands beside its end, so that of lines that end in one period no two names stand
    on one another: as far up as must be, but for those that would stand higher than the highest end."""
    found: dict[Mark, float] = {}
    for period in {mark.x for mark in ends}:
        lowest = sorted((mark for mark in ends if mark.x == period), key=lambda mark: mark.y)
        places = [mark.y for mark in lowest]
        for at in range(1, len(places)):
            places[at] = max(places[at], places[at - 1] + least)
        over = max(0.0, places[-1] - max(lowest[-1].y, least * (len(places) - 1)))
        for at in range(len(places) - 1, -1, -1):
            places[at] = min(places[at], places[at + 1] - least) if at + 1 < len(places) else places[at] - over
        found |= dict(zip(lowest, places, strict=True))
    return found


def columns(marks: Sequence[Mark], title: str, description: str = "", *, width: int = 640, height: int = 96) -> Chart:
    """A column a period, in the order given, gaps as marks of 0; several series stand below each other, each a strip
    of this height."""
    names = series(marks)
    several = len(names) > 1
    rows = [row(mark, number, names) for number, mark in enumerate(marks)]
    for each, mark in zip(rows, marks, strict=True):
        each |= {"series": short(mark.series)} if several else {}
    made = chart(
        shapes.strips() if several else shapes.columns(), rows, marks, title, description, width, height, kinds=names
    )
    made.specification["encoding"]["x"] = with_axis(made.specification["encoding"]["x"], named(marks))
    if several:
        made.specification["encoding"]["row"] = {
            **made.specification["encoding"]["row"],
            "sort": [short(name) for name in names],
        }
    return made


def bars(marks: Sequence[Mark], title: str, description: str = "", *, width: int = 420) -> Chart:
    """A bar a name, in the order given."""
    rows = [row(mark, number, ()) | {"x": short(mark.x)} for number, mark in enumerate(marks)]
    return chart(shapes.bars(), rows, marks, title, description, width, 22 * max(1, len(rows)))


def lanes(
    stays: Sequence[Stay],
    title: str,
    description: str = "",
    *,
    kinds: Sequence[str] = (),
    width: int = 640,
    lane: int = 26,
) -> Chart:
    """A lane a party, in the order of their first stay; `kinds` fixes the order of the forms, `lane` is its height."""
    names = tuple(kinds) or tuple(dict.fromkeys(stay.kind for stay in stays))
    rows = [
        {
            "lane": short(stay.lane),
            "x": stay.first,
            "x2": stay.last,
            "key": svg.key(number),
            "series": sign(names, stay.kind),
        }
        for number, stay in enumerate(stays)
    ]
    high = lane * len({stay.lane for stay in stays})
    return chart(shapes.lanes(), rows, stays, title, description, width, high, kinds=names)


def chart(
    shape: shapes.Specification, rows: list[dict[str, Any]], marks: Iterable[Mark | Stay], title: str, description: str,
    width: int, height: int, *, kinds: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """The rows in a shape; the shape itself stays as it is."""
    full = {**shape, "data": {"values": rows}, "width": width, "height": height}
    if "encoding" in full:
        full["encoding"] = dict(full["encoding"])
    signs = tuple(svg.Sign(mark.label, mark.address) for mark in marks)
    return Chart(full, title, description, signs, tuple(kinds))


def row(mark: Mark, number: int, names: Sequence[str]) -> dict[str, Any]:
    return {"x": mark.x, "y": mark.y, "series": sign(names, mark.series), "key": svg.key(number)}


def sign(names: Sequence[str], name: str) -> str:
    """A series as the shapes know it."""
    at = names.index(name) if name in names else 0
    return shapes.SERIES[at % len(shapes.SERIES)]


def series(marks: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.series for mark in marks))


def named(marks: Sequence[Mark]) -> list[str]:
    """The periods whose year is written: the first of each, every fifth, tenth … of them where there are many."""
    periods = list(dict.fromkeys(mark.x for mark in marks))
    firsts = [at for before, at in zip(["", *periods], periods, strict=False) if at[:4] != before[:4]]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if len(firsts) / step <= 12)
    return [first for first in firsts if step == 1 or int(first[:4]) % step == 0]


def with_axis(encoding: dict[str, Any], values: list[str]) -> dict[str, Any]:
    return {**encoding, "axis": {**encoding["axis"], "values": values}}


def short(name: str) -> str:
    """A name as a chart writes it: on one line, with nothing unseen, cut where it is long."""
    name = svg.fit(name)
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
