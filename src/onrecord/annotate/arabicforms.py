"""Words of Arabic as names need them: lists from the lexicon, particles written onto a word, and a word's shape.

Arabic has no capitals, but its nouns have shapes: a root of three or four letters in a pattern. A word alone behind
"in" that fits none of them is likely a foreign city (`is_foreign`); what stands behind a noun with the article is its
adjective only if it is longer than a root or has an adjective's ending (`may_be_adjective`).
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from onrecord.annotate.vocabulary import vocabulary
from onrecord.lexicon import lexicon

MARKS = regex.compile(r"[\u064b-\u0652\u0640]+")
"""Vowel signs and the stroke that lengthens a word."""
KUNYA = frozenset(["أبو", "ابو", "أبي", "أم"])
_JOINED = "وفبلك"


@cache
def speech() -> frozenset[str]:
    """Forms of the verbs of speech."""
    forms: dict[str, list[str]] = lexicon("ar")["forms"].get("forms", {})
    return frozenset(MARKS.sub("", form) for each in forms.values() for form in each)


@cache
def told() -> frozenset[str]:
    """Words that open a name or stand beside one; a particle joined to one of these is cut off."""
    words = vocabulary("ar")
    if words is None:
        return frozenset()
    alone = {f"ال{head}" for head in words.heads}
    titles = words.roles | words.honorifics
    return (
        words.heads
        | words.people_bodies
        | titles
        | words.place_heads
        | words.event_heads
        | words.place_nouns
        | KUNYA
        | alone
        | given()
        | listed("operations")
        | listed("locatives")
    )


@cache
def listed(key: str) -> frozenset[str]:
    return frozenset(lexicon("ar")["names"].get(key, ()))


@cache
def given(key: str = "names") -> frozenset[str]:
    return frozenset(lexicon("ar")["given"].get(key, ()))


@lru_cache(maxsize=1 << 14)
def behind_particles(word: str) -> tuple[str, int]:
    """What opens a name behind one or two particles, and the letters before it; 0 where nothing does.

    Behind "ل" the article is written without its alif ("للاتحاد") and counts among the letters.
    """
    openers = told()
    for size in (1, 2):
        if len(word) > size and word[size - 1] in _JOINED:
            rest = word[size:]
            if rest in openers:
                return rest, size
            if word[size - 1] == "ل" and rest.startswith("ل") and f"ا{rest}" in openers:
                return f"ا{rest}", size + 1
    return word, 0


@lru_cache(maxsize=1 << 10)
def is_work(word: str) -> bool:
    """ "رواية", "الرواية", "روايته", "كتابها"."""
    nouns = listed("work_nouns")
    forms = {word, word.removeprefix("ال"), word[1:], word[1:].removeprefix("ال")}
    for pronoun in listed("pronouns"):
        forms |= {form.removesuffix(pronoun) for form in set(forms) if form.endswith(pronoun)}
    return not nouns.isdisjoint(forms | {f"{form[:-1]}ة" for form in forms if form.endswith("ت")})


def may_be_adjective(word: str) -> bool:
    """What may follow a noun with the article as its adjective: longer than a root, or with an adjective's ending."""
    return len(word) > 5 or word.endswith(("ي", "ة")) or word in listed("short_adjectives")


@lru_cache(maxsize=1 << 12)
def is_foreign(word: str) -> bool:
    """Whether a word has none of the shapes of an Arabic noun: too many letters for a root, no affix, no broken plural.

    It errs by taking too few; a city with a name of Arabic shape needs a word before it that says what it is.
    """
    if word in listed("no_place") or _AFFIXED.fullmatch(word):
        return False
    return _FOREIGN.fullmatch(word) is not None


_AFFIXED = regex.compile(
    r"(?:ال|لل|م|ت|ن|است|مست|ب(?=ال)).*|.*(?:[ةهىءئؤ]|ات|ون|ين|ها|هم|هن|كم|نا|ية|اء|ي|ائل)|[إأا].*ا.*"
)
"""With the article, the prefix of participles and verbal nouns, an ending of plurals and pronouns; a plural in a-a."""
_FOREIGN = regex.compile(
    r"[^اويإأآ]ي[^اوي]{2}"
    r"|[^اويإأآ]{1,2}[يو][^اوي]{1,2}ان"
    r"|(?!..ا)(?=.*[اويأ].*)(?:.*[^اوي]){4,}(?<=.{6,})"
)
"""Four letters with a long vowel second, six with "an", or six and more with four consonants and no long third."""
