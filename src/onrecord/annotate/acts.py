"""What is done in saying it: the speech acts of a document."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.clauses import Clause
from onrecord.model import Attribution, Document, Mention, Segment, SpeechAct, Statement, TimeExpression


def find(
    document: Document,
    clauses: Sequence[Clause],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    mentions: Sequence[Mention],
) -> tuple[SpeechAct, ...]:
    """The speech acts of a document, ids `s1`… in the order of the text."""
    return ()
