"""Through whose mouths words reach the reader: the chain from outside in.

publisher (who brought the document out) → translator (of a translation) → issuer (of the statement that the words stand
in) → speakers of the attributions around → outlet that was told → the attribution's own speaker. What a preface reports
reaches us through its editor or translator, not through the issuer of the text behind it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import msgspec

from onrecord.lexicon import languages, lexicon
from onrecord.model import Attribution, Document, Entity, Mention, Segment, Statement, Voice
from onrecord.text.spans import Cover

HEAD = 4000
"""Code points at the beginning of a translation in which its translator is named."""
NEAR = 80
"""Code points from "translated from the Arabic by" to the name, and from a cue to the outlet that was told."""
ON_BEHALF = "on behalf of"
"""Ends the rule of an attribution whose source speaks in another's name: both are voices."""


def find(
    document: Document,
    segments: Sequence[Segment],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention] = (),
) -> tuple[Attribution, ...]:
    """The attributions with their `voices`. A speaker who is not known by name stands with the words printed."""
    if not attributions:
        return ()
    names = {entity.id: entity.name for entity in entities}
    by_id = {attribution.id: attribution for attribution in attributions}
    issued = _Issued(segments, statements)
    published = _publisher(document)
    translated = _translator(document.text, statements, mentions, names)
    prefaces = Cover((it.start, it.end) for it in segments if it.kind == "preface")
    starts = [mention.start for mention in mentions]
    own = {
        it.id: (*_outlet(document.text, it, mentions, starts, names), *_speaker(document.text, it, names))
        for it in attributions
    }

    def frame(at: int) -> tuple[Voice, ...]:
        if prefaces.over(at):
            return translated
        return (*translated, *issued.at(at))

    return tuple(
        msgspec.structs.replace(
            attribution,
            voices=_once(
                *published,
                *frame(attribution.content.spans[0].start),
                *(own[attribution.id] if attribution.parent is None else _spoken(attribution, by_id, own)),
            ),
        )
        for attribution in attributions
    )


def _once(*voices: Voice) -> tuple[Voice, ...]:
    """Without an outlet that is the publisher or the issuer itself: it was told what it brings out."""
    known = {voice.name.casefold() for voice in voices if voice.role in ("publisher", "issuer")}
    return tuple(it for it in voices if it.role != "outlet" or it.name.casefold() not in known)


def _publisher(document: Document) -> tuple[Voice, ...]:
    name = document.capture.publisher or document.publisher
    return (Voice("publisher", name),) if name else ()


@cache
def _phrases(name: str) -> tuple[str, ...]:
    """A list of the frame in every language that is read."""
    return tuple(phrase for tag in languages() for phrase in lexicon(tag)["frame"].get(name, ()))


def _translator(
    text: str, statements: Sequence[Statement], mentions: Sequence[Mention], names: dict[str, str]
) -> tuple[Voice, ...]:
    """Who translated the text, where it is a translation and says so near its beginning."""
    if not any(statement.genre == "translation" for statement in statements):
        return ()
    head = text[:HEAD].lower()
    for phrase in _phrases("translated"):
        at = head.find(phrase)
        if at < 0:
            continue
        end = min([at + len(phrase) + NEAR, *(n for n in (text.find("\n", at + len(phrase)),) if n >= 0)])
        near = (it for it in mentions if at + len(phrase) <= it.start < end and it.type in ("person", "organization"))
        found = next(near, None)
        if found is not None:
            name = names.get(found.entity or "") or text[found.start : found.end]
            return (Voice("translator", name, found.entity),)
    return ()


def _outlet(
    text: str, attribution: Attribution, mentions: Sequence[Mention], starts: list[int], names: dict[str, str]
) -> tuple[Voice, ...]:
    """ "Told Radio Hest that …": the outlet to which it was said, between cue and words or right behind the cue."""
    if attribution.cue is None or attribution.source is None:
        return ()
    cue = attribution.cue.spans[-1].end
    end = cue + NEAR
    if attribution.content.spans[-1].start >= cue:
        end = min([end, *(span.start for span in attribution.content.spans if span.start >= cue)])
    for mention in mentions[bisect_left(starts, cue) : bisect_left(starts, end)]:
        lead = text[cue : mention.start].split()
        words = text[mention.start : mention.end].casefold().split()
        if mention.entity is not None and mention.entity == attribution.source.entity:
            continue
        if mention.type == "organization" and len(lead) < 2 and not _outlet_words().isdisjoint(words):
            name = names.get(mention.entity or "") or text[mention.start : mention.end]
            return (Voice("outlet", name, mention.entity),)
    return ()


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(_phrases("outlets"))


class _Issued:
    """Where each statement's words stand and who issued it; one without a segment is the whole document."""

    def __init__(self, segments: Sequence[Segment], statements: Sequence[Statement]) -> None:
        bounds = {segment.id: (segment.start, segment.end) for segment in segments}
        self.whole: tuple[Voice, ...] = ()
        self.parts: list[tuple[int, int, tuple[Voice, ...]]] = []
        for statement in statements:
            issuers = (party for party in statement.parties if party.role == "issuer")
            voices = tuple(Voice("issuer", party.name, party.entity) for party in issuers)
            if statement.segment is None:
                self.whole = self.whole or voices
            elif statement.segment in bounds:
                self.parts.append((*bounds[statement.segment], voices))
        self.parts.sort(key=lambda it: it[0])
        self.starts = [start for start, _, _ in self.parts]

    def at(self, offset: int) -> tuple[Voice, ...]:
        """The issuers of the innermost statement that holds a place."""
        before = bisect_right(self.starts, offset) - 1
        if before >= 0 and offset < self.parts[before][1]:
            return self.parts[before][2]
        return self.whole


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
    printed = printed.removesuffix("’s").removesuffix("'s")
    name = names.get(source.entity or "") or printed
    if not name:
        return ()
    speaker = Voice("speaker", name, source.entity)
    return (Voice("speaker", printed), speaker) if attribution.rule.endswith(ON_BEHALF) and printed else (speaker,)
