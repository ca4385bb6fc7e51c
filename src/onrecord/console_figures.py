"""How figures side by side look: lines for people, JSON or CSV for machines; what was left out is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord.console import console, emit, escape, plural
from onrecord.console_acts import ALSO, REACHED, short

if TYPE_CHECKING:
    from onrecord.figures import Figure, Figures

BEFORE, BEHIND = 90, 60
"""Code points of the sentence that a line shows on either side of a count, at least, where there are so many."""
LEFT_OUT = {
    "over_border": "left out: their date may lie in the period, or may not",
    "outside": "left out: outside the period",
    "unnamed": "left out: it is not known who asserts them",
    "told": "left out: the document itself tells them",
    "unasserted": "left out: nobody asserts them (under a condition, denied)",
    "reprinted": "printed again elsewhere: shown once, with the other addresses (also in …)",
}
"""What was read and is not shown, by the field of FiguresCounted."""


def figures(found: Figures, *, limit: int, json: bool, csv: bool) -> None:
    """Figures under their units, by date, the undated last."""
    if json:
        emit(found)
        return
    if csv:
        _csv(found)
        return
    screen = console()
    for unit, group in groupby(found.figures[:limit], key=lambda figure: figure.unit):
        screen.print(f"[bold]{escape(short(unit))}[/]" if unit else "[bold]no unit[/]")
        for figure in group:
            for line in figure_lines(figure):
                screen.print(f"  {line}")
    for line in closing(found, limit):
        print(line)


def _csv(found: Figures) -> None:
    from onrecord.export.csv import rows_of
    from onrecord.export.figure_tables import FIGURES, figure_rows

    for line in rows_of(FIGURES, figure_rows(found.figures)):
        sys.stdout.buffer.write(line)


def figure_lines(figure: Figure) -> Iterator[str]:
    """A figure: how many of what, who asserts it, when; then its sentence; then how it reached us."""
    when = f"{figure.date} ({figure.dated}{', reported' if figure.retold else ''})" if figure.date else "undated"
    of = f" of {escape(short(figure.of))}" if figure.of else ""
    yield f"[bold]{figure.number}[/]{of}  {escape(short(figure.who))}  {when}"
    yield f"    “{escape(excerpt(figure))}”"
    yield f"    [dim]{how(figure)}  {figure.address}[/]"
    if figure.also:
        more = len(figure.also) - ALSO
        yield f"    [dim]also in {'; '.join(figure.also[:ALSO])}{f' and {more} more' if more > 0 else ''}[/]"


def how(figure: Figure) -> str:
    """How it reached us; of what nobody asserts, only through whom."""
    itself = {"party": REACHED[figure.reached], "document": "in the document's words"}.get(figure.asserted)
    way = f"through {' > '.join(escape(short(name)) for name in figure.through)}" if figure.through else None
    return ", ".join(each for each in (itself, way) if each)


def excerpt(figure: Figure) -> str:
    """The sentence on one line; of a long one what stands around the count."""
    sentence = " ".join(figure.sentence.split())
    at = sentence.find(" ".join(figure.words.split()))
    first = max(0, min(at - BEFORE, len(sentence) - BEFORE - BEHIND - len(figure.words)))
    last = max(at, 0) + len(figure.words) + max(BEHIND, BEFORE + BEHIND - at)
    return f"{'…' if first else ''}{sentence[first:last]}{'…' if last < len(sentence) else ''}"


def closing(found: Figures, limit: int) -> Iterator[str]:
    """What was counted, and what is left out."""
    counted, total = found.counted, len(found.figures)
    shown = f", {limit:,} of them shown (--limit, or --csv for all)" if total > limit else ""
    period = f" in {found.period.value}" if found.period else ""
    yield f"{plural(total, 'figure')}{period}{shown}; {plural(counted.documents, 'document')} read."
    if counted.published:
        yield f"  {plural(counted.published, 'figure')} dated by publication: the text bears no other date."
    if counted.undated:
        yield f"  {plural(counted.undated, 'figure')} undated: {'left out' if found.period else 'last'}."
    for name, words in LEFT_OUT.items():
        if number := getattr(counted, name):
            yield f"  {plural(number, 'figure')} {words}."
