"""Who is logged in, kept in this process only: sessions end with the server.

A session's id, its ticket, is 256 random bits that a cookie holds. Its token is made of the ticket with a key of this
process: a form gives it back, and no other site can know it. So a ticket has a token before anybody is logged in with
it, and nothing is kept for those who only look at the log-in page.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping

import regex
from msgspec import Struct

from onrecord.store import Account
from onrecord.store.people import key

IDLE = 12 * 3600.0
"""Seconds after which a session that nobody uses is over."""
MOST = 20
"""Sessions of one person; beyond that the one unused the longest ends."""
TICKET = regex.compile(r"[A-Za-z0-9_-]{43}", flags=regex.ASCII)


class Session(Struct):
    account: Account
    """As it was at log-in: a new password ends what the old one began."""
    seen: float


def new_ticket() -> str:
    return secrets.token_urlsafe(32)


class Sessions:
    """`clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._open: dict[str, Session] = {}

    def token(self, ticket: str) -> str:
        """What shows that a form was made for the session with this ticket."""
        return urlsafe_b64encode(hmac.digest(self._key, ticket.encode(), "sha256")).decode().rstrip("=")

    def begin(self, account: Account) -> str:
        """A new session, under a ticket that nobody has seen before."""
        now = self._clock()
        self._open = {ticket: each for ticket, each in self._open.items() if now - each.seen < IDLE}
        mine = [ticket for ticket, each in self._open.items() if key(each.account.name) == key(account.name)]
        for ticket in sorted(mine, key=lambda ticket: self._open[ticket].seen)[: max(0, len(mine) - MOST + 1)]:
            del self._open[ticket]
        ticket = new_ticket()
        self._open[ticket] = Session(account, now)
        return ticket

    def account(self, ticket: str, accounts: Mapping[str, Account]) -> Account | None:
        """Who is logged in with this ticket, with today's role; None where nobody is, or no longer."""
        session, now = self._open.get(ticket), self._clock()
        if session is None:
            return None
        account = accounts.get(key(session.account.name))
        if now - session.seen >= IDLE or account is None or account.hash != session.account.hash:
            self.end(ticket)
            return None
        session.seen = now
        return account

    def end(self, ticket: str) -> None:
        self._open.pop(ticket, None)
