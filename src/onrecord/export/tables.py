"""Flat tables of facts for spreadsheets and data frames: the same facts as the record's, one a row.

A Table is a definition: its own columns, and a function that gives, for one record, each fact's evidence with the
values of those columns. What every row has beside them stands once, in LEADING (which document) and EVIDENCE (which
words). TABLES is all of them, by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord.figures import asserters
from onrecord.model import Addressee, Attribution, Party, Record, SlotRole, Span, SpeechAct, Statement, own_speaker
from onrecord.text.address import address

Cell = str | int | float | bool | tuple[str, ...] | tuple[Span, ...] | None
"""A value of a row; `None` is unknown, a tuple a list of words or of spans."""
Row = tuple[Cell, ...]
Fact = tuple[tuple[Span, ...], Row]
"""The spans that a fact rests on, and the values of its table's own columns."""

GAP = " … "
"""Stands between the parts of words that are not next to one another."""


class Column(Struct, frozen=True):
    """A column's name, and what stands in it."""

    name: str
    about: str


class Table(Struct, frozen=True):
    """One kind of fact: `facts` gives those of a record, each with a value for every one of `columns`."""

    name: str
    about: str
    columns: tuple[Column, ...]
    facts: Callable[[Record], Iterator[Fact]]

    def declared(self) -> tuple[Column, ...]:
        """All columns of a row in order: which document, the table's own, which words."""
        return LEADING + self.columns + EVIDENCE

    def header(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self.declared())

    def rows(self, records: Iterable[Record]) -> Iterator[Row]:
        """The rows of all records in their order, one record at a time."""
        for record in records:
            leading = (record.id, record.capture.source)
            for spans, values in self.facts(record):
                yield leading + values + (words(record.text, spans), spans, place(record.id, spans))


LEADING = (
    Column("document", "the document's id"),
    Column("file", "where it came from: the record's `capture.source`"),
)
EVIDENCE = (
    Column("words", "the words that the fact rests on, verbatim; ` … ` between parts that are not next to one another"),
    Column("spans", "where they stand: code points of the document's text, half-open"),
    Column("address", "permanent address of the words, from the first to the last"),
)


def words(text: str, spans: Sequence[Span]) -> str | None:
    """The exact words; `None` for a fact that rests on none."""
    return GAP.join(text[start:end] for start, end in spans) if spans else None


def place(document: str, spans: Sequence[Span]) -> str:
    """The address of everything from the first word to the last, or of the document."""
    return address(document, min(spans)[0], max(span[1] for span in spans)) if spans else address(document)


def _columns(**about: str) -> tuple[Column, ...]:
    return tuple(Column(name.rstrip("_"), text) for name, text in about.items())


def _entity_names(record: Record) -> dict[str | None, str]:
    return {entity.id: entity.name for entity in record.entities}


def _day(record: Record, role: str) -> str | None:
    return next((date.value for date in record.dates if date.role == role), None)


def _documents(record: Record) -> Iterator[Fact]:
    capture, title = record.capture, record.title
    tags = tuple(dict.fromkeys(language.tag for language in record.languages))
    yield (
        title.spans if title else (),
        (
            title.text if title else None, record.genre, tags, _day(record, "issued"), capture.publisher,
            capture.published, capture.url, capture.collector, capture.captured_at, capture.media_type, capture.size,
            capture.digest, record.rendition.extractor, len(record.text), len(record.statements),
            len(record.attributions), len(record.notices),
        ),
    )  # fmt: skip


def _statements(record: Record) -> Iterator[Fact]:
    segments = {segment.id: Span(segment.start, segment.end) for segment in record.segments}
    for found in record.statements:
        held = segments.get(found.segment or "")
        yield (
            _statement_words(found),
            (
                found.id, found.genre, found.issued, tuple(party.name for party in found.parties),
                tuple(addressee.name for addressee in found.addressees), found.occasion, (held,) if held else (),
            ),
        )  # fmt: skip


def _statement_words(statement: Statement) -> tuple[Span, ...]:
    """The words that name those who speak and those spoken to: what the reading of a statement rests on."""
    named: tuple[Party | Addressee, ...] = (*statement.parties, *statement.addressees)
    return tuple(sorted({span for one in named for span in one.spans}))


def _parties(record: Record) -> Iterator[Fact]:
    for found in record.statements:
        for party in found.parties:
            yield party.spans, (found.id, found.genre, found.issued, party.role, party.name, party.entity)


def _addressees(record: Record) -> Iterator[Fact]:
    for found in record.statements:
        for one in found.addressees:
            yield one.spans, (found.id, found.genre, found.issued, one.name, one.entity)


def _attributions(record: Record) -> Iterator[Fact]:
    names = _entity_names(record)
    title = record.title.text if record.title else None
    issued, published = _day(record, "issued"), record.capture.published
    for found in record.attributions:
        spans = found.content.spans
        source = found.source.spans if found.source else ()
        cue = found.cue.spans if found.cue else ()
        entity = found.source.entity if found.source else None
        yield (
            spans,
            (
                title, issued, published,
                found.id, found.kind, _speaker(found, names), entity, words(record.text, source), source,
                words(record.text, cue), cue, chain(found), voices(found), found.parent, found.rule, found.confidence,
                min(spans)[0] if spans else None, max(span[1] for span in spans) if spans else None,
            ),
        )  # fmt: skip


def _speaker(found: Attribution, names: dict[str | None, str]) -> str | None:
    """The name of who is said to speak: that of the entity that the source stands for, else as printed."""
    speaker = own_speaker(found)
    entity = found.source.entity if found.source else None
    return names.get(entity, speaker.name if speaker else None)


def chain(found: Attribution) -> str | None:
    """The voices from outside in, names alone: `River Post > Anna Brandt > Hill Guard`."""
    return " > ".join(voice.name for voice in found.voices) or None


def voices(found: Attribution) -> tuple[str, ...]:
    """The voices from outside in, each as `role: name`."""
    return tuple(f"{voice.role}: {voice.name}" for voice in found.voices)


def _dates(record: Record) -> Iterator[Fact]:
    for found in record.dates:
        yield found.spans, (found.role, found.value, found.rule, found.confidence)


def _times(record: Record) -> Iterator[Fact]:
    for found in record.times:
        yield (Span(found.start, found.end),), (found.type, found.value, found.anchor, found.rule, found.reason)


def _mentions(record: Record) -> Iterator[Fact]:
    names = _entity_names(record)
    for found in record.mentions:
        own = (found.id, found.type, found.entity, names.get(found.entity), found.role, found.nominal, found.rule)
        yield (Span(found.start, found.end),), own


def _entities(record: Record) -> Iterator[Fact]:
    places: dict[str | None, list[Span]] = {}
    for mention in record.mentions:
        places.setdefault(mention.entity, []).append(Span(mention.start, mention.end))
    for found in record.entities:
        here = places.get(found.id, [])
        yield tuple(here[:1]), (found.id, found.type, found.name, found.names, len(here))


def _segments(record: Record) -> Iterator[Fact]:
    for found in record.segments:
        yield (Span(found.start, found.end),), (found.id, found.kind, found.parent, found.title)


def _notices(record: Record) -> Iterator[Fact]:
    for found in record.notices:
        yield found.spans, (found.stage, found.code, found.message)


_SLOTS: tuple[SlotRole, ...] = ("addressee", "target", "content", "deadline", "condition")


def filling(record: Record, act: SpeechAct, role: SlotRole) -> str | None:
    """The words that fill a role of an act; `None` where none do."""
    spans = [span for slot in act.slots if slot.role == role for span in slot.spans]
    return words(record.text, spans) if spans else None


def _acts(record: Record) -> Iterator[Fact]:
    names = _entity_names(record)
    for found in record.acts:
        yield (
            (Span(found.start, found.end),),
            (
                found.id, found.act, found.within, found.by, names.get(found.by), found.addressee, found.target,
                found.negated, found.conditional, found.intensity, found.plover, found.mode, found.modality,
                words(record.text, (found.cue,)), *(filling(record, found, role) for role in _SLOTS), found.parent,
                found.rule, found.confidence,
            ),
        )  # fmt: skip


def _quantities(record: Record) -> Iterator[Fact]:
    asserter = asserters(record)
    for found in record.quantities:
        who = asserter(found)
        yield (
            (Span(found.start, found.end),),
            (
                found.value, found.upper, found.comparator, found.unit, found.of, found.within, found.rule,
                who.by, who.name,
            ),
        )  # fmt: skip


_ALL = (
    Table(
        "documents",
        "one row a document; its words are its title",
        _columns(
            title="what it calls itself",
            genre="of the document as a whole",
            languages="BCP 47 tags in the order of the text",
            issued="EDTF: the date it bears",
            publisher="given, or as the format says",
            published="EDTF: given, or as the format says",
            url="where it was",
            collector="who collected it",
            captured_at="when it was added, UTC",
            media_type="of the original",
            size="bytes of the original",
            digest="of the original",
            extractor="what read the text out of it",
            characters="code points of the text",
            statements="how many it carries",
            attributions="how many it holds",
            notices="how many there are",
        ),
        _documents,
    ),
    Table(
        "statements",
        "one row a public act of speaking; its words are the names of those who speak and are spoken to",
        _columns(
            statement="its id in the document",
            genre="its genre",
            issued="EDTF",
            parties="names as printed",
            addressees="names as printed",
            occasion="in the source's words",
            held="span of the segment that holds it; empty: all",
        ),
        _statements,
    ),
    Table(
        "parties",
        "one row a role that someone holds in a statement",
        _columns(
            statement="the statement's id",
            genre="the statement's",
            issued="EDTF, the statement's",
            role="what it has to do with it",
            party="its name as printed",
            entity="its id in the archive",
        ),
        _parties,
    ),
    Table(
        "addressees",
        "one row an addressee of a statement",
        _columns(
            statement="the statement's id",
            genre="the statement's",
            issued="EDTF, the statement's",
            addressee="name as printed",
            entity="its id in the archive",
        ),
        _addressees,
    ),
    Table(
        "attributions",
        "one row an attribution: who says what; its words are the content",
        _columns(
            title="what the document calls itself",
            issued="EDTF: the date that the document bears",
            published="EDTF: given, or as the format says",
            attribution="its id in the document",
            kind="direct, indirect or mixed",
            speaker="name of who is said to speak, or the source as printed",
            entity="the speaker's id in the archive",
            source_words="the source as printed",
            source_spans="where they stand",
            cue_words="the words that attribute",
            cue_spans="where they stand",
            chain="through whom it reached us, from outside in: `River Post > Anna Brandt > Hill Guard`",
            voices="the same, each as `role: name`",
            parent="id of the attribution whose content this lies in",
            rule="what decided it",
            confidence="0 to 1",
            start="code point at which its words begin",
            end="code point behind the last of them",
        ),
        _attributions,
    ),
    Table(
        "dates",
        "one row a date of the document as a whole",
        _columns(role="issued, published, …", value="EDTF", rule="what decided it", confidence="0 to 1"),
        _dates,
    ),
    Table(
        "times",
        "one row a time expression of the text",
        _columns(
            type="date, time, duration or set",
            value="EDTF or an ISO 8601 duration",
            anchor="what a relative one was counted from",
            rule="what decided it",
            reason="why there is no value",
        ),
        _times,
    ),
    Table(
        "mentions",
        "one row for words that stand for an entity",
        _columns(
            mention="its id in the document",
            type="of entity",
            entity="its id in the archive",
            name="the entity's",
            role="office or title as printed",
            nominal="whether the words are no name",
            rule="by what words that are no name got their entity",
        ),
        _mentions,
    ),
    Table(
        "entities",
        "one row for each entity that a document mentions; its words are the first mention",
        _columns(
            entity="its id in the archive",
            type="of entity",
            name="the name to show",
            names="as the sources print them",
            mentions="how many in this document",
        ),
        _entities,
    ),
    Table(
        "segments",
        "one row a segment of the text",
        _columns(
            segment="its id in the document",
            kind="what it is for",
            parent="id of the segment around it",
            title="its heading",
        ),
        _segments,
    ),
    Table(
        "notices",
        "one row for each thing that a reader should know",
        _columns(stage="what noticed it", code="stable, for counting", message="what it is"),
        _notices,
    ),
    Table(
        "acts",
        "one row a speech act",
        _columns(
            id="its id in the document",
            act="what is done",
            in_="id of the statement or attribution",
            by="id of who does it",
            name="of who does it",
            addressee="id of whom it is said to",
            target="id of whom it is about",
            negated="whether denied or refused",
            conditional="whether it hangs on something",
            intensity="as printed",
            plover="PLOVER class",
            mode="of the class, where the manual has one",
            modality="performed, past, reported or hypothetical",
            cue_words="the act's verb",
            addressee_words="whom it is said to, as printed",
            target_words="whom or what it is about, as printed",
            content_words="what is demanded, promised, claimed",
            deadline_words="by when, as printed",
            condition_words="on what it hangs, as printed",
            parent="id of the act whose content it lies in",
            rule="what made it one",
            confidence="from 0 to 1",
        ),
        _acts,
    ),
    Table(
        "quantities",
        "one row a count that someone asserts",
        _columns(
            value="the number",
            upper="the end of a range",
            comparator="= > >= < <= ~",
            unit="of the number",
            of="what is counted",
            in_="id of the statement or attribution",
            rule="how the number was read; whether it is under a condition or denied, and so nobody's",
            by="ids of those who assert it",
            name="of those who assert it, or the source as printed; empty also where the document itself tells it",
        ),
        _quantities,
    ),
)
TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""All tables by name, in the order in which they are offered."""
