"""Dates of the Hijri calendars: the lunar one (Umm al-Qura) and the solar one of Iran and Afghanistan, in our calendar.

A lunar month begins where its new moon is seen, so a converted day is approximate (`~` in EDTF) unless the text gives
the day in our calendar beside it: of such a double date the Gregorian half is the value, and a notice tells where the
halves lie more than two days apart. Solar dates are exact. `RULES` are read by `times`; the names are in `eras.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from onrecord.annotate.numerals import Token
from onrecord.annotate.timerules import Found, Reader, Rule, Shift
from onrecord.model import Notice, Span

TABLED = (1343, 1500)
"""Years AH of which Umm al-Qura has tables; the others are counted by the cycle of thirty years."""
NO_SUCH_DAY = "the calendar has no such day"
NEAR = timedelta(days=2)
"""So far apart may the two halves of a double date lie: the moon is seen on different days."""
_EPOCH = date(622, 7, 19).toordinal()
OURS = 1600
"""A year above this one with a Hijri month is one of our era: "Ramadan 2024"."""


class Part(NamedTuple):
    """One half of a date as written; 0 stands for what is not said. `last` is the last day of a range."""

    year: int
    month: int
    day: int
    last: int


def lunar(year: int, month: int, day: int) -> date | None:
    """The day in our calendar; `None` where none is. Every month may have 30 days, as it may in some country."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year < 9600):
        return None
    if not TABLED[0] <= year <= TABLED[1]:
        return _counted(year, month, day)
    short = day == 30 and Hijri(year, month, 1).month_length() == 29
    found = Hijri(year, month, day - short).to_gregorian()
    return date(found.year, found.month, found.day) + timedelta(days=short)


def _counted(year: int, month: int, day: int) -> date | None:
    """By the cycle of thirty years with eleven leap years."""
    days = 354 * (year - 1) + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date.fromordinal(_EPOCH + days) if _EPOCH + days <= date.max.toordinal() else None


def solar(year: int, month: int, day: int) -> date | None:
    """The day in our calendar; `None` where the solar Hijri calendar has none."""
    try:
        found = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def lunar_year(day: date) -> int:
    """The lunar year that a day of our calendar lies in, exactly for the tabled years and within one for others."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return max(1, (day.toordinal() - _EPOCH) * 30 // 10631 + 1)


def solar_year(day: date) -> int:
    """The solar year that a day of our calendar lies in."""
    return day.year - 621 - ((day.month, day.day) < (3, 20))


_Convert = Callable[[int, int, int], date | None]
_CONVERT: dict[str, tuple[_Convert, Callable[[date], int], str]] = {
    "lunar": (lunar, lunar_year, "~"),
    "solar": (solar, solar_year, ""),
}


def _bounds(calendar: str, part: Part) -> tuple[date, date] | None:
    """First and last day of what a half names: a day, a range of days, a month, a year."""
    convert = _CONVERT[calendar][0]
    first = convert(part.year, part.month or 1, part.day or 1)
    if part.day:
        last = convert(part.year, part.month, part.last)
    else:
        after = (part.year + (part.month in (0, 12)), part.month % 12 + 1 if part.month else 1)
        follows = convert(*after, 1)
        last = follows - timedelta(days=1) if follows else None
    return (first, last) if first and last and first <= last else None


def _value(calendar: str, part: Part) -> str:
    """EDTF; empty where the calendar has no such day."""
    bounds = _bounds(calendar, part)
    if bounds is None:
        return ""
    mark = _CONVERT[calendar][2]
    first, last = (day.isoformat() + mark for day in bounds)
    return first if part.day and first == last else f"{first}/{last}"


def near(anchor: date, amount: int, tail: str, ahead: Callable[[], bool]) -> str:
    """A Hijri month, or a day of one, in the year that brings it nearest; `tail`: `l` last, `x` next, `t` this year's.

    `amount` is month * 100 + day, negative for the solar calendar. ValueError where no year has the day.
    """
    calendar = "solar" if amount < 0 else "lunar"
    month, day = divmod(abs(amount), 100)
    year = _CONVERT[calendar][1](anchor)
    parts = [Part(year + n, month, day, day) for n in (-1, 0, 1)]
    spans = [(bounds, part) for part in parts if (bounds := _bounds(calendar, part))]
    later = tail == "x" or (not tail and ahead())
    fitting = [it for it in spans if (it[0][0] > anchor if later else it[0][0] <= anchor)]
    if tail == "l":
        fitting = [it for it in fitting if it[0][1] < anchor]
    if not fitting:
        raise ValueError("no year near the anchor has this day")
    return _value(calendar, (min if later else max)(fitting)[1])


_TELLING = (
    (frozenset("K"), "solar"),
    (frozenset("J"), "lunar"),
    (frozenset("Z"), "solar"),
    (frozenset("I"), "lunar"),
    (frozenset("j"), "solar"),
    (frozenset("i"), "lunar"),
)
"""What tells a calendar, the surest first: the month, the mark of the year, the year itself."""


def _parts(tokens: list[Token]) -> tuple[str, Part]:
    """What the words of one half say, and their calendar: `lunar`, `solar` or `ours`."""
    kinds = {token.kind for token in tokens}
    calendar = next((name for letters, name in _TELLING if kinds & letters), "ours")
    month = next((int(token.value) for token in tokens if token.kind in "JKM"), 0)
    numbers = [(token.kind, int(token.value)) for token in tokens if token.kind in "donyij"]
    years = [value for kind, value in numbers if kind in "yij"]
    rest = [value for kind, value in numbers if kind not in "yij"]
    if not month and len(rest) == 2 and years:
        first, second = rest if numbers[0][0] not in "yij" else rest[::-1]
        first, second = (second, first) if second > 12 else (first, second)
        return calendar, Part(years[0], second, first, first)
    ranged = len(rest) == 2 and not any(token.kind == "n" for token in tokens)
    year = years[0] if years else rest.pop() if len(rest) == 2 and not ranged else 0
    day = rest[0] if rest else 0
    return calendar, Part(year, month, day, rest[1] if ranged else day)


def _hijri(reader: Reader) -> Found | None:
    """A date of one of the two calendars alone, converted."""
    calendar, part = _parts(reader.all())
    if not part.year and not part.month:
        return None
    if part.year > OURS and part.month:
        return _found(_in_our_year(calendar, part))
    if part.year:
        return _found(_value(calendar, part))
    token = next(it for it in reader.all() if it.kind in "JK")
    if token.kind == "K" and (not part.day or reader.text[token.start : token.end].lower() in reader.words.hesitant):
        return None
    if part.day > 31 - (token.kind == "J"):
        return _found("")
    shift = next((it.kind for it in reader.all() if it.kind in "ltx"), "")
    amount = part.month * 100 + part.day
    return Found("date", None, Shift("era", -amount if calendar == "solar" else amount, shift))


def _found(value: str) -> Found:
    return Found("date", value or None, reason=None if value else NO_SUCH_DAY)


def _in_our_year(calendar: str, part: Part) -> str:
    """A Hijri month in a year of our era, the first that begins in it."""
    year = _CONVERT[calendar][1](date(min(part.year, 9000), 1, 1))
    values = (_value(calendar, part._replace(year=year + n)) for n in (0, 1))
    return next((value for value in values if value.startswith(f"{part.year:04}")), "")


class _Double(NamedTuple):
    """A double date: the half in our calendar with the day, month or year it gives, and the other half."""

    calendar: str
    own: Part
    era: Part


def _halves(reader: Reader) -> _Double:
    places = reader.parse.places
    cut = max(places["era"], places["own"])
    first = [it for it in reader.tokens[reader.parse.start : cut] if it]
    second = [it for it in reader.tokens[cut : reader.parse.end] if it]
    era, own = (first, second) if places["era"] < places["own"] else (second, first)
    calendar, part = _parts(era)
    return _Double(calendar if calendar != "ours" else "lunar", _own(calendar, part, _parts(own)[1], own), part)


def _own(calendar: str, era: Part, own: Part, tokens: list[Token]) -> Part:
    """The half in our calendar, its missing year and the order of its figures told by the other half."""
    bounds = _bounds(calendar, era) if calendar != "ours" and era.year else None
    if bounds is None or not own.day:
        return own
    swapped = own._replace(month=own.day, day=own.month, last=own.month)
    figures = own.day <= 12 and not any(token.kind == "M" for token in tokens)
    orders = (own, swapped) if figures else (own,)
    years = (own.year,) if own.year else range(bounds[0].year - 1, bounds[0].year + 2)
    parts = [order._replace(year=year) for order, year in product(orders, years)]
    known = [(abs(day - bounds[0]), n) for n, part in enumerate(parts) if (day := _day(part))]
    return parts[min(known)[1]] if known else own


def _day(part: Part) -> date | None:
    try:
        return date(part.year, part.month, part.day)
    except ValueError:
        return None


def _double(reader: Reader) -> Found:
    """A date in two calendars: the value is the half in ours, as precise as that."""
    own = _halves(reader).own
    if not own.year:
        return Found("date", None, Shift("month-day", own.month * 100 + own.day))
    pieces = [f"{own.year:04}", *(f"{number:02}" for number in (own.month, own.day) if number)]
    value = "-".join(pieces)
    return Found("date", value if own.last == own.day else f"{value}/{value[:8]}{own.last:02}")


def mismatch(reader: Reader) -> Iterator[Notice]:
    """A notice where the halves of a double date do not mean the same day, or one of them is no day at all."""
    calendar, own, era = _halves(reader)
    if not (own.year and era.year):
        return
    bounds = _bounds(calendar, era)
    start, end = reader.all()[0].start, reader.all()[-1].end
    words = reader.text[start:end]
    if bounds is None:
        said = "no such day in the Hijri calendar"
    else:
        span = _span(own)
        if span is None or (span[0] <= bounds[1] + NEAR and bounds[0] <= span[1] + NEAR):
            return
        said = f"the Hijri date fell on {_value(calendar, era)}"
    message = (
        f"“{words}” gives one date in two calendars that disagree: {said}. The Gregorian date was taken; check it."
    )
    yield Notice("times", "double-date-mismatch", message, (Span(start, end),))


def _span(own: Part) -> tuple[date, date] | None:
    """First and last day of the half in our calendar."""
    if own.day:
        day = _day(own)
        return (day, day) if day else None
    if not (1 <= own.year <= 9998 and 0 <= own.month <= 12):
        return None
    following = date(own.year + (own.month in (0, 12)), own.month % 12 + 1 if own.month else 1, 1)
    return date(own.year, own.month or 1, 1), following - timedelta(days=1)


_MARK = r"(?:[ .][IZ]){0,2}"
_HIJRI_YEAR = rf"(?:[yij]{_MARK}|[nd][ .][IZ]{_MARK})"
_WEEKDAY = r"(?:D[ ,.;-])?"


def _day_of(month: str, year: str, mark: str) -> str:
    """A day of the calendar whose months, bare years and marks have these classes."""
    told = rf"(?:[yij](?:[ .][IZ])?[ .]{mark}|{year}(?![ .][IZ]))"
    return (
        rf"{_WEEKDAY}(?:(?:T )?[do](?:[-~][do])?[ =.-](?:T )?{month}(?:[ =,.;-](?:U )?{_HIJRI_YEAR})?"
        rf"|{month} (?:T )?[do](?:[ ,;]{_HIJRI_YEAR})?"
        rf"|d[/.-]d[/.-]{told}|[yij][/.-]d[/.-]d(?:[ .][IZ])?[ .]{mark}|{year}[/.-]d[/.-]d(?![ .][IZ]))"
    )


def _year_of(year: str, mark: str) -> str:
    return rf"(?:U )?(?:[yij](?:[ .][IZ])?[ .]{mark}|{year}(?![ .][IZ]))"


_CLASSES = {"hijri": ("J", "i", "I"), "solar-hijri": ("K", "j", "Z")}
_OUR_YEAR = r"(?:U )?y(?: G)?"
_OUR_DAY = (
    rf"{_WEEKDAY}(?:(?:T )?[do](?:[-~][do])?[ =.-]M(?:[ =.,;-]{_OUR_YEAR})?|M (?:T )?[do](?:[ ,;]{_OUR_YEAR})?"
    r"|d(?:[/.-])d[/.-]y(?: G)?|y[/.-]d[/.-]d(?: G)?)"
)
_OUR_MONTH = rf"M[ =,]{_OUR_YEAR}"
_BESIDE = r"[/( ,;-](?:T )?"


def _both(era: str, own: str) -> Iterator[tuple[str, str, Rule]]:
    yield "double-date", rf"(?P<era>{era}){_BESIDE}(?P<own>{own})", _double
    yield "double-date", rf"(?P<own>{own}){_BESIDE}(?P<era>{era})", _double


def _alone(name: str, month: str, year: str, mark: str) -> Iterator[tuple[str, str, Rule]]:
    yield name, _day_of(month, year, mark), _hijri
    yield name, rf"{month}[ =,](?:U )?{_HIJRI_YEAR}", _hijri
    yield name, rf"(?:U )?[yij](?:[ .][IZ])?[ .]{mark}|U {year}(?![ .][IZ])", _hijri


RULES: list[tuple[str, str, Rule]] = [
    *(rule for classes in _CLASSES.values() for rule in _both(_day_of(*classes), _OUR_DAY)),
    *(rule for month, _, _ in _CLASSES.values() for rule in _both(rf"{month}[ =,](?:U )?{_HIJRI_YEAR}", _OUR_MONTH)),
    *(rule for _, year, mark in _CLASSES.values() for rule in _both(_year_of(year, mark), _OUR_YEAR)),
    *(rule for name, classes in _CLASSES.items() for rule in _alone(name, *classes)),
    ("hijri-month", r"(?:(?:T )?m[ =-](?:T )?)?(?:[ltx] J|J [ltx](?! [UQC])|J)", _hijri),
]
"""Name, pattern and rule, to be tried before all others."""
