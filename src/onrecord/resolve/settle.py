"""Local entity ids become the archive's.

An entity's id is made of its type and the folded key of its fullest name, so the same name has the same id in every
document, on every machine and in every order of work. Two local entities with one key become one. Who is called by a
name that many bear is that document's own: a body or an event by its kind alone ("the Ministry", "the Accord"), a part
that many bodies have ("the Executive Committee"), a person by one name ("Orlan"). Nothing says that another document's
ministry, or its Orlan, is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from msgspec.structs import replace

from onrecord.lexicon import languages, lexicon
from onrecord.model import (
    Addressee,
    Annotations,
    Attribution,
    Entity,
    EntityType,
    Mention,
    Record,
    Source,
    SpeechAct,
    Statement,
    Voice,
    entity_id,
)  # fmt: skip
from onrecord.text.names import folded

Facts = TypeVar("Facts", Annotations, Record)


def settle(annotations: Annotations, document: str = "") -> Annotations:
    """`annotations` with archive ids wherever an entity's id stands. An id that no entity has is left as it is.

    `document` is the id of the text that they are of.
    """
    ids = {entity.id: entity_id(entity.type, _key(entity, document)) for entity in annotations.entities}
    return renamed(annotations, ids)


def entity_called(name: str, kind: EntityType, document: str) -> Entity:
    """Somebody or something by a name that a person gave, with the id that it has wherever a document names it so."""
    entity = Entity("", name, kind, (name,))
    return Entity(entity_id(kind, _key(entity, document)), name, kind, (name,))


def _key(entity: Entity, document: str) -> str:
    key = folded(fullest(entity.names or (entity.name,)))
    return f"{key} in {document}" if document and _borne_by_many(entity.type, key) else key


def _borne_by_many(kind: EntityType, key: str) -> bool:
    """Whether a name, folded, tells nothing beyond the document that it stands in."""
    if kind == "organization":
        return key in _kinds()
    return kind in ("person", "event") and " " not in key


@cache
def _kinds() -> frozenset[str]:
    """Nouns for kinds of bodies, and names of parts that many bodies have, folded, in every language that is read."""
    lists = (lexicon(tag)["organizations"].get(name, ()) for tag in languages() for name in ("heads", "organs"))
    return frozenset(folded(name) for each in lists for name in each)


def renamed(facts: Facts, ids: dict[str, str]) -> Facts:
    """`facts` with other ids in the place of entities'; entities that now share one are one. Others keep theirs."""
    return replace(
        facts,
        entities=_merged(facts.entities, ids),
        mentions=tuple(_mention(each, ids) for each in facts.mentions),
        attributions=tuple(_attribution(each, ids) for each in facts.attributions),
        statements=tuple(_statement(each, ids) for each in facts.statements),
        acts=tuple(_act(each, ids) for each in facts.acts),
    )


def fullest(names: Iterable[str]) -> str:
    """The name with the most words, then the longest, then the first in alphabetical order."""
    return min(names, key=lambda name: (-len(folded(name).split()), -len(name), name))


def _merged(entities: Iterable[Entity], ids: dict[str, str]) -> tuple[Entity, ...]:
    """One entity an id, in order of first appearance, with the names of all that fell on it."""
    names: dict[str, dict[str, None]] = {}
    first: dict[str, Entity] = {}
    for entity in entities:
        new = ids.get(entity.id, entity.id)
        first.setdefault(new, entity)
        names.setdefault(new, {}).update(dict.fromkeys((*entity.names, entity.name)))
    return tuple(Entity(new, fullest(names[new]), entity.type, tuple(names[new])) for new, entity in first.items())


def _new(entity: str | None, ids: dict[str, str]) -> str | None:
    return None if entity is None else ids.get(entity, entity)


def _mention(mention: Mention, ids: dict[str, str]) -> Mention:
    return mention if mention.entity is None else replace(mention, entity=_new(mention.entity, ids))


def _attribution(attribution: Attribution, ids: dict[str, str]) -> Attribution:
    source = attribution.source
    return replace(
        attribution,
        source=None if source is None else Source(source.spans, _new(source.entity, ids)),
        voices=tuple(Voice(voice.role, voice.name, _new(voice.entity, ids)) for voice in attribution.voices),
    )


def _statement(statement: Statement, ids: dict[str, str]) -> Statement:
    return replace(
        statement,
        parties=tuple(replace(p, entity=_new(p.entity, ids)) for p in statement.parties),
        addressees=tuple(Addressee(a.name, _new(a.entity, ids), a.spans) for a in statement.addressees),
    )


def _act(act: SpeechAct, ids: dict[str, str]) -> SpeechAct:
    return replace(
        act,
        by=_new(act.by, ids),
        addressee=_new(act.addressee, ids),
        target=_new(act.target, ids),
        slots=tuple(replace(slot, entity=_new(slot.entity, ids)) for slot in act.slots),
    )
