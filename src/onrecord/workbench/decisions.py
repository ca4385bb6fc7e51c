"""What people decided, the latest first, and what has become of each decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from onrecord import analyse, export, resolve, store
from onrecord.analyse.agreement import Agreements
from onrecord.judging import judged_here
from onrecord.model import Judgement

STANDS, OUTVOTED, ORPHAN, WITHDRAWN = "stands", "outvoted", "orphan", "withdrawn"


class Decision(Struct, frozen=True, kw_only=True):
    """One entry of the ledger, and whether it counts.

    `state`: `stands`; `outvoted`: a later one about the same counts; `orphan`: its words are not there any more;
    `withdrawn`.
    """

    number: int
    """Of its entry here; it rises."""
    id: str
    by: str
    at: str
    verdict: str
    kind: str
    state: str
    words: str | None = None
    start: int | None = None
    end: int | None = None
    document: str | None = None
    title: str | None = None
    entities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    value: Any = None
    note: str | None = None
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    reason: str | None = None
    """Why it is an orphan."""
    against: tuple[str, ...] = ()
    """Those that say otherwise of the same."""


class Chosen(Struct, frozen=True):
    """Which decisions are asked for."""

    by: str | None = None
    kind: str | None = None
    document: str | None = None
    state: str | None = None
    """`standing` or `withdrawn`."""


EVERY = Chosen()


class Kept(Struct, frozen=True):
    """How much is in the ledger: by whom, and of what."""

    people: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    total: int
    standing: int


def decisions(view: store.View, chosen: Chosen, before: int | None, limit: int) -> list[Decision]:
    """The decisions entered before one, the latest first."""
    rows = view.entries(chosen.by, chosen.kind, chosen.document, chosen.state, before, limit)
    judgements = [each for _, each in rows]
    ids = {each.subject.document for each in judgements if each.subject.document}
    fates = _Fates(view, ids, judgements)
    listed = view.listed(sorted(ids))
    titles = {name: each.title or each.source for name, each in listed.items()}
    return [_decision(number, each, fates, titles) for number, each in rows]


class _Fates:
    """What has become of judgements: which are orphans, and which contradict one another."""

    def __init__(self, view: store.View, documents: Iterable[str], judgements: Sequence[Judgement]) -> None:
        self.orphans: dict[str, str] = {}
        self.outvoted: set[str] = set()
        self.against: dict[str, tuple[str, ...]] = {}
        current = store.versions(view, sorted(documents))
        for name in sorted({later for some in current.values() for later in some}):
            self._lay(view, name)
        for each in judgements:
            document = each.subject.document
            if document is not None and not current.get(document) and not self._lay(view, document):
                self.orphans[each.id] = "The document is not in this archive."
        if any(each.subject.kind == "entities" for each in judgements):
            self._conflicts(resolve.grouped((), view.judgements_of("entities")).conflicts)

    def _lay(self, view: store.View, document: str) -> bool:
        """False where there is no such document."""
        found = next(iter(view.annotated(view.listed([document]))), None)
        if found is None:
            return False
        done = resolve.apply(export.record(*found), judged_here(view, document))
        self.orphans |= dict(done.orphans)
        self._conflicts(done.conflicts)
        return True

    def _conflicts(self, found: Iterable[resolve.Conflict]) -> None:
        for each in found:
            self.outvoted.update(each.others)
            every = (each.counts, *each.others)
            self.against |= {name: tuple(other for other in every if other != name) for name in every}

    def of(self, each: Judgement) -> str:
        if each.withdrawn is not None:
            return WITHDRAWN
        return ORPHAN if each.id in self.orphans else OUTVOTED if each.id in self.outvoted else STANDS


def _decision(number: int, each: Judgement, fates: _Fates, titles: dict[str, str]) -> Decision:
    subject, words = each.subject, each.subject.evidence
    standing = each.withdrawn is None
    return Decision(
        number=number,
        id=each.id,
        by=each.by,
        at=each.at,
        verdict=each.verdict,
        kind=subject.kind.partition("/")[0],
        state=fates.of(each),
        words=words.exact if words else None,
        start=words.start if words else None,
        end=words.end if words else None,
        document=subject.document,
        title=titles.get(subject.document or ""),
        entities=subject.entities,
        names=subject.names,
        value=None if each.value is None else msgspec.json.decode(each.value),
        note=each.note,
        withdrawn=each.withdrawn,
        withdrawn_by=each.withdrawn_by,
        reason=fates.orphans.get(each.id) if standing else None,
        against=fates.against.get(each.id, ()) if standing else (),
    )


def kept(view: store.View) -> Kept:
    """How much is in the ledger."""
    people = tuple(view.rows("SELECT by, count(*) FROM judgements GROUP BY by ORDER BY 2 DESC, 1"))
    kinds: dict[str, int] = {}
    for kind, number in view.rows("SELECT kind, count(*) FROM judgements GROUP BY kind ORDER BY kind"):
        plain = str(kind).partition("/")[0]
        kinds[plain] = kinds.get(plain, 0) + number
    [(withdrawn,)] = view.rows("SELECT count(*) FROM withdrawals")
    total = sum(kinds.values())
    return Kept(people, tuple(kinds.items()), total, total - withdrawn)


def agreement(view: store.View) -> Agreements:
    """How far people agree."""
    return analyse.agreements(view.judgements())
