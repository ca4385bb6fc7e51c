"""Documents made of a text alone, and what all stages find in them, in words."""

from __future__ import annotations

from onrecord.annotate import annotate
from onrecord.model import Annotations, Capture, Document, Rendition, Span


def document(
    text: str,
    *,
    language: str | None = None,
    published: str | None = None,
    title: str | None = None,
    headings: tuple[Span, ...] = (),
    boilerplate: tuple[Span, ...] = (),
    format_published: str | None = None,
) -> Document:
    """A document as ingest would make it of a plain text; `language` and `published` are given by a person."""
    capture = Capture(
        digest="sha256:0",
        size=len(text),
        media_type="text/plain",
        source="a.txt",
        captured_at="2025-01-02T03:04:05Z",
        language=language,
        published=published,
    )
    return Document(
        id="d1",
        capture=capture,
        text=text,
        rendition=Rendition("test", "1"),
        title=title,
        published=format_published,
        headings=headings,
        boilerplate=boilerplate,
    )


def found(text: str, **fields: object) -> Annotations:
    return annotate(document(text, **fields))  # type: ignore[arg-type]


def kinds(text: str, **fields: object) -> list[tuple[str, str]]:
    """Each segment's kind and first line."""
    return [(it.kind, text[it.start : it.end].split("\n")[0]) for it in found(text, **fields).segments]


def times(text: str, published: str | None = "2024-05-15") -> list[tuple[str, str, str | None]]:
    """Words, type and value of each time expression; 15 May 2024 was a Wednesday."""
    return [(text[it.start : it.end], it.type, it.value) for it in found(text, published=published).times]


def dates(text: str, **fields: object) -> list[tuple[str, str, str]]:
    """Role, value and rule of each date, the date of capture aside."""
    return [(it.role, it.value, it.rule) for it in found(text, **fields).dates if it.role != "captured"]


def parties(text: str, **fields: object) -> list[tuple[str, str]]:
    return [(party.role, party.name) for it in found(text, **fields).statements for party in it.parties]


FLOODS = {
    "one line": "a word and the Friday of it " * 40_000,
    "no spaces": "x" * 1_000_000,
    "slashes": "1/" * 250_000,
    "hyphens": "1-" * 250_000,
    "years": "2020 " * 50_000,
    "brackets": "(" * 1_000_000,
    "quotes": "“" * 1_000_000,
    "stops": "." * 1_000_000,
    "breaks": "\n" * 1_000_000,
    "prepositions": "on " * 330_000,
    "articles": "the " * 250_000,
    "months": "of May " * 40_000,
    "cues": "adopted by the statement by " * 35_000,
    "clauses": "1. " * 100_000,
    "signatures": "Signed:\nMara Oru\n" * 5_000,
    "arabic": "ال" * 500_000,
}
"""A megabyte or less of what starts a pattern, and of what nearly is one."""
