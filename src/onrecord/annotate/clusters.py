"""Which mentions of a document are names of one entity.

One when their folded keys agree; a surname or given name alone joins the full name that holds it (the nearest one
before, when two do); a body's head alone ("the Council") joins the body named last that has it; an acronym joins the
long form it stood behind in brackets, or the one whose initials it gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from onrecord.annotate.vocabulary import is_acronym
from onrecord.model import Entity, EntityType, Mention
from onrecord.text.names import folded, parts

_GOES_ON = re.compile(r"\s(?:of|for|de|du|des|del|para|pour|OF|FOR|DE|DU|DES|DEL)\b")
_BRANCH = re.compile(r" [–—-] ")

Name = tuple[int, int, EntityType | None, str | None, str | None]
"""Start, end, type, role, acronym in brackets behind it."""


def entities(
    text: str, names: Iterable[Name], nominatives: Mapping[tuple[int, int], str] | None = None
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions `m1`… in order of the text and their entities `e1`… in order of first appearance.

    `nominatives`: by start and end, the name that one printed in another case is a form of.
    """
    ordered = sorted(names, key=lambda name: (name[0], -name[1]))
    nominatives = nominatives or {}
    keys = _keys(text, ordered, nominatives)
    own = {text[start:end] for (start, end), name in nominatives.items() if text[start:end] == name}
    ids: dict[tuple[EntityType, str], str] = {}
    spellings: dict[str, dict[str, None]] = {}
    mentions = []
    for number, ((start, end, kind, role, _), key) in enumerate(zip(ordered, keys, strict=True), 1):
        assert kind is not None
        entity = ids.get((kind, key))
        if entity is None:
            entity = ids[kind, key] = f"e{len(ids) + 1}"
            spellings[entity] = {}
        spellings[entity][text[start:end]] = None
        mentions.append(Mention(f"m{number}", start, end, kind, entity, role))
    made = [
        Entity(entity, _fullest(spellings[entity], own), kind, tuple(spellings[entity]))
        for (kind, _), entity in ids.items()
    ]
    return tuple(mentions), tuple(made)


def _fullest(names: Collection[str], nominatives: Collection[str]) -> str:
    """The name with the most words, of these one in the nominative, then letters; the first of equals."""
    if len(names) == 1:
        return next(iter(names))
    return max(names, key=lambda name: (len(folded(name).split()), name in nominatives, len(name)))


def _keys(text: str, names: list[Name], nominatives: Mapping[tuple[int, int], str]) -> list[str]:
    acronyms = _acronyms(text, names)
    surfaces = [nominatives.get((name[0], name[1])) or text[name[0] : name[1]] for name in names]
    plain = [
        folded(surface if "," not in surface else _in_usual_order(surface, name[2]))
        for surface, name in zip(surfaces, names, strict=True)
    ]
    full = {key: _ends(key) for key, name in zip(plain, names, strict=True) if name[2] == "person" and " " in key}
    later = {ends[-1]: key for key, ends in sorted(full.items())}
    longer = _longer(text, names)
    heads = _first_with(plain, names)
    people: dict[str, str] = {}
    bodies: dict[str, str] = {}
    events: dict[str, str] = {}
    latest = ""
    keys = []
    for key, name in zip(plain, names, strict=True):
        if name[2] == "organization":
            key = longer.get(key, key)
            if " " in key and key != latest:
                bodies |= dict.fromkeys(key.split(), key)
                latest = key
            alone = heads.get(key, key)
            key = acronyms.get(key) or bodies.get(key) or longer.get(alone, alone)
            key = acronyms.get(key, key)
        elif name[2] == "person":
            if key in full:
                people |= dict.fromkeys(full[key], key)
            else:
                key = people.get(key) or later.get(key) or key
        elif name[2] == "event":
            if " " in key:
                events[key.rpartition(" ")[2]] = key
            key = events.get(key, key)
        keys.append(key)
    return keys


def _in_usual_order(surface: str, kind: EntityType | None) -> str:
    """ "BRANDT, Anna" as "Anna BRANDT"."""
    surname, comma, given = surface.partition(", ")
    return f"{given} {surname}" if comma and kind == "person" else surface


def _first_with(plain: list[str], names: list[Name]) -> dict[str, str]:
    """The one body that has a word in its name, for a head that stands before any such name; not where two have it."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for key, name in zip(plain, names, strict=True):
        if name[2] == "organization" and " " in key:
            for word in key.split():
                whole = found.setdefault(word, key)
                if whole != key and not key.startswith(f"{whole} ") and not whole.startswith(f"{key} "):
                    shared.add(word)
    return {word: key for word, key in found.items() if word not in shared}


def _longer(text: str, names: list[Name]) -> dict[str, str]:
    """Names that are one longer name up to its "of" or "for" ("Farmers' Front" of "Farmers' Front of the Valley").

    Two longer names that go on differently leave the short one alone; one with a branch behind a dash is another body.
    """
    found: dict[str, set[str]] = {}
    for start, end, kind, _, _ in names:
        surface = text[start:end]
        if kind != "organization" or " " not in surface or _BRANCH.search(surface):
            continue
        for match in _GOES_ON.finditer(surface):
            short = folded(surface[: match.start()])
            if " " in short:
                found.setdefault(short, set()).add(folded(surface))
    one = {short: min(whole, key=len) for short, whole in found.items() if _are_one(whole)}
    return {short: one.get(whole, whole) for short, whole in one.items()}


def _are_one(names: set[str]) -> bool:
    shortest = min(names, key=len)
    return all(name == shortest or name.startswith(f"{shortest} ") for name in names)


@lru_cache(maxsize=1 << 14)
def _ends(key: str) -> tuple[str, ...]:
    """The words by which a person of this full name may be called alone; the surname last."""
    words = key.split()
    return words[0], words[-1], parts(key).surname


def _acronyms(text: str, names: list[Name]) -> dict[str, str]:
    """Folded acronym to the folded long form: those in brackets first, then those given by initials."""
    given: dict[str, str] = {}
    by_initials: dict[str, str] = {}
    for start, end, kind, _, alias in names:
        if kind != "organization":
            continue
        surface = text[start:end]
        initials = _initials(surface)
        if not initials or (not alias and initials in by_initials):
            continue
        if alias:
            given.setdefault(folded(alias), folded(surface))
        if len(initials) > 1:
            by_initials.setdefault(initials, folded(surface))
    return by_initials | given


@lru_cache(maxsize=1 << 14)
def _initials(name: str) -> str:
    """The first letters of a name's capitalised words, in lower case; none for an acronym."""
    return "" if is_acronym(name) else "".join(word[0] for word in name.split() if word[0].isupper()).lower()
