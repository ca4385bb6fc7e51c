"""Mail and saved web pages in mail form (MHTML), with the standard library's parser.

The text is the plain text part, or the HTML part read as a page where there is no other; From, Date and Subject become
publisher, date and title. Attachments and forwarded messages are members of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import BinaryIO

from onrecord.errors import Unreadable
from onrecord.ingest import media, webpage
from onrecord.ingest.dates import from_mail
from onrecord.ingest.encodings import decode
from onrecord.ingest.find import printable
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Member, Rendered, notice
from onrecord.ingest.plain import encoding_notices
from onrecord.ingest.sheet import too_long

REVISION = "1"
_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart/|message/)", re.I | re.M)
_DEPTH = 50


def parse(data: bytes) -> EmailMessage:
    """The message in `data`; what is broken in it is passed over, as mail programs do."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def message(data: bytes, limits: Limits) -> Rendered:
    """One message as text."""
    parsed = parse(data)
    said = _declared(parsed)
    body = _body(parsed)
    if body is None:
        raise Unreadable("empty", "This message has no text of its own.", "What is attached to it was read apart.")
    if body.get_content_type() == media.HTML:
        return _as_page(body, said, limits)
    decoded = decode(_payload(body), body.get_content_charset())
    text = decoded.text.replace("\r\n", "\n")
    if len(text) > limits.text_chars:
        raise too_long(len(text), limits)
    return Rendered(
        text=text, extractor="onrecord-mail", version=REVISION, declared=said, notices=encoding_notices(decoded)
    )


def _as_page(body: EmailMessage, said: Declared, limits: Limits) -> Rendered:
    page = webpage.page(_payload(body), limits, body.get_content_charset())
    own = page.declared
    return Rendered(
        text=page.text,
        extractor=page.extractor,
        version=page.version,
        declared=Declared(
            title=said.title or own.title, published=said.published, publisher=said.publisher, language=own.language
        ),
        headings=page.headings,
        boilerplate=page.boilerplate,
        notices=tuple(note for note in page.notices if note.code != "html-whole"),
    )


def _declared(parsed: EmailMessage) -> Declared:
    name, address = parseaddr(_header(parsed, "From") or "")
    return Declared(
        title=_header(parsed, "Subject"),
        published=from_mail(_header(parsed, "Date")),
        publisher=name or address or None,
        language=(_header(parsed, "Content-Language") or "").split(",")[0].strip() or None,
    )


def _header(parsed: EmailMessage, name: str) -> str | None:
    """A header's value, also where it is not as the standard wants it (raw 8-bit bytes, folded wrongly)."""
    try:
        value = parsed[name]
    except Exception:  # the header parser raises whatever its tokenizer trips over
        value = next((raw for key, raw in parsed.raw_items() if key.lower() == name.lower()), None)
    if value is None:
        return None
    raw = str(value)
    if any("\udc80" <= c <= "\udcff" for c in raw) or "\ufffd" in raw:
        stored = next((str(item) for key, item in parsed.raw_items() if key.lower() == name.lower()), raw)
        raw = decode(stored.encode("utf-8", "surrogateescape")).text
    return " ".join(raw.split()) or None


def _body(parsed: EmailMessage) -> EmailMessage | None:
    """The part that holds the text: plain where there is one with words, else HTML."""
    found: dict[str, EmailMessage] = {}
    for part in _parts(parsed):
        kind = part.get_content_type()
        if kind in (media.TEXT, media.HTML) and not _is_attached(part) and _payload(part).strip():
            found.setdefault(kind, part)
    return found.get(media.TEXT) or found.get(media.HTML)


def _parts(parsed: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a message, those of forwarded messages left out; nesting is followed to a bound."""
    waiting = [(parsed, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() != "message" and depth < _DEPTH:
            waiting.extend((inner, depth + 1) for inner in reversed(list(part.iter_parts())))
        else:
            yield part


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or (
        part.get_filename() is not None and part.get_content_disposition() != "inline"
    )


def _payload(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def attachments(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """What is attached to a message, forwarded messages included."""
    data = stream.read()
    if not _MULTIPART.search(data):
        return
    parsed = parse(data)
    if parsed.get_content_type() == media.MHTML and _saved_from(parsed):
        return
    body = _body(parsed)
    for number, part in enumerate(_parts(parsed), 1):
        if part is not body and (member := _attachment(part, number)):
            yield member


def _attachment(part: EmailMessage, number: int) -> Member | None:
    if part.get_content_type() == media.MAIL:
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        data = first.as_bytes() if isinstance(first, EmailMessage) else b""
        return Member(name=f"{number}.eml", data=data, media_type=media.MAIL) if data else None
    label = part.get_filename()
    if not label and not _is_attached(part):
        return None
    data = _payload(part)
    name = printable(label.replace("\\", "/").rsplit("/", 1)[-1]) if label else str(number)
    if not data:
        return Member(
            name=name, data=None, notices=(notice("empty", "This attachment is empty. Ask its sender for it."),)
        )
    return Member(name=name, data=data)


def _saved_from(parsed: EmailMessage) -> str | None:
    return parsed.get("Snapshot-Content-Location") or (
        "saved" if "saved by" in str(parsed.get("From", "")).lower() else None
    )


def saved_page(data: bytes, limits: Limits) -> Rendered:
    """A page saved as one file (MHTML): its first HTML part."""
    parsed = parse(data)
    for part in _parts(parsed):
        if part.get_content_type() == media.HTML:
            return webpage.page(_payload(part), limits, part.get_content_charset())
    return message(data, limits)
