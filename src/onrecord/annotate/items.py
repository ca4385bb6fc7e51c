"""Several texts in one file: the stories of a digest page, and whole statements one below the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotate.lines import Lines
from onrecord.model import Segment, SegmentKind, Span

STORY = 1200
"""A digest's story is a headline and a teaser, no longer."""
PARAGRAPHS = 4
"""So many paragraphs a story of a digest has at most."""
STORIES = 3
"""Fewer headlines with paragraphs are the sections of one text."""
MASTHEAD = 10
"""A text in a file of several has its first running paragraph within so many lines."""
_RULE = re.compile(r"[-–—_=*#~•.·\s]{3,}")
_END = re.compile(r"[-–—*#\s]*(?:ends?|end of (?:statement|text|message)|30|###)[-–—*#.\s]*", re.IGNORECASE)
_CUT_OFF = ("…", "...", "[…]", "[...]")
_OWN: frozenset[SegmentKind] = frozenset(("body", "byline", "dateline", "citation", "boilerplate"))


def inside(segments: Sequence[Segment], item: Segment) -> Sequence[Segment]:
    """The segments that lie in an item, without the item; `segments` are in the order of the text."""
    low = bisect_left(segments, item.start, key=_start)
    high = bisect_left(segments, item.end, low, key=_start)
    return [it for it in segments[low:high] if it is not item]


def _start(segment: Segment) -> int:
    return segment.start


def texts(lines: Lines, blocks: tuple[Span, ...], runs: list[bool]) -> list[tuple[int, int]]:
    """The texts of a file, as ranges of paragraphs: parted by a rule or an end mark with a new letterhead below it."""
    starts = [0]
    words = False
    for number in range(1, len(blocks) - 1):
        words = words or runs[number - 1]
        framed = number - starts[-1] > 3 or runs[number - 1] is False
        if (
            words
            and framed
            and _parts(lines, blocks[number])
            and _begins(lines, blocks[number + 1 : number + 2 + MASTHEAD])
        ):
            starts.append(number + 1)
            words = False
    return list(zip(starts, [*starts[1:], len(blocks)], strict=True))


def _parts(lines: Lines, block: Span) -> bool:
    if block.end - block.start > 120:
        return False
    line = block.of(lines.text)
    return _RULE.fullmatch(line) is not None or _END.fullmatch(line) is not None


def _begins(lines: Lines, blocks: tuple[Span, ...]) -> bool:
    """Whether a text of its own begins here: the name of a body or of a kind of text, and a date, above its words."""
    head: list[Span] = []
    for block in blocks[:MASTHEAD]:
        if lines.running(block):
            break
        head.append(block)
    named = any(lines.namelike(it) or lines.cues.within("statement", it.start, it.end) for it in head[:3])
    return named and len(head) < len(blocks) and len(head) > 1 and any(lines.dated(it) for it in head)


def stories(
    lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind]
) -> tuple[dict[int, int], list[SegmentKind]]:
    """The stories of a digest, start to end in the text, and the kinds with what stands around the stories."""
    found: list[tuple[int, int]] = []
    number = 0
    while number < len(kinds):
        last = _story(kinds, number) if kinds[number] == "headline" else None
        if last is not None:
            found.append((number, last))
        number = number + 1 if last is None else last + 1
    if len(found) > STORIES and _page_headline(lines, blocks, kinds, found[0]):
        found = found[1:]
    if not _digest(lines, blocks, found):
        return {blocks[low].start: blocks[high].end for low, high in _asides(lines, blocks, kinds)}, kinds
    if found[-1][1] - found[-1][0] > 1 and lines.cues.within("digest", *blocks[found[-1][1]]):
        found[-1] = (found[-1][0], found[-1][1] - 1)
    first, end = found[0][0], found[-1][1]
    around: list[SegmentKind] = [
        kind if kind != "body" else "preface" if n < first else "note" if n > end else kind
        for n, kind in enumerate(kinds)
    ]
    return {blocks[low].start: blocks[high].end for low, high in found}, around


def _asides(lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind]) -> list[tuple[int, int]]:
    """Unrelated stories inside a text: "In other news: …" and the paragraph under it."""
    return [
        (n, n + 1)
        for n, kind in enumerate(kinds[:-1])
        if kind == "headline" and kinds[n + 1] == "body" and lines.begins(blocks[n], "asides")
    ]


def _story(kinds: list[SegmentKind], first: int) -> int | None:
    """The last paragraph of the story whose headline is `first`; `None` where it has no words of its own."""
    last = first
    for number in range(first + 1, len(kinds)):
        if kinds[number] not in _OWN:
            break
        if kinds[number] == "body":
            last = number
    return last if last > first and kinds[first + 1] != "boilerplate" else None


def _page_headline(lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind], story: tuple[int, int]) -> bool:
    """Whether the first headline is the page's own: it calls the digest by name, or the page's date stands below."""
    first, last = story
    called = lines.cues.within("digest", blocks[first].start, blocks[first].end)
    return called is not None or "dateline" in kinds[first : last + 1]


def _digest(lines: Lines, blocks: tuple[Span, ...], found: list[tuple[int, int]]) -> bool:
    """Whether these are a digest's stories and not the sections of one text: short, and called so or cut off."""
    if len(found) < STORIES:
        return False
    short = [blocks[last].end - blocks[first].start <= STORY and last - first <= PARAGRAPHS for first, last in found]
    if sum(short) * 3 < len(found) * 2:
        return False
    cut = sum(_cut_off(lines, blocks, last) for _, last in found)
    above = blocks[: found[0][0] + 1]
    called = any(lines.cues.within("digest", it.start, it.end) for it in above)
    return called or cut > 1


def _cut_off(lines: Lines, blocks: tuple[Span, ...], last: int) -> bool:
    """Whether a story breaks off, or a line below it leads to the rest."""
    line = blocks[last].of(lines.text)
    below = blocks[last + 1] if last + 1 < len(blocks) else None
    more = below is not None and below.end - below.start < 30 and lines.furniture(below)
    return more or line.endswith(_CUT_OFF) or lines.leads_on(blocks[last])
