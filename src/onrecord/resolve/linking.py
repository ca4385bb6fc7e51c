"""Evidence that two entities of an archive are one, from their names alone.

An entity's *own* name is the one that its id is made of. One whose id is made of more (a body that a document calls by
its kind alone, a person called by one name) is its document's own, and only the registry says who it is. Each pair is
looked at by itself and gives the same link in whatever order documents come; what links of several pairs make together
is `groups`' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import msgspec
import regex
from msgspec import Struct

from onrecord.lexicon import concepts_digest, digest
from onrecord.model import EntityType, Link, LinkRule, Named, Score, entity_id
from onrecord.resolve.compare import MERGE, Prepared, blocks, compare, prepared, same_sound, sounds
from onrecord.resolve.concepts import names_a_kind
from onrecord.resolve.translation import may_be_read_alike, translation, translation_blocks
from onrecord.text.names import folded

ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d]{1,8}|(?:\p{Lu}\.){2,6}")
"""A short form that is not cut out of the long one."""
SHORT_FORM = 0.9
"""What it counts that a document itself calls the one by the other's name."""
MOST_NAMES = 6
"""Spellings of an entity's own name, and translations of it, that are compared, in the order of the alphabet; a
registry's entry is compared by all of its names."""


class Settings(Struct, frozen=True):
    """How careful the comparison is."""

    threshold: float = MERGE
    """From `compare.MERGE` to 1; evidence that scores less, of whatever rule, joins nothing."""
    transliterate: bool = True
    """Whether names in different scripts are compared, and names in different languages word by word."""


def settings_from(text: str | None) -> Settings:
    """The settings that an archive keeps, as JSON; those of a new archive where it keeps none."""
    return Settings() if text is None else msgspec.json.decode(text, type=Settings)


VERSION = 2
"""Raise it when the same names may give other links."""


def comparison(settings: Settings) -> str:
    """What decides which names are linked: where it changes, every entity is to be looked at again."""
    return f"{VERSION} {settings.threshold} {settings.transliterate} {digest()} {concepts_digest()}"


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
    """What there is to compare of an entity; whatever is chosen is chosen by the names, not by how often they stand."""
    keys = {name: folded(name) for name in sorted(named.names)}
    owns = _unlike(name for name, key in keys.items() if _makes(named, key))
    own = owns[0] if owns else None
    if named.registered:
        whole = list(named.names)
    else:
        whole = [] if own is None else [*owns[:MOST_NAMES], *_unlike(_translations(own, keys))[:MOST_NAMES]]
    return Candidate(
        id=named.id,
        type=named.type,
        registered=named.registered,
        own=own,
        key=folded(max(sorted(named.names), key=len)) if own is None else keys[own],
        whole=tuple(prepared(name, named.type, transliterate=settings.transliterate) for name in whole),
        short=dict(_short_forms(own, keys)) if own is not None and named.type == "organization" else {},
    )


def _unlike(names: Iterable[str]) -> list[str]:
    """Names that differ in more than capitals, each once."""
    return list({name.casefold(): name for name in names}.values())


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
    """Keys; only candidates that share one are looked at for a link. What is a document's own asks the registry alone
    (`?`), whose entries answer (`!`)."""
    kind = one.type
    if one.own is None and not one.registered:
        return frozenset([f"? {kind} {one.key}"])
    found = {f"{kind} {block}" for name in one.whole for block in blocks(name)}
    if settings.transliterate and kind != "person":
        found |= {f"{kind} : {key}" for name in one.whole for key in translation_blocks(name.name, skeletons=sounds)}
    if one.registered:
        keys = {folded(name.name) for name in one.whole}
        found |= {f"! {kind} {key}" for key in keys} | {f"{kind} = {key}" for key in keys}
    found |= {f"{kind} = {key}" for key in (one.key, *one.short)}
    return frozenset(found)


NEAR = 0.7
"""What names score from which on a person may be asked whether they are one; less, and they are two."""


def linked(one: Candidate, other: Candidate, settings: Settings) -> Link | None:
    """The best evidence that the two are one, or none."""
    found = evidence(one, other, settings)
    return found if found is not None and found.score >= settings.threshold else None


def evidence(one: Candidate, other: Candidate, settings: Settings) -> Link | None:
    """The best evidence that the two are one; of their names also such as is worth no more than a question."""
    if one.type != other.type or one.id == other.id:
        return None
    if one.registered != other.registered:
        entry, entity = (one, other) if one.registered else (other, one)
        if name := _registry_name(entry, entity):
            return Link(entity.id, entry.id, "registry", 1.0, f"the registry calls it “{name}”")
    if (one.own is None and not one.registered) or (other.own is None and not other.registered):
        return None
    first, second = sorted((one, other), key=lambda each: each.id)
    near = _compared(first, second)
    return (
        (near if near is not None and near.score >= settings.threshold else None)
        or _translated(first, second, settings)
        or _called(first, second, settings)
        or _called(second, first, settings)
        or near
    )


def _registry_name(entry: Candidate, entity: Candidate) -> str | None:
    return next((name.name for name in entry.whole if folded(name.name) == entity.key), None)


def _compared(one: Candidate, other: Candidate) -> Link | None:
    """The best of the comparisons of their names, where they come near at all."""
    pairs = list(product(one.whole, other.whole))
    scores = [compare(a, b) for a, b in pairs]
    if not scores:
        return None
    best = max(range(len(scores)), key=lambda at: scores[at].value)
    return _by_names("name", one, other, pairs[best], scores[best]) if scores[best].value >= NEAR else None


def _by_names(rule: LinkRule, one: Candidate, other: Candidate, pair: tuple[Prepared, Prepared], score: Score) -> Link:
    """A link whose reason tells which names were compared where they are not the entities' own."""
    beside = [
        f"a document gives “{name.name}” beside “{each.own}”"
        for each, name in zip((one, other), pair, strict=True)
        if not each.registered and each.own is not None and folded(name.name) != each.key
    ]
    return Link(one.id, other.id, rule, score.value, "; ".join([*beside, score.reason]))


def translated(one: str, other: str) -> Score | None:
    """The score of two names that translate one another word by word, proper names by their sound."""
    return translation(one, other, same_sound=same_sound)


def _translated(one: Candidate, other: Candidate, settings: Settings) -> Link | None:
    """Word by word the same, in two languages; not a kind alone, which many bear in each of them."""
    if one.type == "person" or not settings.transliterate:
        return None
    for pair in product(one.whole, other.whole):
        score = translated(pair[0].name, pair[1].name)
        if score is not None and score.value >= settings.threshold and not names_a_kind(pair[0].name):
            return _by_names("translation", one, other, pair, score)
    return None


def rivals(one: Candidate, other: Candidate) -> bool:
    """Whether a name that translates both is a name of neither: both are read in one language, and are not one."""
    return any(may_be_read_alike(a.name, b.name) for a, b in product(one.whole, other.whole))


def _called(short: Candidate, whole: Candidate, settings: Settings) -> Link | None:
    """`short` goes by a name that documents use for `whole` too."""
    if settings.threshold > SHORT_FORM or short.own is None or short.registered or short.key not in whole.short:
        return None
    reason = f"“{whole.short[short.key]}” stands for “{whole.own}” in a document that gives both"
    return Link(short.id, whole.id, "short form", SHORT_FORM, reason)
