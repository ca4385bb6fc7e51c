"""An answer to a search as a page shows it: documents, each hit in its line, or how they lie in time."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.model import Context, Hit, Results
from onrecord.web import lines, narrowing, overtime, words
from onrecord.web.asking import DEEPEST, PAGE, Asked
from onrecord.web.glyphs import direction, safe_tag

LINES = 5
"""Lines of one document in a list of documents; its page has the rest."""


class Line(Struct, frozen=True):
    context: Context
    address: str


class Found(Struct, frozen=True):
    """One document found, with its hits in their lines."""

    hit: Hit
    address: str
    lang: str
    dir: str
    facts: tuple[str, ...]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, hit: Hit) -> Found:
        issued = words.date(hit.issued) if hit.issued else ""
        spoken = words.language(hit.language) if hit.language else ""
        shown = (Line(context, f"/d/{hit.document}/{context.start}-{context.end}") for context in hit.contexts[:LINES])
        told = tuple(fact for fact in (issued, hit.publisher or "", hit.genre or "", spoken) if fact)
        return cls(hit, f"/d/{hit.document}", safe_tag(hit.language), direction(hit.language), told, tuple(shown))


def answer(archive: Archive, asked: Asked) -> dict[str, Any]:
    """What the search page is drawn from. Raises QueryError, and NotFound for a page beyond the last."""
    found, shown = SHOWING[asked.view](archive, asked)
    labels = archive.names.called(narrowing.names(asked, found))
    return {
        "asked": asked,
        "help": None,
        "concordance": None,
        "found": found,
        "labels": labels,
        "facets": narrowing.every(asked, found, labels),
        "unknown": narrowing.unknown(asked),
        "chosen": narrowing.chosen(asked, labels),
        "histogram": narrowing.histogram(asked, found),
        **shown,
    }


def documents(archive: Archive, asked: Asked) -> tuple[Results, dict[str, Any]]:
    found = archive.search(asked.query, asked.filters, sort=asked.sort, limit=PAGE, offset=asked.offset)
    return found, {"pages": pages(asked, found.total, PAGE), "documents": [Found.of(hit) for hit in found.hits]}


def in_context(archive: Archive, asked: Asked) -> tuple[Results, dict[str, Any]]:
    found, concordance = lines.gathered(archive, asked)
    return found, {"pages": pages(asked, concordance.of, concordance.step), "concordance": concordance}


def over_time(archive: Archive, asked: Asked) -> tuple[Results, dict[str, Any]]:
    found = archive.search(asked.query, asked.filters, limit=1)
    return found, {"pages": 1, "time": overtime.drawn(archive, asked)}


SHOWING = {"documents": documents, "kwic": in_context, "time": over_time}


def pages(asked: Asked, total: int, step: int) -> int:
    """How many there are. Raises NotFound where the one asked for is not among them."""
    count = max(1, -(-min(total, DEEPEST) // step))
    if asked.page > count:
        raise NotFound(f"There is no page {asked.page:,}: what was found fills {words.counted(count, 'page')}.")
    return count
