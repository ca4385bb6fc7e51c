"""The door: whose cookie this is, and whether a name and a password open."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import cached_property

import anyio
import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request

from onrecord.errors import MetadataError
from onrecord.store import Account, name_said
from onrecord.store.people import key
from onrecord.web import cookies
from onrecord.web.access import NAME, Fields, Person, Refused, Visit
from onrecord.web.sessions import TICKET, Sessions, new_ticket
from onrecord.web.site import Site
from onrecord.web.tries import Tries, household

log = logging.getLogger("onrecord.web")

AT_ONCE = 2
"""Passwords that are checked at a time: each takes 64 MiB and the better part of a core."""
WAITING = 20
"""Who may stand behind them."""
OF_A_NAME, OF_AN_ADDRESS = 5, 20
"""Tries without a wait; several people may share an address."""
CALLED = "onrecord-name"
"""The cookie that holds, on this machine, who decides."""


class Door:
    """`clock` gives seconds that never go back."""

    def __init__(self, site: Site, clock: Callable[[], float] = time.monotonic) -> None:
        self.site = site
        self.sessions = Sessions(clock)
        self._names = Tries(OF_A_NAME, clock)
        self._addresses = Tries(OF_AN_ADDRESS, clock)
        self._room = anyio.CapacityLimiter(AT_ONCE)

    # -- who asks ----------------------------------------------------------------------------------------------------

    def visit(self, headers: Headers) -> Visit:
        """Who asks, by their cookies. A ticket that is none of ours is as good as none: a new one is given."""
        held = cookies.given(headers, self.site.cookie)
        known = held if held is not None and TICKET.fullmatch(held) else None
        ticket = known or new_ticket()
        fresh = None if known else self.cookie(ticket)
        local = self.site.people is None
        person = called(cookies.given(headers, CALLED)) if local else self._entered(ticket)
        return Visit(ticket, self.sessions.token(ticket), local, person, fresh=fresh)

    def cookie(self, ticket: str) -> str:
        return cookies.made(self.site.cookie, ticket, https=self.site.https)

    def cookie_gone(self) -> str:
        return cookies.made(self.site.cookie, "", https=self.site.https, seconds=0)

    def accounts(self) -> Mapping[str, Account]:
        return {} if self.site.people is None else self.site.people.accounts()

    def _entered(self, ticket: str) -> Person | None:
        account = self.sessions.account(ticket, self.accounts())
        return Person(account.name, account.role) if account else None

    # -- coming in ---------------------------------------------------------------------------------------------------

    async def enter(self, name: str, password: str, address: str) -> str | None:
        """The ticket of a new session; None where name and password do not belong together.

        Raises Refused where there were too many tries, by this name or from this address, or too many at once. All is
        done for an unknown name that is done for a known one.
        """
        whose = key(name)[:200]
        self._slowed(whose, address)
        account = self.accounts().get(whose)
        right = await self._right(account.hash if account else self._nobodys, password)
        if account is None or not right:
            log.warning("a log-in from %s failed", address)
            return None
        self._names.forget(whose)
        self._addresses.take_back(address)
        return self.sessions.begin(account)

    def _slowed(self, whose: str, address: str) -> None:
        wait = max(self._names.wait(whose), self._addresses.wait(address))
        if wait:
            raise Refused(
                429,
                "Too many tries",
                f"Wait {wait} seconds, then try again. Each wrong password makes the next wait longer.",
                {"retry-after": str(wait)},
            )
        if self._room.statistics().tasks_waiting >= WAITING:
            raise Refused(503, "Many people are at the door", "Wait a moment, then try again.", {"retry-after": "5"})
        self._names.count(whose)
        self._addresses.count(address)

    async def _right(self, kept: str, password: str) -> bool:
        """In a thread, so that pages go on."""
        from onrecord.store.passwords import fits

        return await anyio.to_thread.run_sync(fits, kept, password, limiter=self._room)

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody knows."""
        from onrecord.store.passwords import hashed

        return hashed(new_ticket())

    def ready(self) -> None:
        """Make now what would make the first unknown name slower than the next."""
        assert self._nobodys

    # -- names on this machine ---------------------------------------------------------------------------------------

    def name_cookie(self, name: str) -> str:
        return cookies.made(CALLED, name, https=False, seconds=cookies.YEAR)

    def from_where(self, request: Request) -> str:
        """The address that asks; behind a proxy, the one that the proxy says it comes from."""
        said = request.headers.getlist("x-forwarded-for") if self.site.https else []
        peer = request.client.host if request.client else ""
        return household(said[-1].rsplit(",", 1)[-1] if said else peer)


def called(said: str | None) -> Person | None:
    """Somebody on this machine, where what they say is a name."""
    try:
        return Person(name_said(said), "editor") if said else None
    except MetadataError:
        return None


def name_in(fields: Fields) -> Person | None:
    """Who says, in a form, that they decide."""
    return called(dict(fields).get(NAME))
