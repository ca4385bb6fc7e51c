"""Where the pages are served: under which addresses they are asked for, and whether others may ask."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import regex
from msgspec import Struct

from onrecord.archive import Archive
from onrecord.errors import MetadataError
from onrecord.store import People

OWN = frozenset(["127.0.0.1", "localhost", "[::1]"])
"""What a browser calls the machine that it runs on."""
HOST = regex.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.|(?=:|$)))+(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?")


class Place(Struct, frozen=True):
    """What was asked for: an address to listen on, the names by which browsers know it, and whether a proxy stands
    before us that speaks TLS with them."""

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    https: bool = False

    @property
    def open(self) -> bool:
        """Whether others than this machine can ask: directly, or through a proxy."""
        return bool(self.names) or self.https or not ipaddress.ip_address(address_of(self.host)).is_loopback

    @property
    def in_the_clear(self) -> bool:
        """Whether passwords travel unencrypted."""
        return self.open and not self.https


class Site(Struct, frozen=True):
    """`hosts` are the Host headers that a browser may send, in lower case; `people` is None on this machine only."""

    hosts: frozenset[str]
    cookie: str = "onrecord"
    """The name of the cookie that holds a session's id."""
    https: bool = False
    people: People | None = None

    @property
    def origins(self) -> frozenset[str]:
        """The Origin headers of our own pages."""
        return frozenset(f"{'https' if self.https else 'http'}://{host}" for host in self.hosts)


def site_of(place: Place, address: str, port: int, people: People | None = None) -> Site:
    """The site at a place, once its port is known."""
    named = frozenset(host for name in called(place, address) for host in headers(name, port, place.https))
    return Site(named, cookie_name(port, place.https), place.https, people)


def called(place: Place, address: str) -> frozenset[str]:
    """The names without ports by which browsers may ask."""
    own = f"[{address}]" if ":" in address else address
    if not place.open:
        return OWN | {own}
    anywhere = ipaddress.ip_address(address).is_unspecified or place.https
    return frozenset(map(name_of, place.names)) | (frozenset() if anywhere else {own})


def headers(name: str, port: int, https: bool) -> frozenset[str]:
    """What a browser puts into Host for this name: it leaves out the port that its scheme implies."""
    if regex.search(r":\d+$", name):
        return frozenset([name])
    usual = 443 if https else 80
    seen = usual if https else port
    return frozenset([f"{name}:{seen}"]) | (frozenset([name]) if seen == usual else frozenset())


def name_of(said: str) -> str:
    """A host name as browsers send it: lower case, other scripts in ASCII. Raises MetadataError for what is none."""
    name = said.strip().lower()
    with suppress(UnicodeError):
        name = name if name.isascii() else name.encode("idna").decode()
    if not HOST.fullmatch(name):
        raise MetadataError(f"--name takes a host name as a browser shows it, such as archive.example.org, not {said}.")
    return name


def address_of(host: str) -> str:
    """The address that is meant; raises MetadataError for what is none."""
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError as error:
        raise MetadataError(
            f"--host takes an address of this machine, such as 127.0.0.1 or 0.0.0.0 (all of them), not {host!r}. A "
            "host name goes into --name."
        ) from error


def checked(place: Place, archive: Archive) -> str:
    """The address to listen on. Raises MetadataError where anybody could come in, or nobody could ask."""
    address = address_of(place.host)
    if not place.open:
        return address
    if not called(place, address):
        raise MetadataError(
            "By which name will browsers ask for these pages? Say so with --name archive.example.org (or the address "
            "that they type); it may be repeated."
        )
    if not archive.people.accounts():
        raise MetadataError(
            f"Others could reach these pages, so each needs a name and a password first. This lets somebody in:\n"
            f'  onrecord people add {archive.folder} "Your Name" --role editor\n'
            "Then serve again. Without --host, --name and --https the pages are for this machine only and ask for none."
        )
    return address


def cookie_name(port: int, https: bool) -> str:
    """Cookies know no ports: two archives on one machine must not take each other's sessions away.

    With TLS, `__Host-` has a browser keep it from every other host of the domain, which could plant one.
    """
    return "__Host-onrecord" if https else f"onrecord-{port}"


def url(place: Place, address: str, port: int) -> str:
    """Where the pages can be opened."""
    hosts = site_of(place, address, port).hosts
    named = [host for name in place.names for host in (name_of(name), f"{name_of(name)}:{port}") if host in hosts]
    own = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    return f"{'https' if place.https else 'http'}://{(named or [own])[0]}/"
