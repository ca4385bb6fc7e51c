"""Pairs of quotation marks, whatever marks a text uses.

Directed marks (“ ” « » „ “ ‹ › 「 」 `` '') pair by their kind, straight ones by what stands on either side, single
ones only where they cannot be apostrophes. A quotation that runs over paragraphs is reopened in each and closed in the
last, or opened once and closed later with no mark between. A mark without a partner costs its own paragraph's rest at
most: it is reported, and reading goes on. One pass; at most `DEPTH` quotations are open at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import regex
from msgspec import Struct

from onrecord.text import layout
from onrecord.text.spans import Span, trim

DEPTH = 8
OFTEN = 2
"""Paragraphs that have reopened a quotation, after which one without a mark (a list, a heading) lies inside it."""
REACH = 6000
"""Code points that a quotation opened once and not reopened may run on over paragraphs."""

_MARK = regex.compile(r"``|''|,,|[\"“”„‟«»‹›「」『』]|(?<![\w\p{M}])[‘'‚‛](?=[^\s\d])|(?<=\S)['’](?![\w\p{M}])")
_BREAK = regex.compile(r"\n[^\S\n]*\n\s*")

_ITEM = regex.compile(r"[–—•*·-]\s|\(?(?:\p{L}|\d{1,2})[.)]\s")
"""Opens an item of a list."""

_CLOSES = {
    "”": "“„‟”\"", "“": "„", "‟": "„", "»": "«", "«": "»", "›": "‹", "‹": "›", "」": "「", "』": "『",
    "''": "``,,''", '"': '"“„', "’": "‘‚‛'", "'": "'‘‚‛",
}  # fmt: skip
"""Mark to the marks that it can close."""
_OPENS = frozenset({"“", "„", "‟", "«", "‹", "「", "『", "``", ",,", "‘", "‚", "‛"})
"""Marks that open whatever stands around them."""
_STRAIGHT = frozenset(['"', "''"])
_SINGLE = frozenset("‘’'‚‛")


class Quote(Struct, gc=False):
    """A quotation: its marks' outer bounds, the words inside (a span a paragraph), and the quotation around it."""

    start: int
    end: int
    spans: tuple[Span, ...]
    parent: int | None
    closed: bool


class _Open(Struct):
    mark: str
    at: int
    content: int
    index: int
    spans: list[Span]
    reopened: int = 0
    """Paragraphs that began with its mark again."""


class Marked:
    """The quotations of a text, to be asked what stands where. `inside` is the quotation that a place lies in."""

    def __init__(self, quotes: list[Quote], stray: list[Span]) -> None:
        self.quotes = quotes
        self.stray = stray
        """Marks without a partner."""
        self.starts = [quote.start for quote in quotes]
        self.by_end = sorted(range(len(quotes)), key=lambda number: quotes[number].end)
        self.ends = [quotes[number].end for number in self.by_end]

    def last_before(self, at: int, inside: int | None) -> int | None:
        """The last quotation that ends at or before `at` and lies in the same one as the cue."""
        position = bisect_right(self.ends, at)
        for number in reversed(self.by_end[max(0, position - 4) : position]):
            if self.quotes[number].parent == inside:
                return number
        return None

    def next_after(self, at: int, inside: int | None) -> int | None:
        """The next quotation that starts at or after `at` and lies in the same one as the cue."""
        position = bisect_left(self.starts, at)
        for number in range(position, min(position + 3, len(self.quotes))):
            if self.quotes[number].parent == inside:
                return number
        return None

    def clipped(self, number: int, at: int, lo: int, hi: int) -> tuple[int, int]:
        """`[lo, hi)` as far as it lies in the paragraph of the quotation that `at` stands in; empty where in none."""
        spans = self.quotes[number].spans
        span = spans[max(0, bisect_right(spans, at, key=_start) - 1)]
        return (max(lo, span.start), min(hi, span.end)) if span.start <= at < span.end else (at, at)


def _start(span: Span) -> int:
    return span.start


def quotes(text: str) -> tuple[list[Quote], list[Span]]:
    """The quotations in order of their start (`parent` is an index into them), and marks that have no partner."""
    return _Pairing(text).run()


def paragraph_breaks(text: str) -> list[Span]:
    """The white space between paragraphs: blank lines, or the ends of lines that are not wrapped."""
    breaks = [Span(*match.span()) for match in _BREAK.finditer(text)]
    if breaks:
        return breaks
    return [Span(one.end, other.start) for one, other in pairwise(layout.paragraphs(text))]


class _Pairing:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quote | None] = []
        self.stray: list[Span] = []
        self.open: list[_Open] = []
        self.waiting: _Open | None = None
        """A quotation left open at the end of its paragraph, while it may still be closed by the next mark."""

    def run(self) -> tuple[list[Quote], list[Span]]:
        marks = [(match.start(), match.end(), match[0]) for match in _MARK.finditer(self.text)]
        if not marks:
            return [], []
        breaks = paragraph_breaks(self.text)
        at_break = 0
        for number, (start, end, mark) in enumerate(marks):
            if at_break < len(breaks) and breaks[at_break].end <= start:
                passed = bisect_right(breaks, start, lo=at_break, key=lambda gap: gap.end)
                resumed = self._end_of_paragraph(breaks, at_break, passed, start, mark)
                at_break = passed
                if resumed:
                    self.open[-1].content = end
                    continue
            self._mark(start, end, mark, marks, number)
        self._end_of_text(breaks, at_break)
        return self._numbered(), sorted(self.stray)

    def _end_of_paragraph(self, breaks: Sequence[Span], first: int, passed: int, start: int, mark: str) -> bool:
        """Close the books of a paragraph; true where the mark at `start` reopens what it left open."""
        if not self.open:
            return False
        outer, *inner = self.open
        for entry in inner:
            self._give_up(entry)
        self.open = []
        if outer.mark in _SINGLE:
            self._give_up(outer)
            return False
        outer.spans.append(trim(self.text, outer.content, breaks[first].start))
        speech = outer.spans[0].start < len(self.text) and not self.text[outer.spans[0].start].islower()
        if mark == outer.mark and speech and passed == first + 1 and breaks[first].end == start:
            outer.reopened += 1
            self.open = [outer]
            return True
        next_one = passed == first + 1 and breaks[first].end == start
        introduces = self.text[outer.spans[-1].end - 1] == ":"
        if mark in _SINGLE and next_one and introduces:  # what is quoted quotes in turn, in the other marks
            outer.content = start
            self.open = [outer]
            return False
        self._leave()
        for gap, following in zip(breaks[first:passed], [*breaks[first + 1 : passed], None], strict=True):
            outer.spans.append(Span(gap.end, following.start if following else -1))
        self.waiting = outer
        return False

    def _mark(self, start: int, end: int, mark: str, marks: list[tuple[int, int, str]], number: int) -> None:
        waiting = self.waiting
        if waiting is not None and mark not in _SINGLE:
            self.waiting = None
            if self._lies_inside(waiting, start, mark):
                held = waiting.spans.pop()
                waiting.spans.append(trim(self.text, held.start, start))
                waiting.reopened, waiting.content = waiting.reopened + 1, end
                self.open = [waiting]
                return
            if (
                waiting.mark in _CLOSES.get(mark, "")
                and start - waiting.at < REACH
                and not self._opens(start, end, mark)
            ):
                last = waiting.spans.pop()
                self._close(waiting, trim(self.text, last.start, start), end)
                return
            self._unclosed(waiting)
        if mark in _SINGLE:
            self._single(start, end, mark, marks, number)
        elif not self._closes(start, end, mark):
            if mark in _OPENS or self._opens(start, end, mark):
                self._push(start, end, mark)
            elif not (mark == '"' and self.text[start - 1 : start].isdigit()):
                self.stray.append(Span(start, end))

    def _lies_inside(self, waiting: _Open, start: int, mark: str) -> bool:
        """Whether the paragraphs without a mark before `start`, where it opens again, belong to a quotation."""
        if mark != waiting.mark or not waiting.reopened or self.text[start - 1] != "\n":
            return False
        held = next(span for span in waiting.spans if span.start > waiting.content)
        return waiting.reopened >= OFTEN or _ITEM.match(self.text, held.start) is not None

    def _opens(self, start: int, end: int, mark: str) -> bool:
        """The sides of a mark say that it opens: space or an opening sign before it, none behind."""
        if mark in _OPENS:
            return True
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return (not before or before.isspace() or before in "([{—–-/“‘«") and bool(after) and not after.isspace()

    def _closes(self, start: int, end: int, mark: str) -> bool:
        closable = _CLOSES.get(mark)
        if not closable:
            return False
        at = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].mark in closable), None)
        if at is None:
            return False
        if mark in _STRAIGHT and self._opens(start, end, mark):
            self.stray.append(Span(self.open[at].at, self.open[at].content))
            del self.open[at:]
            return False
        for entry in self.open[at + 1 :]:
            self._give_up(entry)
        entry = self.open[at]
        del self.open[at:]
        self._close(entry, trim(self.text, entry.content, start), end)
        return True

    def _single(self, start: int, end: int, mark: str, marks: list[tuple[int, int, str]], number: int) -> None:
        """A single mark: closes an open single one unless a later mark of its paragraph does so better."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        opens = mark != "’" and (not before or not before.isalnum()) and bool(after) and not after.isspace()
        if self.open and self.open[-1].mark in _SINGLE and mark in "’'" and before and not before.isspace():
            possessive = before == "s" and after == " " and self.text[end + 1 : end + 2].islower()
            following = marks[number + 1] if number + 1 < len(marks) else None
            later = (
                following is not None
                and following[2] in "’'"
                and "\n\n" not in self.text[end : min(following[0], end + 400)]
            )
            if not (possessive and later and following is not None and following[0] - end < 400):
                entry = self.open.pop()
                self._close(entry, trim(self.text, entry.content, start), end)
        elif opens:
            self._push(start, end, mark)

    def _push(self, start: int, end: int, mark: str) -> None:
        if len(self.open) == DEPTH:
            self._give_up(self.open.pop(0))
        self.found.append(None)
        self.open.append(_Open(mark, start, end, len(self.found) - 1, []))

    def _close(self, entry: _Open, last: Span, end: int) -> None:
        spans = tuple(span for span in (*entry.spans, last) if span.start < span.end)
        if spans:
            self.found[entry.index] = Quote(entry.at, end, spans, self.open[-1].index if self.open else None, True)

    def _give_up(self, entry: _Open) -> None:
        """An opened mark that found no partner inside its paragraph; a single one was an apostrophe."""
        if entry.mark not in _SINGLE:
            self.stray.append(Span(entry.at, entry.content))

    def _leave(self) -> None:
        if self.waiting is not None:
            self._unclosed(self.waiting)
            self.waiting = None

    def _unclosed(self, entry: _Open) -> None:
        """Never closed: it holds its own paragraphs' words as far as they were reopened."""
        spans = tuple(span for span in entry.spans if span.end > max(0, span.start))[:1]
        if spans:
            self.found[entry.index] = Quote(entry.at, spans[-1].end, spans, None, False)

    def _end_of_text(self, breaks: Sequence[Span], at: int) -> None:
        self._leave()
        for number, entry in enumerate(self.open):
            end = breaks[at].start if at < len(breaks) else len(self.text)
            if number or entry.mark in _SINGLE:
                self._give_up(entry)
            else:
                entry.spans.append(trim(self.text, entry.content, end))
                kept = tuple(span for span in entry.spans if span.start < span.end)
                if kept:
                    self.found[entry.index] = Quote(entry.at, kept[-1].end, kept, None, False)
        self.open = []

    def _numbered(self) -> list[Quote]:
        """The quotations kept, with parents that were given up replaced by none."""
        new: dict[int, int] = {}
        kept: list[Quote] = []
        for index, quote in enumerate(self.found):
            if quote is not None:
                new[index] = len(kept)
                kept.append(quote)
        for quote in kept:
            quote.parent = new.get(quote.parent) if quote.parent is not None else None
        return kept
