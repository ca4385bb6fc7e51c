"""The stage that parts a document into paragraphs and sentences, with every language's abbreviations at once."""

from __future__ import annotations

from onrecord.lexicon import abbreviations
from onrecord.model import Document, Span
from onrecord.text import layout, tokens


def paragraphs(document: Document) -> tuple[Span, ...]:
    return tuple(layout.paragraphs(document.text))


def find(document: Document, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(tokens.sentences(document.text, abbreviations(), blocks))
