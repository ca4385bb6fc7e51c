"""Values of the model to rows of the tables and back; no SQL runs here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    DateFact,
    Document,
    Given,
    Judgement,
    Notice,
    Reading,
    Rendition,
    Subject,
    own_speaker,
)
from onrecord.store.days import bounds
from onrecord.text.names import folded
from onrecord.text.spans import Span

Row = tuple[Any, ...]

CAPTURE = (
    "digest", "size", "media_type", "source", "captured_at", "publisher", "url", "published", "collector", "note",
    "language", "container",
)  # fmt: skip
"""The fields of model.Capture, and the columns of `captures` that hold them."""
FORMAT = (
    "format_title", "format_published", "format_publisher", "format_language", "extractor", "version", "characters",
    "text_digest", "headings", "boilerplate", "notices",
)  # fmt: skip
"""The columns of `documents` that the reading alone decides."""
DOCUMENT = "d.id, d.number, x.text, " + ", ".join(
    [*(f"d.{name}" for name in FORMAT), *(f"c.{name}" for name in CAPTURE)]
)
"""What `document` reads, as columns of documents d, texts x and captures c."""

STANDING = (
    "SELECT j.id, j.subject, j.verdict, j.by, j.at, j.value, j.note, w.at, w.by"
    " FROM judgements j LEFT JOIN withdrawals w ON w.judgement = j.id"
)
"""What `judgement_from` reads."""

encode = msgspec.json.encode
_annotations = msgspec.json.Decoder(Annotations)
_spans = msgspec.json.Decoder(tuple[Span, ...])
_notices = msgspec.json.Decoder(tuple[Notice, ...])
_given = msgspec.json.Decoder(Given)
_subject = msgspec.json.Decoder(Subject)
NO_SPANS: tuple[Span, ...] = ()
NO_NOTICES: tuple[Notice, ...] = ()


def json(value: object) -> str:
    """JSON as the text that a reader of the table sees."""
    return encode(value).decode()


@cache
def given_json(given: Given) -> str:
    """What was said of a file, without what was not."""
    return json({name: value for name in given.__struct_fields__ if (value := getattr(given, name)) is not None})


def given_from(text: str) -> Given:
    return _given.decode(text)


def notices_from(text: str) -> tuple[Notice, ...]:
    return _notices.decode(text) if text != "[]" else NO_NOTICES


def annotations_from(text: str) -> Annotations:
    return _annotations.decode(text)


def capture_row(capture: Capture) -> Row:
    return tuple([getattr(capture, name) for name in CAPTURE])


def capture_from(row: Sequence[Any]) -> Capture:
    return Capture(**dict(zip(CAPTURE, row, strict=True)))


def reading_notices(reading: Reading) -> str:
    """Why a reading gave no document."""
    return json(reading.notices) if reading.document is None else "[]"


def format_row(document: Document) -> Row:
    """The values of FORMAT."""
    return (
        document.title, document.published, document.publisher, document.language,
        document.rendition.extractor, document.rendition.version, len(document.text), text_digest(document.text),
        json(document.headings), json(document.boilerplate), json(document.notices),
    )  # fmt: skip


def document_from(row: Sequence[Any]) -> Document:
    """A row of DOCUMENT as the value it was made from."""
    at = 3 + len(FORMAT)
    title, published, publisher, language, extractor, version, _, _, headings, boilerplate, notices = row[3:at]
    return Document(
        id=row[0], capture=capture_from(row[at:]), text=row[2], rendition=Rendition(extractor, version), title=title,
        published=published, publisher=publisher, language=language, headings=spans_from(headings),
        boilerplate=spans_from(boilerplate), notices=notices_from(notices),
    )  # fmt: skip


def spans_from(text: str) -> tuple[Span, ...]:
    return _spans.decode(text) if text != "[]" else NO_SPANS


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def judgement_row(judgement: Judgement) -> Row:
    """The columns of `judgements` after the number; `withdrawn` is no part of it."""
    subject = judgement.subject
    value = None if judgement.value is None else bytes(judgement.value).decode()
    return (
        judgement.id, subject.kind, subject.document, json(subject), judgement.verdict, judgement.by, judgement.at,
        value, judgement.note,
    )  # fmt: skip


def judgement_from(row: Sequence[Any]) -> Judgement:
    """A row of id, subject, verdict, by, at, value, note, and when and by whom it was withdrawn."""
    name, subject, verdict, by, at, value, note, withdrawn, withdrawn_by = row
    return Judgement(
        id=name, subject=_subject.decode(subject), verdict=verdict, by=by, at=at, note=note, withdrawn=withdrawn,
        withdrawn_by=withdrawn_by or None, value=None if value is None else msgspec.Raw(value.encode()),
    )  # fmt: skip


# -- the view on the facts ---------------------------------------------------------------------------------------------


def shown(facts: Annotations, format_title: str | None) -> Row:
    """Title, language, genre, issue date and its first and last day, as lists and searches show them."""
    title = facts.title.text if facts.title and facts.title.text else format_title
    issued = issue_date(facts.dates)
    return title, main_language(facts), facts.genre, issued, *bounds(issued)


def issue_date(dates: Sequence[DateFact]) -> str | None:
    """The surest date of issue; never another date in its place."""
    issued = [date for date in dates if date.role == "issued"]
    return max(issued, key=lambda date: date.confidence).value if issued else None


def main_language(facts: Annotations) -> str | None:
    """The language that most of the text is in."""
    if len(facts.languages) == 1:
        return facts.languages[0].tag
    lengths: Counter[str] = Counter()
    for language in facts.languages:
        lengths[language.tag] += language.end - language.start
    return max(lengths, key=lambda tag: lengths[tag]) if lengths else None


def entities_of(facts: Annotations) -> dict[str, tuple[str | None, str]]:
    """Type and name of every entity that the facts name, also of those they do not list."""
    found: dict[str, tuple[str | None, str]] = {entity.id: (entity.type, entity.name) for entity in facts.entities}
    for statement in facts.statements:
        for party in statement.parties:
            if party.entity and party.entity not in found:
                found[party.entity] = (None, party.name)
    for mention in facts.mentions:
        if mention.entity and mention.entity not in found:
            found[mention.entity] = (mention.type, mention.entity)
    for attribution in facts.attributions:
        speaker = attribution.source and attribution.source.entity
        if speaker and speaker not in found:
            found[speaker] = (None, speaker)
    return found


def view_rows(
    document: int, facts: Annotations, numbers: dict[str, int], extraction: Sequence[Notice]
) -> dict[str, list[Row]]:
    """The rows of the query tables that are a view on these facts, by table; `numbers` are those of the entities."""
    parties = [(statement.id, party) for statement in facts.statements for party in statement.parties]
    return {
        "dates": [
            (document, at, date.role, date.value, *bounds(date.value)) for at, date in enumerate(facts.dates)
        ],
        "parties": [
            (document, at, statement, party.role, numbers[party.entity] if party.entity else None, party.name)
            for at, (statement, party) in enumerate(parties)
        ],
        "mentions": mention_rows(document, facts, numbers),
        "attributions": [
            (document, at, found.kind, numbers[found.source.entity] if found.source and found.source.entity else None,
             found.content.spans[0].start if found.content.spans else None,
             found.content.spans[-1].end if found.content.spans else None,
             key_of(found), json(found.content.spans))
            for at, found in enumerate(facts.attributions)
        ],
        "notices": notice_rows(document, (*extraction, *facts.notices)),
    }  # fmt: skip


def key_of(found: Attribution) -> str | None:
    """The folded name of who speaks: the speaker's, or the source as printed."""
    speaker = own_speaker(found)
    return folded(speaker.name) if speaker else None


def mention_rows(document: int, facts: Annotations, numbers: dict[str, int]) -> list[Row]:
    """How often each entity is mentioned; one that is only listed is mentioned 0 times."""
    times = Counter([mention.entity for mention in facts.mentions if mention.entity])
    names = {entity.id: entity.name for entity in facts.entities}
    return [(document, numbers[entity], names.get(entity, entity), times[entity]) for entity in {**names, **times}]


def notice_rows(document: int, notices: Sequence[Notice]) -> list[Row]:
    return [(document, at, notice.stage, notice.code, notice.message) for at, notice in enumerate(notices)]


def month(low: str | None, high: str | None) -> str | None:
    """`2024-05` where all days between are of that month."""
    return low[:7] if low and high and low[:7] == high[:7] else None
