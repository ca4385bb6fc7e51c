"""What the word lists say of a word of a name, folded: `lexicon/mul/compare.toml` and the heads of every language.

Each table is worked out once a process, at the first name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct

from onrecord.lexicon import languages, lexicon
from onrecord.text.folding import fold

PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", ""))
"""English, French and Spanish plurals as far as heads need them: ending, singular's ending."""


class Words(Struct, frozen=True):
    """Sets and maps of folded words."""

    titles: frozenset[str]
    titles_behind: frozenset[str]
    honours: frozenset[str]
    honours_of_persons: frozenset[str]
    """As printed, with their article."""
    small: frozenset[str]
    particles: frozenset[str]
    descent: frozenset[str]
    servant: frozenset[str]
    kunya: dict[str, str]
    romanised: frozenset[str]
    romanised_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    legal: dict[tuple[str, ...], int]
    """A legal form's words to the number of its row."""
    legal_in_capitals: frozenset[str]
    legal_front: frozenset[tuple[str, ...]]
    heads: dict[str, tuple[str, frozenset[int]]]
    """A head in the singular or plural to its word (the singular) and the rows of senses that it may have."""
    bodies: frozenset[str]
    """Words that only a body's name holds."""
    spelled: dict[str, str]
    opposed: dict[str, int]
    """A word to the row of words that it is not mistaken for."""
    given: dict[str, str]
    """A given name to the first of its spellings."""
    also: dict[str, frozenset[int]]
    """A given name to the rows of cognates and of pet forms that it stands in."""
    numbers: dict[str, int]
    roman: dict[str, int]


def one(word: str) -> str:
    """A listed word as it is looked up: folded, without spaces."""
    return "".join(fold(word.replace("'", "")).split())


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(one, words)))


def _rows(rows: Iterable[Iterable[str]]) -> dict[str, str]:
    """Each word of a row to the row's first."""
    return {word: row[0] for row in ([one(word) for word in row] for row in rows) for word in row}


def _legal(rows: Iterable[Iterable[str]]) -> dict[tuple[str, ...], int]:
    return {tuple(fold(form).split()): number for number, row in enumerate(rows) for form in row}


@lru_cache(maxsize=1 << 12)
def singular(word: str) -> str:
    """A head without the regular plural ending of English, French or Spanish."""
    for ending, instead in PLURALS:
        if word.isascii() and word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def _heads(senses: list[list[list[str]]]) -> dict[str, tuple[str, frozenset[int]]]:
    heads: dict[str, tuple[str, frozenset[int]]] = {}
    for tag in languages():
        names = lexicon(tag)["names"]
        listed = lexicon(tag)["organizations"].get("heads", []) + names.get("place_heads", [])
        for printed in [*listed, *names.get("event_heads", [])]:
            word, bare = one(printed), _bare_head(printed)
            heads.setdefault(word, (singular(bare), frozenset()))
            heads.setdefault(bare, (singular(bare), frozenset()))
    for number, row in enumerate(senses):
        for forms in row:
            words = [_bare_head(form) for form in forms]
            for word in words:
                known = heads.get(word)
                rows = (known[1] if known else frozenset()) | {number}
                heads[word] = (known[0] if known and known[1] else words[0], rows)
    return heads


def _bare(word: str) -> str:
    """Without the Arabic article, as the words of a name are looked up."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _bare_head(printed: str) -> str:
    """The same of a word as printed: an alef with a hamza is no article's."""
    return one(printed) if printed.startswith(("أ", "إ", "آ")) else _bare(one(printed))


def _also(*tables: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    """Each word to the numbers of the rows it stands in, counted through all tables."""
    also: dict[str, frozenset[int]] = {}
    for number, row in enumerate(chain(*tables)):
        for word in map(one, row):
            also[word] = also.get(word, frozenset()) | {number}
    return also


@cache
def words() -> Words:
    """The tables."""
    data = lexicon("mul")["compare"]
    heads = _heads(data["heads"])
    inner = [word for tag in languages() for word in lexicon(tag)["organizations"].get("inner", [])]
    given = _rows(data["given"])
    return Words(
        titles=frozenset(_bare(word) for word in _folded(data["titles"])),
        titles_behind=_folded(data["titles_behind"]),
        honours_of_persons=_folded(data["honours_of_persons"]),
        honours=frozenset(_bare(word) for word in _folded(data["honours"])),
        small=_folded(data["small"]),
        particles=_folded(data["particles"]),
        descent=_folded(data["descent"]),
        servant=_folded(data["servant"]),
        kunya={one(word): kind for kind in ("father", "mother") for word in data[kind]},
        romanised=_folded(data["romanised"]),
        romanised_endings=tuple(data["romanised_endings"]),
        patronymic_endings=tuple(_folded(data["patronymic_endings"])),
        legal=_legal(data["legal"]),
        legal_in_capitals=_folded(data["legal_in_capitals"]),
        legal_front=frozenset(_legal([data["legal_front"]])),
        heads=heads,
        bodies=_folded(inner) - frozenset(given),
        spelled=_rows(data["spelled"]),
        opposed={one(word): number for number, row in enumerate(data["opposed"]) for word in row},
        given=given,
        also=_also(data["cognates"], data["nicknames"]),
        numbers={one(word): value for word, value in data["numbers"].items()},
        roman=data["roman"],
    )
