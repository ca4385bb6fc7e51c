"""EDTF values as the days they may lie between, for columns and filters."""

from __future__ import annotations

import calendar
import re

PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:.Z+-]*)?[?~%]?")
FIRST, LAST = "0001-01-01", "9999-12-31"
"""What an open end of an interval stands for."""


def bounds(value: str | None) -> tuple[str | None, str | None]:
    """First and last day, ISO 8601, that an EDTF date or interval may mean; `(None, None)` for what is none."""
    if not value:
        return None, None
    start, slash, end = value.partition("/")
    if not slash:
        return day_range(start)
    low = FIRST if start in ("", "..") else day_range(start)[0]
    high = LAST if end in ("", "..") else day_range(end)[1]
    return (low, high) if low and high else (None, None)


def day_range(value: str) -> tuple[str | None, str | None]:
    """First and last day of one date of whatever precision."""
    match = PART.fullmatch(value)
    if not match:
        return None, None
    year, month, day = match.groups()
    if int(year) == 0 or not 1 <= int(month or 1) <= 12:
        return None, None
    last = calendar.monthrange(int(year), int(month or 12))[1]
    if day:
        return (f"{year}-{month}-{day}",) * 2 if 1 <= int(day) <= last else (None, None)
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last}"


def number(day: str) -> int:
    """An ISO day as an integer that sorts alike: 20240503."""
    return int(day.replace("-", ""))
