"""Files that are sent to us, written to the disk as they come: never more than a piece of one is in memory.

Their names are strangers' words: each becomes the name of one file in one folder, whatever it holds. A limit that is
met ends the reading with a Refused that names it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import anyio.to_thread
import regex
from fastapi import Request
from msgspec import Struct
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from onrecord.web.access import Refused

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MB = 1_000_000


class Limits(Struct, frozen=True, kw_only=True):
    """Sizes in bytes."""

    file: int = 200 * MB
    request: int = 1000 * MB
    """All that is sent at once."""
    files: int = 2000
    field: int = 20_000
    """One field that is no file."""
    fields: int = 50
    headers: int = 16_000
    """The lines in front of one part."""


LIMITS = Limits()
NAME = 150
"""Bytes of a name; file systems take 255, and ours are written with more behind them."""
RESERVED = regex.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", flags=regex.IGNORECASE)
"""Names that Windows takes for devices, whatever follows their first point."""
ODD = regex.compile(r"[\p{C}\p{Zl}\p{Zp}<>:\"|?*]")
"""What no name needs: what cannot be seen, and what some file systems refuse."""


class Upload(Struct, frozen=True):
    """What was sent: the fields, and the files by name and size, which lie in the folder."""

    fields: dict[str, str]
    files: tuple[tuple[str, int], ...]


def harmless(said: str) -> str:
    """The name of a file in one folder: no path, nothing hidden, no device, at most NAME bytes, its ending kept."""
    last = regex.split(r"[/\\]", said.rstrip("/\\ "))[-1]
    name = ODD.sub("_", last).strip().lstrip(".").rstrip(". ")
    if RESERVED.match(name):
        name = f"_{name}"
    stem, point, ending = name.rpartition(".")
    if not point or len(ending.encode()) > 20:
        stem, point, ending = name, "", ""
    room = NAME - len((point + ending).encode())
    return cut(stem, room) + point + ending or "unnamed"


def cut(text: str, most: int) -> str:
    """As much of the text as takes at most so many bytes, and no half character."""
    return text.encode()[:most].decode("utf8", "ignore").rstrip()


def free(name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it; capitals do not tell two names apart on every disk."""
    stem, point, ending = name.rpartition(".")
    if not stem:
        stem, point, ending = name, "", ""
    number, chosen = 1, name
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{stem} ({number}){point}{ending}"
    taken.add(chosen.casefold())
    return chosen


class Receiver:
    """Takes the parts of one form as they come; `fields` and `files` are what it has so far."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._taken: set[str] = set()
        self._file: BinaryIO | None = None
        self._header = self._line = b""
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._value = b""
        self._called: str | None = None
        self._size = 0
        self.fields: dict[str, str] = {}
        self.files: list[tuple[str, int]] = []
        self.ended = False

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._of_header(data[start:end], b""),
            "on_header_value": lambda data, start, end: self._of_header(b"", data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._headers, self._header, self._line, self._value, self._size = {}, b"", b"", b"", 0

    def _of_header(self, name: bytes, value: bytes) -> None:
        self._header += name
        self._line += value
        within(len(self._header) + len(self._line), self._limits.headers, "The name of a file or field is longer")

    def _header_end(self) -> None:
        self._headers[self._header.lower()] = self._line
        self._header = self._line = b""

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf8", "replace")
        said = options.get(b"filename")
        self._called = None if said is None else said.decode("utf8", "replace")
        if self._called:  # a form without JavaScript sends a file without a name where none was chosen
            within(len(self.files) + 1, self._limits.files, "There are more files", "files")
            name = free(harmless(self._called), self._taken)
            self._file = (self._folder / name).open("xb")
            self.files.append((name, 0))
        elif self._called is None:
            within(len(self.fields) + 1, self._limits.fields, "There are more fields", "fields")

    def _data(self, data: bytes) -> None:
        self._size += len(data)
        if self._file is not None:
            within(self._size, self._limits.file, f"The file “{self.files[-1][0]}” is larger")
            self._file.write(data)
        elif self._called is None:
            within(self._size, self._limits.field, f"The field “{self._name[:40]}” is longer")
            self._value += data

    def _end(self) -> None:
        if self._file is not None:
            self.close()
            self.files[-1] = (self.files[-1][0], self._size)
        elif self._called is None:
            self.fields[self._name] = self._value.decode("utf8", "replace")

    def _finish(self) -> None:
        self.ended = True


def within(size: int, most: int, said: str, unit: str = "bytes") -> None:
    """Raises Refused where `size` is more than `most`."""
    if size > most:
        shown = f"{most // MB:,} MB" if most >= MB else f"{most:,} {unit}"
        advice = f"{said} than can be sent here ({shown}). Send less at once, or use `onrecord build` for large piles."
        raise Refused(413, "This is too much at once", advice)


async def received(request: Request, folder: Path, limits: Limits = LIMITS) -> Upload:
    """What a form sends, its files in `folder`. Raises Refused (400, 413, 415); OSError where the disk is full."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Refused(415, "This cannot be read", "Files are sent as a form (multipart/form-data).")
    said = request.headers.get("content-length", "0")
    within(int(said) if said.isdecimal() else 0, limits.request, "This is more")
    receiver = Receiver(folder, limits)
    try:
        await _read(request, MultipartParser(options[b"boundary"], receiver.callbacks()).write, limits)
    except (MultipartParseError, ClientDisconnect) as error:
        await drained(request)
        raise Refused(400, "This did not come as a whole", "It is cut short, or no form. Send it again.") from error
    except Refused:
        await drained(request)
        raise
    finally:
        receiver.close()
    if not receiver.ended:
        raise Refused(400, "This did not come as a whole", "It is cut short, or no form. Send it again.")
    return Upload(receiver.fields, tuple(receiver.files))


async def drained(request: Request) -> None:
    """The rest is read and dropped: a browser shows our answer only once it has sent all of its own."""
    with suppress(Refused, ClientDisconnect, RuntimeError):
        async for _ in request.stream():
            pass


async def _read(request: Request, write: Callable[[bytes], int], limits: Limits) -> None:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        within(size, limits.request, "This is more")
        if piece:
            await anyio.to_thread.run_sync(write, piece)  # a slow disk holds up no page
