"""Runs the pages on this machine: finds a port, says where, and stops cleanly on Ctrl-C."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from onrecord.archive import Archive
from onrecord.errors import MetadataError
from onrecord.web import charts
from onrecord.web.app import app

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


def loopback(host: str) -> str:
    """The address of this machine that is meant; raises MetadataError for any that others can reach."""
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    with suppress(ValueError):
        if ipaddress.ip_address(address).is_loopback:
            return address
    raise MetadataError(
        f"onrecord serves on this machine only, and {host} can be reached by others. "
        "Leave --host out, or use 127.0.0.1, localhost or ::1."
    )


def bound(host: str, port: int) -> socket.socket:
    """A socket on the port, or on the next one that is free; port 0 is any. Raises MetadataError where none is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + TRIES, 65_536)):
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
                    f"onrecord cannot listen on {host}: {error.strerror}. Use --host 127.0.0.1."
                ) from error
        else:
            return found
    last = min(port + TRIES, 65_536) - 1
    raise MetadataError(f"The ports from {port} to {last} are all in use. Name a free one with --port.")


def names(host: str, port: int) -> frozenset[str]:
    """What a browser may call this server in its Host header."""
    known = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    return frozenset(f"{name}:{port}" for name in known) | (frozenset(known) if port == 80 else frozenset())


def configured(archive: Archive, address: str, port: int) -> uvicorn.Config:
    """How the pages are run: no log of who read what, no name of the server, no time-out that holds up an end."""
    return uvicorn.Config(
        app(archive, names(address, port)),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )


def nothing(url: str) -> None:
    """For those who know where the server is."""


def serve(
    archive: Archive, host: str = "127.0.0.1", port: int = 8765, on_ready: Callable[[str], None] = nothing
) -> None:
    """Serve the pages until Ctrl-C; `on_ready(url)` is called once they can be opened.

    Raises MetadataError where the host is not this machine's own, or no port is free.
    """
    address = loopback(host)
    charts.warm()
    with bound(address, port) as listening:
        chosen = listening.getsockname()[1]
        url = f"http://{f'[{address}]' if ':' in address else address}:{chosen}/"
        # uvicorn hands an interrupt on once it has closed its connections: for us that is the end, not an error.
        with suppress(KeyboardInterrupt):
            Server(configured(archive, address, chosen), lambda: on_ready(url)).run(sockets=[listening])
