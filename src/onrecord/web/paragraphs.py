"""The paragraphs of a text as the reader numbers and sets them.

`text.layout` decides what is a paragraph, from the text alone, so `#p3` stays where it is; here is only how it is set.
Line breaks inside one come from a fixed width and mean nothing: the reader breaks lines anew. Short lines that follow
one another (a letterhead, signatures) stand close.
"""

from __future__ import annotations

import regex
from msgspec import Struct

from onrecord.text import layout

LINE_BREAK = regex.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
SHORT = 90
"""Code points up to which a line may be one of a block of short lines."""


class Paragraph(Struct, frozen=True):
    """`[start, end)` without the white space at its ends; `number` counts from 1."""

    number: int
    start: int
    end: int
    flows: bool
    """Whether it has line breaks of its own, which mean nothing."""
    close: bool
    """Whether it is a short line right below another."""


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs in order; white space between them belongs to none."""
    found: list[Paragraph] = []
    for number, (start, end) in enumerate(layout.paragraphs(text), 1):
        before = found[-1] if found else None
        short = before is not None and max(end - start, before.end - before.start) <= SHORT
        close = before is not None and short and len(LINE_BREAK.findall(text, before.end, start)) == 1
        found.append(Paragraph(number, start, end, bool(LINE_BREAK.search(text, start, end)), close))
    return found
