"""Values of the model to rows of the tables and back; no SQL runs here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from onrecord.model import (
    Annotations,
    Capture,
    Document,
    Given,
    Judgement,
    Notice,
    Reading,
    Rendition,
    Subject,
)
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


def notice_rows(document: int, notices: Sequence[Notice]) -> list[Row]:
    return [(document, at, notice.stage, notice.code, notice.message) for at, notice in enumerate(notices)]


def month(low: str | None, high: str | None) -> str | None:
    """`2024-05` where all days between are of that month."""
    return low[:7] if low and high and low[:7] == high[:7] else None
