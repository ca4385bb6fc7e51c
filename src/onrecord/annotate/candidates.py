"""A stretch of a text that may be a name, between its reading and the decision."""

from __future__ import annotations

from msgspec import Struct

from onrecord.model import EntityType


class Candidate(Struct, gc=False):
    """A stretch that may be a name. `opens`: it opens a sentence; `titled`: it stands in a headline or in capitals."""

    start: int
    end: int
    surface: str
    kind: EntityType | None
    role: str | None
    sure: bool
    opens: bool
    titled: bool
    alias: str | None = None
    """The acronym that follows in brackets."""
