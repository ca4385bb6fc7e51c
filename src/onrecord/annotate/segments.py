"""What each paragraph of a document is: the frame (letterhead, headline, dateline, closing, signatures) and the body.

The head is all that stands before the first running paragraph, the tail all that follows the last one. Lines of the
head and tail are told by their cue phrases (`lexicon/*/frame.toml`), by dates in them, and by their form; paragraphs
of the body by how they begin. Lettered clauses lie inside the numbered clause they follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from msgspec.structs import replace

from onrecord.annotate.cues import Cues
from onrecord.annotate.times import Expression
from onrecord.model import Document, Genre, Segment, SegmentKind, Span

HEAD = 60
"""At most so many lines are head; a list of a thousand lines is no letterhead."""
SENTENCE = 45
"""A line that ends with a stop and is longer is a sentence of running text."""
STORY = 1200
"""A digest's story is a headline and a teaser, no longer."""
SHORT = 120
"""A signature, a name, a dateline is no longer."""
_MASTHEAD = re.compile(r"\s[·/|•]\s")
"""What parts the fields of a masthead or a wire's slug."""
_NAMED: tuple[Genre, ...] = (
    "statement", "resolution", "agreement", "translation", "speech", "interview", "digest",
)  # fmt: skip
"""Genres that a headline calls by their names."""
_FINAL = ".!?…؟۔。！？।;؛,،:"
_CLOSERS = "”\"»’' "
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)\]]|\d{1,3}\s?[-–—])\s*\S|[٠-٩]{1,3}\s?[-–—.)]\s*\S")
_LETTERED = re.compile(r"\(?(?:[a-zа-яأ-ي]|[ivx]{1,5})\)\s*\S")
_BULLET = re.compile(r"[-–—•*·▪●◦]\s+\S")
_TURN = re.compile(r"(?:Q|A|Question|Answer|Pregunta|Respuesta|P|R|س|ج|Вопрос|Ответ|В|О)\s*[:.]\s")
_BRACKETED = re.compile(r"\[(?=[^\[\]\n]*[^\W\d_]{3})[^\[\]\n]{3,200}\]")
"""An editor's words inside a paragraph; figures alone are the number of a note."""
_CITED = re.compile(r"[”»\"]\s*[(\[][^()\[\]\n]{3,60}[)\]]$")
"""The end of a quotation that stands alone, with its reference."""
_INITIALLED = re.compile(
    r"(?:[.!?”]\s*[–—-]\s*(?:(?:[^\W\d_]\.\s?){1,3}|[^\W\d_]\w+(?:\s[^\W\d_]\w+){1,2})|[.!?]\s[^\W\d_]\.\s[^\W\d_]\w+)$"
)
_FIGURE = re.compile(r"\s*[\dIVX٠-٩]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYMBOL = re.compile(r"[^a-zа-я]*\d[^a-zа-я]*$")


class _Reader:
    """One document's paragraphs with the cues of its languages, while they are being told apart."""

    def __init__(
        self,
        document: Document,
        blocks: tuple[Span, ...],
        cues: Cues,
        expressions: tuple[Expression, ...],
    ) -> None:
        self.text = document.text
        self.blocks = blocks
        self.cues = cues
        self._begun: dict[int, dict[str, Span]] = {}
        self.dates = [it for it in expressions if it.value and it.type == "date" and len(it.value) >= 10]
        self.date_starts = [it.start for it in self.dates]
        self.headings = {start for start, _ in document.headings}
        self.furniture = sorted(document.boilerplate)
        self.title = _plain(document.title or "")

    def kinds(self) -> list[SegmentKind]:
        first, last = self._body()
        kinds: list[SegmentKind] = self._head(self.blocks[:first])
        below, inner = self._edited(first, last)
        if inner > first:
            kinds += ("preface" for _ in range(first, below))
            kinds += self._head(self.blocks[below:inner])
            first = inner
        kinds += self._middle(self.blocks[first:last])
        kinds += self._tail(self.blocks[last:])
        return kinds

    def _body(self) -> tuple[int, int]:
        """Where the body begins and ends, as numbers of paragraphs."""
        count = len(self.blocks)
        first = next((n for n, block in enumerate(self.blocks[:HEAD]) if self._running(block)), None)
        if first is None:
            head = min(count, HEAD)
            return head, max(head, count)
        last = next(n for n in range(count, first, -1) if self._running(self.blocks[n - 1]))
        while last < count and self._clause(self.blocks[last]):
            last += 1
        return first, last

    def _edited(self, first: int, last: int) -> tuple[int, int]:
        """Where an editor's own paragraphs above a text end, and where the text's body begins; `first` for none.

        They are introduced as such or signed with initials, and a headline or letterhead of the text follows them.
        """
        below = first
        while below < last and below - first < 5 and self._running(self.blocks[below]):
            below += 1
        if not any(self._begins(it, "preface") or self._initialled(it) for it in self.blocks[first:below]):
            return first, first
        inner = next((n for n in range(below, min(last, below + HEAD)) if self._running(self.blocks[n])), below)
        return (below, inner) if inner > below else (first, first)

    def _initialled(self, block: Span) -> bool:
        """Whether a paragraph ends with who wrote it: "– L. N.", "– Mara Oru", "… are ours. M. Oru"."""
        if block.end - block.start < SENTENCE:
            return False
        return _INITIALLED.search(self.text, max(block.start, block.end - 40), block.end) is not None

    def _clause(self, block: Span) -> bool:
        """An enumerated clause that is short and ends with its stop: no signing line."""
        return self.text[block.end - 1] in ".;:؛,،" and self._enumerated(block)

    def _running(self, block: Span) -> bool:
        """Whether a paragraph is running text: long, or a sentence with its stop; or the line that enacts."""
        length = block.end - block.start
        last = self.text[block.end - 1]
        if (
            length > 400
            or self._initialled(block)
            or (length > SENTENCE and self._stops(block) and not self._framed(block))
        ):
            return True
        if length > 8 and _TURN.match(self.text, block.start):
            return True
        return length > 8 and last in ",،" and self._enacts(block)

    def _stops(self, block: Span) -> bool:
        """Whether a paragraph ends as a sentence or clause does, also inside a closing quotation mark."""
        end = block.end
        while end > block.start and self.text[end - 1] in _CLOSERS:
            end -= 1
        return end > block.start and self.text[end - 1] in _FINAL

    def _sentence(self, block: Span) -> bool:
        return self.text[block.end - 1] in ".!?" and len(_WORD.findall(block.of(self.text))) > 7

    def _framed(self, block: Span) -> bool:
        """Whether a line as long as a sentence belongs to the frame all the same."""
        return any(self._begins(block, section) for section in ("preface", "signed", "vocative")) and (
            block.end - block.start < SHORT
        )

    def _enacts(self, block: Span) -> bool:
        """A line that is a subject and a comma: "The Assembly of the Two Banks,"."""
        return block.end - block.start < SHORT and bool(self._begins(block, "enacting"))

    def _begins(self, block: Span, section: str) -> Span | None:
        """The phrase of a list that a paragraph begins with."""
        found = self._begun.get(block.start)
        if found is None:
            found = self._begun[block.start] = self.cues.begins(block.start, block.end)
        return found.get(section)

    def _furniture(self, block: Span) -> bool:
        at = bisect_right(self.furniture, (block.start, len(self.text))) - 1
        if at >= 0 and block.start < self.furniture[at][1]:
            return True
        if block.end - block.start > 60:
            return False
        line = block.of(self.text).casefold().strip(" .>»›|·•-–—:[]()")
        return (
            not line
            or line in self.cues.phrases.navigation
            or self._begins(block, "signup") is not None
            or self._menu(line)
        )

    def _menu(self, line: str) -> bool:
        """A row of navigation words: "Home | About | Contact"."""
        parts = [part.strip() for part in re.split(r"[|»›·•/]", line)]
        return len(parts) > 1 and sum(part in self.cues.phrases.navigation for part in parts) * 2 >= len(parts)

    def _dated(self, block: Span) -> bool:
        """A line that is hardly more than a date and a place."""
        length = block.end - block.start
        if length > SHORT or self._enumerated(block):
            return False
        at = bisect_left(self.date_starts, block.start)
        if at == len(self.dates) or self.dates[at].end > block.end:
            return False
        rest = length - (self.dates[at].end - self.dates[at].start)
        double = rest <= 60 and self.text[self.dates[at].start - 1 : self.dates[at].start] in ("[", "(")
        return (rest <= 35 or 3 * rest <= 2 * length or double) and self.text[block.end - 1] not in ";؛"

    def _head(self, blocks: tuple[Span, ...]) -> list[SegmentKind]:
        told: list[SegmentKind | None] = [self._frame(block) for block in blocks]
        best = self._headline(blocks, told)
        kinds: list[SegmentKind] = []
        for number, kind in enumerate(told):
            if kind is None:
                kind = "headline" if number == best or blocks[number].start in self.headings else "letterhead"
            kinds.append(kind)
        return kinds

    def _frame(self, block: Span) -> SegmentKind | None:
        """What a line of the head or tail shows itself to be; `None` where only its place can tell."""
        if self._furniture(block):
            return "boilerplate"
        if block.start in self.headings:
            return None
        if self._dated(block):
            return "dateline"
        if self._cited(block):
            return "citation"
        if self._begins(block, "preface"):
            return "preface"
        if block.end - block.start <= SHORT and self._begins(block, "byline"):
            return "byline"
        return "address" if self._vocative(block) else None

    def _vocative(self, block: Span) -> bool:
        if block.end - block.start > 200:
            return False
        if self.text[block.end - 1] in ":,!،":
            return self._begins(block, "vocative") is not None
        cue = self._begins(block, "letter_to")
        return cue is not None and self.text[cue.end + 1 : cue.end + 2].isupper() and block.end - block.start <= SHORT

    def _headline(self, blocks: tuple[Span, ...], told: list[SegmentKind | None]) -> int | None:
        """The number of the line that most looks like the headline, the first among equals."""
        scores = [
            (self._score(block) - 4 * self._under_name(blocks, n), -n)
            for n, block in enumerate(blocks)
            if told[n] is None
        ]
        if not scores:
            return None
        best, number = max(scores)
        return -number if best > 0 or len(scores) == 1 else None

    def _under_name(self, blocks: tuple[Span, ...], number: int) -> bool:
        """Whether a line goes on with a letterhead: right under the name of a body, and the last such line ends it."""
        first = number
        while first and _adjoin(self.text, blocks[first - 1].end, blocks[first].start) and number - first < 6:
            first -= 1
        line = blocks[first].of(self.text)
        ends = number + 1
        while ends < len(blocks) and _adjoin(self.text, blocks[ends - 1].end, blocks[ends].start) and ends - number < 6:
            ends += 1
        parted = first > 0 or ends < len(blocks)
        return parted and first < number and self._namelike(line, _WORD.findall(line))

    def _score(self, block: Span) -> int:
        line = block.of(self.text)
        words = _WORD.findall(line)
        named = next((hit for name in _NAMED if (hit := self.cues.within(name, block.start, block.end))), None)
        bare = named is not None and named.end - named.start >= len(line.rstrip(" 0123456789()/.:-")) - 1
        name = self._namelike(line, words)
        return (
            5 * (block.start in self.headings)
            + 6 * (bool(self.title) and _plain(line) == self.title)
            + (3 if named and not bare else 2 if bare else 0)
            + (4 if len(words) > 3 and not name else len(words) > 1)
            - 3 * name
            - 3 * (self._begins(block, "dated") is not None)
            - 3 * (not words or _SYMBOL.match(line) is not None or _MASTHEAD.search(line) is not None)
            - 2 * (line[0] in "([")
        )

    def _namelike(self, line: str, words: list[str]) -> bool:
        """Whether a line is the name of a body or paper: its longer words have capitals, and one says what it is."""
        heads = self.cues.phrases.bodies
        if len(words) > 8 or not words:
            return False
        if self.cues.phrases.tags[0] != "en" and words[0].casefold() in heads:
            return True
        return all(word[0].isupper() for word in words if len(word) > 3) and any(w.casefold() in heads for w in words)

    def _middle(self, blocks: tuple[Span, ...]) -> list[SegmentKind]:
        kinds: list[SegmentKind] = []
        signing = False
        for number, block in enumerate(blocks):
            kind = "dateline" if number in (1, 2) and self._dated(block) else self._paragraph(block, signing)
            signing = kind == "signature" or (kind == "closing" and self._signs(block))
            if kind == "point" and kinds[-1:] == ["headline"] and block.start not in self.headings:
                kinds[-1] = "body"
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
        for number in range(len(kinds) - 1, max(-1, len(kinds) - 3), -1):
            if kinds[number] != "body" or blocks[number].end - blocks[number].start > SHORT:
                return
            if self._begins(blocks[number], "closing"):
                kinds[number] = "closing"

    def _paragraph(self, block: Span, signing: bool) -> SegmentKind:
        """A paragraph of the body."""
        length = block.end - block.start
        if (self.furniture or length <= SHORT) and self._furniture(block):
            return "boilerplate"
        if block.start in self.headings:
            return "headline"
        if signing and length <= SHORT and not self._sentence(block):
            return "signature"
        if length <= SHORT and self._signs(block):
            return "closing"
        if length <= 2 * SHORT and self._stands_for(block):
            return "signature"
        if self._enumerated(block):
            return "point"
        if self._cited(block):
            return "citation"
        if self._vocative(block):
            return "address"
        if self._begins(block, "preface"):
            return "preface"
        if self.text[block.start] in "[(" and self.text[block.end - 1] in "])":
            return "point" if _NUMBERED.match(self.text, block.start + 1, block.end) else "insertion"
        if self._begins(block, "note"):
            return "note"
        return "headline" if length <= 80 and self._subheading(block) else "body"

    def _cited(self, block: Span) -> bool:
        """A quotation that is a paragraph of its own and names where it is from."""
        if block.end - block.start > 400 or self.text[block.start] not in '“«"':
            return False
        return _CITED.search(self.text, max(block.start, block.end - 70), block.end) is not None

    def _signs(self, block: Span) -> bool:
        """A line that announces who signs: "Signatories:", "The four organisations that sign:"."""
        if self.text[block.end - 1] not in ":：":
            return False
        last = self.cues.within("signed", max(block.start, block.end - 30), block.end)
        return self._begins(block, "signed") is not None or (last is not None and block.end - last.end < 4)

    def _stands_for(self, block: Span) -> bool:
        """A signing line with the body and the person: "For the Union: Mara Oru"; or one with its witnesses."""
        if self._begins(block, "endorsed"):
            return self.text[block.end - 1] != ":"
        cue = self._begins(block, "signs_for")
        return cue is not None and ":" in self.text[cue.end : block.end - 1]

    def _subheading(self, block: Span) -> bool:
        line = block.of(self.text)
        return not self._stops(block) and len(line) > 2 and not self._furniture(block) and line[0].isupper()

    def _enumerated(self, block: Span) -> bool:
        text = self.text
        if _NUMBERED.match(text, block.start, block.end) or _LETTERED.match(text, block.start, block.end):
            return True
        word = self._begins(block, "enumerators")
        if word and text[word.end : word.end + 2].strip()[:1] in tuple(",:.-–،"):
            return True
        word = self._begins(block, "articles")
        return bool(word and _FIGURE.match(text, word.end, word.end + 4))

    def _tail(self, blocks: tuple[Span, ...]) -> list[SegmentKind]:
        return [self._closing(block) for block in blocks]

    def _closing(self, block: Span) -> SegmentKind:
        """A line after the body's last running paragraph."""
        if self._furniture(block):
            return "boilerplate"
        if block.start in self.headings:
            return "headline"
        if self._dated(block):
            return "dateline"
        if self._begins(block, "note") or self._begins(block, "preface"):
            return "note"
        if self._stands_for(block):
            return "signature"
        if self._begins(block, "closing") or self._signs(block):
            return "closing"
        if block.end - block.start <= SHORT and self._begins(block, "byline"):
            return "byline"
        line = block.of(self.text)
        if len(line) > SHORT or line[-1] in '.!?…؟۔。”"»':
            return "point" if self._enumerated(block) else "body"
        return "signature" if any(map(str.isalpha, line)) else "boilerplate"


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()


def find(
    document: Document,
    blocks: tuple[Span, ...],
    cues: Cues,
    expressions: tuple[Expression, ...],
) -> tuple[Segment, ...]:
    """One segment for each paragraph, in order, `g1`…; lettered clauses and stories of a digest as a tree."""
    reader = _Reader(document, blocks, cues, expressions)
    blocks, kinds = _joined(document.text, blocks, reader.kinds(), cues.phrases.offices)
    items = _items(blocks, kinds)
    segments: list[Segment] = []
    clause: int | None = None
    item: Segment | None = None
    for number, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if number in items:
            last = items[number]
            title = " ".join(block.of(document.text).split())
            item = Segment(f"g{len(segments) + 1}", "item", block.start, blocks[last].end, None, title)
            segments.append(item)
        elif item and block.start >= item.end:
            item = None
        parent = item.id if item else None
        lettered = kind == "point" and _LETTERED.match(document.text, block.start, block.end) is not None
        if lettered and clause is not None:
            parent = segments[clause].id
            segments[clause] = replace(segments[clause], end=block.end)
        elif not lettered:
            clause = len(segments) if kind == "point" else None
        segments.append(Segment(f"g{len(segments) + 1}", kind, block.start, block.end, parent))
        segments += _insertions(document.text, segments[-1], len(segments))
    return tuple(segments)


def _joined(
    text: str, blocks: tuple[Span, ...], kinds: list[SegmentKind], offices: frozenset[str]
) -> tuple[tuple[Span, ...], list[SegmentKind]]:
    """The lines of one letterhead as one block, and a signature with the office below it; an empty line parts two."""
    spans: list[Span] = []
    told: list[SegmentKind] = []
    for block, kind in zip(blocks, kinds, strict=True):
        above = told[-1] if told else None
        goes_on = kind == above and (
            kind == "letterhead"
            or (kind == "preface" and spans[-1].end - spans[-1].start < SENTENCE)
            or (kind == "signature" and _is_office(block.of(text), offices))
        )
        if goes_on and _adjoin(text, spans[-1].end, block.start):
            spans[-1] = Span(spans[-1].start, block.end)
        else:
            spans.append(block)
            told.append(kind)
    return tuple(spans), told


def _is_office(line: str, offices: frozenset[str]) -> bool:
    """Whether a line begins with the noun of an office or ends with it: "Spokeswoman", "General Secretary"."""
    words = _WORD.findall(line.casefold())
    return bool(words) and len(words) < 7 and not line[0].isdecimal() and bool(offices & {words[0], words[-1]})


def _adjoin(text: str, end: int, start: int) -> bool:
    """Whether no empty line lies between two lines."""
    return start - end < 200 and text[end:start].replace("\r\n", "\n").count("\n") == 1


def _insertions(text: str, around: Segment, count: int) -> list[Segment]:
    """An editor's words in square brackets inside a paragraph, as its children."""
    if around.kind in ("boilerplate", "insertion"):
        return []
    found = (it.span() for it in _BRACKETED.finditer(text, around.start, around.end))
    inner = [span for span in found if span != (around.start, around.end)]
    return [Segment(f"g{count + n}", "insertion", *span, around.id) for n, span in enumerate(inner, 1)]


def _items(blocks: tuple[Span, ...], kinds: list[SegmentKind]) -> dict[int, int]:
    """The stories of a digest, first paragraph to last: headlines with a few short paragraphs each, three or more."""
    found: dict[int, int] = {}
    starts = [n for n, kind in enumerate(kinds) if kind == "headline" and kinds[n + 1 : n + 2] == ["body"]]
    for start in starts:
        last = start + 1
        while last + 1 < len(kinds) and kinds[last + 1] == "body":
            last += 1
        if last - start > 3 or blocks[last].end - blocks[start].start > STORY:
            return {}
        found[start] = last
    return found if len(found) > 2 else {}
