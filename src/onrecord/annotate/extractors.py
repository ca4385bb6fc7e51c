"""Attributions from a plug-in instead of the rules: a spaCy pipeline, a language model's output, another rule set.

A plug-in is an entry point of the group `onrecord.extractors`: a callable `extract(document, languages)` that gives
`Extracted` values. What it gives is checked, one by one; then speakers, nesting and voices are found as for the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import pairwise
from typing import Any, get_args

import msgspec
from msgspec import Struct

from onrecord.annotate.clauses import Clause
from onrecord.annotate.quotations import Found, finish
from onrecord.annotate.quotes import Marked
from onrecord.errors import ExtraMissing, MetadataError
from onrecord.model import (
    Attribution,
    AttributionKind,
    Cue,
    Document,
    Entity,
    Language,
    Mention,
    Notice,
    Segment,
    Source,
    Statement,
)
from onrecord.text.spans import Span

GROUP = "onrecord.extractors"
RULES = "rules"
"""The name of what needs no plug-in."""
STAGE = "extractor"
MOST_NOTICES = 20
"""Bad values that are reported one by one; further ones share a notice."""
MOST = 100_000
"""Values that are taken from a plug-in for one document."""


class Extracted(Struct, frozen=True, kw_only=True):
    """One attribution as a plug-in gives it. Spans are half-open pairs of code points of `document.text`."""

    kind: AttributionKind
    content: tuple[tuple[int, int], ...]
    """The words that are attributed, in order; never empty."""
    source: tuple[tuple[int, int], ...] = ()
    """The words that name who speaks; empty where nobody is named."""
    cue: tuple[tuple[int, int], ...] = ()
    """The words that attribute; empty where there are none."""
    confidence: float = 1.0
    """From 0 to 1."""


Extract = Callable[[Document, tuple[Language, ...]], Iterable[Extracted]]


def names() -> list[str]:
    """The extractors that are installed here, by name."""
    return sorted({RULES, *(point.name for point in entry_points(group=GROUP))})


def version_of(name: str) -> str:
    """What is part of the fingerprint: name, distribution and version. Raises ExtraMissing, MetadataError."""
    point = _point(name)
    made = point.dist
    return f"{name} {point.value} {made.name if made else '?'} {made.version if made else '?'}"


def _point(name: str) -> EntryPoint:
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        raise ExtraMissing(
            f"The extractor {name!r} is not installed here (there are: {', '.join(names())}). Install the package that "
            f"brings it, or go back to onrecord's own: onrecord annotate ARCHIVE --extractor {RULES}"
        )
    if len({point.value for point in found}) > 1:
        brought = " and ".join(sorted(point.dist.name if point.dist else point.value for point in found))
        raise MetadataError(f"Two packages bring an extractor {name!r}: {brought}. Remove one of them.")
    return found[0]


@cache
def load(name: str) -> Extract:
    """The plug-in, loaded once a process. Raises ExtraMissing, MetadataError."""
    point = _point(name)
    try:
        extract: Any = point.load()
    except Exception as error:
        raise ExtraMissing(
            f"The extractor {name!r} ({point.value}) cannot be loaded: {type(error).__name__}: {error}. "
            "Install what it needs, or repair its package."
        ) from error
    if not callable(extract):
        raise MetadataError(f"The extractor {name!r} ({point.value}) is no function extract(document, languages).")
    loaded: Extract = extract
    return loaded


def stage(name: str) -> Callable[..., tuple[tuple[Attribution, ...], tuple[Notice, ...]]]:
    """A stage that asks the plug-in, in the place of `quotations.find`."""

    def find(
        document: Document,
        languages: Sequence[Language],
        segments: Sequence[Segment],
        _marked: Marked,
        _clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
        statements: Sequence[Statement] = (),
    ) -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
        try:
            given = _some(load(name)(document, tuple(languages)))
        except Exception as error:
            return (), (_failed(name, error),)
        kept, notices = checked(name, document.text, given)
        return attributions(name, document.text, kept, mentions, entities, segments, statements), notices

    return find


def _some(given: Iterable[Any]) -> list[Any]:
    """What was given, all of it or as much as any document can hold."""
    taken = []
    for each in given:
        taken.append(each)
        if len(taken) > MOST:
            raise ValueError(f"it gives more than {MOST:,} attributions for one document")
    return taken


def _failed(name: str, error: Exception) -> Notice:
    said = f"The extractor {name!r} failed here ({type(error).__name__}: {error}), so there are no attributions."
    return Notice(STAGE, "fault", f"{said} Tell those who made it; the next run tries again.")


def checked(name: str, text: str, given: Iterable[Any]) -> tuple[list[Extracted], tuple[Notice, ...]]:
    """What can be used of what a plug-in gave, and a notice for the rest."""
    kept, refused = [], []
    for number, each in enumerate(given, 1):
        try:
            kept.append(_sound(text, each))
        except (TypeError, ValueError, msgspec.ValidationError) as reason:
            refused.append((number, str(reason)))
    return kept, tuple(_refusals(name, refused))


def _refusals(name: str, refused: Sequence[tuple[int, str]]) -> Iterator[Notice]:
    for number, reason in refused[:MOST_NOTICES]:
        said = f"The extractor {name!r} gave an attribution (the {number}. of this document) that cannot be: {reason}."
        yield Notice(STAGE, "bad-extraction", f"{said} It was left out.")
    if (more := len(refused) - MOST_NOTICES) > 0:
        yield Notice(STAGE, "bad-extraction", f"The extractor {name!r} gave {more:,} more that cannot be.")


def _sound(text: str, given: Any) -> Extracted:
    """`given` with spans as spans, in order. Raises TypeError or ValueError with the reason."""
    if not isinstance(given, Extracted):
        raise TypeError(f"it is of type {type(given).__name__}, not Extracted")
    if given.kind not in get_args(AttributionKind):
        raise ValueError(f"its kind is {given.kind!r}")
    confidence = float(given.confidence)
    if not 0 <= confidence <= 1:
        raise ValueError(f"its confidence is {confidence}")
    content = _spans(text, "content", given.content)
    if not any(text[span.start : span.end].strip() for span in content):
        raise ValueError("its content is empty")
    return Extracted(
        kind=given.kind,
        content=content,
        source=_spans(text, "source", given.source),
        cue=_spans(text, "cue", given.cue),
        confidence=confidence,
    )


def _spans(text: str, part: str, given: Any) -> tuple[Span, ...]:
    spans = sorted(Span(*pair) for pair in msgspec.convert(given, tuple[tuple[int, int], ...]))
    if any(not 0 <= span.start < span.end <= len(text) for span in spans):
        raise ValueError(f"its {part} lies outside the text, or has no words")
    if any(before.end > after.start for before, after in pairwise(spans)):
        raise ValueError(f"the parts of its {part} overlap")
    return tuple(spans)


def attributions(
    name: str,
    text: str,
    extracted: Iterable[Extracted],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
) -> tuple[Attribution, ...]:
    """Attributions with their speakers, one inside another, as the rules' own; voices come later."""
    by_content: dict[tuple[tuple[int, int], ...], Extracted] = {}
    found = []
    for each in extracted:
        known = by_content.get(each.content)
        if known is None or known.confidence < each.confidence:
            by_content[each.content] = each
    for each in by_content.values():
        cue, source = ((Span(*spans[0]) if spans else None) for spans in (each.cue, each.source))
        content = [Span(*span) for span in each.content]
        found.append(Found(cue, source, content, each.kind, f"{STAGE} {name}", each.confidence, [], None))
    made = finish(text, found, mentions, entities, segments, statements)
    return tuple(_whole(each, by_content[each.content.spans]) for each in made)


def _whole(made: Attribution, given: Extracted) -> Attribution:
    """With all parts of source and cue: speakers are looked for in the first of them."""
    source = made.source
    if source is not None and given.source:
        source = Source(tuple(Span(*span) for span in given.source), source.entity)
    cue = Cue(tuple(Span(*span) for span in given.cue)) if given.cue else None
    return msgspec.structs.replace(made, source=source, cue=cue)
