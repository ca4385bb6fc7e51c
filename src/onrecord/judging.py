"""The ledger, to be laid over the machine's findings, which stay as they are.

A judgement about a document also speaks of the versions that came after it at the same place, where its words stand
there once and nowhere else; where they do not, it is an orphan: kept, shown, applied to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from onrecord import resolve, store
from onrecord.asked import one_of
from onrecord.errors import JudgementError, NotFound
from onrecord.model import Judgement, Record, Subject, Verdict
from onrecord.text.spans import Span

_PLACE = re.compile(r"(?P<start>[0-9]{1,10})-(?P<end>[0-9]{1,10})")


class Orphan(Struct, frozen=True):
    """A standing judgement whose words are not in this document, or no longer, and why in words."""

    judgement: str
    document: str | None
    """`None` of a judgement about entities."""
    reason: str


class Conflict(Struct, frozen=True):
    """Standing judgements that contradict each other: the one that counts, and the others."""

    counts: str
    others: tuple[str, ...]


class Ledger:
    """The judgements of one moment, ready to be laid over records: all, or those about some documents alone."""

    def __init__(self, view: store.View, names: Collection[str] | None = None) -> None:
        with view.snapshot():
            if names is None:
                judgements = view.judgements()
                versions = view.judged() if judgements else {}
            else:
                versions = store.later(view, names)
                judgements = view.judgements_about({*versions, *names})
        self._view = view
        self._of_entities = [each for each in judgements if each.subject.kind == "entities"]
        self.about: dict[str, list[Judgement]] = {}
        """Judgements by the document that they are to be laid over."""
        for judgement in judgements:
            for target in targets(judgement, versions):
                subject = replace(judgement.subject, document=target)
                self.about.setdefault(target, []).append(replace(judgement, subject=subject))

    def record(self, record: Record) -> Record:
        """The record as the standing judgements make it."""
        return self.judged(record)[0]

    def judged(self, record: Record) -> tuple[Record, dict[tuple[str, int], Judgement]]:
        """That record, and the judgement that counts for a fact of it, by the fact's kind and index."""
        decided = {}
        if about := self.about.get(record.id):
            found = resolve.apply(record, about)
            record, decided = found.record, found.decided
        same = store.stands_for(self._view, entities_in(record))
        return resolve.renamed(record, same) if same else record, decided

    def decided(self, record: Record) -> dict[tuple[str, int], Judgement]:
        """The judgement that counts for a fact, by its kind and index in what `record` makes of this record."""
        return resolve.apply(record, self.about.get(record.id, [])).decided

    def orphans(self, record: Record) -> Iterator[Orphan]:
        """The judgements about this document, or an earlier version of it, that find nothing in it to stand on."""
        for orphan in resolve.apply(record, self.about.get(record.id, [])).orphans:
            yield Orphan(orphan.judgement, record.id, orphan.reason)

    def conflicts(self, record: Record) -> Iterator[Conflict]:
        """Judgements about facts of this document that contradict one another."""
        for conflict in resolve.apply(record, self.about.get(record.id, [])).conflicts:
            yield Conflict(conflict.counts, conflict.others)

    def entity_conflicts(self) -> Iterator[Conflict]:
        """Judgements about entities that contradict one another."""
        return (Conflict(each.counts, each.others) for each in resolve.grouped((), self._of_entities).conflicts)

    def entity_orphans(self) -> Iterator[Orphan]:
        """Standing judgements about entities of which one is in no document and not in the registry."""
        standing = [each for each in self._of_entities if each.withdrawn is None]
        known = store.alive(self._view, {name for each in standing for name in each.subject.entities})
        for each in standing:
            if missing := [name for name in each.subject.entities if name not in known]:
                yield Orphan(each.id, None, f"No document names {' or '.join(missing)} any more.")

    def elsewhere(self) -> Iterator[Orphan]:
        """Standing judgements about documents that are not in this archive."""
        here = self._view.listed(list(self.about))
        for document, judgements in self.about.items():
            if document not in here:
                for each in judgements:
                    if each.withdrawn is None:
                        yield Orphan(each.id, document, "The document is not in this archive.")


def judged_here(view: store.View, document: str) -> list[Judgement]:
    """The judgements that are to be laid over a document: about it, or about what it came after at its place."""
    return Ledger(view, [document]).about.get(document, [])


def words_at(place: str) -> Span:
    """START-END as a range. Raises JudgementError."""
    match = _PLACE.fullmatch(place)
    if match is None:
        raise JudgementError(f"{place!r} is no place. Write START-END, in code points, as addresses have it.")
    return Span(int(match["start"]), int(match["end"]))


def fact_at(record: Record, kind: str, place: str) -> Any:
    """The one fact of a kind at START-END of a record's text. Raises JudgementError, NotFound."""
    facts = resolve.facts_at(record, kind, words_at(place))
    if len(facts) != 1:
        several = "Several facts" if facts else "No fact"
        raise NotFound(f"{several} of {kind} at {place} of {record.id}. `onrecord show --json` lists them.")
    return getattr(record, kind.partition("/")[0])[facts[0]]


def checked_verdict(said: str) -> Verdict:
    """Raises JudgementError where a word is no verdict."""
    return one_of("verdict", said, get_args(Verdict), JudgementError)


def subject_of(record: Record, kind: str, fact: Any) -> Subject:
    """What a judgement of this fact is about: `kind` is its key in the record. Raises JudgementError."""
    subject = resolve.subject(record, kind, fact)
    if subject is None:
        raise JudgementError(f"This fact of {kind} rests on no words of the text, so it cannot be judged by them.")
    return subject


def value_of(said: str | None) -> Any:
    """The JSON of a replacement. Raises JudgementError."""
    try:
        return None if said is None else msgspec.json.decode(said)
    except msgspec.DecodeError as error:
        raise JudgementError(f'The value is no JSON: {error}. Write an object, as {{"role": "mayor"}}.') from error


def entities_in(record: Record) -> set[str]:
    """The ids of all entities that a record's facts name."""
    found = {entity.id for entity in record.entities} | {mention.entity for mention in record.mentions}
    for statement in record.statements:
        found |= {party.entity for party in statement.parties} | {each.entity for each in statement.addressees}
    for attribution in record.attributions:
        found |= {voice.entity for voice in attribution.voices}
        found.add(attribution.source.entity if attribution.source else None)
    for act in record.acts:
        found |= {act.by, act.addressee, act.target, *(slot.entity for slot in act.slots)}
    return {name for name in found if name is not None}


def targets(judgement: Judgement, versions: dict[str, list[str]]) -> list[str]:
    """The documents that a judgement is to be laid over: its own, and the current ones that came after it."""
    own = judgement.subject.document
    return [] if own is None else list(dict.fromkeys([own, *versions.get(own, [])]))
