"""Figures side by side, of one archive: counts of one thing with who asserted each, and when.

    found = archive.figures(unit="dead", about="dam", since="2024")
    for figure in found.figures: print(figure.number, figure.unit, figure.who, figure.date, figure.address)

The documents that hold a count are told by the store; their records are read once, judgements applied. Who is meant,
what lies in a period and what is a reprint is decided as for acts (`acting`).
"""

from __future__ import annotations

from onrecord import analyse, store
from onrecord.acting import Records, called, judged_documents, understood
from onrecord.analyse.reprints import merged, reprints
from onrecord.errors import MetadataError
from onrecord.figures import Figures
from onrecord.naming import Names
from onrecord.text.folding import tokens


def figures(
    view: store.View,
    records: Records,
    names: Names,
    *,
    unit: str | None = None,
    about: str | None = None,
    party: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Figures:
    """The counts that are asked for, by unit and date. Raises NotFound for a party that nobody is called;
    MetadataError."""
    if unit is not None and not tokens(unit):
        raise MetadataError("The unit has no letters. Write what is counted, as in --unit docker.")
    asked = understood(
        view, names, party, [analyse.ASSERTING], None, about, analyse.period(since, until), hypothetical=False
    )
    numbers = None if asked.question.by is None else store.mentioning(view, asked.party)
    ids = judged_documents(view).union(store.counting(view, numbers))
    table = analyse.FigureTable(asked.question, unit)
    for record in records(sorted(ids)):
        table.add(record)
    claims = table.claims()
    found = analyse.figures(table, called(merged(claims, reprints(claims)), names))
    return Figures(
        unit=unit,
        about=about,
        party=tuple(sorted(asked.question.by or ())),
        period=asked.question.period,
        counted=table.counted(len(ids), found),
        figures=found,
    )
