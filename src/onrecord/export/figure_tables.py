"""Figures side by side as a flat table: a row a count with who asserts it; its address leads to its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.export.tables import Row
from onrecord.figures import Figure

FIGURES = (
    "unit", "comparator", "value", "upper", "of", "words", "sentence", "asserted", "name", "entities", "spokesperson",
    "reached", "through", "date", "dated_by", "retold", "document", "title", "address", "rule", "also",
)  # fmt: skip


def figure_row(it: Figure) -> Row:
    """The values of FIGURES."""
    return (
        it.unit, it.comparator, it.value, it.upper, it.of, it.words, it.sentence, it.asserted, it.name, it.by,
        it.spokesperson, it.reached, " > ".join(it.through) or None, it.date, it.dated, it.retold, it.document,
        it.title, it.address, it.rule or None, " ".join(it.also) or None,
    )  # fmt: skip


def figure_rows(figures: Iterable[Figure]) -> Iterator[Row]:
    return map(figure_row, figures)
