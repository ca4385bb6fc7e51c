"""Pronouns and nouns in the place of a name, as mentions beside the names.

Whom a speaker's "she" or "the minister" stands for has been read with the attributions (`speakers`, `ownvoice`), each
with the rule in words; here they become mentions of that entity with `nominal: true`. The words are the source as
printed, article and all. Where the source holds a name, that name is the mention already.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.model import Attribution, Document, Entity, Mention
from onrecord.text.spans import Span

STANDING = ("pronoun: ", "nominal: ", "first person: ")
"""How the rules begin by which a word that is no name got its entity."""


def find(
    document: Document, named: Sequence[Mention], entities: Sequence[Entity], attributions: Sequence[Attribution]
) -> tuple[Mention, ...]:
    """All mentions in order of the text: the names as they are, and the words that stand for a speaker's name.

    Names keep their ids; the others take the next numbers.
    """
    kinds = {entity.id: entity.type for entity in entities}
    starts = [mention.start for mention in named]
    made: dict[Span, Mention] = {}
    for span, entity, rule in _standing(attributions):
        if span in made or entity not in kinds or _holds_a_name(span, named, starts):
            continue
        number = len(named) + len(made) + 1
        made[span] = Mention(f"m{number}", span.start, span.end, kinds[entity], entity, nominal=True, rule=rule)
    if not made:
        return tuple(named)
    return tuple(sorted([*named, *made.values()], key=lambda mention: (mention.start, -mention.end)))


def _standing(attributions: Sequence[Attribution]) -> Iterator[tuple[Span, str, str]]:
    """Sources in one piece that got their entity by such a rule: the span, the entity, the rule."""
    for attribution in attributions:
        source = attribution.source
        if source is None or source.entity is None or len(source.spans) != 1:
            continue
        rule = next((it for it in attribution.rule.split("; ") if it.startswith(STANDING)), None)
        if rule is not None:
            yield source.spans[0], source.entity, rule


def _holds_a_name(span: Span, named: Sequence[Mention], starts: list[int]) -> bool:
    """Names do not overlap, so the last one that begins before the span's end tells."""
    before = bisect_right(starts, span.end - 1) - 1
    return before >= 0 and named[before].end > span.start
