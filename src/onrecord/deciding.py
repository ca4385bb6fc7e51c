"""What people decide, entered: a judgement stands from then on, tables and names say at once what is so now.

A decision is refused where it would find nothing to stand on; a ledger from elsewhere is taken in whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord import export, judged_links, naming, resolve, standing, store
from onrecord.commitments import JudgedLink
from onrecord.errors import JudgementError, NotFound
from onrecord.export import Decided
from onrecord.judging import Conflict, Ledger, Orphan, fact_at, judged_here, subject_of, words_at
from onrecord.model import Judgement, Record, Subject, Verdict


def moment() -> str:
    """This moment so finely that of two decisions the later one is known: the latest counts."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Deciding:
    """The ledger of the archive in `folder`, for those who write into it; `wait` as for the archive."""

    def __init__(self, view: store.View, folder: Path, wait: float) -> None:
        self._view, self._folder, self._wait = view, folder, wait

    # -- entering ------------------------------------------------------------------------------------------------------

    def judge(self, subject: Subject, verdict: Verdict, by: str, value: Any, note: str | None) -> Judgement:
        """Enter a decision. Raises JudgementError."""
        judgement = resolve.judgement(subject, verdict, by, moment(), self._naming(subject, value), note)
        if lost := self._unfounded(judgement):
            raise JudgementError(f"This cannot be entered: {lost}")
        with self._writer() as writer:
            writer.judge(judgement)
            self._follow(writer, judgement)
        return judgement

    def mark(self, document: str, kind: str, place: str, value: Any, by: str, note: str | None) -> Judgement:
        """Enter a fact that the machine missed. Raises JudgementError."""
        subject = resolve.addition(self._found(document), kind, words_at(place), value)
        return self.judge(subject, "add", by, value, note)

    def link(self, ends: Sequence[judged_links.Place], relation: str) -> tuple[Subject, JudgedLink]:
        """The subject and value of a judgement of what the first of two acts is to the second, the earlier one.

        Raises NotFound, JudgementError.
        """
        acts = [(self._found(place[0]), place) for place in ends]  # as the machine found them, like all that is judged
        called = judged_links.relation_called(relation)
        later, earlier = (judged_links.subject_of(*act) for act in acts)
        judged_links.check_order(called, acts)
        return judged_links.entry(later, earlier, called)

    def withdraw(self, name: str, by: str) -> Judgement:
        """Enter that a judgement no longer stands. Raises NotFound, JudgementError."""
        if not by.strip():
            raise JudgementError("Nobody is named who withdraws it. Say who it is.")
        judgement = self._view.judgement(name)
        with self._writer() as writer:
            writer.withdraw(judgement.id, moment(), by)
            self._follow(writer, judgement)
        return self._view.judgement(judgement.id)

    def undo(self, by: str) -> Judgement:
        """Withdraw the last decision of somebody that stands. Raises NotFound where there is none."""
        last = self._view.latest_of(by)
        if last is None:
            raise NotFound("There is no decision of yours to undo.")
        return self.withdraw(last.id, by)

    def read(self, paths: Iterable[str | os.PathLike[str]]) -> store.Entered:
        """Enter what ledgers hold and this one does not; all files or none. Raises NotFound, JudgementError."""
        every = resolve.merged(*(resolve.read(Path(path)) for path in paths))
        with self._writer() as writer:
            entered = writer.enter(every)
            self.lay(writer, Ledger(self._view))
            naming.resolve_names(writer)
        return entered

    def lay(self, writer: store.Writer, ledger: Ledger) -> None:
        """Lay the judgements over where others are laid than stand. `ledger` is the whole one."""
        standing.lay(self._view, writer, ledger, standing.behind(self._view, ledger))

    def _writer(self) -> store.Writer:
        return store.Writer(self._folder, wait=self._wait)

    def _follow(self, writer: store.Writer, judgement: Judgement) -> None:
        """Have tables and names say what stands since a judgement was entered or withdrawn; the next search follows."""
        if judgement.subject.document is not None:
            about = [judgement.subject.document]
            names = list(dict.fromkeys([*about, *store.versions(self._view, about).get(about[0], [])]))
            standing.lay(self._view, writer, Ledger(self._view, names), names)
        naming.resolve_names(writer)

    def _naming(self, subject: Subject, value: Any) -> Any:
        """A value with the entities that it points to and that its document does not name."""
        if not isinstance(value, dict) or subject.document is None or resolve.ENTITIES in value:
            return value
        ids = resolve.entity_ids(value) - {each.id for each in self._view.annotations(subject.document).entities}
        named = store.named(self._view, sorted(ids))
        return {**value, resolve.ENTITIES: named} if named else value

    def _unfounded(self, judgement: Judgement) -> str | None:
        """Why a judgement finds nothing to stand on in its document, or puts in place what cannot be."""
        if judgement.subject.document is None:
            return None
        found = resolve.apply(self._judgeable(judgement.subject.document), [judgement])
        return found.orphans[0].reason if found.orphans else None

    # -- what it is about ----------------------------------------------------------------------------------------------

    def subject_at(self, document: str, kind: str, place: str) -> Subject:
        """What a judgement of the fact of `kind` at `place` is about. Raises NotFound, JudgementError."""
        record = self._judgeable(document)
        return subject_of(record, kind, fact_at(record, kind, place))

    def _found(self, document: str) -> Record:
        """A document as the machine found it."""
        return export.record(*next(self._view.annotated([document])))

    def _judgeable(self, document: str) -> Record:
        """So, with what people added: what somebody judged wrong can be judged again."""
        return resolve.extended(self._found(document), judged_here(self._view, document))

    # -- what stands ---------------------------------------------------------------------------------------------------

    def decided(self) -> Callable[[str], Decided]:
        """Which facts of a document's record a person decided, by its id."""
        ledger = Ledger(self._view)
        return lambda name: ledger.decided(self._found(name)) if name in ledger.about else {}

    def standing(self) -> Callable[[str], store.Laid | None]:
        """What stands of a document, by its id; `None` where nobody judged anything of it."""
        ledger = Ledger(self._view)

        def of(name: str) -> store.Laid | None:
            return dict(standing.laid_over(self._view, ledger, [name])).get(name) if name in ledger.about else None

        return of

    # -- whether it holds together -------------------------------------------------------------------------------------

    def orphans(self) -> list[Orphan]:
        """Standing judgements that find nothing to stand on in a current document."""
        ledger = Ledger(self._view)
        current = [name for name, listed in self._view.listed(list(ledger.about)).items() if listed.state == "current"]
        judged = self._view.annotated(current)
        found = [orphan for document, facts in judged for orphan in ledger.orphans(export.record(document, facts))]
        links = judged_links.JudgedLinks(self._view).lost
        return [*ledger.entity_orphans(), *ledger.elsewhere(), *found, *links]

    def conflicts(self) -> list[Conflict]:
        """Standing judgements that contradict each other."""
        ledger = Ledger(self._view)
        judged = self._view.annotated(self._view.listed(list(ledger.about)))
        found = [each for document, facts in judged for each in ledger.conflicts(export.record(document, facts))]
        return [*ledger.entity_conflicts(), *found, *judged_links.JudgedLinks(self._view).conflicts()]
