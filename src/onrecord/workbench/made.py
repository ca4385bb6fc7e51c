"""Statements one by one, in the order in which their documents were taken in: all, or those of a party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Struct

from onrecord import store
from onrecord.model import Act, Genre, PartyRole
from onrecord.store.tallies import CURRENT
from onrecord.workbench.acts import Done, read
from onrecord.workbench.together import joint
from onrecord.workbench.who import ALWAYS, Period, Who, among

Place = Annotated[int, msgspec.Meta(ge=-1, le=2**62)]


class Key(NamedTuple):
    """Where a list goes on: after this document, by its number, and this place in it."""

    document: Place
    position: Place


START = Key(-1, -1)


class StatementMaker(Struct, frozen=True):
    """Who makes a statement its own; `entity` is `None` where the name could not be tied to one."""

    entity: str | None
    name: str
    """As printed."""
    role: PartyRole
    hand: bool
    """Whether it is a person who writes or signs for a body that is a party too."""


class StatementMade(Struct, frozen=True):
    """A statement with who makes it."""

    document: str
    statement: str
    issued: str | None
    """EDTF."""
    genre: Genre | None
    title: str | None
    publisher: str | None
    makers: tuple[StatementMaker, ...]
    address: str


def made(
    view: store.View,
    party: Who | None = None,
    period: Period = ALWAYS,
    genre: Genre | None = None,
    after: Key | None = None,
    limit: int = 50,
) -> tuple[tuple[StatementMade, ...], Key | None]:
    """Statements after a place, and the place of the last where there are more."""
    if party is None:
        table = "SELECT document, position, low, high, genre FROM statements"
    else:
        table = (
            "SELECT DISTINCT s.document, s.position, s.low, s.high, s.genre FROM makers m CROSS JOIN statements s"
            " ON s.document = m.document AND s.position = m.statement"
            f" WHERE m.entity {among(party.numbers)} AND m.hand = 0"
        )
    conditions, values = _within(period)
    if genre is not None:
        conditions, values = f"{conditions} AND genre = ?", [*values, genre]
    keys = _page(view, table, party.numbers if party else (), conditions, values, after or START, limit)
    found = {(one.document, one.statement): one for one in joint(view, keys[:limit])}
    order = _ids(view, keys[:limit])
    return tuple(_made(found[each]) for each in order if each in found), keys[limit - 1] if len(keys) > limit else None


def done(
    view: store.View,
    wanted: Sequence[Act],
    party: Who | None = None,
    period: Period = ALWAYS,
    after: Key | None = None,
    limit: int = 50,
) -> tuple[tuple[Done, ...], Key | None]:
    """Acts of these kinds after a place, and the place of the last where there are more."""
    if party is None:
        table = "SELECT document, position, low, high, act FROM acts"
    else:
        table = f"SELECT DISTINCT document, position, low, high, act FROM doers WHERE entity {among(party.numbers)}"
    conditions, values = _within(period)
    conditions, values = f"{conditions} AND act {among(wanted)}", [*values, *wanted]
    keys = _page(view, table, party.numbers if party else (), conditions, values, after or START, limit)
    return read(view, keys[:limit]), keys[limit - 1] if len(keys) > limit else None


def _within(period: Period) -> tuple[str, list[Any]]:
    return (" AND low >= ? AND high <= ?", [period.low, period.high]) if period.bounded else ("", [])


def _page(
    view: store.View, table: str, own: Sequence[int], conditions: str, values: Sequence[Any], after: Key, limit: int
) -> list[Key]:
    """The keys of one more than `limit` rows after a place."""
    query = (
        f"SELECT document, position FROM ({table}) WHERE (document, position) > (?, ?) AND {CURRENT}{conditions}"
        " ORDER BY document, position LIMIT ?"
    )
    return [Key(row[0], row[1]) for row in view.rows(query, (*own, *after, *values, limit + 1))]


def _ids(view: store.View, keys: Sequence[Key]) -> list[tuple[str, str]]:
    query = (
        "SELECT d.id, s.id FROM documents d CROSS JOIN statements s ON s.document = d.number"
        " WHERE d.number = ? AND s.position = ?"
    )
    return [(row[0], row[1]) for key in keys for row in view.rows(query, key)]


def _made(one: Any) -> StatementMade:
    makers = tuple(StatementMaker(each.entity, each.name, each.role, each.hand) for each in one.members)
    place = f"/s/{one.document}/{one.statement}"
    return StatementMade(one.document, one.statement, one.issued, one.genre, one.title, one.publisher, makers, place)
