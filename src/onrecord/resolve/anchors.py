"""Where a judged fact stands: how evidence is made of a fact, and found again in a text.

In the text it was made on, evidence stands at its offsets. In any other (a new rendition, a new version of the file) it
is found only where prefix, words and suffix occur together exactly once; a prefix or suffix cut short by the border of
the old text must meet the border of the new one. Whatever is not found so is not found: a judgement never moves to a
look-alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from onrecord.errors import JudgementError
from onrecord.model import (
    CONTEXT,
    Attribution,
    DateFact,
    Evidence,
    Language,
    Mention,
    Notice,
    Quantity,
    Record,
    Segment,
    SpeechAct,
    Statement,
    Subject,
    TimeExpression,
    evidence,
)  # fmt: skip
from onrecord.text.spans import Span

KINDS: dict[str, type[Any]] = {
    "languages": Language,
    "segments": Segment,
    "dates": DateFact,
    "times": TimeExpression,
    "mentions": Mention,
    "statements": Statement,
    "attributions": Attribution,
    "acts": SpeechAct,
    "quantities": Quantity,
    "notices": Notice,
}
"""The record's keys whose facts can be judged, and the type of a fact."""


def text_digest(text: str) -> str:
    """Sixteen hex digits that tell one text from another."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:16]


def _hull(spans: Iterable[Span]) -> Span | None:
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _of_attribution(fact: Attribution) -> Span | None:
    return _hull(fact.content.spans)


def _of_statement(fact: Statement) -> Span | None:
    return _hull(span for party in fact.parties for span in party.spans)


def _of_spans(fact: DateFact | Notice) -> Span | None:
    return _hull(fact.spans)


_ANCHORS: dict[str, Callable[[Any], Span | None]] = {
    "attributions": _of_attribution,
    "statements": _of_statement,
    "dates": _of_spans,
    "notices": _of_spans,
}
QUALIFIERS = {
    "languages": "tag",
    "segments": "kind",
    "dates": "role",
    "times": "type",
    "mentions": "type",
    "statements": "genre",
    "attributions": "rule",
    "acts": "act",
    "quantities": "unit",
    "notices": "code",
}
"""What tells apart two facts of one kind that stand on the same words."""


def anchor(kind: str, fact: Any) -> Span | None:
    """The words that a fact is addressed by; `None` where it rests on none (a date from metadata)."""
    found = _ANCHORS[kind](fact) if kind in _ANCHORS else Span(fact.start, fact.end)
    return found if found is not None and found.start < found.end else None


def subject(record: Record, kind: str, fact: Any) -> Subject | None:
    """The subject that addresses `fact`, one of `record`'s facts of this kind; `None` where it rests on no words."""
    place = anchor(kind, fact)
    if place is None:
        return None
    twins = [other for other in getattr(record, kind) if anchor(kind, other) == place]
    address = kind if len(twins) == 1 else f"{kind}/{getattr(fact, QUALIFIERS[kind])}"
    return Subject(address, record.id, evidence(record.text, *place), (), text_digest(record.text))


def facts_at(record: Record, address: str, place: Span) -> list[int]:
    """The indexes of the facts that stand exactly at `place`; `address` is a kind, or a kind and a qualifier.

    Raises JudgementError for a kind that there is not.
    """
    kind, _, qualifier = address.partition("/")
    if kind not in KINDS:
        raise JudgementError(f"There is no kind of fact called {kind!r}. Use one of: {', '.join(KINDS)}.")
    return [
        index
        for index, fact in enumerate(getattr(record, kind))
        if anchor(kind, fact) == place and (not qualifier or str(getattr(fact, QUALIFIERS[kind])) == qualifier)
    ]


def locate(text: str, wanted: Evidence, same_text: bool) -> Span | None:
    """Where the evidence stands in `text`, or `None`."""
    if not wanted.exact:
        return None
    if same_text:
        return Span(wanted.start, wanted.end) if text[wanted.start : wanted.end] == wanted.exact else None
    whole = wanted.prefix + wanted.exact + wanted.suffix
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        return None
    if len(wanted.prefix) < CONTEXT and at != 0:
        return None
    if len(wanted.suffix) < CONTEXT and at + len(whole) != len(text):
        return None
    start = at + len(wanted.prefix)
    return Span(start, start + len(wanted.exact))
