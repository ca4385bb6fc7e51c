"""Who says what: quotations and reported words with their source and cue.

Marks are paired first (`quotes`), cues and their sources found next (`saying`). Then each cue looks for its content:
the quotation beside it, the clause that it opens, or the clause that it closes. Marks without a cue are names, titles
and scare quotes and give nothing, but for a paragraph that is one quotation right after another by the same speaker.
`rule` says which of these it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex
from msgspec import Struct

from onrecord.annotate.grammar import Grammar, grammar
from onrecord.annotate.quotes import Marked, Quote, quotes
from onrecord.annotate.saying import NEAR, CueAt, Cues
from onrecord.annotate.speakers import Speakers
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
)  # fmt: skip
from onrecord.text.spans import Span, trim

_SPACE_AND_STOPS = " \t\r\n\xa0,.;:—–-"
_CLOSING = " '’”\"»›\xa0"
_ENDS = ".!?…,"
_CLAUSE_END = " \t\r\n\xa0.!?,;:—–-"
HEARER_REACH = 60
"""Code points between a cue and the words it opens ("told reporters in Orsk on Monday that …")."""

LINE_REACH = 400
"""Code points that a sentence may go on behind a cue before it quotes again."""
MOST_NOTICES = 20
"""Stray marks that are reported one by one; further ones share a notice."""

_THAT = regex.compile(r"[^.;:!?“”\"«»\n]{0,60}?(?=\bthat\b)")
_STOP_INSIDE = regex.compile(r"[.!?:]\s")
_STRONG_STOP = regex.compile(r"[.!?;]\s")
_HEARER = regex.compile(r"(?:the |a |his |her )?[\w’'-]+(?: \p{Lu}[\w’'-]*)*")
_WORD = regex.compile(r"[\w\p{M}’'-]+")


class Found(Struct, gc=False):
    """An attribution in the making."""

    cue: Span
    source: Span | None
    content: list[Span]
    kind: AttributionKind
    rule: str
    confidence: float
    quotes: list[int]


def find(
    document: Document,
    languages: Sequence[Language],
    segments: Sequence[Segment],
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
    """The attributions of `document`, ids `a1`… in order of their content, and notices of quotations without an end.

    `voices` are left empty here: `voices.find` fills them when the statements are known.
    """
    text = document.text
    paired, stray = quotes(text)
    marked = Marked(paired)
    cues = Cues(text, marked, sentences, mentions)
    reader = _Reader(text, marked, sentences)
    for language in languages:
        words = grammar(language.tag.split("-")[0])
        if words is not None:
            reader.read(cues.read(words, language.start, language.end), words)
    reader.continue_quotations()
    speakers = Speakers(text, mentions, entities)
    return _attributions(text, reader.found, speakers), _notices(paired, stray)


def _notices(marked: Sequence[Quote], stray: Sequence[Span]) -> tuple[Notice, ...]:
    spans = sorted([*stray, *(Span(quote.start, quote.end) for quote in marked if not quote.closed)])
    groups: list[tuple[Span, ...]] = [(span,) for span in spans[:MOST_NOTICES]]
    if rest := tuple(spans[MOST_NOTICES:]):
        groups.append(rest)
    return tuple(
        Notice(
            "quotations",
            "unclosed-quotation",
            "A quotation mark here has no partner. What it opens or closes is uncertain: check the original.",
            group,
        )
        for group in groups
    )


class _Reader:
    """Finds the attributions of one text."""

    def __init__(self, text: str, marked: Marked, sentences: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.marked = marked
        self.quotes = marked.quotes
        self.starts = marked.starts
        self.sentence_starts = [start for start, _ in sentences]
        self.found: list[Found] = []
        self.owner: dict[int, Found] = {}
        """Quotation to the attribution that has it as content."""

    def read(self, cues: list[CueAt], words: Grammar) -> None:
        for number, cue in enumerate(cues):
            if found := self._attribution(cue, cues[number + 1 : number + 7], words):
                self._keep(found)

    def _keep(self, found: Found) -> None:
        for quote in found.quotes:
            if (owner := self.owner.get(quote)) and owner is not found and quote in owner.quotes[1:]:
                cut = owner.quotes.index(quote)
                owner.content = owner.content[
                    : len(owner.content) - sum(len(self.quotes[q].spans) for q in owner.quotes[cut:])
                ]
                owner.quotes = owner.quotes[:cut]
            self.owner[quote] = found
        self.found.append(found)

    def _attribution(self, cue: CueAt, following: list[CueAt], words: Grammar) -> Found | None:
        return (
            self._quoted_before(cue, words) or self._quoted_after(cue, words) or self._reported(cue, following, words)
        )

    def _quoted_before(self, cue: CueAt, words: Grammar) -> Found | None:
        """“…,” she said; “…,” said the minister; and what the same sentence or the next goes on to quote."""
        if cue.source is None or "quote" not in cue.verb.frames:
            return None
        first = min(cue.start, cue.source.start)
        number = self.marked.last_before(first, cue.inside)
        if number is None or first - self.quotes[number].end >= NEAR:
            return None
        quote = self.quotes[number]
        gap = self.text[quote.end : first]
        if gap.strip(",،—–- \xa0\n") or "\n\n" in gap:
            return None
        if cue.verb.shape == "ing" or (not quote.closed and not self.text[quote.end - 1 : quote.end]):
            return None
        last = quote.spans[-1]
        inner_end = self.text[max(last.start, last.end - NEAR) : last.end].rstrip(_CLOSING)[-1:] or "."
        ended = inner_end in _ENDS or self.text[quote.end : quote.end + 1] in (",", "،")
        if not ended and words.tag == "en":
            return None
        content, rule, kind = list(quote.spans), "quotation-cue", "direct"
        used = [number]
        opening = self._words_before_quote(quote, cue)
        if opening is not None:
            content = (
                [Span(opening, quote.end)]
                if len(quote.spans) == 1
                else [Span(opening, quote.spans[0].end), *quote.spans[1:]]
            )
            kind, rule = "mixed", "clause-cue"
        else:
            tail = max(cue.end, cue.source.end)
            while (more := self._goes_on(tail, cue)) is not None and more not in used:
                used.append(more)
                content += self.quotes[more].spans
                tail = self.quotes[more].end
                break
        return Found(Span(cue.start, cue.end), cue.source, content, kind, rule, 0.95 if quote.closed else 0.5, used)  # type: ignore[arg-type]

    def _words_before_quote(self, quote: Quote, cue: CueAt) -> int | None:
        """Where the clause begins whose end is quoted ("The plan is “a disaster,” she said"); `None`: all is quoted."""
        at = bisect_right(self.sentence_starts, quote.start) - 1
        start = max(
            self.sentence_starts[at] if at >= 0 else 0,
            self.quotes[cue.inside].start + 1 if cue.inside is not None else 0,
        )
        if quote.start - start > 300:
            return None
        before = self.text[start : quote.start].strip()
        first = self.text[quote.spans[0].start]
        if not before or before[-1:] in ',:.”"»' or first.isupper():
            return None
        return start

    def _goes_on(self, tail: int, cue: CueAt) -> int | None:
        """The quotation that goes on right behind the cue: “…,” she said, “…” or “…,” she said. “…”"""
        number = self.marked.next_after(tail, cue.inside)
        if number is None:
            return None
        if self.quotes[number].start - tail > LINE_REACH:
            return None
        gap = self.text[tail : self.quotes[number].start]
        sentence_over = (
            tail <= cue.hi <= self.quotes[number].start and not self.text[cue.hi : self.quotes[number].start].strip()
        )
        if "\n" in gap or (len(gap) > HEARER_REACH and not sentence_over):
            return None
        if sentence_over:
            return number
        stripped = gap.strip()
        plain = not stripped.strip(",.;:—– ")
        adverbial = stripped[-1:] in (",", ".", ":") and not _STOP_INSIDE.search(stripped[:-1]) and "\n" not in gap
        return number if plain or adverbial else None

    def _quoted_after(self, cue: CueAt, words: Grammar) -> Found | None:
        """She said: “…”; she said that “…”; told the council, “…”"""
        if "quote" not in cue.verb.frames or cue.verb.shape == "phrase":
            return None
        tail = max(cue.end, cue.source.end) if cue.source and cue.inverted else cue.end
        number = self.marked.next_after(tail, cue.inside)
        if number is None:
            return None
        quote = self.quotes[number]
        if quote.start - tail > 120:
            return None
        gap = self.text[tail : quote.start]
        stripped = gap.strip()
        colon = stripped.endswith(":")
        if ("\n" in gap and not colon) or _STRONG_STOP.search(gap):
            return None
        if not (
            stripped in ("", ",", ":", "،")
            or (colon and len(stripped) < 100)
            or (stripped.endswith(",") and len(stripped) < HEARER_REACH)
        ):
            return None
        first = self.text[quote.spans[0].start]
        whole = colon or first.isupper() or not first.isalpha() or stripped.endswith(",") or words.tag == "ar"
        if not whole or (cue.source is None and not colon):
            return None
        rule = "cue-colon-quotation" if colon else "cue-quotation"
        content = list(quote.spans)
        used = [number]
        return Found(Span(cue.start, cue.end), cue.source, content, "direct", rule, 0.9 if quote.closed else 0.5, used)

    def _reported(self, cue: CueAt, following: list[CueAt], words: Grammar) -> Found | None:
        if cue.source is None:
            return None
        end = self._clause_end(cue, following, words)
        if cue.verb.shape == "phrase":
            return self._according(cue, end)
        found = None
        if not cue.inverted or words.verb_first:
            found = self._opened(cue, max(cue.end, cue.source.end if cue.inverted else 0), end, words)
        start_of_cue = min(cue.start, cue.source.start)
        if (
            found is None
            and not _SPOKEN.isdisjoint(cue.verb.frames)
            and self.text[max(cue.lo, start_of_cue - NEAR) : start_of_cue].rstrip().endswith(",")
        ):
            found = self._closed(cue, start_of_cue, max(cue.end, cue.source.end), end)
        if found is None:
            return None
        content, rule = found
        made = self._indirect(cue, content, rule)
        if made is not None and rule == "object":
            made.confidence = 0.5
        return made

    def _indirect(self, cue: CueAt, content: list[Span], rule: str) -> Found | None:
        content = [span for span in content if span.end - span.start > 2]
        if not content:
            return None
        first, last = bisect_left(self.starts, content[0].start), bisect_left(self.starts, content[-1].end)
        kind: AttributionKind = "mixed" if last > first else "indirect"
        return Found(Span(cue.start, cue.end), cue.source, content, kind, rule, 0.75, [])

    def _clause_end(self, cue: CueAt, following: list[CueAt], words: Grammar) -> int:
        """The end of what the cue reports: its sentence, or the next cue of that sentence that is not inside it."""
        end = cue.hi
        at = bisect_right(self.starts, cue.hi - 1) - 1
        if at >= 0 and self.quotes[at].start > cue.end and self.quotes[at].parent == cue.inside:
            end = max(end, self.quotes[at].spans[0].end) if self.quotes[at].start < end else end
        for other in following:
            if other.lo != cue.lo or other.inside != cue.inside:
                break
            if (cut := self._cut_before(cue, other, words)) is not None:
                end = min(end, cut)
                break
        return trim_end(self.text, cue.end, end)

    def _cut_before(self, cue: CueAt, other: CueAt, words: Grammar) -> int | None:
        """Where the words before a further cue end, if that cue goes on from the speaker and not from within."""
        begin = other.start
        own = other.source is not None and cue.end <= other.source.start < begin
        if own and other.source is not None:
            begin = other.source.start
        before = self.text[cue.end : begin].rstrip()
        joined, _, last = before.rpartition(" ")
        outer = other.source is not None and other.source.start < cue.start
        if before.endswith(",") and (outer or other.verb.shape in ("ing", "phrase")):
            return cue.end + len(before) - 1
        if last in words.joiners and (
            joined.endswith(",") or (not own and last in ("and", "but") and other.verb.shape == cue.verb.shape)
        ):
            return cue.end + len(joined)
        return None

    def _opened(self, cue: CueAt, at: int, end: int, words: Grammar) -> tuple[list[Span], str] | None:
        """The clause that the cue opens."""
        frames = cue.verb.frames
        first = _WORD.search(self.text, at, min(end, at + 40))
        gap = self.text[at : first.start()].strip() if first else ""
        if first is None or (gap and not (gap == "," and first[0] in words.that)):
            if "that" in frames and (late := self._late_that(at, end, words)):
                return [Span(late, end)], "that-clause"
            return None
        word = first[0].lower()
        if word in words.that:
            return ([Span(first.start(), end)], "that-clause") if "that" in frames else None
        if word in words.to:
            return ([Span(first.start(), end)], "infinitive") if "to" in frames else None
        if "that" in frames and (late := self._late_that(at, end, words)):
            return [Span(late, end)], "that-clause"
        if cue.verb.lemma in words.bare and word not in _PREPOSITIONS:
            start = first.start()
            if word in words.calendar or word in _DAYS:
                start = first.end()
            if cue.verb.lemma == "tell":
                start = self._past_hearer(first, words)
            return [trim(self.text, start, end)], "bare-clause"
        if not _NAMED.isdisjoint(frames) and word not in _PREPOSITIONS and cue.verb.shape != "base":
            return [trim(self.text, first.start(), end)], "object"
        return None

    def _late_that(self, at: int, end: int, words: Grammar) -> int | None:
        """Where “that” stands behind a hearer or an adverbial ("told reporters on Monday that …")."""
        if words.tag != "en":
            return None
        match = _THAT.match(self.text, at, min(end, at + HEARER_REACH + 10))
        if match is None or len(match[0].split()) > 9:
            return None
        first = match[0].split(None, 1)[:1]
        if first and not first[0][0].isupper():
            low = first[0].lower()
            if not any(low in known for known in (_PREPOSITIONS, words.hearers, words.determiners, words.calendar)):
                return None
        return match.end() if match.end() > at else None

    def _past_hearer(self, first: regex.Match[str], words: Grammar) -> int:
        """Where the words begin that someone is told: behind one hearer's phrase."""
        match = _HEARER.match(self.text, first.start())
        return match.end() if match else first.end()

    def _according(self, cue: CueAt, end: int) -> Found | None:
        assert cue.source is not None
        left = trim(self.text, cue.lo, trim_end(self.text, cue.lo, cue.start))
        if left.end - left.start > 12:
            content = [left]
        else:
            start = cue.source.end
            while start < end and self.text[start] in _SPACE_AND_STOPS:
                start += 1
            content = [Span(start, end)]
        return self._indirect(cue, content, "according-to")

    def _closed(self, cue: CueAt, start: int, after: int, end: int) -> tuple[list[Span], str] | None:
        """The clause that the cue closes, or that it interrupts: “The plan, she said, has failed.”"""
        following = self.text[after : min(end, after + HEARER_REACH)]
        left = Span(cue.lo, trim_end(self.text, cue.lo, start))
        if not following.strip(_CLAUSE_END):
            return [left], "clause-cue"
        if following.lstrip()[:1] == ",":
            right = after + len(following) - len(following.lstrip(" ,"))
            return [left, Span(right, end)], "interrupted-clause"
        word = following.split(None, 1)[0]
        if word[0].isupper() or word.lower() in _PREPOSITIONS or word.lower() in _DAYS:
            return [left], "clause-cue"
        return None

    # Quotations without a cue.

    def continue_quotations(self) -> None:
        """A paragraph that is one quotation, right behind a quotation with a known speaker, is that speaker's."""
        last: Found | None = None
        for number, quote in enumerate(self.quotes):
            if quote.parent is not None:
                continue
            owner = self.owner.get(number)
            if owner is None and last is not None and self._is_next_paragraph(last, quote):
                owner = Found(
                    last.cue, last.source, list(quote.spans), "direct", "same-speaker-continues", 0.6, [number]
                )
                self.owner[number] = owner
                self.found.append(owner)
            last = owner if owner is not None and owner.kind == "direct" else None

    def _is_next_paragraph(self, last: Found, quote: Quote) -> bool:
        text = self.text
        end = max([last.cue.end, *(span.end for span in last.content), *([last.source.end] if last.source else [])])
        line_start = text.rfind("\n", max(0, quote.start - 4), quote.start) + 1 or (
            quote.start if not quote.start else -1
        )
        alone = line_start >= 0 and not text[line_start : quote.start].strip()
        if quote.start - end > 200:
            return False
        gap = text[end : quote.start]
        close = gap.count("\n\n") <= 1 and "\n" in gap and not _WORD.search(gap.partition("\n")[2])
        ends = text[quote.end : quote.end + 1] in ("", "\n") and text[quote.spans[-1].end - 1] in ".!?…"
        return alone and close and ends


_SPOKEN = frozenset({"that", "quote"})
_NAMED = frozenset({"object", "as", "obj-to"})
_DAYS = frozenset({"today", "yesterday"})
_PREPOSITIONS = frozenset(
    [
        "of", "in", "on", "by", "about", "at", "to", "for", "with", "from", "as", "into", "over", "against", "during",
        "after", "before", "through", "between", "among", "and", "or", "but",
    ]
)  # fmt: skip


def trim_end(text: str, start: int, end: int) -> int:
    """`end` without the stops and white space before it."""
    while end > start and text[end - 1] in _CLAUSE_END:
        end -= 1
    return end


def _attributions(text: str, found: list[Found], speakers: Speakers) -> tuple[Attribution, ...]:
    ordered = sorted(found, key=lambda f: (f.content[0].start, -f.content[-1].end, f.cue.start))
    parents = _parents(ordered)
    made = []
    for number, item in enumerate(ordered):
        continued = item.rule == "same-speaker-continues"
        entity, how = speakers.entity(item.source, item.cue.start)
        rule = item.rule if how is None else f"{item.rule}; {how}"
        confidence = item.confidence if how is None else round(item.confidence * 0.7, 2)
        source = Source((item.source,) if item.source and not continued else (), entity) if item.source else None
        parent = parents[number]
        made.append(
            Attribution(
                f"a{number + 1}",
                item.kind,
                source,
                None if continued else Cue((item.cue,)),
                Cue(tuple(item.content)),
                None if parent is None else f"a{parent + 1}",
                (),
                rule,
                confidence,
            )
        )
    return tuple(made)


def _parents(ordered: list[Found]) -> list[int | None]:
    """For each attribution the smallest one whose content holds its cue and its content."""
    parents: list[int | None] = []
    around: list[int] = []
    for number, item in enumerate(ordered):
        start = item.content[0].start
        while around and ordered[around[-1]].content[-1].end <= start:
            around.pop()
        parents.append(next((at for at in reversed(around[-6:]) if _holds(ordered[at], item)), None))
        around.append(number)
    return parents


def _holds(outer: Found, inner: Found) -> bool:
    cue_in = any(span.start <= inner.cue.start and inner.cue.end <= span.end for span in outer.content)
    return cue_in and outer.content[-1].end >= inner.content[-1].end
