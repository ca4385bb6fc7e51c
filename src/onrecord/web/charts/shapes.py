"""The grammar of the charts, written once in Altair; a chart only puts its rows in.

Building a chart with Altair takes 20 ms, putting rows into one that is built takes none. Colours are stand-ins: `svg`
puts a class of the style sheet in the place of each. Fields of a row: `x`, `y`, `series` (s0, s1 …), `name` (the
series' name where it is to be written), `key` (by which the drawing says which row a mark is); a stay has `x2`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

INKS = {
    "#000001": "ink", "#000002": "quiet", "#000003": "line", "#000004": "paper", "#000005": "bar",
    "#000011": "c1", "#000012": "c2", "#000013": "c3", "#000014": "c4", "#000015": "c5", "#000016": "c6",
}  # fmt: skip
"""Stand-ins and the names of the style sheet's colours."""
INK = {name: stand_in for stand_in, name in INKS.items()}
SERIES = [f"s{number}" for number in range(6)]
HUES = [INK[f"c{number + 1}"] for number in range(6)]
DASHES: list[Any] = [[1, 0], [5, 2.5], [1.5, 2.5], [9, 3, 2, 3], [9, 3], [3, 1.5, 1, 1.5]]
FORMS = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
"""A series has a colour, a dash and a form, so that none is told by its colour alone."""
# Names are cut by us (`kinds.NAME`): the engine cuts between the halves of a letter beyond U+FFFF, and fails.
CONFIG = {
    "view": {"stroke": None},
    "background": "transparent",
    "font": "sans-serif",
    "axis": {
        "labelColor": INK["quiet"], "titleColor": INK["quiet"], "labelFontSize": 11, "titleFontSize": 11,
        "titleFontWeight": "normal", "gridColor": INK["line"], "tickColor": INK["line"], "domainColor": INK["line"],
        "labelPadding": 4, "tickSize": 4, "labelLimit": 0,
    },
    "axisY": {"domain": False, "ticks": False, "tickCount": 3},
    "axisX": {"grid": False},
    "header": {
        "labelColor": INK["ink"], "labelFontSize": 11.5, "labelAngle": 0, "labelAlign": "left", "labelAnchor": "start",
        "labelOrient": "top", "labelPadding": 2, "labelLimit": 0, "title": None,
    },
}  # fmt: skip
Specification = dict[str, Any]


@cache
def lines() -> Specification:
    """A line a series over time, its name at its end."""
    import altair as alt

    x = alt.X("x:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(tickCount=6))
    y = alt.Y("y:Q", title=None, axis=alt.Axis(format="~s"))
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=x, y=y, color=alt.Color("series:N", scale=alt.Scale(domain=SERIES, range=HUES), legend=None)
    )
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=SERIES, range=DASHES), legend=None)
    form = alt.Shape("series:N", scale=alt.Scale(domain=SERIES, range=FORMS), legend=None)
    line = base.mark_line(strokeWidth=1.75, aria=False).encode(strokeDash=dash)
    point = base.mark_point(filled=True, size=22, opacity=1).encode(shape=form, description="key:N")
    name = base.mark_text(align="left", dx=7, fontSize=11.5, aria=False).encode(
        text="name:N", y=alt.Y("beside:Q", title=None)
    )
    return said(alt.layer(line, point, name.transform_filter("isValid(datum.name)")))


@cache
def columns() -> Specification:
    """A column a period."""
    import altair as alt

    bar = alt.Chart(alt.NamedData("rows")).mark_bar(color=INK["bar"])
    return said(bar.encode(x=periods(), y=heights(), description="key:N"))


@cache
def strips() -> Specification:
    """A strip of columns a series, one below the other over the same periods: told apart by place, not by colour."""
    import altair as alt

    row = alt.Row("series:N", sort=SERIES, title=None, spacing=4)
    bar = alt.Chart(alt.NamedData("rows")).mark_bar(color=INK["bar"])
    return said(bar.encode(x=periods(), y=heights(), row=row, description="key:N"))


def periods() -> Any:
    """The periods in the order of the rows; of their names only some are written."""
    import altair as alt

    axis = alt.Axis(
        labelAngle=0, labelFlush=True, labelOverlap=True, ticks=False, labelExpr="split(datum.value, '-')[0]"
    )
    return alt.X("x:O", sort=None, title=None, axis=axis, scale=alt.Scale(paddingInner=0.18, paddingOuter=0))


def heights() -> Any:
    import altair as alt

    return alt.Y("y:Q", title=None, axis=alt.Axis(tickCount=2, format="~s"))


@cache
def bars() -> Specification:
    """A bar a thing, its number at its end."""
    import altair as alt

    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("x:N", sort=None, title=None, axis=alt.Axis(labelColor=INK["ink"], labelLimit=0, grid=False)),
        x=alt.X("y:Q", title=None, axis=None),
    )
    number = base.mark_text(align="left", dx=5, fontSize=11, color=INK["quiet"], aria=False)
    bar = base.mark_bar(color=INK["bar"], height=alt.RelativeBandSize(0.62)).encode(description="key:N")
    return said(alt.layer(bar, number.encode(text=alt.Text("y:Q", format=","))))


@cache
def lanes() -> Specification:
    """A lane a party: what lies on one day is a mark by its kind, what may lie on several a bar of that length."""
    import altair as alt

    x = alt.X("x:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(tickCount=8, grid=True))
    y = alt.Y("lane:N", sort=None, title=None, axis=alt.Axis(labelColor=INK["ink"], labelLimit=0, grid=True))
    hue = alt.Color("series:N", scale=alt.Scale(domain=SERIES, range=HUES), legend=None)
    form = alt.Shape("series:N", scale=alt.Scale(domain=SERIES, range=FORMS), legend=None)
    base = alt.Chart(alt.NamedData("rows")).encode(x=x, y=y, color=hue, description="key:N")
    bar = base.mark_bar(height=5, cornerRadius=2.5, opacity=0.55, minBandSize=3).encode(x2="x2:T")
    point = base.mark_point(filled=True, size=42, opacity=1).encode(shape=form)
    return said(alt.layer(bar.transform_filter("datum.x2 != datum.x"), point.transform_filter("datum.x2 == datum.x")))


def said(chart: Any) -> Specification:
    """What Altair says, with our looks."""
    specification: Specification = chart.configure(**CONFIG).to_dict(validate=False)
    return specification
