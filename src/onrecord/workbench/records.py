"""The records of a few documents, judgements applied: for what no table holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord import export, store
from onrecord.judging import Ledger
from onrecord.model import Record


def records(view: store.View, ids: Sequence[str]) -> Iterator[Record]:
    """The records of these documents, in this order. A page reads a few dozen at most. Raises NotFound."""
    ledger = Ledger(view)
    for document, facts in view.annotated(ids):
        yield ledger.record(export.record(document, facts))
