"""The cases of Russian names: which nominatives a printed form may be of, with gender and case.

Given names come from a list and decline by `declension.toml`; surnames and patronymics are told by their endings, as
any grammar gives them. A form is often several ("Орлова": of a woman, or a man's genitive), so every function answers
with all of them, and `agreeing` keeps those that go together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from onrecord.lexicon import lexicon

NOMINATIVE = 0
CASES = range(6)
MAX_LENGTH = 40
"""Code points; a longer word is read as no name."""


class Form(NamedTuple):
    """What a printed form may be: its nominative, "m" or "f", and the case (0 to 5: nominative, genitive, dative,
    accusative, instrumental, prepositional)."""

    nominative: str
    gender: str
    case: int


Forms = frozenset[Form]
NONE: Forms = frozenset()


class Paradigm(NamedTuple):
    genders: str
    stem: re.Pattern[str]
    endings: tuple[str, ...]


@cache
def _paradigms(of: str) -> tuple[Paradigm, ...]:
    rows: list[dict[str, Any]] = lexicon("ru")["declension"].get(of, [])
    return tuple(
        Paradigm(
            "mf" if row["gender"] == "u" else row["gender"], re.compile(rf".*{row['stem']}"), tuple(row["endings"])
        )
        for row in rows
    )


def _read(word: str, of: str) -> Iterable[Form]:
    for genders, stem, endings in _paradigms(of):
        for case, ending in enumerate(endings):
            if word.endswith(ending) and stem.fullmatch(word, 0, len(word) - len(ending)):
                nominative = word[: len(word) - len(ending)] + endings[NOMINATIVE]
                for gender in genders:
                    yield Form(nominative, gender, case)


@cache
def _unchanged() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = lexicon("ru")["declension"]
    return tuple(
        (genders, re.compile(rf".*{lists[key]}")) for genders, key in (("mf", "unchanged"), ("f", "unchanged_of_women"))
    )


@lru_cache(maxsize=1 << 14)
def surnames(word: str) -> Forms:
    """What a word may be as a surname; of a double one the last part declines."""
    if len(word) > MAX_LENGTH:
        return NONE
    front, hyphen, last = word.rpartition("-")
    found: set[Form] = set()
    for kind in ("possessive", "adjectival", "other"):
        found |= {Form(front + hyphen + each.nominative, each.gender, each.case) for each in _read(last, kind)}
        if found and (kind == "possessive" or _adjectival().fullmatch(last)):
            return frozenset(found)
    for genders, ending in _unchanged():
        if ending.fullmatch(last):
            found |= {Form(word, gender, case) for gender in genders for case in CASES}
    return frozenset(found)


@cache
def _adjectival() -> re.Pattern[str]:
    return re.compile(rf".*{lexicon('ru')['declension'].get('only_adjectival', '$.')}")


@lru_cache(maxsize=1 << 12)
def patronymics(word: str) -> Forms:
    """What a word may be as a patronymic ("Петрович", "Петровны")."""
    return frozenset(_read(word, "patronymics")) if 4 < len(word) <= MAX_LENGTH else NONE


@lru_cache(maxsize=1 << 12)
def nouns(word: str) -> Forms:
    """What a word may be as any noun of a person or a place."""
    return frozenset(_read(word, "nouns")) if len(word) <= MAX_LENGTH else NONE


def declined(nominative: str, stem: str | None = None) -> dict[str, set[int]]:
    """The forms of a noun and the cases each is; `stem` where that of the other cases is another."""
    found: dict[str, set[int]] = {nominative: {NOMINATIVE}}
    other = stem or nominative
    for _, pattern, endings in _paradigms("nouns"):
        ending = endings[NOMINATIVE]
        if other.endswith(ending) and pattern.fullmatch(other, 0, len(other) - len(ending)):
            for case in CASES[1:]:
                found.setdefault(other[: len(other) - len(ending)] + endings[case], set()).add(case)
    if len(found) == 1:
        found[nominative] = set(CASES)
    return found


@cache
def given() -> dict[str, Forms]:
    """Every form of the given names in the list."""
    lists = lexicon("ru")["given"]
    stems = lists.get("stems", {})
    found: dict[str, set[Form]] = {}
    for gender, key in (("m", "men"), ("f", "women")):
        for name in lists.get(key, ()):
            for form, cases in declined(name, stems.get(name)).items():
                found.setdefault(form, set()).update(Form(name, gender, case) for case in cases)
    return {form: frozenset(each) for form, each in found.items()}


def agreeing(some: Forms, others: Forms) -> Forms:
    """Those of `some` whose gender and case one of `others` has."""
    allowed = {(form.gender, form.case) for form in others}
    return frozenset(form for form in some if (form.gender, form.case) in allowed)
