"""From a day, so many days, weeks, months or years on or back, and to the weekday, month or season that is named.

A weekday is the last one up to that day, or the next after a verb of the future; a month the last one that had begun; a
day and month the one nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.annotate import eras
from onrecord.text.dates import PartialDate

SOON = timedelta(days=62)
"""A day and month that lie further ahead are those of the year before, unless a verb of the future says otherwise."""

Step = Callable[[date, int, str, Callable[[], bool]], str]
"""From the anchor, how many units, what follows the value, and whether the words before speak of the future."""


def shifted(anchor: date, unit: str, amount: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The value (EDTF, or TIMEX3's where EDTF has none); ValueError or OverflowError where no calendar has it."""
    step = STEPS.get(unit)
    return step(anchor, amount, tail, ahead) if step else _holiday(anchor, unit, amount, tail, ahead)


def _days(anchor: date, amount: int, tail: str, _: Callable[[], bool]) -> str:
    return (anchor + timedelta(days=amount)).isoformat()


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
    """Where the hour of the anchor is unknown, "two hours ago" is only past."""
    return "PAST_REF" if amount < 0 else "FUTURE_REF"


def _to_weekday(anchor: date, weekday: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The last such day up to the anchor; the next one after "next" or a verb of the future; "this": in its week."""
    back = (anchor.isoweekday() - weekday) % 7
    days = -back
    if tail == "x" or (not tail and back and ahead()):
        days = 7 - back
    elif tail == "l" and not back:
        days = -7
    elif tail == "t" and back:
        days = 7 - back
    return (anchor + timedelta(days=days)).isoformat()


def _to_month(anchor: date, month: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The nearest such month before the anchor, its own included; after it for "next" and verbs of the future."""
    year = anchor.year
    if tail == "x" or (not tail and month != anchor.month and ahead()):
        year += month <= anchor.month
    elif tail in ("t", "w"):
        pass
    elif month > anchor.month or (tail == "l" and month == anchor.month):
        year -= 1
    return str(PartialDate.parse(f"{year:04}-{month:02}"))


def _to_month_day(anchor: date, both: int, tail: str, ahead: Callable[[], bool]) -> str:
    """The year that brings the day nearest to the anchor; the one before, unless the words speak of the future.

    `tail` is the end of a range ("/06-07").
    """
    month, day = divmod(both, 100)
    years = [year for year in (anchor.year - 1, anchor.year, anchor.year + 1) if _is_day(year, month, day)]
    if not years:
        raise ValueError("no such day near the anchor")
    nearest = min((date(year, month, day) for year in years), key=lambda day: abs(day - anchor))
    if nearest > anchor + SOON and not ahead() and _is_day(nearest.year - 1, month, day):
        nearest = nearest.replace(year=nearest.year - 1)
    elif nearest < anchor and ahead() and _is_day(nearest.year + 1, month, day):
        nearest = nearest.replace(year=nearest.year + 1)
    if not tail:
        return nearest.isoformat()
    year = nearest.year + (tail[1:] < nearest.isoformat()[5:])
    return str(PartialDate.parse(f"{nearest.isoformat()}/{year:04}-{tail[1:]}"))


def _to_months(anchor: date, both: int, tail: str, ahead: Callable[[], bool]) -> str:
    """ "between March and June": the first as a month by itself, the second the next one after it."""
    first, last = divmod(both, 100)
    start = _to_month(anchor, first, tail, ahead)
    year = int(start[:4]) + (last < first)
    return str(PartialDate.parse(f"{start}/{year:04}-{last:02}"))


def _of_year(anchor: date, both: int, tail: str, _: Callable[[], bool]) -> str:
    """ "July last year", "3 May of that year"; without a day the amount is the month times a hundred."""
    month, day = divmod(both, 100)
    found = f"{anchor.year + int(tail):04}-{month:02}"
    return str(PartialDate.parse(f"{found}-{day:02}" if day else found))


def _season_of(anchor: date, season: int, tail: str, _: Callable[[], bool]) -> str:
    return str(PartialDate.parse(f"{anchor.year + int(tail):04}-{season}"))


def _half(anchor: date, half: int, tail: str, _: Callable[[], bool]) -> str:
    return str(PartialDate.parse(f"{anchor.year + int(tail):04}-H{half}"))


def _holiday(anchor: date, name: str, year: int, tail: str, ahead: Callable[[], bool]) -> str:
    """A day of fixed date ("12-25"), or the nth weekday of a month ("11:4:4")."""
    if year:
        return _holiday_of(name, year).isoformat()
    days = [_holiday_of(name, anchor.year + n) for n in (-1, 0, 1)]
    if tail == "t":
        return days[1].isoformat()
    after = tail == "x" or (not tail and ahead())
    near = [day for day in days if (day > anchor if after else day < anchor or (not tail and day == anchor))]
    soon = [day for day in days if not tail and timedelta() <= day - anchor < SOON / 4]
    return (soon or (near[:1] if after else near[-1:]))[0].isoformat()


def _holiday_of(name: str, year: int) -> date:
    if ":" not in name:
        return date.fromisoformat(f"{year:04}-{name}")
    month, weekday, nth = map(int, name.split(":"))
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


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
    elif tail not in ("t", "w") and (begins > anchor.month or (tail == "l" and begins + 3 > anchor.month)):
        year -= 1
    return str(PartialDate.parse(f"{year:04}-{season}"))


STEPS: dict[str, Step] = {
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
    "clock": _days,
    "months": _to_months,
    "of-year": _of_year,
    "season-of": _season_of,
    "half": _half,
    "era": eras.near,
}
