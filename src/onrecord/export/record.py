"""The record: everything about one document in one JSON object (docs/reference/record.md)."""

from __future__ import annotations

import msgspec

from onrecord.model import Annotations, Capture, Document, Record

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)


def record(document: Document, facts: Annotations) -> Record:
    """Document and findings as one value; the extraction's own notices come first."""
    found = {name: getattr(facts, name) for name in facts.__struct_fields__}
    found["notices"] = document.notices + facts.notices
    return Record(id=document.id, capture=known(document), text=document.text, rendition=document.rendition, **found)


def known(document: Document) -> Capture:
    """The capture with what its bytes say of their publisher and day, where the person who added them said nothing."""
    capture = document.capture
    return msgspec.structs.replace(
        capture,
        publisher=capture.publisher or document.publisher,
        published=capture.published or document.published,
    )


def encode(value: Record) -> bytes:
    """One line of JSON in UTF-8, without its end. Unknown values are `null`; a capture's unknown ones are left out."""
    return _ENCODER.encode(value)


def decode(line: bytes | str) -> Record:
    """The record that a line holds; unknown keys are passed over. Raises msgspec.DecodeError."""
    return _DECODER.decode(line)
