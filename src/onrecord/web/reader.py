"""A record as a page to read: paragraphs as HTML with their layers, the margin beside each, the facts beside them all.

Nothing here asks the archive anything; the words of the text come out exactly, whatever is drawn over them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape
from msgspec import Struct

from onrecord.export import Decided as Decisions
from onrecord.model import Language, Record
from onrecord.web import facts
from onrecord.web import notes as margin
from onrecord.web.facts import Fact
from onrecord.web.glyphs import direction, plain, safe_tag, shown, strongest
from onrecord.web.highlights import Mark, Run, flatten
from onrecord.web.notes import Note
from onrecord.web.paragraphs import Paragraph, paragraphs

Thing = TypeVar("Thing")


class Layer(NamedTuple):
    """What can be switched on and off, with the class of its sample in the key, and how it is drawn, in words."""

    name: str
    label: str
    sample: str
    drawn: str
    on: bool = True
    """Whether it is shown until somebody chooses."""


LAYERS = (
    Layer("quotations", "Own words", "q", "a tint, darker where one quotation lies in another; numbered"),
    Layer("reported", "Reported", "r", "a hatching; numbered"),
    Layer("speakers", "Speakers", "s", "a heavy line below the speaker, a broken one below the verb of saying"),
    Layer("acts", "Acts", "a", "a line above the words that do it, and a letter behind them"),
    Layer("names", "Names", "n", "a thin line below", on=False),
    Layer("times", "Times", "t", "dots below", on=False),
    Layer("figures", "Figures", "f fz", "bars on both sides", on=False),
    Layer("parts", "Parts", "g", "named in the margin; what an editor put in is paler"),
)
SPEECH = {"direct": ("q",), "indirect": ("r",), "mixed": ("q", "r")}
UNNAMED = frozenset(["body", "item"])
"""Kinds of segment that are the text itself: the margin names the others."""
AT = "at"
NO_DECISIONS: Decisions = {}
NO_PAGES: Mapping[int, int] = {}
MANY = 400
"""Notes from which a margin tells the grounds of those alone that stand on the passage pointed out."""
ROOM = 90
"""Code points of text that leave room for one note beside them."""


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
    more: tuple[Note, ...]
    """Those that the margin beside it has no room for unless they are asked for."""
    address: str
    page: int | None = None
    """The page of the original that begins here."""


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
    brief: bool
    """Whether there are so many notes that their grounds are told of the passage pointed out alone."""
    at: tuple[int, int] | None

    def full(self, note: Note) -> bool:
        """Whether the margin tells the grounds of a note."""
        return not self.brief or (
            self.at is not None and note.passage.start < self.at[1] and self.at[0] < note.passage.end
        )


def page(
    record: Record,
    at: tuple[int, int] | None = None,
    decisions: Decisions = NO_DECISIONS,
    borders: Mapping[int, int] = NO_PAGES,
) -> Page:
    """The reader's page for a record; `at` is a passage to point out, `borders` the pages of the original by the
    offset that they begin at."""
    lang = strongest((part.tag, part.end - part.start) for part in record.languages)
    return Page(
        record=record,
        title=title(record),
        lang=safe_tag(lang),
        dir=direction(lang),
        blocks=tuple(blocks(record, at, decisions, borders)),
        parties=tuple(facts.parties(record)),
        dates=tuple(facts.dates(record, decisions)),
        languages=tuple(facts.languages(record)),
        names=tuple(facts.names(record)),
        times=tuple(facts.times(record)),
        brief=brief(record),
        at=at,
    )


def brief(record: Record) -> bool:
    return len(record.attributions) + len(record.acts) + len(record.quantities) > MANY


def title(record: Record) -> str:
    """The document's title, or its file's name where it has none."""
    if record.title and record.title.text.strip():
        return record.title.text
    return record.capture.source.rsplit("/", 1)[-1]


def blocks(
    record: Record,
    at: tuple[int, int] | None = None,
    decisions: Decisions = NO_DECISIONS,
    borders: Mapping[int, int] = NO_PAGES,
) -> Iterator[Block]:
    """The paragraphs with what is drawn into them and what stands beside them."""
    parts = paragraphs(record.text)
    place = Place(parts)
    told = sorted(margin.notes(record, decisions), key=lambda note: note.at)
    notes = place.sorted_by((note.at, note) for note in told)
    begun = {place.number(offset): number for offset, number in borders.items()}
    cuts = [border for part in parts for border in (part.start, part.end)]
    pieces = place.sorted_by(drawn(record, place, flatten(len(record.text), list(marks(record, at)), cuts)))
    kinds = place.sorted_by((part.start, part.kind) for part in record.segments if part.kind not in UNNAMED)
    before: Sequence[str] = ()
    for part, lang in zip(parts, tags(parts, record.languages), strict=True):
        here = list(dict.fromkeys(kinds.get(part.number, ())))
        beside, more = beside_it(notes.get(part.number, ()), part.end - part.start)
        yield Block(
            paragraph=part,
            html=Markup("").join(pieces.get(part.number, ())),
            lang=safe_tag(lang),
            dir=direction(lang),
            kinds=tuple(here),
            named=tuple(kind for kind in here if kind not in before),
            notes=beside,
            more=more,
            address=f"/d/{record.id}/{part.start}-{part.end}",
            page=begun.get(part.number),
        )
        before = here


def beside_it(notes: Sequence[Note], length: int) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """The notes that stand beside a paragraph of that length, and those that are folded away there.

    Figures, which are shown only where they are asked for, are never folded among the others.
    """
    voices = [note for note in notes if note.layer != "figures"]
    room = max(2, length // ROOM)
    folded = {note.key for note in voices[room:]} if len(voices) > room + 1 else frozenset()
    return (
        tuple(note for note in notes if note.key not in folded),
        tuple(note for note in notes if note.key in folded),
    )


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
    """Everything that is drawn into the text. A quotation's first stretch carries its number, an act's cue and a figure
    theirs, a time its index."""
    for number, attribution in enumerate(record.attributions, 1):
        for layer in SPEECH[attribution.kind]:
            spans = attribution.content.spans
            yield from (Mark(*span, layer, 0 if later else number) for later, span in enumerate(spans))
        yield from (Mark(*span, "s") for span in (attribution.source.spans if attribution.source else ()))
        yield from (Mark(*span, "c") for span in (attribution.cue.spans if attribution.cue else ()))
    yield from (Mark(*act.cue, "a", number) for number, act in enumerate(record.acts, 1))
    yield from (Mark(each.start, each.end, "f", number) for number, each in enumerate(record.quantities, 1))
    yield from (Mark(mention.start, mention.end, "n") for mention in record.mentions)
    yield from (Mark(time.start, time.end, "t", index) for index, time in enumerate(record.times))
    yield from (Mark(part.start, part.end, "g") for part in record.segments if part.kind == "insertion")
    if at:
        yield Mark(*at, AT)


def drawn(record: Record, place: Place, runs: Iterable[Run]) -> Iterator[tuple[int, Markup]]:
    """Each run within a paragraph as HTML. What opens between paragraphs is named where the next words begin."""
    ends = cue_ends(record)
    closed = {each.end for each in record.quantities}
    waiting: list[Mark] = []
    for run in runs:
        waiting += run.opens
        if place.holds(run.start):
            yield run.start, run_html(record, run, waiting, ends.get(run.end, ""), run.end in closed)
            waiting = []


def cue_ends(record: Record) -> dict[int, str]:
    """Where cues of acts end, with what tells of the acts: their letters, and the numbers of what is said with them."""
    told, marks, notes = margin.told_with(record), {}, {}  # type: ignore[var-annotated]
    letter = 0
    for number, act in enumerate(record.acts, 1):
        if act.id in told:
            notes.setdefault(act.cue.end, []).append(f"q{told[act.id]}")
            continue
        letter += 1
        marks.setdefault(act.cue.end, []).append(margin.letters(letter))
        notes.setdefault(act.cue.end, []).append(f"a{number}")
    said = {end: f' data-a="{" ".join(found)}"' for end, found in marks.items()}
    return {end: f' data-k="{" ".join(found)}"{said.get(end, "")}' for end, found in notes.items()}


def run_html(record: Record, run: Run, opens: Sequence[Mark], acts: str, closes: bool) -> Markup:
    """`acts` tells of those whose cue may end with this run, `closes` whether a figure may."""
    body = shown(record.text[run.start : run.end])
    if not run.layers and not opens:
        return body
    # Two voices at once (a quotation within a quotation) are drawn more strongly than one.
    names = [
        name
        for layer, count in run.layers
        for name in ((layer, f"{layer}2") if count > 1 and layer in "qr" else (layer,))
    ]
    under = {layer for layer, _ in run.layers}
    said = attributes(record, opens)
    if "a" in under:
        said += acts
    if closes and "f" in under:
        names.append("fz")
    tag = "mark" if AT in under else "span"
    return Markup(f'<{tag} class="{" ".join(names)}"{said}>{body}</{tag}>')


def attributes(record: Record, opens: Sequence[Mark]) -> str:
    """The number of each quotation and figure that begins here, the value of a time, the target of an address."""
    if not opens:
        return ""
    said = []
    for name, layers in (("n", "qr"), ("f", "f")):
        numbers = dict.fromkeys(str(mark.key) for mark in opens if mark.layer in layers and mark.key)
        said += [f' data-{name}="{" ".join(numbers)}"'] if numbers else []
    said += [
        f' title="{escape(plain(facts.time_value(record.times[mark.key])))}"' for mark in opens if mark.layer == "t"
    ][:1]
    said += [' id="at"'] if any(mark.layer == AT for mark in opens) else []
    return "".join(said)
