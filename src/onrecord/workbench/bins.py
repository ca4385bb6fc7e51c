"""Counts by month as bins that fit on a page: months, else quarters, else years, with the empty ones between."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

MOST = 72
"""Bins that are drawn side by side."""
STEPS = (1, 3, 12, 60, 120)
"""Months in a bin; the first that makes no more than MOST."""


class Bin(Struct, frozen=True):
    """`count` things dated surely within `since` to `until`, both months or both years (EDTF)."""

    since: str
    until: str
    count: int


def span(*counts: Mapping[str, int]) -> tuple[str, str] | None:
    """The first and the last month that any of these counts has; `None` where none has one."""
    months = [month for each in counts for month in each]
    return (min(months), max(months)) if months else None


def bins(counts: Mapping[str, int], between: tuple[str, str] | None = None, most: int = MOST) -> tuple[Bin, ...]:
    """The counts (by month, `2024-05`) in bins of one width that cover all months from the first to the last."""
    reach = between or span(counts)
    if reach is None:
        return ()
    first, last = (_number(month) for month in reach)
    step = next((step for step in STEPS if last // step - first // step < most), STEPS[-1])
    totals: dict[int, int] = {}
    for month, count in counts.items():
        totals[_number(month) // step] = totals.get(_number(month) // step, 0) + count
    return tuple(
        Bin(*_ends(at * step, step), totals.get(at, 0)) for at in range(first // step, last // step + 1)[-10 * most :]
    )


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _ends(first: int, step: int) -> tuple[str, str]:
    last = first + step - 1
    if step % 12 == 0:
        return f"{first // 12:04}", f"{last // 12:04}"
    return _month(first), _month(last)


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
