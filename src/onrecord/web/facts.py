"""A record's facts as lines of the reader's side panel, each with the address of the words that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from onrecord.model import Attribution, Mention, Record, TimeExpression
from onrecord.web import words
from onrecord.web.glyphs import direction

MOST = 40
"""Lines of one kind that the panel shows; the record holds all."""
EXCERPT = 90
"""Code points of evidence that a line shows; its address leads to all of it."""


class Passage(Struct, frozen=True):
    """Words of the text with their permanent address."""

    start: int
    end: int
    exact: str
    address: str


class Fact(Struct, frozen=True):
    """A line of the panel: what, its value, the words it rests on, the rule that read them, and how sure that is."""

    label: str
    value: str
    passages: tuple[Passage, ...] = ()
    rule: str = ""
    sure: str = ""
    entity: str | None = None
    code: str = ""
    """The value as the record writes it, where that differs."""

    @property
    def verbatim(self) -> bool:
        """Whether the evidence says no more than the value does."""
        return [" ".join(found.exact.split()).casefold() for found in self.passages] == [self.value.casefold()]


class Note(Struct, frozen=True):
    """One attribution as the margin tells it."""

    number: int
    kind: str
    speaker: str | None
    entity: str | None
    rule: str
    sure: str
    chain: tuple[str, ...]
    """Through whose pens it came, from outside in, but for publisher and issuer of the document, who are so for all."""
    passage: Passage


def passage(record: Record, start: int, end: int) -> Passage:
    return Passage(start, end, record.text[start : min(end, start + EXCERPT)], f"/d/{record.id}/{start}-{end}")


def passages(record: Record, spans: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    return tuple(passage(record, start, end) for start, end in spans)


def parties(record: Record) -> Iterator[Fact]:
    """Who speaks, signs, and is spoken to, in every statement that the document carries."""
    for statement in record.statements:
        for party in statement.parties:
            yield Fact(words.ROLES[party.role], party.name, passages(record, party.spans), entity=party.entity)
        for addressee in statement.addressees:
            yield Fact(
                words.ROLES["addressee"], addressee.name, passages(record, addressee.spans), entity=addressee.entity
            )


def dates(record: Record) -> Iterator[Fact]:
    for date in record.dates:
        found = passages(record, date.spans)
        yield Fact(
            words.DATES[date.role],
            words.date(date.value),
            found,
            words.rule(date.rule),
            words.sure(date.confidence),
            code=date.value,
        )


def languages(record: Record) -> Iterator[Fact]:
    """Each language with its share of the text, the largest first."""
    lengths: Counter[str] = Counter()
    for part in record.languages:
        lengths[part.tag] += part.end - part.start
    for tag, length in lengths.most_common():
        share = round(100 * length / max(1, lengths.total()))
        yield Fact("Language", words.language(tag), rule="" if share == 100 else f"{share or '<1'} %", code=tag)


def names(record: Record) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """The entities mentioned, by type, the most mentioned first; each leads to its first mention."""
    mentions: dict[str, list[Mention]] = {}
    for mention in record.mentions:
        if mention.entity:
            mentions.setdefault(mention.entity, []).append(mention)
    for kind, label in words.KINDS.items():
        known = [entity for entity in record.entities if entity.type == kind and entity.id in mentions]
        known.sort(key=lambda entity: -len(mentions[entity.id]))
        facts = [
            Fact(
                words.counted(len(mentions[entity.id]), "mention"),
                entity.name,
                passages(record, [(first.start, first.end)]),
                entity=entity.id,
            )
            for entity in known[:MOST]
            for first in mentions[entity.id][:1]
        ]
        if facts:
            yield label, tuple(facts)


def times(record: Record) -> Iterator[Fact]:
    for time in record.times[:MOST]:
        yield Fact(time.type, time_value(time), passages(record, [(time.start, time.end)]), words.rule(time.rule))


def time_value(time: TimeExpression) -> str:
    """What a time expression stands for, or why that is not known."""
    return time.value or f"not resolved: {time.reason or 'reason unknown'}"


def note(record: Record, attribution: Attribution, number: int, known: dict[str, str]) -> Note | None:
    """What the margin says of an attribution; None where it has no words. `known`: entity names by id."""
    if not attribution.content.spans:
        return None
    entity = attribution.source.entity if attribution.source else None
    common = everyone(record)
    inmost = next((voice for voice in reversed(attribution.voices) if voice.role == "speaker"), None)
    entity = entity or (inmost.entity if inmost else None)
    return Note(
        number=number,
        kind=words.SPEECH[attribution.kind],
        speaker=inmost.name if inmost else known.get(entity or ""),
        entity=entity,
        rule=words.rule(attribution.rule),
        sure=words.sure(attribution.confidence),
        chain=tuple(voice.name for voice in attribution.voices if voice is not inmost and voice.name not in common),
        passage=passage(record, attribution.content.spans[0].start, attribution.content.spans[-1].end),
    )


def everyone(record: Record) -> set[str | None]:
    """Through whose pens all of the document came: the panel names them once."""
    issuers = {party.name for statement in record.statements for party in statement.parties if party.role == "issuer"}
    return issuers | {record.capture.publisher}


def grouped(found: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """Facts that follow one another under the same label, under one label."""
    return [(label, list(facts)) for label, facts in groupby(found, key=lambda fact: fact.label)]


def excerpt_direction(record: Record, found: Passage) -> str:
    """The direction of the words of a passage: that of the language they stand in."""
    tag = next((part.tag for part in record.languages if part.start <= found.start < part.end), None)
    return direction(tag)
