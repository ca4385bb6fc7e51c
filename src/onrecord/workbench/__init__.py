"""What the workbench shows, page by page: questions to the archive, answered by small values. No HTML, no HTTP.

A module a page: functions from a `store.View` and what is asked to frozen Structs, from which the page is drawn and the
API answers. They read the tables that hold what stands now (machine and people together), never all records: a page of
an archive of 100,000 documents takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord import store
from onrecord.export import Decided
from onrecord.model import Hit, Record
from onrecord.workbench import concordance, overview
from onrecord.workbench import statement as statements


class Workbench:
    """The archive as the pages ask it: one method a question, each answered in its module."""

    def __init__(self, view: store.View, index: store.Index, originals: store.Originals) -> None:
        self._view = view
        self._index = index
        self._originals = originals

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
