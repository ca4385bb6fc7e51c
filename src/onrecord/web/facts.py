"""A record's facts as lines of the reader's side panel, each with the address of the words that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from onrecord.export import Decided
from onrecord.model import Judgement, Mention, Record, TimeExpression
from onrecord.resolve.anchors import anchor
from onrecord.web import rules, words
from onrecord.web.glyphs import direction

NOBODY: Decided = {}
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
    about: str = ""
    """Where the rule is told of."""
    judge: str = ""
    """Where the fact is judged."""
    person: Judgement | None = None
    """Who decided it, where a person did."""

    @property
    def verbatim(self) -> bool:
        """Whether the evidence says no more than the value does."""
        return [" ".join(found.exact.split()).casefold() for found in self.passages] == [self.value.casefold()]


def passage(record: Record, start: int, end: int) -> Passage:
    return Passage(start, end, record.text[start : min(end, start + EXCERPT)], f"/d/{record.id}/{start}-{end}")


def passages(record: Record, spans: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    return tuple(passage(record, start, end) for start, end in spans)


def judging(document: str, kind: str, start: int, end: int) -> str:
    """Where the fact of this kind on these words is judged."""
    return f"/d/{document}/{start}-{end}/judge?kind={kind}"


def parties(record: Record) -> Iterator[Fact]:
    """Who speaks, signs, and is spoken to, in every statement that the document carries."""
    for statement in record.statements:
        for party in statement.parties:
            rule = next(iter(rules.behind("parties", party.rule)), None)
            yield Fact(
                words.ROLES[party.role],
                party.name,
                passages(record, party.spans),
                rule.says if rule else "",
                words.sure(party.confidence),
                entity=party.entity,
                about=rule.address if rule else "",
            )
        for addressee in statement.addressees:
            yield Fact(
                words.ROLES["addressee"], addressee.name, passages(record, addressee.spans), entity=addressee.entity
            )


def dates(record: Record, decisions: Decided = NOBODY) -> Iterator[Fact]:
    for index, date in enumerate(record.dates):
        found = passages(record, date.spans)
        rule = next(iter(rules.behind("dates", date.rule)), None)
        place = anchor("dates", date)
        yield Fact(
            words.DATES[date.role],
            words.date(date.value),
            found,
            rule.says if rule else "",
            words.sure(date.confidence),
            code=date.value,
            about=rule.address if rule else "",
            judge=judging(record.id, "dates", place.start, place.end) if place else "",
            person=decisions.get(("dates", index)),
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
                judge=judging(record.id, "mentions", first.start, first.end),
            )
            for entity in known[:MOST]
            for first in mentions[entity.id][:1]
        ]
        if facts:
            yield label, tuple(facts)


def times(record: Record) -> Iterator[Fact]:
    for time in record.times[:MOST]:
        place = (time.start, time.end)
        said = passages(record, [place])
        judge = judging(record.id, "times", *place)
        yield Fact(time.type, time_value(time), said, words.rule(time.rule), judge=judge)


def time_value(time: TimeExpression) -> str:
    """What a time expression stands for, or why that is not known."""
    return time.value or f"not resolved: {time.reason or 'reason unknown'}"


def grouped(found: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """Facts that follow one another under the same label, under one label."""
    return [(label, list(facts)) for label, facts in groupby(found, key=lambda fact: fact.label)]


def excerpt_direction(record: Record, found: Passage) -> str:
    """The direction of the words of a passage: that of the language they stand in."""
    tag = next((part.tag for part in record.languages if part.start <= found.start < part.end), None)
    return direction(tag)
