"""Dates of records as the intervals of days that they may mean."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import DateRole, Record
from onrecord.text.dates import PartialDate


def read(value: str | None) -> PartialDate | None:
    """The date that EDTF means; `None` where there is none, or where it is no EDTF (a duration, an unread value)."""
    if value is None:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError:
        return None


def date_of(record: Record, roles: Sequence[DateRole]) -> PartialDate | None:
    """The document's first readable date whose role comes first in `roles`."""
    for role in roles:
        for fact in record.dates:
            if fact.role == role and (day := read(fact.value)):
                return day
    return None


def month_of(day: PartialDate) -> str | None:
    """The month (`2024-10`) in which every day it may mean lies; `None` where it is not so precise."""
    same = (day.low.year, day.low.month) == (day.high.year, day.high.month)
    return f"{day.low.year:04}-{day.low.month:02}" if same else None
