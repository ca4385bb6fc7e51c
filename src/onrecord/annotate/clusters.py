"""Which mentions of a document are names of one entity.

One when their folded keys agree; a surname or given name alone joins the full name that holds it (the nearest one
before, when two do); an acronym joins the long form it stood behind in brackets, or the one whose initials it gives.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.annotate.runs import is_acronym
from onrecord.model import Entity, EntityType, Mention
from onrecord.text.names import folded, parts

Name = tuple[int, int, EntityType | None, str | None, str | None]
"""Start, end, type, role, acronym in brackets behind it."""


def entities(text: str, names: Iterable[Name]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions `m1`… in order of the text and their entities `e1`… in order of first appearance."""
    ordered = sorted(names, key=lambda name: (name[0], -name[1]))
    keys = _keys(text, ordered)
    ids: dict[tuple[EntityType, str], str] = {}
    spellings: dict[str, dict[str, None]] = {}
    mentions = []
    for number, ((start, end, kind, role, _), key) in enumerate(zip(ordered, keys, strict=True), 1):
        assert kind is not None
        entity = ids.setdefault((kind, key), f"e{len(ids) + 1}")
        spellings.setdefault(entity, {})[text[start:end]] = None
        mentions.append(Mention(f"m{number}", start, end, kind, entity, role))
    made = [
        Entity(entity, _fullest(spellings[entity]), kind, tuple(spellings[entity])) for (kind, _), entity in ids.items()
    ]
    return tuple(mentions), tuple(made)


def _fullest(names: Iterable[str]) -> str:
    """The name with the most words, then letters; the first of equals."""
    several = list(names)
    return several[0] if len(several) == 1 else max(several, key=lambda name: (len(folded(name).split()), len(name)))


def _keys(text: str, names: list[Name]) -> list[str]:
    acronyms = _acronyms(text, names)
    people: dict[str, str] = {}
    known = {folded(text[s:e]) for s, e, kind, _, _ in names if kind == "person" and " " in folded(text[s:e])}
    later = {parts(key).surname: key for key in sorted(known)}
    keys = []
    for start, end, kind, _, _ in names:
        surface = text[start:end]
        key = folded(surface)
        if kind == "organization":
            key = acronyms.get(key, key)
        elif kind == "person":
            if " " in key:
                words = key.split()
                people |= {words[0]: key, words[-1]: key, parts(key).surname: key}
            else:
                key = people.get(key) or later.get(key) or key
        keys.append(key)
    return keys


def _acronyms(text: str, names: list[Name]) -> dict[str, str]:
    """Folded acronym to the folded long form: those in brackets first, then those given by initials."""
    given: dict[str, str] = {}
    by_initials: dict[str, str] = {}
    for start, end, kind, _, alias in names:
        if kind != "organization" or is_acronym(text[start:end]):
            continue
        key = folded(text[start:end])
        if alias:
            given.setdefault(folded(alias), key)
        initials = "".join(word[0] for word in text[start:end].split() if word[0].isupper())
        if len(initials) > 1:
            by_initials.setdefault(initials.lower(), key)
    return by_initials | given
