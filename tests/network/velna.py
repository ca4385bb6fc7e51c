"""A small archive by hand: joint statements, lone ones, unsure dates, an unknown name. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.model import Capture, DateFact, Entity, Party, Record, Rendition, Segment, Span, Statement, Title

ENTITIES = {
    "e1": Entity("e1", "Harbour Union", "organization", ("Harbour Union", "HARBOUR UNION")),
    "e2": Entity("e2", "River Council", "organization", ("River Council",)),
    "e3": Entity("e3", "Pilots’ Guild", "organization", ("Pilots’ Guild",)),
    "e4": Entity("e4", "Mill Association", "organization", ("Mill Association",)),
    "e5": Entity("e5", "Anna Brandt", "person", ("Anna Brandt",)),
    "e6": Entity("e6", "Norland", "place", ("Norland",)),
}
EMPTY: dict[str, Any] = dict.fromkeys(
    ("languages", "times", "mentions", "attributions", "acts", "quantities", "notices"), ()
)


def record(
    name: str, *statements: tuple[str | None, list[tuple[str, str | None, str]]], entities: dict[str, Entity] = ENTITIES
) -> Record:
    """A record whose text is its statements, one after another; each is a date and its parties: role, entity, name."""
    text, segments, made = "", [], []
    for at, (issued, parties) in enumerate(statements, 1):
        start, holders = len(text), []
        for role, entity, called in parties:
            holders.append(Party(role, entity, called, (Span(len(text), len(text) + len(called)),)))  # type: ignore[arg-type]
            text += called + "\n"
        segments.append(Segment(f"s{at}", "item", start, len(text)))
        made.append(Statement(f"st{at}", f"s{at}", "statement", issued, tuple(holders)))
    day = statements[0][0] if statements else None
    here = {entity for _, parties in statements for _, entity, _ in parties}
    return Record(
        id=name,
        capture=Capture(
            digest="sha256:" + "0" * 64,
            size=len(text),
            media_type="text/plain",
            source=f"letters/{name}.txt",
            captured_at="2026-11-21T04:00:00Z",
            publisher="River Post",
            url=f"https://velna.example/{name}",
        ),
        text=text,
        rendition=Rendition("plain", "1"),
        title=Title(f"Letter {name}"),
        segments=tuple(segments),
        dates=(DateFact("issued", day, (), "heading", 0.9),) if day else (),
        entities=tuple(entity for key, entity in entities.items() if key in here),
        statements=tuple(made),
        genre="statement",
        **EMPTY,
    )


def signed(*parties: tuple[str | None, str]) -> list[tuple[str, str | None, str]]:
    return [("signatory", entity, name) for entity, name in parties]


UNION, COUNCIL, GUILD, MILL = ("e1", "Harbour Union"), ("e2", "River Council"), ("e3", "Pilots’ Guild"), ("e4", "Mill")


def records() -> Iterator[Record]:
    """The archive, in the order of its ids."""
    yield record("d1", ("2023-05-03", signed(UNION, COUNCIL, GUILD)))
    yield record("d2", ("2024-02", signed(("e1", "HARBOUR UNION"), COUNCIL)), ("2024-02-10?", signed(COUNCIL, GUILD)))
    yield record("d3", ("2024-05-30/2024-06-02", [("issuer", *UNION), ("sponsor", None, "Friends of the Quay")]))
    yield record("d4", (None, signed(UNION, COUNCIL, MILL, ("e6", "Norland"))))
    yield record("d5", ("2024-03-01", [("issuer", *UNION), ("signatory", "e5", "Anna Brandt")]))
    yield record("d6", ("2024-04", [("issuer", *COUNCIL)]), ("2024", []))
    yield record("d7", ("2024-07-01", [("participant", *UNION), ("participant", *COUNCIL)]))
    yield record("d8", ("2024-09-09", [("issuer", *UNION), ("issuer", *COUNCIL), ("signatory", "e5", "Anna Brandt")]))
