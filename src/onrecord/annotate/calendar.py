"""The words of time in a text as a short string of classes, one letter a word, so that a grammar is a few patterns.

`scan` finds the words of every list in `lexicon/*/time.toml`, the names of months and weekdays that CLDR has for the
language, and all numbers; each becomes one letter (`M` a month, `D` a weekday, `d` a number of one or two digits, …)
and what lies between two of them becomes one sign (a space, `-`, `/`, `=` for "of", `|` for anything else). "the 3rd of
May 2024" is `T o=M y`. Grammar over such a string is the same for all languages; the words are data.

Folded texts are searched by one automaton, so the cost hardly grows with the number of languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from babel import Locale, UnknownLocaleError

from onrecord.annotate import wordforms
from onrecord.annotate.folding import fold
from onrecord.annotate.numerals import Token, Value, figures, joined
from onrecord.lexicon import lexicon

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
    "decades": "s",
    "halves": "h",
    "holidays": "H",
    "recurring": "W",
}
_ERAS = {"lunar": "J", "solar": "K", "lunar_marks": "I", "solar_marks": "Z", "our_marks": "G"}
"""Sections of `eras.toml`: months of the two Hijri calendars, and what stands with a year to tell its era."""
_LIKE_NUMBERS = frozenset("MDnoSWJKs")
_SIGNS = {"-": "-", "–": "-", "—": "-", "‑": "-", "/": "/", ".": ".", ":": ":", ",": ";", "،": ";"}
_WEAK = frozenset("nodfltxebamvVBhwrpqcijIZG")
HINTS = ("plurals", "spans", "rated", "ends", "deadlines", "told", "percent")
"""Lists of a language that rules ask for by name; what each is for stands in `lexicon/en/time.toml`."""
_CAPITAL = frozenset("MDJKIZG")
_LISTS = ("time", "eras")
_START = attrgetter("start")
_FAR = 16
"""Words of time with more code points between them do not belong together."""

_FARTHEST = 32
"""Unless the words between them join them: "1445, correspondant au 22 mars"."""


class Words(NamedTuple):
    """What one set of languages gives to the scan."""

    automaton: AhoCorasick
    entries: tuple[tuple[str, Value, bool, int], ...]
    """Of each pattern: class, value, whether it needs a capital, how much of its start is written onto it."""
    joins: dict[str, str]
    articles: dict[str, str]
    """`T` for the definite, `A` for the indefinite articles, `w` for "that"."""
    leads: frozenset[str]
    """Words before a bare number that make it a year."""
    firm: frozenset[str]
    """Words before a hesitant name that make it one of time."""
    hesitant: frozenset[str]
    """Names of months, weekdays and seasons that are ordinary words too."""
    hints: dict[str, frozenset[str]]
    """Further lists of words that decide what an expression is, by their name in the lexicon (`HINTS`)."""
    nearly: tuple[str, ...]
    """Words such as "at least" before a length of time, each with a space on either side."""
    month_first: bool | None
    """Whether 10/3 is 3 October; `None` where writers of the language do either."""
    undotted: dict[int, Value]
    """Numbers that an abbreviated month is without its stop: "sept. 2024", "sept jours"."""
    other_orders: bool
    """Whether a language other than English is among them."""
    era: str = "y"
    """The class of a bare year that would lie in the Middle Ages, were it one of our era."""


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
    yield from (("s", word, value) for word, value in wordforms.decades(tag))
    eras = lexicon(tag)["eras"]
    for section, kind in _ERAS.items():
        for value, words in eras.get(section, {}).items():
            yield from ((kind, word, int(value) if kind in _LIKE_NUMBERS else value) for word in words)


@cache
def vocabulary(tags: tuple[str, ...]) -> Words:
    """Automaton and tables for a document in these languages; where two disagree, the first one is right."""
    entries: dict[str, tuple[str, Value, bool, int]] = {}
    undotted: dict[str, Value] = {}
    joins: dict[str, str] = {}
    articles: dict[str, str] = {}
    for tag in tags:
        lists = lexicon(tag)["time"]
        capitals = bool(lists.get("capitals"))
        for kind, word, value in _words(tag):
            for key, skip in wordforms.keys(tag, kind, word):
                if kind == "n" and entries.get(key, "n")[0] == "M":
                    undotted[key] = value
                if len(key) > 2 or not key.isascii():
                    entries.setdefault(key, (kind, value, capitals and kind in _CAPITAL, skip))
        joins |= {fold(word).strip(): sign for sign, words in lists.get("joins", {}).items() for word in words}
        joins |= {fold(word).strip(): "/" for word in lexicon(tag)["eras"].get("equals", ())}
        articles |= {fold(word).strip(): "T" for word in lists.get("definite", ())}
        articles |= {fold(word).strip(): "A" for word in lists.get("indefinite", ())}
        articles |= {fold(word).strip(): "w" for word in lists.get("demonstrative", ())}
    return Words(
        AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
        tuple(entries.values()),
        joins,
        articles,
        frozenset(word for tag in tags for word in lexicon(tag)["time"].get("leads", ())),
        frozenset(word for tag in tags for word in lexicon(tag)["time"].get("firm", ())),
        frozenset(fold(word) for tag in tags for name in _LISTS for word in lexicon(tag)[name].get("hesitant", ())),
        {name: frozenset(it for tag in tags for it in _hints(tag, name)) for name in HINTS},
        tuple(f" {word} " for tag in tags for word in lexicon(tag)["time"].get("nearly", ())),
        _month_first(tags[0]) if tags else None,
        {n: undotted[key] for n, key in enumerate(entries) if key in undotted},
        any(tag != "en" for tag in tags),
        str(lexicon(tags[0])["eras"].get("unmarked", "y")) if tags else "y",
    )


def _hints(tag: str, name: str) -> Iterator[str]:
    """The words of a list, in all their spellings."""
    for word in lexicon(tag)["time"].get(name, ()):
        yield from wordforms.spellings(tag, word)


def _month_first(tag: str) -> bool | None:
    """Whether a language writes the month before the day in figures (its own list, else CLDR's short form)."""
    order = lexicon(tag)["time"].get("order")
    if order:
        return {"mdy": True, "dmy": False}.get(order)
    try:
        return str(Locale.parse(tag.replace("-", "_")).date_formats["short"].pattern).lstrip("\u200f").startswith("M")
    except (UnknownLocaleError, ValueError):
        return False


def scan(text: str, flat: str, words: Words) -> Iterator[Island]:
    """All words of time and all numbers of a text, in groups that stand together; `flat` is the text folded."""
    numbers = figures(text, flat, words.leads, words.hints["percent"])
    found = sorted([*_named(text, flat, words), *numbers], key=_START)
    if words.era != "y":
        found = [_in_era(token, words.era) for token in found]
    found = list(joined(found, flat, words.joins))
    classes: list[str] = []
    tokens: list[Token | None] = []
    last = 0
    for token in _telling(found):
        if token.start < last:
            continue
        article = _article(flat, last, token.start, words.articles)
        sign = _between(text, flat, last, article.start if article else token.start, words.joins)
        if classes and token.kind == "M" == classes[-1] and (one := _one(tokens[-1], token, sign, text)):
            tokens[-1], last = one, one.end
            continue
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


def _one(before: Token | None, token: Token, sign: str, text: str) -> Token | None:
    """One month in two names ("آذار/مارس", "nisan (avril)") as one token."""
    if before is None or sign not in "/(" or before.value != token.value:
        return None
    end = token.end + (sign == "(" and text[token.end : token.end + 1] == ")")
    return Token("M", token.value, before.start, end)


def _in_era(token: Token, era: str) -> Token:
    """A bare year as the document's own calendar counts it."""
    old = token.kind == "y" and 1280 <= int(token.value) <= 1480 and token.end - token.start == 4
    return token._replace(kind=era) if old else token


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
    entries, undotted = words.entries, words.undotted
    length = len(flat)
    # A space ahead, so that the text's first word is found too; offsets then are those of the word itself, less one.
    for number, start, end in words.automaton.find_matches_as_indexes(" " + flat):
        end -= 1 + (flat[end - 2] == " ")
        if end < length and flat[end] != " ":
            continue
        kind, value, capital, skip = entries[number]
        if number in undotted and text[end : end + 1] != "." and not flat[end + 1 : end + 5].isdecimal():
            kind, value = "n", undotted[number]
        if not capital or text[start].isupper():
            yield Token(
                kind, value, start + skip, end + (kind == "k" and text[end : end + 1] == "." == text[start + 1])
            )


def _article(flat: str, last: int, start: int, articles: dict[str, str]) -> Token | None:
    """The article right before a word of time."""
    if start - last < 2 or flat[start - 1] != " ":
        return None
    low = max(last, start - 6)
    begin = flat.rfind(" ", low, start - 1) + 1 or low
    word = flat[begin : start - 1]
    kind = articles.get(word)
    if kind is None or (begin > 0 and flat[begin - 1] != " "):
        return None
    return Token(kind, word, begin, start - 1)


def _between(text: str, flat: str, last: int, start: int, joins: dict[str, str]) -> str:
    """The sign for what lies between two words of time."""
    if start - last > _FAR:
        return joins.get(flat[last:start].strip(), "|") if start - last < _FARTHEST else "|"
    gap = text[last:start]
    if gap == " ":
        return " "
    if len(gap) == 1:
        return _SIGNS.get(gap, " " if gap.isspace() else "|")
    word = flat[last:start].strip()
    if word:
        return "'" if word == "s" and gap[0] in "'’" else joins.get(word, "|")
    return _SPACED.get("".join(gap.split()), "|") if gap.count("\n") < 2 else "|"


_SPACED = {"": " ", ",": ",", ".": ".", "،": ",", ".,": ",", "-": "-", "–": "-", "/": "/", "'": "'", "(": "("}


def languages_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Primary subtags in their order, each once."""
    return tuple(dict.fromkeys(tag.split("-")[0] for tag in tags if tag not in ("und", "")))
