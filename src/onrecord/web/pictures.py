"""Pages of PDFs as pictures, and where they begin in the text: made by a program of its own, with a limit of time.

A file that hangs or kills what reads it costs that program, which is then begun anew, and nothing else. The last few
answers are kept.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import OrderedDict
from contextlib import suppress

import msgspec
from msgspec import Struct

from onrecord.errors import NotFound, OnrecordError, Unreadable
from onrecord.ingest.pagepicture import Asked, Told, text_digest

PROGRAM = (sys.executable, "-m", "onrecord.ingest.pagepicture")
SECONDS = 10.0
"""That a page may take."""
PATIENCE = 1.5
"""Seconds that the reader waits for page borders; they are kept once they are known, however long that took."""
LONGEST = 64_000_000
"""Bytes of an answer's line: the borders of very many pages."""
KEPT_BYTES = 24_000_000
KEPT_PAGES = 500
SLOW = "This page takes too long to be drawn, or cannot be drawn. The original file is there to be opened."


class Pages(Struct, frozen=True):
    """How many pages there are, and where in the text each begins (code points); empty where that is not known."""

    count: int = 0
    starts: tuple[int, ...] = ()


NONE = Pages()


class Pictures:
    """Asked by coroutines of one loop."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._drawn: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._known: OrderedDict[str, Pages] = OrderedDict()
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._one = asyncio.Lock()

    async def page(self, path: str, number: int) -> bytes:
        """Page `number` of the PDF at `path` as PNG. Raises NotFound, Unreadable."""
        key = (path, number)
        if key not in self._drawn:
            self._drawn[key] = (await self._ask(Asked(path, number)))[1]
            while sum(map(len, self._drawn.values())) > KEPT_BYTES and len(self._drawn) > 1:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    async def pages(self, path: str, text: str) -> Pages:
        """The pages of the PDF at `path`, from which `text` was read; none while they are not known."""
        if path not in self._known:
            task = self._reading.get(path) or asyncio.create_task(self._read(path, text))
            self._reading[path] = task
            await asyncio.wait([task], timeout=PATIENCE)
        return self._known.get(path, NONE)

    async def _read(self, path: str, text: str) -> None:
        found = NONE
        try:
            told, _ = await self._ask(Asked(path))
            found = Pages(told.pages, told.starts if told.digest == text_digest(text) else ())
        except OnrecordError:
            pass  # it has no pages that we know of
        finally:
            self._known[path] = found
            self._reading.pop(path, None)
        while len(self._known) > KEPT_PAGES:
            self._known.popitem(last=False)

    async def _ask(self, asked: Asked) -> tuple[Told, bytes]:
        # One at a time: the limit is of the work, not of waiting for others.
        async with self._one:
            try:
                told, drawn = await asyncio.wait_for(self._exchange(asked), SECONDS)
            except (TimeoutError, OSError, EOFError, ValueError) as error:
                self.close()
                raise Unreadable("slow", SLOW, "") from error
        if told.missing:
            raise NotFound(told.missing)
        if told.failed:
            raise Unreadable("damaged", told.failed, "")
        return told, drawn

    async def _exchange(self, asked: Asked) -> tuple[Told, bytes]:
        process = self._process = self._process or await asyncio.create_subprocess_exec(
            *PROGRAM, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LONGEST
        )
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(msgspec.json.encode(asked) + b"\n")
        await process.stdin.drain()
        told = msgspec.json.decode(await process.stdout.readuntil(b"\n"), type=Told)
        return told, await process.stdout.readexactly(told.size)

    def close(self) -> None:
        """End the program, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
