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
from onrecord.web import Place, server
from onrecord.web.site import address_of, site_of, url

SCRIPT = """
import sys
from onrecord import web
from onrecord.archive import Archive
with Archive.open(sys.argv[1]) as archive:
    web.serve(archive, port=int(sys.argv[2]), on_ready=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("place", [Place("0.0.0.0", ("river.example",)), Place("192.0.2.4"), Place(names=("river.example",)), Place(names=("river.example",), https=True), Place("::", ("[2001:db8::4]:8765",))])  # fmt: skip
def test_nobody_else_is_let_in_before_anybody_has_a_password(archive: Archive, place: Place) -> None:
    with pytest.raises(MetadataError, match=r"onrecord people add .*river\.onrecord"):
        web.serve(archive, place)


@pytest.mark.parametrize("place", [Place("0.0.0.0"), Place("::"), Place("192.0.2.4", https=True), Place(https=True)])
def test_others_need_a_name_to_ask_for(archive: Archive, place: Place) -> None:
    with pytest.raises(MetadataError, match="--name"):
        web.serve(archive, place)


@pytest.mark.parametrize(("place", "says"), [
    (Place("river.example"), "--host takes an address"), (Place(""), "--host takes"), (Place("127.0.0.1.example"), "--host takes"),
    (Place(names=("https://river.example",)), "--name takes"), (Place(names=("river example",)), "--name takes"), (Place(names=("river.example/",)), "--name takes"), (Place(names=("",)), "--name takes"),
])  # fmt: skip
def test_what_is_no_address_is_said(archive: Archive, place: Place, says: str) -> None:
    with pytest.raises(MetadataError, match=says):
        web.serve(archive, place)


@pytest.mark.parametrize(("place", "address", "others"), [
    (Place(), "127.0.0.1", False), (Place("localhost"), "127.0.0.1", False), (Place("::1"), "::1", False), (Place("[::1]"), "::1", False), (Place("127.0.0.2"), "127.0.0.2", False),
    (Place("0.0.0.0"), "0.0.0.0", True), (Place("192.0.2.4"), "192.0.2.4", True), (Place(names=("river.example",)), "127.0.0.1", True), (Place(https=True), "127.0.0.1", True),
])  # fmt: skip
def test_whether_others_can_ask(place: Place, address: str, others: bool) -> None:
    assert (address_of(place.host), place.open) == (address, others)


HOSTS = [
    (Place(), 8765, {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}, "http://127.0.0.1:8765/"),
    (
        Place(),
        80,
        {"127.0.0.1:80", "localhost:80", "[::1]:80", "127.0.0.1", "localhost", "[::1]"},
        "http://127.0.0.1:80/",
    ),
    (Place("192.0.2.4"), 8765, {"192.0.2.4:8765"}, "http://192.0.2.4:8765/"),
    (
        Place("0.0.0.0", ("River.example", "10.0.0.4")),
        8765,
        {"river.example:8765", "10.0.0.4:8765"},
        "http://river.example:8765/",
    ),
    (
        Place(names=("río.example",), https=True),
        8765,
        {"xn--ro-nja.example", "xn--ro-nja.example:443"},
        "https://xn--ro-nja.example/",
    ),
    (Place(names=("river.example:8443",), https=True), 8765, {"river.example:8443"}, "https://river.example:8443/"),
]


@pytest.mark.parametrize(("place", "port", "hosts", "opened"), HOSTS)
def test_the_names_by_which_browsers_ask(place: Place, port: int, hosts: set[str], opened: str) -> None:
    address = address_of(place.host)
    assert site_of(place, address, port).hosts == hosts
    assert url(place, address, port) == opened


def test_a_port_in_use_gives_the_next_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with server.bound("127.0.0.1", port) as free:
            assert port < free.getsockname()[1] < port + server.TRIES


def test_answers_are_sent_at_once() -> None:
    with server.bound("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


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


@pytest.mark.parametrize("https", [False, True])
def test_served_to_others_it_asks_for_a_password_and_says_what_travels_in_the_clear(
    tmp_path: Path, https: bool
) -> None:
    folder = tmp_path / "river.onrecord"
    with Archive.open(folder, create=True) as archive:
        archive.people.add("Anna Brandt", "editor", "kept")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "onrecord.cli",
        "serve",
        os.fspath(folder),
        "--name",
        "river.example",
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        [*command, *(["--https"] if https else [])], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            host = "river.example" if https else f"river.example:{port}"
            answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"host": host})
            process.send_signal(signal.SIGINT)
            _, warned = process.communicate(timeout=30)
        finally:
            process.kill()
    assert f"{'https' if https else 'http'}://{host}/ (for those who have a password" in said
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert ("unencrypted" in warned) is not https
