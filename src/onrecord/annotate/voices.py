"""Through whose mouths words reach the reader: the chain from outside in.

publisher (who brought the document out) → issuer (of the statement that the words stand in) → speakers of the
attributions around → the attribution's own speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.model import Attribution, Document, Entity, Segment, Statement, Voice
from onrecord.text.spans import Span


def find(
    document: Document,
    segments: Sequence[Segment],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
) -> tuple[Attribution, ...]:
    """The attributions with their `voices`. A speaker who is not known by name stands with the words printed."""
    names = {entity.id: entity.name for entity in entities}
    by_id = {attribution.id: attribution for attribution in attributions}
    bounds = {segment.id: Span(segment.start, segment.end) for segment in segments}
    published = _publisher(document)
    own = {attribution.id: _speaker(document.text, attribution, names) for attribution in attributions}
    return tuple(
        msgspec.structs.replace(
            attribution,
            voices=(
                *published,
                *_issuers(attribution, statements, bounds),
                *(voice for each in _chain(attribution, by_id) if (voice := own[each]) is not None),
            ),
        )
        for attribution in attributions
    )


def _publisher(document: Document) -> tuple[Voice, ...]:
    name = document.capture.publisher or document.publisher
    return (Voice("publisher", name),) if name else ()


def _issuers(attribution: Attribution, statements: Sequence[Statement], bounds: dict[str, Span]) -> tuple[Voice, ...]:
    """The issuers of the innermost statement that holds the attribution's words."""
    start = attribution.content.spans[0].start
    holding = [
        s
        for s in statements
        if s.segment is None or (s.segment in bounds and bounds[s.segment].start <= start < bounds[s.segment].end)
    ]
    if not holding:
        return ()
    inner = min(
        holding, key=lambda s: bounds[s.segment].end - bounds[s.segment].start if s.segment in bounds else 1 << 60
    )
    return tuple(Voice("issuer", party.name, party.entity) for party in inner.parties if party.role == "issuer")


def _chain(attribution: Attribution, by_id: dict[str, Attribution]) -> list[str]:
    """The ids of the attributions around and of this one, the outermost first; a cycle of parents ends it."""
    chain = [attribution.id]
    parent = attribution.parent
    while parent is not None and parent in by_id and parent not in chain:
        chain.append(parent)
        parent = by_id[parent].parent
    return chain[::-1]


def _speaker(text: str, attribution: Attribution, names: dict[str, str]) -> Voice | None:
    source = attribution.source
    if source is None:
        return None
    printed = " ".join(span.of(text) for span in source.spans)
    name = names.get(source.entity or "", printed)
    return Voice("speaker", name, source.entity) if name else None
