"""What the query tables hold of one document's facts, as rows; no SQL runs here.

The facts are those that stand: the machine's, with people's judgements laid over. Only `doubt_rows` are of the
machine's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.model import (
    Annotations,
    Attribution,
    DateFact,
    Notice,
    PartyRole,
    Statement,
    own_speaker,
)
from onrecord.store.days import bounds
from onrecord.store.rows import Row, json, notice_rows
from onrecord.text.names import folded

OWN: frozenset[PartyRole] = frozenset({"issuer", "on-behalf-of", "signatory", "sponsor", "participant"})
"""Roles in which a party makes a statement its own."""
DOUBTFUL = 0.8
"""What the machine is less sure of wants a look."""
AS_REPORTED = "cue"
"""The rule of an act that only tells how something is reported: it is as sure as the attribution, which is in doubt."""
HOW = "; "
"""In an attribution's rule, before how the one who speaks was told from words that do not name them."""

Doubt = Literal["speaker", "content", "date", "act"]
"""Who says it, from where to where it is said, when a document is of, what is done in saying it."""
State = Literal["right", "wrong", "corrected", "unsure", "disputed"]
DOUBTED: dict[str, tuple[Doubt, ...]] = {"attributions": ("speaker", "content"), "dates": ("date",), "acts": ("act",)}
"""The doubts that there may be of each kind of fact, by its key in the record."""


class Laid(Struct, frozen=True):
    """What stands of one document's facts with judgements laid over, as `Writer.lay` takes it."""

    facts: Annotations
    judgements: tuple[str, ...] = ()
    """Ids of the standing judgements that speak of the document, in the order in which they were laid over."""
    decided: int = 0
    """How many of them found their words, and count."""
    states: dict[tuple[str, int], State] = {}
    """What people said of the machine's facts, by their key in the record and position."""


def shown(facts: Annotations, format_title: str | None) -> Row:
    """Title, language, genre, issue date and its first and last day, as lists and searches show them."""
    title = facts.title.text if facts.title and facts.title.text else format_title
    issued = issue_date(facts.dates)
    return title, main_language(facts), facts.genre, issued, *bounds(issued)


def issue_date(dates: Sequence[DateFact]) -> str | None:
    """The surest date of issue; never another date in its place."""
    issued = [date for date in dates if date.role == "issued"]
    return max(issued, key=lambda date: date.confidence).value if issued else None


def main_language(facts: Annotations) -> str | None:
    """The language that most of the text is in."""
    if len(facts.languages) == 1:
        return facts.languages[0].tag
    lengths: Counter[str] = Counter()
    for language in facts.languages:
        lengths[language.tag] += language.end - language.start
    return max(lengths, key=lambda tag: lengths[tag]) if lengths else None


def entities_of(facts: Annotations) -> dict[str, tuple[str | None, str]]:
    """Type and name of every entity that the facts name, also of those they do not list."""
    found: dict[str, tuple[str | None, str]] = {entity.id: (entity.type, entity.name) for entity in facts.entities}
    for statement in facts.statements:
        for party in statement.parties:
            if party.entity and party.entity not in found:
                found[party.entity] = (None, party.name)
    for mention in facts.mentions:
        if mention.entity and mention.entity not in found:
            found[mention.entity] = (mention.type, mention.entity)
    for name in speaking(facts):
        if name and name not in found:
            found[name] = (None, name)
    return found


def speaking(facts: Annotations) -> Iterator[str | None]:
    """Who says something, or has part in what is done in saying it."""
    for attribution in facts.attributions:
        yield attribution.source.entity if attribution.source else None
    for act in facts.acts:
        yield act.by
        yield act.addressee
        yield act.target


def view_rows(
    document: int, facts: Annotations, numbers: dict[str, int], extraction: Sequence[Notice]
) -> dict[str, list[Row]]:
    """The rows of the query tables that are a view on these facts, by table; `numbers` are those of the entities."""
    parties = [(statement.id, party) for statement in facts.statements for party in statement.parties]
    return {
        "dates": [
            (document, at, date.role, date.value, *bounds(date.value), date.confidence,
             *(date.spans[0] if date.spans else (None, None)))
            for at, date in enumerate(facts.dates)
        ],
        "parties": [
            (document, at, statement, party.role, numbers[party.entity] if party.entity else None, party.name)
            for at, (statement, party) in enumerate(parties)
        ],
        "mentions": mention_rows(document, facts, numbers),
        "attributions": [
            (document, at, found.kind, numbers[found.source.entity] if found.source and found.source.entity else None,
             found.content.spans[0].start if found.content.spans else None,
             found.content.spans[-1].end if found.content.spans else None,
             key_of(found), json(found.content.spans), found.confidence)
            for at, found in enumerate(facts.attributions)
        ],
        "statements": [
            (document, at, each.id, each.genre, each.issued, *bounds(each.issued), owners(each))
            for at, each in enumerate(facts.statements)
        ],
        "acts": act_rows(document, facts, numbers),
        "notices": notice_rows(document, (*extraction, *facts.notices)),
    }  # fmt: skip


def key_of(found: Attribution) -> str | None:
    """The folded name of who speaks: the speaker's, or the source as printed."""
    speaker = own_speaker(found)
    return folded(speaker.name) if speaker else None


def owners(statement: Statement) -> int:
    """How many entities (of those that are none: names) make it their own."""
    return len({party.entity or "=" + folded(party.name) for party in statement.parties if party.role in OWN})


def act_rows(document: int, facts: Annotations, numbers: dict[str, int]) -> list[Row]:
    """Who does what to whom, and between which days the document was issued."""
    days = bounds(issue_date(facts.dates))
    return [
        (document, at, act.id, act.act, act.plover, act.modality, act.negated, act.conditional,
         *(numbers[name] if name else None for name in (act.by, act.addressee, act.target)),
         act.start, act.end, *days, act.confidence)
        for at, act in enumerate(facts.acts)
    ]  # fmt: skip


def mention_rows(document: int, facts: Annotations, numbers: dict[str, int]) -> list[Row]:
    """How often each entity is mentioned; one that is only listed is mentioned 0 times."""
    times = Counter([mention.entity for mention in facts.mentions if mention.entity])
    names = {entity.id: entity.name for entity in facts.entities}
    return [(document, numbers[entity], names.get(entity, entity), times[entity]) for entity in {**names, **times}]


def doubt_rows(document: int, facts: Annotations) -> list[Row]:
    """The machine's own facts of which it is not sure, and which rest on words, so that a person can say."""
    doubts: list[tuple[Doubt, int, int, int, float]] = [
        ("date", at, *date.spans[0], date.confidence)
        for at, date in enumerate(facts.dates)
        if date.confidence < DOUBTFUL and date.spans
    ]
    doubts += [
        ("act", at, act.start, act.end, act.confidence)
        for at, act in enumerate(facts.acts)
        if act.confidence < DOUBTFUL and act.rule != AS_REPORTED
    ]
    doubts += [
        (doubt_of(found), at, found.content.spans[0].start, found.content.spans[-1].end, found.confidence)
        for at, found in enumerate(facts.attributions)
        if found.confidence < DOUBTFUL and found.content.spans
    ]
    return [
        (kind, document, at, start, end, confidence, None) for kind, at, start, end, confidence in doubts if start < end
    ]


def doubt_of(found: Attribution) -> Doubt:
    """Whether it is doubtful who speaks (no words name them, or others stand for the name), or what they say."""
    named = found.source is not None and bool(found.source.spans)
    return "content" if named and HOW not in found.rule else "speaker"


def said_of(doubt: Row, laid: Laid) -> State | None:
    """What people said of the fact of a row of `doubt_rows`."""
    kind, _, at, *_ = doubt
    return next((laid.states.get((fact, at)) for fact, kinds in DOUBTED.items() if kind in kinds), None)
