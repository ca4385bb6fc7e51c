"""The counts that a text asserts."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.clauses import Clause
from onrecord.model import Attribution, Document, Quantity, Segment, Statement, TimeExpression


def find(
    document: Document,
    clauses: Sequence[Clause],
    times: Sequence[TimeExpression],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
) -> tuple[Quantity, ...]:
    """The counts of a document in the order of the text."""
    return ()
