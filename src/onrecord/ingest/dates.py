"""Dates as formats write them, to EDTF. A date that cannot be understood is no date: `None`, never a guess."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?![\d])(?:[T ].*)?$", re.S)


def edtf(value: str) -> str | None:
    """`value` where it is EDTF, else `None`."""
    from onrecord.text.dates import PartialDate

    try:
        PartialDate.parse(value)
    except ValueError:
        return None
    return value


def from_iso(value: object) -> str | None:
    """EDTF of an ISO 8601 date or date and time: its day in its own time zone, or the month or year alone.

    >>> from_iso("2024-05-03T22:10:00+03:00")
    '2024-05-03'
    """
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else None
    match = _ISO.match(str(value).strip()[:40]) if value is not None else None
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)


def from_mail(value: object) -> str | None:
    """EDTF of a mail's `Date` header: its day in the sender's time zone."""
    try:
        return from_iso(parsedate_to_datetime(str(value)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_unix(seconds: object) -> str | None:
    """EDTF of seconds since 1970: the day in UTC."""
    from datetime import UTC

    try:
        return from_iso(datetime.fromtimestamp(float(str(seconds)), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def loose(value: object) -> str | None:
    """EDTF of a cell that holds a date as EDTF, ISO 8601, a mail's date or seconds since 1970."""
    text = str(value).strip() if value is not None else ""
    if not text:
        return None
    if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
        return from_unix(text)
    return edtf(text) or from_iso(text) or from_mail(text)
