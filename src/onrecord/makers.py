"""Who makes a statement their own, whose pen signs it, and whose acts its acts are.

It stands below `store`, which keeps it in tables, and `analyse`, which reads it from records: both mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.model import EntityType, Mention, Party, PartyRole, SpeechAct, Statement

TOGETHER: tuple[PartyRole, ...] = ("issuer", "on-behalf-of", "signatory", "sponsor")
"""Roles in which parties make a statement their own; to take part in a meeting, or to witness, is not that."""
ISSUING: tuple[PartyRole, ...] = ("issuer", "on-behalf-of")
PENNED: tuple[PartyRole, ...] = ("issuer", "signatory")
"""Roles in which a person can be the hand of a body that issues."""


def hands(
    text: str, parties: Sequence[Party], mentions: Iterable[Mention], types: Mapping[str, EntityType]
) -> tuple[bool, ...]:
    """Of each of a statement's parties whether it is a person who writes or signs for another of them, a body.

    So it is where a body issues the statement, and else on a line that names a body which is itself a party.
    """
    bodies = {party.entity for party in parties if party.entity and not _is_person(party, types)}
    found = pens(text, parties, mentions, types)
    return tuple(pen.sure or not bodies.isdisjoint(pen.beside) for pen in found)


class Pen(NamedTuple):
    """Whether a party is surely a hand, and else the entities beside it: it is one where they are a body that is a
    party of the statement too."""

    sure: bool
    beside: frozenset[str]


NO_PEN = Pen(False, frozenset())


def pens(
    text: str, parties: Sequence[Party], mentions: Iterable[Mention], types: Mapping[str, EntityType]
) -> tuple[Pen, ...]:
    """Of each party whether it is, or may be, the hand of another."""
    persons = [_is_person(party, types) for party in parties]
    may = [person and party.role in PENNED for person, party in zip(persons, parties, strict=True)]
    if not any(may):
        return (NO_PEN,) * len(parties)
    if any(party.role in ISSUING and not person for party, person in zip(parties, persons, strict=True)):
        return tuple(Pen(each, frozenset()) for each in may)
    lines: dict[int, set[str]] = {}
    for mention in mentions:
        if mention.entity is not None:
            lines.setdefault(_line(text, mention.start), set()).add(mention.entity)
    return tuple(
        Pen(False, frozenset().union(*(lines.get(_line(text, span.start), ()) for span in party.spans)))
        if each
        else NO_PEN
        for party, each in zip(parties, may, strict=True)
    )


def _is_person(party: Party, types: Mapping[str, EntityType]) -> bool:
    return party.entity is not None and types.get(party.entity) == "person"


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def makers(statement: Statement) -> tuple[str, ...]:
    """The entities that make the statement, hands too, each once."""
    found = (party.entity for party in statement.parties if party.role in TOGETHER)
    return tuple(dict.fromkeys(entity for entity in found if entity is not None))


def doing(act: SpeechAct, statements: Mapping[str, Statement]) -> tuple[str, ...]:
    """The entities that do an act: whoever is named, else all who make the statement that it is done in."""
    if act.by is not None:
        return (act.by,)
    made = statements.get(act.within or "")
    return makers(made) if made else ()


def behalf(statement: Statement | None, by: Sequence[str]) -> tuple[Party | None, tuple[str, ...]]:
    """Who alone makes a statement on behalf of others, and those others, where `by` does an act of it.

    `(None, ())` where it is made on behalf of nobody, or by several.
    """
    if statement is None or len(by) != 1:
        return None, ()
    others = tuple(dict.fromkeys(it.entity for it in statement.parties if it.role == "on-behalf-of" and it.entity))
    own = {it.entity or it.name: it for it in statement.parties if it.role in PENNED}
    speakers = [maker for key, maker in own.items() if key not in others]
    return (speakers[0], others) if others and len(speakers) == 1 else (None, ())


def principals(act: SpeechAct, statements: Mapping[str, Statement]) -> tuple[str, ...]:
    """The entities whose act it is: those that do it, and those on whose behalf they make the statement it is in."""
    by = doing(act, statements)
    speaker, others = behalf(statements.get(act.within or ""), by)
    return (*by, *others) if speaker is not None and by[0] == speaker.entity else by
