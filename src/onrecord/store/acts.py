"""Which documents can hold the acts that are asked for, told without reading them whole.

An act's entities are all among those that its document names, so the table of names narrows a question about a party;
the kinds of act are looked for in the stored facts as text, which is quicker than to read them out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import json

from onrecord.model import Act
from onrecord.store.view import View

_MENTIONING = (
    "SELECT DISTINCT m.document FROM entities e CROSS JOIN mentions m ON m.entity = e.number WHERE e.id IN (%s)"
)
_SPEAKING = "SELECT p.document FROM entities e CROSS JOIN parties p ON p.entity = e.number WHERE e.id IN (%s)"
_SAYING = "SELECT a.document FROM entities e CROSS JOIN attributions a ON a.speaker = e.number WHERE e.id IN (%s)"
FEW = 6
"""Kinds that are looked for one by one; of more, any act will do."""
_VERSIONS = (
    "SELECT DISTINCT d.id, n.id FROM documents d CROSS JOIN captures c ON c.document = d.number"
    " CROSS JOIN captures l ON l.place = c.place AND l.state = 'read'"
    " CROSS JOIN documents n ON n.number = l.document WHERE n.state = 'current' AND d.id IN (%s) ORDER BY d.id, n.id"
)


def mentioning(view: View, entities: Collection[str]) -> set[int]:
    """The numbers of documents of any version that name one of these."""
    return {row[0] for row in view.among(_MENTIONING, list(entities))}


def speaking(view: View, entities: Collection[str]) -> set[int]:
    """The numbers of documents of any version in which one of these makes a statement or is said to speak."""
    return {row[0] for query in (_SPEAKING, _SAYING) for row in view.among(query, list(entities))}


def holding(view: View, kinds: Sequence[Act], numbers: Collection[int] | None = None) -> list[str]:
    """The ids of current documents, of all or of those with these numbers, that hold an act of one of these kinds."""
    looks = [f'instr(a.facts, \'"act":"{kind}"\')' for kind in kinds]
    wanted = (" OR ".join(looks) or "0") if len(looks) <= FEW else "NOT instr(a.facts, '\"acts\":[]')"
    return _current(view, wanted, numbers)


def counting(view: View, numbers: Collection[int] | None = None) -> list[str]:
    """The ids of current documents, of all or of those with these numbers, that hold a count."""
    return _current(view, "NOT instr(a.facts, '\"quantities\":[]')", numbers)


def _current(view: View, wanted: str, numbers: Collection[int] | None) -> list[str]:
    query = (
        "SELECT d.id FROM documents d CROSS JOIN annotations a ON a.document = d.number"
        f" WHERE d.state = 'current' AND ({wanted})"
    )
    if numbers is None:
        return sorted(row[0] for row in view.stream(query))
    return sorted(row[0] for row in view.among(f"{query} AND d.number IN (%s)", sorted(numbers)))


def versions(view: View, ids: Collection[str]) -> dict[str, list[str]]:
    """The current documents at the places of these, by their ids; one that is itself current is among its own."""
    found: dict[str, list[str]] = {}
    for name, later in view.among(_VERSIONS, list(ids)):
        found.setdefault(name, []).append(later)
    return found


_BEFORE = (
    "SELECT DISTINCT d.id, n.id FROM documents n CROSS JOIN captures l ON l.document = n.number AND l.state = 'read'"
    " CROSS JOIN captures c ON c.place = l.place CROSS JOIN documents d ON d.number = c.document"
    " WHERE n.state = 'current' AND n.id IN (%s) ORDER BY d.id, n.id"
)


def later(view: View, ids: Collection[str]) -> dict[str, list[str]]:
    """The documents that were at the places of these before, each with those of these that are there now."""
    found: dict[str, list[str]] = {}
    for name, now in view.among(_BEFORE, list(ids)):
        found.setdefault(name, []).append(now)
    return found


def laid(view: View) -> dict[str, tuple[str, ...]]:
    """The judgements that were laid over documents, by the documents' ids."""
    query = "SELECT d.id, l.judgements FROM laid l CROSS JOIN documents d ON d.number = l.document"
    return {name: tuple(json.decode(ids)) for name, ids in view.rows(query)}
