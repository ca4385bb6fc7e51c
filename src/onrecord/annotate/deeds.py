"""What a stretch of words tells of being done: released, attacked, met, suspended, …, by `lexicon/*/deeds.toml`.

An entry of that table is a word, or a few in a row, and where the word alone says too little the kinds of noun that
must stand near it ("lift" with "ban" or "siege", not with "hand"). The words are read from the left and the first entry
that fits counts; verbs that say rather than do come from the grammar of reported speech, with their act. A word that is
written with `*` stands for all that begin so; `#` stands for a figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, get_args

from msgspec import Struct

from onrecord.annotate.grammar import grammar
from onrecord.lexicon import lexicon
from onrecord.model import Act, Plover

WIDEST = 400
"""Code points of the words that are looked at."""
AHEAD, BACK = 12, 7
"""Words behind and before an entry's word among which its noun may stand."""
NEGATION, FUTURE, DOUBT = 4, 8, 4
"""Words before a deed within which a mark ("not", "will", "might") belongs to it."""
KNOWN = 1 << 15
"""Words whose entries are kept in mind."""

_WORD = re.compile(r"\w+(?:[-']\w+)*")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‑": "-", "ـ": None})
_ACTS: frozenset[str] = frozenset(get_args(Act))
_CLASSES: frozenset[str] = frozenset(get_args(Plover))


class Entry(Struct, frozen=True):
    """What one line of the table makes of a word or phrase: a class, a topic or an act; with none it is passed over."""

    words: tuple[str, ...]
    near: frozenset[str] = frozenset()
    """Kinds of noun of which one must stand near."""
    plover: Plover | None = None
    mode: str | None = None
    topic: str | None = None
    """What the words are about where they tell of no deed ("reform", "accusation")."""
    act: Act | None = None
    """The act, where the word tells of speech."""
    rank: int = 0
    """Its place in the table."""


class Deed(Struct, frozen=True):
    """An entry at a place of the words, and how the words speak of it."""

    entry: Entry
    at: int
    negation: bool = False
    future: bool = False
    doubt: bool = False


class _Seen(Struct, frozen=True):
    """What the table has of one word."""

    phrases: tuple[Entry, ...]
    """Entries of several words that begin with it, the longest first."""
    near: tuple[Entry, ...]
    bare: Entry | None
    nouns: frozenset[str]
    marks: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a text as the table has them: small letters without marks, at most WIDEST code points of it."""
    return _WORD.findall(plain(text[:WIDEST].lower())[:WIDEST])


def plain(text: str) -> str:
    """Without accents, vowel signs, forms of alef and tatweel, with straight apostrophes."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_STRAIGHT))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


class Table:
    """One language's deeds, nouns and marks."""

    def __init__(self, tag: str) -> None:
        data = lexicon(tag)["deeds"]
        self._prefixes = tuple(data.get("prefixes", ()))
        self._entries = _Words([(entry.words[0], entry) for entry in _ordered(tag, data)])
        self._nouns = _Words([(plain(word), name) for name, words in data.get("nouns", {}).items() for word in words])
        self._marks = _Words([(plain(word), name) for name, words in data.get("marks", {}).items() for word in words])
        self.seen = lru_cache(maxsize=KNOWN)(self._seen)
        self.phrases = lru_cache(maxsize=KNOWN)(self._phrases)

    def _seen(self, word: str) -> _Seen | None:
        """What the table has of a word; `None` for most."""
        forms = [word]
        for prefix in self._prefixes:
            if forms[0].startswith(prefix) and len(forms[0]) > len(prefix) + 2:
                forms.append(forms[0][len(prefix) :])
        entries = dict.fromkeys(entry for form in forms for entry in self._entries.of(form))
        nouns = frozenset(noun for form in forms for noun in self._nouns.of(form))
        marks = frozenset(mark for form in forms for mark in self._marks.of(form))
        if not (entries or nouns or marks):
            return None
        ranked = sorted(entries, key=lambda entry: (-len(entry.words), not entry.near, entry.rank))
        single = [entry for entry in ranked if len(entry.words) == 1]
        return _Seen(
            tuple(entry for entry in ranked if len(entry.words) > 1),
            tuple(entry for entry in single if entry.near),
            next((entry for entry in single if not entry.near), None),
            nouns,
            marks,
        )

    def _phrases(self, word: str, following: str) -> tuple[Entry, ...]:
        """The phrases that two words may begin, the longest first."""
        seen = self.seen(word)
        return tuple(entry for entry in seen.phrases if _same(entry.words[1], following)) if seen else ()


class _Words:
    """Values by whole word, and by beginning for those written with `*`."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self._whole: dict[str, list[Any]] = {}
        self._begun: dict[str, list[Any]] = {}
        for word, value in pairs:
            known = self._begun if word.endswith("*") else self._whole
            known.setdefault(word.rstrip("*"), []).append(value)
        self._sizes = sorted({len(word) for word in self._begun})

    def of(self, word: str) -> Iterator[Any]:
        yield from self._whole.get(word, ())
        if word[:1].isdigit():
            yield from self._whole.get("#", ())
        for size in self._sizes:
            if size > len(word):
                break
            yield from self._begun.get(word[:size], ())


def _ordered(tag: str, data: dict[str, Any]) -> Iterator[Entry]:
    """The table's entries in their order, then the verbs that tell of speech."""
    for rank, line in enumerate(data.get("deeds", ())):
        for phrase in line["words"]:
            yield Entry(
                tuple(plain(word) for word in phrase.split()),
                frozenset(line.get("near", ())),
                line.get("class"),
                line.get("mode"),
                line.get("topic"),
                line.get("act"),
                rank,
            )
    known = grammar(tag)
    if known is not None and data:
        last = len(data["deeds"])
        for cues in known.verbs.values():
            yield from (Entry(tuple(map(plain, phrase)), act=verb.act, rank=last) for phrase, verb in cues)


@cache
def table(language: str) -> Table:
    """The table of a language by its primary subtag; an empty one where the lexicon has none."""
    return Table(language.split("-")[0])


def deeds(words: Sequence[str], language: str, start: int = 0) -> Iterator[Deed]:
    """The entries that fit, from the left; of those that begin with one word the most exact."""
    known = table(language)
    seen = [known.seen(word) for word in words]
    last = {"negation": -99, "future": -99, "doubt": -99}
    for at, word in enumerate(seen):
        if word is None:
            continue
        for mark in word.marks:
            last[mark] = at
        if at >= start:
            entry = _best(known, word, words, seen, at)
            if entry is not None and (entry.plover or entry.topic or entry.act):
                yield Deed(
                    entry,
                    at,
                    negation=at - last["negation"] <= NEGATION,
                    future=at - last["future"] <= FUTURE,
                    doubt=at - last["doubt"] <= DOUBT,
                )


def _best(known: Table, word: _Seen, words: Sequence[str], seen: Sequence[_Seen | None], at: int) -> Entry | None:
    """The longest phrase that fits; else the entry whose noun stands nearest; else one that needs none."""
    for entry in known.phrases(words[at], words[at + 1]) if word.phrases and at + 1 < len(words) else ():
        stop = at + len(entry.words)
        fits = stop <= len(words) and all(map(_same, entry.words[2:], words[at + 2 : stop]))
        if fits and (not entry.near or _nearest((entry,), seen, at, stop)):
            return entry
    return (_nearest(word.near, seen, at, at + 1) if word.near else None) or word.bare


def _nearest(entries: Sequence[Entry], seen: Sequence[_Seen | None], at: int, stop: int) -> Entry | None:
    """The entry whose noun stands nearest behind the tokens `[at, stop)`; where none does, nearest before them."""
    for around in (seen[stop : stop + AHEAD], seen[max(0, at - BACK) : at][::-1]):
        for word in around:
            if word is not None and word.nouns:
                for entry in entries:
                    if not entry.near.isdisjoint(word.nouns):
                        return entry
    return None


def _same(wanted: str, word: str) -> bool:
    """Whether a word is the one that a phrase has at its place."""
    if wanted[-1] == "*":
        return word.startswith(wanted[:-1])
    return word == wanted or (wanted == "#" and word[0].isdigit())


def problems(tag: str) -> list[str]:
    """What is wrong in a language's table, for the tests: classes, acts and kinds of noun that do not exist."""
    data = lexicon(tag)["deeds"]
    kinds = set(data.get("nouns", {}))
    wrong = [f"no noun {name}" for line in data.get("deeds", ()) for name in line.get("near", ()) if name not in kinds]
    wrong += [f"no act {line['act']}" for line in data.get("deeds", ()) if line.get("act", "claim") not in _ACTS]
    return wrong + [
        f"no class {line['class']}" for line in data.get("deeds", ()) if line.get("class", "AID") not in _CLASSES
    ]
