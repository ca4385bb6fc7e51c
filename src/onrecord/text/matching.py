"""Names in texts: every whole-word occurrence of any of many names, leftmost and longest first, in one pass.

An Aho-Corasick automaton reads the framed text (`text.framing`), where case, accents, vowel marks, kinds of hyphens and
apostrophes and line breaks make no difference; then each find is looked at in the text itself:

- A name's first capital must be one in the text ("front" is not Front), all of an acronym's ("who", "Who" are not WHO).
- Before a name in Arabic or Hebrew script a particle may be written on to it (وكتائب, بالاتحاد, ללשכה); the find begins
  behind it. للاتحاد is ل and الاتحاد, without its alef: the find is what is left.
- An apostrophe parts words, but a name is followed by it only where a suffix is that can follow a name ('s, Turkish
  'nun), and preceded only by an elided word (l'Union): Qur is not found in Qur'an, nor Neill in O'Neill.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct

from onrecord.text.folding import ROOTED
from onrecord.text.framing import APOSTROPHES, DROPPED, TABLE, VOWEL, WORD, Framed, Ints, narrow

BLOCK = 1 << 16
"""Code points of framed text that are searched at once: bounds the memory that finds take."""
ACRONYM = 8
"""Letters of the longest acronym: a longer name in capitals is one that somebody typed so."""
SHORT = 3
"""Letters of the shortest name of one word that may follow a particle: of shorter ones too many words end so."""

BETWEEN = "\uffff"
"""Parts the names of a list that is folded at once: no character, and no line break or letter."""

_LINES = regex.compile(r"[\n\u2028\u2029\uffff]")
_SEMITIC = regex.compile(r"[\u05d0-\u05ea\u0620-\u06ff]")
_ARTICLE = regex.compile(r"\A[^\w]*[اٱ][\p{M}ـ--\u0653-\u0655]*ل", regex.V1)
"""An article, not the beginning of ألمانيا: its alef has no hamza."""
_PARTICLES = regex.compile(r"[وف]?[بلكس]?|ו?(?:כש|מש|ש)?[בכלמ]?ה?")
_BEFORE_NAMES = np.zeros(0x110000, np.bool_)
"""Which signs of framed text may stand right before a name: the space of its word, the last letter of a particle."""
_BEFORE_NAMES[[ord(sign) for sign in " وفبلكسובכלמהש"]] = True
_CONTRACTED = regex.compile(r"[وف]?ل")
"""What stands before a name that has lost the alef of its article."""
_ELISIONS = frozenset(
    [
        "l",
        "d",
        "j",
        "m",
        "n",
        "s",
        "t",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "all",
        "dall",
        "dell",
        "nell",
        "sull",
        "coll",
        "un",
        "gl",
        "degl",
        "agl",
    ]
)
"""French, Italian and Catalan words that lose their vowel before a name."""
_SUFFIXES = frozenset(
    [
        "s",
        "ın",
        "in",
        "un",
        "ün",
        "nın",
        "nin",
        "nun",
        "nün",
        "ya",
        "ye",
        "da",
        "de",
        "ta",
        "te",
        "dan",
        "den",
        "tan",
        "ten",
        "na",
        "ne",
        "ndan",
        "nden",
        "yı",
        "yi",
        "yu",
        "yü",
        "la",
        "le",
        "yla",
        "yle",
        "nda",
        "nde",
        "lı",
        "li",
        "lu",
        "lü",
        "daki",
        "deki",
        "taki",
        "teki",
    ]
)
"""What follows a name behind an apostrophe: the English possessive, Turkish case endings."""
_AFTER = regex.compile(r"[\w\p{M}]{0,8}")
_BEFORE = regex.compile(r"(?<![\w\p{M}])[\w\p{M}]{1,8}\Z")


class Hit(Struct, frozen=True, gc=False):
    """`[start, end)` of the text in code points, and which name it is; `also`: other names that are spelled alike."""

    start: int
    end: int
    index: int
    also: tuple[int, ...] = ()


class _Pattern(NamedTuple):
    """The names that one pattern finds, with where in it each has its first capital (-1: none).

    `plain`: the names again, where finding the pattern is enough to mean them.
    """

    names: tuple[int, ...]
    capitals: tuple[int, ...]
    contracted: bool
    plain: tuple[int, ...]


class Matcher:
    """The automaton of a sequence of names. Names without any letter or digit are never found."""

    def __init__(self, aliases: Sequence[str]) -> None:
        self._aliases = aliases
        self._acronyms = frozenset(n for n, name in enumerate(aliases) if name.isupper() and _acronym(name))
        found: dict[tuple[str, bool], list[tuple[int, int]]] = {}
        for number, (frame, capital) in enumerate(_framed(aliases)):
            for pattern, contracted, cut in _patterns(frame, aliases[number]):
                found.setdefault((pattern, contracted), []).append((number, capital - cut if capital >= 0 else -1))
        keys = list(found)
        self._longest = max((len(pattern) for pattern, _ in keys), default=0)
        self._patterns = [self._pattern(found[key], contracted=key[1]) for key in keys]
        self._spaced = np.array([pattern[0] == " " for pattern, _ in keys], np.int64)
        self._demands = np.array([_demand(each) for each in self._patterns], np.int64)
        self._automaton = AhoCorasick(
            [narrow(pattern) for pattern, _ in keys], matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA, store_patterns=False,
        )  # fmt: skip

    def _pattern(self, found: list[tuple[int, int]], contracted: bool) -> _Pattern:
        names, capitals = zip(*found, strict=True)
        alike = capitals.count(capitals[0]) == len(capitals) and self._acronyms.isdisjoint(names)
        return _Pattern(names, capitals, contracted, names if alike else ())

    def find(self, text: str) -> Iterator[Hit]:
        """The names in a text, from left to right; where they overlap the first counts, then the longest."""
        for start, end in _pieces(text):
            framed = Framed(text[start:end])
            done = 0
            for block in range(0, len(framed.folded), BLOCK):
                for (begin, close), names in self._in_block(framed, block, done):
                    done = close
                    yield Hit(begin + start, close + start, names[0], tuple(names[1:]))

    def _in_block(self, framed: Framed, block: int, done: int) -> list[tuple[tuple[int, int], list[int]]]:
        """The hits that begin in a block of the framed text and not before `done`, each with its names in order."""
        found: list[tuple[tuple[int, int], list[int]]] = []
        last = (-1, -1)
        for number, start, at, begin, end in self._matches(framed, block):
            again = (begin, end) == last
            if begin < done and not again:
                continue
            pattern = self._patterns[number]
            span = self._bounds(framed, pattern, at, begin, end)
            if span is None:
                continue
            names = pattern.plain or self._meant(framed, pattern, start, *span)
            if again:
                found[-1][1][:] = sorted({*found[-1][1], *names})
            elif names:
                found.append((span, list(names)))
                last, done = (begin, end), span[1]
        return found

    def _matches(self, framed: Framed, block: int) -> Iterator[tuple[int, int, int, int, int]]:
        """What the automaton finds to begin in a block, by beginning, the longest first.

        Each with its pattern's number, its start and that of its first letter in the framed text, and its start and
        end in the text.
        """
        piece = framed.narrow[block : block + BLOCK + self._longest]
        matches = self._automaton.find_matches_as_indexes(piece, overlapping=True)
        if not matches:
            return iter(())
        numbers, starts, ends = np.array(matches, np.int64).T
        inside = starts < BLOCK
        numbers, starts, ends = self._possible(framed, numbers[inside], starts[inside] + block, ends[inside] + block)
        letters = starts + self._spaced[numbers]
        order = np.lexsort((-ends, letters))
        numbers, starts, ends, letters = numbers[order], starts[order], ends[order], letters[order]
        begins = framed.sources(framed.origins(letters))
        closes = framed.sources(framed.origins(ends - 2)) + 1
        return zip(*(each.tolist() for each in (numbers, starts, letters, begins, closes)), strict=True)

    def _possible(self, framed: Framed, numbers: Ints, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """The matches that have a capital where one is wanted, and a word's beginning or a particle's end in front."""
        before = framed.letters_at[starts + self._spaced[numbers] - 1]
        open_ended = _BEFORE_NAMES[before]
        numbers, starts, ends = numbers[open_ended], starts[open_ended], ends[open_ended]
        demands = self._demands[numbers]
        wanted = np.flatnonzero(demands >= 0)
        keep = np.ones(len(numbers), np.bool_)
        keep[wanted] = framed.capital(starts[wanted] + demands[wanted])
        return numbers[keep], starts[keep], ends[keep]

    def _bounds(self, framed: Framed, pattern: _Pattern, at: int, begin: int, end: int) -> tuple[int, int] | None:
        """Where a match begins and ends in the text; `None` where it is part of a longer word."""
        text, folded = framed.text, framed.folded
        if pattern.contracted or folded[at - 1] != " ":
            if not self._after_particle(pattern, folded, at):
                return None
        else:
            if begin and text[begin - 1] > "\x7f":
                begin = _with_dropped(text, begin)
            if begin and text[begin - 1] in APOSTROPHES and not _elided(text, begin - 1):
                return None
        while (
            end < len(text) and text[end] > "\x7f" and TABLE.kind[ord(text[end])] == DROPPED and WORD.match(text[end])
        ):
            end += 1
        if end < len(text) and text[end] in APOSTROPHES and not _suffix(text, end + 1):
            return None
        return begin, end

    def _after_particle(self, pattern: _Pattern, folded: str, at: int) -> bool:
        """Whether what stands before a name in its word is a particle, or several."""
        space = folded.rfind(" ", max(at - 8, 0), at)
        before = folded[space + 1 : at]
        if space < 0 or pattern.contracted:
            return space >= 0 and _CONTRACTED.fullmatch(before) is not None
        close = folded.find(" ", at)
        if not _PARTICLES.fullmatch(before) or before + folded[at:close] in ROOTED:
            return False
        letters = close - at
        several = len(self._aliases[pattern.names[0]].split()) > 1
        return several or letters > SHORT or (letters == SHORT and "س" not in before)

    def _meant(self, framed: Framed, pattern: _Pattern, start: int, begin: int, end: int) -> list[int]:
        """Of the names that are spelled so, those whose capitals the text has."""
        names = list(pattern.names)
        if len(names) > 1:
            names = [name for name, capital in zip(names, pattern.capitals, strict=True)
                     if capital < 0 or framed.capital(np.array([start + capital]))[0]]  # fmt: skip
        if self._acronyms.isdisjoint(names):
            return names
        exact = framed.text[begin:end]
        return names if exact == exact.upper() else [name for name in names if name not in self._acronyms]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """A long text in parts that end at an empty line, which no name crosses; small arrays stay in the cache."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start + BLOCK)
        end = len(text) if end < 0 else end
        yield start, end
        start = end


def _demand(pattern: _Pattern) -> int:
    """Where in a pattern a capital must be for any of its names to be meant; -1 where it need not."""
    first = pattern.capitals[0]
    return first if pattern.capitals.count(first) == len(pattern.capitals) else -1


def _acronym(name: str) -> bool:
    return 2 <= sum(map(str.isalpha, name)) <= ACRONYM


def _framed(aliases: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each name framed, and where in that its first capital is (-1: nowhere); all at once, as one by one is slow."""
    if not aliases:
        return iter(())
    framed = Framed(BETWEEN.join(_LINES.sub(" ", name) for name in aliases))
    parts = np.flatnonzero(framed.points == ord(BETWEEN))
    points = framed.points
    capitals = np.flatnonzero(TABLE.capital[points] & (TABLE.kind[points] >= VOWEL))
    owners, first = np.unique(np.searchsorted(parts, capitals), return_index=True)
    begins = np.concatenate((np.zeros(1, np.int64), framed.letters(parts) + 1))
    found = np.full(len(begins), -1, np.int64)
    found[owners] = framed.letters(capitals[first]) - begins[owners]
    return zip(framed.folded.split(BETWEEN), found.tolist(), strict=True)


def _patterns(frame: str, name: str) -> Iterator[tuple[str, bool, int]]:
    """What to look for: pattern, whether it has lost the article's alef, and what was cut off the frame's front."""
    first = frame.find(" ")
    if first < 0:
        return
    pattern = frame[first : frame.rfind(" ") + 1]
    if not _SEMITIC.match(pattern, 1):
        yield pattern, False, first
        return
    yield pattern[1:], False, first + 1
    if pattern.startswith("ال", 1) and _ARTICLE.search(name):
        cut = 3 if pattern[3] == "ل" else 2
        yield pattern[cut:], True, first + cut


def _with_dropped(text: str, begin: int) -> int:
    """The beginning of a word with the letters in front that folding drops, such as the sign of an ayn."""
    while begin and TABLE.kind[ord(text[begin - 1])] == DROPPED and text[begin - 1].isalpha():
        begin -= 1
    return begin


def _suffix(text: str, at: int) -> bool:
    """Whether what follows an apostrophe is nothing, or a suffix of names."""
    after = _AFTER.match(text, at)
    return after is None or not after[0] or after[0].lower() in _SUFFIXES


def _elided(text: str, apostrophe: int) -> bool:
    """Whether what stands before an apostrophe is nothing, or an elided word."""
    if not apostrophe or not WORD.match(text[apostrophe - 1]):
        return True
    before = _BEFORE.search(text[max(apostrophe - 9, 0) : apostrophe])
    return before is not None and before[0].lower() in _ELISIONS
