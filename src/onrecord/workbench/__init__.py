"""What the workbench shows, page by page: questions to the archive, answered by small values. No HTML, no HTTP.

A module a page: functions from a `store.View` and what is asked to frozen Structs, from which the page is drawn and the
API answers. They read the tables that hold what stands now (machine and people together), never all records: a page of
an archive of 100,000 documents takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from onrecord import store
from onrecord.analyse import Agreements
from onrecord.errors import NotFound
from onrecord.export import Decided
from onrecord.figures import Figures
from onrecord.model import Act, Entity, Filters, Genre, Hit, Judgement, Record, Subject
from onrecord.networks import Together
from onrecord.workbench import (
    concordance,
    counts,
    decisions,
    keyness,
    made,
    overview,
    review,
    review_answer,
    review_card,
    terms,
)
from onrecord.workbench import parties as list_of_parties
from onrecord.workbench import party as one_party
from onrecord.workbench import statement as statements
from onrecord.workbench import timeline as lanes
from onrecord.workbench import together as joint
from onrecord.workbench.acts import Done
from onrecord.workbench.who import ALWAYS, Period, who


class Workbench:
    """The archive as the pages ask it: one method a question, each answered in its module."""

    def __init__(self, view: store.View, index: store.Index, words: store.Words) -> None:
        self._view = view
        self._index = index
        self._words = words
        self._kept = store.Kept()

    def warm(self) -> Iterator[None]:
        """Work out what is worked out once, a step at a time, so that the first pages come as quickly as later ones:
        what is in the archive, the word lists by which names are compared, whose words can be counted and where."""
        self.overview()
        yield
        self.parties("council")
        yield
        with suppress(NotFound):  # where nothing is indexed yet, there are no words to count
            self.terms_offer()
            yield
            self.usage("")

    def statement(self, record: Record, name: str, decided: Decided) -> statements.StatementHere:
        """One statement of a document, by its id there. Raises NotFound."""
        return statements.statement(self._view, self._index, record, name, decided)

    def overview(self) -> overview.Overview:
        """What is in the archive; worked out once for each state of it."""
        state = self._view.generation, self._index.stamp
        return self._kept.answer(state, "overview", lambda: overview.overview(self._view, self._index))

    def lines(self, hits: Sequence[Hit]) -> tuple[concordance.Line, ...]:
        return concordance.lines(self._view, hits)

    def terms_offer(self) -> terms.Offer:
        """The parties, publishers and languages whose words can be counted. Raises NotFound."""
        return terms.offer(self._view, self._words)

    def usage(
        self,
        said: str,
        filters: Filters = terms.EVERYTHING,
        parties: tuple[str, ...] = (),
        every: terms.Every | None = None,
    ) -> terms.Usage:
        """How words and phrases are used, over time and by party. Raises QueryError, MetadataError, NotFound."""
        return terms.usage(self._view, self._words, said, filters, parties, every)

    def keyness(
        self, by: keyness.By, one: str, other: str = "", filters: Filters = terms.EVERYTHING, **how: Any
    ) -> keyness.Keyness:
        """Which words mark one side and which the other. Raises QueryError, MetadataError, NotFound."""
        return keyness.keyness(self._view, self._words, by, one, other, filters, **how)

    # -- review --------------------------------------------------------------------------------------------------------

    def questions(
        self, queue: review.Queue = review.ALL, after: str | None = None, limit: int = 50
    ) -> list[review.Open]:
        """What wants a look, after a question or from the first on."""
        return review.questions(self._view, queue, after, limit)

    def around(self, queue: review.Queue, key: str) -> review.Around:
        """The questions before and after one."""
        return review.around(self._view, queue, key)

    def waiting(self, queue: review.Queue, by: str | None, since: str) -> review.Waiting:
        """How many questions wait, and how many `by` decided since a moment."""
        return review.waiting(self._view, queue, by, since)

    def card(self, key: str, end: int | None = None) -> review_card.Card:
        """One question, to be answered. Raises NotFound."""
        return review_card.card(self._view, key, end)

    def decision(self, key: str, answer: review_answer.Answer) -> review_answer.Decision:
        """What an answer to a question is in the ledger. Raises NotFound, JudgementError."""
        return review_answer.decision(self._view, key, answer)

    def question_at(self, document: str, kind: str, start: int, end: int) -> str | None:
        """The question about what was found on these words; `None` where nothing of this kind was. Raises NotFound."""
        return review.question_at(self._view, document, kind, start, end)

    def marking(self, document: str, start: int, end: int) -> review_card.Marking:
        """Words on which something may be added. Raises NotFound."""
        return review_card.marking(self._view, document, start, end)

    def who(self, record: Record, answer: review_answer.Answer) -> Entity:
        """The entity that an answer means. Raises JudgementError."""
        return review_answer.who(self._view, record, answer)

    def subject_of_names(self, entities: Sequence[str]) -> Subject:
        """What a judgement that these entities are one, or not, is about."""
        called = store.labels(self._view, entities)
        return Subject("entities", entities=tuple(entities), names=tuple(called.get(each, "") for each in entities))

    def question_of(self, judgement: Judgement) -> str | None:
        """The question that a judgement answers; `None` where it answers none."""
        return review.question_of(self._view, judgement)

    def title(self, document: str) -> str:
        """What a document is called: its title, or where it came from. Raises NotFound."""
        listed = self._view.listed([document]).get(document)
        if listed is None:
            raise NotFound(f"No document {document} is in this archive.")
        return listed.title or listed.source

    def entries(
        self, chosen: decisions.Chosen = decisions.EVERY, before: int | None = None, limit: int = 20
    ) -> list[decisions.Decision]:
        """Entries of the ledger, the latest first."""
        return decisions.decisions(self._view, chosen, before, limit)

    def kept(self) -> decisions.Kept:
        """How much is in the ledger."""
        return decisions.kept(self._view)

    def agreement(self) -> Agreements:
        """How far people agree who judged the same."""
        return decisions.agreement(self._view)

    # -- parties -------------------------------------------------------------------------------------------------------

    def parties(
        self,
        name: str = "",
        kind: str | None = None,
        sort: str = "statements",
        limit: int = list_of_parties.PAGE,
        skip: int = 0,
    ) -> list_of_parties.Parties:
        """The list of parties, or those whose names come near `name`. Raises MetadataError."""
        return list_of_parties.parties(self._view, name, kind, sort, limit, skip)

    def party(
        self, name: str, wanted: Sequence[Act] = (), period: Period = ALWAYS, skip: int = 0
    ) -> one_party.WholeParty:
        """One party by the id of any of its entities. Raises NotFound."""
        return one_party.party(self._view, name, wanted, period, skip)

    def statements(
        self,
        party: str | None = None,
        period: Period = ALWAYS,
        genre: Genre | None = None,
        after: made.Key | None = None,
        limit: int = 50,
    ) -> tuple[tuple[made.StatementMade, ...], made.Key | None]:
        """Statements, of a party or all, after a place. Raises NotFound."""
        return made.made(self._view, who(self._view, party) if party else None, period, genre, after, limit)

    def acts(
        self,
        wanted: Sequence[Act],
        party: str | None = None,
        period: Period = ALWAYS,
        after: made.Key | None = None,
        limit: int = 50,
    ) -> tuple[tuple[Done, ...], made.Key | None]:
        """Acts of these kinds, of a party or all, after a place. Raises NotFound."""
        return made.done(self._view, wanted, who(self._view, party) if party else None, period, after, limit)

    def figures(self, documents: Sequence[str] = (), party: str | None = None) -> Figures:
        """Counts asserted in these documents, or by a party in its latest. Raises NotFound."""
        return counts.figures(self._view, documents, who(self._view, party) if party else None)

    # -- together ------------------------------------------------------------------------------------------------------

    def together_question(
        self,
        parties: Sequence[str] = (),
        other: str | None = None,
        since: str | None = None,
        until: str | None = None,
        order: str | None = None,
        rule: str | None = None,
    ) -> joint.Question:
        """What is asked of joint statements, with its parties found. Raises NotFound, MetadataError."""
        return joint.question(self._view, parties, other, since, until, order, rule)

    def together(self, asked: joint.Question, most: int = joint.COLUMNS) -> joint.Shown:
        """The latest joint statements asked for, and their parties in order."""
        return joint.shown(self._view, asked, most)

    def pairs(self, asked: joint.Question, shown: joint.Shown) -> joint.PairsCounted:
        """The pairs of the joint statements shown."""
        return joint.counted(self._view, asked, shown)

    def together_export(self, asked: joint.Question, most: int = joint.COLUMNS) -> Together:
        """The network of the statements that are shown, with all words, for files."""
        return joint.network(self._view, asked, most)

    # -- timeline ------------------------------------------------------------------------------------------------------

    def timeline_question(
        self, parties: Sequence[str] = (), since: str | None = None, until: str | None = None
    ) -> lanes.Question:
        """Whose lanes, with the parties found. Raises NotFound, MetadataError."""
        return lanes.question(self._view, parties, since, until)

    def timeline(self, asked: lanes.Question) -> lanes.Lanes:
        """A lane a party."""
        return lanes.lanes(self._view, asked)

    def dates(self, asked: lanes.Question) -> Iterator[lanes.Dated]:
        """The dates of the lanes one by one."""
        return lanes.listed(self._view, asked)
