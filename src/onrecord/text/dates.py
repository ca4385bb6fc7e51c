"""Dates as precise as their source, in EDTF (ISO 8601-2): a year stays a year and never becomes a 1 January.

`PartialDate.parse` reads levels 0 and 1 as far as records of public statements need them: `2024`, `2024-10`,
`2024-10-07`, `2024-10-07T14:30Z`, qualified (`?` uncertain, `~` approximate, `%` both), with unspecified digits
(`199X`, `19XX`, `2024-XX`, `2024-10-XX`), seasons `2024-21` … `2024-24`, quarters `2024-33` … `2024-36`, halves
`2024-40` and `2024-41`, TIMEX3's `2024-Q3` and `2024-H1`, ISO weeks (`2024-W41`), and intervals
(`2023-10-01/2023-10-07`, open `2023/..`, unknown `2023/`). A date is compared as the interval of
days it may mean, so the answer to "is it earlier?" can be yes, no, or maybe.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

_ONE = re.compile(
    r"""(?P<year>\d{4}|\d{3}X|\d\dXX)
        (?: -W(?P<week>\d\d)
          | -Q(?P<quarter>[1-4])
          | -H(?P<half>[12])
          | -(?P<month>\d\d|XX) (?: -(?P<day>\d\d|XX)
              (?: T\d\d(?: :\d\d (?: :\d\d (?:\.\d+)? )? )? (?: Z | [+-]\d\d(?: :?\d\d)? )? )? )?
        )?
        (?P<qualifier>[?~%])?""",
    re.VERBOSE | re.ASCII,
)

# From (year offset, month, day) to (year offset, month, day). Usage differs (the astronomer's, the forecaster's, the
# speaker's winter), so each is the widest of the northern meanings: "winter 2024" may begin or end the year 2024.
_PARTS_OF_YEAR = {
    21: ((0, 3, 1), (0, 6, 21)),
    22: ((0, 6, 1), (0, 9, 23)),
    23: ((0, 9, 1), (0, 12, 22)),
    24: ((0, 1, 1), (1, 3, 21)),
    33: ((0, 1, 1), (0, 3, 31)),
    34: ((0, 4, 1), (0, 6, 30)),
    35: ((0, 7, 1), (0, 9, 30)),
    36: ((0, 10, 1), (0, 12, 31)),
    40: ((0, 1, 1), (0, 6, 30)),
    41: ((0, 7, 1), (0, 12, 31)),
}


class PartialDate(Struct, frozen=True):
    """A date of some precision: its canonical EDTF `text`, and the first and last day it may mean.

    Two are equal when their texts are. There is no `<`: ask `precedes` (surely) or `may_precede` (possibly).
    """

    text: str
    low: date
    high: date

    @staticmethod
    def parse(edtf: str) -> PartialDate:
        """The date that an EDTF string means; ValueError says what is wrong with it and shows a right form."""
        return _parse(edtf)

    def __str__(self) -> str:
        return self.text

    @property
    def is_day(self) -> bool:
        """Whether it means exactly one day."""
        return self.low == self.high

    @property
    def uncertain(self) -> bool:
        """Whether its source, or who dated it, was not sure (`?` or `%`)."""
        return "?" in self.text or "%" in self.text

    @property
    def approximate(self) -> bool:
        """Whether it stands for a date near it (`~` or `%`)."""
        return "~" in self.text or "%" in self.text

    def precedes(self, other: PartialDate) -> bool:
        """Surely earlier: the last day it may mean comes before the other's first."""
        return self.high < other.low

    def may_precede(self, other: PartialDate) -> bool:
        """Possibly earlier: some day it may mean comes before some day the other may mean."""
        return self.low < other.high

    def overlaps(self, other: PartialDate) -> bool:
        """Whether both may mean the same day."""
        return self.low <= other.high and other.low <= self.high

    def contains(self, other: PartialDate) -> bool:
        """Whether every day the other may mean is one that this may mean."""
        return self.low <= other.low and other.high <= self.high

    def sort_key(self) -> tuple[date, date, str]:
        """For lists in reading order: by first day, the more precise first, then by text."""
        return (self.low, self.high, self.text)


@lru_cache(maxsize=8192)
def _parse(edtf: str) -> PartialDate:
    text = edtf.strip()
    if "/" not in text:
        return _single(text)
    left, _, right = text.partition("/")
    low, high = _bound(left, text), _bound(right, text)
    if low is None and high is None:
        raise ValueError(f"{text!r} bounds nothing. Give at least one end of the interval, as in '2023/..'.")
    first = low.low if low else date.min
    last = high.high if high else date.max
    if first > last:
        raise ValueError(f"The interval {text!r} ends before it begins. Write the earlier date first.")
    return PartialDate(f"{low.text if low else left}/{high.text if high else right}", first, last)


def _bound(part: str, whole: str) -> PartialDate | None:
    """One end of an interval; `None` where it is open (`..`) or unknown (empty)."""
    if part in ("", ".."):
        return None
    if "/" in part:
        raise ValueError(
            f"{whole!r} has more than two ends. An interval is 'START/END', as in '2023-10-01/2023-10-07'."
        )
    return _single(part)


def _single(text: str) -> PartialDate:
    match = _ONE.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a date in EDTF. Write the year first and only what is known: "
            "'2024', '2024-10', '2024-10-07', with '?' if uncertain, '~' if approximate, '2023/2024' for an interval."
        )
    if text.startswith(("0000", "000X", "00XX")):
        raise ValueError(f"{text!r} lies outside the years 0001 to 9999, which are all that onrecord can compare.")
    try:
        low, high = _days(match)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"There is no date {text!r}: {error}. Check the month and the day.") from None
    return PartialDate(text, low, high)


def _days(match: re.Match[str]) -> tuple[date, date]:
    """First and last day of a single date; ValueError where the calendar has no such day."""
    year, week, quarter, half, month, day = match.group("year", "week", "quarter", "half", "month", "day")
    if "X" in year:
        if week or quarter or half or (month and (month != "XX" or day not in (None, "XX"))):
            raise ValueError("a month or day needs a whole year")
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    named = "week" if week else "quarter" if quarter else "half" if half else ""
    return _DAYS[named or _kind(month, day)](int(year), match)


def _kind(month: str | None, day: str | None) -> str:
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError("a day needs its month")
        return "year"
    return "month" if day in (None, "XX") or int(month) > 12 else "day"


def _week(year: int, match: re.Match[str]) -> tuple[date, date]:
    monday = date.fromisocalendar(year, int(match["week"]), 1)
    return monday, monday + timedelta(days=6)


def _month(year: int, match: re.Match[str]) -> tuple[date, date]:
    month = int(match["month"])
    if month > 12:
        if match["day"]:
            raise ValueError("a season or quarter has no days")
        return _part(year, month)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _part(year: int, number: int) -> tuple[date, date]:
    if number not in _PARTS_OF_YEAR:
        raise ValueError("months run from 01 to 12, seasons from 21 to 24, quarters from 33 to 36, halves 40 and 41")
    (since, *first), (until, *last) = _PARTS_OF_YEAR[number]
    return date(year + since, *first), date(min(year + until, 9999), *last)


def _day(year: int, match: re.Match[str]) -> tuple[date, date]:
    found = date(year, int(match["month"]), int(match["day"]))
    return found, found


_DAYS: dict[str, Callable[[int, re.Match[str]], tuple[date, date]]] = {
    "year": lambda year, match: (date(year, 1, 1), date(year, 12, 31)),
    "month": _month,
    "day": _day,
    "week": _week,
    "quarter": lambda year, match: _part(year, 32 + int(match["quarter"])),
    "half": lambda year, match: _part(year, 39 + int(match["half"])),
}
