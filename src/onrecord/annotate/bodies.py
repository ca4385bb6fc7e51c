"""Names that a run of capitalised words does not hold whole, because words in lower case belong to them.

A people's name or a state's abbreviation makes a name of a body with the noun behind it ("Orskan security forces", "UK
government"), what one leads is called after it ("the Orskan-led coalition"), and some known names have a small word
inside ("Bosnia and Herzegovina").
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onrecord.annotate.vocabulary import Vocabulary, vocabulary
from onrecord.model import EntityType

_LED = ("-led", "‑led")


class Whole(NamedTuple):
    """Start and end in the text, and the type."""

    start: int
    end: int
    kind: EntityType


def whole(text: str, start: int, end: int, words: Vocabulary) -> Whole | None:
    """The name of which the run `text[start:end]` is the first part; `None` where the run is all there is."""
    first = first_part(text[start:end], words.tag)
    if first is None:
        return None
    if isinstance(first, tuple):
        name = next((it for it in first if _stands(it, text, start)), None)
        return Whole(start, start + len(name), words.known[name]) if name else None
    pattern = words.led if text.endswith(_LED, start, end) else words.bodies
    match = pattern.match(text, end) if pattern else None
    return Whole(start + first, match.end(), "organization") if match else None


@lru_cache(maxsize=1 << 14)
def first_part(run: str, tag: str) -> tuple[str, ...] | int | None:
    """What a run is the first part of, if anything: known names that begin as it does, or the offset of the peoples'
    names that end it. `None` for nearly every run, so that a caller can ask this first.
    """
    words = vocabulary(tag)
    if words is None:
        return None
    first, last = run.partition(" ")[0], run.rpartition(" ")[2]
    if first in words.long:
        return words.long[first]
    return _people(run, words) if last in words.peoples or last.endswith(_LED) else None


def _stands(name: str, text: str, at: int) -> bool:
    return text.startswith(name, at) and not text[at + len(name) : at + len(name) + 1].isalnum()


def _people(run: str, words: Vocabulary) -> int:
    """Where the peoples' names begin that end the run: "Sunni Arab" in "Then Sunni Arab"."""
    at = run.rfind(" ") + 1
    while at:
        before = run.rfind(" ", 0, at - 1) + 1
        if run[before : at - 1] not in words.demonyms:
            break
        at = before
    return at
