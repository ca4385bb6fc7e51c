"""One statement of a document: its parties as printed and as known, whom it speaks to, what it does, when, and who
carries it. Every part stands with the words that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from onrecord import store
from onrecord.analyse import rows
from onrecord.commitments import ActDone
from onrecord.errors import NotFound
from onrecord.export import Decided
from onrecord.model import Judgement, Record, Statement
from onrecord.text.spans import Cover, Span
from onrecord.workbench.carriers import Carrier, Place, carriers, place, stretch

LINKS = 4
"""Reasons that are shown for who a party is."""


class Resolved(Struct, frozen=True):
    """Who a party is, as far as the archive knows. `why`: reasons that its names are one's, in words, with scores."""

    entity: str
    name: str
    also: tuple[str, ...]
    """Other names of it, the most frequent first."""
    why: tuple[tuple[str, float], ...]


class PartyHere(Struct, frozen=True):
    """The holder of a role: `name` as printed, then who that is."""

    role: str
    name: str
    places: tuple[Place, ...]
    rule: str
    confidence: float | None
    resolved: Resolved | None


class DateHere(Struct, frozen=True):
    """A date with its evidence; no places where it comes from metadata, as the rule then says."""

    role: str
    value: str
    places: tuple[Place, ...]
    rule: str
    confidence: float


class ActHere(Struct, frozen=True):
    """Something done in saying it."""

    act: str
    by: str | None
    addressee: str | None
    target: str | None
    content: str | None
    plover: str | None
    negated: bool
    conditional: bool
    modality: str
    place: Place


class StatementListed(Struct, frozen=True):
    """A statement among those of its document."""

    document: str
    id: str
    genre: str
    issued: str | None
    parties: tuple[str, ...]
    place: Place
    address: str


class StatementHere(Struct, frozen=True, kw_only=True):
    """All that is told of a statement."""

    document: str
    id: str
    title: str
    genre: str
    signs: tuple[Place, ...]
    """The words that spoke for its genre."""
    issued: str | None
    occasion: str | None
    segment: str | None
    """The kind of segment that it stands in; `None` where it is the whole document."""
    place: Place
    parties: tuple[PartyHere, ...]
    addressees: tuple[PartyHere, ...]
    dates: tuple[DateHere, ...]
    acts: tuple[ActHere, ...]
    judged: tuple[Judgement, ...]
    """Judgements that stand of the statement itself."""
    siblings: tuple[StatementListed, ...]
    """All statements of the document, itself too."""
    carriers: tuple[Carrier, ...]


def chosen(record: Record, name: str) -> Statement:
    """The statement of a document with this id. Raises NotFound."""
    found = next((each for each in record.statements if each.id == name), None)
    if found is None:
        raise NotFound(f"The document {record.id} carries no statement {name[:60]!r}.")
    return found


def statement(view: store.View, index: store.Index, record: Record, name: str, decided: Decided) -> StatementHere:
    """All of one statement; `decided` says what people judged. Raises NotFound."""
    one = chosen(record, name)
    span = stretch(record, one)
    segment = next((each for each in record.segments if each.id == one.segment), None)
    entities = {*(each.entity for each in one.parties), *(each.entity for each in one.addressees)}
    known = store.parties(view, sorted(filter(None, entities)))
    return StatementHere(
        document=record.id,
        id=one.id,
        title=(segment.title if segment and segment.title else None) or _title(record),
        genre=one.genre,
        signs=_places(record, one.signs),
        issued=one.issued,
        occasion=one.occasion,
        segment=segment.kind if segment else None,
        place=place(record.id, record.text, span),
        parties=tuple(
            PartyHere(
                it.role,
                it.name,
                _places(record, it.spans),
                it.rule,
                it.confidence,
                _resolved(it.entity, it.name, known),
            )
            for it in one.parties
        ),
        addressees=tuple(
            PartyHere("addressee", it.name, _places(record, it.spans), "", None, _resolved(it.entity, it.name, known))
            for it in one.addressees
        ),
        dates=tuple(_dates(record, one, span)),
        acts=tuple(_acts(record, one, span)),
        judged=tuple(
            each for (kind, at), each in decided.items() if kind == "statements" and record.statements[at] is one
        ),
        siblings=statements(record),
        carriers=carriers(view, index, record, one),
    )


def statements(record: Record) -> tuple[StatementListed, ...]:
    """The statements that a document carries."""
    return tuple(
        StatementListed(
            record.id, each.id, each.genre, each.issued, tuple(dict.fromkeys(it.name for it in each.parties)),
            place(record.id, record.text, stretch(record, each)), f"/s/{record.id}/{each.id}",
        )
        for each in record.statements
    )  # fmt: skip


def _title(record: Record) -> str:
    if record.title and record.title.text.strip():
        return record.title.text
    return record.capture.source.rsplit("/", 1)[-1]


def _places(record: Record, spans: Iterable[Span]) -> tuple[Place, ...]:
    return tuple(place(record.id, record.text, Span(*span)) for span in spans)


def _resolved(entity: str | None, printed: str, known: Mapping[str, store.PartyNames]) -> Resolved | None:
    party = known.get(entity or "")
    if party is None:
        return None
    also = tuple(spelling.name for spelling in party.spellings if spelling.name not in (party.name, printed))
    why = sorted({(link.reason, link.score) for link in party.links}, key=lambda each: -each[1])
    return Resolved(party.id, party.name, also[:6], tuple(why[:LINKS]))


def _dates(record: Record, one: Statement, span: Span) -> Iterator[DateHere]:
    """The dates of the document that are this statement's: those within it, and those of no words."""
    several = len(record.statements) > 1
    for fact in record.dates:
        if fact.role == "captured":
            continue
        inside = all(span.start <= each.start and each.end <= span.end for each in fact.spans)
        if inside and (fact.spans or not several or fact.role != "issued") and _fits(one, fact.role, fact.value):
            yield DateHere(fact.role, fact.value, _places(record, fact.spans), fact.rule, fact.confidence)


def _fits(one: Statement, role: str, value: str) -> bool:
    return role != "issued" or one.issued is None or value == one.issued


def _acts(record: Record, one: Statement, span: Span) -> Iterator[ActHere]:
    """What is done in its own words, and in words that it gives as others'."""
    row = rows(record)
    others = Cover(
        (inner.start, inner.end)
        for each in record.statements
        if each is not one
        and (inner := stretch(record, each)) != span
        and span.start <= inner.start
        and inner.end <= span.end
    )
    for act in record.acts:
        if span.start <= act.start and act.end <= span.end and not others.over(act.start):
            yield _act(record, row(act), Span(act.start, act.end))


def _act(record: Record, row: ActDone, span: Span) -> ActHere:
    return ActHere(
        row.act, row.name, row.addressee, row.target, row.content, row.plover, row.negated, row.conditional,
        row.modality, place(record.id, record.text, span),
    )  # fmt: skip


__all__ = ["StatementHere", "StatementListed", "chosen", "statement", "statements"]
