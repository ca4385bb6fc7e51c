"""Pages of a PDF as pictures, and where they begin in its text: what the words were read from.

Files may be made to harm, so this is a program of its own (`python -m onrecord.ingest.pagepicture`), which whoever asks
it can end: a line of JSON in (`Asked`), a line of JSON out (`Told`), and the bytes that it announces.
"""

from __future__ import annotations

import hashlib
import io
import math
import signal
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
import pypdfium2 as pdfium
from msgspec import Struct

from onrecord.errors import NotFound, OnrecordError, Unreadable
from onrecord.ingest.limits import LIMITS
from onrecord.ingest.pdf import borders

WIDTH = 1240
"""Pixels across an ordinary page: A4 at 150 dots per inch."""
PIXELS = 6_000_000
"""A picture has no more, however large the page says it is."""
MOST_SCALE = 4.0
MEMORY = 1_500_000_000
"""Bytes that the program may hold."""


class Asked(Struct, frozen=True, omit_defaults=True):
    """A page of the PDF at `path` as a picture (`page`, from 1), or, with 0, where all its pages begin."""

    path: str
    page: int = 0


class Told(Struct, frozen=True, omit_defaults=True):
    """`size` bytes of PNG follow; or how many pages there are, and where in the text with this digest each begins."""

    size: int = 0
    pages: int = 0
    starts: tuple[int, ...] = ()
    digest: str = ""
    missing: str = ""
    """Why there is no such page."""
    failed: str = ""
    """Why nothing could be done with it."""


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()


def picture(path: str, number: int) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as PNG. Raises NotFound where there is no such page, Unreadable."""
    try:
        pdf = pdfium.PdfDocument(Path(path))
        try:
            if not 1 <= number <= len(pdf):
                raise NotFound(f"There is no page {number}: this document has {len(pdf)}.")
            page = pdf[number - 1]
            bitmap = page.render(scale=scale(*page.get_size()))
            stream = io.BytesIO()
            # Few colours: a page of text takes a quarter of the bytes.
            bitmap.to_pil().convert("RGB").quantize(64).save(stream, "PNG")
            return stream.getvalue()
        finally:
            pdf.close()
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", f"This page cannot be drawn ({error}).", "Open the original file.") from error


def scale(width: float, height: float) -> float:
    """Pixels for a point of a page of this size in points, within all limits."""
    width, height = max(width, 1.0), max(height, 1.0)
    return min(MOST_SCALE, WIDTH / width, math.sqrt(PIXELS / (width * height)))


def answer(asked: Asked) -> tuple[Told, bytes]:
    """What is told, and the bytes that follow it."""
    try:
        if asked.page:
            drawn = picture(asked.path, asked.page)
            return Told(size=len(drawn)), drawn
        text, starts = borders(Path(asked.path).read_bytes(), LIMITS)
        return Told(pages=len(starts), starts=starts, digest=text_digest(text)), b""
    except NotFound as error:
        return Told(missing=str(error)), b""
    except (OnrecordError, OSError, MemoryError, ValueError) as error:
        return Told(failed=str(error) or type(error).__name__), b""


def limited() -> None:
    """It may not take all memory of the machine, and Ctrl-C is for whoever asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError):  # Windows has none
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Answer one line after another until nobody asks any more."""
    limited()
    for line in sys.stdin.buffer:
        told, drawn = answer(msgspec.json.decode(line, type=Asked))
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n" + drawn)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
