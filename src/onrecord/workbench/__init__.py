"""What the workbench shows, page by page: questions to the archive, answered by small values. No HTML, no HTTP.

A module a page: functions from a `store.View` and what is asked to frozen Structs, from which the page is drawn and the
API answers. They read the tables that hold what stands now (machine and people together), never all records: a page of
an archive of 100,000 documents takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord import store
from onrecord.export import Decided
from onrecord.model import Filters, Hit, Record
from onrecord.workbench import concordance, keyness, overview, terms
from onrecord.workbench import statement as statements


class Workbench:
    """The archive as the pages ask it: one method a question, each answered in its module."""

    def __init__(self, view: store.View, index: store.Index, originals: store.Originals, words: store.Words) -> None:
        self._view = view
        self._index = index
        self._originals = originals
        self._words = words

    def statement(self, record: Record, name: str, decided: Decided) -> statements.StatementHere:
        """One statement of a document, by its id there. Raises NotFound."""
        return statements.statement(self._view, self._index, record, name, decided)

    def overview(self) -> overview.Overview:
        return overview.overview(self._view, self._index)

    def lines(self, hits: Sequence[Hit]) -> tuple[concordance.Line, ...]:
        return concordance.lines(self._view, hits)

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """What the parties that these entities are called, by the ids asked for; unknown ids are left out."""
        return {entity: name for entity, (_, name) in concordance.called(self._view, ids).items()}

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
