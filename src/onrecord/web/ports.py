"""What the pages ask of an archive: nothing else of it is known here, so a page can be tested on any that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from onrecord.model import Entity, Filters, Imports, Record, Results, Stats

NO_FILTERS = Filters()


class ArchiveLike(Protocol):
    """The part of `onrecord.archive.Archive` that the pages use. It is called from the server's one thread only."""

    def search(
        self, query: str, filters: Filters = NO_FILTERS, *, sort: str = "rank", limit: int = 20, offset: int = 0
    ) -> Results:
        """Documents found; an empty query finds all. Facets: `language`, `genre`, `publisher`, `year`.

        Raises QueryError with advice where the query or a date cannot be understood.
        """

    def record(self, name: str) -> Record:
        """One document with its facts, judgements applied; raises NotFound."""

    def original(self, digest: str) -> Path:
        """The stored file with this digest (`sha256:…`); raises NotFound."""

    def stats(self) -> Stats:
        """Totals, and documents counted by `publisher`, `language`, `genre` and `month` (`YYYY-MM`)."""

    def imports(self, limit: int) -> Imports:
        """What could not be read, and what was read with doubts; at most `limit` of each."""

    def entities(self, ids: Iterable[str]) -> Mapping[str, Entity]:
        """The entities with these ids; unknown ids are left out."""
