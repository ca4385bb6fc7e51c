"""Evidence that two entities of an archive are one, from their names alone.

An entity's *own* name is the one that its id is made of. One whose id is made of more (a body that a document calls by
its kind alone, a person called by one name) is its document's own, and only the registry says who it is. Each pair is
looked at by itself and gives the same link in whatever order documents come; what links of several pairs make together
is `groups`' business.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import msgspec
import regex
from msgspec import Struct

from onrecord.lexicon import concepts_digest
from onrecord.model import EntityType, Link, Named, Score, entity_id
from onrecord.resolve.compare import MERGE, Prepared, blocks, compare, prepared, same_sound, sounds
from onrecord.resolve.concepts import names_a_kind
from onrecord.resolve.translation import translation, translation_blocks
from onrecord.text.names import folded

ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d]{1,8}|(?:\p{Lu}\.){2,6}")
"""A short form that is not cut out of the long one."""
SHORT_FORM = 0.9
"""What it counts that a document itself calls the one by the other's name."""
MOST_NAMES = 12
"""Names of one entity that are compared, the most frequent first; a registry's entry is compared by all of its."""


class Settings(Struct, frozen=True):
    """How careful the comparison is."""

    threshold: float = MERGE
    """From `compare.MERGE` to 1; names that score as much are taken to be one."""
    transliterate: bool = True
    """Whether names in different scripts are compared, and names in different languages word by word."""


def settings_from(text: str | None) -> Settings:
    """The settings that an archive keeps, as JSON; those of a new archive where it keeps none."""
    return Settings() if text is None else msgspec.json.decode(text, type=Settings)


VERSION = 1
"""Raise it when the same names may give other links."""


def comparison(settings: Settings) -> str:
    """What decides which names are linked: where it changes, every entity is to be looked at again."""
    return f"{VERSION} {settings.threshold} {settings.transliterate} {concepts_digest()}"


class Candidate(Struct, frozen=True, gc=False):
    """An entity made ready for comparison."""

    id: str
    type: EntityType | None
    registered: bool
    own: str | None
    """The name that its id is made of, the most frequent spelling of it; `None` where it is a document's own."""
    key: str
    """Of `own`, or of the longest of a document's own; folded."""
    whole: tuple[Prepared, ...]
    """Its names in full: its own, and translations that stand beside it."""
    short: dict[str, str]
    """Short forms, folded, as printed."""


def candidate(named: Named, settings: Settings) -> Candidate:
    """What there is to compare of an entity."""
    keys = {name: folded(name) for name in named.names}
    own = next((name for name, key in keys.items() if _makes(named, key)), None)
    if named.registered:
        whole = list(named.names)
    else:
        whole = [] if own is None else [own, *_translations(own, keys)][:MOST_NAMES]
    return Candidate(
        id=named.id,
        type=named.type,
        registered=named.registered,
        own=own,
        key=folded(max(named.names, key=len)) if own is None else keys[own],
        whole=tuple(prepared(name, named.type, transliterate=settings.transliterate) for name in whole),
        short=dict(_short_forms(own, keys)) if own is not None and named.type == "organization" else {},
    )


def _makes(named: Named, key: str) -> bool:
    return named.type is not None and entity_id(named.type, key) == named.id


def _translations(own: str, keys: dict[str, str]) -> Iterator[str]:
    """Other names of several words that are not cut out of its own."""
    words = set(keys[own].split())
    for name, key in keys.items():
        if name != own and " " in key and not words.issuperset(key.split()):
            yield name


def _short_forms(own: str, keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Acronyms, and names of several words that its own goes on from; not a kind alone ("Executive Committee")."""
    whole = keys[own]
    for name, key in keys.items():
        if key == whole:
            continue
        if ACRONYM.fullmatch(name) or (" " in key and whole.startswith(f"{key} ") and not names_a_kind(name)):
            yield key, name


def blocks_of(one: Candidate, settings: Settings) -> frozenset[str]:
    """Keys; only candidates that share one are looked at for a link."""
    kind = one.type
    found = {f"{kind} {block}" for name in one.whole for block in blocks(name)}
    if settings.transliterate and kind != "person":
        found |= {f"{kind} : {key}" for name in one.whole for key in translation_blocks(name.name, skeletons=sounds)}
    if one.registered:
        found |= {f"{kind} = {folded(name.name)}" for name in one.whole}
    found |= {f"{kind} = {key}" for key in (one.key, *one.short)}
    return frozenset(found)


def linked(one: Candidate, other: Candidate, settings: Settings) -> Link | None:
    """The best evidence that the two are one, or none."""
    if one.type != other.type or one.id == other.id:
        return None
    if one.registered != other.registered:
        entry, entity = (one, other) if one.registered else (other, one)
        if name := _registry_name(entry, entity):
            return Link(entity.id, entry.id, "registry", 1.0, f"the registry calls it “{name}”")
    score = _best(one, other)
    if score is not None and score.value >= settings.threshold:
        first, second = sorted((one.id, other.id))
        return Link(first, second, "name", score.value, score.reason)
    return _translated(one, other, settings) or _called(one, other) or _called(other, one)


def _registry_name(entry: Candidate, entity: Candidate) -> str | None:
    return next((name.name for name in entry.whole if folded(name.name) == entity.key), None)


def _best(one: Candidate, other: Candidate) -> Score | None:
    scores = [compare(a, b) for a, b in product(one.whole, other.whole)]
    return max(scores, key=lambda score: score.value, default=None)


def translated(one: str, other: str) -> Score | None:
    """The score of two names that translate one another word by word, proper names by their sound."""
    return translation(one, other, same_sound=same_sound)


def _translated(one: Candidate, other: Candidate, settings: Settings) -> Link | None:
    """Word by word the same, in two languages."""
    if one.type == "person" or not settings.transliterate:
        return None
    first, second = sorted((one, other), key=lambda each: each.id)
    for a, b in product(first.whole, second.whole):
        score = translated(a.name, b.name)
        if score is not None and score.value >= settings.threshold:
            return Link(first.id, second.id, "translation", score.value, score.reason)
    return None


def _called(short: Candidate, whole: Candidate) -> Link | None:
    """`short` goes by a name that documents use for `whole` too."""
    if short.own is None or short.registered or short.key not in whole.short:
        return None
    reason = f"“{whole.short[short.key]}” stands for “{whole.own}” in a document that gives both"
    return Link(short.id, whole.id, "short form", SHORT_FORM, reason)
