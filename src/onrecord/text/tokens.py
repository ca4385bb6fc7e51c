"""Sentences and words of any script, as offsets, in one linear pass each.

A stop ends a sentence when white space (or, after 。！？, anything) follows it and the words around it allow: not after
an abbreviation, an initial or an enumerator, not inside a number, not before a small letter. Quotation marks and
brackets that close after the stop belong to the sentence. The end of a paragraph always ends one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import regex

from onrecord.text.layout import paragraphs
from onrecord.text.spans import Span

_STOP = re.compile(r"[.!?…؟۔。！？।॥]+[\"'”’»)\]›」』]*")
_WORD = regex.compile(r"[\w\p{M}]+(?:['’\-.‑][\w\p{M}]+)*+")
_OPENED = re.compile(r"[(\[“\"«'’]")
_FULL_WIDTH = frozenset("。！？")
_OPENERS = "\"'“‘«([¿¡„-–—"
_REACH = 24
"""Code points before a stop that are read for an abbreviation."""


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Words with their inner apostrophes, hyphens and full stops; vowel marks belong to them."""
    return [Span(*match.span()) for match in _WORD.finditer(text, start, len(text) if end is None else end)]


def sentences(
    text: str, abbreviations: Collection[str] = frozenset(), blocks: Iterable[Span] | None = None
) -> list[Span]:
    """Sentences in order, without the white space at their ends.

    `abbreviations` are in small letters without their last full stop. `blocks` are the paragraphs, where the caller
    has them already.
    """
    found: list[Span] = []
    for start, end in paragraphs(text) if blocks is None else blocks:
        at = start
        for match in _STOP.finditer(text, start, end):
            after = match.end()
            if after < end and not _ends(text, at, match.start(), after, end, abbreviations):
                continue
            found.append(Span(at, after))
            at = after
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            found.append(Span(at, end))
    return found


def _ends(text: str, sentence: int, stop: int, after: int, end: int, abbreviations: Collection[str]) -> bool:
    """Whether the stop at `stop`, with what closes after it up to `after`, ends the sentence begun at `sentence`."""
    if not text[after].isspace():
        return text[stop] in _FULL_WIDTH
    following = text[after + 1 : after + 2]
    if not following.isalpha():
        following = _next(text, after, end)
    if following.islower():
        return False
    if text[stop] != "." or after - stop > 1:
        return True
    word = _last_word(text, max(sentence, stop - _REACH), stop)
    if stop - len(word) == sentence and (len(word) <= 3 or word.isdecimal()):
        return False
    return not _abbreviated(word, following, abbreviations)


def _last_word(text: str, start: int, stop: int) -> str:
    """What stands right before a stop, up to white space or an opening mark."""
    if stop == start or text[stop - 1].isspace():
        return ""
    word = text[start:stop].rsplit(None, 1)[-1]
    return word if word.isalpha() else _OPENED.split(word)[-1]


def _abbreviated(word: str, following: str, abbreviations: Collection[str]) -> bool:
    """Whether `word` and its full stop are an initial or an abbreviation rather than a sentence's last word."""
    if len(word) == 1:
        return word.isupper() and not following.isdecimal()
    if word.lower() in abbreviations:
        return True
    return len(word) > 2 and word[0].isupper() and set(word[1::2]) == {"."}


def _next(text: str, at: int, end: int) -> str:
    """The first letter or digit of what follows, past white space and whatever opens a sentence; empty at the end."""
    for offset in range(at, min(end, at + 12)):
        if not text[offset].isspace() and text[offset] not in _OPENERS:
            return text[offset]
    return ""
