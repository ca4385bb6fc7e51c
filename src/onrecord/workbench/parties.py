"""The list of parties: who is named in the archive, in how many documents, with how many statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, get_args

from msgspec import Struct

from onrecord import store
from onrecord.errors import MetadataError
from onrecord.model import EntityType
from onrecord.naming import Names
from onrecord.workbench.who import called

Sort = Literal["statements", "documents"]
PAGE = 50
"""Parties on a page."""
FOUND = 50
"""Parties that a name may find."""
COLUMNS = "entity, documents, statements, low, high"
ORDERS: dict[Sort, str] = {
    "statements": "statements DESC, documents DESC, entity DESC",
    "documents": "documents DESC, entity DESC",
}
KINDS: tuple[EntityType, ...] = get_args(EntityType)


class PartyListed(Struct, frozen=True, kw_only=True):
    """A party in the list. `first` and `last` are the days (ISO 8601) between which its statements lie."""

    id: str
    name: str
    type: str | None
    script: str | None
    lang: str | None
    documents: int
    """Current documents that name it."""
    statements: int
    """Of these documents that it makes, alone or with others."""
    first: str | None
    last: str | None
    reason: str | None = None
    """Why its name was found, in words; where one was sought."""


class Parties(Struct, frozen=True):
    """A page of the list, `total` in all, and how many there are of each kind."""

    parties: tuple[PartyListed, ...]
    total: int
    kinds: tuple[tuple[str, int], ...]


def parties(
    view: store.View,
    name: str = "",
    kind: str | None = None,
    sort: str = "statements",
    limit: int = PAGE,
    skip: int = 0,
) -> Parties:
    """Those whose names come near `name` in any script, the nearest first; without one all of a kind. MetadataError."""
    if kind is not None and kind not in KINDS:
        raise MetadataError(f"There is no kind {kind[:60]!r} of party. Take one of: {', '.join(KINDS)}.")
    if sort not in ORDERS:
        raise MetadataError(f"Parties cannot be sorted by {sort[:60]!r}. Take one of: {', '.join(ORDERS)}.")
    with view.snapshot():
        kinds = view.rows("SELECT type, count(*) FROM tallies GROUP BY type")
        counts = tuple(sorted(((each or "", number) for each, number in kinds), key=lambda pair: -pair[1]))
        if name.strip():
            found = sought(view, name, kind)
            return Parties(tuple(found[skip : skip + limit]), len(found), counts)
        total = sum(number for each, number in counts if kind is None or each == kind)
        return Parties(tuple(_page(view, kind, ORDERS[sort], limit, skip)), total, counts)


def _page(view: store.View, kind: str | None, order: str, limit: int, skip: int) -> list[PartyListed]:
    only = "" if kind is None else "WHERE type = ?"
    query = f"SELECT {COLUMNS} FROM tallies {only} ORDER BY {order} LIMIT ? OFFSET ?"
    return _listed(view, view.rows(query, (*([kind] if kind else []), limit, skip)))


def sought(view: store.View, name: str, kind: str | None) -> list[PartyListed]:
    """The parties whose names come nearest to this one, each with why."""
    near = Names(view).find(name, FOUND)
    reasons = {each.party.id: each.score.reason for each in near}
    reasons |= {party: why for party, why in holding(view, name).items() if party not in reasons}
    numbers = {row[1]: row[0] for row in view.among("SELECT id, number FROM entities WHERE id IN (%s)", list(reasons))}
    rows = list(view.among(f"SELECT {COLUMNS} FROM tallies WHERE entity IN (%s)", list(numbers)))
    order = {party: at for at, party in enumerate(reasons)}
    found = [each for each in _listed(view, rows, reasons) if kind is None or each.type == kind]
    return sorted(found, key=lambda each: order.get(each.id, len(order)))


def holding(view: store.View, name: str) -> dict[str, str]:
    """The parties of which a name holds these letters, those named in most documents first, each with that name."""
    query = (
        "SELECT DISTINCT p.id, s.name, t.documents FROM spellings s CROSS JOIN entities e ON e.number = s.entity"
        " CROSS JOIN entities p ON p.number = coalesce(e.party, e.number) CROSS JOIN tallies t ON t.entity = p.number"
        " WHERE s.name LIKE ? ESCAPE '!' ORDER BY t.documents DESC, s.documents DESC LIMIT ?"
    )
    letters = re.sub("[!%_]", r"!\g<0>", " ".join(name.split()))
    found: dict[str, str] = {}
    for party, spelled, _ in view.rows(query, (f"%{letters}%", FOUND)):
        found.setdefault(party, f"called “{spelled}”")
    return found


def _listed(
    view: store.View, rows: Sequence[tuple[Any, ...]], reasons: dict[str, str] | None = None
) -> list[PartyListed]:
    names = called(view, [row[0] for row in rows])
    return [
        PartyListed(
            id=party.id, name=party.name, type=party.type, script=party.script, lang=party.lang, documents=documents,
            statements=statements, first=first, last=last, reason=(reasons or {}).get(party.id),
        )
        for number, documents, statements, first, last in rows
        if (party := names.get(number)) is not None
    ]  # fmt: skip
