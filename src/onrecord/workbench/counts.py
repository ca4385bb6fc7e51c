"""Counts that people assert, in a few documents: their records are read, so it is asked for some or for one party."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord import analyse, store
from onrecord.analyse import Question
from onrecord.figures import Figures
from onrecord.workbench.records import records
from onrecord.workbench.speaking import latest
from onrecord.workbench.who import Who

DOCUMENTS = 20
"""Documents that are read for one answer."""


def figures(view: store.View, documents: Sequence[str] = (), party: Who | None = None) -> Figures:
    """The counts asserted in these documents, or by a party in its latest ones; by unit and date. Raises NotFound."""
    ids = list(dict.fromkeys(documents))[:DOCUMENTS] or (latest(view, party) if party is not None else [])
    by = None if party is None else frozenset([party.id])
    table = analyse.FigureTable(Question(kinds=frozenset([analyse.ASSERTING]), by=by), None)
    for record in records(view, ids):
        table.add(record)
    found = analyse.figures(table, table.claims())
    return Figures(
        unit=None,
        about=None,
        party=() if party is None else (party.id,),
        period=None,
        counted=table.counted(len(ids), found),
        figures=found,
    )
