"""What people say of links between acts: entries of the ledger like any other, laid over what is proposed.

The subject is the later act, by its words; the value names the relation and, by its words too, the earlier act. So both
ends are found again in a new version of their document, or the entry is an orphan. Of two acts the latest standing
entry counts: `correct` makes the link, of whatever kind was proposed; `wrong` rules out any link of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, get_args

from msgspec.structs import replace

from onrecord import analyse, export, judging, resolve, store
from onrecord.analyse.days import read
from onrecord.analyse.telling import tellings
from onrecord.asked import one_of
from onrecord.commitments import LINKS, JudgedLink, Relation
from onrecord.errors import JudgementError, NotFound
from onrecord.judging import Conflict, Orphan, fact_at
from onrecord.model import Judgement, Record, Subject, Verdict
from onrecord.text import address
from onrecord.text.dates import PartialDate

ACTS = "acts"
Place = tuple[str, str, str]
"""Of an act: its document, `acts` with what it is where its words do not tell, and START-END."""
VERDICTS: tuple[Verdict, ...] = ("correct", "wrong", "unsure")
"""What may be said of a link."""
Pair = tuple[str, str]
"""The keys (`document/act`) of a later and an earlier act."""


class Placed(NamedTuple):
    """A standing entry and the two acts that it is about, as they stand in current documents."""

    judgement: Judgement
    relation: Relation
    later: tuple[str, str]
    """Document and id of the act."""
    earlier: tuple[str, str]

    @property
    def pair(self) -> Pair:
        return "/".join(self.later), "/".join(self.earlier)


class JudgedLinks:
    """The standing entries about links, and where their acts are now."""

    def __init__(self, view: store.View) -> None:
        self._view = view
        self.placed: list[Placed] = []
        self.lost: list[Orphan] = []
        standing = [each for each in resolve.standing(view.judgements()) if _is_link(each)]
        if standing:
            self._place(standing)

    def _place(self, standing: Iterable[Judgement]) -> None:
        readable: list[tuple[Judgement, JudgedLink]] = []
        for each in standing:
            try:
                readable.append((each, resolve.joined(each)))
            except JudgementError as reason:  # written by hand, brought by an import
                self.lost.append(Orphan(each.id, each.subject.document, str(reason)))
        ids = {name for each, link in readable for name in (each.subject.document, link.earlier.document) if name}
        known, current = self._view.listed(sorted(ids)), store.versions(self._view, sorted(ids))
        records = {
            document.id: export.record(document, facts)
            for document, facts in self._view.annotated(sorted({name for some in current.values() for name in some}))
        }
        for each, link in readable:
            if link.earlier.document not in known:
                self.lost.append(Orphan(each.id, link.earlier.document, "The document is not in this archive."))
                continue
            later = self._found(each, later_act(each), current, records)
            earlier = self._found(each, link.earlier, current, records)
            self.placed += [Placed(each, link.relation, *ends) for ends in product(later, earlier)]

    def _found(
        self, each: Judgement, act: Subject, current: Mapping[str, list[str]], records: Mapping[str, Record]
    ) -> Iterable[tuple[str, str]]:
        """Where an act stands in the current versions of its document; where it does not, an orphan says why."""
        found = []
        for name in current.get(act.document or "", []):
            try:
                index = resolve.stands_at(records[name], replace(act, document=name))
                found.append((name, records[name].acts[index].id))
            except JudgementError as reason:
                self.lost.append(Orphan(each.id, name, str(reason)))
        return found

    def latest(self) -> dict[Pair, Placed]:
        """Of each two acts the entry that counts."""
        return {each.pair: each for each in self.placed}

    def conflicts(self) -> Iterator[Conflict]:
        """Entries about the same two acts that say different things."""
        about: dict[Pair, list[Placed]] = {}
        for each in self.placed:
            about.setdefault(each.pair, []).append(each)
        for several in about.values():
            last = several[-1]
            others = [each.judgement.id for each in several[:-1] if said(each) != said(last)]
            if others:
                yield Conflict(last.judgement.id, tuple(dict.fromkeys(others)))


def said(placed: Placed) -> tuple[str, str]:
    """What an entry says: of a pair that is ruled out the relation does not matter."""
    verdict = placed.judgement.verdict
    return verdict, "" if verdict == "wrong" else placed.relation


def _is_link(each: Judgement) -> bool:
    return each.subject.kind.partition("/")[0] == LINKS


def later_act(each: Judgement) -> Subject:
    """The later act of an entry, as a judgement of it would be about it."""
    return replace(each.subject, kind=ACTS + each.subject.kind.removeprefix(LINKS))


def relation_called(name: str) -> Relation:
    """Raises JudgementError where a word is no relation."""
    return one_of("relation", name, get_args(Relation), JudgementError)


def act_at(place: str) -> Place:
    """The document, kind and START-END of an act's address; `#promise` tells it from others on the same words.

    Raises NotFound.
    """
    where, _, act = place.partition("#")
    try:
        found = address.parse(where)
    except ValueError as error:
        raise NotFound(f"{error} `onrecord acts` prints the addresses of acts.") from error
    if found.span is None:
        raise NotFound(f"{where} is a whole document. `onrecord acts` prints the addresses of acts.")
    return found.document, f"{ACTS}/{act}" if act else ACTS, f"{found.span.start}-{found.span.end}"


def subject_of(record: Record, place: Place) -> Subject:
    """What a judgement of the act at a place of a record is about. Raises NotFound, JudgementError."""
    _, kind, words = place
    return judging.subject_of(record, ACTS, fact_at(record, kind, words))


def verdict_called(word: str) -> Verdict:
    """Raises JudgementError where a word is no verdict about a link."""
    for verdict in VERDICTS:
        if word == verdict:
            return verdict
    raise JudgementError(f"{word!r} is no verdict about a link. Say one of: {', '.join(VERDICTS)}.")


def check_order(relation: Relation, ends: Sequence[tuple[Record, Place]]) -> None:
    """Raises JudgementError where the later of two acts, each by its record and place, surely comes before the earlier;
    where a date is unknown, or both may be of one day, nothing is said."""
    later, earlier = (_dated(*end) for end in ends)
    if later is not None and earlier is not None and later.precedes(earlier):
        raise JudgementError(
            f"The act named first is of {later}, the other of {earlier}: what {relation} comes later. "
            "Name the later act first."
        )


def _dated(record: Record, place: Place) -> PartialDate | None:
    """The date of an act by its place, as the ledger has it."""
    _, kind, words = place
    act = fact_at(record, kind, words)
    row = tellings(record)(act, analyse.rows(record)(act))
    return read(row.date)


def entry(later: Subject, earlier: Subject, relation: Relation) -> tuple[Subject, JudgedLink]:
    """The subject and value of a judgement of a link. Raises JudgementError for an act and itself."""
    if later == earlier:
        raise JudgementError("Both addresses are those of one act. Name two.")
    return replace(later, kind=LINKS + later.kind.removeprefix(ACTS)), JudgedLink(relation, earlier)
