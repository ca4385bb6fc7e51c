# ruff: noqa: E501 - sentences stay in one piece
"""A small pile of real files, an archive built from them, and the pages of it on a real server.

Some of the files are made to harm: nothing in them may run, turn words round, or be lost.
"""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uvicorn
import web_samples as samples
from fastapi import APIRouter, FastAPI

from onrecord.archive import Archive
from onrecord.model import Given
from onrecord.web import Place, charts, server
from onrecord.web.server import HERE
from onrecord.web.site import site_of

HOSTILE = (
    "Notice \u202egnp.exe\u202c to \u2067all\u2069 members\n\n"
    '<script>document.title = "run"</script><img src=x onerror="document.title=\'run\'"> & &amp; &lt;b&gt;\n\n'
    "A line with a bell \x07 and one that ends in CRLF\r\n\r\nThe last line, with 🚢 and a tab\tin it, and "
    + "unbreakable"
    * 40
)
HOSTILE_NAME = "x <b onclick=alert(1)>&.txt"
HOSTILE_PUBLISHER = "\u202e<img src=x onerror=alert(1)>"
SAVED_PAGE = """<!doctype html><html lang="en"><head><title>A &lt;script&gt; in the title</title><script>document.title = "run"</script>
<style>body { display: none }</style></head><body><article><h1>River notes</h1>
<p>The Council of Dunmere said on Monday that the sluice would stay open until the end of the month, and nobody objected.</p>
<p onclick="alert(1)"><a href="javascript:alert(1)">The sluice keeper</a> wrote that he had asked for oil three times since the spring.</p>
</article><svg onload="alert(1)"><script>alert(1)</script></svg></body></html>
"""
LONG = "".join(
    f"Paragraph {number} of the long report speaks of lock {number}, of its keeper and of the water that went through 🚢.\n\n"
    for number in range(1, 121)
)
NOTES = 45
"""Short notes, so that results fill more than two pages."""


def write(folder: Path) -> Path:
    """The pile, in `folder`."""
    letters = folder / "letters"
    letters.mkdir(parents=True)
    (letters / "crossing.txt").write_text(samples.ENGLISH, "utf8")
    (letters / "معبر.txt").write_text(samples.ARABIC, "utf8")
    (letters / HOSTILE_NAME).write_bytes(HOSTILE.encode())
    side_car = f'publisher = "{HOSTILE_PUBLISHER}"\nurl = "javascript:alert(1)"\nnote = "<i>odd</i>"\n'
    (letters / f"{HOSTILE_NAME}.meta.toml").write_text(side_car, "utf8")
    (letters / "page.html").write_text(SAVED_PAGE, "utf8")
    (letters / "long.txt").write_text(LONG, "utf8")
    (letters / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that is one\n%%EOF")
    with zipfile.ZipFile(letters / "box.zip", "w") as box:
        box.writestr("inner/minutes.txt", "Minutes\n\nThe lock keepers met on 4 June 2024 and agreed to meet again.")
    for number in range(1, NOTES + 1):
        day, month = number % 28 + 1, number % 12 + 1
        text = f"Ferry note {number}\n\nOrsk, {2023 + number % 2}-{month:02}-{day:02}\n\nThe night ferry left the quay {number} minutes late."
        (letters / f"note-{number:02}.txt").write_text(text, "utf8")
    return folder


def build(folder: Path) -> Archive:
    """An archive of the pile in `folder`."""
    archive = Archive.open(folder / "river.onrecord", create=True)
    archive.build([write(folder / "pile")], given=Given(publisher="River Post"), jobs=1)
    return archive


def named(archive: Archive, end: str) -> str:
    """The id of the document whose source ends so."""
    return next(record.id for record in archive.records() if record.capture.source.endswith(end))


@contextmanager
def served(archive: Archive, place: Place = HERE, more: APIRouter | None = None) -> Iterator[str]:
    """The address of a real server with the archive's pages (and `more`), on a port of its own, ready to draw."""
    if warming := charts.warm():
        warming.join()
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        site = site_of(place, "127.0.0.1", port, archive.people if place.open else None)
        config = server.configured(archive, "127.0.0.1", port, site)
        if more is not None:
            cast(FastAPI, config.app).include_router(more)
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not running.started and time.monotonic() < deadline:
            time.sleep(0.01)
        assert running.started
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.should_exit = True
            thread.join(20)
