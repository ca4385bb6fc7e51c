"""What two names may differ in, and what that is worth: the whole table of the comparison.

A comparison begins at 1. Each feature found takes its weight off, times its amount (1 where nothing else is said), and
no value is above the least `most` of the features found. The reason is made of their words.
"""

from __future__ import annotations

from msgspec import Struct

MERGE = 0.9
"""At or above: two names are taken to be one without asking anybody."""
ASK = 0.89
"""The most that anything is worth which a person has to decide."""


class Feature(Struct, frozen=True):
    """A difference: its weight for each time it is found, the most that a pair with it is worth, its words.

    `{}` in `words` stands for the words of the names it is about.
    """

    weight: float
    most: float
    words: str


FEATURES = {
    # what a researcher would sign for without looking
    "articles": Feature(0.01, 1.0, "al-/el- variant"),
    "small-words": Feature(0.01, 1.0, "the same but for small words"),
    "particle": Feature(0.02, 0.97, "one name lacks {}"),
    "title": Feature(0.02, 0.97, "one name lacks {}"),
    "honour": Feature(0.02, 0.97, "one name lacks {}"),
    "legal-form-missing": Feature(0.03, 0.96, "one name lacks its legal form"),
    "spacing": Feature(0.02, 0.97, "written apart or as one word"),
    "surname-first": Feature(0.02, 0.97, "surname first in one"),
    "head-moved": Feature(0.01, 0.98, "same words, different order"),
    "head-number": Feature(0.02, 0.97, "forms of one head: {}"),
    "diacritics": Feature(0.01, 0.98, "letters written out: {}"),
    "transliteration": Feature(0.01, 0.97, "transliteration: {}"),
    "spelling": Feature(0.01, 0.96, "spellings of one name: {}"),
    # what a person has to decide
    "sound": Feature(0.06, 0.85, "sound alike: {}"),
    "few-consonants": Feature(0.02, 0.85, "too short to be sure across scripts"),
    "other-script": Feature(0.02, 0.85, "another script, known only letter by letter: {}"),
    "typing-error": Feature(0.09, 0.88, "perhaps a typing error: {}"),
    "first-letter": Feature(0.04, 0.84, "first letters differ: {}"),
    "short-spacing": Feature(0.08, 0.85, "written apart or as one word, and short"),
    "initial": Feature(0.10, 0.86, "initial: {}"),
    "initials": Feature(0.12, 0.84, "initials written together: {}"),
    "nickname": Feature(0.14, 0.82, "short or other form of a given name: {}"),
    "middle-name": Feature(0.07, 0.86, "one name lacks {}"),
    "patronymic": Feature(0.05, 0.88, "one name lacks the patronymic {}"),
    "last-names": Feature(0.13, 0.80, "one name goes on: {}"),
    "word-order": Feature(0.10, 0.86, "same words, different order"),
    "twice": Feature(0.08, 0.86, "a word stands twice: {}"),
    "head-translated": Feature(0.08, 0.86, "translation: {}"),
    "legal-form": Feature(0.12, 0.80, "different legal forms"),
    "acronym": Feature(0.22, 0.78, "initials of the long form: suggestive, not proof"),
    "mixed-scripts": Feature(0.08, 0.80, "letters of two scripts in one name: they may only look alike"),
    "doubts": Feature(0.06, ASK, "more than one doubt"),
    "cut": Feature(0.02, 0.88, "only the first words of a very long name were compared"),
    "no-common-block": Feature(0.02, ASK, "the consonants differ in part"),
    # what keeps two names apart
    "given-name-lacks": Feature(0.18, 0.76, "one name lacks {}"),
    "goes-on": Feature(0.32, 0.65, "one name goes on: {}"),
    "long-gap": Feature(0.10, 0.65, "too many words lack in one"),
    "one-word": Feature(0.35, 0.60, "a single word of a longer name: {}"),
    "head": Feature(0.45, 0.50, "different heads: {}"),
    "head-lacks": Feature(0.32, 0.65, "one name lacks {}"),
    "number": Feature(0.45, 0.50, "different numbers: {}"),
    "number-lacks": Feature(0.35, 0.60, "only one has a number: {}"),
    "descent-reversed": Feature(0.45, 0.50, "descent the other way round"),
    "different": Feature(0.40, 0.55, "different words: {}"),
}
"""Feature by feature."""
