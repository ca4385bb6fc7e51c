"""Paragraphs of a plain text of any layout: parted by blank lines, one a line, hard-wrapped, or none of these.

A blank line always parts paragraphs. A single line break is either a wrap (the line was full: the next line's first
word had no room on it) or a real end (headlines, letterheads, lists, one paragraph a line). The text as a whole decides
whether it is wrapped, and at which width.
"""

from __future__ import annotations

import re

from onrecord.text.spans import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARKED = re.compile(r"[ \t]*(?:[-–—•*·▪●]|\(?(?:\d{1,4}|[^\W\d_]|[ivxIVX]{1,5})[.)])[ \t]")

_STOPS = ".!?:;…”"
"""After one of these a sentence may end, and a line with it."""
_WIDEST = 130
"""Nobody wraps by hand at more code points than this; longer lines are paragraphs."""
_NARROWEST = 40
"""A shorter line is not full, whatever the next word."""


def lines(text: str) -> list[Span]:
    """The lines that hold more than white space, without the white space at their ends."""
    found = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            body = match[0].strip()
            if not body:
                continue
            start += len(match[0]) - len(match[0].lstrip())
            end = start + len(body)
        found.append(Span(start, end))
    return found


def paragraphs(text: str) -> list[Span]:
    """Paragraphs in order, without the white space at their ends; wrapped lines are one paragraph."""
    rows = lines(text)
    joins = _wraps(text, rows)
    if not joins:
        return rows
    found = [rows[0]]
    for number in range(1, len(rows)):
        if number in joins:
            found[-1] = Span(found[-1].start, rows[number].end)
        else:
            found.append(rows[number])
    return found


def _wraps(text: str, rows: list[Span]) -> set[int]:
    """Numbers of the lines that continue the line before; empty where the text as a whole is not wrapped."""
    close = [n for n in range(1, len(rows)) if _adjoins(text, rows[n - 1].end, rows[n].start)]
    if not close:
        return set()
    width = _width(rows)
    if not _NARROWEST <= width <= _WIDEST:
        return set()
    # Prose breaks its lines anywhere, so that many lines begin with a small letter; lists do not.
    full = {n for n in close if _continues(text, rows[n - 1], rows[n], width)}
    share = sum(not text[rows[n].start].isupper() for n in full)
    mostly = 2 * len(full) >= len(close) and 4 * share >= len(full)
    if mostly or 2 * share > len(full):
        return full
    # Even where the text is not wrapped as a whole, a small letter after a long line without a stop goes on with it.
    return {n for n in full if text[rows[n].start].islower() and text[rows[n - 1].end - 1] not in _STOPS}


def _width(rows: list[Span]) -> int:
    """The width of the text: its longest lines, a twentieth of outliers aside."""
    lengths = sorted(end - start for start, end in rows)
    return lengths[(len(lengths) - 1) * 19 // 20]


def _adjoins(text: str, end: int, start: int) -> bool:
    """Whether one single line break lies between two lines."""
    gap = text[end : end + 200] if start - end > 200 else text[end:start]
    if gap in ("\n", "\n\n"):
        return gap == "\n"
    return len(_BREAK.findall(gap.replace("\r\n", "\n"))) == 1


def _continues(text: str, row: Span, following: Span, width: int) -> bool:
    length = row.end - row.start
    for line in (row, following):
        if text[line.start] == text[line.end - 1] and not text[line.start].isalnum():
            return False  # a line between ornaments, or a rule
    if length < _NARROWEST or _MARKED.match(text, following.start):
        return False
    if text[following.start].islower() and text[row.end - 1] not in _STOPS:
        return 5 * length > 3 * width
    word = text[following.start : min(following.end, following.start + 40)].split(None, 1)[0]
    return length + 1 + len(word) > width - 2
