"""What a language knows of names, gathered once a process from the lexicon and from the CLDR through Babel.

Territories, the cities that time zones are called after, months and weekdays come from the Common Locale Data
Repository in every language that it has; heads of organisations, roles, titles and the like from `lexicon/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import regex
from babel import Locale, UnknownLocaleError
from msgspec import Struct

from onrecord.lexicon import lexicon
from onrecord.model import EntityType

_NO_TERRITORY = frozenset({"001", "EZ", "QO", "XA", "XB", "ZZ"})
_BODIES = frozenset({"UN", "EU"})
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d&-]{1,7}(?:s|’s|'s)?|(?:\p{Lu}\.){2,}")
_APOSTROPHES = (("'", "’"), ("’", "'"))
_NO_CITY = frozenset(["Eastern", "Central", "Pacific", "Atlantic", "Mountain", "Universal"])


class Vocabulary(Struct, frozen=True):
    """One language's words around and inside names; sets of words as printed unless said otherwise."""

    tag: str
    known: dict[str, EntityType]
    calendar: frozenset[str]
    openers: frozenset[str]
    """In lower case."""
    never: frozenset[str]
    demonyms: frozenset[str]
    """Capitalised adjectives that are no name alone, those of peoples among them."""
    peoples: frozenset[str]
    """Those of peoples, and the abbreviations of states that stand in their place ("UK forces")."""
    particles: frozenset[str]
    honorifics: frozenset[str]
    connectors: frozenset[str]
    """The single words of connectors."""
    heads: frozenset[str]
    foreign_heads: frozenset[str]
    """Heads of other languages, as written in this one's script, where they are no word of this one."""
    listing: frozenset[str]
    inner: frozenset[str]
    after_dash: frozenset[str]
    place_heads: frozenset[str]
    place_fronts: frozenset[str]
    """Open a place's name ("Wadi X"), though not every name that they stand in."""
    surname_places: frozenset[str]
    """End places' names and persons' alike ("Sarn Ford", "Mira Ford"): the words around decide."""
    locatives: frozenset[str]
    directions: frozenset[str]
    """Before a place more often than before anyone else."""
    goals: frozenset[str]
    """Before a place where a word of moving stands before them ("the ferry to X")."""
    moving: frozenset[str]
    spatial: frozenset[str]
    """With the article, before a river or the like ("along the X")."""
    place_nouns: frozenset[str]
    place_tails: frozenset[str]
    """In lower case behind a place's name, of which they are a part ("Orsk province")."""
    place_kinds: frozenset[str]
    """Nouns that say of a name that it is a place ("X, a town in the hills")."""
    owned: frozenset[str]
    """Nouns of what a person has, which make no place of what they are of ("the hands of X")."""
    introduced_by: frozenset[str]
    """Nouns right before the name of a body ("the news agency X")."""
    group_nouns: frozenset[str]
    place_followers: frozenset[str]
    kin: frozenset[str]
    """Nouns right before a person's name ("her brother X")."""
    person_followers: frozenset[str]
    speaker_verbs: frozenset[str]
    compound_ends: frozenset[str]
    document_heads: frozenset[str]
    small_words: frozenset[str]
    """In lower case."""
    event_heads: frozenset[str]
    event_fronts: frozenset[str]
    definite: frozenset[str]
    """In lower case: stand before a body's head alone ("the Council")."""
    roles: frozenset[str]
    """In lower case."""
    modifiers: frozenset[str]
    """In lower case."""
    elisions: tuple[str, ...]
    """Written onto the next word and no part of the name ("L’Union")."""
    runs: re.Pattern[str]
    """Finds runs of capitalised words."""
    bodies: re.Pattern[str] | None
    """After a people's name: the lower-case noun that makes it a body's ("Orskan security forces")."""
    people_bodies: frozenset[str]
    """Where a people's adjective has no capital: nouns that it makes a body's name of."""
    people_leads: frozenset[str]
    """Further adjectives that may stand between ("القوات المسلحة السورية")."""
    adjectives: frozenset[str]
    """Every form of those adjectives."""
    led: re.Pattern[str] | None
    """After "Orsk-led": what is led."""
    long: tuple[str, ...]
    """Known names with small words or brackets in them ("Bosnia and Herzegovina")."""
    field_openers: tuple[str, ...]
    fields: re.Pattern[str]
    """After "Ministry of Trade": the further fields (", Industry and Energy")."""
    lower: re.Pattern[str] | None
    """Names with a head in lower case ("ministère de l'Eau", "dockers' strike"), a group a type."""
    tail: regex.Pattern[str] | None
    """Where organisations go on in lower case ("Union des travailleurs du port"): what may follow a head."""


@cache
def vocabulary(tag: str) -> Vocabulary | None:
    """The vocabulary of a language by its primary subtag; `None` where the lexicon has no names for it."""
    lists = lexicon(tag)
    names, roles, bodies = lists["names"], lists["roles"], lists["organizations"]
    if not names:
        return None
    connectors: list[str] = names.get("connectors", [])
    sets = {key: frozenset(names.get(key, ())) for key in _NAME_SETS}
    sets |= {
        key: frozenset(bodies.get(key, ())) for key in ("heads", "listing", "inner", "after_dash", "introduced_by")
    }
    sets |= {key: frozenset(bodies.get(key, ())) for key in ("people_bodies", "people_leads")}
    endings = ("", *bodies.get("people_endings", ()))
    sets["adjectives"] = frozenset(f"{stem}{end}" for stem in bodies.get("people_stems", ()) for end in endings)
    sets["heads"] |= frozenset(bodies.get("transliterated", ()))
    known = _known(lists.tag, names.get("places", ()), bodies.get("names", ()))
    sets["peoples"] = sets["demonyms"] | {name for name, kind in known.items() if kind == "place" and is_acronym(name)}
    sets["demonyms"] |= frozenset(names.get("adjectives", ()))
    runs = _run_pattern(connectors, names.get("particles", []), names.get("honorifics", []))
    return Vocabulary(
        tag=lists.tag,
        foreign_heads=_foreign_heads(lists.tag, sets["heads"] | sets["inner"]),
        known=known,
        calendar=calendar_words(lists.tag) | (calendar_words("ar-SY") if lists.tag == "ar" else frozenset()),
        connectors=frozenset(word for connector in connectors for word in connector.split()),
        roles=frozenset(roles.get("nouns", ())),
        modifiers=frozenset(roles.get("modifiers", ())),
        runs=runs,
        elisions=tuple(names.get("elisions", ())),
        bodies=_body_pattern(bodies.get("body_nouns", ()), bodies.get("body_leads", ())),
        led=_body_pattern(bodies.get("led", ())),
        long=_long(known, runs),
        field_openers=(", ", *(f" {form} " for word in bodies.get("and", ["and"]) for form in (word, word.upper()))),
        fields=_field_pattern(bodies.get("and", ["and"]), bodies.get("field_links", ())),
        lower=_lower_pattern(names, bodies, connectors),
        tail=_tail_pattern(bodies),
        **sets,
    )


_NAME_SETS = (
    "openers", "never", "demonyms", "particles", "honorifics", "place_heads", "locatives", "place_nouns",
    "group_nouns", "place_followers", "place_kinds", "place_tails", "owned", "kin", "person_followers",
    "speaker_verbs", "compound_ends", "document_heads", "small_words", "event_heads", "event_fronts",
    "place_fronts", "surname_places", "directions", "goals", "moving", "spatial", "definite",
)  # fmt: skip


_WITH_OF = ("fr", "es")
"""Languages that join the words of a body's name with "de" and the like."""


def _foreign_heads(tag: str, own: frozenset[str]) -> frozenset[str]:
    if tag not in ("en", *_WITH_OF):
        return frozenset()
    others = (lexicon(other)["organizations"].get("heads", ()) for other in _WITH_OF if other != tag)
    found = frozenset(head for heads in others for head in heads) - own
    return found | frozenset(lexicon(tag)["organizations"].get("transliterated", ()))


@cache
def territories(tag: str) -> dict[str, EntityType]:
    """Territories and time-zone cities as the CLDR calls them in a language; empty where it has not that language."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, EntityType] = {}
    for code, name in locale.territories.items():
        if code not in _NO_TERRITORY:
            kind: EntityType = "organization" if code in _BODIES else "place"
            found |= dict.fromkeys((name, name.replace("&", "and"), name.split(" (")[0], name.split(" - ")[0]), kind)
    for code, zone in locale.time_zones.items():
        if code != "Etc/Unknown" and (city := zone.get("city")):
            found[city.split(",")[0].split(" [")[0]] = "place"
    return found


@cache
def official(tag: str) -> dict[str, EntityType]:
    """Territories as the United Nations call them in a language, where that is not the CLDR's name."""
    return {name: "place" for names in lexicon("mul")["territories"].get(tag, {}).values() for name in names}


@cache
def calendar_words(tag: str) -> frozenset[str]:
    """Names of months and weekdays in a language, as printed and capitalised."""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    words: set[str] = set()
    for names in (locale.months, locale.days):
        for widths in names.values():
            for width in ("wide", "abbreviated"):
                words |= {str(word).rstrip(".") for word in widths.get(width, {}).values()}
    return frozenset(words | {word[:1].upper() + word[1:] for word in words})


@cache
def _zone_cities() -> tuple[str, ...]:
    ends = (zone.split("/") for zone in available_timezones() if zone.count("/") == 1)
    areas = {"Africa", "America", "Asia", "Europe", "Australia", "Indian", "Pacific"}
    return tuple(sorted({end[1].replace("_", " ") for end in ends if end[0] in areas and end[1] not in _NO_CITY}))


def _known(tag: str, places: Any, bodies: Any) -> dict[str, EntityType]:
    known: dict[str, EntityType] = {}
    if tag not in {"ar", "ru"}:
        known |= dict.fromkeys(_zone_cities(), "place")
    known |= territories(tag) | official(tag)
    known |= dict.fromkeys(places, "place")
    known |= dict.fromkeys(bodies, "organization")
    return known | {
        name.replace(*swap): kind for name, kind in known.items() for swap in _APOSTROPHES if swap[0] in name
    }


def _ranges(characters: str) -> str:
    """The characters as a class of a pattern; `re` looks up such a class faster than `regex` a property."""
    return "".join(f"\\u{ord(character):04x}" for character in characters)


_UPPER = _ranges("".join(c for c in map(chr, range(0x2C00)) if c.isupper()))
_ON = r"[\w\u0300-\u036f]"
_JOINED_ON = rf"(?:[-‐‑’'.&]{_ON}+)*+"
_CAPITALISED = rf"(?:(?:[Aa]l|[Ee]l|a[dnrstz]|ash|ul)[-‐‑])?[{_UPPER}]{_ON}*+{_JOINED_ON}"
_OF_SEVERAL = rf"(?:(?<=[sS])['’](?= [{_UPPER}]))?"
"""The apostrophe of several owners inside a name ("Dockers' Union")."""
_TITLES_WITH_STOP = ["Gen", "Lt", "Col", "Maj", "Capt", "Sen", "Rep", "Gov", "Adm", "Sgt", "Brig", "Jr", "Sr"]


_ARTICLE = re.compile(r"\b(?:(?:[ae]l|a[dnrstz]|ash|ul)[-‐‑]|al )\Z")


def article(text: str, start: int) -> int:
    """Where the Arabic article begins that belongs to the word at `start` ("al-Nahr", "al Nahr"), or `start`."""
    match = _ARTICLE.search(text, max(0, start - 4), start)
    return match.start() if match else start


def is_acronym(word: str) -> bool:
    """Capitals in a row, or letters with a stop each."""
    return _ACRONYM.fullmatch(word) is not None


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _run_pattern(connectors: list[str], particles: list[str], honorifics: list[str]) -> re.Pattern[str]:
    """Capitalised words, one or more, with initials ("J. K."), titles with a stop, particles and connectors between.

    A run begins with a capital; `article` finds an Arabic article joined before it. The capital stands first in the
    pattern and the look behind after it, because `re` then skips to the next candidate quickly.
    """
    titles = [*honorifics, *_TITLES_WITH_STOP]
    behind = "|".join(
        rf"(?<=\b(?:{_alternatives(word for word in titles if len(word) == size)}))\."
        for size in sorted({len(word) for word in titles})
    )
    begins = r"(?<![\w\u0300-\u036f][\s\S])"
    capital = rf"[{_UPPER}]{begins}(?:\.(?:[{_UPPER}]\.)*+|{_ON}*+{_JOINED_ON}(?:{behind})?{_OF_SEVERAL})"
    further = rf"(?:(?:{_alternatives(titles)})\.|(?:[{_UPPER}]\.)+|{_CAPITALISED}{_OF_SEVERAL})"
    gap = r"(?:[ \u00a0](?:\[sic\] )?|\r?\n(?!\s))"
    between = _alternatives([*connectors, *particles])
    link = rf"{gap}(?:(?:{between}){gap}?){{0,3}}" if between else gap
    return re.compile(rf"{capital}(?:{link}{further}|{gap}\d{{1,3}}(?![\w.,:%]))*+")


def _field_pattern(ands: list[str], links: Iterable[str]) -> re.Pattern[str]:
    joined = _alternatives([*ands, *(word.upper() for word in ands)])
    link = rf"(?:(?:{_alternatives(links)})[ ]?)?" if links else ""
    word = rf"(?!(?:{joined})\b){_CAPITALISED}"
    noun = rf"{link}{word}(?: {word})?+"
    return re.compile(rf"(?P<more>(?:, (?:{noun})){{0,6}}+),? (?:{joined}) (?P<last>{noun})(?! [{_UPPER}])")


def _lower_pattern(names: dict[str, Any], bodies: dict[str, Any], connectors: list[str]) -> re.Pattern[str] | None:
    """Heads in lower case with what they need to be a name: one group a type."""
    kinds = []
    capital = rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,2}}"
    of = rf"(?: (?:{_alternatives(connectors)})(?:(?<=['’])| )| )" if connectors else " "
    for kind, heads in (("organization", bodies.get("lower_heads")), ("place", names.get("lower_places"))):
        if heads:
            kinds.append(rf"(?P<{kind}>\b(?:{_alternatives(heads)}){of}{capital})")
    if events := names.get("lower_events"):
        kinds.append(rf"(?P<event>\b[a-z]+s['’] (?:{_alternatives(events)})\b)")
    return re.compile("|".join(kinds)) if kinds else None


FOREIGN = re.compile(
    rf"{_CAPITALISED}(?: {_CAPITALISED})?"
    rf"(?: (?:de la|de las|de los|des|del|du|de)(?: |\n){_ON}+(?:-{_ON}+)*(?: {_CAPITALISED})?| d[’']{_ON}+){{1,4}}"
)
"""A body's name behind such a head."""


def _body_pattern(nouns: Iterable[str], leads: Iterable[str] = ()) -> re.Pattern[str] | None:
    between = rf"(?:(?:{_alternatives(leads)}) ){{0,2}}" if leads else ""
    return re.compile(rf" {between}(?:{_alternatives(nouns)})\b(?!-)") if nouns else None


def _long(known: dict[str, EntityType], runs: re.Pattern[str]) -> tuple[str, ...]:
    """Known names that a run of capitalised words would not hold whole; of places all that have a small word."""
    return tuple(
        name
        for name, kind in sorted(known.items())
        if _has_small_word(name) and (kind == "place" or not runs.fullmatch(name))
    )


def _has_small_word(name: str) -> bool:
    parts = re.split("[ ’'(]", name)
    return len(parts) > 1 and not all(part[:1].isupper() for part in parts)


def _tail_pattern(bodies: dict[str, Any]) -> regex.Pattern[str] | None:
    if not bodies.get("lower_tail"):
        return None
    links = _alternatives(bodies["tail_links"])
    if endings := bodies.get("tail_endings"):
        return regex.compile(rf"(?:(?: (?:{links})\b)?+ [\p{{L}}-]{{2,}}(?:{_alternatives(endings)})\b){{1,4}}+")
    words = _alternatives(bodies["tail_words"])
    gap = r"(?:[ \u00a0]|(?<=['’]))"
    never = rf"(?!(?:{_alternatives(bodies['tail_never'])})\b)" if bodies.get("tail_never") else ""
    if infinitives := bodies.get("tail_infinitives"):
        never += rf"(?!(?<=\bd(?:e[ \u00a0]|['’]))\p{{Ll}}{{2,}}(?:{_alternatives(infinitives)})\b)"
    if adjectives := bodies.get("adjective_endings"):
        words = rf"(?:{words})\b|{never}\p{{Ll}}{{3,}}(?:{_alternatives(adjectives)})"
    return regex.compile(rf"(?:[ \u00a0](?:(?:{words})\b|(?:{links}){gap}{never}[\p{{L}}’'-]{{3,}})){{1,6}}+")
