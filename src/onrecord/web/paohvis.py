"""Joint statements as a picture: a column a statement, a row a party, a mark where the party makes the statement.

After PAOHVis (Valdivia, Buono, Plaisant, Dufournaud and Fekete, Analyzing Dynamic Hypergraphs with Parallel Aggregated
Ordered Hypergraph Visualization, IEEE TVCG 27 (1), 2021). Columns stand in the order of time, those of one month
together. The names and the columns are two pictures side by side, so that the columns can be scrolled beside the names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from onrecord.hypergraph import JointStatement
from onrecord.model import PartyRole
from onrecord.web import svg, words
from onrecord.workbench.together import Row, Shown

ROW = 22
COLUMN, WIDEST = 15.0, 44.0
"""The least and the most room of a column."""
FILLED = 860
"""The width that few columns spread over."""
GAP = 9
"""Between months."""
HEAD = 40
FOOT = 26
NAMES = 300
MARK = 4.6
UNDATED = "undated"
MORE = "more, without a row"
"""What the numbers under the columns count."""
ROLES: dict[PartyRole, str] = {
    "signatory": "signs", "issuer": "issues", "on-behalf-of": "is spoken for", "sponsor": "sponsors",
}  # fmt: skip


class Slot(Struct, frozen=True):
    """The columns of one month: where they begin, and how wide they are together."""

    month: str
    x: float
    width: float


class Mark(Struct, frozen=True):
    """A party in a column: the row, and in which role."""

    row: int
    role: PartyRole


class Column(Struct, frozen=True):
    """A statement: its middle, its marks from top to bottom, and how many of its parties have no row."""

    statement: JointStatement
    x: float
    marks: tuple[Mark, ...]
    others: int


class Layout(Struct, frozen=True):
    """Where everything stands. `width` and `height` are those of the picture of columns."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    slots: tuple[Slot, ...]
    step: float
    """The width of a column."""
    width: float
    height: float


def layout(shown: Shown) -> Layout:
    """Columns by date, parties in the order of the rows."""
    at = {row.party.id: place for place, row in enumerate(shown.rows)}
    columns: list[Column] = []
    slots: list[Slot] = []
    step = min(WIDEST, max(COLUMN, FILLED / (len(shown.statements) or 1) - GAP / 2))
    x = float(GAP)
    for statement in shown.statements:
        month = (statement.issued or "")[:7] if statement.issued else UNDATED
        if slots and slots[-1].month != month:
            x += GAP
        if not slots or slots[-1].month != month:
            slots.append(Slot(month, x, 0))
        columns.append(_column(statement, x + step / 2, at))
        x += step
        slots[-1] = Slot(month, slots[-1].x, x - slots[-1].x)
    height = HEAD + ROW * len(shown.rows) + FOOT
    return Layout(shown.rows, tuple(columns), tuple(slots), step, x + GAP, height)


def _column(statement: JointStatement, x: float, at: Mapping[str, int]) -> Column:
    """The first role that a party has in a statement is its mark."""
    roles: dict[str, PartyRole] = {}
    unknown = set()
    for member in statement.parties():
        if member.entity is None:
            unknown.add(member.name)
        else:
            roles.setdefault(member.entity, member.role)
    marks = sorted((Mark(at[each], role) for each, role in roles.items() if each in at), key=lambda mark: mark.row)
    return Column(statement, x, tuple(marks), len(roles) - len(marks) + len(unknown))


def middle(row: int) -> float:
    return HEAD + ROW * row + ROW / 2


# -- drawing -----------------------------------------------------------------------------------------------------------


def names(made: Layout) -> Markup:
    """The names of the rows, each a link to its party, with how many of the statements it stands in."""
    return svg.picture(NAMES, made.height, *_names(made), label="Parties", class_="paoh-names")


def columns(made: Layout) -> Markup:
    """The statements, each a link."""
    told = (
        f"{words.counted(len(made.columns), 'joint statement')} of {words.counted(len(made.rows), 'party', 'parties')}"
    )
    return svg.picture(
        made.width, made.height, *_bands(made, 0), *_slots(made), *_columns(made), *_foot(made),
        label=f"{told}, by date", class_="paoh-columns",
    )  # fmt: skip


def whole(made: Layout, said: str) -> Markup:
    """Names and columns as one file; `said` is what it shows."""
    head = svg.element("text", said, x=12, y=22, font_size=14, font_weight=600, fill=svg.INK)
    inner = (*_bands(made, -NAMES), *_slots(made), *_columns(made), *_foot(made))
    return svg.picture(
        NAMES + made.width,
        made.height + 34,
        head,
        svg.group(_names(made), transform="translate(0 34)"),
        svg.group(inner, transform=f"translate({NAMES} 34)"),
        label=said,
        file=True,
    )


def _bands(made: Layout, x: float) -> list[Markup]:
    """Every other row on a ground of its own, so that the eye keeps to it."""
    return [
        svg.element("rect", x=x, y=HEAD + ROW * row, width=made.width - x, height=ROW, fill=svg.BAND, class_="band")
        for row in range(0, len(made.rows), 2)
    ]


def _names(made: Layout) -> list[Markup]:
    found = []
    for place, row in enumerate(made.rows):
        one, y = row.party, middle(place) + 4.5
        drawn = svg.name(
            one.name, NAMES - 40, y, script=one.script, lang=one.lang, end=True, room=NAMES - 48, font_size=13,
            fill=svg.INK, class_="ink",
        )  # fmt: skip
        number = svg.element(
            "text", str(row.statements), x=NAMES - 8, y=y, text_anchor="end", font_size=12, fill=svg.QUIET,
            class_="quiet number",
        )  # fmt: skip
        band = svg.element(
            "rect", y=HEAD + ROW * place, width=NAMES, height=ROW, fill="none" if place % 2 else svg.BAND,
            class_="rest" if place % 2 else "band",
        )  # fmt: skip
        label = f"{one.name}: {words.counted(row.statements, 'of these statements', 'of these statements')}"
        found.append(svg.link(f"/p/{one.id}", band, drawn, number, label=label, class_="row-name", data_row=place))
    if any(column.others for column in made.columns):
        found.append(
            svg.element(
                "text", MORE, x=NAMES - 40, y=made.height - 8, text_anchor="end", font_size=12, fill=svg.QUIET,
                class_="quiet",
            )
        )  # fmt: skip
    return found


def _slots(made: Layout) -> list[Markup]:
    """Months over the columns, and years where they begin. What has no room is left out: a column says its date."""
    found, year, free = [], "", -100.0
    for slot in made.slots:
        if slot.month[:4] != year:
            year = slot.month[:4]
            label = UNDATED if slot.month == UNDATED else year
            if slot.x >= free - 60:
                found.append(_text(label, slot.x, 14, weight=600))
        name = _month(slot.month)
        if name and slot.x >= free:
            found.append(_text(name, slot.x, 30))
            free = slot.x + 7.2 * len(name) + 8
        line = slot.x - GAP / 2
        found.append(
            svg.element(
                "line", x1=line, x2=line, y1=20, y2=made.height - FOOT, stroke=svg.LINE, stroke_width=0.6, class_="rule"
            )
        )
    return found


def _month(value: str) -> str:
    return (
        words.MONTHS[int(value[5:7])][:3]
        if len(value) == 7 and value[5:7].isdigit() and 0 < int(value[5:7]) < 13
        else ""
    )


def _text(label: str, x: float, y: float, weight: int | None = None) -> Markup:
    kind = "ink" if weight else "quiet"
    return svg.element(
        "text", label, x=x, y=y, font_size=12, font_weight=weight, fill=svg.INK if weight else svg.QUIET, class_=kind
    )


def _columns(made: Layout) -> list[Markup]:
    called = {row.party.id: row.party.name for row in made.rows}
    return [_drawn(column, made, called) for column in made.columns]


def _drawn(column: Column, made: Layout, called: Mapping[str, str]) -> Markup:
    height, step = made.height, made.step
    ground = svg.element(
        "rect", x=column.x - step / 2, y=HEAD, width=step, height=height - HEAD, fill="none", pointer_events="all",
        class_="ground",
    )  # fmt: skip
    ends = [middle(mark.row) for mark in column.marks]
    stem = (
        [svg.element("line", x1=column.x, x2=column.x, y1=ends[0], y2=ends[-1], stroke=svg.ACCENT, stroke_width=1.4,
                     class_="stem")]
        if len(ends) > 1
        else []
    )  # fmt: skip
    marks = [shape(mark.role, column.x, middle(mark.row), mark.row) for mark in column.marks]
    more = (
        [svg.element("text", str(column.others), x=column.x, y=height - 8, text_anchor="middle", font_size=11,
                     fill=svg.QUIET, class_="quiet number")]
        if column.others
        else []
    )  # fmt: skip
    address = f"/s/{column.statement.document}/{column.statement.statement}"
    return svg.link(address, ground, *stem, *marks, *more, label=said(column.statement, called), class_="column")


def shape(role: PartyRole, x: float, y: float, row: int | None = None) -> Markup:
    """A role by its form: who signs a disc, who issues a square, who is spoken for a ring, who sponsors a triangle."""
    if role == "issuer":
        side = 2 * MARK - 1
        return svg.element(
            "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, fill=svg.ACCENT, class_="mark",
            data_row=row,
        )  # fmt: skip
    if role == "sponsor":
        corners = f"M{x:.1f} {y - 5.4:.1f}L{x + 5.2:.1f} {y + 4:.1f}H{x - 5.2:.1f}Z"
        return svg.element("path", d=corners, fill=svg.ACCENT, class_="mark", data_row=row)
    if role == "on-behalf-of":
        return svg.element(
            "circle", cx=x, cy=y, r=MARK - 0.8, fill=svg.PAPER, stroke=svg.ACCENT, stroke_width=1.8,
            class_="mark hollow", data_row=row,
        )  # fmt: skip
    return svg.element("circle", cx=x, cy=y, r=MARK, fill=svg.ACCENT, class_="mark", data_row=row)


def _foot(made: Layout) -> list[Markup]:
    """A line under the rows; below it the number of a column's parties that have no row."""
    y = made.height - FOOT + 4
    return [svg.element("line", x1=0, x2=made.width, y1=y, y2=y, stroke=svg.LINE, stroke_width=0.6, class_="rule")]


def said(statement: JointStatement, called: Mapping[str, str]) -> str:
    """A column in words: its date, title and parties."""
    parties = list(dict.fromkeys(called.get(each.entity or "", each.name) for each in statement.parties()))
    date = words.date(statement.issued) if statement.issued else UNDATED
    listed = "; ".join(parties[:12]) + (f" and {len(parties) - 12} more" if len(parties) > 12 else "")
    title = statement.title or "without a title"
    return f"{date}: {title}. {words.counted(len(parties), 'party', 'parties')}: {listed}"


def key(shown: Sequence[JointStatement]) -> list[tuple[Markup, str]]:
    """The forms that occur, each with what it stands for."""
    held = {member.role for statement in shown for member in statement.parties()}
    return [
        (svg.element("svg", shape(role, 8, 8), width=16, height=16, aria_hidden="true", class_="sign"), told)
        for role, told in ROLES.items()
        if role in held
    ]
