"""A document's text with the voices through which its words reach us beside it: `onrecord show --voices`.

`stretches` cuts the text where the chain of voices changes; `lines` sets the stretches beside their chains, or below
them where the terminal is narrow. The text keeps every character: only rows are broken, and what would steer a terminal
is shown by `safe`, as everywhere. Names and rows that run from right to left stand in isolates, so that a terminal that
orders them does so one by one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise, zip_longest

from msgspec import Struct

from onrecord.model import Attribution, AttributionKind, Record, Statement, Voice

OWN = "the document’s own voice"
UNNAMED = "nobody named"
EDITOR = "its editor"
ASIDES = frozenset(["preface", "insertion", "note"])
"""Segments in which who edits or translates speaks, not who issued the text."""
SIGNS: dict[AttributionKind, str] = {"direct": "“”", "indirect": "~", "mixed": "“~"}
STEP = " ▸ "
LEGEND = f"voices from outside in, {STEP.strip()} between; " + "  ".join(f"{SIGNS[kind]} {kind}" for kind in SIGNS)
SIDE = 28
"""Cells of the margin."""
BAR = " │ "
NARROW = 72
"""Cells under which chains stand above the text."""
OPENING, CLOSING = "“«„‘‹「『\"'‚", "”»’›」』\"'“"
STOPS = ".,;:!?…،؛؟。、，"
"""Signs right behind words that belong to them."""

_SIGN_OR_NAMES = re.compile(r"(?:^(?:“”|“~|~) )|[^▸]+")
_TOKEN = re.compile(r"\S+\s*|\s+")
_CLOSES = re.compile(r"\S*\s*")
_SPACE = re.compile(r"\s*")


class Stretch(Struct, frozen=True):
    """Words with one chain of voices: `text[start:end]`; `chain` holds names, from outside in."""

    start: int
    end: int
    chain: tuple[str, ...]
    kind: AttributionKind | None = None
    """How the words are attributed; `None` outside any attribution."""
    rule: str = ""
    confidence: float | None = None


class _Around(Struct, frozen=True):
    """Something that stands around words, the deeper the nearer to them."""

    start: int
    end: int
    depth: int
    chain: tuple[str, ...]
    found: Attribution | None = None

    @property
    def key(self) -> object:
        """What tells one voice from the next."""
        return self.found.id if self.found else self.chain


def stretches(record: Record) -> list[Stretch]:
    """The text cut where the chain of voices changes; the stretches follow one another and cover it."""
    text = record.text
    voices = _without_gaps(text, _voiced(text, _around(record)))
    starts = [0, *(_between(text, *pair) for pair in pairwise(voices))]
    ends = [*starts[1:], len(text)]
    return [_stretch(*each) for each in zip([around for _, _, around in voices], starts, ends, strict=True)]


_Voiced = tuple[int, int, _Around]
"""Words from here to there, and what stands nearest around them."""


def _voiced(text: str, around: Sequence[_Around]) -> list[_Voiced]:
    """The text cut at every change of what stands nearest around the words."""
    nothing = _Around(0, len(text), -1, (OWN,))
    begins: dict[int, list[_Around]] = {0: [nothing]}
    for each in around:
        begins.setdefault(each.start, []).append(each)
    cut = sorted({0, len(text), *(at for each in around for at in (each.start, min(each.end, len(text))))})
    nearest: list[tuple[int, int, int, int, _Around]] = []
    found: list[_Voiced] = []
    for start, end in pairwise(cut):
        for number, each in enumerate(begins.get(start, ())):
            heappush(nearest, (-each.depth, -each.start, each.end, number, each))
        while nearest[0][-1].end <= start:
            heappop(nearest)
        found.append((start, end, nearest[0][-1]))
    return _joined(found) or [(0, len(text), nothing)]


def _joined(found: Iterable[_Voiced]) -> list[_Voiced]:
    """Neighbours with one voice as one."""
    made: list[_Voiced] = []
    for start, end, around in found:
        if made and made[-1][2].key == around.key:
            made[-1] = (made[-1][0], end, made[-1][2])
        else:
            made.append((start, end, around))
    return made


def _without_gaps(text: str, voiced: Sequence[_Voiced]) -> list[_Voiced]:
    """Marks and white space alone between two voices go with the words that they close or open."""
    kept: list[_Voiced] = []
    opened: int | None = None
    for (start, end, around), after in zip_longest(voiced, voiced[1:]):
        beside = max(kept[-1][2].depth if kept else -1, after[2].depth if after else -1)
        wordless = not any(sign.isalnum() for sign in text[start:end])
        if wordless and (around.found is None or around.depth < beside):
            closing = _CLOSES.match(text, start, end) if kept else None
            opened = closing.end() if closing else start
            if closing:
                kept[-1] = (kept[-1][0], opened, kept[-1][2])
            continue
        kept.append((start if opened is None else opened, end, around))
        opened = None
    return _joined(kept) or list(voiced[:1])


def _between(text: str, before: _Voiced, after: _Voiced) -> int:
    """Where one stretch ends and the next begins: marks go with the words that they stand around."""
    at = after[0]
    if after[2].depth > before[2].depth:
        while after[2].found is not None and at - 1 > before[0] and text[at - 1] in OPENING:
            at -= 1
    else:
        while before[2].found is not None and at + 1 < after[1] and text[at] in CLOSING:
            at += 1
        if before[2].found is not None and at + 1 < after[1] and text[at] in STOPS:
            at += 1
    space = _SPACE.match(text, at, after[1])
    return space.end() if space else at


def _around(record: Record) -> list[_Around]:
    """Statements, asides and attributions, as they stand around words."""
    publisher = (record.capture.publisher,) if record.capture.publisher else ()
    translator = next((v.name for a in record.attributions for v in a.voices if v.role == "translator"), None)
    outer = (*publisher, *((translator,) if translator else ()))
    bounds = {segment.id: (segment.start, segment.end) for segment in record.segments}
    found = []
    for statement in record.statements:
        issuers = _issuers(statement)
        if issuers:
            start, end = bounds.get(statement.segment or "", (0, len(record.text)))
            found.append(_Around(start, end, 0, _once((*outer, " + ".join(issuers)))))
    for segment in record.segments:
        if segment.kind in ASIDES:
            who = translator or record.capture.publisher or EDITOR
            found.append(_Around(segment.start, segment.end, 1, (f"{segment.kind}: {who}",)))
        elif segment.kind == "boilerplate":
            found.append(_Around(segment.start, segment.end, 1, (OWN,)))
    depths = _depths(record.attributions)
    for each in record.attributions:
        names = _names(each)
        found += [_Around(*span, 2 + depths[each.id], names, each) for span in each.content.spans if span[0] < span[1]]
    return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, however its letters are set: a letterhead may print the publisher's in capitals."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())


def _issuers(statement: Statement) -> list[str]:
    """Whose words a statement's are: its issuers', else its signatories'."""
    roles = (("issuer",), ("signatory", "on-behalf-of"))
    named = ([party.name for party in statement.parties if party.role in role] for role in roles)
    return list(dict.fromkeys(next(filter(None, named), [])))


def _names(found: Attribution) -> tuple[str, ...]:
    """The voices' names from outside in; issuers stand side by side, a publisher who is the issuer stands once."""
    names: list[str] = []
    before: Voice | None = None
    for voice in found.voices:
        if before is not None and before.role == voice.role == "issuer":
            names[-1] += f" + {voice.name}"
        elif voice.role == "speaker" or not names or names[-1].casefold() != voice.name.casefold():
            names.append(voice.name)
        before = voice
    named = found.source is not None and (found.source.spans or found.source.entity)
    return (*names, *(() if named else (UNNAMED,)))


def _depths(attributions: Sequence[Attribution]) -> dict[str, int]:
    """How many attributions stand around each; a cycle of parents ends where it closes."""
    parents = {each.id: each.parent for each in attributions}
    depths: dict[str, int] = {}
    for each in attributions:
        way: dict[str, None] = {}
        name: str | None = each.id
        while name is not None and name in parents and name not in depths and name not in way:
            way[name] = None
            name = parents[name]
        above = -1 if name is None else depths.get(name, -1)
        for number, inner in enumerate(reversed(way), above + 1):
            depths[inner] = number
    return depths


def _stretch(around: _Around, start: int, end: int) -> Stretch:
    found = around.found
    if found is None:
        return Stretch(start, end, around.chain)
    return Stretch(start, end, around.chain, found.kind, found.rule, found.confidence)


# -- how they are set --------------------------------------------------------------------------------------------------


class Line(Struct, frozen=True):
    """A row of the terminal: what stands in the margin, what parts it from the text, and the text."""

    side: str
    bar: str
    text: str
    kind: AttributionKind | None


def lines(record: Record, width: int, safe: Callable[[str], str], *, rules: bool = False) -> Iterator[Line]:
    """The rows for a terminal of `width` cells; `safe` makes a document's words harmless for it."""
    for stretch in stretches(record):
        head = heading(stretch, safe, rules)
        words = record.text[stretch.start : stretch.end]
        if width < NARROW:
            yield from (Line(names_isolated(row), "", "", stretch.kind) for row in wrapped(head, width))
            yield from (Line("", "", isolated(row), stretch.kind) for row in rows(words, width, safe))
            continue
        margin = [names_isolated(row) for row in wrapped(head, SIDE)]
        beside = zip_longest(margin, rows(words, width - SIDE - len(BAR), safe), fillvalue="")
        for side, row in beside:
            yield Line(side + " " * (SIDE - cells(side)), BAR, isolated(row), stretch.kind)


def heading(stretch: Stretch, safe: Callable[[str], str], rules: bool) -> str:
    """The chain in words, its kind as a sign before it."""
    names = (" ".join(safe(name).split()) for name in stretch.chain)
    sign = f"{SIGNS[stretch.kind]} " if stretch.kind else ""
    why = f" [{safe(stretch.rule)} {stretch.confidence:.2f}]" if rules and stretch.confidence is not None else ""
    return sign + STEP.join(names) + why


def rows(words: str, width: int, safe: Callable[[str], str]) -> list[str]:
    """The words in rows: broken at line ends and after white space, so that they join to the words again."""
    found: list[str] = []
    for line in words.replace("\r\n", "\n").removesuffix("\n").split("\n"):
        found += wrapped(safe(line).replace("\r", "\\x0d"), width)
    return found


def wrapped(line: str, width: int) -> list[str]:
    """A line in rows of at most `width` cells, white space at their ends aside; a longer word is cut."""
    found = [""]
    room = width
    for token in _TOKEN.findall(line):
        word = token.rstrip()
        space, size = token[len(word) :], cells(word)
        if size > room and found[-1]:
            found.append("")
            room = width
        if size > width:
            *whole, word = pieces(word, width)
            found[-1:] = [*whole, ""]
            size = cells(word)
        found[-1] += word + space
        room -= size + cells(space)
    return found


def pieces(word: str, width: int) -> list[str]:
    """A word cut into pieces of at most `width` cells, or of one sign where that is wider."""
    cuts, used = [0], 0
    for at, sign in enumerate(word):
        size = cells(sign)
        if used + size > width and at > cuts[-1]:
            cuts.append(at)
            used = 0
        used += size
    return [word[start:end] for start, end in pairwise([*cuts, len(word)])]


def cells(words: str) -> int:
    """Cells that words take up in a terminal; a tab is taken for the widest it can be."""
    from rich.cells import cell_len

    return len(words) if words.isascii() and "\t" not in words else cell_len(words) + 8 * words.count("\t")


def isolated(words: str) -> str:
    """Words that run from right to left, or hold such words, in an isolate of their own direction."""
    return f"\u2068{words}\u2069" if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in words) else words


def names_isolated(row: str) -> str:
    """A row of the margin with each name that runs from right to left in its isolate, as far as it stands here."""

    def part(match: re.Match[str]) -> str:
        words = match[0]
        name = words.strip()
        return words.replace(name, isolated(name), 1) if name else words

    return _SIGN_OR_NAMES.sub(part, row.rstrip())
