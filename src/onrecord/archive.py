"""Archive: the only composer. It knows every room of the house; the rooms do not know one another.

    archive = Archive.open("river.onrecord", create=True)
    archive.build(["letters/"], given=Given(publisher="River Post"))
    archive.search('"will not sign" harbour')
    for record in archive.records(): ...

Everything that is derived (annotations, index) can be made again from what is kept (originals, judgements).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self, get_args

import msgspec
from msgspec import Struct

from onrecord import acting, annotate, asked, export, figuring, ingest, judged_links, naming, resolve, store
from onrecord.adding import Adding, AddReport, expected
from onrecord.analyse import Agreements
from onrecord.annotating import BATCH, Annotating, fingerprint
from onrecord.commitments import COMMITMENTS, Acts
from onrecord.deciding import Deciding
from onrecord.errors import ExtraMissing, MetadataError, NotFound
from onrecord.executors import batched
from onrecord.export import Cited, Decided
from onrecord.figures import Figures
from onrecord.judging import Conflict, Ledger, Orphan, subject_of
from onrecord.model import (
    Annotations,
    Document,
    Entity,
    Filters,
    Given,
    Imports,
    Judgement,
    PartyRole,
    Problem,
    Record,
    Results,
    Review,
    Span,
    Spoken,
    Stats,
    Subject,
    Verdict,
    html_table,
)
from onrecord.naming import Names
from onrecord.networks import TOGETHER as TOGETHER_ROLES
from onrecord.networks import Together, together
from onrecord.resolve import Entry
from onrecord.workbench import Workbench
from onrecord.workbench.review_answer import Answer

Progress = Callable[[str, int, int | None], None]
"""Called as `progress(stage, done, total)`; `total` is None while it is not known."""
NOTHING_GIVEN = Given()
NO_FILTERS = Filters()


class BuildReport(Struct, frozen=True, kw_only=True):
    """What one `build` did; each part did only what had changed."""

    added: AddReport
    annotated: int
    resolved: int
    """Entities that came to stand for another party than before: new ones that are known under another name."""
    faults: int
    """Documents in which a stage failed, by a fault of onrecord; each has a Notice that says which."""
    indexed: int


class Annotated(NamedTuple):
    """How many documents were annotated, in how many of them a stage failed, and how many entities changed party."""

    documents: int
    faults: int
    resolved: int


def quiet(stage: str, done: int, total: int | None) -> None:
    """The progress of someone who does not look."""


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """An archive in a folder. Reading needs nothing; writing waits up to `wait` seconds for another writer.

    Use it as a context manager. Raises NotAnArchive where the folder holds none and `create` is not set.
    """

    def __init__(self, folder: Path, *, wait: float = 10.0) -> None:
        self.folder = folder
        self._wait = wait
        self._view = store.View(folder)
        self._index = store.Index(folder)
        self._words = store.Words(folder)
        self._originals = store.Originals(folder)
        self._deciding = Deciding(self._view, folder, wait)
        self.workbench = Workbench(self._view, self._index, self._words)
        """What the pages of the workbench show."""

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], create: bool = False, *, update: bool = False, wait: float = 10.0
    ) -> Self:
        """The archive at `path`; with `create`, a new one where there is none; with `update`, one that an earlier
        onrecord wrote is brought to today's form."""
        folder = Path(path)
        if create or (update and store.there(folder)):
            store.create(folder)
        return cls(folder, wait=wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
        self._words.close()
        self._view.close()

    def _writer(self) -> store.Writer:
        return store.Writer(self.folder, wait=self._wait)

    # -- in ----------------------------------------------------------------------------------------------------------

    def build(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        given: Given = NOTHING_GIVEN,
        jobs: int = 1,
        cluster: str | None = None,
        recheck: bool = False,
        extractor: str | None = None,
        progress: Progress = quiet,
    ) -> BuildReport:
        """Add, annotate and index in one go; each does only what has changed since the last time.

        `jobs` processes do the work: 1 is this one, 0 one a core where there is much to do. More than one needs the
        script's own work to stand under `if __name__ == "__main__":`, as always with processes in Python. `extractor`
        as for `annotate`.
        """
        if extractor is not None:
            self._choose(extractor)
        added = self.add(paths, given=given, jobs=jobs, recheck=recheck, progress=progress)
        annotated, faults, resolved = self.annotate(jobs=jobs, cluster=cluster, progress=progress)
        indexed = self.index(progress=progress)
        return BuildReport(added=added, annotated=annotated, resolved=resolved, faults=faults, indexed=indexed)

    def add(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        given: Given = NOTHING_GIVEN,
        jobs: int = 1,
        recheck: bool = False,
        progress: Progress = quiet,
    ) -> AddReport:
        """Keep the originals of files and folders, and read out their text.

        A file whose place, size, time and metadata are as before is passed over, unless `recheck` is set. Raises
        NotFound for a path that is not there, MetadataError, ArchiveBusy, ArchiveFull.
        """
        roots = [Path(path) for path in paths]
        with self._writer() as writer:
            total = None if progress is quiet else expected(roots)
            adding = Adding(self._view, writer, now(), recheck, lambda done: progress("add", done, total))
            return adding.run(ingest.find(roots, given, adding.not_offered), jobs)

    def annotate(
        self,
        *,
        jobs: int = 1,
        cluster: str | None = None,
        extractor: str | None = None,
        again: bool = False,
        progress: Progress = quiet,
    ) -> Annotated:
        """Find the facts in every document that is new or was read by other stages, in every one where `again`; then
        which of the new names are names of one party.

        `extractor` names the plug-in that gives the attributions from now on, in later runs too; `rules` goes back to
        onrecord's own. Raises ExtraMissing where the archive's plug-in is not installed.
        """
        if extractor is not None:
            self._choose(extractor)
        if (chosen := self._view.extractor) is not None:
            annotate.extractors.load(chosen)
        with self._writer() as writer:
            ledger = Ledger(self._view)
            if again:
                writer.again()
            annotating = Annotating(self._view, writer, ledger, partial(progress, "annotate"))
            found = annotating.run(jobs, cluster)
            self._deciding.lay(writer, ledger)
            resolved = naming.resolve_names(writer, lambda number: progress("resolve", number, None))
        return Annotated(*found, resolved)

    @property
    def names(self) -> Names:
        """The parties by their names: who is meant, who comes near, what was merged and why."""
        return Names(self._view)

    def register(
        self, entries: Iterable[Entry], *, replace: bool = False, progress: Progress = quiet
    ) -> naming.Registered:
        """Keep these entries in the registry, beside those that are there or in their place, and resolve anew.

        An entry takes the place of the one with its id. All or none: raises RegistryError with all that is wrong.
        """
        with self._writer() as writer:
            done = naming.register(
                self._view, writer, entries, lambda n: progress("look for names", n, None), alone=replace
            )
            naming.resolve_names(writer)
        return done

    def compare_names(self, *, threshold: float | None = None, transliterate: bool | None = None) -> int:
        """From now on compare names so, and resolve anew; returns how many entities changed party.

        Raises MetadataError for a threshold that is none.
        """
        old = self.names.settings
        new = resolve.Settings(
            threshold=old.threshold if threshold is None else threshold,
            transliterate=old.transliterate if transliterate is None else transliterate,
        )
        if not resolve.MERGE <= new.threshold <= 1:
            raise MetadataError(f"threshold: {new.threshold} is none. Take a number from {resolve.MERGE} to 1.")
        with self._writer() as writer:
            writer.choose(naming.SETTINGS, msgspec.json.encode(new).decode())
            return naming.resolve_names(writer)

    def _choose(self, extractor: str) -> None:
        """Keep the name of the plug-in with the archive. Raises ExtraMissing, MetadataError where it cannot be used."""
        name = None if extractor == annotate.extractors.RULES else extractor
        if name is not None:
            annotate.extractors.load(name)
        if name != self._view.extractor:
            with self._writer() as writer:
                writer.choose("extractor", name)

    def index(self, *, progress: Progress = quiet) -> int:
        """Bring the search index, and the words that are counted, to the state of the store; returns how many documents
        the index took in or let go."""
        with self._writer() as writer:
            self._deciding.lay(writer, Ledger(self._view))
            done = self._index.update(self._view, lambda done, total: progress("index", done, total))
            self._words.update(self._view, lambda done, total: progress("words", done, total))
        return done

    # -- out ---------------------------------------------------------------------------------------------------------

    def find(self, name: str) -> str:
        """The id that begins with `name`. Raises NotFound where there is none or more than one."""
        found = self._view.names(name, 6)
        if name in found or len(found) == 1:
            return name if name in found else found[0]
        said = f"{len(found)} and more ids begin so: {', '.join(found)}" if found else "no id begins so"
        raise NotFound(f"Which document is {name!r}? In {self.folder} {said}.")

    def document(self, name: str) -> Document:
        """The document with this id. Raises NotFound."""
        return self._view.document(name)

    def annotations(self, name: str) -> Annotations:
        """What the stages found in a document, without judgements. Raises NotFound."""
        return self._view.annotations(name)

    def original(self, digest: str) -> Path:
        """The stored file with this digest. Raises NotFound."""
        return self._originals.get(digest)

    def entities(self, ids: Iterable[str]) -> Mapping[str, Entity]:
        """The parties that these entities are, by the ids asked for; unknown ids are left out."""
        return {name: store.as_entity(party) for name, party in store.parties(self._view, list(ids)).items()}

    def record(self, name: str) -> Record:
        """What the archive says about one document, judgements applied. Raises NotFound."""
        return next(self.records([name]))

    def records(self, names: Iterable[str] | None = None) -> Iterator[Record]:
        """The records of all current documents in the order of their ids, or of those named. Streams."""
        for ledger, found in self._read(names):
            yield from (ledger.record(export.record(document, facts)) for document, facts in found)

    def _read(self, names: Iterable[str] | None) -> Iterator[tuple[Ledger, Iterator[tuple[Document, Annotations]]]]:
        """Documents with what was found in them, and the judgements that speak of them."""
        if names is None:
            yield Ledger(self._view), self._view.annotated()
        else:
            yield from ((Ledger(self._view, some), self._view.annotated(some)) for some in batched(names, BATCH))

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        sort: str = "rank",
        limit: int = 20,
        offset: int = 0,
        lines: int = 3,
        facets: bool = True,
    ) -> Results:
        """Documents found, best (`rank`) or latest (`newest`) first, each with at most `lines` places; an empty query
        finds all.

        Where the filters ask who says the words, only words that stand in such an attribution are found, judgements
        applied; an empty query then finds all that is said so. Raises QueryError, which says how to ask.
        """
        self._catch_up()
        return self._index.search(self._view, query, filters, sort, limit, offset, lines=lines, facets=facets)

    def _catch_up(self) -> None:
        """Let index and words know of a few decisions, so that they are behind for no longer than one another."""
        self._index.catch_up(self._view)
        self._words.catch_up(self._view)

    def search_months(
        self, query: str, filters: Filters = NO_FILTERS, *, by: str | None = None, most: int = 6
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """How many of the documents that `search` finds are of each month, in order; by the `most` frequent values of
        a facet (`by`: `language`, `publisher` …), else under the empty name. Raises as `search`."""
        self._catch_up()
        return self._index.months(self._view, query, filters, by=by, most=most)

    def stats(self) -> Stats:
        """Totals, and current documents counted by publisher, language, genre and month."""
        try:
            stages = fingerprint(self._view.extractor)
        except (ExtraMissing, MetadataError):  # then whatever annotated them counts
            stages = None
        found = self._view.statistics(stages)
        totals = {
            "document": found.documents,
            "superseded document": found.superseded,
            "annotated document": found.documents + found.superseded - found.pending,
            "capture": found.captures,
            "failed import": found.failed,
            "entity": found.entities,
            "judgement": found.judgements,
        }
        return Stats(totals=tuple(totals.items()), counts=tuple(found.facets.items()))

    def verify(self, *, progress: Progress = quiet) -> Iterator[Problem]:
        """Everything that is not as it was recorded, as it is found; changes nothing."""
        totals = dict(self.stats().totals)
        many = {"originals": totals["capture"], "documents": totals["document"] + totals["superseded document"]}
        return store.verify(
            self._view,
            self._originals,
            self._index,
            lambda part, done: progress(part, done, many.get(part)),
            self._deciding.standing(),
            self._words,
        )

    def filters(
        self,
        languages: Sequence[str] | None = None,
        genres: Sequence[str] | None = None,
        publishers: Sequence[str] | None = None,
        parties: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        speakers: Sequence[str] | None = None,
        voice: str | None = None,
        acts: Sequence[str] | None = None,
        review: Sequence[str] | None = None,
    ) -> Filters:
        """Filters as a person says them: a party by its id or by a name of it, acts also by their class (`directive`).

        Raises NotFound, MetadataError.
        """
        return Filters(
            languages=tuple(languages or ()),
            genres=tuple(genres or ()),
            publishers=tuple(publishers or ()),
            parties=tuple(party for name in parties or () for party in self._party(name)),
            since=asked.day("since", since),
            until=asked.day("until", until),
            speakers=tuple(speakers or ()),
            voice=None if voice is None else asked.one_of("voice", voice, get_args(Spoken)),
            acts=acting.kinds_called(acts or ()),
            review=tuple(asked.one_of("review", state, get_args(Review)) for state in review or ()),
        )

    def _party(self, name: str) -> list[str]:
        """The ids of all that the party is known as that a name may mean."""
        if found := self.names.meant(name):
            return found
        raise NotFound(
            f"No party is called {name!r} in {self.folder}. `onrecord names find` shows names that come near."
        )

    def imports(self, limit: int = 100) -> Imports:
        """What could not be read, and what was read with doubts; at most `limit` of each."""
        return self._view.imports(limit)

    def export(self, stream: IO[bytes], form: str, *, table: str | None = None, bom: bool = False) -> None:
        """Write what `exported` gives to `stream`."""
        for chunk in self.exported(form, table=table, bom=bom):
            stream.write(chunk)

    def arrivals(self, folder: Path) -> store.Arrivals:
        """What came of the files that were taken in from below `folder`."""
        return store.arrivals(self._view, ingest.printable(os.path.abspath(folder)) + os.sep)  # noqa: PTH100 - as `add`

    def already(self, digest: str) -> tuple[store.Arrival, ...]:
        """What these bytes gave when they were taken in before; empty where they were not. Raises NotFound for what is
        no digest."""
        return store.already(self._view, digest) if self._originals.path(digest).is_file() else ()

    def exported(self, form: str, *, table: str | None = None, bom: bool = False) -> Iterator[bytes]:
        """All records (`record`), a table of facts (`csv`, `json`, `parquet`), tables (`jsonl`) or annotations
        (`webannotation`) as pieces of a file. Raises MetadataError, ExtraMissing before anything is read."""
        return export.write(self.records(), form, table=table, bom=bom, decided=self._deciding.decided())

    def judged(self, name: str) -> tuple[Record, Decided]:
        """A document's record and which of its facts a person decided, in one reading. Raises NotFound."""
        [(ledger, found)] = self._read([name])
        document, facts = next(found)
        return ledger.judged(export.record(document, facts))

    def cited(self, name: str, start: int | None = None, end: int | None = None) -> Cited:
        """A document, or `[start, end)` of its text, as a reference in every form. Raises NotFound."""
        return export.cited(self.record(name), None if start is None or end is None else Span(start, end))

    def network(
        self,
        *,
        roles: Sequence[PartyRole] = TOGETHER_ROLES,
        hands: bool = False,
        since: str | None = None,
        until: str | None = None,
    ) -> Together:
        """Who speaks together with whom, judgements applied: read once, then asked as often as one likes.

        `roles` are those in which a party makes a statement its own; `hands` counts persons who sign for a body that
        issues as parties too; `since` and `until` (EDTF) bound the statements. Raises MetadataError.
        """
        return together(self.records, self.names.called, roles=roles, hands=hands, since=since, until=until)

    def acts(
        self,
        party: str | None = None,
        acts: Sequence[str] = COMMITMENTS,
        *,
        since: str | None = None,
        until: str | None = None,
        to: str | None = None,
        about: str | None = None,
        hypothetical: bool = False,
        links: bool = False,
    ) -> Acts:
        """What a party (a name or an id), or anybody, did in speaking, by date, judgements applied.

        `acts` are acts, classes of them (`directive`), or `all`; `since` and `until` (EDTF) bound the days; `to` names
        whom they are said to, `about` words that they say; `hypothetical` takes in what is only thought of. With
        `links`: how each bears on earlier ones. Raises NotFound for a party that nobody is called, MetadataError.
        """
        return acting.acts(
            self._view, self.records, self.names, party=party, kinds=acts, since=since, until=until, to=to,
            about=about, hypothetical=hypothetical, links=links,
        )  # fmt: skip

    def figures(
        self,
        *,
        unit: str | None = None,
        about: str | None = None,
        party: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Figures:
        """Counts with who asserts each, those of one unit side by side by date, judgements applied.

        `unit` is what is counted, in the singular or as printed; `about` words of the sentence; `party` (a name or an
        id) asserts them; `since` and `until` (EDTF) bound the days. Raises NotFound for a party that nobody is called,
        MetadataError.
        """
        return figuring.figures(
            self._view, self.records, self.names, unit=unit, about=about, party=party, since=since, until=until
        )

    @property
    def people(self) -> store.People:
        """Who may enter from another machine."""
        return store.People(self.folder, self._wait)

    # -- judgements --------------------------------------------------------------------------------------------------

    def judge(
        self, subject: Subject, verdict: Verdict, *, by: str, value: Any = None, note: str | None = None
    ) -> Judgement:
        """Enter a decision; it stands from now on, over every rebuild.

        `subject` comes from `subject_of` (a fact) or is `Subject("entities", entities=(id, id))`. `value` holds the
        fields that `replace` puts in place. Raises JudgementError where it says what cannot be said.
        """
        return self._deciding.judge(subject, verdict, by, value, note)

    def mark(self, document: str, kind: str, place: str, value: Any, *, by: str, note: str | None = None) -> Judgement:
        """Enter a fact that the machine missed: of `kind`, on the words at `place` (START-END, code points).

        `value` holds its fields as the record names them, but for what is worked out (ids, what lies in what, voices,
        rule, confidence). Raises NotFound, JudgementError.
        """
        return self._deciding.mark(self.find(document), kind, place, value, by, note)

    def subject_of(self, record: Record, kind: str, fact: Any) -> Subject:
        """What a judgement of this fact is about: `kind` is its key in the record. Raises JudgementError."""
        return subject_of(record, kind, fact)

    def subject_at(self, document: str, kind: str, place: str) -> Subject:
        """What a judgement of the fact of `kind` at `place` (START-END, code points) is about.

        Raises NotFound where no such fact, or more than one, stands there, JudgementError.
        """
        return self._deciding.subject_at(self.find(document), kind, place)

    def answer(self, question: str, answer: Answer, *, by: str, note: str | None = None) -> Judgement:
        """Answer a question of review, by its key. Raises NotFound, JudgementError."""
        found = self.workbench.decision(question, answer)
        return self.judge(found.subject, found.verdict, by=by, value=found.value, note=note)

    def undo(self, *, by: str) -> Judgement:
        """Withdraw the last decision of somebody that stands. Raises NotFound where there is none."""
        return self._deciding.undo(by)

    def judgement(self, name: str) -> Judgement:
        """The judgement whose id is this, or begins so. Raises NotFound."""
        return self._view.judgement(name)

    def agreement(self) -> Agreements:
        """How far people agree who judged the same: Krippendorff's alpha, by kind."""
        return self.workbench.agreement()

    def judge_link(
        self, later: str, relation: str, earlier: str, verdict: Verdict, *, by: str, note: str | None = None
    ) -> Judgement:
        """Enter what a later act is to an earlier one, both by the address of their words, or that it is not.

        `correct` makes the link, also one that was not proposed; `wrong` rules out any link of the two. Raises
        NotFound, JudgementError.
        """
        places = [judged_links.act_at(place) for place in (later, earlier)]
        ends = [(self.find(document), kind, words) for document, kind, words in places]
        subject, value = self._deciding.link(ends, relation)
        return self.judge(subject, verdict, by=by, value=value, note=note)

    def orphans(self) -> list[Orphan]:
        """Standing judgements that find nothing to stand on in a current document."""
        return self._deciding.orphans()

    def conflicts(self) -> list[Conflict]:
        """Standing judgements that contradict each other."""
        return self._deciding.conflicts()

    def withdraw(self, name: str, *, by: str) -> Judgement:
        """Enter that a judgement (its id, or how that begins) no longer stands; what was before is so again.

        Raises NotFound.
        """
        return self._deciding.withdraw(name, by)

    def write_ledger(self, stream: IO[bytes]) -> None:
        """Write all judgements as JSON Lines: the same judgements give the same bytes."""
        stream.write(resolve.lines(self.judgements()))

    def read_ledger(self, paths: Iterable[str | os.PathLike[str]]) -> store.Entered:
        """Enter the judgements of ledgers that are not here yet, and their withdrawals; all files or none.

        Judgements about what is not in this archive are entered too: they are orphans until it is. Raises NotFound,
        JudgementError.
        """
        return self._deciding.read(paths)

    def judgements(self, document: str | None = None) -> list[Judgement]:
        """All judgements in the order they were entered, the withdrawn ones too; or those about one document."""
        return self._view.judgements(document)

    # -- searches that people keep ------------------------------------------------------------------------------------

    def save_search(self, name: str, address: str, *, by: str) -> store.SavedSearch:
        """Keep the address of a page under a name; one's own of this name gives way to it. Raises MetadataError."""
        with self._writer() as writer:
            number = writer.save_search(name, address, by, now())
        return next(each for each in self.searches() if each.number == number)

    def searches(self) -> list[store.SavedSearch]:
        """The searches that are kept, the latest first."""
        return store.searches(self._view)

    def forget_search(self, number: int) -> None:
        """Keep a search no longer. Raises NotFound."""
        with self._writer() as writer:
            writer.remove_search(number, now())

    # -- notebooks ---------------------------------------------------------------------------------------------------

    def _repr_html_(self) -> str:
        return html_table(str(self.folder), ((name, f"{number:,}") for name, number in self.stats().totals))


def given(**facts: str | None) -> Given:
    """What a person said on the command line. Raises MetadataError for a value that cannot be."""
    return ingest.validated(Given(**facts))
