"""The parts of a name, and the folded key by which two spellings are the same name within an archive.

The key is conservative: it lets go of what never tells two bearers apart (case, accents, articles, punctuation, a
title in front, an editor's [sic]) and of nothing else. "The Al-Nahr Brigades" and "al-Nahr brigades" share one;
"Al-Nahr Force" and "Front for Y – General Command" beside "Front for Y" keep their own. Nothing is transliterated and
nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
from msgspec import Struct

HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "sheikh",
        "shaykh",
        "hajj",
        "sayyid",
        "m",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "sr",
        "sra",
        "srta",
        "don",
        "doña",
        "señor",
        "señora",
        "г-н",
        "г-жа",
        "سيد",
        "سيدة",
        "دكتور",
        "شيخ",
    ]
)
"""Forms of address that stand before a name and belong to no one in particular."""

ARTICLES = frozenset(["the", "le", "la", "les", "los", "las", "l"])
"""Articles dropped wherever they stand; the joined Arabic article is cut off its word."""

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "abu",
        "umm",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "zu",
    ]
)
"""Lower-case words inside a person's name that go with the surname that follows them."""

_LATIN_ARTICLE = regex.compile(r"\b(?:al|el|ad|an|ar|as|ash|at|az|ul)[-‐‑](?=\p{L}{2})")
_ARABIC_ARTICLE = regex.compile(r"\b(و?)ال(?=\p{Arabic}{3})")
_POSSESSIVE = regex.compile(r"['’]s?$")
_WORD = regex.compile(r"\w+")
_FORMAT = regex.compile(r"[\p{Cf}\p{Cc}ـ]+")
_MARKS = regex.compile(r"\p{M}+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ʿ": "", "ʾ": "", "ʼ": "", "&": " and "}
    | dict(zip("ٱىیک", "اييك", strict=True))
)


class NameParts(Struct, frozen=True):
    """A person's name taken apart; each part as printed, `""` where there is none."""

    title: str
    given: str
    surname: str


def parts(name: str) -> NameParts:
    """The title in front, the given names, and the surname with the particles that belong to it."""
    words = name.split()
    first = 0
    while first < len(words) - 1 and _bare(words[first]) in HONORIFICS:
        first += 1
    last = len(words) - 1
    while last > first and _bare(words[last - 1]) in PARTICLES and (words[last - 1].islower() or last - 1 > first):
        last -= 1
    if last < first:
        return NameParts(" ".join(words), "", "")
    return NameParts(" ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:]))


@lru_cache(maxsize=1 << 15)
def folded(name: str) -> str:
    """The key of `name`: equal for two spellings of one name, never empty for a name that is not."""
    text = _FORMAT.sub("", unicodedata.normalize("NFKC", name).casefold()).replace("[sic]", " ").strip()
    text = _LATIN_ARTICLE.sub("", _POSSESSIVE.sub("", text))
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    text = _ARABIC_ARTICLE.sub(r"\1", text)
    words = _without_honorifics(_WORD.findall(text))
    kept = [word for word in words if word not in ARTICLES] or words
    return " ".join(_initials_joined(kept)) or text or name


def _initials_joined(words: list[str]) -> list[str]:
    """Single letters that follow one another as one word: "U.N." is "UN", "J. K. Orlan" is "J.K. Orlan"."""
    joined: list[str] = []
    open_run = False
    for word in words:
        if open_run and len(word) == 1:
            joined[-1] += word
        else:
            joined.append(word)
        open_run = len(word) == 1
    return joined


def _without_honorifics(words: list[str]) -> list[str]:
    first = 0
    while first < len(words) - 1 and words[first] in HONORIFICS:
        first += 1
    return words[first:]


def _bare(word: str) -> str:
    return word.rstrip(".").casefold().removeprefix("ال")
