"""What is sent to us: how much, of what kind, and whether our own page sent it.

Bodies are read here before any handler sees them, since a form holds the token within; of an upload only the
beginning, up to its first part, which must be the token. What was read is given to the handler again.
"""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import anyio
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.types import Message, Receive

from onrecord.web.access import HEADER, TOKEN, Fields, Refused

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

LIMIT = 64 * 1024
"""Bytes of a form, and of what is sent as JSON."""
LIMITS = {"/ledger/import": 64 << 20, "/import": 1 << 30, "/api/v1/imports": 1 << 30}
"""Bytes that may be sent to these addresses and what is below them."""
PATIENCE = 30.0
"""Seconds within which a form must have come."""
MOST_FIELDS = 1000
FORM, UPLOAD, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
KINDS = (FORM, UPLOAD, JSON)


def limit(path: str) -> int:
    """Bytes that may be sent to this address."""
    return next((most for place, most in LIMITS.items() if path == place or path.startswith(place + "/")), LIMIT)


def kind(headers: Headers) -> str:
    """The media type, one of KINDS; empty where nothing is sent. Raises Refused for any other."""
    said = headers.get("content-type", "").partition(";")[0].strip().lower()
    nothing = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    if said not in KINDS and not (nothing and not said):
        raise Refused(415, "This cannot be read", f"A form or JSON can be sent here: {', '.join(KINDS)}.")
    return said


def fits(headers: Headers, most: int) -> None:
    """Raises Refused where it says itself that it is too much."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > most:
        raise too_much(most)


def too_much(most: int) -> Refused:
    said = f"{most >> 20:,} MB" if most >> 20 else f"{most >> 10:,} kB"
    return Refused(413, "This is too much at once", f"At most {said} can be sent to this address.")


async def read(headers: Headers, path: str, receive: Receive) -> tuple[str, Fields | None, Receive]:
    """The token that was sent, the fields of a form, and all that was sent, to be read again.

    Raises Refused where it is too much, of another kind, or does not come.
    """
    most, sent = limit(path), kind(headers)
    fits(headers, most)
    body = Body(counted(receive, most))
    try:
        with anyio.fail_after(PATIENCE):
            token, fields = await token_and_fields(body, sent, headers)
    except TimeoutError:
        raise Refused(408, "This took too long", "The form did not come as a whole. Send it again.") from None
    return token, fields, body.again


async def token_and_fields(body: Body, sent: str, headers: Headers) -> tuple[str, Fields | None]:
    token = headers.get(HEADER, "")
    if sent == FORM:
        fields = fields_of(b"".join([piece async for piece in body]))
        return token or dict(fields).get(TOKEN, ""), fields
    if sent == UPLOAD and not token:
        return await first_part(body, headers["content-type"]), None
    return token, None


def fields_of(body: bytes) -> Fields:
    try:
        return tuple(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Refused(400, "This form cannot be read", f"It has more than {MOST_FIELDS:,} fields.") from error


async def first_part(body: Body, content_type: str) -> str:
    """The token, where it is the first part of what is uploaded; empty where it is not."""
    _, options = parse_options_header(content_type)
    part = Part()
    try:
        parser = MultipartParser(options.get(b"boundary", b""), part.callbacks())
        async for piece in body:
            parser.write(piece)
            if part.ended or body.size > LIMIT:
                break
    except (MultipartParseError, ValueError) as error:
        raise Refused(400, "This form cannot be read", "It is not what a browser would send. Try again.") from error
    return part.token()


class Part:
    """The first part of a form of several."""

    def __init__(self) -> None:
        self.ended = False
        self._header = b""
        self._value = b""

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_header_field": self._of_header,
            "on_header_value": self._of_header,
            "on_part_data": self._of_value,
            "on_part_end": self._end,
        }

    def token(self) -> str:
        named = f'name="{TOKEN}"'.encode() in self._header and b"filename" not in self._header
        return self._value.decode("utf-8", "replace") if named and self.ended else ""

    def _of_header(self, data: bytes, start: int, end: int) -> None:
        if not self.ended:
            self._header += data[start:end] + b" "

    def _of_value(self, data: bytes, start: int, end: int) -> None:
        if not self.ended:
            self._value += data[start:end]

    def _end(self) -> None:
        self.ended = True


class Body:
    """What is sent, piece by piece; `again` gives what was read once more, and then the rest."""

    def __init__(self, receive: Receive) -> None:
        self.size = 0
        self._receive = receive
        self._kept: deque[Message] = deque()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self._receive()
            self._kept.append(message)
            if message["type"] == "http.disconnect":
                raise Refused(400, "This form did not come", "The connection ended before it was complete.")
            piece = message.get("body", b"")
            self.size += len(piece)
            yield piece
            more = message.get("more_body", False)

    async def again(self) -> Message:
        return self._kept.popleft() if self._kept else await self._receive()


def counted(receive: Receive, most: int) -> Receive:
    """`receive`, until more has come than may."""
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise too_much(most)
        return message

    return counting


def same(token: str, expected: str) -> bool:
    """Compared without telling how much of it is right."""
    return hmac.compare_digest(token.encode("utf-8", "surrogateescape"), expected.encode())
