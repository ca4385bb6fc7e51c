"""A text cut into stretches that can be read for who says what: sentences, level by level of quotation.

At the level outside all marks a quotation is one token, however many sentences and paragraphs it holds; inside it a
level of its own begins. So “…,” she said, “…” is four tokens and a comma in one clause, and what she quotes in turn
stands one level down.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from onrecord.annotate.grammar import Grammar, grammar
from onrecord.annotate.quotes import Marked, quotes
from onrecord.model import Document, Language
from onrecord.text.spans import Span

WIDEST = 12_000
"""Code points that are looked through for them."""
LONGEST = 400
"""Tokens of a clause that are read; what stands behind them in one sentence is left alone."""

_UNSEEN = r"\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe0f\ufeff\u2600-\u27bf\U0001f000-\U0001faff"
"""Controls, directions and pictures: they part words and are none."""
_SIGNS = r",،;؛:()\[\]{}—–―“”\"«»„…!?؟¿¡"
_TOKEN = re.compile(rf"\d[\d.,:]*\d|[^\s{_UNSEEN}{_SIGNS}]+|[{_SIGNS}]")
MARKS = frozenset(',،;؛:()[]{}—–―“”"«»„…!?؟¿¡.')
"""Signs of punctuation, and what stands for a quotation."""
COMMA = frozenset(",،")
DASH = frozenset("—–―")
SEPARATING = COMMA | DASH
OPENING = frozenset("([{")
CLOSING = frozenset(")]}")
STRONG = frozenset(";؛")
ENDS = frozenset(".!?؟…")


class Clause(Struct, gc=False):
    """One sentence at one level. The four lists run in step: a token's bounds, its words in lower case, its quotation.

    `low` is `"“"` for a quotation, whose number stands in `quote` (-1 for other tokens).
    """

    text: str
    words: Grammar
    level: int | None
    """The quotation that it lies in."""
    start: int
    end: int
    starts: list[int]
    ends: list[int]
    low: list[str]
    quote: list[int]

    def __len__(self) -> int:
        return len(self.low)

    def word(self, at: int) -> str:
        """The token as printed."""
        return self.text[self.starts[at] : self.ends[at]]

    def span(self, first: int, stop: int) -> Span:
        """The words of the tokens `[first, stop)`."""
        return Span(self.starts[first], self.ends[stop - 1])

    def capital(self, at: int) -> bool:
        return self.quote[at] < 0 and self.text[self.starts[at]].isupper()

    def at(self, offset: int) -> int:
        """The first token that ends behind an offset."""
        return bisect_right(self.ends, offset)

    def mark(self, at: int) -> bool:
        """Whether a token is a mark of punctuation; what lies outside the clause is one too."""
        return not 0 <= at < len(self.low) or self.low[at] in MARKS


def find(
    document: Document, languages: Sequence[Language], sentences: Sequence[tuple[int, int]]
) -> tuple[Marked, list[Clause]]:
    """The quotations of a document by their marks, and its clauses."""
    marked = Marked(*quotes(document.text))
    return marked, list(clauses(document.text, marked, sentences, by_place(languages)))


def by_place(languages: Sequence[Language]) -> Callable[[int], Grammar | None]:
    """The grammar of the language in which a place of the text is written."""
    starts = [language.start for language in languages]
    grammars = [grammar(language.tag.split("-")[0]) for language in languages]

    def at(offset: int) -> Grammar | None:
        number = bisect_right(starts, offset) - 1
        return grammars[number] if number >= 0 else None

    return at


def clauses(
    text: str, marked: Marked, sentences: Sequence[tuple[int, int]], language: Callable[[int], Grammar | None]
) -> Iterator[Clause]:
    """The clauses of `text` that have words of a language that is read, level by level, each level in order."""
    inside: dict[int | None, list[int]] = {}
    for number, quote in enumerate(marked.quotes):
        inside.setdefault(quote.parent, []).append(number)
    yield from _level(text, marked, None, sentences, inside.get(None, []), language)
    for number, quote in enumerate(marked.quotes):
        parts = [part for span in quote.spans for part in _within(sentences, span)]
        yield from _level(text, marked, number, parts, inside.get(number, []), language)


def _within(sentences: Sequence[tuple[int, int]], span: Span) -> Iterator[tuple[int, int]]:
    """The sentences as far as they lie in a stretch."""
    at = max(0, bisect_right(sentences, span.start, key=_first) - 1)
    while at < len(sentences) and sentences[at][0] < span.end:
        start, end = max(sentences[at][0], span.start), min(sentences[at][1], span.end)
        if start < end:
            yield start, end
        at += 1


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _level(
    text: str,
    marked: Marked,
    level: int | None,
    sentences: Sequence[tuple[int, int]],
    children: list[int],
    language: Callable[[int], Grammar | None],
) -> Iterator[Clause]:
    """Sentences that end inside a quotation go on behind it."""
    quotes = marked.quotes
    child = 0
    at = 0
    while at < len(sentences):
        start, end = sentences[at]
        held: list[int] = []
        at += 1
        while child < len(children) and quotes[children[child]].start < end:
            quote = quotes[children[child]]
            if quote.end > start:
                held.append(children[child])
                while at < len(sentences) and sentences[at][0] < quote.end:
                    end = max(end, sentences[at][1])
                    at += 1
                end = max(end, quote.end)
            child += 1
        words = language(start)
        if words is not None:
            yield _clause(text, words, level, start, end, [(quotes[n].start, quotes[n].end, n) for n in held])


def _clause(
    text: str, words: Grammar, level: int | None, start: int, end: int, held: list[tuple[int, int, int]]
) -> Clause:
    clause = Clause(text, words, level, start, end, [], [], [], [])
    at = start
    for first, stop, number in held:
        _read(clause, at, first)
        clause.starts.append(first)
        clause.ends.append(stop)
        clause.low.append("“")
        clause.quote.append(number)
        at = stop
    _read(clause, at, end)
    return clause


def _read(clause: Clause, start: int, end: int) -> None:
    """The tokens of `[start, end)`: words without the stop that ends a sentence, contracted ones in their parts."""
    room = LONGEST - len(clause.low)
    if room <= 0 or start >= end:
        return
    piece = _lower(clause.text[start : min(end, start + WIDEST)])
    spans = [match.span() for match in _TOKEN.finditer(piece)][:room]
    parts = clause.words.parts
    if parts is not None and ("'" in piece or "’" in piece or "-" in piece):
        spans = _parted(piece, spans, parts)
    starts, ends, low = clause.starts, clause.ends, clause.low
    starts += [start + first for first, _ in spans]
    ends += [start + stop for _, stop in spans]
    low += [piece[first:stop] for first, stop in spans]
    if low and len(low[-1]) > 1 and low[-1][-1] == "." and ends[-1] >= end - 1:
        _part_stop(low, starts, ends)
    clause.quote += [-1] * (len(low) - len(clause.quote))


def _lower(text: str) -> str:
    """In lower case, letter for letter: what would become longer stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _parted(piece: str, spans: list[tuple[int, int]], parts: re.Pattern[str]) -> list[tuple[int, int]]:
    """The words, contracted ones in their parts."""
    found: list[tuple[int, int]] = []
    for first, stop in spans:
        word = piece[first:stop]
        cut = parts.match(word) if "'" in word or "’" in word or "-" in word else None
        if cut is None:
            found.append((first, stop))
        else:
            found += [(first + start, first + end) for start, end in cut.regs[1:] if end > start >= 0]
    return found


def _part_stop(low: list[str], starts: list[int], ends: list[int]) -> None:
    """The full stop behind the last word is a token of its own."""
    low[-1] = low[-1][:-1]
    ends[-1] -= 1
    starts.append(ends[-1])
    ends.append(ends[-1] + 1)
    low.append(".")


def line_clause(text: str, words: Grammar, start: int, end: int) -> Clause:
    """A line read as one clause, its marks unread."""
    return _clause(text, words, None, start, end, [])
