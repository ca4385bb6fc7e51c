"""Pages of PDFs as pictures, and where they begin in the text: made by a program of its own, with a limit of time.

A file that hangs or kills what reads it costs that program, which is then begun anew, and nothing else. The last few
answers are kept.
"""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from weakref import finalize

import msgspec
from msgspec import Struct

from onrecord.errors import NotFound, OnrecordError, Unreadable
from onrecord.ingest.pagepicture import Asked, Told, text_digest

PROGRAM = (sys.executable, "-m", "onrecord.ingest.pagepicture")
SECONDS = 10.0
"""That a page may take."""
PATIENCE = 1.5
"""Seconds that the reader waits for page borders; they are kept once they are known, however long that took."""
KEPT_BYTES = 24_000_000
KEPT_PAGES = 500
SLOW = "This page takes too long to be drawn, or cannot be drawn. The original file is there to be opened."


class Pages(Struct, frozen=True):
    """How many pages there are, and where in the text each begins (code points); empty where that is not known."""

    count: int = 0
    starts: tuple[int, ...] = ()


NONE = Pages()


class Program:
    """The program, ready to be asked; it ends with this, at the latest when Python does."""

    def __init__(self) -> None:
        self._process = Popen(PROGRAM, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        self._end = finalize(self, ended, self._process)

    def ask(self, asked: Asked) -> tuple[Told, bytes]:
        """Waits. Raises OSError, EOFError or ValueError where the program is gone or talks nonsense."""
        out, back = self._process.stdin, self._process.stdout
        assert out is not None
        assert back is not None
        out.write(msgspec.json.encode(asked) + b"\n")
        out.flush()
        told = msgspec.json.decode(back.readline(), type=Told)
        drawn = back.read(told.size)
        if len(drawn) < told.size:
            raise EOFError("The program ended in the middle of a picture.")
        return told, drawn

    def kill(self) -> None:
        """Whoever waits for its answer gets none."""
        self._process.kill()

    def close(self) -> None:
        self._end()


def ended(process: Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what was still to be written has no reader any more
            stream and stream.close()


class Pictures:
    """Asked by coroutines of one loop."""

    def __init__(self) -> None:
        self._program: Program | None = None
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
            program = self._program = self._program or Program()
            work = asyncio.ensure_future(asyncio.to_thread(program.ask, asked))
            done, _ = await asyncio.wait([work], timeout=SECONDS)
            if not done:
                program.kill()
            try:
                told, drawn = await work
            except (OSError, EOFError, ValueError) as error:
                self.close()
                raise Unreadable("slow", SLOW, "") from error
        if told.missing:
            raise NotFound(told.missing)
        if told.failed:
            raise Unreadable("damaged", told.failed, "")
        return told, drawn

    def close(self) -> None:
        """End the program, whatever it does."""
        program, self._program = self._program, None
        if program is not None:
            program.close()
