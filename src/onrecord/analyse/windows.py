"""Joint statements by stretches of time: months, years, or events that the reader names.

A date is the interval of days it may mean. It counts in a window where that whole interval lies within it; where it
spans a border it counts in none and is reported: a statement of "May or June" is one of neither month. Months and years
follow one another, so nothing lies outside them; events may overlap, and then share a statement.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from onrecord.analyse.days import month_of, read
from onrecord.analyse.network import ANYONE, NAMELESS, RULES, pairs, reading_order
from onrecord.errors import MetadataError
from onrecord.hypergraph import JointStatement, Pair, Placing, RuleName, Window, WindowCount, Windows
from onrecord.text.dates import PartialDate

FORM = "Write NAME=DATE or NAME=DATE/DATE in EDTF, as in 'Talks at Marn=2024-05-01/2024-05-14'."
SHOWN = 60
"""Code points of a wrong value that an error repeats."""


def year_of(day: PartialDate) -> str | None:
    """The year (`2024`) in which every day it may mean lies; `None` where it is not so precise."""
    return f"{day.low.year:04}" if day.low.year == day.high.year else None


Calendar = Literal["month", "year"]
CALENDAR: dict[Calendar, Callable[[PartialDate], str | None]] = {"month": month_of, "year": year_of}
"""How the calendar is cut: the name (EDTF) of the month or year in which all days lie that a date may mean."""


def window(name: str, value: str) -> Window:
    """A window by its name and EDTF. Raises MetadataError, which says how to write a date."""
    try:
        # A longer one is no date, and would only make a long message.
        day = PartialDate.parse(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")
    except ValueError as error:
        raise MetadataError(f"{name[:SHOWN]!r}: {error}") from error
    return Window(name, day.text, day.low, day.high)


def period(since: str | None, until: str | None) -> Window | None:
    """The window from the first day of `since` to the last of `until` (EDTF); `None` where neither is given.

    Raises MetadataError.
    """
    if since is None and until is None:
        return None
    first = window("since", since) if since is not None else None
    last = window("until", until) if until is not None else None
    if first is not None and last is not None and first.low > last.high:
        raise MetadataError(f"The period ends ({last.value}) before it begins ({first.value}). Change them about.")
    return Window(
        "period",
        f"{first.low.isoformat() if first else '..'}/{last.high.isoformat() if last else '..'}",
        first.low if first else date.min,
        last.high if last else date.max,
    )


def named(events: Iterable[tuple[str, str]]) -> tuple[Window, ...]:
    """Windows by name and EDTF, in the order given. Raises MetadataError, also where two have one name."""
    found: dict[str, Window] = {}
    for name, value in events:
        if not name.strip():
            raise MetadataError(f"The event dated {value[:SHOWN]!r} has no name. {FORM}")
        if name in found:
            raise MetadataError(f"Two events are called {name[:SHOWN]!r}. Give each a name of its own.")
        found[name] = window(name, value)
    return tuple(found.values())


def said(words: str) -> tuple[str, str]:
    """The name and the EDTF of `NAME=EDTF`. Raises MetadataError."""
    name, sign, value = words.rpartition("=")
    if not sign:
        raise MetadataError(f"{words[:SHOWN]!r} is no event. {FORM}")
    return name.strip(), value.strip()


def in_toml(text: str) -> list[tuple[str, str]]:
    """Events of a TOML file: a key a name, a string its EDTF; tables are passed through. Raises MetadataError."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MetadataError(
            f'This is no TOML: {error}. A line is: "Talks at Marn" = "2024-05-01/2024-05-14".'
        ) from error
    events: list[tuple[str, str]] = []
    for name, value in found.items():
        held = value.items() if isinstance(value, dict) else [(name, value)]
        for each, edtf in held:
            if not isinstance(edtf, str):
                raise MetadataError(f"{each[:SHOWN]!r} has no date in quotes. {FORM}")
            events.append((each, edtf))
    return events


def in_csv(text: str) -> list[tuple[str, str]]:
    """Events of a CSV file with the columns `name` and `date`. Raises MetadataError."""
    try:
        rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        if not {"name", "date"} <= set(rows.fieldnames or ()):
            raise MetadataError("A table of events begins with the line: name,date. The dates are EDTF.")
        return [(row["name"] or "", row["date"] or "") for row in rows]
    except csv.Error as error:
        raise MetadataError(f"This is no CSV: {error}. It begins with the line: name,date.") from error


READERS: dict[str, Callable[[str], list[tuple[str, str]]]] = {".toml": in_toml, ".csv": in_csv}
"""What reads a file of events, by the end of its name."""


def placing(issued: str | None, into: Window) -> Placing:
    """How a date (EDTF) lies to a window."""
    day = read(issued)
    if day is None:
        return "undated"
    if into.low <= day.low and day.high <= into.high:
        return "within"
    return "over-border" if day.low <= into.high and into.low <= day.high else "outside"


Held = dict[tuple[str, str], list[JointStatement]]
"""The statements in each window, by its name and EDTF."""


def windows(
    statements: Iterable[JointStatement],
    cut: Calendar | Sequence[Window],
    rule: RuleName,
    party: frozenset[str] = ANYONE,
    other: frozenset[str] = ANYONE,
    *,
    names: Mapping[str, str] = NAMELESS,
) -> Windows:
    """Joint statements cut by `month`, by `year`, or into events, with the pairs of each window by a named rule.

    Windows of the calendar come in order, those alone that hold a statement; events come as given, empty ones too.
    `party` and `other` choose pairs as in `pairs`; statements are counted whoever made them.
    """
    ordered = sorted(statements, key=reading_order)
    held, counts = _by_calendar(ordered, cut) if isinstance(cut, str) else _by_event(ordered, cut)
    found = tuple(_count(*window, inside, pairs(inside, rule, party, other).pairs) for window, inside in held.items())
    shown = {entity for window in found for pair in window.pairs for entity in (pair.first, pair.second)}
    return Windows(
        cut=cut if isinstance(cut, str) else "events",
        rule=RULES[rule],
        within=counts["within"],
        over_border=counts["over-border"],
        outside=counts["outside"],
        undated=counts["undated"],
        windows=found,
        names={entity: names[entity] for entity in sorted(shown) if entity in names},
    )


def _by_calendar(statements: Iterable[JointStatement], cut: Calendar) -> tuple[Held, Counter[Placing]]:
    held: Held = {}
    counts = Counter[Placing]()
    for statement in statements:
        day = read(statement.issued)
        name = CALENDAR[cut](day) if day else None
        counts["undated" if day is None else "over-border" if name is None else "within"] += 1
        if name is not None:
            held.setdefault((name, name), []).append(statement)
    return held, counts


def _by_event(statements: Iterable[JointStatement], events: Sequence[Window]) -> tuple[Held, Counter[Placing]]:
    held: Held = {(event.name, event.value): [] for event in events}
    counts = Counter[Placing]()
    for statement in statements:
        lies = {event: placing(statement.issued, event) for event in events}
        for event in events:
            if lies[event] == "within":
                held[event.name, event.value].append(statement)
        counts[next((each for each in NEAREST if each in lies.values()), _nowhere(statement))] += 1
    return held, counts


NEAREST: tuple[Placing, ...] = ("within", "over-border", "undated", "outside")
"""How a statement lies to several windows: as it lies to the one it is nearest to."""


def _nowhere(statement: JointStatement) -> Placing:
    """How a statement lies where there are no windows at all."""
    return "undated" if read(statement.issued) is None else "outside"


def _count(name: str, value: str, inside: Sequence[JointStatement], found: tuple[Pair, ...]) -> WindowCount:
    days = [day for statement in inside if (day := read(statement.issued))]
    return WindowCount(
        name,
        value,
        len(inside),
        sum(day.uncertain or day.approximate for day in days),
        len({entity for statement in inside for entity in statement.entities()}),
        found,
        tuple(statement.address for statement in inside),
    )
