"""The rows of `makers`, `pens` and `doers`: who makes each statement and does each act of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from onrecord.makers import TOGETHER, pens, principals
from onrecord.model import Annotations, Statement
from onrecord.store.days import bounds
from onrecord.store.rows import Row

TABLES = ("makers", "pens", "doers")
Maker = tuple[int, int, str | None, str, str, bool, str | None]
"""Positions of a statement and of the party in it, its entity, name and role, whether it is surely a hand, the issue
date."""
Beside = tuple[int, int, str]
"""Positions of a statement and of a party in it that may be a hand, and an entity that its line names."""
Doer = tuple[int, str, str, str | None]
"""Position of an act, whose it is, what it is, and its date."""

_decode = msgspec.json.Decoder(Annotations).decode


def signed(facts: Annotations, text: str) -> tuple[list[Maker], list[Beside]]:
    """Who makes each statement its own, and who may only be another's hand there."""
    types = {entity.id: entity.type for entity in facts.entities}
    makers: list[Maker] = []
    beside: list[Beside] = []
    for at, statement in enumerate(facts.statements):
        kept = [(place, party) for place, party in enumerate(statement.parties) if party.role in TOGETHER]
        found = pens(text, [party for _, party in kept], facts.mentions, types)
        for (place, party), pen in zip(kept, found, strict=True):
            makers.append((at, place, party.entity, party.name, party.role, pen.sure, statement.issued))
            beside += [(at, place, entity) for entity in sorted(pen.beside - {party.entity})]
    return makers, beside


def doers(facts: Annotations) -> Iterator[Doer]:
    """Whose each act is; one that is only thought of is nobody's."""
    statements = {statement.id: statement for statement in facts.statements}
    other = date_of(facts)
    alone = facts.statements[0] if len(facts.statements) == 1 else None
    for at, act in enumerate(facts.acts):
        if act.modality != "hypothetical":
            date = issued(statements.get(act.within or "") or alone) or other
            for entity in dict.fromkeys(principals(act, statements)):
                yield at, entity, act.act, date


def issued(statement: Statement | None) -> str | None:
    return statement.issued if statement is not None and bounds(statement.issued)[0] else None


def date_of(facts: Annotations) -> str | None:
    """The surest day of issue that can be read, else of publication."""
    for role in ("issued", "published"):
        dated = [date for date in facts.dates if date.role == role and bounds(date.value)[0]]
        if dated:
            return max(dated, key=lambda date: date.confidence).value
    return None


def rows(document: int, facts: Annotations, text: str, numbers: Mapping[str, int]) -> dict[str, list[Row]]:
    """A document's rows of `makers`, `pens` and `doers`; entities that have no number do nothing that can be shown."""
    makers, beside = signed(facts, text)
    return {
        "makers": [
            (document, at, place, numbers.get(entity or ""), name, role, int(hand), *bounds(day))
            for at, place, entity, name, role, hand, day in makers
        ],
        "pens": [(document, at, place, numbers[entity]) for at, place, entity in beside if entity in numbers],
        "doers": [
            (document, at, numbers[entity], act, *bounds(day))
            for at, entity, act, day in doers(facts)
            if entity in numbers
        ],
    }


def signed_json(facts: str, text: str) -> str:
    """`signed` of stored facts, for a migration."""
    return msgspec.json.encode(signed(_decode(facts), text)).decode()


def doers_json(facts: str) -> str:
    return msgspec.json.encode(list(doers(_decode(facts)))).decode()
