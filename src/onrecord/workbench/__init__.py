"""What the workbench shows, page by page: questions to the archive, answered by small values. No HTML, no HTTP.

A module a page: functions from a `store.View` and what is asked to frozen Structs, from which the page is drawn and the
API answers. They read the tables that hold what stands now (machine and people together), never all records: a page of
an archive of 100,000 documents takes milliseconds.
"""

from __future__ import annotations

from onrecord import store
from onrecord.export import Decided
from onrecord.model import Record
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
