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
    document: str
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
        canon = resolve.canonical(judgements)
        self.same = {old: new for old, new in canon.entities.items() if old != new}
        """Entities held to be one: each id to the one that stands for all."""
        self._entity_conflicts = canon.conflicts
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
        return resolve.renamed(record, self.same) if self.same else record

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
        return (Conflict(conflict.counts, conflict.others) for conflict in self._entity_conflicts)


def targets(judgement: Judgement, versions: dict[str, list[str]]) -> list[str]:
    """The documents that a judgement is to be laid over: its own, and the current ones that came after it."""
    own = judgement.subject.document
    return [] if own is None else list(dict.fromkeys([own, *versions.get(own, [])]))
