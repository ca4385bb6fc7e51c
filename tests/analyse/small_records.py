"""Records by hand with just the facts that a table is counted from. The Velna region and all in it are invented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.model import (
    Attribution,
    Capture,
    Cue,
    DateFact,
    Entity,
    Language,
    Party,
    Record,
    Rendition,
    Source,
    Span,
    Statement,
    TimeExpression,
)

NAMES = {"e1": "Harbour Union", "e2": "River Council", "e3": "Pilots’ Guild", "e4": "Mill Association"}
EMPTY: dict[str, Any] = dict.fromkeys(
    ("segments", "times", "mentions", "statements", "attributions", "acts", "quantities", "notices"), ()
)


def record(name: str, text: str = "", *, publisher: str | None = None, **facts: Any) -> Record:
    """A record with these facts and no others."""
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=len(text),
        media_type="text/plain",
        source=f"{name}.txt",
        captured_at="2026-11-21T04:00:00Z",
        publisher=publisher,
    )
    plain: dict[str, Any] = {
        "title": None,
        "genre": None,
        "languages": (),
        "dates": (),
        "entities": tuple(Entity(key, called, "organization", (called,)) for key, called in NAMES.items()),
    }
    return Record(id=name, capture=capture, text=text, rendition=Rendition("plain", "1"), **(EMPTY | plain | facts))


def issued(value: str, spans: tuple[Span, ...] = ()) -> DateFact:
    return DateFact("issued", value, spans, "heading", 0.9)


def published(value: str) -> DateFact:
    return DateFact("published", value, (), "given", 1.0)


def languages(*runs: tuple[str, int]) -> tuple[Language, ...]:
    found, at = [], 0
    for tag, length in runs:
        found.append(Language(tag, at, at + length))
        at += length
    return tuple(found)


def statement(
    name: str, parties: Iterable[tuple[str, str | None]], day: str | None = None, segment: str | None = None
) -> Statement:
    """A statement by parties given as role and entity id (or `None`: a name that no one could place)."""
    made = tuple(
        Party(role, entity, NAMES.get(entity or "", f"Unknown {at}"), (Span(at, at + 1),))  # type: ignore[arg-type]
        for at, (role, entity) in enumerate(parties)
    )
    return Statement(name, segment, "statement", day, made)


def quotation(name: str, entity: str | None, *content: Span) -> Attribution:
    return Attribution(name, "direct", Source((), entity), None, Cue(content), None, (), "quotes", 0.8)


def day(start: int, end: int, value: str | None) -> TimeExpression:
    return TimeExpression(start, end, "date", value, None, "day-month-year")
