"""What a text that tells of an act says of it beside its words: when it was done, and who spoke for whom.

    told = tellings(record)
    row = told(act, row)

A date that stands by the telling ("said on 3 May 2023 that …"), not in what is told, is the act's own where it lies
before the document. Who speaks on behalf of a body speaks for it: the act is of both, and the row says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from onrecord.analyse.days import read
from onrecord.commitments import ActDone
from onrecord.makers import TOGETHER, behalf
from onrecord.model import Attribution, Record, SpeechAct, Statement
from onrecord.text.dates import PartialDate
from onrecord.text.spans import Span

NEAR = 24
"""Code points before and behind a clause in which the date of its telling may begin."""
MOST = 50
"""Dates that are looked at in a clause."""
BEFORE = re.compile(r"[\s,،]*")
"""What may stand between such a date and the clause: "On 3 May, the Guard said" …"""
BEHIND = re.compile(r"[\s,،]*(?:\w{1,4}\s+)?")
"""… and, with a preposition: "the Guard said on 3 May"."""
ON_BEHALF = "on behalf of"
"""How the rule of an attribution ends whose source speaks for its entity."""


def tellings(record: Record) -> Callable[[SpeechAct, ActDone], ActDone]:
    """What completes the row of any act of a record by how it is told."""
    return _Tellings(record).row


class _Tellings:
    def __init__(self, record: Record) -> None:
        self._text = record.text
        self._attributions = {each.id: each for each in record.attributions}
        self._statements = {each.id: each for each in record.statements}
        self._makers = {it.entity for each in record.statements for it in each.parties if it.role in TOGETHER}
        self._names = {entity.id: entity.name for entity in record.entities}
        self._times = sorted(
            (each.start, each.end, day)
            for each in record.times
            if each.type in ("date", "time") and (day := read(each.value)) is not None
        ) if record.times else []  # fmt: skip
        self._starts = [start for start, _, _ in self._times]
        self._dates: dict[str, list[PartialDate]] = {}

    def row(self, act: SpeechAct, row: ActDone) -> ActDone:
        attribution = self._attributions.get(act.within or "")
        more = self._behalf(act, row, attribution)
        reported = act.modality == "reported" or row.reached == "reported"
        if attribution is not None or act.modality == "past":
            day = self._own_date(act, row, attribution)
            if day is not None:
                more.update(date=day.text, dated="told")
            elif act.modality == "past" or (reported and self._makers.isdisjoint(row.by)):
                more["retold"] = True
        return replace(row, rule=act.rule, **more)

    # -- when ---------------------------------------------------------------------------------------------------------

    def _own_date(self, act: SpeechAct, row: ActDone, attribution: Attribution | None) -> PartialDate | None:
        """The date that the telling gives the act, where it surely lies before the document's."""
        if not self._times:
            return None
        if attribution is None:
            found = list(self._beside(Span(act.start, act.end), _apart(act)))
        elif attribution.id in self._dates:
            found = self._dates[attribution.id]
        else:
            found = self._dates[attribution.id] = list(self._beside(*_telling(attribution)))
        issued = read(row.date)
        return next((day for day in found if issued is None or day.precedes(issued)), None)

    def _beside(self, clause: Span, told: list[Span]) -> Iterator[PartialDate]:
        """The dates in a clause that are not in what it tells; and right beside it, where what it tells does not
        stand there."""
        opens = any(span.start <= clause.start for span in told)
        closes = any(span.end >= clause.end for span in told)
        first = bisect_left(self._starts, clause.start - NEAR)
        for start, end, day in self._times[first : first + MOST]:
            if start > clause.end + NEAR:
                break
            if end <= clause.start:
                near = not opens and BEFORE.fullmatch(self._text, end, clause.start) is not None
            elif start >= clause.end:
                near = not closes and BEHIND.fullmatch(self._text, clause.end, start) is not None
            else:
                near = not any(span.start < end and start < span.end for span in told)
            if near:
                yield day

    # -- for whom -----------------------------------------------------------------------------------------------------

    def _behalf(self, act: SpeechAct, row: ActDone, attribution: Attribution | None) -> dict[str, Any]:
        if attribution is not None:
            return _spoken(attribution, row)
        return self._issued(self._statements.get(act.within or ""), row)

    def _issued(self, statement: Statement | None, row: ActDone) -> dict[str, Any]:
        """Of a statement that one makes on behalf of others: whose acts its acts are."""
        maker, others = behalf(statement, row.by)
        if maker is None:
            return {}
        name = self._names.get(maker.entity or "", maker.name)
        if row.by[0] in others:
            return {"spokesperson": name}
        if row.by[0] != maker.entity:
            return {}
        called = "; ".join(self._names.get(each, each) for each in others)
        return {"by": (*row.by, *others), "speakers": row.by, "spokesperson": name, "name": called}


def _spoken(attribution: Attribution, row: ActDone) -> dict[str, Any]:
    """Of words that one says on behalf of another: who says them."""
    if not attribution.rule.endswith(ON_BEHALF) or len(attribution.voices) < 2:
        return {}
    speaker, other = attribution.voices[-2:]
    if speaker.role != "speaker" or other.entity is None or row.by != (other.entity,):
        return {}
    return {"spokesperson": speaker.name, "through": tuple(name for name in row.through if name != speaker.name)}


def _apart(act: SpeechAct) -> list[Span]:
    """What an act says, and by when: dates there are not those of its telling."""
    return [span for slot in act.slots if slot.role in ("content", "deadline", "condition") for span in slot.spans]


def _telling(attribution: Attribution) -> tuple[Span, list[Span]]:
    """The clause of an attribution from its first words to its last, and its content."""
    told = list(attribution.content.spans)
    every = [*told, *_spans(attribution)]
    return Span(min(it.start for it in every), max(it.end for it in every)), told


def _spans(attribution: Attribution) -> Iterable[Span]:
    yield from attribution.source.spans if attribution.source else ()
    yield from attribution.cue.spans if attribution.cue else ()
