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

import numpy as np
import regex
from numpy.typing import NDArray

from onrecord.text.folding import UNSPACED, fold_one, mend_hebrew

DROPPED, SOFT, BREAK, HARD, VOWEL, SIGN, LETTER = range(1, 8)
"""What a code point is: left out; parting words without a trace, or as the end of a line; a sign that stays; a vowel
sign, or a letter, of a script without spaces; a letter of the others. From VOWEL on they are parts of words."""
APOSTROPHES = "'’‘ʼ′＇ˈˊ"
_SOFT = frozenset(APOSTROPHES + "_·・‧･־")
_QUOTES = dict.fromkeys("\"“”„‟«»″＂", '"')

Ints = NDArray[np.int64]
Points = NDArray[np.uint32]


class _Table:
    """What is known of each code point, worked out when it is first met."""

    def __init__(self) -> None:
        self.kind: NDArray[np.uint8] = np.zeros(0x110000, np.uint8)
        self.capital: NDArray[np.bool_] = np.zeros(0x110000, np.bool_)
        self.length: NDArray[np.uint8] = np.zeros(0x110000, np.uint8)
        self.first: Points = np.zeros(0x110000, np.uint32)
        self.more: dict[int, str] = {}

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
        return BREAK, ""
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


class Framed:
    """A text and its framed folding. `start` and `end` lead from an offset there to one of the text, in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        points = np.frombuffer(_mended(text).encode("utf-32-le", "surrogatepass"), np.uint32)
        kind = TABLE.kind[points]
        if not kind.all():
            TABLE.learn(np.unique(points[kind == 0]).tolist())
            kind = TABLE.kind[points]
        self._at: Ints | None = None
        if (kind == DROPPED).any():
            self._at = np.flatnonzero(kind != DROPPED)
            points, kind = points[self._at], kind[self._at]
        self.points = points
        self.folded, self._offsets, self._begins = _frame(points, kind)

    def origins(self, places: Ints) -> Ints:
        """For offsets of letters in `folded`, their places in `points`."""
        return np.searchsorted(self._offsets, places, side="right") - 1

    def sources(self, origins: Ints) -> Ints:
        """For places in `points`, their offsets in the text."""
        return origins if self._at is None else self._at[origins]

    def capital(self, places: Ints) -> NDArray[np.bool_]:
        """Whether the letters at offsets in `folded` are capitals in the text."""
        return TABLE.capital[self.points[self.origins(places)]]

    def letters(self, origins: Ints) -> Ints:
        """For places in `points`, the offsets in `folded` where what stands for them begins."""
        return self._offsets[origins] + self._begins[origins]


def _mended(text: str) -> str:
    return text if text.isascii() else mend_hebrew(text)


def _frame(points: Points, kind: NDArray[np.uint8]) -> tuple[str, Ints, NDArray[np.bool_]]:
    """The folded words in their frames, where each code point's part begins, and which of them begin a word."""
    kind = _empty_lines(_full_stops(points, kind))
    word = kind >= VOWEL
    before = np.concatenate((np.zeros(1, np.uint8), kind[:-1]))
    begins = (kind == SIGN) | ((kind == LETTER) & (before != LETTER)) | ((kind == VOWEL) & (before < VOWEL))
    goes_on = np.concatenate((word[1:] & ~begins[1:], np.zeros(min(len(kind), 1), np.bool_)))
    ends = word & ~goes_on
    length = np.where((kind == SOFT) | (kind == BREAK), 0, TABLE.length[points]).astype(np.int64)
    length[(kind == HARD) & (length == 0)] = 1
    sizes = length + begins + ends
    offsets = np.cumsum(sizes) - sizes
    out = np.full(int(sizes.sum()), ord(" "), np.uint32)
    shown = np.flatnonzero(length)
    letters = offsets[shown] + begins[shown]
    out[letters] = np.where(points[shown] == 0x0A, 0x0A, TABLE.first[points[shown]])
    for at in np.flatnonzero(length > 1).tolist():
        more = TABLE.more[int(points[at])]
        place = int(offsets[at]) + int(begins[at])
        out[place : place + len(more)] = [ord(char) for char in more]
    return out.tobytes().decode("utf-32-le"), offsets, begins


def _full_stops(points: Points, kind: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A full stop after one or two letters parts words without a trace."""
    stops = np.flatnonzero(points == ord("."))
    if not len(stops):
        return kind
    padded = np.concatenate((np.zeros(3, np.uint8), kind)) >= VOWEL
    short = padded[stops + 2] & ~(padded[stops + 1] & padded[stops])
    kind = kind.copy()
    kind[stops[short]] = SOFT
    return kind


def _empty_lines(kind: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The second of two line breaks with nothing between them is a sign that stays."""
    breaks = np.flatnonzero(kind == BREAK)
    if len(breaks) < 2:
        return kind
    between = np.add.reduceat(kind >= HARD, breaks, dtype=np.int64)
    kind = kind.copy()
    kind[breaks[1:][between[:-1] == 0]] = HARD
    return kind


WORD = regex.compile(r"[\w\p{M}--_]", regex.V1)
"""What a name neither begins nor ends in the middle of; "_" parts words as in "#Harbour_Union"."""
