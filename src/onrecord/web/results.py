"""An answer to a search as a page shows it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.model import Context, Hit, Results
from onrecord.web import words
from onrecord.web.asking import DEEPEST, FACETS, PAGE, YEAR, Asked, Facet
from onrecord.web.glyphs import direction, safe_tag

SHOWN = 12
"""Values of a facet that are offered; chosen ones always are."""
LINES = 5
"""Lines of one document; its page has the rest."""


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
        lines = (Line(context, f"/d/{hit.document}/{context.start}-{context.end}") for context in hit.contexts[:LINES])
        told = tuple(fact for fact in (issued, hit.publisher or "", hit.genre or "", spoken) if fact)
        return cls(hit, f"/d/{hit.document}", safe_tag(hit.language), direction(hit.language), told, tuple(lines))


class Choice(Struct, frozen=True):
    """One value of a facet: `count` documents of those found have it; its address adds it or takes it out."""

    label: str
    count: int | None
    chosen: bool
    address: str


class Choices(Struct, frozen=True):
    facet: Facet
    choices: tuple[Choice, ...]
    more: int


def answer(archive: Archive, asked: Asked) -> dict[str, Any]:
    """What the search page is drawn from. Raises QueryError, and NotFound for a page beyond the last."""
    found = archive.search(asked.query, asked.filters, sort=asked.sort, limit=PAGE, offset=asked.offset)
    pages = max(1, -(-min(found.total, DEEPEST) // PAGE))
    if asked.page > pages:
        raise NotFound(f"There is no page {asked.page:,}: what was found fills {words.counted(pages, 'page')}.")
    labels = party_labels(archive, asked, found)
    return {
        "asked": asked,
        "help": None,
        "found": found,
        "pages": pages,
        "documents": [Found.of(hit) for hit in found.hits],
        "facet_choices": [*(choices(facet, asked, found, labels) for facet in FACETS), years(asked, found)],
        "chosen": [
            choice for facet in FACETS for choice in choices(facet, asked, found, labels).choices if choice.chosen
        ],
        "labels": labels,
    }


def party_labels(archive: Archive, asked: Asked, found: Results) -> dict[str, str]:
    """Names of the parties that the page speaks of, by id."""
    ids = [*asked.filters.parties, *(value for value, _ in found.facets.get("party", ()))]
    return {name: entity.name for name, entity in archive.entities(ids).items()}


def choices(facet: Facet, asked: Asked, found: Results, labels: dict[str, str]) -> Choices:
    """The values to narrow by: those chosen first, then the most frequent."""
    counts = {value: count for value, count in found.facets.get(facet.name, ()) if value}
    picked = asked.chosen(facet)
    offered = [value for value in counts if value not in picked]
    shown = tuple(
        Choice(
            labels.get(value, words.value_label(facet.name, value)),
            counts.get(value),
            value in picked,
            asked.toggled(facet, value).address,
        )
        for value in (*picked, *offered[:SHOWN])
    )
    return Choices(facet, shown, max(0, len(offered) - SHOWN))


def years(asked: Asked, found: Results) -> Choices:
    """The years of the documents found, the latest first."""
    dates = (asked.filters.since, asked.filters.until)
    counts = sorted(found.facets.get(YEAR.name, ()), reverse=True)
    shown = [Choice(year, count, dates == (year, year), asked.of_year(year).address) for year, count in counts[:SHOWN]]
    return Choices(YEAR, tuple(shown), max(0, len(counts) - SHOWN))
