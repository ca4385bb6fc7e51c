"""The commitments ledger as flat tables: acts, and links between them; a row leads to its words by their address."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.commitments import ActDone, ActLink
from onrecord.export.tables import Row

ACTS = (
    "date", "dated_by", "name", "entities", "act", "negated", "plover", "mode", "addressee", "target", "content",
    "deadline", "deadline_value", "condition", "conditional", "intensity", "modality", "reached", "through", "words",
    "document", "id", "title", "address", "rule", "retold", "spokesperson", "also",
)  # fmt: skip
_END = ("date", "name", "act", "words", "address")
LINKS = (
    "relation", "score", "reason", "judged", "judgement", *(f"later_{name}" for name in _END),
    *(f"earlier_{name}" for name in _END),
)  # fmt: skip


def act_row(act: ActDone) -> Row:
    """The values of ACTS."""
    return (
        act.date, act.dated, act.name, act.by, act.act, act.negated, act.plover, act.mode, act.addressee, act.target,
        act.content, act.deadline, act.deadline_value, act.condition, act.conditional, act.intensity, act.modality,
        act.reached, " > ".join(act.through) or None, act.words, act.document, act.id, act.title, act.address,
        act.rule or None, act.retold, act.spokesperson, " ".join(act.also) or None,
    )  # fmt: skip


def link_row(link: ActLink) -> Row:
    """The values of LINKS."""
    ends = (getattr(act, name) for act in (link.later, link.earlier) for name in _END)
    return (link.relation, link.score.value, link.score.reason, link.judged, link.judgement, *ends)


def act_rows(acts: tuple[ActDone, ...]) -> Iterator[Row]:
    return map(act_row, acts)


def link_rows(links: tuple[ActLink, ...]) -> Iterator[Row]:
    return map(link_row, links)
