"""A text in small letters and ASCII digits with a space for every other sign, of the same length, for word lists.

(Search has a folding of its own, which may change lengths; here every offset must hold.)
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np

from onrecord.model import Document


@cache
def _table() -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """What each code point up to U+FFFF becomes; those above become a space."""
    table = np.array([_one(chr(n)) for n in range(0x10000)], dtype=np.uint32)
    table[0xFFFF] = ord(" ")
    return table


def _one(char: str) -> int:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return ord("0") + digit
    if not char.isalpha() and not unicodedata.category(char).startswith("M"):
        return ord(" ")
    small = char.lower()
    return ord(small) if len(small) == 1 else ord(char)


def fold(text: str) -> str:
    """The folded text; `fold(text)[a:b]` stands for `text[a:b]`."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _table()[np.minimum(points, 0xFFFF)].tobytes().decode("utf-32-le", "surrogatepass")


def find(document: Document) -> str:
    return fold(document.text)
