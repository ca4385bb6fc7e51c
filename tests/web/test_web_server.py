# ruff: noqa: E501 - cases stay in one piece
"""Running it: a free port, this machine only, a clean end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from onrecord import web
from onrecord.archive import Archive
from onrecord.errors import MetadataError
from onrecord.web import server

SCRIPT = """
import sys
from onrecord import web
from onrecord.archive import Archive
with Archive.open(sys.argv[1]) as archive:
    web.serve(archive, port=int(sys.argv[2]), on_ready=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "", "127.0.0.1.example"])
def test_addresses_that_others_reach_are_refused(archive: Archive, host: str) -> None:
    with pytest.raises(MetadataError, match="this machine only"):
        web.serve(archive, host=host)


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1"), ("127.0.0.2", "127.0.0.2")])  # fmt: skip
def test_addresses_of_this_machine(host: str, address: str) -> None:
    assert server.loopback(host) == address


def test_a_port_in_use_gives_the_next_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with server.bound("127.0.0.1", port) as free:
            assert port < free.getsockname()[1] < port + server.TRIES


def test_answers_are_sent_at_once() -> None:
    with server.bound("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_names_hold_the_port() -> None:
    assert server.names("127.0.0.1", 8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert "127.0.0.1" in server.names("127.0.0.1", 80)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_cleanly(archive: Archive, tmp_path: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-W", "error", "-c", SCRIPT, os.fspath(archive.folder), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert httpx.get(url).status_code == 200
            process.send_signal(ending)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert "Traceback" not in err
    if ending == signal.SIGINT:
        assert (out, err, process.returncode) == ("ended\n", "", 0)
