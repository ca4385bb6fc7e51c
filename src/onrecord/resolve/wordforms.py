"""One word of a name: how it is spelled, how it may sound, whose given name it may be."""

from __future__ import annotations

from functools import lru_cache

import regex
from msgspec import Struct

from onrecord.resolve.namewords import words
from onrecord.text.transliteration import Reading, readings, romanised, scripts, skeletons

_DIN = regex.compile(r"^(.{2,}?)(?:[aeou]l?)?d{1,2}(?:i|ee|ie|ei)ne?$")
_SERVANT = regex.compile(r"^abd(?:[aeiou](?:l(?=[^aeiou])|([rsdntz])(?=\1))?)?(?=[^aeiou])")
_OF_GOD = regex.compile(r"^(?:abd[aeiou]?|abd)l{1,2}ah?$")
_GLUED = regex.compile(r"^[ae]l(?=[a-z]{4})")


class Word(Struct, frozen=True):
    """One word of a name."""

    text: str
    """Folded, in its own script."""
    roman: str
    forms: frozenset[str]
    """Other foldings: Müller is muller and mueller."""
    script: str
    readings: tuple[Reading, ...]
    skeletons: tuple[str, ...]
    given: str | None
    also: frozenset[int]
    initial: bool
    mixed: bool
    looks: str
    """As it looks to a reader of Latin letters."""
    opposed: int | None
    glued: str
    """Without the article that may be written on to it (Aljaziri)."""
    patronymic: bool


@lru_cache(maxsize=1 << 17)
def word(text: str, wide: str, looks: str, initial: bool, transliterate: bool) -> Word:
    """A folded word with what it may sound like and whose given name it may be."""
    known = words()
    own = scripts(text)
    script = next(iter(own)) if len(own) == 1 else "other"
    roman = _canonical(romanised(text)) if transliterate else text
    usable = transliterate and script != "other" and not initial
    heard = readings(
        roman if script not in ("Arab", "Hebr") else text, "Latn" if script in ("Cyrl", "Grek") else script
    )
    heard = tuple(each for each in heard if each.sounds) if usable else ()
    given = known.kunya.get(text) or known.given.get(text) if transliterate else None
    found = {skeleton for reading in heard for skeleton in skeletons(reading)}
    if usable and _GLUED.match(text) and not given:
        found |= {skeleton for reading in readings(text[2:], "Latn") for skeleton in skeletons(reading)}
    return Word(
        text=text,
        roman=roman,
        forms=frozenset([text, wide]),
        script=script,
        readings=heard,
        skeletons=_skeletons(found, given, text),
        given=given,
        also=known.also.get(given or text, frozenset()) if transliterate else frozenset(),
        initial=initial,
        mixed=len(own & {"Latn", "Cyrl", "Grek"}) > 1,
        looks=looks,
        opposed=known.opposed.get(text),
        glued=text[2:] if usable and not given and _GLUED.match(text) else "",
        patronymic=len(text) > 6 and text.endswith(known.patronymic_endings),
    )


def _skeletons(found: set[str], given: str | None, text: str) -> tuple[str, ...]:
    """What a word gives to the keys of its name; a word without consonants or of another script gives itself."""
    named = (f"={given}",) if given else ()
    return (*named, *sorted(found)) or (text,)


def _canonical(roman: str) -> str:
    """A romanised word with Abd- and -ud-Din written in one way."""
    if _OF_GOD.match(roman):
        return "abdallah"
    match = _DIN.match(roman)
    return match[1] + "din" if match and roman.endswith(("din", "deen", "dine", "eine")) else _SERVANT.sub("abd", roman)
