"""Who says what: quotations and reported words with their source and cue.

Marks are paired first (`quotes`), the text is cut into clauses level by level (`clauses`), cues and their sources are
found in each (`saying`) and what they report (`contents`). Lines of a script and dashes open speech without marks
(`scripts`). Marks without a cue are names, titles and scare quotes and give nothing, but for sentences that stand
alone. What a statement says in its own voice is no attribution. `rule` says which of these it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import regex
from msgspec import Struct

from onrecord.annotate import contents, saying, scripts
from onrecord.annotate.bounds import Content
from onrecord.annotate.clauses import DASH, Clause, by_place
from onrecord.annotate.ownvoice import OwnVoice
from onrecord.annotate.quotes import Marked, Quote
from onrecord.annotate.saying import CueAt
from onrecord.annotate.sources import Names
from onrecord.annotate.speakers import FIRST_PERSON, Speakers, plain
from onrecord.annotate.voices import ON_BEHALF
from onrecord.model import (
    Act,
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
    Statement,
)  # fmt: skip
from onrecord.text.spans import Cover, Span, trim

MOST_NOTICES = 20
"""Stray marks that are reported one by one; further ones share a notice."""
LINE = 400
"""Code points that a sentence may go on behind a cue before it quotes again."""
NEXT_TO = 200
"""Code points between a quotation and the paragraph that goes on with it."""
BLOCK = 6000
"""Code points that a paragraph below a colon may be long."""
SIGNED = 12
"""Tokens of a signature behind a quotation and a dash."""
FEWEST_WORDS = 4
"""Words of a quotation that stands alone; fewer are a title or a name."""

_WORD = regex.compile(r"[\w\p{M}’'-]+")


class Found(Struct, gc=False):
    """An attribution in the making."""

    cue: Span | None
    source: Span | None
    content: list[Span]
    kind: AttributionKind
    rule: str
    confidence: float
    quotes: list[int]
    level: int | None
    implied: bool = False
    """The source is not printed: it is who spoke before."""
    act: Act | None = None
    """What the cue tells of."""
    behalf: Span | None = None
    """In whose name the source speaks."""
    past: bool = False
    spoken: bool = True
    """The cue tells of speech, not of thought."""


def find(
    document: Document,
    languages: Sequence[Language],
    segments: Sequence[Segment],
    marked: Marked,
    read: Sequence[Clause],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    statements: Sequence[Statement] = (),
) -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
    """The attributions of `document`, ids `a1`… in order of their content, and notices of quotations without an end.

    `voices` are left empty here: `voices.find` fills them.
    """
    text = document.text
    mentions = [it for it in mentions if it.type != "work"]  # a title is nobody who speaks
    names = Names(mentions)
    spoken = scripts.lines(text, segments, names, by_place(languages))
    taken = Cover(it.line for it in spoken if it.rule == "dialogue-dash")  # whose cue is taken
    found = _Reader(text, marked, names).read(read)
    found = [it for it in found if it.cue is None or not taken.over(it.cue.start)] + [_from_line(it) for it in spoken]
    verses = Cover((it.start, it.end) for it in segments if it.kind == "citation")
    found = [it for it in found if it.cue or not it.content or not verses.over(it.content[0].start)]
    return finish(text, found, mentions, entities, segments, statements), _notices(marked.quotes, marked.stray)


def _from_line(line: scripts.Spoken) -> Found:
    kind: AttributionKind = "indirect" if line.rule == "headline-colon" else "direct"
    return Found(line.cue, line.source, line.content, kind, line.rule, line.confidence, [], None)


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

    def __init__(self, text: str, marked: Marked, names: Names) -> None:
        self.text = text
        self.quotes = marked.quotes
        self.names = names
        self.found: list[Found] = []
        self.owner: dict[int, Found] = {}
        """Quotation to the attribution that has it as content."""
        self.by_end: list[Found] = []
        """What is reported outside of quotations, by where it ends, once all cues are read."""
        self.ends: list[int] = []
        """... and these ends."""

    def read(self, clauses: Iterable[Clause]) -> list[Found]:
        previous: tuple[Clause, Found | None, bool] | None = None
        alone: list[Clause] = []
        for clause in clauses:
            if previous is not None and previous[0].level != clause.level:
                previous = None
            last, pending = self._clause(clause, previous)
            if last is None and clause.level is None and any(number >= 0 for number in clause.quote):
                alone.append(clause)
            elif last is None and previous is not None and clause.level is None:
                self._signed(clause, previous[0])
            previous = clause, last, pending
        self._continue_paragraphs()
        for clause in alone:
            self._alone(clause)
        return self.found

    def _clause(self, clause: Clause, previous: tuple[Clause, Found | None, bool] | None) -> tuple[Found | None, bool]:
        """The last attribution of the clause, and whether it waits for what stands behind a colon."""
        if previous is not None and previous[2] and previous[1] is not None:
            self._after_colon(clause, previous[1])
        cues = saying.cues(clause, self.names)
        last: Found | None = None
        pending = False
        for cue, reported in contents.contents(clause, cues, self.quotes, self.names):
            if clause.level is not None and (reported.rule in _WEAK or cue.verb.lemma in clause.words.hedges):
                continue
            made = self._made(clause, cue, reported)
            pending = reported.open
            self._keep(made)
            last = last if last is not None and last.quotes and not (made.quotes or pending) else made
        if not cues and previous is not None and previous[1] is not None:
            return self._goes_on(clause, previous[0], previous[1]), False
        return last, pending

    def _made(self, clause: Clause, cue: CueAt, reported: Content) -> Found:
        implied = cue.source is None and not cue.passive
        return Found(
            Span(cue.start, cue.end),
            cue.source,
            reported.spans,
            reported.kind,
            reported.rule,
            reported.confidence,
            reported.quotes,
            clause.level,
            implied,
            cue.verb.act,
            cue.behalf,
            cue.verb.shape == "past",
            "quote" in cue.verb.frames and cue.verb.lemma not in clause.words.hedges,
        )

    def _keep(self, found: Found) -> None:
        if found.rule == "interrupted-quotation" and found.level is not None:
            self.owner[found.level] = found
            found.level = self.quotes[found.level].parent
        for quote in found.quotes:
            owner = self.owner.get(quote)
            if owner is not None and owner is not found and quote in owner.quotes[1:]:
                self._give_up(owner, quote)
            self.owner[quote] = found
        self.found.append(found)

    def _give_up(self, owner: Found, quote: int) -> None:
        """What a further cue claims is not the going on of the quotation before it."""
        cut = owner.quotes.index(quote)
        spans = sum(len(self.quotes[number].spans) for number in owner.quotes[cut:])
        owner.content = owner.content[: len(owner.content) - spans]
        owner.quotes = owner.quotes[:cut]

    def _after_colon(self, clause: Clause, waiting: Found) -> None:
        """What stands below a line that ends in a colon: the quotation there, or the paragraph."""
        if waiting.content:
            return
        number = clause.quote[0] if clause.quote else -1
        if number >= 0:
            if number not in self.owner:
                waiting.quotes = [number]
                waiting.content = list(self.quotes[number].spans)
                waiting.rule, waiting.confidence = "cue-colon-quotation", 0.9
                self.owner[number] = waiting
        elif clause.level is None and waiting.cue is not None and "\n" in self.text[waiting.cue.end : clause.start]:
            whole = waiting.cue.of(self.text).endswith(clause.words.following)
            end = len(self.text) if whole else self._block_end(clause.start)
            waiting.content = [trim(self.text, clause.start, end)]
            waiting.rule, waiting.confidence = "statement-block" if whole else "cue-colon-block", 0.6

    def _block_end(self, start: int) -> int:
        """Where the paragraph ends that begins at an offset; its first line, where no empty line comes soon."""
        end = self.text.find("\n\n", start, start + BLOCK)
        if end < 0:
            end = self.text.find("\n", start, start + BLOCK)
        return end if end >= 0 else min(len(self.text), start + BLOCK)

    def _goes_on(self, clause: Clause, before: Clause, last: Found) -> Found | None:
        """“We wait,” she said. “Not long.”: the sentence after, all quotation, goes on in the same paragraph."""
        number = clause.quote[0] if clause.quote else -1
        if number < 0 or number in self.owner or last.rule not in _GO_ON or last.cue is None:
            return None
        rest = [at for at in range(1, len(clause)) if not clause.mark(at)]
        gap = self.text[before.end : clause.start]
        if rest or "\n" in gap or not last.quotes:
            return None
        if before.end - max(last.cue.end, last.source.end if last.source else 0) > LINE:
            return None
        last.quotes.append(number)
        last.content = [*last.content, *self.quotes[number].spans]
        self.owner[number] = last
        return last

    # Quotations without a cue.

    def _continue_paragraphs(self) -> None:
        """A paragraph that is one quotation, right behind a quotation with a known speaker, is that speaker's."""
        last: Found | None = None
        outside = [it for it in self.found if it.level is None and it.content and it.cue is not None]
        self.by_end = sorted(outside, key=_end)
        self.ends = [_end(it) for it in self.by_end]
        for number, quote in enumerate(self.quotes):
            if quote.parent is not None:
                continue
            owner = self.owner.get(number)
            reported = self._last_before(quote)
            if reported is not None and (last is None or _end(reported) > _end(last)):
                last = reported
            if owner is None and last is not None and self._is_next_paragraph(last, quote):
                owner = Found(
                    None, last.source, list(quote.spans), "direct", "same-speaker-continues", 0.6, [number], None, True
                )
                self.owner[number] = owner
                self.found.append(owner)
            last = owner if owner is not None and owner.kind == "direct" else None

    def _last_before(self, quote: Quote) -> Found | None:
        """The last reported words before a quotation, where they end close to it."""
        at = bisect_left(self.ends, quote.start) - 1
        found = self.by_end[at] if at >= 0 else None
        return found if found is not None and quote.start - self.ends[at] < NEXT_TO and found.source else None

    def _is_next_paragraph(self, last: Found, quote: Quote) -> bool:
        text = self.text
        end = max([*(span.end for span in last.content), *(it.end for it in (last.cue, last.source) if it is not None)])
        if quote.start - end > NEXT_TO:
            return False
        line_start = text.rfind("\n", max(0, quote.start - 4), quote.start) + 1
        alone = not text[max(line_start, quote.start - 4) : quote.start].strip()
        gap = text[end : quote.start]
        close = gap.count("\n\n") <= 1 and "\n" in gap and not _WORD.search(gap.partition("\n")[2])
        ends = text[quote.end : quote.end + 1] in ("", "\n") and text[quote.spans[-1].end - 1] in ".!?…"
        return alone and close and ends

    def _alone(self, clause: Clause) -> None:
        """A sentence in quotation marks by itself, or behind words that end in a colon; nobody is said to say it."""
        at = next((n for n, number in enumerate(clause.quote) if number >= 0), 0)
        number = clause.quote[at]
        if number in self.owner:
            return
        if any(not clause.mark(n) for n in range(at + 1, len(clause))):
            if at == 0 and len(clause) > 2 and clause.low[1] in DASH:
                self._sign(clause, 2, clause.end, number)
            return
        quote = self.quotes[number]
        words = self.text[quote.spans[0].start : quote.spans[-1].end]
        initial, final = words[:1], words.rstrip(" \"'”’»")[-1:]
        spoken = initial.isupper() or not initial.isalpha()
        if not spoken or not quote.closed or final not in ".!?…" or len(words.split()) < FEWEST_WORDS:
            return
        if all(word[:1].isupper() or len(word) < 4 for word in words.split()):
            return  # "Coal Isn’t the Villain": a title
        lead = [n for n in range(at) if not clause.mark(n)]
        if not lead:
            reported = self._last_before(quote)
            near = reported is not None and "\n" not in self.text[_end(reported) : quote.start]
            between = self.text[_end(reported) : quote.start] if reported is not None else ""
            if near and reported is not None and reported.quotes and not _WORD.search(between):
                reported.quotes.append(number)
                reported.content = [*reported.content, *quote.spans]
                self.owner[number] = reported
            elif near:
                spans = list(quote.spans)
                self._keep(
                    Found(None, None, spans, "direct", "same-speaker-continues", 0.5, [number], clause.level, True)
                )
            elif self._fills_its_paragraph(quote) or len(words.split()) > FEWEST_WORDS:
                self._keep(
                    Found(None, None, list(quote.spans), "direct", "quotation-alone", 0.4, [number], clause.level)
                )
        elif number not in self.owner and clause.low[at - 1] == ":":
            source = self._who_leads(clause, at - 1)
            self._keep(Found(None, source, list(quote.spans), "direct", "colon-quotation", 0.5, [number], clause.level))

    def _signed(self, clause: Clause, before: Clause) -> None:
        """“We wait.” ― Anna Pool: the name behind a dash, to the end of the line."""
        number = before.quote[-1] if before.quote else -1
        if number < 0 or number in self.owner or len(clause) < 2 or clause.low[0] not in DASH:
            return
        if "\n\n" not in self.text[before.end : clause.start]:
            self._sign(clause, 1, clause.end, number)

    def _sign(self, clause: Clause, first: int, end: int, number: int) -> None:
        ends = self.text[end : end + 1] in ("", "\n", "\r")
        name = self.names.over(clause.starts[first])
        if not ends or (name is None and not clause.capital(first)) or len(clause) - first > SIGNED:
            return
        source = clause.span(first, len(clause))
        spans = list(self.quotes[number].spans)
        self._keep(Found(None, source, spans, "direct", "quotation-signed", 0.8, [number], clause.level))

    def _fills_its_paragraph(self, quote: Quote) -> bool:
        before, after = self.text[max(0, quote.start - 3) : quote.start], self.text[quote.end : quote.end + 3]
        return (not before.strip() and ("\n" in before or not before)) or not after.strip()

    def _who_leads(self, clause: Clause, colon: int) -> Span | None:
        """The subject of the words before a colon: a name or noun phrase that opens them."""
        words = clause.words
        stop = 0
        while stop < colon and not clause.mark(stop) and clause.low[stop] not in words.finite | words.prepositions:
            name = self.names.over(clause.starts[stop])
            if name is not None and name.end <= clause.ends[colon - 1]:
                return Span(clause.starts[0], name.end)
            stop += 1
        determined = clause.low[0] in words.determiners
        return clause.span(0, min(stop, 3)) if determined and stop > 1 else None


def _end(found: Found) -> int:
    end = max(span.end for span in found.content)
    return max(end, found.cue.end) if found.cue is not None else end


_WEAK = frozenset({"object", "question-clause", "clause-cue", "figure"})
"""Rules that are not trusted inside a quotation, where people talk of others loosely."""
_GO_ON = frozenset({"quotation-cue", "cue-quotation", "cue-colon-quotation"})


def finish(
    text: str,
    found: Iterable[Found],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
) -> tuple[Attribution, ...]:
    """Attributions from what was found: their speakers, without the document's own voice, one inside another."""
    ordered = _ordered(found)
    speakers = Speakers(text, mentions, entities)
    own = OwnVoice(text, segments, statements, entities)
    parents = _parents(ordered)
    kept: list[tuple[Found, str | None, str | None]] = []
    heard: list[str | None] = []
    for number, item in enumerate(ordered):
        parent = parents[number]
        around = heard[parent] if parent is not None else None
        spoken = parent is not None and ordered[parent].kind == "direct"
        entity, how = speakers.entity(item.source, item.cue, item.implied, around, spoken)
        if entity is None and not spoken and (person := own.person(item.source, item.content[0].start)) is not None:
            entity, how = person, "who is meant in the statement"
        if item.behalf is not None:
            entity, how = speakers.entity(item.behalf, item.cue, False, around, spoken)[0] or entity, ON_BEHALF
        heard.append(entity)
        if spoken and entity is not None and entity == around and item.kind != "direct" and how != FIRST_PERSON:
            item.rule = ""
        told = how == FIRST_PERSON and item.spoken and item.past
        inner = parent is not None and how in (FIRST_PERSON, "first person")
        if (inner and not told) or (parent is not None and _thinks(text, ordered[parent], item)):
            item.rule = ""
        passive = item.rule == "according-to" or (item.source is None and not item.implied)
        outside = parent is None or not ordered[parent].rule
        mine = outside and not passive and own.speaks(item.source, entity, item.act, item.content[0].start)
        mine = mine or (outside and speakers.went_on(item.source) and own.around(item.content[0].start) is not None)
        if mine and (item.kind != "direct" or item.rule == "cue-colon-block"):
            item.rule = ""
        speakers.heard(item.content[0].start, entity, item.source, mine)
        kept.append((item, entity, how))
    return _numbered([each for each in kept if each[0].rule])


def _thinks(text: str, outer: Found, inner: Found) -> bool:
    """ "She said she hoped …": what speakers say of their own mind is no further voice."""
    if inner.source is None or inner.spoken or outer.kind == "direct" or outer.source is None:
        return False
    start = outer.content[0].start
    opening = text[start : inner.source.start].strip().lower()
    pronoun = plain(text[inner.source.start : inner.source.end]) in _SELF
    return pronoun and opening in ("", "that", "que", "qu'", "что")


_SELF = frozenset({"he", "she", "they", "it", "il", "elle", "ils", "elles", "он", "она", "они", "él", "ella"})


def _ordered(found: Iterable[Found]) -> list[Found]:
    """In order of their content, each content once: the surer one is kept."""
    best: dict[tuple[Span, ...], Found] = {}
    for item in found:
        spans = [span for span in item.content if span.end > span.start]
        if not spans:
            continue
        key = tuple(spans)
        if key not in best or best[key].confidence < item.confidence:
            best[key] = item
    return sorted(best.values(), key=lambda f: (f.content[0].start, -f.content[-1].end, f.cue.start if f.cue else 0))


def _numbered(kept: list[tuple[Found, str | None, str | None]]) -> tuple[Attribution, ...]:
    parents = _parents([item for item, _, _ in kept])
    made = []
    for number, (item, entity, how) in enumerate(kept):
        rule = item.rule if how is None else f"{item.rule}; {how}"
        confidence = item.confidence if how is None else round(item.confidence * 0.7, 2)
        spans = (item.source,) if item.source is not None and not item.implied else ()
        source = Source(spans, entity) if spans or entity or item.implied else None
        parent = parents[number]
        made.append(
            Attribution(
                f"a{number + 1}",
                item.kind,
                source,
                Cue((item.cue,)) if item.cue is not None else None,
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
        parents.append(next((at for at in reversed(around[-8:]) if _holds(ordered[at], item)), None))
        around.append(number)
    return parents


def _holds(outer: Found, inner: Found) -> bool:
    place = inner.cue or inner.source or inner.content[0]
    inside = any(span.start <= place.start and place.end <= span.end for span in outer.content)
    return inside and outer.content[-1].end >= inner.content[-1].end
