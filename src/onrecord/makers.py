"""Who makes a statement their own, whose pen signs it, and whose acts its acts are.

It stands below `store`, which keeps it in tables, and `analyse`, which reads it from records: both mean the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

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
    persons = [party.entity is not None and types.get(party.entity) == "person" for party in parties]
    pens = [person and party.role in PENNED for person, party in zip(persons, parties, strict=True)]
    if not any(pens) or any(p.role in ISSUING and not one for p, one in zip(parties, persons, strict=True)):
        return tuple(pens)
    bodies = {party.entity for party, one in zip(parties, persons, strict=True) if party.entity and not one}
    lines = _lines_of(text, bodies, mentions)
    return tuple(
        pen and any(_line(text, span.start) in lines for span in party.spans)
        for pen, party in zip(pens, parties, strict=True)
    )


def _lines_of(text: str, bodies: Collection[str | None], mentions: Iterable[Mention]) -> frozenset[int]:
    """Where the lines begin that name one of these: who signs there, signs for it."""
    return frozenset(_line(text, mention.start) for mention in mentions if bodies and mention.entity in bodies)


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
