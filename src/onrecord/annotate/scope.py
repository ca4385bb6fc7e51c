"""One statement's part of a document: its segments, the names in it, and the lines that frame it.

A document is one scope; each story of a digest, each text of a file that holds several, is a scope of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from onrecord.annotate.cues import Cues
from onrecord.model import Document, Entity, Mention, Party, PartyRole, Segment, SegmentKind, Span
from onrecord.text.names import folded
from onrecord.text.spans import trim

ROW = 1200
"""Code points of a row of names that are read."""
LONGEST = 600
"""Code points of a paragraph that are read for names of parties."""
_BODY: frozenset[SegmentKind] = frozenset(("body", "point"))
_SEPARATOR = re.compile(
    r"[\s,;:،؛–—-]*(?:(?:and|as well as|together with|et|y|e|и|و|وال?)\s*)?(?:(?:by|for|of|with|to|par|por|à|a|от)\s)?"
    r"(?:(?:the|le|la|les|el|los|las|du|des|de la|del|de)\s|l['’])?"
)
_CAPITAL = r"(?:[^\W\d_a-zа-яà-ÿ][\w’'-]+|[A-Z]\.)"
_NAME_FORM = re.compile(
    rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|&)"
    rf"|\s(?:of the|of|for the|for|at the|at|in|on|de la|del|de|du|des|d['’])\s?{_CAPITAL})*"
    rf"(?:,\s{_CAPITAL}(?:\s{_CAPITAL})?\s(?:and|et|y|e|и)\s{_CAPITAL}(?=[,;.:)–-]|\s(?:and|et|y|и)\s|\s[–—])|\s\([^(),;\n]{{2,40}}\))?"
)
"""Words with capitals that "of" and the like join, with a last bracket."""
_AND_MORE = re.compile(rf"\sand\s{_CAPITAL}(?=[.,;:]|\s[a-z])")
"""What belongs to the last name of a row, whose "and" has been: "… and the Society for Birds | and Bogs"."""
_GOES_ON_WITH = re.compile(r"\s*(?:[,;،؛]|(?:and|as well as|together with|et|y|e|и)\s|و)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las)\s+|l['’]", re.IGNORECASE)
_LIST = re.compile(r"\s*[;,،؛]\s*(?:and\s+|et\s+|y\s+|и\s+|و(?=\w))?|\s+(?:and|et|y|e|и)\s+|\s+و(?=\w{3})")
_STRONG = re.compile(r"\s*[;؛]\s*(?:and\s+|et\s+|y\s+|и\s+)?")
_GOES_ON = re.compile(r"\s(?:for|against|in)\s(?:an?\s|the\s)?(?:[A-Z][\w’'-]*)(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*")
"""What a stop cuts off from a name: "Coalition | for an Open River"."""
_ORDINAL = re.compile(r"[^\W\d]{1,6}[.°º]?\s*\d+$")
"""The number of a communiqué, where a name would stand: "No. 7"."""


def _own(segments: Sequence[Segment]) -> int:
    """Where the statement's own segments begin: below an editor's preface, if a head of its own follows that."""
    body = next((n for n, it in enumerate(segments) if it.kind in _BODY), len(segments))
    after = max((n for n, it in enumerate(segments[:body]) if it.kind == "preface"), default=-1)
    own = any(it.kind in ("letterhead", "headline") for it in segments[after + 1 : body])
    return after + 1 if own else 0


class Scope:
    """What the parties of one statement are read from."""

    def __init__(
        self,
        document: Document,
        cues: Cues,
        segments: Sequence[Segment],
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
    ) -> None:
        self.document = document
        self.text = document.text
        self.cues = cues
        self.all = segments
        self.segments = segments = segments[_own(segments) :]
        self.body = next((n for n, it in enumerate(segments) if it.kind in _BODY), len(segments))
        low, high = (segments[0].start, segments[-1].end) if segments else (0, 0)
        first = bisect_left(mentions, low, key=lambda it: it.start)
        last = bisect_left(mentions, high, first, key=lambda it: it.start)
        self.mentions = [it for it in mentions[first:last] if not it.nominal]
        self._starts = [it.start for it in self.mentions]
        self.names = {entity.id: entity.name for entity in entities}

    # -- segments ------------------------------------------------------------------------------------------------------

    def of(self, *kinds: SegmentKind) -> list[Segment]:
        return [it for it in self.segments if it.kind in kinds]

    def head(self) -> Sequence[Segment]:
        """What stands above the body."""
        return self.segments[: self.body]

    def opening(self, count: int) -> Sequence[Segment]:
        return [it for it in self.segments[self.body :] if it.kind in _BODY][:count]

    def begins(self, segment: Segment, section: str) -> Span | None:
        return self.cues.begins(segment.start, segment.end).get(section)

    def within(self, section: str, segment: Segment) -> Span | None:
        return self.cues.within(section, segment.start, min(segment.end, segment.start + LONGEST))

    def listed(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a list between separators that lie in no mention, so that a name's own commas do not part it.

        Where semicolons part it, commas do not.
        """
        while end > start and self.text[end - 1] in ".;, ":
            end -= 1
        at = start
        pattern = _STRONG if _STRONG.search(self.text, start, end) else _LIST
        for match in pattern.finditer(self.text, start, end):
            if self.mention_over(match.start()):
                continue
            yield at, match.start()
            at = match.end()
        yield at, end

    # -- names ---------------------------------------------------------------------------------------------------------

    def mention_in(self, span: Span) -> Mention | None:
        """The longest mention inside a span, where it makes up most of it."""
        best = max(self.mentions_in(span.start, span.end), key=lambda it: it.end - it.start, default=None)
        return best if best and 2 * (best.end - best.start) > span.end - span.start else None

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        at = bisect_left(self._starts, start)
        inside = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].end <= end:
                inside.append(self.mentions[at])
            at += 1
        return inside

    def mention_over(self, offset: int) -> Mention | None:
        """The mention that an offset lies inside of, not at its start."""
        at = bisect_left(self._starts, offset) - 1
        return self.mentions[at] if at >= 0 and offset < self.mentions[at].end else None

    def mention_at(self, start: int) -> Mention | None:
        """The mention that begins at an offset, or past an article there."""
        for offset in (start, self.past_article(start, len(self.text))):
            at = bisect_left(self._starts, offset)
            if at < len(self.mentions) and self.mentions[at].start == offset:
                return self.mentions[at]
        return None

    def past_article(self, start: int, end: int) -> int:
        """Where the name begins in `[start, end)`: behind its article, if one stands there."""
        match = _ARTICLE.match(self.text, start, end)
        return match.end() if match and match.end() < end else start

    def row(self, start: int, end: int) -> Iterator[Span]:
        """The names that follow one another from an offset on, parted by commas, "and" and articles.

        A name is a mention, or words with capitals that "of" and the like join; the first word that is neither ends it.
        """
        limit = min(end, start + ROW)
        while True:
            gap = _SEPARATOR.match(self.text, start, limit)
            last = gap is not None and " and " in f" {gap[0].strip(' ,')} "
            start = gap.end() if gap else start
            span = self._in_row(start, limit)
            if span is None:
                return
            more = _AND_MORE.match(self.text, span.end, limit) if last else None
            span = Span(span.start, more.end()) if more else span
            yield span
            start = span.end
            if not _GOES_ON_WITH.match(self.text, start, limit):
                return

    def _in_row(self, start: int, end: int) -> Span | None:
        """The name that begins at an offset of a row."""
        mention = self.mention_at(start)
        form = _NAME_FORM.match(self.text, start, end) if self.text[start : start + 1].isupper() else None
        owns = mention is not None and self.text[mention.end : mention.end + 1] in ("'", "’")
        if mention and mention.start == start and mention.type == "person" and not owns:
            return Span(start, mention.end)
        last = max(form.end() if form else start, mention.end if mention and mention.start == start else start)
        span = Span(start, min(last, end))
        if span.start >= span.end or (mention and mention.type == "place" and last == mention.end):
            return None
        return span if self.is_name(span) else None

    def name_after(self, cue: Span, end: int) -> Span | None:
        """The name after a phrase: a mention, where one begins there and reaches further; else up to the first stop."""
        span = self.cues.name_at(cue.end, end)
        span = Span(self.past_article(*span), span.end)
        mention = self.mention_at(span.start)
        goes_on = _GOES_ON.match(self.text, span.end, end)
        if goes_on and self.cues.phrases.bodies.intersection(span.of(self.text).casefold().split()[-1:]):
            span = Span(span.start, goes_on.end())
        if mention and (mention.end > span.end or self.text[mention.end : mention.end + 1] in tuple(",;–")):
            span = Span(mention.start, mention.end)
        return span if span.start < span.end and self.is_name(span) else None

    def is_name(self, span: Span) -> bool:
        name = span.of(self.text)
        return bool(_WORD.search(name)) and name[0].isalpha() and not name[0].islower() and not _ORDINAL.match(name)

    def party(self, role: PartyRole, span: Span, rule: str, confidence: float) -> Party:
        """A party by the words that give it its role, without its article."""
        span = trim(self.text, *span)
        mention = self.mention_in(span)
        name = " ".join(span.of(self.text).split())
        entity = mention.entity if mention else self._elsewhere.get(folded(name))
        return Party(role, entity, name, (span,), rule, confidence)

    @cached_property
    def _elsewhere(self) -> dict[str, str | None]:
        """The entities by the words that mention them, for a name that was not found where it makes its party."""
        named: dict[str, str | None] = {}
        for mention in self.mentions:
            named.setdefault(folded(self.text[mention.start : mention.end]), mention.entity)
        return named
