"""What kind of text a document is, and the words that speak for it.

Each cue adds its weight to a genre: most where a headline begins with it, less inside a headline or letterhead, least
in the first paragraph; then the forms (an enacting line, questions and answers, signatures, reporting verbs). The
heaviest genre wins; without any weight there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from onrecord.annotate.cues import Cues
from onrecord.annotate.items import inside
from onrecord.annotate.lines import turns
from onrecord.model import Document, Genre, Segment, Span

_CLOSINGS = frozenset(("closing", "signature"))
_HEAD = frozenset(("headline", "letterhead", "byline", "preface", "dateline"))
_WEIGHTS = {"headline": 3.0, "letterhead": 2.0, "byline": 2.0, "preface": 2.0, "dateline": 1.0}
_ORDER: tuple[Genre, ...] = (
    "translation", "resolution", "agreement", "interview", "digest", "speech", "statement", "report",
)  # fmt: skip
"""Among equals, the more special genre first."""


class Sign(Struct, frozen=True):
    """One thing that speaks for a genre: its weight, and the words."""

    genre: Genre
    weight: float
    span: Span


class Judged(Struct, frozen=True):
    """The genre and all that spoke for it; the same of each item that stands apart."""

    genre: Genre | None
    signs: tuple[Sign, ...]
    items: tuple[tuple[str, Judged], ...] = ()
    """By the id of the item's segment."""
    several: bool = False
    """Whether the items are all there is: several texts in one file, none of them the whole."""


def find(document: Document, cues: Cues, segments: tuple[Segment, ...]) -> tuple[Genre | None, Judged]:
    """The genre of the document, and the same with its signs, and those of its items, for the statements."""
    items = [segment for segment in segments if segment.kind == "item"]
    apart = {segment.id for segment in items}
    outside = tuple(it for it in segments if it.parent not in apart and (it.id not in apart or it.title))
    judged = _judged(document.text, cues, outside)
    if not items:
        return judged.genre, judged
    parts = tuple((item.id, _judged(document.text, cues, tuple(inside(segments, item)), item=True)) for item in items)
    framed = any(it.kind in ("letterhead", "signature") for it in segments if it.parent in apart)
    several = framed and not any(it.kind not in ("boilerplate", "item") for it in outside)
    if several:
        genres = {part.genre for _, part in parts}
        judged = Judged(genres.pop() if len(genres) == 1 else "digest", ())
    return judged.genre, Judged(judged.genre, judged.signs, parts, several)


def _judged(text: str, cues: Cues, segments: tuple[Segment, ...], item: bool = False) -> Judged:
    signs = tuple(_signs(text, cues, segments, item))
    weights: dict[Genre, float] = defaultdict(float)
    for sign in signs:
        weights[sign.genre] += sign.weight
    genre = max(weights, key=lambda it: (weights[it], -_ORDER.index(it)), default=None)
    return Judged(genre, tuple(sign for sign in signs if sign.genre == genre))


def _signs(text: str, cues: Cues, segments: tuple[Segment, ...], item: bool) -> Iterator[Sign]:
    body = next((n for n, it in enumerate(segments) if it.kind in ("body", "point")), len(segments))
    for segment in segments[:body]:
        yield from _in_head(cues, segment)
    yield from _in_opening(cues, segments[body : body + 2])
    yield from _forms(text, cues, segments, body)
    yield from _dispatched(text, segments[body : body + 1])
    yield from _conversed(cues, segments)
    yield from _outlets(text, cues, segments, body)
    resolving = [it for it in segments[:40] if cues.begins(it.start, it.end).get("resolves")]
    if len(resolving) > 1 or any(it.end - it.start < 20 for it in resolving):
        yield Sign("resolution", 4.0, Span(resolving[0].start, resolving[-1].end))
    for segment in segments[: body + 1] if cues.holds("tabled") else ():
        tabled = cues.within("tabled", segment.start, min(segment.end, segment.start + 400))
        if tabled and text[segment.start : tabled.start].rstrip()[-1:] == ":":
            yield Sign("resolution", 4.0, tabled)
    for segment in segments[body : body + 1]:
        issued = cues.within("speaking", segment.start, segment.end)
        if issued:
            yield Sign("statement", 3.0, issued)
    if item:
        yield from _cut_short(cues, segments)


def _in_head(cues: Cues, segment: Segment) -> Iterator[Sign]:
    weight = _WEIGHTS.get(segment.kind, 0.0)
    end = min(segment.end, segment.start + 300)
    if not weight:
        return
    for genre in filter(cues.holds, _ORDER):
        hit = cues.within(genre, segment.start, end)
        if hit:
            yield Sign(genre, weight * _share(cues, hit, segment) + (hit.end - hit.start) / 100, hit)
            if genre == "translation" and " " in cues.flat[hit.start : hit.end]:
                yield Sign(genre, 4.0, hit)
    translated = cues.begins(segment.start, end).get("translated")
    if translated:
        yield Sign("translation", 5.0, translated)


def _share(cues: Cues, hit: Span, segment: Segment) -> float:
    """How much of a line's weight a phrase has: all where it begins the line as a title does, less as a mere word."""
    following = cues.flat[hit.end : hit.end + 24].split(" ")
    continued = not cues.phrases.continuations or hit.end >= segment.end - 1
    continued = continued or cues.text[hit.end : hit.end + 1] in tuple(":,.–—-(\n")
    continued = continued or (
        len(following) > 1 and (following[1] in cues.phrases.continuations or following[1].isdecimal())
    )
    if " " not in cues.flat[hit.start : hit.end] and not continued:
        return 0.3
    return 1.0 if hit.start - segment.start < 3 else 0.5


def _in_opening(cues: Cues, segments: tuple[Segment, ...]) -> Iterator[Sign]:
    """Only phrases of several words tell a genre in running text."""
    genres: tuple[Genre, ...] = ("agreement", "statement", "report")
    for segment in segments:
        for genre in genres:
            hit = cues.within(genre, segment.start, min(segment.end, segment.start + 200))
            if hit and (genre == "report" or " " in cues.flat[hit.start : hit.end]):
                yield Sign(genre, 1.0, hit)


def _forms(text: str, cues: Cues, segments: tuple[Segment, ...], body: int) -> Iterator[Sign]:
    enacting = enacting_line(text, cues, segments[max(0, body - 2) : body + 2])
    if enacting:
        yield Sign("resolution", 5.0, enacting)
    spoken = turns(text, segments)
    if len(spoken) > 2:
        yield Sign("interview", 6.0, Span(min(spoken), max(it.end for it in segments if it.start in spoken)))
    closings = [it for it in segments if it.kind in _CLOSINGS]
    if closings:
        yield Sign("statement", 1.0, Span(closings[0].start, closings[-1].end))
    byline = next((it for it in segments[:body] if it.kind == "byline"), None)
    if byline:
        yield Sign("report", 1.0, Span(byline.start, byline.end))
    letterhead = next((it for it in segments[:body] if it.kind == "letterhead"), None)
    if letterhead:
        yield Sign("statement", 1.5 if closings else 0.5, Span(letterhead.start, letterhead.end))
    items = [it for it in segments if it.kind == "item"]
    if len(items) > 2:
        yield Sign("digest", 4.0, Span(items[0].start, items[-1].end))
    yield from _reporting(cues, segments[body:])


def _reporting(cues: Cues, segments: tuple[Segment, ...]) -> Iterator[Sign]:
    """Verbs of reporting in running text: two and more show a report, the more of them the surer."""
    found = [hit for it in segments[:12] if (hit := cues.within("reporting", it.start, min(it.end, it.start + 400)))]
    if len(found) > 1:
        yield Sign("report", min(3.0, 0.75 * len(found)), Span(found[0].start, found[-1].end))


_AND = frozenset(("and", "et", "y", "e", "и"))
_WIRE = re.compile(
    r"[^\n]{3,70}?(?:\((?:[^\W\d_]{2,9}|[^\W\d_][\w ]{3,30})\)\s?\.?\s?[–—-]"
    r"|/\s?[^\W\d_][\w -]{1,20}/|\s[–—-]{1,2}\s[A-Z]{3,8}\s[–—-]{1,2}\s)"
)
"""Place, date and agency at the head of a dispatch: "LERMONT, 3 May 2024 (ARB) – "."""


def _dispatched(text: str, segments: tuple[Segment, ...]) -> Iterator[Sign]:
    for segment in segments:
        wire = _WIRE.match(text, segment.start, min(segment.end, segment.start + 120))
        if wire and any(map(str.isdecimal, wire[0])):
            yield Sign("report", 3.0, Span(*wire.span()))


def _outlets(text: str, cues: Cues, segments: tuple[Segment, ...], body: int) -> Iterator[Sign]:
    """The masthead of a paper or agency, where nobody signs."""
    if any(it.kind == "signature" for it in segments):
        return
    for segment in segments[:body]:
        line = text[segment.start : segment.end].split("\n", 1)[0]
        if segment.kind == "letterhead" and cues.phrases.outlets.intersection(line.casefold().split()):
            yield Sign("report", 2.0, Span(segment.start, segment.start + len(line)))
            return


def _conversed(cues: Cues, segments: tuple[Segment, ...]) -> Iterator[Sign]:
    """Who has led a conversation says so above or below it."""
    for segment in segments:
        hit = cues.begins(segment.start, segment.end).get("conversed") if segment.end - segment.start < 120 else None
        if hit:
            yield Sign("interview", 4.0, hit)
            return


def _cut_short(cues: Cues, segments: tuple[Segment, ...]) -> Iterator[Sign]:
    """A story of a digest reports, unless it calls to watch or listen."""
    for segment in segments[:1]:
        if cues.begins(segment.start, segment.end).get("films") is None:
            yield Sign("report", 0.4, Span(segment.start, segment.end))


def enacting_line(text: str, cues: Cues, segments: tuple[Segment, ...]) -> Span | None:
    """Who enacts what follows, from the line that says it: "The Assembly of the Two Banks,"."""
    for number, segment in enumerate(segments):
        after = segments[number + 1].start if number + 1 < len(segments) else None
        if 8 < segment.end - segment.start < 120 and text[segment.end - 1] in ",،":
            if after is not None and text[after : after + 4].split(" ")[0] in _AND:
                return None
            article = cues.begins(segment.start, segment.end).get("enacting")
            if article:
                return Span(article.end, segment.end - 1)
            first = text[segment.start : segment.start + 30].split(" ", 1)[0].casefold()
            if first in cues.phrases.bodies and after is not None and text[after].islower():
                return Span(segment.start, segment.end - 1)
    return None
