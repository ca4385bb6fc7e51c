"""The same words printed twice: acts of one kind, party, date and wording in several documents are one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from onrecord.analyse.acts import reading_order
from onrecord.commitments import ActDone
from onrecord.model import Spoken

OWN_FIRST: dict[Spoken, int] = {"own": 0, "direct": 1, "reported": 2}


def reprints(rows: Iterable[ActDone]) -> dict[str, ActDone]:
    """The act that stands for each reprint, by the reprint's key: the one in its party's own words, if there is one.

    Nothing undated, or done by nobody known, is taken for another's reprint.
    """
    alike: dict[tuple[str, str, tuple[str, ...]], list[ActDone]] = {}
    for row in {row.key: row for row in rows}.values():
        if row.date is not None and row.by:
            alike.setdefault((row.date, row.act, row.by), []).append(row)
    found: dict[str, ActDone] = {}
    for group in alike.values():
        if len({row.document for row in group}) > 1:
            found.update(_of(group))
    return found


def _of(group: Iterable[ActDone]) -> dict[str, ActDone]:
    same: dict[tuple[str, ...], list[ActDone]] = {}
    for row in sorted(group, key=lambda row: (OWN_FIRST[row.reached], row.document, row.start)):
        same.setdefault(tuple(row.words.casefold().split()), []).append(row)
    return {row.key: every[0] for every in same.values() for row in every if row.document != every[0].document}


def merged(rows: Iterable[ActDone], first: Mapping[str, ActDone]) -> list[ActDone]:
    """The rows without reprints, each first one with the addresses of those that were left out, in order."""
    kept: dict[str, ActDone] = {}
    also: dict[str, set[str]] = {}
    for row in rows:
        one = first.get(row.key, row)
        kept.setdefault(one.key, one)
        if one is not row:
            also.setdefault(one.key, set()).add(row.address)
    every = (replace(row, also=tuple(sorted(also[key]))) if key in also else row for key, row in kept.items())
    return sorted(every, key=reading_order)
