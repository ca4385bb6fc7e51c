"""The entity behind a phrase for a speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from onrecord.model import Entity, Mention
from onrecord.text.names import folded
from onrecord.text.spans import Span

REACH = 1500
"""Code points back that a pronoun's antecedent is looked for."""
NEXT_TO = 3
"""... and that of "who"."""

_SINGULAR = frozenset({"he", "she", "il", "elle", "él", "ella", "он", "она", "هو", "هي"})
_DEFINITE = frozenset({"the", "le", "la", "el", "this", "our"})
_RELATIVE = frozenset({"who", "qui", "quien", "который", "которая", "الذي", "التي"})


class Speakers:
    """Answers, for one document, whom a phrase stands for."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.text = text
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.entities = entities

    def entity(self, source: Span | None, cue: int) -> tuple[str | None, str | None]:
        """The entity, and the rule where it is not the name inside the phrase itself."""
        if source is None:
            return None, None
        if (named := self._named(source)) is not None:
            return named, None
        low = self.text[source.start : source.end].lower()
        if low in _SINGULAR or low in _RELATIVE:
            found = self._before(source.start, NEXT_TO if low in _RELATIVE else REACH)
            return found, "pronoun: nearest person before" if found else "pronoun: no person before"
        if (nominal := self._nominal(source, low)) is not None:
            return nominal, "nominal: nearest bearer of the noun before"
        return self.by_name.get(folded(self.text[source.start : source.end])), None

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Folded name to entity; few documents have a speaker who is a name but no mention."""
        return {folded(name): entity.id for entity in self.entities for name in entity.names}

    def _named(self, source: Span) -> str | None:
        """The person named in the phrase, else the first body; a place speaks only where it is the whole phrase."""
        inside = self.mentions[bisect_left(self.starts, source.start) : bisect_left(self.starts, source.end)]
        for kind in ("person", "organization"):
            for mention in inside:
                if mention.type == kind and mention.end <= source.end and self._is_head(mention, source, kind):
                    return mention.entity
        whole = [m for m in inside if m.type == "place" and m.end - m.start >= source.end - source.start - 4]
        return whole[0].entity if whole else None

    def _is_head(self, mention: Mention, source: Span, kind: str) -> bool:
        """ "Kessan's lawyer" is not Kessan, "a Harbour Union official" not the union."""
        possessive = self.text[mention.end : mention.end + 2] in ("’s", "'s") and mention.end + 2 < source.end
        if kind == "person":
            return not possessive
        lead = self.text[source.start : mention.start].strip().lower()
        rest = self.text[mention.end : source.end].strip()
        return (
            not possessive
            and lead in ("", "the", "le", "la", "el", "los", "las", "les", "l’", "l'")
            and rest[:1] in ("", ",", "(")
        )

    def _nominal(self, source: Span, low: str) -> str | None:
        """ "The union", "the deputy minister": who bears that noun in a name or a role before."""
        words = low.split()
        if not 1 < len(words) < 4 or words[0] not in _DEFINITE:
            return None
        noun = words[-1]
        position = bisect_left(self.starts, source.start)
        for mention in reversed(self.mentions[max(0, position - 40) : position]):
            bearer = self.text[mention.start : mention.end] if mention.type == "organization" else mention.role or ""
            if noun in bearer.lower().split():
                return mention.entity
        return None

    def _before(self, at: int, reach: int) -> str | None:
        position = bisect_left(self.starts, at)
        for mention in reversed(self.mentions[max(0, position - 20) : position]):
            if at - mention.end > reach:
                return None
            if mention.type == "person":
                return mention.entity
        return None
