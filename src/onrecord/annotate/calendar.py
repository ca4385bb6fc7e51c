"""The words of time in a text as a short string of classes, one letter a word, so that a grammar is a few patterns.

`scan` finds the words of every list in `lexicon/*/time.toml`, the names of months and weekdays that CLDR has for the
language, and all numbers; each becomes one letter (`M` a month, `D` a weekday, `d` a number of one or two digits, …)
and what lies between two of them becomes one sign (a space, `-`, `/`, `=` for "of", `|` for anything else). "the 3rd of
May 2024" is `T o=M y`. Grammar over such a string is the same for all languages; the words are data.

Folded texts are searched by one automaton, so the cost hardly grows with the number of languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from babel import Locale, UnknownLocaleError

from onrecord.annotate.folding import fold
from onrecord.lexicon import lexicon

Value = int | str

_SECTIONS = {
    "months": "M",
    "weekdays": "D",
    "units": "U",
    "numbers": "n",
    "ordinals": "o",
    "seasons": "S",
    "parts": "P",
    "clock": "k",
    "words": "R",
    "sets": "L",
    "doubles": "N",
    "zones": "z",
}
_SUFFIXED = {"s": "s", "م": "y", "г": "y"}
"""What a number with a suffix is, where not an ordinal: a decade, a year of our era."""
_LIKE_NUMBERS = frozenset("MDnoS")
_SUFFIX = re.compile(r"(st|nd|rd|th|s|er|º|ª|م|г)(?![^\W\d])")
_SIGNS = {"-": "-", "–": "-", "—": "-", "‑": "-", "/": "/", ".": ".", ":": ":", ",": ";", "،": ";"}
_WEAK = frozenset("nodltxebamv")
_START = attrgetter("start")
_FAR = 16
"""Words of time with more code points between them do not belong together."""


class Token(NamedTuple):
    """A word of time: its class, its value, and where it stands in the text."""

    kind: str
    value: Value
    start: int
    end: int


class Words(NamedTuple):
    """What one set of languages gives to the scan."""

    automaton: AhoCorasick
    entries: tuple[tuple[str, Value, bool], ...]
    """Class, value, and whether the word needs a capital, of each pattern of the automaton."""
    joins: dict[str, str]
    articles: dict[str, str]
    """`T` for the definite, `A` for the indefinite articles."""
    leads: frozenset[str]
    """Words before a bare number that make it a year."""
    firm: frozenset[str]
    """Words before a hesitant name that make it one of time."""
    hesitant: frozenset[str]
    """Names of months, weekdays and seasons that are ordinary words too."""
    month_first: bool
    """Whether 10/3 is 3 October."""


class Island(NamedTuple):
    """Words of time that stand together: the string of classes, and for each of its letters the token.

    Tokens stand at the even places, the signs between them (`None`) at the odd ones.
    """

    classes: str
    tokens: list[Token | None]


def _names(tag: str) -> Iterator[tuple[str, str, Value]]:
    """Class, word and value of the months and weekdays that CLDR has for a language and for its regions' calendars."""
    for name in lexicon(tag)["time"].get("calendars", [tag]):
        try:
            locale = Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            months, days = locale.months[context][width], locale.days[context][width]
            named = [("M", word, number) for number, word in months.items()]
            named += [("D", word, number + 1) for number, word in days.items()]
            # Abbreviations of two letters ("si", "to") are words of some other language.
            yield from (it for it in named if width == "wide" or len(it[1]) > 2)


def _words(tag: str) -> Iterator[tuple[str, str, Value]]:
    """Class, word and value of everything that a language's list of time words holds."""
    lists = lexicon(tag)["time"]
    yield from _names(tag)
    for section, kind in _SECTIONS.items():
        for value, words in lists.get(section, {}).items():
            for word in words:
                own = value if kind == "U" and value in "QC" else kind
                yield own, word, int(value) if kind in _LIKE_NUMBERS else value
    for kind, words in lists.get("shift", {}).items():
        for word in words:
            yield kind, word, word


@cache
def vocabulary(tags: tuple[str, ...]) -> Words:
    """Automaton and tables for a document in these languages; where two disagree, the first one is right."""
    entries: dict[str, tuple[str, Value, bool]] = {}
    joins: dict[str, str] = {}
    articles: dict[str, str] = {}
    for tag in tags:
        lists = lexicon(tag)["time"]
        capitals = bool(lists.get("capitals"))
        for kind, word, value in _words(tag):
            key = " " + (fold(word) if kind == "k" else " ".join(fold(word).split()))
            if len(key) > 2 or not key.isascii():
                entries.setdefault(key, (kind, value, capitals and kind in "MD"))
        joins |= {fold(word).strip(): sign for sign, words in lists.get("joins", {}).items() for word in words}
        articles |= {fold(word).strip(): "T" for word in lists.get("definite", ())}
        articles |= {fold(word).strip(): "A" for word in lists.get("indefinite", ())}
    return Words(
        AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
        tuple(entries.values()),
        joins,
        articles,
        frozenset(word for tag in tags for word in lexicon(tag)["time"].get("leads", ())),
        frozenset(word for tag in tags for word in lexicon(tag)["time"].get("firm", ())),
        frozenset(fold(word) for tag in tags for word in lexicon(tag)["time"].get("hesitant", ())),
        bool(tags) and _month_first(tags[0]),
    )


def _month_first(tag: str) -> bool:
    """Whether a language writes the month before the day in figures (its own list, else CLDR's short form)."""
    order = lexicon(tag)["time"].get("order")
    if order:
        return bool(order == "mdy")
    try:
        return str(Locale.parse(tag.replace("-", "_")).date_formats["short"].pattern).lstrip("\u200f").startswith("M")
    except (UnknownLocaleError, ValueError):
        return False


def scan(text: str, flat: str, words: Words) -> Iterator[Island]:
    """All words of time and all numbers of a text, in groups that stand together; `flat` is the text folded."""
    found = sorted([*_named(text, flat, words), *_numbers(flat, words.leads)], key=_START)
    classes: list[str] = []
    tokens: list[Token | None] = []
    last = 0
    for token in _telling(found):
        if token.start < last:
            continue
        article = _article(flat, last, token.start, words.articles)
        sign = _between(text, flat, last, article.start if article else token.start, words.joins)
        if sign == "|" or not classes:
            if classes:
                yield Island("".join(classes), tokens)
            classes, tokens = [], []
        else:
            classes.append(sign)
            tokens.append(None)
        if article:
            classes += (article.kind, " ")
            tokens += (article, None)
        classes.append(token.kind)
        tokens.append(token)
        last = token.end
    if classes:
        yield Island("".join(classes), tokens)


def _telling(found: list[Token]) -> Iterator[Token]:
    """Without the words that say nothing of time when no other word of time is near ("some", "first", a number)."""
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if (
            token.kind not in _WEAK
            or (after and after.start - token.end <= _FAR)
            or (before and token.start - before.end <= _FAR)
        ):
            yield token


def _named(text: str, flat: str, words: Words) -> Iterator[Token]:
    entries = words.entries
    length = len(flat)
    # A space ahead, so that the text's first word is found too; offsets then are those of the word itself, less one.
    for number, start, end in words.automaton.find_matches_as_indexes(" " + flat):
        end -= 1 + (flat[end - 2] == " ")
        if end < length and flat[end] != " ":
            continue
        kind, value, capital = entries[number]
        if not capital or text[start].isupper():
            yield Token(kind, value, start, end + (kind == "k" and text[end : end + 1] == "." == text[start + 1]))


def _glued(flat: str, start: int, leads: frozenset[str]) -> bool:
    """Whether only a lost space parts a number from the word before it: "on30 July"."""
    return flat[max(0, start - 8) : start].rpartition(" ")[2] in leads


def _numbers(flat: str, leads: frozenset[str]) -> Iterator[Token]:
    points = np.frombuffer(flat.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    digits = np.zeros(len(points) + 2, dtype=np.int8)
    digits[1:-1] = (points >= 48) & (points <= 57)
    edges = np.flatnonzero(np.diff(digits)).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start > 4 or (start and flat[start - 1] != " " and not _glued(flat, start, leads)):
            continue
        value = int(flat[start:end])
        if end == len(flat) or flat[end] == " ":
            kind = "d" if end - start < 3 else "y" if 1000 <= value < 2200 else "n"
            yield Token(kind, value, start, end)
        elif suffix := _SUFFIX.match(flat, end):
            kind = _SUFFIXED.get(suffix[1], "o")
            if kind == "o" or end - start == 4 or (kind == "s" and end - start == 2 and value % 10 == 0):
                yield Token(kind, value, start, suffix.end())


def _article(flat: str, last: int, start: int, articles: dict[str, str]) -> Token | None:
    """The article right before a word of time."""
    if start < 2 or flat[start - 1] != " ":
        return None
    low = max(last, start - 6)
    word = flat[low : start - 1].rpartition(" ")[2]
    kind = articles.get(word)
    begin = start - 1 - len(word)
    if kind is None or (begin > 0 and flat[begin - 1] != " "):
        return None
    return Token(kind, word, begin, start - 1)


def _between(text: str, flat: str, last: int, start: int, joins: dict[str, str]) -> str:
    """The sign for what lies between two words of time."""
    if start - last > _FAR:
        return "|"
    gap = text[last:start]
    if gap == " ":
        return " "
    if len(gap) == 1:
        return _SIGNS.get(gap, " " if gap.isspace() else "|")
    word = flat[last:start].strip()
    if word:
        return "'" if word == "s" and gap[0] in "'’" else joins.get(word, "|")
    return _SPACED.get("".join(gap.split()), "|") if gap.count("\n") < 2 else "|"


_SPACED = {"": " ", ",": ",", ".": ".", "،": ",", ".,": ",", "-": "-", "–": "-", "/": "/", "'": "'"}


def languages_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Primary subtags in their order, each once."""
    return tuple(dict.fromkeys(tag.split("-")[0] for tag in tags if tag not in ("und", "")))
