"""A text as folded words, each in a frame of two spaces, with the way back: what names are looked for in.

"The Harbour-\\nUnion, said" becomes " the  harbour  union ,  said ". As every word has its own space on either side, a
pattern " harbour  union " finds whole words only, and matches that follow one another do not share a space. Letters are
folded as `text.folding` folds them. Spaces, hyphens and dashes, apostrophes and one line break part words and leave no
trace; other signs, and an empty line, stay between the words ("Harbour. Union" is not "Harbour Union"); the full stop
after one or two letters ("St. Marn", "U.N.") does not. In scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer,
Burmese) each letter, with the vowel signs that it carries, is a word.

Done with tables over all code points in numpy, as every text is read through here.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from onrecord.text.folding import UNSPACED, fold_one, mend_hebrew

DROPPED, SOFT, BREAK, HARD, VOWEL, SIGN, LETTER = range(1, 8)
"""What a code point is: left out; parting words without a trace, or as the end of a line; a sign that stays; a vowel
sign, or a letter, of a script without spaces; a letter of the others. From VOWEL on they are parts of words."""
APOSTROPHES = "'’‘ʼ′＇ˈˊ"
_SOFT = frozenset(APOSTROPHES + "_·・‧･־")
_QUOTES = dict.fromkeys('"“”„‟«»″＂', '"')

_ARABIC = range(0x621, 0x6D4)
_LETTERS_OF_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىپچژگکیۀڤئؤآأإ"
"""The ones that are left after folding, and some that may be; the rest stay as they are."""
_FREE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "".join(map(chr, (*range(1, 9), *range(14, 32))))
"""Signs of one byte that no folded text holds: capitals, and control characters."""
_NARROW = dict(zip(map(ord, _LETTERS_OF_ARABIC), _FREE, strict=False))
_NARROWED = np.array([ord(_NARROW.get(code, chr(code))) for code in _ARABIC], np.uint32)

Ints = NDArray[np.int64]
Points = NDArray[np.uint32]
Kinds = NDArray[np.uint8]
Letters = NDArray[Any]
"""Code points: bytes where all are ASCII."""


class _Table:
    """What is known of each code point, worked out when it is first met."""

    def __init__(self) -> None:
        self.kind: NDArray[np.uint8] = np.zeros(0x110000, np.uint8)
        self.capital: NDArray[np.bool_] = np.zeros(0x110000, np.bool_)
        self.length: NDArray[np.uint8] = np.zeros(0x110000, np.uint8)
        self.first: Points = np.zeros(0x110000, np.uint32)
        self.more: dict[int, str] = {}

    def meet(self, points: Points) -> None:
        """Work out those of the code points that are new."""
        new = self.kind[points] == 0
        if new.any():
            self.learn(np.unique(points[new]).tolist())

    def learn(self, codes: list[int]) -> None:
        for code in codes:
            kind, folded = _one(chr(code))
            self.length[code] = len(folded)
            self.first[code] = ord(folded[0]) if folded else 0
            if len(folded) > 1:
                self.more[code] = folded
            self.capital[code] = chr(code).isupper() or unicodedata.category(chr(code)) == "Lt"
            self.kind[code] = kind


def _one(char: str) -> tuple[int, str]:
    """The kind of a code point and what stands for it."""
    category = unicodedata.category(char)
    folded = fold_one(char)
    if not folded:
        return DROPPED, ""
    if char == "\n" or category in ("Zl", "Zp"):
        return BREAK, "\n"
    if char in _SOFT or category in ("Pd", "Zs", "Cc"):
        return SOFT, ""
    if category == "Cs":
        return HARD, "\ufffd"
    word = folded.replace(" ", "")
    if not word or category == "No":
        return HARD, _QUOTES.get(char, unicodedata.normalize("NFKC", char)[:1].strip() or char)
    if UNSPACED.match(char):
        return (VOWEL if category[0] == "M" else SIGN), word
    return LETTER, word


TABLE = _Table()
TABLE.learn(list(range(128)))
_ASCII_KINDS = TABLE.kind[:128].tobytes() + bytes(128)
_ASCII_LETTERS = TABLE.first[:128].astype(np.uint8).tobytes() + bytes(128)


class Framed:
    """A text and its framed folding, with the ways from offsets there (`places`) to the text.

    `origins` are places among the code points that folding does not drop; all are arrays, as a text has many of each.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        points = np.frombuffer(_mended(text).encode("utf-32-le", "surrogatepass"), np.uint32)
        kind: Kinds
        first: Letters
        if text.isascii():
            data = text.encode("ascii")
            kind = np.frombuffer(data.translate(_ASCII_KINDS), np.uint8)
            first = np.frombuffer(data.translate(_ASCII_LETTERS), np.uint8)
            length = (kind >= HARD).view(np.uint8)
        else:
            TABLE.meet(points)
            kind, first, length = TABLE.kind[points], TABLE.first[points], TABLE.length[points]
        self._kept: Ints | None = None
        if (kind == DROPPED).any():
            self._kept = np.flatnonzero(kind != DROPPED)
            points, kind = points[self._kept], kind[self._kept]
            first, length = first[self._kept], length[self._kept]
        self.points = points
        self.letters_at, self._offsets, self._begins = _frame(points, kind, first, length)
        self.folded = _decoded(self.letters_at)
        self.narrow = self.folded if self.letters_at.dtype == np.uint8 else _decoded(_narrowed(self.letters_at))
        """`folded` with Arabic letters as signs of one byte in UTF-8, which automata read in half the time."""

    def origins(self, places: Ints) -> Ints:
        """For places of letters in `folded`, their origins."""
        return np.searchsorted(self._offsets, places, side="right") - 1

    def sources(self, origins: Ints) -> Ints:
        """For origins, their offsets in the text."""
        return origins if self._kept is None else self._kept[origins]

    def capital(self, places: Ints) -> NDArray[np.bool_]:
        """Whether the letters at places in `folded` are capitals in the text."""
        return TABLE.capital[self.points[self.origins(places)]]

    def letters(self, origins: Ints) -> Ints:
        """For origins, the places in `folded` where what stands for them begins."""
        return self._offsets[origins] + self._begins[origins]


def narrow(folded: str) -> str:
    """A folded text as `Framed.narrow` has it."""
    return folded.translate(_NARROW)


def _decoded(letters: Letters) -> str:
    return letters.tobytes().decode("latin-1" if letters.dtype == np.uint8 else "utf-32-le")


def _narrowed(letters: Letters) -> Letters:
    at = np.flatnonzero((letters >= _ARABIC.start) & (letters < _ARABIC.stop))
    if not len(at):
        return letters
    letters = letters.copy()
    letters[at] = _NARROWED[letters[at] - _ARABIC.start]
    return letters


def _mended(text: str) -> str:
    return text if text.isascii() else mend_hebrew(text)


def _frame(points: Points, kind: Kinds, first: Letters, length: Kinds) -> tuple[Letters, Ints, NDArray[np.bool_]]:
    """The framed letters, where each code point's part of them begins, and which code points begin a word."""
    if not len(kind):
        return first, np.zeros(0, np.int64), np.zeros(0, np.bool_)
    kind = _empty_lines(_full_stops(points, kind))
    word = kind >= VOWEL
    before = np.concatenate((np.zeros(1, np.uint8), kind[:-1]))
    begins = (kind == SIGN) | ((kind == LETTER) & (before != LETTER)) | ((kind == VOWEL) & (before < VOWEL))
    ends = word.copy()
    ends[:-1] &= begins[1:] | ~word[1:]
    sizes = np.where(word, length, (kind == HARD).view(np.uint8)) + begins + ends
    closes = np.cumsum(sizes, dtype=np.int64)
    offsets = closes - sizes
    out = np.repeat(first, sizes)
    out[offsets[begins]] = ord(" ")
    out[closes[ends] - 1] = ord(" ")
    for at in np.flatnonzero(word & (length > 1)).tolist():
        more = TABLE.more[int(points[at])]
        place = int(offsets[at]) + int(begins[at])
        out[place : place + len(more)] = [ord(char) for char in more]
    return out, offsets, begins


def _full_stops(points: Points, kind: Kinds) -> Kinds:
    """A full stop after one or two letters parts words without a trace."""
    stops = np.flatnonzero(points == ord("."))
    if not len(stops):
        return kind
    padded = np.concatenate((np.zeros(3, np.uint8), kind)) >= VOWEL
    short = padded[stops + 2] & ~(padded[stops + 1] & padded[stops])
    kind = kind.copy()
    kind[stops[short]] = SOFT
    return kind


def _empty_lines(kind: Kinds) -> Kinds:
    """The second of two line breaks with nothing between them is a sign that stays."""
    breaks = np.flatnonzero(kind == BREAK)
    if len(breaks) < 2:
        return kind
    between = np.add.reduceat((kind >= HARD).view(np.uint8), breaks, dtype=np.int64)
    kind = kind.copy()
    kind[breaks[1:][between[:-1] == 0]] = HARD
    return kind


WORD = regex.compile(r"[\w\p{M}--_]", regex.V1)
"""What a name neither begins nor ends in the middle of; "_" parts words as in "#Harbour_Union"."""
