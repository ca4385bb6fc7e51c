"""A lane a party: when it issued statements, when they were published, and the days of which they are.

The days of a statement are `issued` (the date it bears), `published` (that of its document), `held` (of the meeting it
comes from) and `effective` (when it takes effect). A date is the interval of days that it may mean: one that spans less
than the picture tells apart is a point, others are bars. Points of one kind that would lie on one another are one mark
with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from onrecord import store
from onrecord.store.tallies import CURRENT
from onrecord.text.address import address
from onrecord.workbench.who import FIRST_DAY, LAST_DAY, Called, Period, Who, called, heads, period, who

Kind = Literal["issued", "published", "held", "effective"]
KINDS: tuple[Kind, ...] = ("issued", "published", "held", "effective")
LANES = 6
"""Parties that are shown where none are chosen: those that made most statements in the period."""
MOST_LANES = 12
STEPS = 72
"""Marks of one kind that have room side by side."""
READ = 800
"""Statements of one party whose dates are read, the latest."""
AROUND = 800
"""Days around a period in which a statement may be issued that was published, or held, within it."""
LOOKED_AT = 1000
"""Statements of a period, the latest, by which it is told who made most."""
LISTED = 200
"""Dates of one party in a table."""
CENTURY = 100 * 366
"""Days: what may mean more does not stretch the picture."""


class Question(Struct, frozen=True, kw_only=True):
    """Whose lanes, and between which days."""

    parties: tuple[Who, ...]
    chosen: bool
    """Whether these parties were asked for; else they are those that made most statements."""
    period: Period


class Mark(Struct, frozen=True, kw_only=True):
    """One date, or `count` of one kind that lie together between two days (ISO 8601)."""

    kind: Kind
    low: str
    high: str
    count: int
    value: str | None = None
    """EDTF; of one date."""
    address: str | None = None
    """Of its words, or of the document where it comes from metadata; of one date."""
    title: str | None = None
    """Of the document; of one date."""


class Lane(Struct, frozen=True):
    """The marks of one party in order; they stand for `dates` in all."""

    party: Called
    marks: tuple[Mark, ...]
    dates: int


class Lanes(Struct, frozen=True):
    """The lanes between two days (ISO 8601), what is drawn. `reach` are those between which there is anything."""

    lanes: tuple[Lane, ...]
    low: str
    high: str
    chosen: bool
    cut: bool
    """Whether a party may have more statements than were read."""
    reach: tuple[str, str]


class Dated(Struct, frozen=True):
    """A date of a party's statement, with all that is known of it."""

    party: Called
    mark: Mark
    document: str
    statement: str | None


def question(
    view: store.View, parties: Sequence[str] = (), since: str | None = None, until: str | None = None
) -> Question:
    """The question with its parties found: the most active where none is named. Raises NotFound, MetadataError."""
    days = period(since, until)
    asked = list(dict.fromkeys(parties))[:MOST_LANES]
    found = {one.id: one for one in (who(view, each) for each in asked or active(view, days))}
    return Question(parties=tuple(found.values()), chosen=bool(asked), period=days)


def active(view: store.View, days: Period, most: int = LANES) -> list[str]:
    """The ids of those that made most statements in a period."""
    if days.bounded:
        made = " UNION ALL ".join(
            "SELECT * FROM (SELECT document, position, low FROM statements"
            f" WHERE (parties >= 2) = {joint} AND low >= ? AND low <= ? AND high <= ? AND {CURRENT}"
            f" ORDER BY low DESC LIMIT {LOOKED_AT})"
            for joint in (0, 1)
        )
        query = (
            f"SELECT m.entity, count(*) FROM (SELECT * FROM ({made}) ORDER BY low DESC LIMIT {LOOKED_AT}) s"
            " CROSS JOIN makers m ON m.document = s.document AND m.statement = s.position AND m.hand = 0"
            " WHERE m.entity IS NOT NULL GROUP BY m.entity"
        )
        rows = view.rows(query, (days.low, days.high, days.high) * 2)
        standing, number = heads(view, [row[0] for row in rows]), Counter[int]()
        for entity, count in rows:
            number[standing[entity]] += count
        chosen = [entity for entity, _ in sorted(number.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]
    else:
        query = "SELECT entity FROM tallies WHERE statements > 0 ORDER BY statements DESC, documents DESC LIMIT ?"
        chosen = [row[0] for row in view.rows(query, (most,))]
    ids = dict(view.among("SELECT number, id FROM entities WHERE number IN (%s)", chosen))
    return [ids[number] for number in chosen]


# -- what is read ------------------------------------------------------------------------------------------------------

Moment = tuple[Kind, str, str, int, int]
"""Kind, first and last day, the document's number, and the position of the statement or, of others, of the date."""


def _moments(view: store.View, one: Who, days: Period) -> list[Moment]:
    """The dates of a party's statements that may lie in a period, of its latest READ statements there."""
    made = _latest(view, one, days, 0)
    issued: list[Moment] = [("issued", low, high, document, at) for document, at, low, high in made if low and high]
    around = made if not days.bounded else _latest(view, one, days, AROUND)
    others = (
        "SELECT role, low, high, document, position FROM dates WHERE document IN (%s)"
        " AND role IN ('published', 'held', 'effective') AND low IS NOT NULL"
    )
    found = view.among(others, sorted({row[0] for row in around}))
    return [*issued, *(row for row in found if row[1] <= days.high and row[2] >= days.low)]


def _latest(view: store.View, one: Who, days: Period, around: int) -> list[tuple[int, int, str | None, str | None]]:
    """The latest statements of a party that may lie within so many days around a period; with days around, or where
    there is no period, those without a date too. One index answers for each of its entities, in its order."""
    low, high = _wider(days, around)
    dated = "low <= ? AND high >= ? ORDER BY low DESC"
    asked = [(dated, (high, low))] + ([("low IS NULL", ())] if around or not days.bounded else [])
    found: dict[tuple[int, int], tuple[int, int, str | None, str | None]] = {}
    for number in one.numbers:
        for hand in (0, 1):
            for condition, values in asked:
                query = (
                    f"SELECT document, statement, low, high FROM makers WHERE entity = ? AND hand = ? AND {CURRENT}"
                    f" AND {condition} LIMIT {READ}"
                )
                found.update({row[:2]: row for row in view.rows(query, (number, hand, *values))})
    return sorted(found.values(), key=lambda row: row[2] or "", reverse=True)[:READ]


def _wider(days: Period, around: int) -> tuple[str, str]:
    if not around or not days.bounded:
        return days.low, days.high
    low, high = (max(366, min(day(each).toordinal() + more, date.max.toordinal()))
                 for each, more in ((days.low, -around), (days.high, around)))  # fmt: skip
    return date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()


_ISSUED = (
    'SELECT d.id, s.id, s.issued, t.start, t."end", d.title FROM documents d'
    " CROSS JOIN statements s ON s.document = d.number LEFT JOIN dates t ON t.document = d.number"
    " AND t.role = 'issued' AND t.value = s.issued WHERE d.number = ? AND s.position = ? ORDER BY t.start IS NULL"
)
_OTHER = (
    'SELECT d.id, NULL, t.value, t.start, t."end", d.title FROM documents d CROSS JOIN dates t ON t.document = d.number'
    " WHERE d.number = ? AND t.position = ?"
)


def _one(view: store.View, moment: Moment) -> tuple[Mark, str, str | None]:
    """One date as a mark that leads to its words, with its document and statement."""
    kind, low, high, document, position = moment
    name, statement, value, start, end, title = view.rows(
        _ISSUED if kind == "issued" else _OTHER, (document, position)
    )[0]
    place = address(name, start, end) if start is not None else address(name)
    mark = Mark(kind=kind, low=low, high=high, count=1, value=value, address=place, title=title)
    return mark, name, statement


# -- lanes -------------------------------------------------------------------------------------------------------------


def lanes(view: store.View, asked: Question) -> Lanes:
    """The lanes of the parties asked for."""
    with view.snapshot():
        every = [_moments(view, one, asked.period) for one in asked.parties]
        reach = _reach(asked.period, [moment for found in every for moment in found])
        names = called(view, [one.numbers[0] for one in asked.parties])
        made = tuple(
            Lane(names[one.numbers[0]], tuple(_marks(view, found, reach)), len(found))
            for one, found in zip(asked.parties, every, strict=True)
        )
    cut = any(sum(each[0] == "issued" for each in found) >= READ for found in every)
    return Lanes(made, reach[0].isoformat(), reach[1].isoformat(), asked.chosen, cut, _ends(every))


def listed(view: store.View, asked: Question) -> Iterator[Dated]:
    """The dates of the parties asked for one by one, the latest first, of each at most LISTED."""
    with view.snapshot():
        names = called(view, [one.numbers[0] for one in asked.parties])
        for one in asked.parties:
            found = sorted(_moments(view, one, asked.period), key=lambda each: each[1:3], reverse=True)
            for moment in found[:LISTED]:
                mark, document, statement = _one(view, moment)
                yield Dated(names[one.numbers[0]], mark, document, statement)


def _reach(asked: Period, moments: Sequence[Moment]) -> tuple[date, date]:
    """From which day to which is drawn: the period asked for, else all dates but those that may mean ages."""
    spans = [(day(each[1]), day(each[2])) for each in moments]
    close = [span for span in spans if (span[1] - span[0]).days < CENTURY] or spans[:1]
    low = min((span[0] for span in close), default=date(2000, 1, 1))
    high = max((span[1] for span in close), default=date(2000, 12, 31))
    first = low if asked.low == FIRST_DAY else day(asked.low)
    last = high if asked.high == LAST_DAY else day(asked.high)
    return (first, last) if last > first else (first, first + timedelta(days=1))


def _ends(every: Sequence[Sequence[Moment]]) -> tuple[str, str]:
    days = [each for found in every for each in found if (day(each[2]) - day(each[1])).days < CENTURY]
    return min((each[1] for each in days), default=""), max((each[2] for each in days), default="")


def _marks(view: store.View, moments: Sequence[Moment], reach: tuple[date, date]) -> Iterator[Mark]:
    """Dates that have no room of their own together, the others one by one, in the order of their days."""
    width = max(1, -(-((reach[1] - reach[0]).days + 1) // STEPS))
    groups: list[list[Moment]] = []
    for kind in KINDS:
        points, bars = [], dict[tuple[str, str], list[Moment]]()
        for moment in moments:
            if moment[0] == kind and (day(moment[2]) - day(moment[1])).days < width:
                points.append(moment)
            elif moment[0] == kind:
                bars.setdefault(moment[1:3], []).append(moment)
        groups += [*together(points, width), *bars.values()]
    for group in sorted(groups, key=lambda group: (group[0][1], group[0][0])):
        if len(group) == 1:
            yield _one(view, group[0])[0]
        else:
            first, last = min(each[1] for each in group), max(each[2] for each in group)
            yield Mark(kind=group[0][0], low=first, high=last, count=len(group))


def together(points: Sequence[Moment], width: int) -> list[list[Moment]]:
    """Points in order, those within so many days of the first of them together."""
    found: list[list[Moment]] = []
    for point in sorted(points, key=lambda each: each[1:]):
        if found and (day(point[1]) - day(found[-1][0][1])).days < width:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def day(value: str) -> date:
    return date.fromisoformat(value)
