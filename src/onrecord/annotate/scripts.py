"""Speech without quotation marks: lines of a script ("KESSAN: …", "Q: …"), dashes ("— Non, dit-il."), headlines.

A label makes a script where lines of at least two speakers have one and each is a name, in capitals or a word for one
who asks or answers; a dash opens speech where the line says who speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from onrecord.annotate import saying
from onrecord.annotate.clauses import COMMA, DASH, SEPARATING, Clause, line_clause
from onrecord.annotate.grammar import Grammar
from onrecord.annotate.sources import Names
from onrecord.model import Segment
from onrecord.text.spans import Cover, Span, trim

FEWEST = 3
"""Labelled lines that make a script."""
LONGEST = 6000
"""Code points that one speaker may go on for over paragraphs."""

_LABEL = re.compile(
    r"(?m)^[ \t]*[\"“]?((?:[^\W\d_][^\s:,;.!?\"“”]*\.?)(?: (?:[^\s:,;!?\"“”]+)){0,4})[ \xa0\u202f]?:[ \xa0]+(?=\S)"
)
_SPOKEN = re.compile(r"[\"“«]?[^\W\d]+[^\n]*?\s[^\W\d]|[\"“«]?[^\W\d]+[!?.…]")
"""What someone may say: two words, or one with its stop."""
_DIALOGUE = re.compile(r"(?m)^[ \t]*[—–-] ?(?=[^\s\d—–-])([^\n]+)")
_HEADLINE = re.compile(r"([^:\n]{2,60}): +(\S[^\n]*)")
_ASKING = frozenset(
    ["q", "a", "question", "answer", "interviewer", "moderator", "reporter", "r", "p", "pregunta", "respuesta",
     "réponse", "в", "о", "вопрос", "ответ", "корреспондент", "س", "ج", "سؤال", "جواب"]
)  # fmt: skip
_MARKS = '"“”‘’«»„'
_EDGE = " \t\r\n\xa0" + _MARKS


class Spoken(Struct, gc=False):
    """Words that a line gives to someone. `cue`: where the line has one."""

    source: Span | None
    cue: Span | None
    content: list[Span]
    rule: str
    confidence: float
    line: Span


def lines(
    text: str, segments: Sequence[Segment], names: Names, language: Callable[[int], Grammar | None]
) -> list[Spoken]:
    """What scripts, dialogues with dashes and headlines of the form "Kessan: We wait" say, in no order."""
    heads = Cover((it.start, it.end) for it in segments if it.kind == "headline")
    return [*_script(text, heads, names), *_dialogue(text, names, language), *_headlines(text, segments, names)]


def _script(text: str, heads: Cover, names: Names) -> Iterator[Spoken]:
    every = [
        it  # "Kessan: “We wait”" over an interview is its headline
        for it in _LABEL.finditer(text)
        if text[it.end()] not in _MARKS or not heads.over(it.start())
    ]
    labels = [match for match in every if _is_speaker(text, match, names)]
    if labels:  # beside a name, another label that comes again is one who speaks too
        often = Counter(match[1] for match in every)
        named = {match.start() for match in labels}
        labels = [it for it in every if it.start() in named or (often[it[1]] > 1 and it[1][0].isupper())]
    if len(labels) < FEWEST or len({match[1].casefold() for match in labels}) < 2:
        return
    if 2 * sum(_SPOKEN.match(text, match.end()) is not None for match in labels) < len(labels):
        return  # "Injured: 12": a table
    for number, match in enumerate(labels):
        start = match.end()
        following = labels[number + 1].start() if number + 1 < len(labels) else None
        end = following if following is not None and following - start < LONGEST else _paragraph_end(text, start)
        content = _bare(text, start, end)
        if content.start < content.end:
            yield Spoken(Span(*match.span(1)), None, [content], "script-line", 0.85, Span(match.start(), end))


def _is_speaker(text: str, match: re.Match[str], names: Names) -> bool:
    label = match[1]
    if label.casefold() in _ASKING:
        return True
    if not label[0].isupper() and label[0].lower() != label[0].upper():
        return False
    name = names.over(match.start(1))
    if name is not None and name.type == "person" and name.end <= match.end(1):
        return True
    letters = [c for c in label if c.isalpha()]
    return len(letters) > 2 and label.isupper() and len(label.split()) < 4


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _bare(text: str, start: int, end: int) -> Span:
    """Without white space and marks at its ends."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _headlines(text: str, segments: Sequence[Segment], names: Names) -> Iterator[Spoken]:
    heads = [Span(it.start, it.end) for it in segments if it.kind == "headline"]
    first = trim(text, 0, _paragraph_end(text, len(text) - len(text.lstrip())))
    for head in heads if heads or first.end == len(text.rstrip()) else [first]:
        match = _HEADLINE.fullmatch(text, *head)
        if match and _is_named(text, match, names):
            content = _bare(text, *match.span(2))
            rule = "headline-quotation" if text[match.start(2)] in _MARKS else "headline-colon"
            yield Spoken(Span(*match.span(1)), None, [content], rule, 0.5, Span(*match.span()))


def _is_named(text: str, match: re.Match[str], names: Names) -> bool:
    """Whether the words before a colon are someone's name: one found, or one that the text has again."""
    name = names.over(match.start(1))
    if name is not None and name.end == match.end(1):
        return name.type in ("person", "organization")
    label = match[1]
    return len(label.split()) < 4 and label[0].isupper() and text.find(label, match.end()) >= 0


def _dialogue(text: str, names: Names, language: Callable[[int], Grammar | None]) -> Iterator[Spoken]:
    for match in _DIALOGUE.finditer(text):
        words = language(match.start(1))
        if words is None or (words.tag == "en" and text[match.start()] == "-"):
            continue
        spoken = _said(line_clause(text, words, match.start(1), match.end(1)), names, Span(*match.span()))
        if spoken is not None:
            yield spoken


def _said(clause: Clause, names: Names, line: Span) -> Spoken | None:
    """ "Non, dit-il, je reste.", "Нет, — сказал он. — Не пойду.", "No —dijo Juan—. Me quedo."."""
    for cue in saying.cues(clause, names):
        if not (cue.own and cue.lead > 0 and cue.source is not None):
            continue
        if not cue.inverted and any(not clause.mark(at) for at in range(cue.stop, len(clause))):
            continue
        before = clause.low[cue.lead - 1]
        if before not in SEPARATING and before not in "!?…":
            continue
        spans = [trim(clause.text, clause.start, clause.starts[cue.lead - 1] + (before in "!?…"))]
        behind = _behind(clause, cue.tail, before)
        if behind is not None:
            spans.append(trim(clause.text, behind, clause.end))
        first = spans[0]
        while first.end > first.start and clause.text[first.end - 1] in " ,—–":
            first = Span(first.start, first.end - 1)
        spans = [span for span in (first, *spans[1:]) if span.start < span.end]
        return Spoken(cue.source, cue.span, spans, "dialogue-dash", 0.85, line) if spans else None
    return None


def _behind(clause: Clause, tail: int, before: str) -> int | None:
    """Where the speech goes on behind the words that say who speaks."""
    dashed = before in DASH
    for at in range(tail, len(clause)):
        low = clause.low[at]
        if low in DASH:
            at += 1
            while at < len(clause) and clause.low[at] in ".,":
                at += 1
            return clause.starts[at] if at < len(clause) else None
        if low in COMMA and not dashed:
            return clause.ends[at]
    return None
