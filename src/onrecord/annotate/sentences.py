"""The stage that parts a document into paragraphs and sentences, with every language's abbreviations at once."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon import languages, lexicon
from onrecord.model import Document, Span
from onrecord.text import layout, tokens


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations of all languages that have a word list: a document may hold several."""
    return frozenset(word for tag in languages() for word in lexicon(tag)["tokens"].get("abbreviations", ()))


def paragraphs(document: Document) -> tuple[Span, ...]:
    return tuple(layout.paragraphs(document.text))


def find(document: Document, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(tokens.sentences(document.text, abbreviations(), blocks))
