"""The written forms of a word of time: its other spellings, the nouns before it, the particles written onto it.

`time.toml` states a word once; its keys `spelling` (letters that are often written another way), `heads` (nouns that
stand before all words of a class: "mois de", "يوم"), `prefixes` (particles written onto a word: "و") multiply it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.annotate.folding import fold
from onrecord.lexicon import lexicon

_DECADES = (*range(10, 100, 10), *range(1800, 2030, 10))
_PREFIXED = frozenset("MDJUNRPSnos")
_EXACT = frozenset("kIZG")
"""Classes of short marks ("a.m.", "A.H."), whose signs tell them from other words."""
_BOTH = frozenset("JK")
"""Classes of names in which a sign may stand for a letter ("Sha'ban"), or not."""
_SIGNS = ("", "'", "ʿ", "ʾ", "ʻ")


def spellings(tag: str, word: str) -> Iterator[str]:
    """The word as it is, and with all the letters that are often written another way."""
    yield word
    table = lexicon(tag)["time"].get("spelling")
    if table and (other := word.translate(str.maketrans(table))) != word:
        yield other


def decades(tag: str) -> Iterator[tuple[str, int]]:
    """The decades that have their year in the name ("les années 1990", "1990-е годы"), and that year."""
    for form in lexicon(tag)["time"].get("decade_forms", ()):
        yield from ((form.replace("{}", str(year)), year) for year in _DECADES)


def keys(tag: str, kind: str, word: str) -> Iterator[tuple[str, int]]:
    """Each form as it stands in a folded text behind a space, and how much of its start belongs to a word before it."""
    lists = lexicon(tag)["time"]
    heads = ("", *(head + ("" if head[-1] in "'’" else " ") for head in lists.get("heads", {}).get(kind, ())))
    prefixes = lists.get("prefixes", ()) if kind in _PREFIXED else ()
    for written in spellings(tag, word):
        for head in heads:
            for form in _folded(kind, head + written):
                yield " " + form, 0
                for prefix in prefixes:
                    yield " " + _joined(prefix, form), len(prefix)


def _joined(prefix: str, form: str) -> str:
    """A particle with the word; "ل" and the article become "لل"."""
    return prefix + ("ل" + form[2:] if prefix.endswith("ل") and form.startswith("ال") else form)


def _folded(kind: str, word: str) -> Iterator[str]:
    if kind in _EXACT:
        yield fold(word)
        return
    variants = [word.replace("'", sign) for sign in _SIGNS] if kind in _BOTH and "'" in word else [word]
    for variant in variants:
        yield " ".join(fold(variant).split())
        if kind in _BOTH and "  " in (raw := fold(variant).strip()):
            yield raw
