"""Searching what someone said: which of the words that a query finds stand in an attribution of the kind asked for.

The index gives the documents that hold the words in that voice (it has a field for each) and, somewhere, such an
attribution; of each of these the attributions are read by its number, and a word counts only where it stands. So the
cost goes with what is found, not with the archive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import get_args

import msgspec
from msgspec import Struct

from onrecord.errors import MetadataError
from onrecord.model import AttributionKind, Context, EntityType, Filters, Spoken, entity_id
from onrecord.store.contexts import AROUND, Windows, context
from onrecord.store.query import Leaf, Tree
from onrecord.text.names import folded
from onrecord.text.spans import Span

VOICES: dict[AttributionKind, Spoken] = {"direct": "direct", "indirect": "reported", "mixed": "reported"}
"""What each kind of attribution is to a reader."""
LONGEST = 3 * AROUND
"""Code points of what is shown of an attribution where the query names no words."""

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
        asked = {*filters.speakers, *(entity_id(kind, name) for kind in get_args(EntityType) for name in self.names)}
        self.ids = asked.union(members(asked))

    def terms(self) -> list[str]:
        """What the index holds of a document that has such an attribution; empty where it cannot tell."""
        if self.voice == "own":
            return []
        voices = [self.voice] if self.voice else ["direct", "reported"]
        who = [f" {one}" for one in sorted(self.ids)] + [f" ={one}" for one in sorted(self.names)]
        return [voice + one for voice in voices for one in ([""] if self.any_speaker else who)]

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


def indexed_terms(said: Said) -> list[str]:
    """What the index holds of an attribution."""
    voice, speaker, name = VOICES[said.kind], said.speaker, said.name
    return [voice, *([f"{voice} {speaker}"] if speaker else []), *([f"{voice} ={name}"] if name else [])]


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
    """Where the words of a query stand in one text, within the stretches or anywhere."""

    def __init__(self, text: str, title: str, stretches: Sequence[Span]) -> None:
        self.text = text
        self._text, self._title = Windows(text), Windows(title)
        self.stretches = stretches
        self._starts = [span.start for span in stretches]

    def hold(self, tree: Tree | None) -> bool:
        """Whether the stretches answer the query; what it rules out is ruled out for the whole document."""
        if tree is None:
            return bool(self.stretches)
        if isinstance(tree, Leaf):
            return self._in_title(tree) if tree.title else next(self.of(tree), None) is not None
        if tree.kind == "not":
            return not self._anywhere(tree.parts[0])
        return (all if tree.kind == "and" else any)(self.hold(part) for part in tree.parts)

    def of(self, leaf: Leaf) -> Iterator[Span]:
        """Where a leaf stands within the stretches."""
        return (place for place in self._text.spots(leaf) if self._within(place))

    def _within(self, place: Span) -> bool:
        at = bisect_right(self._starts, place.start) - 1
        return at >= 0 and place.end <= self.stretches[at].end

    def _anywhere(self, tree: Tree) -> bool:
        if isinstance(tree, Leaf):
            return self._in_title(tree) or (not tree.title and next(self._text.spots(tree), None) is not None)
        if tree.kind == "not":
            return not self._anywhere(tree.parts[0])
        return (all if tree.kind == "and" else any)(self._anywhere(part) for part in tree.parts)

    def _in_title(self, leaf: Leaf) -> bool:
        return next(self._title.spots(leaf), None) is not None

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
