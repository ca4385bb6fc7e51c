"""Speech acts as rows of a ledger: who did what, when, toward whom, and how it reached us.

The date is the one that the statement bears, else the document's day of issue, else that of publication, and the row
says which. It is the day of the words: of an act that a report tells of, the day of the report. A statement that
several made, and that says "we" without naming one of them, is an act of all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from onrecord.analyse.days import read
from onrecord.analyse.gists import stem
from onrecord.analyse.network import GAP
from onrecord.analyse.timeline import Ground, Owned
from onrecord.analyse.windows import placing
from onrecord.commitments import ActDone, ActsCounted, DatedBy
from onrecord.hypergraph import Window
from onrecord.makers import doing
from onrecord.model import (
    Act,
    Attribution,
    AttributionKind,
    DateRole,
    Record,
    SlotRole,
    SpeechAct,
    Spoken,
    Statement,
    own_speaker,
)
from onrecord.text.address import address
from onrecord.text.folding import tokens

REACHED: dict[AttributionKind, Spoken] = {"direct": "direct", "indirect": "reported", "mixed": "reported"}
DATES: tuple[tuple[DateRole, DatedBy], ...] = (("issued", "issued"), ("published", "published"))
"""The dates that may stand for an act's, the best first."""
ALL_AT_ONCE = 12
"""Parties of a joint statement that a name lists; the others are counted."""
NOBODY: frozenset[str] = frozenset()


def rows(record: Record) -> Callable[[SpeechAct], ActDone]:
    """What makes a row of any act of a record."""
    return _Surroundings(record).row


class _Surroundings:
    """What acts of one record need to know of it."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._names = {entity.id: entity.name for entity in record.entities}
        self._attributions = {each.id: each for each in record.attributions}
        self._statements = {each.id: each for each in record.statements}
        self._ground = Ground(_stretches(record))
        self._own = next(_dates(record), (None, None))

    def row(self, act: SpeechAct) -> ActDone:
        record = self._record
        statement = self._statement(act)
        attribution = self._attributions.get(act.within or "")
        by = doing(act, self._statements)
        day, dated = self._date(statement)
        return ActDone(
            document=record.id,
            id=act.id,
            act=act.act,
            date=day,
            dated=dated,
            by=by,
            name=named(by, self._names),
            plover=act.plover,
            mode=act.mode,
            addressee=self._words(act, "addressee") or self._names.get(act.addressee or ""),
            target=self._words(act, "target") or self._names.get(act.target or ""),
            content=self._words(act, "content"),
            deadline=self._words(act, "deadline"),
            deadline_value=next((slot.value for slot in act.slots if slot.role == "deadline" and slot.value), None),
            condition=self._words(act, "condition"),
            negated=act.negated,
            conditional=act.conditional,
            intensity=act.intensity,
            modality=act.modality,
            reached=REACHED[attribution.kind] if attribution else "own",
            through=through(record, attribution, [self._names.get(each, "") for each in by]),
            start=act.start,
            words=record.text[act.start : act.end],
            address=address(record.id, act.start, act.end),
            title=record.title.text if record.title else None,
            addressee_entity=entity_of(act, "addressee"),
            target_entity=entity_of(act, "target"),
        )

    def _words(self, act: SpeechAct, role: SlotRole) -> str | None:
        spans = [span for slot in act.slots if slot.role == role for span in slot.spans]
        return GAP.join(span.of(self._record.text) for span in spans) or None

    def _statement(self, act: SpeechAct) -> Statement | None:
        """The statement that it lies in, itself or with the attribution that it is done in."""
        if own := self._statements.get(act.within or ""):
            return own
        around = self._ground.around(act)
        return self._statements[around[0]] if around else None

    def _date(self, statement: Statement | None) -> tuple[str | None, DatedBy | None]:
        if statement is not None and read(statement.issued):
            return statement.issued, "issued"
        return self._own


def _stretches(record: Record) -> Iterator[Owned]:
    segments = {segment.id: (segment.start, segment.end) for segment in record.segments}
    for statement in record.statements:
        start, end = segments.get(statement.segment or "", (0, len(record.text)))
        yield start, end, statement.id, ()


def _dates(record: Record) -> Iterator[tuple[str, DatedBy]]:
    """The readable dates of a document that may stand for an act's: the best role first, the surest of it first."""
    for role, dated in DATES:
        facts = [fact for fact in record.dates if fact.role == role and read(fact.value)]
        for fact in sorted(facts, key=lambda fact: -fact.confidence):
            yield fact.value, dated


def entity_of(act: SpeechAct, role: SlotRole) -> str | None:
    """The entity of whom an act is said to, or is about."""
    own = {"addressee": act.addressee, "target": act.target}.get(role)
    return own or next((slot.entity for slot in act.slots if slot.role == role and slot.entity), None)


def named(by: Sequence[str], names: Mapping[str, str]) -> str | None:
    """What those who do an act are called together."""
    called = [names.get(each, each) for each in by[:ALL_AT_ONCE]]
    more = len(by) - ALL_AT_ONCE
    return "; ".join([*called, *([f"and {more} more"] if more > 0 else [])]) or None


def through(record: Record, attribution: Attribution | None, by: Sequence[str]) -> tuple[str, ...]:
    """Through whom an act reached us, from outside in, without those who do it."""
    publisher = record.capture.publisher
    if attribution is None:
        translator = [each.name for one in record.attributions for each in one.voices if each.role == "translator"]
        voices = [*([publisher] if publisher else []), *translator[:1]]
    else:
        inner = own_speaker(attribution)
        voices = [voice.name for voice in attribution.voices if voice is not inner]
    own = {name.casefold() for name in by}
    first: dict[str, str] = {}
    for name in voices:
        first.setdefault(name.casefold(), name)
    return tuple(name for folded, name in first.items() if folded not in own)


class Question(Struct, frozen=True, kw_only=True):
    """Which acts are asked for."""

    kinds: frozenset[Act]
    by: frozenset[str] | None = None
    """Entities of whom one does it; `None`: whoever does it."""
    to: frozenset[str] = NOBODY
    """Entities that it is said to, or …"""
    to_words: tuple[str, ...] = ()
    """… the folded words of whom it is said to."""
    about: frozenset[str] = NOBODY
    """Stems of words that it says."""
    period: Window | None = None
    hypothetical: bool = False


def meets(question: Question, row: ActDone) -> bool:
    """Whether an act is of the kind, says the words and is said to whom was asked for."""
    if row.act not in question.kinds:
        return False
    if (question.to or question.to_words) and not _said_to(question, row):
        return False
    return not question.about or question.about <= {stem(word) for word in tokens(f"{row.words} {row.what}")}


def _said_to(question: Question, row: ActDone) -> bool:
    if row.addressee_entity is not None and row.addressee_entity in question.to:
        return True
    words, wanted = tokens(row.addressee or ""), list(question.to_words)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def why_not(question: Question, row: ActDone) -> str | None:
    """Why a row is left out: a field of ActsCounted, or that it was not asked for; `None`: it is kept."""
    if not meets(question, row) or (question.by is not None and row.by and question.by.isdisjoint(row.by)):
        return "not asked for"
    if question.by is not None and not row.by:
        return "unnamed"
    if row.modality == "hypothetical" and not question.hypothetical:
        return "hypothetical"
    lies = placing(row.date, question.period) if question.period else "within"
    return None if lies == "within" else lies.replace("-", "_")


class Choice:
    """Takes rows one by one and keeps those that were asked for; counts what it leaves out, and why."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._counts = Counter[str]()
        self.rows: list[ActDone] = []

    def add(self, row: ActDone) -> bool:
        """Whether it is kept."""
        why = why_not(self._question, row)
        if why is not None:
            self._counts[why] += 1
            return False
        self._counts["undated"] += row.date is None
        self._counts["published"] += row.dated == "published"
        self.rows.append(row)
        return True

    def counted(self, documents: int) -> ActsCounted:
        counts = {name: self._counts[name] for name in ActsCounted.__struct_fields__}
        return ActsCounted(**{**counts, "documents": documents, "shown": len(self.rows)})


def in_order(rows: Sequence[ActDone], called: Callable[[Sequence[str]], Mapping[str, str]]) -> tuple[ActDone, ...]:
    """By date, the undated last, each with the names that its parties have in the archive."""
    names = called(sorted({entity for row in rows for entity in row.by}))
    return tuple(shown(row, names) for row in sorted(rows, key=reading_order))


def shown(row: ActDone, names: Mapping[str, str]) -> ActDone:
    """The row with the names that its parties have; where one has none, as its document has them."""
    return replace(row, name=named(row.by, names)) if row.by and names.keys() >= {*row.by} else row


def reading_order(row: ActDone) -> tuple[bool, date, date, str, int]:
    """For lists: by first day that is meant, the undated last, then by document and place."""
    day = read(row.date)
    return (day is None, day.low if day else date.max, day.high if day else date.max, row.document, row.start)
