"""Searching what someone said: which of the words that a query finds stand in an attribution of the kind asked for.

The index holds the words of attributions under a key for their voice, and once more under one for voice and speaker. So
it finds the documents by itself; of the few that are shown the attributions are read, to show where.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import get_args

import msgspec
from msgspec import Struct

from onrecord.errors import MetadataError
from onrecord.model import AttributionKind, Context, EntityType, Filters, Spoken, entity_id
from onrecord.store.contexts import AROUND, Windows, context
from onrecord.store.query import Leaf
from onrecord.text.names import folded
from onrecord.text.spans import Span

VOICES: dict[AttributionKind, Spoken] = {"direct": "direct", "indirect": "reported", "mixed": "reported"}
"""What each kind of attribution is to a reader."""
LONGEST = 3 * AROUND
"""Code points of what is shown of an attribution where the query names no words."""

ANYBODY = ""
SIGN = "\x1f"
"""Unit separator: it stands in no word."""

_spans = msgspec.json.Decoder(tuple[Span, ...])


class Said(Struct, frozen=True, gc=False):
    """An attribution as a search sees it; `name` is folded."""

    kind: AttributionKind
    speaker: str | None
    name: str | None
    spans: tuple[Span, ...]


def said_from(row: Sequence[str | None]) -> Said:
    """A row of kind, the speaker's id, name and spans."""
    kind, speaker, name, spans = row
    return Said(kind, speaker, name, _spans.decode(spans or "[]"))  # type: ignore[arg-type]


class Wanted:
    """Whose words, and in which voice: `filters` with every id that is held to be the same, as `members` tells.

    Raises MetadataError for a speaker of the document's own voice.
    """

    def __init__(self, filters: Filters, members: Callable[[Collection[str]], Collection[str]] = frozenset) -> None:
        if filters.voice == "own" and filters.speakers:
            raise MetadataError("The document's own voice is no speaker's: leave out the speaker, or the voice `own`.")
        self.voice = filters.voice
        self.any_speaker = not filters.speakers
        self.names = {folded(name) for name in filters.speakers} - {""}
        asked = {*filter(None, filters.speakers), *(each for name in self.names for each in ids_of(name))}
        self.ids = asked.union(members(asked))

    def under(self) -> list[str]:
        """Under which keys the index may hold such words."""
        voices: list[Spoken] = [self.voice] if self.voice else ["direct", "reported"]
        who = [ANYBODY] if self.any_speaker else [*sorted(self.ids), *map(by_name, sorted(self.names))]
        return [key(voice, one) for voice in voices for one in who]

    def fits(self, said: Said) -> bool:
        """Whether this is an attribution to look into."""
        if self.voice is not None and VOICES[said.kind] != self.voice:
            return False
        return self.any_speaker or said.speaker in self.ids or said.name in self.names

    def stretches(self, said: Iterable[Said], length: int) -> list[Span]:
        """Where the words may stand, in order and apart from one another."""
        if self.voice == "own":
            return between(joined(span for one in said for span in one.spans), length)
        return joined(span for one in said if self.fits(one) for span in one.spans)


@lru_cache(4096)
def keys(voice: Spoken, speaker: str | None, name: str | None) -> tuple[str, ...]:
    """Under which keys the index holds the words of an attribution: by name only where the speaker's id is not the one
    that the name gives."""
    who = [ANYBODY, *([speaker] if speaker else [])]
    if name and speaker not in ids_of(name):
        who.append(by_name(name))
    return tuple(key(voice, one) for one in who)


def ids_of(name: str) -> set[str]:
    """The ids that a folded name gives, whatever it is the name of."""
    return {entity_id(kind, name) for kind in get_args(EntityType)}


def key(voice: Spoken, who: str) -> str:
    """What stands before a word in the index; no sign of it parts words."""
    return f"{voice}{SIGN}{who}{SIGN}"


def by_name(name: str) -> str:
    """Short, however long the name: it stands before each of the words."""
    return "=" + sha256(name.encode()).hexdigest()[:16]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.end > span.start:
            found.append(span)
    return found


def between(spans: Sequence[Span], length: int) -> list[Span]:
    """What the spans leave of a text."""
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), length]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


class Places:
    """Where the words of a query stand within some stretches of a text."""

    def __init__(self, text: str, stretches: Sequence[Span]) -> None:
        self.text = text
        self._text = Windows(text)
        self.stretches = stretches
        self._starts = [span.start for span in stretches]

    def of(self, leaf: Leaf) -> Iterator[Span]:
        """Where a leaf stands within the stretches."""
        return (place for place in self._text.spots(leaf) if self._within(place))

    def _within(self, place: Span) -> bool:
        at = bisect_right(self._starts, place.start) - 1
        return at >= 0 and place.end <= self.stretches[at].end

    def contexts(self, leaves: Sequence[Leaf], most: int) -> tuple[Context, ...]:
        """The first place of each leaf, then the next ones; without leaves, how the stretches begin."""
        if not leaves:
            begun = [Span(start, min(end, start + LONGEST)) for start, end in self.stretches[:most]]
            return tuple(context(self.text, *span) for span in begun)
        found: dict[Span, None] = {}
        iterators = [self.of(leaf) for leaf in leaves if not leaf.title]
        while iterators and len(found) < most:
            iterators = [each for each in iterators if self._take(each, found, most)]
        return tuple(context(self.text, *span) for span in sorted(found))

    def _take(self, places: Iterator[Span], found: dict[Span, None], most: int) -> bool:
        place = next(places, None)
        if place is not None and len(found) < most:
            found[place] = None
        return place is not None
