"""Through whose mouths words reach the reader: the chain from outside in.

publisher (who brought the document out) → issuer (of the statement that the words stand in) → speakers of the
attributions around → the attribution's own speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from onrecord.model import Attribution, Document, Entity, Segment, Statement, Voice

_WHOLE = 1 << 60
ON_BEHALF = "on behalf of"
"""Ends the rule of an attribution whose source speaks in another's name: both are voices."""


def find(
    document: Document,
    segments: Sequence[Segment],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
) -> tuple[Attribution, ...]:
    """The attributions with their `voices`. A speaker who is not known by name stands with the words printed."""
    if not attributions:
        return ()
    names = {entity.id: entity.name for entity in entities}
    by_id = {attribution.id: attribution for attribution in attributions}
    issued = _issued(segments, statements)
    published = _publisher(document)
    own = {attribution.id: _speaker(document.text, attribution, names) for attribution in attributions}
    return tuple(
        msgspec.structs.replace(
            attribution,
            voices=(
                *published,
                *_issuers(attribution.content.spans[0].start, issued),
                *(own[attribution.id] if attribution.parent is None else _spoken(attribution, by_id, own)),
            ),
        )
        for attribution in attributions
    )


def _publisher(document: Document) -> tuple[Voice, ...]:
    name = document.capture.publisher or document.publisher
    return (Voice("publisher", name),) if name else ()


def _issued(segments: Sequence[Segment], statements: Sequence[Statement]) -> list[tuple[int, int, tuple[Voice, ...]]]:
    """Where each statement's words stand and who issued it, the shortest first; one without a segment is the whole."""
    bounds = {segment.id: (segment.start, segment.end) for segment in segments}
    found = []
    for statement in statements:
        start, end = (0, _WHOLE) if statement.segment is None else bounds.get(statement.segment, (0, 0))
        issuers = (party for party in statement.parties if party.role == "issuer")
        found.append((start, end, tuple(Voice("issuer", party.name, party.entity) for party in issuers)))
    return sorted(found, key=lambda it: it[1] - it[0])


def _issuers(at: int, issued: list[tuple[int, int, tuple[Voice, ...]]]) -> tuple[Voice, ...]:
    """The issuers of the innermost statement that holds `at`."""
    return next((voices for start, end, voices in issued if start <= at < end), ())


def _spoken(
    attribution: Attribution, by_id: dict[str, Attribution], own: dict[str, tuple[Voice, ...]]
) -> Iterator[Voice]:
    """The speakers from the outermost attribution around to its own."""
    return chain.from_iterable(own[each] for each in _chain(attribution, by_id))


def _chain(attribution: Attribution, by_id: dict[str, Attribution]) -> list[str]:
    """The ids of the attributions around and of this one, the outermost first; a cycle of parents ends it."""
    around = [attribution.id]
    parent = attribution.parent
    while parent is not None and parent in by_id and parent not in around:
        around.append(parent)
        parent = by_id[parent].parent
    return around[::-1]


def _speaker(text: str, attribution: Attribution, names: dict[str, str]) -> tuple[Voice, ...]:
    source = attribution.source
    if source is None:
        return ()
    printed = " ".join(" ".join(text[start:end] for start, end in source.spans).split())
    name = names.get(source.entity or "") or printed
    if not name:
        return ()
    speaker = Voice("speaker", name, source.entity)
    return (Voice("speaker", printed), speaker) if attribution.rule.endswith(ON_BEHALF) and printed else (speaker,)
