"""Parties by number and id, and the stretch of days asked for: what every page about parties begins with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from onrecord import analyse, store
from onrecord.errors import NotFound
from onrecord.store.view import marks
from onrecord.text.writing import script

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
LOOKED_AT = 200
"""Documents in which the language of a name is looked for."""


class Called(Struct, frozen=True):
    """A party as a page names it: by the registry's name, else the one that most documents print."""

    id: str
    name: str
    type: str | None = None
    script: str | None = None
    """ISO 15924, of the name."""
    lang: str | None = None
    """The language of the documents that print the name so, where its script is not Latin."""


class Who(Struct, frozen=True):
    """One party: all its entities under the one that stands for them."""

    names: store.PartyNames
    numbers: tuple[int, ...]

    @property
    def id(self) -> str:
        return self.names.id


class Period(Struct, frozen=True):
    """A stretch of days as asked for (EDTF), and its first and last day, ISO 8601; everything where nothing was."""

    since: str | None = None
    until: str | None = None
    low: str = FIRST_DAY
    high: str = LAST_DAY

    @property
    def bounded(self) -> bool:
        return self.since is not None or self.until is not None


ALWAYS = Period()


def period(since: str | None, until: str | None) -> Period:
    """The days from the first of `since` to the last of `until` (EDTF). Raises MetadataError."""
    window = analyse.period(since or None, until or None)
    if window is None:
        return ALWAYS
    return Period(since or None, until or None, window.low.isoformat(), window.high.isoformat())


def who(view: store.View, party: str) -> Who:
    """The party that an entity's id belongs to. Raises NotFound."""
    found = store.parties(view, [party]).get(party)
    if found is None:
        raise NotFound("No party has this id here. The list of parties can be searched by name.")
    return Who(found, numbers(view, found.members))


def numbers(view: store.View, ids: Collection[str]) -> tuple[int, ...]:
    """The numbers of entities by their ids."""
    return tuple(row[0] for row in view.among("SELECT number FROM entities WHERE id IN (%s)", sorted(ids)))


def heads(view: store.View, entities: Iterable[int]) -> dict[int, int]:
    """The number of the one that stands for each of these."""
    query = "SELECT number, coalesce(party, number) FROM entities WHERE number IN (%s)"
    return dict(view.among(query, sorted(set(entities))))


def called(view: store.View, entities: Iterable[int]) -> dict[int, Called]:
    """What the parties of these entities are called, by the entities' numbers."""
    asked = sorted(set(entities))
    ids = dict(view.among("SELECT number, id FROM entities WHERE number IN (%s)", asked))
    named = store.parties(view, list(dict.fromkeys(ids.values())))
    made: dict[str, Called] = {}
    for party in named.values():
        if party.id not in made:
            made[party.id] = _called(view, party)
    return {number: made[named[name].id] for number, name in ids.items() if name in named}


def _called(view: store.View, party: store.PartyNames) -> Called:
    code = script(party.name)
    lang = None if code in (None, "Latn") else language_of(view, party)
    return Called(party.id, party.name, party.type, code, lang)


def language_of(view: store.View, party: store.PartyNames) -> str | None:
    """The language of most documents that print a party's name as it is shown; its script's where none does."""
    query = (
        "SELECT m.name, d.language FROM entities e CROSS JOIN mentions m ON m.entity = e.number"
        f" CROSS JOIN documents d ON d.number = m.document WHERE e.id IN ({marks(party.members)}) LIMIT {LOOKED_AT}"
    )
    tags = [tag for name, tag in view.rows(query, party.members) if name == party.name and tag]
    return max(sorted(set(tags)), key=tags.count) if tags else None


def within(column: str = "m") -> str:
    """The condition that surely lies in a period: takes its first and its last day."""
    return f"{column}.low >= ? AND {column}.high <= ?"


def among(values: Sequence[object]) -> str:
    return f"IN ({marks(values)})"
