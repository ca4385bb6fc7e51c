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

WIDEST = 900
"""Code points of the words that are looked at."""
AHEAD, BACK = 12, 7
"""Words behind and before an entry's word among which its noun may stand."""
MARKED = {"negation": 4, "future": 8}
"""Words before a deed within which a mark ("not", "will") belongs to it."""
KNOWN = 1 << 15
"""Words whose entries are kept in mind."""

_WORD = re.compile(r"[\w\u0300-\u036f\u064b-\u0652\u0640]+(?:[-'’‑][\w\u0300-\u036f\u064b-\u0652\u0640]+)*")
_ACTS: frozenset[str] = frozenset(get_args(Act))
_CLASSES: frozenset[str] = frozenset(get_args(Plover))


class Entry(Struct, frozen=True):
    """What one line of the table makes of its words. Exactly one of `plover`, `topic`, `act` is set; none: passed over."""

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


class _Seen(Struct, frozen=True):
    entries: tuple[Entry, ...]
    nouns: frozenset[str]
    marks: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a text as the table has them: small letters without marks, at most WIDEST code points of it."""
    if len(text) > WIDEST:
        text = text[:WIDEST]
    return _WORD.findall(text.lower())


def plain(word: str) -> str:
    """A word without accents, vowel signs, forms of alef and tatweel."""
    if word.isascii():
        return word.replace("_", "")
    parts = unicodedata.normalize("NFKD", word.replace("ـ", "").replace("’", "'").replace("‑", "-"))
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

    def _seen(self, word: str) -> _Seen | None:
        """What the table has of a word; `None` for most."""
        forms = [plain(word)]
        for prefix in self._prefixes:
            if forms[0].startswith(prefix) and len(forms[0]) > len(prefix) + 2:
                forms.append(forms[0][len(prefix) :])
        entries = dict.fromkeys(entry for form in forms for entry in self._entries.of(form))
        nouns = frozenset(noun for form in forms for noun in self._nouns.of(form))
        marks = frozenset(mark for form in forms for mark in self._marks.of(form))
        if not (entries or nouns or marks):
            return None
        ranked = sorted(entries, key=lambda entry: (-len(entry.words), not entry.near, entry.rank))
        return _Seen(tuple(ranked), nouns, marks)


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
    look = table(language).seen
    seen = [look(word) for word in words]
    negated = future = -len(words) - max(MARKED.values())
    for at, word in enumerate(seen):
        if word is None:
            continue
        if word.marks:
            negated = at if "negation" in word.marks else negated
            future = at if "future" in word.marks else future
        if word.entries and at >= start:
            entry = _best(word.entries, words, seen, at)
            if entry is not None and (entry.plover or entry.topic or entry.act):
                yield Deed(entry, at, at - negated <= MARKED["negation"], at - future <= MARKED["future"])


def _best(entries: Sequence[Entry], words: Sequence[str], seen: Sequence[_Seen | None], at: int) -> Entry | None:
    """Of the entries that fit one of the most words; of those the one whose noun stands nearest; else one without."""
    best: Entry | None = None
    nearest = AHEAD + BACK + 1
    for entry in entries:
        if best is not None and len(entry.words) < len(best.words):
            break
        stop = at + len(entry.words)
        if len(entry.words) > 1 and not (
            stop <= len(words) and all(map(_same, entry.words[1:], words[at + 1 : stop]))
        ):
            continue
        if not entry.near:
            return best or entry
        far = _distance(entry.near, seen, at, stop)
        if far < nearest:
            best, nearest = entry, far
    return best


def _distance(near: frozenset[str], seen: Sequence[_Seen | None], at: int, stop: int) -> int:
    """Words to the nearest noun of the kinds; those before the verb are farther than those behind."""
    for far, word in enumerate(seen[stop : stop + AHEAD]):
        if word is not None and not near.isdisjoint(word.nouns):
            return far
    for far, word in enumerate(reversed(seen[max(0, at - BACK) : at])):
        if word is not None and not near.isdisjoint(word.nouns):
            return AHEAD + far
    return AHEAD + BACK + 1


def _same(wanted: str, word: str) -> bool:
    if wanted == "#":
        return word[:1].isdigit()
    bare = plain(word)
    return bare.startswith(wanted[:-1]) if wanted.endswith("*") else bare == wanted


def problems(tag: str) -> list[str]:
    """What is wrong in a language's table, for the tests: classes, acts and kinds of noun that do not exist."""
    data = lexicon(tag)["deeds"]
    kinds = set(data.get("nouns", {}))
    wrong = [f"no noun {name}" for line in data.get("deeds", ()) for name in line.get("near", ()) if name not in kinds]
    wrong += [f"no act {line['act']}" for line in data.get("deeds", ()) if line.get("act", "claim") not in _ACTS]
    return wrong + [f"no class {line['class']}" for line in data.get("deeds", ()) if line.get("class", "AID") not in _CLASSES]
