"""EDTF values as the days they may lie between, for columns and filters."""

from __future__ import annotations

from functools import lru_cache

from onrecord.text.dates import PartialDate


@lru_cache(maxsize=65536)
def bounds(value: str | None) -> tuple[str | None, str | None]:
    """First and last day, ISO 8601, that an EDTF value may mean; `(None, None)` for what is none."""
    try:
        date = PartialDate.parse(value or "")
    except ValueError:
        return None, None
    return date.low.isoformat(), date.high.isoformat()


def number(day: str) -> int:
    """An ISO day as an integer that sorts alike: 20240503."""
    return int(day.replace("-", ""))
