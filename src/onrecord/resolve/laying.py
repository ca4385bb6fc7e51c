"""People's judgements replayed over fresh output.

Nothing here edits a judgement or a fact: `apply` makes a new record out of a record and the judgements that stand.
`add` puts in a fact that the machine missed, `wrong` takes a fact away, `replace` puts fields in the place of the
fact's, `correct` and `unsure` leave it. Of several judgements about one fact the latest counts, and those that
contradict it are reported. One whose words are not there any more is an orphan: reported, kept, applied to nothing. The
outcome does not depend on the order given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import Entity, Judgement, Record, Subject
from onrecord.resolve.additions import PERSON, added, among, carried, check_fields, entities_of, fields_of, spans_in
from onrecord.resolve.anchors import KINDS, anchor, facts_at, locate, text_digest
from onrecord.resolve.following import Change, done_by_none, enclosed, with_days, with_speakers, within_added
from onrecord.resolve.ledger import standing
from onrecord.text.spans import Span

Place = tuple[str, int]
"""A kind of fact, and the index of one."""


class Orphan(NamedTuple):
    """A standing judgement that could not be applied, and why, in words."""

    judgement: str
    reason: str


class Conflict(NamedTuple):
    """Standing judgements that contradict each other: the one that counts, and the others."""

    counts: str
    others: tuple[str, ...]


class Applied(NamedTuple):
    """What came of a replay. `applied`: ids of the judgements that count, also those that changed nothing."""

    record: Record
    applied: tuple[str, ...]
    orphans: tuple[Orphan, ...]
    conflicts: tuple[Conflict, ...]
    decided: dict[Place, Judgement]
    """The judgement that counts for a fact of the record that came of it, by the fact's kind and index there."""


def apply(record: Record, judgements: Iterable[Judgement]) -> Applied:
    """`record` as the standing judgements about its facts make it; those about other documents are passed over."""
    draft = _Draft(record, [each for each in standing(judgements) if _concerns(record, each)])
    orphans, conflicts = tuple(draft.orphans), tuple(draft.conflicts)
    return Applied(draft.outcome(), tuple(draft.applied), orphans, conflicts, draft.decided())


def extended(record: Record, judgements: Iterable[Judgement]) -> Record:
    """`record` with the facts that people added and nothing else that they decided: all that can be judged."""
    draft = _Draft(record, [])
    for each in standing(judgements):
        if each.verdict == "add" and _concerns(record, each):
            draft.enter(each)
    return draft.outcome()


def about(record: Record, judgements: Iterable[Judgement], subject: Subject) -> tuple[Judgement, ...]:
    """The standing judgements about the fact that a subject is about, the earliest first. Raises JudgementError."""
    draft = _Draft(record, [each for each in standing(judgements) if _concerns(record, each)])
    return draft.about(_target(draft.record, subject, draft.digest))


def stands_at(record: Record, subject: Subject) -> int:
    """The index of the one fact of its kind that a subject is about. Raises JudgementError, which says why not."""
    return _target(record, subject, text_digest(record.text))[1]


def _concerns(record: Record, each: Judgement) -> bool:
    return each.subject.document == record.id and each.subject.kind.partition("/")[0] in KINDS


class _Draft:
    """A record while judgements, which come in order of time, are laid over it."""

    def __init__(self, record: Record, judgements: Sequence[Judgement]) -> None:
        self.record = record
        self.digest = text_digest(record.text)
        self.applied: list[str] = []
        self.orphans: list[Orphan] = []
        self.conflicts: list[Conflict] = []
        self._about: dict[Place, list[Judgement]] = {}
        self._new: dict[Place, str] = {}
        self._removed: set[Place] = set()
        self._changed: dict[Place, Any] = {}
        self._counts: dict[Place, Judgement] = {}
        for each in sorted(judgements, key=lambda each: each.verdict != "add"):
            self.enter(each)
        order = {each.id: number for number, each in enumerate(judgements)}
        for place, several in self._about.items():
            self._decide(place, sorted(several, key=lambda each: order[each.id]))
        self.applied.sort(key=lambda name: order[name])
        self.orphans.sort(key=lambda orphan: order[orphan.judgement])
        self.conflicts.sort(key=lambda conflict: order[conflict.counts])

    def enter(self, each: Judgement) -> None:
        """Find what a judgement is about; what it adds is put in, unless it is there."""
        try:
            adds = each.verdict == "add"
            place = self._added(each) if adds else _target(self.record, each.subject, self.digest)
            self._about.setdefault(place, []).append(each)
        except JudgementError as reason:
            self.orphans.append(Orphan(each.id, str(reason)))

    def _added(self, each: Judgement) -> Place:
        words = _words(self.record, each.subject, self.digest)
        kind, _, fact, entities = added(each, words)
        _check_within(self.record, fact)
        found = facts_at(self.record, each.subject.kind, words)
        if len(found) > 1:
            raise JudgementError("Several facts stand on these words.")
        if found:
            return kind, found[0]
        facts = getattr(self.record, kind)
        self._new[kind, len(facts)] = each.id
        self.record = replace(_with_entities(self.record, entities), **{kind: (*facts, fact)})
        return kind, len(facts)

    def _decide(self, place: Place, several: Sequence[Judgement]) -> None:
        """The latest judgement about a fact counts; one that cannot be laid over it is an orphan."""
        last = several[-1]
        try:
            if last.verdict == "wrong":
                self._removed.add(place)
            elif last.verdict == "replace" or (last.verdict == "add" and self._new.get(place) != last.id):
                self._changed[place] = _replaced(self.record, last, place, self.digest)
                self.record = _with_entities(self.record, entities_of(_value(last)))
            self.applied.append(last.id)
            self._counts[place] = last
        except JudgementError as reason:
            self.orphans.append(Orphan(last.id, str(reason)))
        others = tuple(each.id for each in several[:-1] if self._said(place, each) != self._said(place, last))
        if others:
            self.conflicts.append(Conflict(last.id, others))

    def _said(self, place: Place, each: Judgement) -> tuple[str, bytes | None]:
        """Whoever added a fact says that it is right."""
        if each.verdict == "add" and self._new.get(place) == each.id:
            return "correct", None
        return each.verdict, None if each.value is None else bytes(each.value)

    def about(self, place: Place) -> tuple[Judgement, ...]:
        """What was decided about a fact, in order of time."""
        return tuple(sorted(self._about.get(place, ()), key=lambda each: (each.at, each.id)))

    def outcome(self) -> Record:
        """The record with everything in its place."""
        kinds = {kind for kind, _ in (*self._removed, *self._changed, *self._new)}
        if not kinds:
            return self.record
        before = self.record
        record = replace(before, **{kind: self._facts(kind) for kind in kinds})
        record = _without_dangling(record, before, set(self._gone(before)))
        record = _placed(record, {f"p{name[1:13]}" for name in self._new.values()})
        record = with_speakers(record, self._respoken(before))
        dated = [date for index, date in enumerate(before.dates) if ("dates", index) not in self._new]
        return with_days(record, dated, record.dates) if "dates" in kinds else record

    def decided(self) -> dict[Place, Judgement]:
        """The judgements that count, by where their facts are in the outcome."""
        found: dict[Place, Judgement] = {}
        for kind in {kind for kind, _ in self._counts}:
            now = {old: new for new, old in enumerate(self._order(kind))}
            found |= {(kind, now[at]): each for (of, at), each in self._counts.items() if of == kind and at in now}
        return found

    def _facts(self, kind: str) -> tuple[Any, ...]:
        facts = getattr(self.record, kind)
        return tuple(self._changed.get((kind, index), facts[index]) for index in self._order(kind))

    def _order(self, kind: str) -> list[int]:
        """The facts of a kind that are left, by their indexes: what was added goes before what begins later, a date
        before all: it is the surest."""
        facts = getattr(self.record, kind)
        left = [index for index in range(len(facts)) if (kind, index) not in self._removed]
        mine = [index for index in left if (kind, index) in self._new]
        made = [index for index in left if (kind, index) not in self._new]
        if kind == "dates":
            return mine + made
        for index in mine:
            made.insert(_after(kind, [facts[each] for each in made], facts[index]), index)
        return made

    def _gone(self, before: Record) -> Iterable[str]:
        for kind, index in self._removed:
            fact = getattr(before, kind)[index]
            if hasattr(fact, "id"):
                yield fact.id

    def _respoken(self, before: Record) -> list[Change]:
        """The attributions whose speaker may be another now."""
        return [
            Change(before.attributions[index], fact)
            for (kind, index), fact in self._changed.items()
            if kind == "attributions"
        ]


def _after(kind: str, facts: Sequence[Any], fact: Any) -> int:
    """The place in a list for a fact, before the first that begins later."""
    start = anchor(kind, fact)
    later = (at for at, each in enumerate(facts) if start and (place := anchor(kind, each)) and place > start)
    return next(later, len(facts))


def _words(record: Record, subject: Subject, digest: str) -> Span:
    wanted = subject.evidence
    place = None if wanted is None else locate(record.text, wanted, subject.text == digest)
    if place is None:
        raise JudgementError("The words it rests on do not stand in this text, or not in one place only.")
    return place


def _target(record: Record, subject: Subject, digest: str) -> Place:
    """The kind and index of the one fact that a judgement is about; raises JudgementError where there is none."""
    found = facts_at(record, subject.kind, _words(record, subject, digest))
    if len(found) != 1:
        raise JudgementError(
            "Nothing of this kind is found on these words any more."
            if not found
            else "Several facts stand on these words."
        )
    return subject.kind.partition("/")[0], found[0]


def _value(each: Judgement) -> Any:
    return msgspec.json.decode(each.value or b"{}")


def _replaced(record: Record, each: Judgement, place: Place, digest: str) -> Any:
    """The fact with the fields that a person put in place: decided by that person, and sure."""
    kind, index = place
    value, fact = _value(each), getattr(record, kind)[index]
    check_fields(KINDS[kind], value)
    if each.subject.text != digest and each.subject.evidence is not None:
        value = carried(value, each.subject.evidence, _words(record, each.subject, digest))
    decided = {name: told for name, told in (("rule", PERSON), ("confidence", 1.0)) if hasattr(fact, name)}
    try:
        made = msgspec.convert({**msgspec.to_builtins(fact), **decided, **fields_of(value)}, KINDS[kind])
    except msgspec.ValidationError as error:
        raise JudgementError(f"What it puts in place does not fit: {error}.") from error
    _check_within(record, made)
    return made


def _check_within(record: Record, made: Any) -> None:
    if any(not 0 <= span.start <= span.end <= len(record.text) for span in spans_in(msgspec.to_builtins(made))):
        raise JudgementError("What it puts in place points outside the text.")


def _with_entities(record: Record, entities: Iterable[Entity]) -> Record:
    known = {entity.id for entity in record.entities}
    new = tuple(entity for entity in entities if entity.id not in known)
    return replace(record, entities=(*record.entities, *new)) if new else record


def _placed(record: Record, new: set[str]) -> Record:
    """What was added, with what it lies in; and what lies in it."""
    record = replace(
        record, attributions=tuple(among(record, each) if each.id in new else each for each in record.attributions)
    )
    record = within_added(record, [each for each in record.attributions if each.id in new])
    return replace(
        record,
        acts=tuple(
            replace(each, within=enclosed(record, each.start, each.end)) if each.id in new else each
            for each in record.acts
        ),
        quantities=tuple(
            replace(each, within=enclosed(record, each.start, each.end))
            if each.rule == PERSON and each.within is None
            else each
            for each in record.quantities
        ),
    )


def _without_dangling(record: Record, before: Record, gone: set[str]) -> Record:
    """What lay in a fact that was taken away lies in what that one lay in."""
    if not gone:
        return record
    parents = {each.id: each.parent for each in before.attributions}

    def kept(name: str | None) -> str | None:
        while name is not None and name in gone:
            name = parents.get(name)
        return name

    return replace(
        record,
        attributions=tuple(replace(each, parent=kept(each.parent)) for each in record.attributions),
        acts=tuple(
            replace(each, within=kept(each.within), parent=None if each.parent in gone else each.parent)
            for each in done_by_none(record, before, gone)
        ),
        quantities=tuple(replace(each, within=kept(each.within)) for each in record.quantities),
        segments=tuple(replace(each, parent=None if each.parent in gone else each.parent) for each in record.segments),
        statements=tuple(
            replace(each, segment=None if each.segment in gone else each.segment) for each in record.statements
        ),
    )
