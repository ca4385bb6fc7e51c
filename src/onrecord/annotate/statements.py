"""The public acts of speaking that a document carries: whose they are, who signed them, and to whom they speak.

The issuer is taken from the surest of: the words that name one ("Statement by …", "adopted by …"), the line that enacts
("The Assembly,"), the letterhead. Signatories are the lines under "Signed:" or at the end. Where a text counts its
signatories and lists them, the two are compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.cues import Cues
from onrecord.annotate.genre import Judged, enacting_line
from onrecord.lexicon import lexicon
from onrecord.model import (
    Addressee,
    DateFact,
    Document,
    Entity,
    Genre,
    Mention,
    Notice,
    Party,
    PartyRole,
    Segment,
    Span,
    Statement,
)
from onrecord.text.spans import trim

OPENING = 3
"""So many paragraphs at the start of the body are read for parties named in a row."""
LONGEST = 600
"""Code points of a paragraph that are read for names of parties."""
_SPOKEN: frozenset[Genre | None] = frozenset(("statement", "resolution", "agreement", "speech", "translation"))
"""Genres whose letterhead is the speaker's own; a report's or digest's is the outlet's."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYMBOL = re.compile(r"[^a-zа-я]*\d[^a-zа-я]*$")
_SEPARATOR = re.compile(r"[\s,;:،–-]*(?:and\s|et\s|y\s|и\s|و)?\s*(?:the\s|of\s|of the\s|du\s|de la\s|del\s)?")
_LABEL = re.compile(r"[\w .]{1,20}[:.]\s")
_MARK = re.compile(r"\s*(?:\(?\d{1,4}[.)\]]|[-–—•*·▪●]|\d{1,4}\s[-–—])?\s*(?:/s/\s*)?")
_GLOSS = re.compile(r"\s*[(\[]|\s+[–—-]\s+|,\s|\t|\n|\s{3,}")
_FIELDS = re.compile(r"(?:,\s[^\W\d_][\w-]*){1,4},?\s(?:and|et|y|и)\s[^\W\d_][\w-]*\Z")
"""The rest of a name that lists its fields: ", Industry and Energy"."""
_LIST = re.compile(r"\s*[;,،]\s*(?:and\s+|et\s+|y\s+|и\s+)?|\s+(?:and|et|y|и)\s+")
_BEFORE = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"[^\W\d]{1,6}[.°º]?\s*\d+$")
"""The number of a communiqué, where a name would stand: "No. 7"."""
_LINE = re.compile(r"[^\n]+")
_FOLLOWS = re.compile(r"\s*[,;·|\[(]")
"""What stands between the name of a body and the rest of its line: its office, its seat, its name in another tongue."""


class _Frame:
    """What the statement's parties are read from."""

    def __init__(
        self,
        document: Document,
        cues: Cues,
        segments: Sequence[Segment],
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
    ) -> None:
        self.text = document.text
        self.cues = cues
        self.segments = segments
        self.body = next((n for n, it in enumerate(segments) if it.kind in ("body", "point")), len(segments))
        self.mentions = [it for it in mentions if not it.nominal]
        self.starts = [it.start for it in self.mentions]
        self.names = {entity.id: entity.name for entity in entities}

    def mention_in(self, span: Span) -> Mention | None:
        """The longest mention inside a span, where it makes up most of it."""
        at = bisect_left(self.starts, span.start)
        inside = []
        while at < len(self.mentions) and self.mentions[at].end <= span.end:
            inside.append(self.mentions[at])
            at += 1
        best = max(inside, key=lambda it: it.end - it.start, default=None)
        return best if best and 2 * (best.end - best.start) > span.end - span.start else None

    def mention_over(self, offset: int) -> Mention | None:
        """The mention that an offset lies inside of, not at its start."""
        at = bisect_left(self.starts, offset) - 1
        return self.mentions[at] if at >= 0 and offset < self.mentions[at].end else None

    def mention_at(self, start: int) -> Mention | None:
        """The mention that begins at an offset."""
        at = bisect_left(self.starts, start)
        return self.mentions[at] if at < len(self.mentions) and self.mentions[at].start == start else None

    def row(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions that follow one another from an offset on, with nothing but separators and articles between."""
        at = bisect_left(self.starts, start)
        while at < len(self.mentions) and self.mentions[at].end <= end:
            mention = self.mentions[at]
            if not _SEPARATOR.fullmatch(self.text, start, mention.start):
                return
            yield mention
            start = mention.end
            at += 1

    def party(self, role: PartyRole, span: Span) -> Party:
        mention = self.mention_in(span)
        return Party(role, mention.entity if mention else None, " ".join(span.of(self.text).split()), (span,))


def find(
    document: Document,
    cues: Cues,
    segments: Sequence[Segment],
    dates: Sequence[DateFact],
    judged: Judged,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[tuple[Statement, ...], tuple[Notice, ...]]:
    """The document's statements (`st1`…) with their parties; a notice where a count of signatories does not hold."""
    if judged.genre is None:
        return (), ()
    frame = _Frame(document, cues, segments, mentions, entities)
    signatories = list(_signatories(frame)) if judged.genre != "report" else []
    running = list(_in_running_text(frame))
    parties = [*_issuers(frame, judged.genre), *_behalf(frame), *running, *signatories]
    issued = next((fact.value for fact in dates if fact.role == "issued"), None)
    statement = Statement("st1", None, judged.genre, issued, tuple(dict.fromkeys(parties)), tuple(_addressees(frame)))
    return (statement,), tuple(_miscounted(frame, _once([*running, *signatories])))


def _once(parties: list[Party]) -> list[Party]:
    """The signatories, each name once."""
    named = {party.name.casefold(): party for party in parties if party.role == "signatory"}
    return sorted(named.values(), key=lambda party: party.spans)


def _in_running_text(frame: _Frame) -> Iterator[Party]:
    """Those whom the opening names in a row: "We, the undersigned, A, B and C", "attended by A and B"."""
    rows: tuple[tuple[str, PartyRole], ...] = (
        ("signed", "signatory"),
        ("attended", "participant"),
        ("sponsored", "sponsor"),
    )
    for segment in frame.segments[: frame.body + OPENING]:
        for section, role in rows:
            hit = frame.cues.within(section, segment.start, min(segment.end, segment.start + LONGEST))
            if hit and (segment.kind == "body" or section == "sponsored"):
                for mention in frame.row(hit.end, segment.end):
                    yield frame.party(role, Span(mention.start, mention.end))


def _issuers(frame: _Frame, genre: Genre) -> Iterator[Party]:
    """The issuer by the surest rule that gives one."""
    spans = _named(frame, "issuer") or _enacting(frame)
    if not spans and genre in _SPOKEN:
        spans = _letterhead(frame) or (_signed_for(frame) if genre != "agreement" else [])
    for span in spans:
        yield frame.party("issuer", span)


def _named(frame: _Frame, section: str) -> list[Span]:
    """The name after the first phrase of a section, in the head, the tail, or the opening of the body."""
    for segment in _frame_segments(frame):
        hit = frame.cues.within(section, segment.start, min(segment.end, segment.start + LONGEST))
        span = _name(frame, hit.end, segment.end) if hit and not _mere_genre(frame, hit, segment.end) else None
        if span:
            return [span]
    return []


def _mere_genre(frame: _Frame, hit: Span, end: int) -> bool:
    """Whether the phrase only begins the name of a kind of text: "communiqué de presse"."""
    return any(
        hit.end < longer.end
        for longer in frame.cues.all_within("statement", hit.start, end)[:3]
        if longer.start == hit.start
    )


def _frame_segments(frame: _Frame) -> Iterator[Segment]:
    kinds = ("boilerplate", "note", "point")
    for number, segment in enumerate(frame.segments):
        if segment.kind not in kinds and (number < frame.body + 1 or segment.kind not in ("body", "headline")):
            yield segment


def _name(frame: _Frame, start: int, end: int) -> Span | None:
    """The name that begins here: a mention, where one begins here and reaches further; else up to the first stop."""
    span = frame.cues.name_at(start, end)
    mention = frame.mention_at(span.start)
    if mention and mention.end > span.end:
        span = Span(mention.start, mention.end)
    name = span.of(frame.text)
    named = _WORD.search(name) and name[0].isalpha() and not name[0].islower() and not _ORDINAL.match(name)
    return span if named else None


def _enacting(frame: _Frame) -> list[Span]:
    span = enacting_line(frame.text, frame.cues, tuple(frame.segments[max(0, frame.body - 2) : frame.body + 2]))
    return [trim(frame.text, *span)] if span else []


def _letterhead(frame: _Frame) -> list[Span]:
    """The first line of the letterhead that can be a name: words, no reference number, no "Distr.: General".

    Where an editor's preface stands above, the letterhead is the one below it.
    """
    head = frame.segments[: frame.body]
    after = max((n for n, it in enumerate(head) if it.kind == "preface"), default=-1)
    for segment in head[after + 1 :]:
        if segment.kind == "letterhead":
            for line in _LINE.finditer(frame.text, segment.start, segment.end):
                span = _body_named(frame, *line.span())
                if span:
                    return [span]
    return []


def _body_named(frame: _Frame, start: int, end: int) -> Span | None:
    """The name in a line of a letterhead, without its ornaments and without what follows the name of a body."""
    line = frame.text[start:end]
    bare = line.strip(" :*=_-–—•#|~")
    if not _WORD.search(bare) or _SYMBOL.match(bare) or _LABEL.match(bare) or len(bare) >= 120:
        return None
    start += line.index(bare)
    end = start + len(bare)
    mention = frame.mention_at(start) or (frame.mention_at(start + 4) if bare[:4].lower() == "the " else None)
    kind = frame.cues.within("statement", start, end)
    if kind and kind.start - start < 3 and mention is None:
        return None
    cut = mention and mention.end <= end and _FOLLOWS.match(frame.text, mention.end, end)
    if mention and cut and not _FIELDS.match(frame.text[mention.end : end].lower()):
        return Span(mention.start, mention.end)
    return Span(start, end)


def _signed_for(frame: _Frame) -> list[Span]:
    """The body in whose name a closing line signs: "For the Harbour Union"."""
    for segment in frame.segments[frame.body :]:
        span = _stood_for(frame, segment) if segment.kind in ("closing", "signature") else None
        if span:
            return [span]
    return []


def _stood_for(frame: _Frame, segment: Segment) -> Span | None:
    cue = frame.cues.begins(segment.start, segment.end).get("signs_for")
    return _name(frame, cue.end, segment.end) if cue else None


def _behalf(frame: _Frame) -> Iterator[Party]:
    for span in _named(frame, "behalf"):
        yield frame.party("on-behalf-of", span)


def _signatories(frame: _Frame) -> Iterator[Party]:
    """One for each signing line, or for each name of a list in one line; an office under a person's name is neither."""
    role: PartyRole = "signatory"
    person = False
    for segment in frame.segments[frame.body :]:
        if segment.kind == "closing":
            person = False
            role = "witness" if "endorsed" in frame.cues.begins(segment.start, segment.end) else "signatory"
            yield from _listed(frame, segment, role)
        elif segment.kind == "signature" and (several := list(_standing(frame, segment))):
            yield from several
            person = False
        elif segment.kind == "signature":
            span = _signer(frame, segment)
            mention = frame.mention_at(span.start)
            if span.start < span.end and not (person and mention is None and span.start == segment.start):
                yield frame.party(role, span)
            person = mention is not None and mention.type == "person"


def _standing(frame: _Frame, segment: Segment) -> Iterator[Party]:
    """The parties of a line such as "For the Union: Mara Oru" or "In the presence of the Council and the Society"."""
    begun = frame.cues.begins(segment.start, segment.end)
    if "endorsed" in begun:
        for mention in frame.row(begun["endorsed"].end, segment.end):
            yield frame.party("witness", Span(mention.start, mention.end))
    elif "signs_for" in begun:
        span = _name(frame, begun["signs_for"].end, segment.end)
        if span:
            yield frame.party("signatory", span)


def _signer(frame: _Frame, segment: Segment) -> Span:
    """The name in a signing line, without its number, gloss and office."""
    mark = _MARK.match(frame.text, segment.start, segment.end)
    start = mark.end() if mark else segment.start
    mention = frame.mention_at(start)
    gloss = _GLOSS.search(frame.text, start, segment.end)
    last = segment.end if gloss is None or _FIELDS.match(frame.text, gloss.start(), segment.end) else gloss.start()
    over = frame.mention_over(last)
    if over and over.end <= segment.end:
        last = over.end
    elif mention and mention.end < last and mention.type == "person":
        last = mention.end
    return trim(frame.text, start, last)


def _listed(frame: _Frame, segment: Segment, role: PartyRole) -> Iterator[Party]:
    """The names of a list that follows its cue in the same paragraph: "Signed: A, B and C"."""
    cue = frame.cues.begins(segment.start, segment.end).get("signed")
    if cue is None or not frame.text[cue.end : cue.end + 3].lstrip().startswith(":"):
        return
    start = frame.text.index(":", cue.end) + 1
    for begin, end in _items(frame, start, segment.end):
        span = trim(frame.text, begin, end)
        if span.start < span.end and _WORD.search(span.of(frame.text)):
            yield frame.party(role, span)


def _items(frame: _Frame, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list between separators that lie in no mention, so that a name's own commas do not part it."""
    while end > start and frame.text[end - 1] in ".;, ":
        end -= 1
    at = start
    for match in _LIST.finditer(frame.text, start, end):
        if frame.mention_over(match.start()):
            continue
        yield at, match.start()
        at = match.end()
    yield at, end


def _addressees(frame: _Frame) -> Iterator[Addressee]:
    for segment in frame.segments:
        if segment.kind != "address":
            continue
        begun = frame.cues.begins(segment.start, segment.end)
        phrase = begun.get("vocative") or begun.get("letter_to")
        cue = phrase.of(frame.cues.flat).split()[0] if phrase else ""
        start = phrase.start + len(cue) if phrase and cue in _PARTICLES else segment.start
        for low, high in _parts(_AND_TO, frame.text, start, segment.end):
            span = _addressed(frame, low, high)
            if span:
                mention = frame.mention_in(span)
                yield Addressee(span.of(frame.text), mention.entity if mention else None, (span,))


def _addressed(frame: _Frame, start: int, end: int) -> Span | None:
    """The name of an addressee in a part of a vocative line: the mention that makes up most of it, else all of it."""
    span = trim(frame.text, start, end)
    mention = frame.mention_at(span.start) or frame.mention_at(span.start + len("the "))
    if mention and mention.end <= span.end:
        return Span(mention.start, mention.end)
    comma = _COMMA.search(frame.text, span.start, span.end)
    span = trim(frame.text, span.start, comma.start() if comma else span.end)
    return span if span.start < span.end else None


def _parts(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


_AND_TO = re.compile(r"[,;،]?\s+(?:and to|et à|et aux|y a|и к|وإلى)\s+")
_COMMA = re.compile(r"[,:!،]|\.\s*$")
_PARTICLES = frozenset(("o", "to", "dear", "aux", "يا", "أيها", "أيتها", "إلى", "уважаемые", "дорогие", "к"))


def _miscounted(frame: _Frame, signatories: list[Party]) -> Iterator[Notice]:
    """A notice where the text counts its signatories and the list has another number of them."""
    if len(signatories) < 2:
        return
    for segment in frame.segments:
        if segment.kind in ("signature", "boilerplate"):
            continue
        end = min(segment.end, segment.start + LONGEST)
        for hit in frame.cues.all_within("counts", segment.start, end):
            number, count = _counted(frame, max(segment.start, hit.start - 40), hit.start)
            if count and count > 1 and count != len(signatories):
                counted = Span(number, hit.end)
                listed = Span(signatories[0].spans[0].start, signatories[-1].spans[-1].end)
                yield Notice(
                    "statements",
                    "count-mismatch",
                    f"The text speaks of {count} (“{counted.of(frame.text)}”), but {len(signatories)} signatories were "
                    "found in its list. Check the list and the count.",
                    (counted, listed),
                )
                return
            if count:
                return


def _counted(frame: _Frame, start: int, end: int) -> tuple[int, int | None]:
    """Where a number stands among the last two words before `end`, and the number."""
    words = list(_BEFORE.finditer(frame.text, start, end))[-2:]
    for word in reversed(words):
        count = _count(frame.cues.phrases.tags, word[0])
        if count:
            return word.start(), count
    return end, None


def _count(tags: tuple[str, ...], word: str) -> int | None:
    """A number in figures or words."""
    if word.isdecimal():
        return int(word)
    for tag in tags:
        for value, words in lexicon(tag)["time"].get("numbers", {}).items():
            if word.lower() in words:
                return int(value)
    return None
