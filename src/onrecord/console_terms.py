"""How counts of words look on a terminal; JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.console import console, emit, escape, plural

if TYPE_CHECKING:
    from onrecord.workbench.keyness import Keyness
    from onrecord.workbench.terms import Count, Usage


def usage(found: Usage, *, json: bool) -> None:
    """A line a period and a party, a column a term."""
    if json:
        emit(found)
        return
    from rich.table import Table

    table = Table("per 10,000 words", *(escape(term.term) for term in found.terms), box=None, pad_edge=False)
    table.add_row("in all", *cells(found.counts))
    for period in found.periods:
        table.add_row(period.period, *cells(period.counts))
    for each in found.parties:
        table.add_row(escape(each.name), *cells(each.counts))
    console().print(table)
    print(found.rule)


def cells(counts: Sequence[Count]) -> list[str]:
    return [
        f"{count.per_10000 or 0:.1f} ({count.occurrences:,} in {count.documents:,})" if count.occurrences else "0"
        for count in counts
    ]


def keyness(found: Keyness, *, json: bool) -> None:
    """What marks the first side, then what marks the second."""
    if json:
        emit(found)
        return
    from rich.table import Table

    screen = console()
    for side, terms in zip(found.sides, (found.first, found.second), strict=True):
        told = f"{plural(side.words, 'word')} in {plural(side.documents, 'document')}"
        table = Table("word", "z", found.sides[0].name, found.sides[1].name, box=None, pad_edge=False)
        for term in terms:
            first = f"{term.first_per_10000:.1f} ({term.first:,} in {term.first_documents:,})"
            second = f"{term.second_per_10000:.1f} ({term.second:,} in {term.second_documents:,})"
            table.add_row(escape(term.term), f"{abs(term.z):.1f}", first, second)
        screen.print(f"More with [bold]{escape(side.name)}[/]: {told}")
        screen.print(table if terms else "  nothing that is sure")
    print(f"{found.origin}. {found.formula}. P is {found.prior:,.0f}, the background {found.background}.")
