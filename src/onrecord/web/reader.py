"""A record as a page to read: paragraphs as HTML with their layers, the margin beside each, the facts beside them all.

Nothing here asks the archive anything; the words of the text come out exactly, whatever is drawn over them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape
from msgspec import Struct

from onrecord.model import Language, Record
from onrecord.web import facts
from onrecord.web.facts import Fact, Note
from onrecord.web.glyphs import direction, plain, safe_tag, shown, strongest
from onrecord.web.highlights import Mark, Run, flatten
from onrecord.web.paragraphs import Paragraph, paragraphs

Thing = TypeVar("Thing")


class Layer(NamedTuple):
    """What can be switched on and off, with the class of its sample in the legend."""

    name: str
    label: str
    sample: str


LAYERS = (
    Layer("quotations", "Own words", "q"),
    Layer("reported", "Reported", "r"),
    Layer("speakers", "Speakers", "s"),
    Layer("names", "Names", "n"),
    Layer("times", "Times", "t"),
    Layer("parts", "Parts", "g"),
)
SPEECH = {"direct": ("q",), "indirect": ("r",), "mixed": ("q", "r")}
UNNAMED = frozenset(["body", "item"])
"""Kinds of segment that are the text itself: the margin names the others."""
AT = "at"


class Block(Struct, frozen=True):
    """One paragraph, ready to be laid out."""

    paragraph: Paragraph
    html: Markup
    lang: str
    dir: str
    kinds: tuple[str, ...]
    """Segments that begin here, as the record names them."""
    named: tuple[str, ...]
    """Those that the paragraph before does not have."""
    notes: tuple[Note, ...]
    address: str


class Page(Struct, frozen=True):
    record: Record
    title: str
    lang: str
    dir: str
    blocks: tuple[Block, ...]
    parties: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    languages: tuple[Fact, ...]
    names: tuple[tuple[str, tuple[Fact, ...]], ...]
    times: tuple[Fact, ...]


def page(record: Record, at: tuple[int, int] | None = None) -> Page:
    """The reader's page for a record; `at` is a passage to point out."""
    lang = strongest((part.tag, part.end - part.start) for part in record.languages)
    return Page(
        record=record,
        title=title(record),
        lang=safe_tag(lang),
        dir=direction(lang),
        blocks=tuple(blocks(record, at)),
        parties=tuple(facts.parties(record)),
        dates=tuple(facts.dates(record)),
        languages=tuple(facts.languages(record)),
        names=tuple(facts.names(record)),
        times=tuple(facts.times(record)),
    )


def title(record: Record) -> str:
    """The document's title, or its file's name where it has none."""
    if record.title and record.title.text.strip():
        return record.title.text
    return record.capture.source.rsplit("/", 1)[-1]


def blocks(record: Record, at: tuple[int, int] | None = None) -> Iterator[Block]:
    """The paragraphs with what is drawn into them and what stands beside them."""
    parts = paragraphs(record.text)
    place = Place(parts)
    known = {entity.id: entity.name for entity in record.entities}
    told = (facts.note(record, attribution, number, known) for number, attribution in enumerate(record.attributions, 1))
    notes = place.sorted_by((note.passage.start, note) for note in told if note)
    cuts = [border for part in parts for border in (part.start, part.end)]
    pieces = place.sorted_by(drawn(record, place, flatten(len(record.text), list(marks(record, at)), cuts)))
    kinds = place.sorted_by((part.start, part.kind) for part in record.segments if part.kind not in UNNAMED)
    before: Sequence[str] = ()
    for part, lang in zip(parts, tags(parts, record.languages), strict=True):
        here = list(dict.fromkeys(kinds.get(part.number, ())))
        yield Block(
            paragraph=part,
            html=Markup("").join(pieces.get(part.number, ())),
            lang=safe_tag(lang),
            dir=direction(lang),
            kinds=tuple(here),
            named=tuple(kind for kind in here if kind not in before),
            notes=tuple(notes.get(part.number, ())),
            address=f"/d/{record.id}/{part.start}-{part.end}",
        )
        before = here


class Place:
    """Which paragraph an offset belongs to."""

    def __init__(self, parts: list[Paragraph]) -> None:
        self._parts = parts
        self._starts = [part.start for part in parts]

    def number(self, offset: int) -> int:
        """The paragraph that holds the offset, or the next one after it; the last one after that."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or (offset >= self._parts[index].end and index + 1 < len(self._parts)):
            index += 1
        return index + 1

    def holds(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._parts[index].end

    def sorted_by(self, things: Iterable[tuple[int, Thing]]) -> dict[int, list[Thing]]:
        """Things that have an offset, by the number of their paragraph, in the order given."""
        found: dict[int, list[Thing]] = {}
        for offset, thing in things:
            found.setdefault(self.number(offset), []).append(thing)
        return found


def tags(parts: Sequence[Paragraph], languages: Sequence[Language]) -> Iterator[str | None]:
    """Each paragraph's language: the one that most of it stands in. Both are in the order of the text."""
    starts = [part.start for part in languages]
    for part in parts:
        first = max(0, bisect_right(starts, part.start) - 1)
        beyond = bisect_right(starts, part.end)
        yield strongest(
            (lang.tag, min(lang.end, part.end) - max(lang.start, part.start)) for lang in languages[first:beyond]
        )


def marks(record: Record, at: tuple[int, int] | None = None) -> Iterator[Mark]:
    """Everything that is drawn into the text. A quotation's first stretch carries its number, a time its index."""
    for number, attribution in enumerate(record.attributions, 1):
        for layer in SPEECH[attribution.kind]:
            spans = attribution.content.spans
            yield from (Mark(*span, layer, 0 if later else number) for later, span in enumerate(spans))
        yield from (Mark(*span, "s") for span in (attribution.source.spans if attribution.source else ()))
        yield from (Mark(*span, "c") for span in (attribution.cue.spans if attribution.cue else ()))
    yield from (Mark(mention.start, mention.end, "n") for mention in record.mentions)
    yield from (Mark(time.start, time.end, "t", index) for index, time in enumerate(record.times))
    yield from (Mark(part.start, part.end, "g") for part in record.segments if part.kind == "insertion")
    if at:
        yield Mark(*at, AT)


def drawn(record: Record, place: Place, runs: Iterable[Run]) -> Iterator[tuple[int, Markup]]:
    """Each run within a paragraph as HTML. What opens between paragraphs is named where the next words begin."""
    waiting: list[Mark] = []
    for run in runs:
        waiting += run.opens
        if place.holds(run.start):
            yield run.start, run_html(record, run, waiting)
            waiting = []


def run_html(record: Record, run: Run, opens: Sequence[Mark]) -> Markup:
    body = shown(record.text[run.start : run.end])
    said = attributes(record, opens)
    if not run.layers and not said:
        return body
    # Two voices at once (a quotation within a quotation) are drawn more strongly than one.
    classes = " ".join(f"{layer} {layer}2" if count > 1 and layer in "qr" else layer for layer, count in run.layers)
    tag = "mark" if any(layer == AT for layer, _ in run.layers) else "span"
    return Markup(f'<{tag} class="{classes}"{said}>{body}</{tag}>')


def attributes(record: Record, opens: Sequence[Mark]) -> str:
    """The number of each quotation that begins here, the value of a time, the target of a permanent address."""
    numbers = dict.fromkeys(mark.key for mark in opens if mark.layer in "qr" and mark.key)
    said = [f' data-n="{" ".join(map(str, numbers))}"'] if numbers else []
    said += [
        f' title="{escape(plain(facts.time_value(record.times[mark.key])))}"' for mark in opens if mark.layer == "t"
    ][:1]
    said += [' id="at"'] if any(mark.layer == AT for mark in opens) else []
    return "".join(said)
