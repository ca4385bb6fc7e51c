"""Dates as a picture: a lane a party, a form a kind of date, a bar where a date may mean many days.

Within a lane each kind has a line of its own. Points that lie together are one mark with their number in it, and lead
to a closer look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from markupsafe import Markup
from msgspec import Struct

from onrecord.web import svg, words
from onrecord.workbench.timeline import KINDS, Kind, Lanes, Mark, day

WIDTH = 1040.0
SIDE = 14.0
"""Left free on both sides."""
HEAD = 34.0
NAME = 24.0
LINE = 19.0
"""Height of the line of one kind."""
BETWEEN = 12.0
BAR = 5.0
LEVELS = 3
"""Bars of one kind that are drawn one below the other where they overlap; more lie on one another."""
FORMS: dict[Kind, str] = {
    "issued": "Issued", "published": "Published", "held": "Held", "effective": "In force from",
}  # fmt: skip
Address = Callable[[Mark], str | None]
"""Where a mark leads."""


class Placed(Struct, frozen=True):
    """A mark with its place: from x to x, on one of its kind's levels; cut where it goes on beyond the picture."""

    mark: Mark
    x: float
    x2: float
    y: float
    point: bool


class Strip(Struct, frozen=True):
    """A lane's place: its top, the kinds that have a line, its marks."""

    y: float
    kinds: tuple[Kind, ...]
    marks: tuple[Placed, ...]


class Layout(Struct, frozen=True):
    lanes: Lanes
    strips: tuple[Strip, ...]
    height: float


def layout(lanes: Lanes) -> Layout:
    """Lanes from top to bottom; a lane has a line for each kind that it has."""
    strips: list[Strip] = []
    y = HEAD
    for lane in lanes.lanes:
        kinds = tuple(kind for kind in KINDS if any(mark.kind == kind for mark in lane.marks))
        top = y + NAME
        placed = [
            each
            for line, kind in enumerate(kinds)
            for each in _line([mark for mark in lane.marks if mark.kind == kind], top + LINE * line + LINE / 2, lanes)
        ]
        strips.append(Strip(y, kinds, tuple(placed)))
        y = top + LINE * max(1, len(kinds)) + BETWEEN
    return Layout(lanes, tuple(strips), y)


def _line(marks: Sequence[Mark], middle: float, lanes: Lanes) -> list[Placed]:
    """Points on the middle of the line, bars on the first level where they have room."""
    free = [-1.0] * LEVELS
    found = []
    for mark in marks:
        x, x2 = at(lanes, mark.low), at(lanes, mark.high, after=True)
        if x2 - x <= (22 if mark.count > 1 else 11):
            found.append(Placed(mark, (x + x2) / 2, (x + x2) / 2, middle, True))
            continue
        level = next((level for level, end in enumerate(free) if end < x), LEVELS - 1)
        free[level] = max(free[level], x2 + 2)
        found.append(Placed(mark, x, x2, middle - LINE / 2 + 3.5 + level * (BAR + 1), False))
    return found


def at(lanes: Lanes, value: str, after: bool = False) -> float:
    """Where a day begins, or (`after`) ends; what lies beyond the picture is at its edge."""
    first, last = day(lanes.low).toordinal(), day(lanes.high).toordinal() + 1
    place = day(value).toordinal() + after
    share = (min(max(place, first), last) - first) / (last - first)
    return round(SIDE + share * (WIDTH - 2 * SIDE), 2)


# -- the scale ---------------------------------------------------------------------------------------------------------

STEPS: tuple[tuple[str, int], ...] = (
    ("day", 1), ("day", 7), ("month", 1), ("month", 3), ("month", 6), ("year", 1), ("year", 2), ("year", 5),
    ("year", 10), ("year", 25), ("year", 100), ("year", 500), ("year", 2000),
)  # fmt: skip
TICKS = 14


def ticks(low: date, high: date) -> list[tuple[date, str]]:
    """Days that are marked on the scale, at most TICKS or so, each with its words."""
    days = (high - low).days + 1
    unit, step = next((s for s in STEPS if days / (s[1] * {"day": 1, "month": 30.4, "year": 365.25}[s[0]]) <= TICKS),
                      STEPS[-1])  # fmt: skip
    if unit == "day":
        begun = low + timedelta(days=(-low.weekday()) % 7) if step == 7 else low
        found = [begun + timedelta(days=step * each) for each in range((high - begun).days // step + 1)]
        return [(each, f"{each.day} {words.MONTHS[each.month][:3]} {each.year}") for each in found]
    months = step if unit == "month" else 12 * step
    first = -(-(low.year * 12 + low.month - 1 + (low.day > 1)) // months)
    last = (high.year * 12 + high.month - 1) // months
    found = [
        date(each * months // 12, each * months % 12 + 1, 1) for each in range(first, last + 1) if each * months >= 12
    ]
    return [(each, _tick(each, unit)) for each in found]


def _tick(each: date, unit: str) -> str:
    return str(each.year) if unit == "year" or each.month == 1 else words.MONTHS[each.month][:3]


# -- drawing -----------------------------------------------------------------------------------------------------------


def drawn(made: Layout, address: Address, label: str, *, file: bool = False) -> Markup:
    """The picture; `address` says where a mark leads."""
    parts = [*_scale(made), *(part for place in range(len(made.strips)) for part in _strip(made, place, address))]
    return svg.picture(WIDTH, made.height, *parts, label=label, file=file, class_=None if file else "lanes")


def _scale(made: Layout) -> list[Markup]:
    found, free = [], -1.0
    for each, said in ticks(day(made.lanes.low), day(made.lanes.high)):
        x = at(made.lanes, each.isoformat())
        found.append(
            svg.element(
                "line", x1=x, x2=x, y1=HEAD - 8, y2=made.height, stroke=svg.LINE, stroke_width=0.6, class_="rule"
            )
        )
        if x >= free and x + 6.8 * len(said) <= WIDTH:
            found.append(svg.element("text", said, x=x + 3, y=16, font_size=12, fill=svg.QUIET, class_="quiet"))
            free = x + 6.8 * len(said) + 12
    return found


def _strip(made: Layout, place: int, address: Address) -> list[Markup]:
    lane, strip = made.lanes.lanes[place], made.strips[place]
    one = lane.party
    bottom = strip.y + NAME + LINE * max(1, len(strip.kinds))
    ground = svg.element(
        "rect", x=0, y=strip.y, width=WIDTH, height=bottom - strip.y + BETWEEN / 2, fill=svg.BAND, class_="band", rx=3
    )
    title = svg.link(
        f"/p/{one.id}",
        svg.name(one.name, SIDE, strip.y + 17, script=one.script, lang=one.lang, end=False, room=700, font_size=14,
                 font_weight=600, fill=svg.INK, class_="ink"),
        label=f"{one.name}: {words.counted(lane.dates, 'date')}",
    )  # fmt: skip
    marks = [_mark(each, address) for each in strip.marks]
    return [*([ground] if place % 2 == 0 else []), title, *marks]


def _mark(placed: Placed, address: Address) -> Markup:
    mark = placed.mark
    if not placed.point:
        drawn_ = _bar(placed)
    elif mark.count > 1:
        drawn_ = _several(placed)
    else:
        drawn_ = [form(mark.kind, placed.x, placed.y)]
    return svg.link(address(mark), *drawn_, label=said(mark), class_=f"date {mark.kind}")


def form(kind: Kind, x: float, y: float) -> Markup:
    """A kind by its form: issued a disc, published a diamond that is hollow, held a triangle, in force a square."""
    if kind == "published":
        corners = f"M{x:.2f} {y - 5.6:.2f}L{x + 5.6:.2f} {y:.2f}L{x:.2f} {y + 5.6:.2f}L{x - 5.6:.2f} {y:.2f}Z"
        return svg.element("path", d=corners, fill=svg.PAPER, stroke=svg.ACCENT, stroke_width=1.6, class_="mark hollow")
    if kind == "held":
        corners = f"M{x:.2f} {y - 5.6:.2f}L{x + 5.4:.2f} {y + 4.2:.2f}H{x - 5.4:.2f}Z"
        return svg.element("path", d=corners, fill=svg.ACCENT, class_="mark")
    if kind == "effective":
        return svg.element("rect", x=x - 4.4, y=y - 4.4, width=8.8, height=8.8, fill=svg.ACCENT, class_="mark")
    return svg.element("circle", cx=x, cy=y, r=4.8, fill=svg.ACCENT, class_="mark")


def _several(placed: Placed) -> list[Markup]:
    """Points that lie together: their form wide enough to hold their number."""
    number = str(placed.mark.count)
    half = 5.5 + 3.4 * len(number)
    hollow = placed.mark.kind == "published"
    body = svg.element(
        "rect", x=placed.x - half, y=placed.y - 7.5, width=2 * half, height=15,
        rx={"issued": 7.5, "published": 7.5, "held": 2, "effective": 0}[placed.mark.kind],
        fill=svg.PAPER if hollow else svg.ACCENT, stroke=svg.ACCENT, stroke_width=1.4,
        class_="mark hollow" if hollow else "mark",
    )  # fmt: skip
    text = svg.element(
        "text", number, x=placed.x, y=placed.y + 4, text_anchor="middle", font_size=11, font_weight=600,
        fill=svg.ACCENT if hollow else svg.PAPER, class_="number-accent" if hollow else "number-on",
    )  # fmt: skip
    return [body, text]


def _bar(placed: Placed) -> list[Markup]:
    """Days that a date may mean: a bar, full where it is one kind, hollow for publication; a number where several."""
    hollow = placed.mark.kind == "published"
    width = placed.x2 - placed.x
    found = [
        svg.element(
            "rect", x=placed.x, y=placed.y, width=width, height=BAR, rx=BAR / 2,
            fill=svg.PAPER if hollow else svg.ACCENT, fill_opacity=None if hollow else 0.55, stroke=svg.ACCENT,
            stroke_width=1, class_="bar hollow" if hollow else "bar",
        )
    ]  # fmt: skip
    if placed.mark.count > 1:
        found.append(
            svg.element(
                "text", f"×{placed.mark.count}", x=placed.x + width / 2, y=placed.y + BAR + 9.5, text_anchor="middle",
                font_size=10, fill=svg.QUIET, class_="quiet",
            )
        )  # fmt: skip
    return found


def said(mark: Mark) -> str:
    """A mark in words."""
    kind = FORMS[mark.kind]
    if mark.count > 1:
        return f"{kind}: {mark.count} dates, {words.date(mark.low)} – {words.date(mark.high)}. A closer look"
    when = words.date(mark.value) if mark.value else ""
    exact = "" if mark.low == mark.high else f", which is {words.date(mark.low)} to {words.date(mark.high)}"
    return f"{kind} {when}{exact}: {mark.title or 'without a title'}"


def key(lanes: Lanes) -> list[tuple[Markup, str]]:
    """The forms that occur, each with what it stands for."""
    held = {mark.kind for lane in lanes.lanes for mark in lane.marks}
    forms = [
        (svg.element("svg", form(kind, 8, 8), width=16, height=16, aria_hidden="true", class_="sign"), told)
        for kind, told in FORMS.items()
        if kind in held
    ]
    placed = Placed(Mark(kind="issued", low="", high="", count=1), 1, 27, 5.5, False)
    bar = svg.element("svg", *_bar(placed), width=28, height=16, aria_hidden="true", class_="sign")
    return [*forms, (bar, "the days that a date may mean")]
