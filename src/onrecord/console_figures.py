"""How figures side by side look: lines for people, JSON or CSV for machines; what was left out is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord.console import console, emit, emit_csv, escape
from onrecord.console_acts import REACHED, also, short, tally, when

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
        from onrecord.export.figure_tables import FIGURES, figure_rows

        emit_csv(FIGURES, figure_rows(found.figures))
        return
    screen = console()
    for unit, group in groupby(found.figures[:limit], key=lambda figure: figure.unit):
        screen.print(f"[bold]{escape(short(unit))}[/]" if unit else "[bold]no unit[/]")
        for figure in group:
            for line in figure_lines(figure):
                screen.print(f"  {line}")
    for line in tally(found, "figure", len(found.figures), limit, LEFT_OUT):
        print(line)


def figure_lines(figure: Figure) -> Iterator[str]:
    """A figure: how many of what, who asserts it, when; then its sentence; then how it reached us."""
    of = f" of {escape(short(figure.of))}" if figure.of else ""
    yield f"[bold]{figure.number}[/]{of}  {escape(short(figure.who))}  {when(figure)}"
    yield f"    “{escape(excerpt(figure))}”"
    yield f"    [dim]{how(figure)}  {figure.address}[/]"
    yield from also(figure)


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
