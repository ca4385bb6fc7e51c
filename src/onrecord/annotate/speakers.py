"""The entity behind a phrase for a speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model import Entity, Mention
from onrecord.text.names import folded
from onrecord.text.spans import Span

REACH = 1500
"""Code points back that a pronoun's antecedent is looked for."""

_SINGULAR = frozenset({"he", "she", "il", "elle", "él", "ella", "он", "она", "who", "qui", "quien", "هو", "هي"})


class Speakers:
    """Answers, for one document, whom a phrase stands for."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.text = text
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.types = {entity.id: entity.type for entity in entities}
        self.by_name = {folded(name): entity.id for entity in entities for name in entity.names}

    def entity(self, source: Span | None, cue: int) -> tuple[str | None, str | None]:
        """The entity, and the rule where it is not the name inside the phrase itself."""
        if source is None:
            return None, None
        if (named := self._named(source)) is not None:
            return named, None
        if self.text[source.start : source.end].lower() in _SINGULAR:
            return self._before(source.start), "pronoun: nearest person before"
        if (key := folded(self.text[source.start : source.end])) in self.by_name:
            return self.by_name[key], None
        return None, None

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

    def _before(self, at: int) -> str | None:
        position = bisect_left(self.starts, at)
        for mention in reversed(self.mentions[max(0, position - 20) : position]):
            if at - mention.start > REACH:
                return None
            if mention.type == "person":
                return mention.entity
        return None
