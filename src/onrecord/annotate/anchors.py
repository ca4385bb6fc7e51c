"""Relative time expressions brought to a value, from the day that the document as a whole gives.

A weekday is the last one up to that day, or the next after a verb of the future; a month the last one that had begun; a
day and month the one nearest to it. What has no anchor keeps no value and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial

from onrecord.annotate.times import Expression, Shift
from onrecord.lexicon import languages, lexicon
from onrecord.model import DateFact, Document, TimeExpression
from onrecord.text.dates import PartialDate

SOON = timedelta(days=62)
"""A day and month that lie further ahead are those of the year before, unless a verb of the future says otherwise."""
NEAR = 60
"""Code points before an expression that are read for the tense."""

Step = Callable[[date, int, str, Callable[[], bool]], str]
"""From the anchor, how many units, what follows the value, and whether the words before speak of the future."""


def resolve(
    document: Document, expressions: tuple[Expression, ...], dates: tuple[DateFact, ...]
) -> tuple[TimeExpression, ...]:
    """Every expression with its value: its own, or the one that its shift from the document's date gives."""
    anchor = _anchor(dates)
    text = document.text
    found = []
    for it in expressions:
        value, reason, used = it.value, None, None
        if it.impossible:
            reason = "the calendar has no such day"
        elif it.shift and anchor is None:
            reason = "relative, and the document shows no date of issue or publication"
        elif it.shift and anchor:
            value, used = _resolved(it.shift, anchor, text, it), anchor.isoformat()
            reason = None if value else "lies outside the calendar"
        elif value is None:
            reason = "no value could be made of these words"
        found.append(TimeExpression(it.start, it.end, it.type, value, used, it.rule, reason))
    return tuple(found)


def _anchor(dates: tuple[DateFact, ...]) -> date | None:
    """The day that relative expressions count from: of issue, else of publication; a day, not a month or year."""
    for role in ("issued", "published"):
        for fact in dates:
            if fact.role == role:
                found = PartialDate.parse(fact.value)
                if found.is_day:
                    return found.low
    return None


def _resolved(shift: Shift, anchor: date, text: str, it: Expression) -> str | None:
    unit, amount, tail = shift
    try:
        return _STEPS[unit](anchor, amount, tail, partial(_ahead, text, it))
    except (ValueError, OverflowError):
        return None


def _ahead(text: str, it: Expression) -> bool:
    """Whether the words before the expression, in its sentence, speak of the future."""
    before = text[max(0, it.start - NEAR) : it.start].lower().rpartition(". ")[2]
    found = [match.lastgroup for match in _tenses().finditer(before)]
    return found[-1:] == ["future"]


@cache
def _tenses() -> re.Pattern[str]:
    """The words of all languages that place what follows in the future, and those that do not."""
    lists = {
        name: {w for tag in languages() for w in lexicon(tag)["time"].get(name, ())} for name in ("future", "past")
    }
    parts = [
        f"(?P<{name}>{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"
        for name, words in lists.items()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _days(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return (anchor + timedelta(days=amount)).isoformat() + tail


def _weeks(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    year, week, _day = (anchor + timedelta(weeks=amount)).isocalendar()
    return f"{year:04}-W{week:02}"


def _fortnights(anchor: date, amount: int, tail: str, ahead: Callable[[], bool]) -> str:
    return _weeks(anchor, 2 * amount, tail, ahead)


def _months(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + amount, 12)
    return str(PartialDate.parse(f"{year:04}-{month + 1:02}"))


def _quarters(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    year, quarter = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + amount, 4)
    return str(PartialDate.parse(f"{year:04}-Q{quarter + 1}"))


def _years(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return str(PartialDate.parse(f"{anchor.year + amount:04}"))


def _decades(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return str(PartialDate.parse(f"{anchor.year // 10 + amount:03}X"))


def _centuries(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return str(PartialDate.parse(f"{anchor.year // 100 + amount:02}XX"))


def _weekend(anchor: date, amount: int, tail: str, ahead: Callable[[], bool]) -> str:
    saturday = anchor - timedelta(days=anchor.weekday() - 5) + timedelta(weeks=amount)
    if not amount and anchor.weekday() < 5 and not ahead():
        saturday -= timedelta(weeks=1)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def _hours(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return "PAST_REF" if amount < 0 else "FUTURE_REF"


def _to_weekday(anchor: date, weekday: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The last such day up to the anchor; the next one after "next" or a verb of the future; "this": in its week."""
    kind, part = (tail[:1], tail[1:]) if tail[:1] in "ltx" else ("", tail)
    back = (anchor.isoweekday() - weekday) % 7
    days = -back
    if kind == "x" or (not kind and back and ahead()):
        days = 7 - back
    elif kind == "l" and not back:
        days = -7
    elif kind == "t" and back:
        days = 7 - back
    return (anchor + timedelta(days=days)).isoformat() + part


def _to_month(anchor: date, month: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The nearest such month before the anchor, its own included; after it for "next" and verbs of the future."""
    year = anchor.year
    if tail == "x" or (not tail and month != anchor.month and ahead()):
        year += month <= anchor.month
    elif tail == "t":
        pass
    elif month > anchor.month or (tail == "l" and month == anchor.month):
        year -= 1
    return str(PartialDate.parse(f"{year:04}-{month:02}"))


def _to_month_day(anchor: date, both: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The year that brings the day nearest to the anchor; the one before, unless the words speak of the future."""
    month, day = divmod(both, 100)
    years = [year for year in (anchor.year - 1, anchor.year, anchor.year + 1) if _is_day(year, month, day)]
    if not years:
        raise ValueError("no such day near the anchor")
    nearest = min((date(year, month, day) for year in years), key=lambda day: abs(day - anchor))
    if nearest > anchor + SOON and not ahead() and _is_day(nearest.year - 1, month, day):
        nearest = nearest.replace(year=nearest.year - 1)
    first = nearest.isoformat()
    return str(PartialDate.parse(f"{first}/{first[:8]}{tail[1:]}")) if tail else first


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _to_quarter(anchor: date, quarter: int, tail: str, ahead: Callable[[], bool]) -> str:
    """A quarter of the year that is named; else the last one that had ended, or this year's after a future verb."""
    year = anchor.year
    if tail:
        year += int(tail)
    elif (quarter - 1) * 3 + 1 > anchor.month and not ahead():
        year -= 1
    return str(PartialDate.parse(f"{year:04}-Q{quarter}"))


_SEASON_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}


def _to_season(anchor: date, season: int, tail: str, ahead: Callable[[], bool]) -> str:
    year = anchor.year
    begins = _SEASON_BEGINS[season]
    if tail == "x" or (not tail and ahead()):
        year += begins <= anchor.month
    elif tail != "t" and (begins > anchor.month or (tail == "l" and begins + 3 > anchor.month)):
        year -= 1
    return str(PartialDate.parse(f"{year:04}-{season}"))


_STEPS: dict[str, Step] = {
    "S": _hours,
    "MIN": _hours,
    "H": _hours,
    "D": _days,
    "W": _weeks,
    "F": _fortnights,
    "WE": _weekend,
    "M": _months,
    "Q": _quarters,
    "Y": _years,
    "X": _decades,
    "C": _centuries,
    "weekday": _to_weekday,
    "month": _to_month,
    "month-day": _to_month_day,
    "quarter": _to_quarter,
    "season": _to_season,
}
