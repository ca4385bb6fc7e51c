"""What figures are made of: a tally of right and wrong, spans that overlap, and who is who in record and truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

EDGE = " \t\r\n\xa0,;:.!?\"'“”‘’«»()[]—–-"

Pair = tuple[dict[str, Any], dict[str, Any]]
"""A document's truth and its record, both with offsets into the record's text."""


class Tally:
    """Precision, recall and F1 over bags of keys."""

    def __init__(self) -> None:
        self.gold = self.said = self.right = 0

    def add(self, gold: Iterable[Any], said: Iterable[Any]) -> None:
        wanted, found = Counter(gold), Counter(said)
        self.gold += wanted.total()
        self.said += found.total()
        self.right += (wanted & found).total()

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.gold + self.said) if self.gold + self.said else 100.0

    def __str__(self) -> str:
        precision = 100 * self.right / self.said if self.said else 0
        recall = 100 * self.right / self.gold if self.gold else 0
        return (
            f"F1 {self.f1:5.1f}  precision {precision:5.1f}  recall {recall:5.1f}  (gold {self.gold}, said {self.said})"
        )


def trimmed(text: str, spans: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    """Spans without white space, quotation marks and stops at their ends; what touches is joined."""
    joined: list[list[int]] = []
    for start, end in sorted(map(tuple, spans)):
        if joined and not text[joined[-1][1] : start].strip(EDGE):
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    found = []
    for start, end in joined:
        while start < end and text[start] in EDGE:
            start += 1
        while end > start and text[end - 1] in EDGE:
            end -= 1
        if start < end:
            found.append((start, end))
    return tuple(found)


def overlap(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> float:
    """Shared code points by all code points of two sets of spans."""
    inside = sum(max(0, min(e1, e2) - max(s1, s2)) for s1, e1 in one for s2, e2 in other)
    whole = sum(e - s for s, e in one) + sum(e - s for s, e in other) - inside
    return inside / whole if whole else 0.0


def same_source(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """The sources overlap, or neither is printed."""
    said = (other.get("source") or {}).get("spans") or []
    return overlap(tuple(map(tuple, one["source"])), tuple(map(tuple, said))) > 0 if one["source"] else True


class Who:
    """Which of the archive's entities stands for one of the truth's: the one that shares most of its mentions."""

    def __init__(self, pairs: list[Pair]) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for true, record in pairs:
            said = {(m["start"], m["end"]): m["entity"] for m in record["mentions"] if m["entity"]}
            for mention in true["mentions"]:
                entity = said.get((mention["start"], mention["end"]))
                if entity and not mention["nominal"]:
                    votes[mention["entity"]][entity] += 1
        self._best = {true: set(found) for true, found in votes.items()}

    def is_one(self, true: str | None, entity: str | None) -> bool:
        """`entity` of the archive stands for `true` of the truth."""
        return entity in self._best.get(true or "", ())

    def knows(self, true: str | None) -> bool:
        """One of the archive's entities stands for it."""
        return true in self._best

    def speaker_is_right(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        """The attribution's entity is one that stands for the speaker; where the truth has none, the source counts."""
        entity = (other.get("source") or {}).get("entity")
        return entity in self._best.get(one["entity"], ()) if one["entity"] in self._best else same_source(one, other)
