"""A lane for each party: when it issued and published statements, and the days that it spoke of.

Every moment is the interval of days that its date may mean. A month stays a month wide; a date that could not be read
is counted, not placed. Three kinds: `issued` (the date a statement bears), `published` (that of its document), and
`event` (a date in the words of the party: in the content of an attribution to it, or else in the statement it issued).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from onrecord.analyse.days import read
from onrecord.makers import makers
from onrecord.model import Record, Span, SpeechAct, TimeExpression

MomentKind = Literal["issued", "published", "event"]


class Moment(Struct, frozen=True):
    """A date on a party's lane: `low` and `high` are the first and last day that `value` (EDTF) may mean."""

    kind: MomentKind
    value: str
    low: date
    high: date
    document: str
    within: str | None
    """Id of the statement or attribution that it belongs to."""
    spans: tuple[Span, ...]
    """The words of the date; empty where it does not stand in the text."""


class Lane(Struct, frozen=True):
    """All moments of one entity, by first day, the more precise first."""

    entity: str
    name: str
    moments: tuple[Moment, ...]


class Timeline(Struct, frozen=True):
    """Lanes by first moment, and how many dates of their parties have no place on them."""

    lanes: tuple[Lane, ...]
    unplaced: int


def timeline(records: Iterable[Record], entities: frozenset[str] | None = None) -> Timeline:
    """The lanes of `entities`, or of all that made a statement or were quoted."""
    lanes: dict[str, list[Moment]] = {}
    names: dict[str, str] = {}
    unplaced = 0
    for record in records:
        names |= {entity.id: entity.name for entity in record.entities}
        for entity, moment in _moments(record):
            if entities is not None and entity not in entities:
                continue
            if moment is None:
                unplaced += 1
            else:
                lanes.setdefault(entity, []).append(moment)
    made = [
        Lane(entity, names.get(entity, entity), tuple(sorted(found, key=_order))) for entity, found in lanes.items()
    ]
    return Timeline(tuple(sorted(made, key=lambda lane: (_order(lane.moments[0]), lane.entity))), unplaced)


def _order(moment: Moment) -> tuple[date, date, str, str, str]:
    return (moment.low, moment.high, moment.document, moment.kind, moment.within or "")


def _moments(record: Record) -> Iterator[tuple[str, Moment | None]]:
    """Entity and moment; `None` for a date that is there but cannot be placed."""
    published = [fact for fact in record.dates if fact.role == "published"]
    issued = {fact.value: fact.spans for fact in record.dates if fact.role == "issued"}
    for statement in record.statements:
        for entity in makers(statement):
            if statement.issued is not None:
                spans = issued.get(statement.issued, ())
                yield entity, _placed("issued", statement.issued, record.id, statement.id, spans)
            for fact in published:
                yield entity, _placed("published", fact.value, record.id, statement.id, fact.spans)
    yield from _events(record)


def _events(record: Record) -> Iterator[tuple[str, Moment | None]]:
    spoken, issued = Ground(_contents(record)), Ground(_grounds(record))
    for found in record.times:
        if found.type == "date":
            within, entities = spoken.around(found) or issued.around(found) or ("", ())
            for entity in entities:
                yield entity, _placed("event", found.value, record.id, within, (Span(found.start, found.end),))


Owned = tuple[int, int, str, tuple[str, ...]]
"""A stretch of text, the id of the statement or attribution it is, and the entities whose words it holds."""


class Ground:
    """Stretches of text, asked which one lies closest around a time expression or an act."""

    def __init__(self, stretches: Iterable[Owned]) -> None:
        self._stretches = sorted(stretches, key=lambda owned: (owned[0], -owned[1]))
        self._starts = [owned[0] for owned in self._stretches]
        # For each stretch the nearest one before it that reaches past its start: nested stretches are few, so the way
        # out to an enclosing one is short, however many stand side by side.
        self._outer = list(self._enclosing())

    def _enclosing(self) -> Iterator[int]:
        open_ones: list[int] = []
        for at, (start, _, _, _) in enumerate(self._stretches):
            while open_ones and self._stretches[open_ones[-1]][1] <= start:
                open_ones.pop()
            yield open_ones[-1] if open_ones else -1
            open_ones.append(at)

    def around(self, found: TimeExpression | SpeechAct) -> tuple[str, tuple[str, ...]] | None:
        """Id and entities of the innermost stretch that holds it."""
        at = bisect_right(self._starts, found.start) - 1
        while at >= 0:
            _, end, within, entities = self._stretches[at]
            if found.end <= end:
                return within, entities
            at = self._outer[at]
        return None


def _contents(record: Record) -> Iterator[Owned]:
    """Contents whose speaker is unknown are here too: what they hold is not the issuer's own word."""
    for attribution in record.attributions:
        entity = attribution.source.entity if attribution.source else None
        for start, end in attribution.content.spans:
            yield start, end, attribution.id, (entity,) if entity else ()


def _grounds(record: Record) -> Iterator[Owned]:
    segments = {segment.id: (segment.start, segment.end) for segment in record.segments}
    for statement in record.statements:
        start, end = segments.get(statement.segment or "", (0, len(record.text)))
        yield start, end, statement.id, makers(statement)


def _placed(kind: MomentKind, value: str | None, document: str, within: str, spans: tuple[Span, ...]) -> Moment | None:
    day = read(value)
    return Moment(kind, day.text, day.low, day.high, document, within, spans) if day else None
