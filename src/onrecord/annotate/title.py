"""The title: the headline in the text, else the title that the format gives, where possible found again in the text."""

from __future__ import annotations

import re

from onrecord.model import Document, Segment, Span, Title

NEAR = 3000
"""Code points from the start in which the format's title is looked for."""


def find(document: Document, segments: tuple[Segment, ...]) -> Title | None:
    """The headline with its span; the format's title with its span, or with none where the text does not hold it."""
    text = document.text
    given = " ".join((document.title or "").split())
    place = _place(text, given) if given else None
    if place:
        return Title(place.of(text), (place,))
    headline = _headline(segments)
    if headline:
        return Title(" ".join(headline.of(text).split()), (headline,))
    return Title(given) if given else None


def _headline(segments: tuple[Segment, ...]) -> Span | None:
    """The first headline, where it stands before the body."""
    for segment in segments:
        if segment.kind == "headline":
            return Span(segment.start, segment.end)
        if segment.kind in ("body", "point"):
            return None
    return None


def _place(text: str, title: str) -> Span | None:
    """Where the text holds the title, whatever white space lies between its words."""
    pattern = r"\s+".join(re.escape(word) for word in title[:300].split())
    match = re.compile(pattern, re.IGNORECASE).search(text, 0, NEAR)
    return Span(*match.span()) if match else None
