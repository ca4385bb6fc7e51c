"""Whose words stand where in a document, word by word: what the counts of words are made of.

A word that several findings cover has the voice of the innermost: a quotation within a report is the quoted one's. What
is said outside of any attribution is in the document's own voice, and belongs to the statement that it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from onrecord.text.folding import tokens_before
from onrecord.text.spans import Span

FRAME = frozenset(["boilerplate", "byline", "preface", "insertion", "note", "letterhead", "signature"])
"""Segments within a statement that are not what it says: what whoever published it added, its head, the names below."""
OWNERS = ("issuer", "on-behalf-of", "signatory", "sponsor", "participant")
"""Roles in which a party makes a statement its own."""


class Spoken(IntEnum):
    """The voice of a word."""

    OWN = 0
    DIRECT = 1
    REPORTED = 2


KINDS = {"direct": Spoken.DIRECT, "indirect": Spoken.REPORTED, "mixed": Spoken.REPORTED}


class Layer(NamedTuple):
    """A stretch in code points that is of a statement, by its ordinal from 1; 0: of none."""

    start: int
    end: int
    statement: int


class Content(NamedTuple):
    """A stretch in code points of what somebody (an entity's number; 0: nobody known) is said to say."""

    start: int
    end: int
    voice: int
    speaker: int


class Run(NamedTuple):
    """Words of one voice from `first` (an ordinal in the document) to the next run."""

    first: int
    speaker: int
    statement: int
    voice: int


class Segment(Struct, frozen=True, gc=False):
    id: str
    kind: str
    start: int
    end: int


class Act(Struct, frozen=True, gc=False):
    id: str
    segment: str | None = None


class Parts(Struct, frozen=True, gc=False):
    """The part of model.Annotations that says where statements stand."""

    segments: tuple[Segment, ...] = ()
    statements: tuple[Act, ...] = ()


_parts = msgspec.json.Decoder(Parts)
_spans = msgspec.json.Decoder(list[list[Span]])


def parts(facts: str | None) -> Parts:
    """Segments and statements of stored facts, without reading the rest of them."""
    return _parts.decode(facts or "{}")


def layers(found: Parts, length: int) -> list[Layer]:
    """Where each statement stands, and what within it is not its own."""
    places = {segment.id: (segment.start, segment.end) for segment in found.segments}
    added = [Layer(each.start, each.end, 0) for each in found.segments if each.kind in FRAME]
    acts = [
        Layer(*places.get(act.segment or "", (0, length)), ordinal) for ordinal, act in enumerate(found.statements, 1)
    ]
    return [layer for layer in (*added, *acts) if layer.start < layer.end]


def contents(rows: Sequence[Sequence[Any]]) -> list[Content]:
    """What is said in a document, from rows of kind, speaker's number and spans (JSON)."""
    every = _spans.decode(f"[{','.join(row[2] or '[]' for row in rows)}]")
    return [
        Content(span.start, span.end, KINDS[kind], speaker or 0)
        for (kind, speaker, _), spans in zip(rows, every, strict=True)
        for span in spans
        if span.start < span.end
    ]


def voiced(text: str, layers: Sequence[Layer], contents: Sequence[Content]) -> tuple[list[str], list[Run]]:
    """A text's tokens, and whose they are, without a gap. A token belongs to where it begins."""
    cuts = sorted({at for each in (*layers, *contents) for at in each[:2]} | {0, len(text)})
    found, counts = tokens_before(text, cuts)
    at = {cut: place for place, cut in enumerate(cuts)}
    statements = [0] * len(cuts)
    voices = [(0, int(Spoken.OWN))] * len(cuts)
    for start, end, statement in sorted(layers, key=size):
        statements[at[start] : at[end]] = [statement] * (at[end] - at[start])
    for start, end, kind, speaker in sorted(contents, key=size):
        voices[at[start] : at[end]] = [(speaker, kind)] * (at[end] - at[start])
    runs: list[Run] = []
    last: tuple[int, tuple[int, int]] | None = None
    for first, after, statement, voice in zip(counts, counts[1:], statements, voices, strict=False):
        if first < after and (statement, voice) != last:
            last = (statement, voice)
            runs.append(Run(first, voice[0], statement, voice[1]))
    return found, runs


def size(stretch: Layer | Content) -> int:
    """What is longer lies below."""
    return stretch.start - stretch.end
