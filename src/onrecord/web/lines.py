"""The concordance: what was found, a line a place, in the order of the documents or of the words around."""

from __future__ import annotations

from msgspec import Struct

from onrecord.archive import Archive
from onrecord.model import Hit, Results
from onrecord.web.asking import PAGE, SORTS, Asked
from onrecord.web.glyphs import direction, safe_tag
from onrecord.workbench.concordance import Line, ordered

EACH = {True: 8, False: 25}
"""Lines of one document: in the order of the documents, and where they are put in order by the words around."""
WINDOW = 200
"""Documents whose lines are put in order by the words around: of all that were found, the first by rank."""
SHOWN = 50
"""Lines on a page of lines so ordered."""
VOICES = {"direct": "quoted", "reported": "reported", "own": ""}


class Placed(Struct, frozen=True):
    """A line with how it is set, and what is said of it: `who`, a speaker with the voice, and `facts`."""

    line: Line
    lang: str
    dir: str
    issued: str
    voice: str

    @classmethod
    def of(cls, line: Line) -> Placed:
        issued = line.issued or "no date"
        return cls(line, safe_tag(line.language), direction(line.language), issued, VOICES[line.voice])


class Concordance(Struct, frozen=True):
    """A page of lines. `of` are lines, or documents where these are paged, `step` how many of them fill a page;
    `documents` were looked through for at most `each` lines; `places` counts all places in all documents found, where
    that is known."""

    lines: tuple[Placed, ...]
    of: int
    step: int
    documents: int
    places: int | None
    each: int


def gathered(archive: Archive, asked: Asked) -> tuple[Results, Concordance]:
    """The search, and its lines. Raises as Archive.search."""
    by_document = asked.sort in SORTS
    each = EACH[by_document]
    limit, offset, sort = (PAGE, asked.offset, asked.sort) if by_document else (WINDOW, 0, "rank")
    found = archive.search(asked.query, asked.filters, sort=sort, limit=limit, offset=offset, lines=each)
    made = archive.workbench.lines(found.hits)
    places = counted(found.hits, found.total, each)
    if by_document:
        return found, Concordance(tuple(map(Placed.of, made)), found.total, PAGE, len(found.hits), places, each)
    start = (asked.page - 1) * SHOWN
    page = ordered(made, asked.sort)[start : start + SHOWN]
    return found, Concordance(tuple(map(Placed.of, page)), len(made), SHOWN, len(found.hits), places, each)


def counted(hits: tuple[Hit, ...], total: int, each: int) -> int | None:
    """All places in all documents found; None where not every document was looked through to its end."""
    whole = len(hits) == total and all(len(hit.contexts) < each for hit in hits)
    return sum(len(hit.contexts) for hit in hits) if whole else None
