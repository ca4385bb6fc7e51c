"""What each paragraph of a document is: the frame (letterhead, headline, dateline, closing, signatures) and the body.

A file holds one text, or several one below the other (`items`). A text has a head, all that stands before its first
running paragraph; a body; and a tail, all that follows the last one. What a line shows of itself is told by `lines`;
here its place decides. Lettered clauses lie inside the numbered clause they follow, an editor's insertions inside their
paragraph, the paragraphs of a story or of one of several texts inside their item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from onrecord.annotate import brief, items
from onrecord.annotate.cues import Cues
from onrecord.annotate.lines import ADDRESS, LONG, SENTENCE, SHORT, Lines, adjoin
from onrecord.annotate.times import Expression
from onrecord.model import Document, Segment, SegmentKind, Span

HEAD = 60
"""At most so many lines are head; a list of a thousand lines is no letterhead."""
VERSES = 12
"""So many lines a quoted poem or passage has at most."""
NOTES = 700
"""What follows the signatures and is no longer than this is a note on the text."""
_BRACKETED = re.compile(r"\[(?=[^\[\]]{0,200}[^\W\d_]{3})[^\[\]]{3,200}\]|[\[(]sic[!?]?[\])]")
"""An editor's words inside a paragraph; figures alone are the number of a note."""
_REFERS = "–—-(["
"""What begins the line that says where verses are from."""
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÈÁÍÓÚÑ“")
"""A long paragraph that begins with one of these, and with no phrase of the frame, is body."""
_WIDE = re.compile(r"\t|\s{3,}")
"""What parts the columns of a line."""
_CLOSED = re.compile(r"[”»\"’]\s*[(\[][^()\[\]\n]{3,60}[)\]]$")
_ROUND = re.compile(
    r"\((?=[^()\n]{3,200}[–—-] ?(?:[Ee]d|[Tt]r|[Tt]rans|[Tt]ranslator|[Ee]ditor|NDLR|ndlr)\b)[^()\n]+\)"
)
"""Round brackets that say themselves whose words they hold: "(a town in the hills – Ed.)"."""


_POINTS = " \t-–—•*·◦▪0123456789.()"
"""What stands in front of a clause of a list."""


class _Text:
    """The paragraphs of one text while they are being told apart."""

    def __init__(self, lines: Lines, blocks: tuple[Span, ...], runs: list[bool]) -> None:
        self.lines = lines
        self.text = lines.text
        self.blocks = blocks
        self.runs = runs

    def kinds(self) -> list[SegmentKind]:
        first, last = self._body()
        kinds: list[SegmentKind] = self._head(0, first)
        below, inner = self._edited(first, last)
        if inner > first:
            kinds += ("preface" for _ in range(first, below))
            signed = self._signed_preface(below, inner)
            kinds += signed
            kinds += self._head(below + len(signed), inner)
            first = inner
        kinds += self._middle(self.blocks[first:last])
        kinds += self._tail(last, len(self.blocks))
        return self._introduced(kinds)

    # -- where the body is ---------------------------------------------------------------------------------------------

    def _body(self) -> tuple[int, int]:
        """Where the body begins and ends, as numbers of paragraphs."""
        count = len(self.blocks)
        first = next((n for n, runs in enumerate(self.runs[:HEAD]) if runs), None)
        if signed := brief.body(self.lines, self.blocks, count if first is None else first):
            return signed
        if first is None:
            first = next((n for n in range(min(count, HEAD)) if self.lines.clause(self.blocks[n])), None)
        if first is None:
            head = min(count, HEAD)
            return head, max(head, count)
        while first > 0 and self.lines.clause(self.blocks[first - 1]):
            first -= 1
        last = next(n for n in range(count, first, -1) if self.runs[n - 1] or n == first + 1)
        last = self._listed(last)
        return first, self._above_signatures(first, last)

    def _listed(self, last: int) -> int:
        """Where a list of short clauses ends that the body ends with, lettered ones among them."""
        end = last
        while end < len(self.blocks) and self.lines.enumerated(self.blocks[end]):
            end += 1
        while end > last and not self.lines.clause(self.blocks[end - 1]):
            end -= 1
        return end

    def _above_signatures(self, first: int, last: int) -> int:
        """Where the body ends, if signing lines stand above the last running paragraphs, which are notes then."""
        low = last
        while low > first + 1 and self.runs[low - 1] and last - low < 4:
            low -= 1
        if low == last or self.runs[low - 1] or self.blocks[last - 1].end - self.blocks[low].start > NOTES:
            return last
        if any(self.lines.enumerated(it) or self.lines.turn(it) for it in self.blocks[low:last]):
            return last
        start = low
        while start > first + 1 and not self.runs[start - 1]:
            start -= 1
        while start < low and self._heads(self.blocks[start]):
            start += 1
        return start if self._closes(start, low) else last

    def _heads(self, block: Span) -> bool:
        return self.lines.marked(block) or self.lines.furniture(block)

    def _closes(self, low: int, high: int) -> bool:
        """Whether lines between running paragraphs are a closing and signatures, not headings."""
        lines = self.lines
        block = self.blocks[low:high]
        signs = any(
            lines.signer(it) or lines.in_the_name_of(it) or lines.signs(it) or lines.begins(it, "closing")
            for it in block
            if not self._heads(it)
        )
        under = any(
            lines.office(two) and lines.personal(one) and adjoin(self.text, one.end, two.start)
            for one, two in pairwise(block)
        )
        return signs or under

    def _edited(self, first: int, last: int) -> tuple[int, int]:
        """Where an editor's own paragraphs above a text end, and where the text's body begins; `first` for none.

        They are introduced as such or signed with initials, and a headline or letterhead of the text follows them.
        """
        below = first
        while below < last and below - first < 5 and self.runs[below]:
            below += 1
        spoken = self.blocks[max(0, first - 1) : below]
        if not any(self.lines.preface(it) or self.lines.initialled(it) for it in spoken):
            return first, first
        inner = next((n for n in range(below, min(last, below + HEAD)) if self.runs[n]), below)
        return (below, inner) if inner > below else (first, first)

    def _signed_preface(self, below: int, inner: int) -> list[SegmentKind]:
        """The closing and signature of a covering letter, before the head of what it covers."""
        if not self.lines.begins(self.blocks[below], "closing"):
            return []
        end = below + 1
        while end < inner and adjoin(self.text, self.blocks[end - 1].end, self.blocks[end].start):
            end += 1
        signatures: list[SegmentKind] = ["signature"] * (end - below - 1)
        return ["closing", *signatures]

    # -- the head ------------------------------------------------------------------------------------------------------

    def _head(self, low: int, high: int) -> list[SegmentKind]:
        blocks = self.blocks[low:high]
        told = [self._frame(block) for block in blocks]
        best = self._headline(blocks, told)
        if best and told[best - 1] is None and self._halves(blocks[best - 1], blocks[best]):
            best -= 1
        kinds: list[SegmentKind] = []
        for number, (block, kind) in enumerate(zip(blocks, told, strict=True)):
            if kind is None:
                kind = self._untold(block, number, best, kinds)
            kinds.append(kind)
        stanzas = list(self._stanzas(blocks))
        apart = high == len(self.blocks) or len(stanzas) > 1 or not self._adjoins(high)
        for stanza in stanzas if apart else ():
            self._letterheads(blocks, kinds, stanza)
        return kinds

    def _adjoins(self, number: int) -> bool:
        """Whether no empty line lies above a paragraph."""
        return number > 0 and adjoin(self.text, self.blocks[number - 1].end, self.blocks[number].start)

    def _halves(self, above: Span, block: Span) -> bool:
        """Whether a line goes on with the headline above it: "RESOLUTION 14/2024" and "on the closed season"."""
        return self.text[block.start].islower() and adjoin(self.text, above.end, block.start)

    def _untold(self, block: Span, number: int, best: int | None, above: list[SegmentKind]) -> SegmentKind:
        """A line of the head that only its place can tell."""
        if number == best or self.lines.marked(block):
            return "headline"
        called = self.text[block.end - 1] in ":：" and best is not None and number > best
        if self.lines.directed(block) or (called and not self.lines.decorated(block)):
            return "address"
        if best is None or number < best:
            return "letterhead"
        if self.lines.personal(block):
            return "byline"
        goes_on = above and above[-1] == "headline" and not self.lines.namelike(block) and number == best + 1
        return "headline" if goes_on else "letterhead"

    def _stanzas(self, blocks: tuple[Span, ...]) -> Iterator[range]:
        """Lines that no empty line parts."""
        start = 0
        for number in range(1, len(blocks) + 1):
            if number == len(blocks) or not adjoin(self.text, blocks[number - 1].end, blocks[number].start):
                yield range(start, number)
                start = number

    def _letterheads(self, blocks: tuple[Span, ...], kinds: list[SegmentKind], stanza: range) -> None:
        """The lines below the first of a letterhead belong to it, and the rules around it."""
        first = next((n for n in stanza if not self.lines.ornament(blocks[n])), None)
        if len(stanza) == 2 and "dateline" in (kinds[stanza[0]], kinds[stanza[1]]):
            for n in stanza:
                if self.lines.calendar(blocks[n]):
                    kinds[n] = "dateline"
        if first is None or kinds[first] != "letterhead" or any(kinds[n] == "headline" for n in stanza):
            return
        for n in stanza:
            if kinds[n] == "dateline" or self.lines.ornament(blocks[n]):
                kinds[n] = "letterhead"

    def _frame(self, block: Span) -> SegmentKind | None:
        """What a line of the head shows itself to be; `None` where only its place can tell."""
        lines = self.lines
        if lines.furniture(block) or lines.ornament(block):
            return "boilerplate"
        if lines.marked(block):
            return None
        if lines.dated(block):
            return "dateline"
        if lines.cited(block):
            return "citation"
        if lines.preface(block):
            return "preface"
        if lines.byline(block):
            return "byline"
        return "address" if lines.vocative(block) else None

    def _headline(self, blocks: tuple[Span, ...], told: list[SegmentKind | None]) -> int | None:
        """The number of the line that most looks like the headline, the first among equals."""
        open_ = [n for n, kind in enumerate(told) if kind is None]
        if not open_:
            return None
        scores = [(self.lines.likeness(blocks[n]) - 7 * self._under_name(blocks, n), -n) for n in open_]
        named = self._named_above(blocks, told, open_)
        if named:
            scores[0] = (scores[0][0] - 6, scores[0][1])
        best, number = max(scores)
        alone = len(scores) == 1 and not named and not self.lines.namelike(blocks[-number])
        return -number if best > 0 or alone else None

    def _named_above(self, blocks: tuple[Span, ...], told: list[SegmentKind | None], open_: list[int]) -> bool:
        """Whether the first open line names who writes: apart from a headline below, or over date or address."""
        first = open_[0]
        kind = len(open_) > 1 and self.lines.genre_named(blocks[open_[1]]) and not self.lines.genre_named(blocks[first])
        over = kind and self.lines.capitalised(blocks[first])
        if not over and not self.lines.nameform(blocks[first]):
            return False
        end = first
        while end + 1 < len(blocks) and adjoin(self.text, blocks[end].end, blocks[end + 1].start):
            end += 1
        if len(open_) > 1:
            return open_[-1] > end
        return told[first + 1 : first + 2] in (["dateline"], ["address"])

    def _under_name(self, blocks: tuple[Span, ...], number: int) -> bool:
        """Whether a line goes on with a letterhead: right under the name of a body, and the last such line ends it."""
        first = number
        while first and adjoin(self.text, blocks[first - 1].end, blocks[first].start) and number - first < 6:
            first -= 1
        ends = number + 1
        while ends < len(blocks) and adjoin(self.text, blocks[ends - 1].end, blocks[ends].start) and ends - number < 6:
            ends += 1
        parted = first > 0 or ends < len(blocks)
        return parted and first < number and any(self.lines.namelike(it) for it in blocks[first:number])

    # -- the body ------------------------------------------------------------------------------------------------------

    def _middle(self, blocks: tuple[Span, ...]) -> list[SegmentKind]:
        kinds: list[SegmentKind] = []
        signing = False
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            if number in (1, 2) and self.lines.dated(block):
                kind: SegmentKind = "dateline"
            else:
                kind = self._paragraph(block, after, signing)
            signing = kind == "signature" or (kind == "closing" and self.lines.signs(block))
            kinds.append(kind)
        self._settle_end(blocks, kinds)
        return kinds

    def _settle_end(self, blocks: tuple[Span, ...], kinds: list[SegmentKind]) -> None:
        """Closing formulas at the end of the body; running text below signatures is a note on the document."""
        if "signature" in kinds:
            first = kinds.index("signature")
            for number in range(first, len(kinds)):
                if kinds[number] == "body":
                    kinds[number] = "note"
        for number in range(len(kinds) - 1, max(0, len(kinds) - 3), -1):  # the first paragraph closes nothing
            if kinds[number] != "body" or blocks[number].end - blocks[number].start > SHORT:
                return
            if self.lines.begins(blocks[number], "closing") or self.lines.begins(blocks[number], "adopted"):
                kinds[number] = "closing"

    def _paragraph(self, block: Span, after: Span | None, signing: bool) -> SegmentKind:
        """A paragraph of the body."""
        lines = self.lines
        length = block.end - block.start
        if lines.furniture(block) or lines.ornament(block):
            return "boilerplate"
        if lines.marked(block):
            return "headline"
        if length > ADDRESS and self.text[block.start] in _PLAIN and not (lines.begun(block) or lines.style(block)):
            return "body"
        if signing and length <= SHORT and not lines.sentence(block):
            return "signature"
        if length <= SHORT and lines.signs(block):
            return "closing"
        if length <= 2 * SHORT and lines.stands_for(block):
            return "signature"
        if lines.enumerated(block):
            return "headline" if self._heading(block, after) else "point"
        if lines.cited(block):
            return "citation"
        if lines.vocative(block) and after is not None and lines.running(after):
            return "address"
        if lines.preface(block):
            return "preface"
        if self.text[block.start] in "[(" and self.text[block.end - 1] in "])":
            return "point" if lines.bracketed_number(block) else "insertion"
        if lines.note(block) or lines.footnote(block):
            return "note"
        if length <= 80 and not lines.running(block) and (lines.subheading(block) or self._asks(block, after)):
            return "headline"
        return "body"

    def _asks(self, block: Span, after: Span | None) -> bool:
        """A question right above a paragraph: "Who owns the towpath?"."""
        return after is not None and self.text[block.end - 1] in "?!" and adjoin(self.text, block.end, after.start)

    def _heading(self, block: Span, after: Span | None) -> bool:
        """A numbered line that heads what follows: "II. Water", no short clause of a list."""
        if block.end - block.start > 80 or self.lines.stops(block) or after is None:
            return False
        return self.lines.style(after) != self.lines.style(block) and self.lines.running(after)

    # -- the tail ------------------------------------------------------------------------------------------------------

    def _tail(self, low: int, high: int) -> list[SegmentKind]:
        kinds: list[SegmentKind] = []
        for number in range(low, high):
            kind = self._closing(self.blocks[number])
            if kind in ("body", "point", "note") and self._goes_on_signing(number, kinds):
                kind = "signature"
            if kind in ("body", "signature") and self._goes_on_listing(number, kinds):
                kind = "closing"
            if kind == "body" and ("signature" in kinds or "closing" in kinds):
                kind = "note"
            if kind == "signature" and kinds[-1:] == ["dateline"] and self._place_below(number):
                kind = "dateline"
            kinds.append(kind)
        for number in range(len(kinds) - 1):
            lead = self.blocks[low + number]
            if kinds[number : number + 2] == ["closing", "point"] and not self.lines.signs(lead):
                kinds[number] = "body"  # "We will not:", above what it leads in
        return kinds

    def _closing(self, block: Span) -> SegmentKind:
        """A line after the body's last running paragraph."""
        lines = self.lines
        if lines.furniture(block) or lines.ornament(block):
            return "boilerplate"
        if lines.marked(block):
            return "headline"
        if lines.footnote(block):
            return "note"
        told = lines.begun(block)
        kind = self._closing_phrase(block, told) if told else None
        if kind:
            return kind
        if lines.dated(block) and not lines.signer(block):
            return "dateline"
        if lines.cited(block):
            return "citation"
        if self.lines.lists_signers(block):
            return "closing"
        kind = self._tail_phrase(block, told) if told else None
        return kind or ("closing" if lines.signs(block) else self._last_line(block))

    def _closing_phrase(self, block: Span, told: dict[str, Span]) -> SegmentKind | None:
        """A line that begins as closings and signatures do."""
        if self.text[block.start] == "(" and "signed" in told and self.text[block.end - 1] not in ":)":
            return "signature"
        if "adopted" in told or ("closing" in told and not self.lines.stands_for(block)):
            return "closing"
        return "signature" if self.lines.in_the_name_of(block) else None

    def _tail_phrase(self, block: Span, told: dict[str, Span]) -> SegmentKind | None:
        """A line of the tail that begins with another phrase of the frame."""
        if "note" in told or "preface" in told:
            return "note"
        if self.lines.stands_for(block):
            return "signature"
        return "byline" if "byline" in told and block.end - block.start <= SHORT else None

    def _goes_on_signing(self, number: int, kinds: list[SegmentKind]) -> bool:
        """Whether a line follows signing lines without a gap: the last of a list, with its stop."""
        block = self.blocks[number]
        short = block.end - block.start <= SHORT and not self.lines.sentence(block)
        return kinds[-1:] == ["signature"] and self._adjoins(number) and short

    def _goes_on_listing(self, number: int, kinds: list[SegmentKind]) -> bool:
        """Whether a line goes on with a list of signatories that the line above breaks off."""
        listing = kinds[-1:] == ["closing"] and self.text[self.blocks[number - 1].end - 1] in ";,،؛"
        return listing and self._adjoins(number)

    def _place_below(self, number: int) -> bool:
        """Whether a line right below a date is the place, no one's name."""
        above, block = self.blocks[number - 1], self.blocks[number]
        words = block.of(self.text).replace(",", " ").split()
        named = self.lines.office(block) or self.lines.signer(block)
        parted = "," in block.of(self.text) or len(words) == 1
        return adjoin(self.text, above.end, block.start) and len(words) < 6 and parted and not named

    def _last_line(self, block: Span) -> SegmentKind:
        line = block.of(self.text)
        if line[-1] in ":：":
            return "closing"
        if line[-1] in ";." and line.lstrip(_POINTS)[:1].islower() and not line[0].isalpha():
            return "point"  # "- pay the levy;": a clause of a list, whose names would begin with a capital
        if line[-1] in "!" and len(line) <= SHORT // 2:
            return "closing"
        if self.lines.running(block) or (len(line) > SHORT and not self.lines.enumerated(block)):
            return "body"
        if line[-1] in '.!?…؟۔。”"»' and not self.lines.signer(block):
            return "point" if self.lines.enumerated(block) else "body"
        if "/" in line and any(map(str.isdecimal, line)):
            return "closing"
        named = not line[0].islower() or self.lines.enumerated(block)
        return "signature" if any(map(str.isalpha, line)) and named else "closing"

    # -- what stands before the text of others -------------------------------------------------------------------------

    def _introduced(self, kinds: list[SegmentKind]) -> list[SegmentKind]:
        """The paragraphs around the questions and answers of an interview are the outlet's own."""
        turns = [n for n, block in enumerate(self.blocks) if self.lines.turn(block)]
        if len(turns) < 2:
            return kinds
        before: list[SegmentKind] = ["preface" if kind == "body" else kind for kind in kinds[: turns[0]]]
        after = kinds[turns[-1] + 1 :]
        if sum(it.end - it.start for it in self.blocks[turns[-1] + 1 :]) < NOTES // 2:
            after = ["note" if kind == "body" else kind for kind in after]
        return before + kinds[turns[0] : turns[-1] + 1] + after


def find(
    document: Document,
    blocks: tuple[Span, ...],
    cues: Cues,
    expressions: tuple[Expression, ...],
) -> tuple[Segment, ...]:
    """One segment for each paragraph, in order, `g1`…; clauses, insertions, stories and whole texts as a tree."""
    lines = Lines(document, blocks, cues, expressions)
    blocks = _broken(lines, _verses(lines, blocks))
    runs = [lines.running(block) for block in blocks]
    texts = items.texts(lines, blocks, runs)
    kinds: list[SegmentKind] = []
    for low, high in texts:
        kinds += _Text(lines, blocks[low:high], runs[low:high]).kinds()
    apart = {blocks[low].start: blocks[high - 1].end for low, high in texts} if len(texts) > 1 else {}
    blocks, kinds = _joined(lines, blocks, kinds)
    if not apart:
        apart, kinds = items.stories(lines, blocks, kinds)
    return tuple(_tree(lines, blocks, kinds, apart))


def _broken(lines: Lines, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    """A sentence or heading that is set over several lines as one paragraph: a line goes on in small letters."""
    text = lines.text
    made: list[Span] = []
    for block in blocks:
        above = made[-1] if made else None
        if above and text[block.start].islower() and block.start not in lines.verses:
            ends = text[above.end - 1] in ".!?;؛…”»" or lines.ornament(above) or above.start in lines.verses
            short = block.end - above.start <= 2 * LONG and above.end - above.start <= ADDRESS
            if not ends and short and not lines.enumerated(block) and adjoin(text, above.end, block.start):
                made[-1] = Span(above.start, block.end)
                continue
        made.append(block)
    return tuple(made)


def _verses(lines: Lines, blocks: tuple[Span, ...]) -> tuple[Span, ...]:
    """The lines of a poem or passage that stands alone with its reference below, as one paragraph."""
    made: list[Span] = []
    number = 0
    while number < len(blocks):
        block = blocks[number]
        last = _verse(lines, blocks, number) if block.end - block.start <= SHORT else number
        if last > number:
            lines.verses.add(block.start)
            block = Span(block.start, blocks[last].end)
        made.append(block)
        number = last + 1
    return tuple(made)


def _verse(lines: Lines, blocks: tuple[Span, ...], first: int) -> int:
    """The number of the last line of the verses that begin at `first`; `first` where none do.

    Verses are short lines that stand together, quoted or set in, and end with a line that says where they are from.
    """
    text = lines.text
    start = blocks[first].start
    opened = text[start] in '“«"‘„'
    if text[start] in _REFERS or not (opened or _set_in(text, blocks[first])):
        return first
    if lines.cited(blocks[first]):
        return first
    for last in range(first + 1, min(len(blocks), first + VERSES)):
        block, above = blocks[last], blocks[last - 1]
        short = above.end - above.start <= SHORT and block.end - block.start <= SHORT
        if not short or not adjoin(text, above.end, block.start) or not (opened or _set_in(text, above)):
            return first
        if text[block.start] in _REFERS and not lines.enumerated(block):
            return last
        referred = text[above.end - 1] in '”»"’' or _CLOSED.search(text, block.start, block.end) is not None
        if opened and referred and text[block.end - 1] in ")]":
            return last
    return first


def _set_in(text: str, block: Span) -> bool:
    """Whether a line begins with white space."""
    return block.start > 1 and text[block.start - 2 : block.start].isspace() and text[block.start - 1] != "\n"


def _joined(
    lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind]
) -> tuple[tuple[Span, ...], list[SegmentKind]]:
    """The lines of one letterhead as one block, and a signature with the office below it; an empty line parts two."""
    spans: list[Span] = []
    told: list[SegmentKind] = []
    for block, kind in zip(blocks, kinds, strict=True):
        if (
            told
            and kind == told[-1]
            and adjoin(lines.text, spans[-1].end, block.start)
            and _goes_on(lines, kind, spans[-1], block)
        ):
            spans[-1] = Span(spans[-1].start, block.end)
        else:
            spans.append(block)
            told.append(kind)
    return tuple(spans), told


def _goes_on(lines: Lines, kind: SegmentKind, above: Span, block: Span) -> bool:
    """Whether a line belongs to the segment of the same kind right above it."""
    if kind == "preface":
        return above.end - above.start < SENTENCE
    if kind == "signature" and _WIDE.search(lines.text, block.start, block.end):
        return False  # a row of columns
    if kind == "signature":
        return (
            (lines.office(block) and not lines.signer(block))
            or _below_a_person(lines, above, block)
            or (lines.in_the_name_of(above) and not lines.in_the_name_of(block))
        )
    if kind == "closing":
        listing = lines.text[above.end - 1] in ";,،؛" and ":" in above.of(lines.text)
        return listing or ("/" in block.of(lines.text) and any(map(str.isdecimal, block.of(lines.text))))
    return kind in ("letterhead", "headline", "dateline") and not lines.marked(block)


def _below_a_person(lines: Lines, above: Span, block: Span) -> bool:
    """A single word, or words in small letters, under a person's name: "Dean", "Chargé d'affaires"."""
    words = block.of(lines.text).split()
    plain = len(words) == 1 or any(word[0].islower() and len(word) > 3 for word in words)
    return lines.personal(above) and plain and not lines.personal(block) and not lines.enumerated(block)


def _tree(lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind], apart: dict[int, int]) -> Iterator[Segment]:
    """The segments with their parents; `apart` holds the items, start to end."""
    count = 0
    clause: Segment | None = None
    item: Segment | None = None
    for number, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if item and block.start >= item.end:
            item = None
        if block.start in apart:
            count += 1
            item = Segment(
                f"g{count}",
                "item",
                block.start,
                apart[block.start],
                None,
                _heading(lines, blocks, kinds, number, apart),
            )
            yield item
        lettered = kind == "point" and lines.lettered(block)
        parent = clause.id if lettered and clause else item.id if item else None
        count += 1
        segment = Segment(f"g{count}", kind, block.start, block.end, parent)
        if kind == "point" and not lettered:
            segment = clause = replace(segment, end=_clause_end(lines, blocks, kinds, number))
        elif kind != "point":
            clause = None
        yield segment
        if not lines.inserted:
            continue
        for insertion in _insertions(lines.text, replace(segment, end=block.end), count):
            count += 1
            yield insertion


def _clause_end(lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind], number: int) -> int:
    """Where a numbered clause ends: with the last of the lettered ones under it."""
    while number + 1 < len(kinds) and kinds[number + 1] == "point" and lines.lettered(blocks[number + 1]):
        number += 1
    return blocks[number].end


def _heading(
    lines: Lines, blocks: tuple[Span, ...], kinds: list[SegmentKind], number: int, apart: dict[int, int]
) -> str | None:
    """The words of the first headline in an item."""
    end = apart[blocks[number].start]
    for at in range(number, len(blocks)):
        if blocks[at].start >= end:
            return None
        if kinds[at] == "headline":
            return " ".join(blocks[at].of(lines.text).split())
    return None


def _insertions(text: str, around: Segment, count: int) -> list[Segment]:
    """An editor's words in square brackets inside a paragraph, as its children."""
    if around.kind in ("boilerplate", "insertion"):
        return []
    found = sorted(
        it.span() for pattern in (_BRACKETED, _ROUND) for it in pattern.finditer(text, around.start, around.end)
    )
    inner = [span for span in found if span != (around.start, around.end)]
    return [Segment(f"g{count + n}", "insertion", *span, around.id) for n, span in enumerate(inner, 1)]
