"""Findings as W3C Web Annotations (JSON-LD; Web Annotation Data Model, recommendation of 23 February 2017).

An annotation is about words of `/d/ID.txt`, the text of a document, which needs no normalising. Where the words stand
is said twice: a TextPositionSelector, whose positions are Unicode code points in logical order as everywhere here (the
model demands that of the quote, and counts positions in text selected in the same way; who reads it in JavaScript has
to count `[...text]`), and a TextQuoteSelector with the words and what stands around them. A finding on words in several
parts has several targets; one that rests on no words (a date from metadata) is about the document.

An id is the permanent address of the words and what is found there (`/d/ID/120-180#attribution`), so it is the same in
every archive and after every rebuild as long as the finding is. All addresses are references relative to where the
archive is served. The creator is onrecord, or the person whose judgement in the ledger counts for the finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct

from onrecord.model import Judgement, Record, Span, SpeechAct, evidence, own_speaker
from onrecord.text.address import address

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "onrecord": "urn:onrecord:term:",
        "rule": "onrecord:rule",
        "confidence": {"@id": "onrecord:confidence", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    },
]
"""The model's own context, and our two words: which rule decided, and how far it can be relied on."""
ARCHIVE = "/export/annotations.jsonld"
"""The collection of all annotations of an archive."""
Decided = Mapping[tuple[str, int], Judgement]
"""Who decided which fact: the judgement that counts, by the record's key and the fact's index there."""
NOBODY: Decided = {}
Body = dict[str, Any]
_ENCODER = msgspec.json.Encoder()


class Finding(Struct, frozen=True):
    """What one annotation says: bodies about the words in `spans`; `spans` is empty where it rests on none."""

    spans: tuple[Span, ...]
    motivation: str
    bodies: tuple[Body, ...]
    rule: str | None = None
    confidence: float | None = None


def said(purpose: str, value: str, language: str | None = None) -> Body:
    """A body of plain words."""
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
    return body if language is None else body | {"language": language}


def named(entity: str | None, name: str | None) -> tuple[Body, ...]:
    """Who it is: the party's address where it is known, and the name."""
    party = {"type": "SpecificResource", "source": f"/p/{entity}", "purpose": "identifying"}
    return ((party,) if entity else ()) + ((said("identifying", name),) if name else ())


# -- what is found -----------------------------------------------------------------------------------------------------


def _attributions(record: Record) -> Iterator[Finding]:
    names = {entity.id: entity.name for entity in record.entities}
    for each in record.attributions:
        speaker, entity = own_speaker(each), each.source.entity if each.source else None
        chain = " > ".join(voice.name for voice in each.voices)
        bodies = (
            said("classifying", f"{each.kind} speech"),
            *named(entity, names.get(entity or "", speaker.name if speaker else None)),
            *((said("describing", chain),) if chain else ()),
        )
        yield Finding(each.content.spans, "identifying", bodies, each.rule, each.confidence)


def _acts(record: Record) -> Iterator[Finding]:
    names = {entity.id: entity.name for entity in record.entities}
    for each in record.acts:
        bodies = (said("classifying", each.act), *named(each.by, names.get(each.by or "")), *_manner(each))
        yield Finding((Span(each.start, each.end),), "classifying", bodies, each.rule, each.confidence)


def _manner(act: SpeechAct) -> Iterator[Body]:
    if act.plover:
        yield said("tagging", f"PLOVER {act.plover}")
    if act.negated:
        yield said("tagging", "negated")
    if act.conditional:
        yield said("tagging", "conditional")
    if act.modality != "performed":
        yield said("tagging", act.modality)


def _parties(record: Record) -> Iterator[Finding]:
    for statement in record.statements:
        for each in statement.parties:
            bodies = (said("classifying", each.role), *named(each.entity, each.name))
            yield Finding(each.spans, "identifying", bodies, each.rule or None, each.confidence)


def _mentions(record: Record) -> Iterator[Finding]:
    names = {entity.id: entity.name for entity in record.entities}
    for each in record.mentions:
        bodies = (said("classifying", each.type), *named(each.entity, names.get(each.entity or "")))
        yield Finding((Span(each.start, each.end),), "identifying", bodies, each.rule or None)


def _times(record: Record) -> Iterator[Finding]:
    for each in record.times:
        value = (said("describing", each.value),) if each.value else ()
        yield Finding((Span(each.start, each.end),), "describing", (said("classifying", each.type), *value), each.rule)


def _quantities(record: Record) -> Iterator[Finding]:
    for each in record.quantities:
        number = "unknown" if each.value is None else f"{each.value:.15g}"
        upper = "" if each.upper is None else f"–{each.upper:.15g}"
        value = " ".join(part for part in (each.comparator, number + upper, each.unit) if part)
        yield Finding((Span(each.start, each.end),), "describing", (said("describing", value),), each.rule or None)


def _segments(record: Record) -> Iterator[Finding]:
    for each in record.segments:
        yield Finding((Span(each.start, each.end),), "classifying", (said("classifying", each.kind),))


def _dates(record: Record) -> Iterator[Finding]:
    for each in record.dates:
        bodies = (said("classifying", each.role), said("describing", each.value))
        yield Finding(each.spans, "describing", bodies, each.rule, each.confidence)


KINDS: dict[str, tuple[str, Callable[[Record], Iterator[Finding]]]] = {
    "segments": ("segment", _segments),
    "dates": ("date", _dates),
    "statements": ("party", _parties),
    "attributions": ("attribution", _attributions),
    "acts": ("act", _acts),
    "mentions": ("mention", _mentions),
    "times": ("time", _times),
    "quantities": ("quantity", _quantities),
}
"""By the record's key: what a finding is called in an id, and those of a record in the order of that key."""


# -- as annotations ----------------------------------------------------------------------------------------------------


def annotated(record: Record, decided: Decided = NOBODY) -> Iterator[dict[str, Any]]:
    """The annotations of one document, without their context."""
    taken: Counter[str] = Counter()
    for key, (kind, findings) in KINDS.items():
        for index, finding in enumerate(findings(record)):
            name = f"{_place(record.id, finding.spans)}#{kind}"
            taken[name] += 1
            # A party is part of a statement, and it is the statement that is judged.
            by = decided.get((key, index)) if key != "statements" else None
            yield _annotation(record, name if taken[name] == 1 else f"{name}-{taken[name]}", finding, by)


def _annotation(record: Record, name: str, finding: Finding, by: Judgement | None) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "type": "Annotation", "motivation": finding.motivation}
    if by is not None:
        made |= {"creator": {"type": "Person", "name": by.by}, "created": by.at, "generator": software()}
    else:
        made["creator"] = software()
    made["body"] = list(finding.bodies)
    made["target"] = _targets(record, finding.spans)
    told = {"rule": finding.rule, "confidence": finding.confidence if by is None else None}
    return made | {key: value for key, value in told.items() if value is not None}


def _targets(record: Record, spans: Sequence[Span]) -> Any:
    there = [_target(record, span) for span in spans if span.start < span.end]
    return there or address(record.id)


def _target(record: Record, span: Span) -> dict[str, Any]:
    words = evidence(record.text, *span)
    return {
        "type": "SpecificResource",
        "source": f"{address(record.id)}.txt",
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {"type": "TextQuoteSelector", "exact": words.exact, "prefix": words.prefix, "suffix": words.suffix},
        ],
    }


def _place(document: str, spans: Sequence[Span]) -> str:
    return address(document, min(spans)[0], max(span.end for span in spans)) if spans else address(document)


@cache
def software() -> dict[str, str]:
    """onrecord as the agent that made an annotation."""
    return {"type": "Software", "name": "onrecord", "schema:softwareVersion": version("onrecord")}


def page(record: Record, decided: Decided, start: int, collection: str) -> dict[str, Any]:
    """One document's annotations as a page of a collection; `start` is how many come before it there."""
    return {
        "id": f"{address(record.id)}/annotations.jsonld#page",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": start,
        "items": list(annotated(record, decided)),
    }


def collection(record: Record, decided: Decided = NOBODY) -> bytes:
    """All annotations of one document: an AnnotationCollection of one page, as a file."""
    name = f"{address(record.id)}/annotations.jsonld"
    first = page(record, decided, 0, name)
    whole = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": record.title.text if record.title else record.id,
        "generator": software(),
        "total": len(first["items"]),
        "first": first,
        "last": first["id"],
    }
    return _ENCODER.encode(whole) + b"\n"


def encode(records: Iterable[Record], decided: Callable[[str], Decided] = lambda name: NOBODY) -> Iterator[bytes]:
    """The annotations of many documents as pieces of one file: a JSON-LD graph of pages, a document a page, a line a
    page, each with the address of the next; then the collection, which by then can say how much it holds."""
    yield b'{"@context": ' + _ENCODER.encode(CONTEXT) + b',\n"@graph": [\n'
    total = 0
    first = before = None
    for record in records:
        made = page(record, decided(record.id), total, ARCHIVE)
        total += len(made["items"])
        if before is not None:
            yield _ENCODER.encode(before | {"next": made["id"]}) + b",\n"
        first, before = first or made["id"], made
    if before is not None:
        yield _ENCODER.encode(before) + b",\n"
    whole = {"id": ARCHIVE, "type": "AnnotationCollection", "label": "Annotations of the archive"}
    ends = {"first": first, "last": before["id"]} if before else {}
    yield _ENCODER.encode(whole | {"generator": software(), "total": total} | ends) + b"\n]}\n"
