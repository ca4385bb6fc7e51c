"""Telegram's export (`result.json`), one chat or the whole account, and other files of JSON.

A message's bytes are its canonical JSON. Its text comes as a string or as a list of strings and marked stretches; both
give the words as they stood in the chat. The chat's name is the publisher of what its channel posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import Unreadable
from onrecord.ingest import media
from onrecord.ingest.dates import from_iso, from_unix
from onrecord.ingest.encodings import BOMS, decode
from onrecord.ingest.limits import Limits, too_large
from onrecord.ingest.parts import Declared, Member, Rendered
from onrecord.ingest.rows import canonical, json_rows
from onrecord.ingest.sheet import too_long

REVISION = "1"
_OWN_VOICE = ("public_channel", "private_channel")
"""Kinds of chat whose posts are the chat's own words; elsewhere the sender speaks."""


class _Chat(msgspec.Struct):
    messages: list[msgspec.Raw]
    name: str | None = None
    type: str | None = None
    id: int | str | None = None


class _Chats(msgspec.Struct):
    chats: list[_Chat] = msgspec.field(name="list")


class _Account(msgspec.Struct):
    chats: _Chats


def json_members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The messages of an export; of another JSON file the objects of its list, or the one object that it is."""
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large("file", len(data), limits.file_bytes)
    data = data.removeprefix(BOMS[0][0])
    try:
        value = _shape(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = _shape(_reencoded(data))
    if isinstance(value, _Chat):
        yield from _messages(value, "")
    elif isinstance(value, _Account):
        for number, chat in enumerate(value.chats.chats, 1):
            yield from _messages(chat, f"{chat.id or number}/")
    else:
        yield from json_rows(value if isinstance(value, list) else [value])


def _shape(data: bytes) -> object:
    """The file as an export, or as plain values; messages stay raw, so a large export costs little more than itself."""
    for kind in (_Chat, _Account):
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.ValidationError:
            continue
    return msgspec.json.decode(data)


def _reencoded(data: bytes) -> bytes:
    import json

    try:
        return canonical(json.loads(decode(data).text))
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise Unreadable(
            "damaged", f"It is not JSON ({error}).", "Export it again; the file may be cut off."
        ) from error


def _messages(chat: _Chat, prefix: str) -> Iterator[Member]:
    said = Declared(publisher=chat.name if chat.type in _OWN_VOICE else None)
    for number, raw in enumerate(chat.messages, 1):
        value = msgspec.json.decode(raw)
        if isinstance(value, dict) and _words(value).strip():
            label = f"{prefix}{value.get('id', number)}"
            yield Member(name=label, data=canonical(value), media_type=media.POST, declared=said)


def _words(value: dict[str, Any]) -> str:
    """The text of a message: a string, or a list of strings and of entities with a `text`."""
    text = value.get("text") or value.get("text_entities")
    if isinstance(text, str):
        return text
    pieces = text if isinstance(text, list) else []
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("text", ""))
        for piece in pieces
        if isinstance(piece, str | dict)
    )


def post(data: bytes, limits: Limits) -> Rendered:
    """One message as text; a forwarded one has the channel it came from as its publisher."""
    value = msgspec.json.decode(data)
    text = _words(value)
    if len(text) > limits.text_chars:
        raise too_long(len(text), limits)
    published = from_unix(value.get("date_unixtime")) if value.get("date_unixtime") else None
    origin = value.get("forwarded_from") or value.get("from")
    return Rendered(
        text=text,
        extractor="onrecord-telegram",
        version=REVISION,
        declared=Declared(
            title=value.get("title") if isinstance(value.get("title"), str) else None,
            published=from_iso(value.get("date")) or published,
            publisher=origin if isinstance(origin, str) else None,
        ),
    )
