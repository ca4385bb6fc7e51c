"""What follows from a correction, so that a record does not contradict itself.

Whose words an attribution gives is told in three more places: its voices, the voices of what is quoted within it, and
who does the acts that are done in it. The day of a document is told again by each statement that had it from there.
What a person decided about one of these by itself holds: only what had the old value takes the new one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.model import Attribution, DateFact, Record, SpeechAct, Statement, Voice
from onrecord.resolve.additions import speaking


class Change(NamedTuple):
    """An attribution before and after a correction; `before` is `None` of one that was added."""

    before: Attribution | None
    after: Attribution


def with_speakers(record: Record, changes: Iterable[Change]) -> Record:
    """The record with the speakers of changed attributions wherever else they are told."""
    by_id = {each.after.id: each for each in changes}
    if not by_id:
        return record
    named = {each.id: _voiced(record, by_id[each.id], each) for each in record.attributions if each.id in by_id}
    return replace(
        record,
        attributions=tuple(_inherited(record, each, named, by_id) for each in record.attributions),
        acts=tuple(_done_by(act, by_id) for act in record.acts),
    )


def _speaker(fact: Attribution | None) -> str | None:
    return fact.source.entity if fact is not None and fact.source is not None else None


def _voiced(record: Record, change: Change, now: Attribution) -> Attribution:
    """Its voices end with who speaks now."""
    if change.before is None or change.before.source == now.source or change.before.voices != now.voices:
        return now
    outer = now.voices[: len(now.voices) - _speaks_last(change.before)]
    return replace(now, voices=(*outer, *speaking(record, now)))


def _speaks_last(fact: Attribution) -> int:
    """1 where the last of its voices is its own speaker."""
    return int(fact.source is not None and bool(fact.voices) and fact.voices[-1].role == "speaker")


def _inherited(
    record: Record, each: Attribution, named: Mapping[str, Attribution], changes: Mapping[str, Change]
) -> Attribution:
    """Its voices begin with those of what it lies in."""
    parents = {it.id: it.parent for it in record.attributions}
    each = named.get(each.id, each)
    name, seen = each.parent, {each.id}
    while name is not None and name not in seen:
        seen.add(name)
        before = changes[name].before if name in changes else None
        if before is not None and each.voices[: len(before.voices)] == before.voices:
            rest: tuple[Voice, ...] = each.voices[len(before.voices) :]
            each = replace(each, voices=(*named[name].voices, *rest))
        name = parents.get(name)
    return each


def _done_by(act: SpeechAct, changes: Mapping[str, Change]) -> SpeechAct:
    change = changes.get(act.within or "")
    if change is not None and change.before is not None and act.by == _speaker(change.before):
        return replace(act, by=_speaker(change.after))
    return act


def done_by_none(record: Record, before: Record, gone: Collection[str]) -> Iterator[SpeechAct]:
    """The acts; of one that its speaker did in an attribution that was taken away, nobody knows whose it is."""
    speakers = {each.id: _speaker(each) for each in before.attributions if each.id in gone}
    for act in record.acts:
        alone = act.within in speakers and act.by == speakers[act.within]
        yield replace(act, by=None) if alone else act


def within_added(record: Record, added: Iterable[Attribution]) -> Record:
    """What is done and counted in the words of an added attribution is its speaker's, unless it lies deeper in."""
    for new in added:
        outer = {None, new.parent, *(statement.id for statement in record.statements)}

        def lies(start: int, end: int, new: Attribution = new) -> bool:
            return any(span.start <= start and end <= span.end for span in new.content.spans)

        record = replace(
            record,
            acts=tuple(
                replace(act, within=new.id, by=_speaker(new) or act.by)
                if act.within in outer and lies(act.start, act.end) and not act.id.startswith("p")
                else act
                for act in record.acts
            ),
            quantities=tuple(
                replace(each, within=new.id) if each.within in outer and lies(each.start, each.end) else each
                for each in record.quantities
            ),
        )
    return record


def enclosed(record: Record, start: int, end: int) -> str | None:
    """The id of the innermost attribution or statement around words."""
    around = [
        (sum(span.end - span.start for span in each.content.spans), each.id)
        for each in record.attributions
        if any(span.start <= start and end <= span.end for span in each.content.spans)
    ]
    if around:
        return min(around)[1]
    places = {segment.id: (segment.start, segment.end) for segment in record.segments}
    for statement in record.statements:
        low, high = places.get(statement.segment or "", (0, len(record.text)))
        if low <= start and end <= high:
            return statement.id
    return None


def with_days(record: Record, before: Iterable[DateFact], after: Iterable[DateFact]) -> Record:
    """Statements that had their day from a date of issue which was corrected have the new one."""
    old = {date.value for date in before if date.role == "issued"}
    new = max((date for date in after if date.role == "issued"), key=lambda date: date.confidence, default=None)
    value = new.value if new else None
    if old == {date.value for date in after if date.role == "issued"}:
        return record

    def dated(statement: Statement) -> Statement:
        stale = statement.issued in old if old else statement.issued is None
        return replace(statement, issued=value) if stale else statement

    return replace(record, statements=tuple(map(dated, record.statements)))
