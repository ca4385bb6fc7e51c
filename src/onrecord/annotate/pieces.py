"""The words of which numbers are made, in every form that a language gives them, from `lexicon/*/quantities.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct


class Piece(Struct, frozen=True):
    """A word of a number: `scale` multiplies what stands before it, others add to it."""

    value: float
    scale: bool = False
    lead: str = ""
    """A small word written onto it."""


def pieces(words: dict[str, Any], leads: tuple[str, ...]) -> Iterator[tuple[str, Piece]]:
    """Every word of a number in every form that it may have; a form that two share is the one given first."""
    adding: dict[str, float] = {}
    for table in ("units", "teens", "tens", "hundreds", "double_scales"):
        adding |= words.get(table, {})
    adding |= _compounds(words)
    for form, value, lead in led(words["scales"], leads, words):
        yield form, Piece(value, True, lead)
    for form, value, lead in led(adding, leads, words):
        yield form, Piece(value, False, lead)


def _compounds(words: dict[str, Any]) -> dict[str, float]:
    """ "twenty-one", "quatre-vingt-dix-sept"."""
    found: dict[str, float] = {}
    for ten, tens in words["tens"].items():
        small = dict(words["units"])
        if words.get("vigesimal") and tens in (60, 80):
            small |= words["teens"]
        for unit, value in small.items():
            found |= {f"{ten}{joint}{unit}": tens + value for joint in words["joints"]}
    return found


def shares(words: dict[str, Any]) -> dict[str, float]:
    """ "third", and "two-thirds"."""
    single: dict[str, float] = words["shares"]
    joined = {
        f"{word}-{share}": round(value * count, 3)
        for word, count in words["units"].items()
        for share, value in single.items()
        if words["joints"] and count * value < 1
    }
    return single | joined


def magnitudes(words: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """What "tens of" multiplies: "thousands", and its kind."""
    for form, value, _ in led(words["scales"], ("",), words):
        if value >= 1000:
            yield form, value
    for form, value, _ in led(words["lots"], ("",), words):
        if value >= 2000:
            yield form, value / 2


def duals(words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The dual of a counted noun, to the noun."""
    for listed, endings in (("duals", ("ان", "ين")), ("men", ("ان",))):
        for noun in words.get(listed, ()):
            stem = f"{noun[:-1]}ت" if noun.endswith("ة") else noun
            for ending in endings:
                yield f"{stem}{ending}", noun


def led(table: Mapping[str, float], leads: tuple[str, ...], words: dict[str, Any]) -> Iterator[tuple[str, float, str]]:
    """Each word with every small word and the article that may be written onto it, and without hamza."""
    article = words.get("article", "")
    for word, value in table.items():
        if not article:
            yield word, value, ""
            continue
        for form in {word, word.replace("أ", "ا").replace("إ", "ا")}:
            for lead in leads:
                yield f"{lead}{form}", value, lead
                yield f"{lead}{_fused(lead, article)}{form}", value, lead


def _fused(lead: str, article: str) -> str:
    """The article behind a small word: "ل" takes its first letter."""
    return article[1:] if lead.endswith("ل") else article
