"""Words for the cells of a spreadsheet that must not be run as a formula, and back.

Words that begin with `=`, `+`, `-` or `@` (or their full-width forms, a tab, a line break, or any of these after white
space) get an apostrophe in front, and so do words that begin with an apostrophe: so `disarmed` is reversible.
"""

from __future__ import annotations

GUARD = "'"
_FORMULA = frozenset("=+-@＝＋－＠")
_FIRST = frozenset("\t\r\n" + GUARD)


def disarmed(words: str) -> str:
    """The words, with an apostrophe in front where a spreadsheet would run them, or where one stands there already."""
    return GUARD + words if words[:1] in _FIRST or words.lstrip()[:1] in _FORMULA else words


def rearmed(cell: str) -> str:
    """The words that `disarmed` was given; a cell that it did not make ("'Abd al-Nur") stays as it is."""
    words = cell.removeprefix(GUARD)
    return words if disarmed(words) == cell else cell
