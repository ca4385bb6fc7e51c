"""The ledger laid over the machine's findings whenever a record is read. Nothing is stored: findings stay findings.

A judgement about a document also speaks of the versions that came after it at the same place, where its words stand
there once and nowhere else; where they do not, it is an orphan: kept, shown, applied to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from onrecord import resolve, store
from onrecord.model import Judgement, Record


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
    """All judgements of one moment, ready to be laid over records."""

    def __init__(self, view: store.View) -> None:
        with view.snapshot():
            judgements = view.judgements()
            versions = view.judged() if judgements else {}
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
        judged = self.about.get(record.id)
        if judged:
            record = resolve.apply(record, judged).record
        same = store.stands_for(self._view, entities_in(record))
        return resolve.renamed(record, same) if same else record

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
        known = store.parties(self._view, {name for each in standing for name in each.subject.entities})
        for each in standing:
            if missing := [name for name in each.subject.entities if name not in known or not alive(known[name])]:
                yield Orphan(each.id, None, f"No document names {' or '.join(missing)} any more.")


def alive(party: store.PartyNames) -> bool:
    """Whether a document or the registry names it."""
    return bool(party.spellings) or party.entry is not None


def entities_in(record: Record) -> set[str]:
    """The ids of all entities that a record's facts name."""
    found = {entity.id for entity in record.entities} | {mention.entity for mention in record.mentions}
    for statement in record.statements:
        found |= {party.entity for party in statement.parties} | {each.entity for each in statement.addressees}
    for attribution in record.attributions:
        found |= {voice.entity for voice in attribution.voices}
        found.add(attribution.source.entity if attribution.source else None)
    for act in record.acts:
        found |= {act.by, act.addressee, act.target}
    return {name for name in found if name is not None}


def targets(judgement: Judgement, versions: dict[str, list[str]]) -> list[str]:
    """The documents that a judgement is to be laid over: its own, and the current ones that came after it."""
    own = judgement.subject.document
    return [] if own is None else list(dict.fromkeys([own, *versions.get(own, [])]))
