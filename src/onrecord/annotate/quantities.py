"""The counts that a text asserts: a number with what qualifies it and what it counts (docs/reference/record.md).

A clause that has neither a figure nor a word of number is not looked at. In the others each number is read with the
comparator before or behind it and the noun that it counts. Dates, hours, ages, points, articles and symbols count
nothing; a length of time does where it is told as one ("six weeks") and dates nothing ("within 48 hours").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import structs

from onrecord.annotate.asserted import Asserted
from onrecord.annotate.clauses import Clause
from onrecord.annotate.counting import counting
from onrecord.annotate.counts import Count, counts
from onrecord.annotate.digits import figures
from onrecord.annotate.numbers import reworded
from onrecord.annotate.uncounted import Times
from onrecord.model import Attribution, Document, Quantity, Segment, Statement, TimeExpression
from onrecord.text.spans import Cover

_SILENT = frozenset(("boilerplate", "letterhead", "signature", "byline", "dateline", "citation"))
"""Kinds of segments whose numbers assert nothing of their own."""
_TOLD = frozenset(("body", "item", "point"))
"""Where a document has any of these, a headline says again what its text says."""


def find(
    document: Document,
    clauses: Sequence[Clause],
    times: Sequence[TimeExpression],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
) -> tuple[Quantity, ...]:
    """The counts of a document in the order of the text."""
    kinds = {it.kind for it in segments}
    quiet = _SILENT if kinds.isdisjoint(_TOLD) else _SILENT | {"headline"}
    silent = Cover((it.start, it.end) for it in segments if it.kind in quiet)
    found = [it for it in _all(document.text, clauses, times) if not silent.over(it.start)]
    if not found:
        return ()
    found.sort(key=lambda it: (it.start, it.end))
    sentences = sorted(clause.start for clause in clauses if clause.level is None)
    asserted = Asserted(segments, statements, attributions)
    return tuple(
        Quantity(
            start=it.start,
            end=it.end,
            value=it.value,
            comparator=it.comparator,
            unit=it.unit,
            of=it.of,
            within=None if it.mood else asserted.by(it.start, it.end),
            upper=it.upper,
            rule=it.rule,
        )
        for it in _completed(found, sentences)
    )


def _all(text: str, clauses: Sequence[Clause], times: Sequence[TimeExpression]) -> Iterator[Count]:
    asked = Times(times)
    places = [place for place in figures(text) if not asked.dates(*place)]
    begins = [start for start, _ in places]
    for clause in clauses:
        table = counting(clause.words.tag)
        if table is None:
            continue
        first = bisect_left(begins, clause.start)
        figured = first < len(begins) and begins[first] < clause.end
        if not figured and table.openers.isdisjoint(clause.low):
            continue
        stop = bisect_left(begins, clause.end, first) if figured else first
        words = reworded(clause, places[first:stop], table)
        yield from counts(words, table, asked)


def _completed(found: list[Count], sentences: list[int]) -> Iterator[Count]:
    """With the unit of the count before, in the same sentence or the last, where a number stands alone.

    What people alone do takes no unit but theirs, and what counts nothing known ends the chain.
    """
    held: Count | None = None
    at = 0
    for it in found:
        here = bisect_right(sentences, it.start)
        if it.unit is None and it.people and held is not None and not held.people:
            held = None
        if it.unit is None and held is not None and here - at < 2:
            it = structs.replace(it, unit=held.unit, rule=f"{it.rule}; unit of the count before")
        if it.unit is not None and it.lends:
            held, at = it, here
        yield it
