"""Runs the pages: finds a port, says where, and stops cleanly on Ctrl-C."""

from __future__ import annotations

import errno
import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import uvicorn

from onrecord.archive import Archive
from onrecord.errors import MetadataError
from onrecord.web import charts
from onrecord.web.app import app
from onrecord.web.site import Place, Site, checked, site_of, url

HERE = Place()
TRIES = 50
"""Ports that are tried, from the one asked for upwards."""


class Server(uvicorn.Server):
    """Says that it is ready once it is."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def bound(host: str, port: int, tries: int = TRIES) -> socket.socket:
    """A socket on the port, or on one of the next `tries` that is free; port 0 is any. Raises MetadataError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + tries, 65_536)):
        # With its protocol named, asyncio sends answers at once; else each waits 40 ms for the other side (Nagle).
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, candidate))
            found.listen(128)
        except OSError as error:
            found.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise MetadataError(
                    f"onrecord cannot listen on {host}: {error.strerror}. It must be an address of this machine."
                ) from error
        else:
            return found
    last = min(port + tries, 65_536) - 1
    taken = f"The ports from {port} to {last} are all" if last > port else f"Port {port} is"
    raise MetadataError(f"{taken} in use. Name a free one with --port.")


def configured(archive: Archive, address: str, port: int, site: Site | None = None) -> uvicorn.Config:
    """How the pages are run: no log of who read what, no name of the server, no time-out that holds up an end.

    Without a `site`, they are for this machine only.
    """
    return uvicorn.Config(
        app(archive, site or site_of(Place(address), address, port)),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )


@contextmanager
def warming(archive: Archive) -> Iterator[None]:
    """Meanwhile what the first pages need is made ready. No thread is left behind: one that were still in a library's
    hands when Python ends would take the process down."""
    ended = Event()

    def work() -> None:
        for _ in archive.workbench.warm():
            if ended.is_set():
                return
        gc.freeze()  # 200,000 objects that stay: to look through them for cycles takes a page a tenth of a second

    reading, drawing = Thread(target=work, name="warm"), None
    reading.start()
    try:
        drawing = charts.warm()
        yield
    finally:
        ended.set()
        reading.join()
        gc.unfreeze()
        if drawing:
            drawing.join()


def nothing(url: str) -> None:
    """For those who know where the server is."""


def serve(archive: Archive, place: Place = HERE, port: int = 8765, on_ready: Callable[[str], None] = nothing) -> None:
    """Serve the pages until Ctrl-C; `on_ready(url)` is called once they can be opened.

    Raises MetadataError where the place would let anybody in, where nobody could ask for the pages, or no port is free.
    """
    address = checked(place, archive)
    with bound(address, port, 1 if place.open else TRIES) as listening, warming(archive):
        chosen = listening.getsockname()[1]
        site = site_of(place, address, chosen, archive.people if place.open else None)
        config = configured(archive, address, chosen, site)
        # uvicorn hands an interrupt on once it has closed its connections: for us that is the end, not an error.
        with suppress(KeyboardInterrupt):
            Server(config, lambda: on_ready(url(place, address, chosen))).run(sockets=[listening])
