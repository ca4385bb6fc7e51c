"""Who asks, and what they may do: what every handler may want to know.

    person(request)   whoever asks, where that is known
    editor(request)   whoever decides; raises Refused unless they may
    token(request)    what every form holds: <input type="hidden" name="token" value="{{ token }}">

On this machine everybody may write, under a name that is chosen once. From another machine whoever logged in is meant.
"""

from __future__ import annotations

import regex
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.store import Role

VISIT = "onrecord.visit"
"""The key of ASGI's scope under which the guard leaves what it found out."""
TOKEN = "token"
"""The field of a form that holds the session's token."""
HEADER = "x-csrf-token"
"""The header that holds it where a script asks."""
NAME = "your-name"
"""The field of a form that says, on this machine, who decides."""
LOCAL = regex.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""An address below ours: `//other.example` and `/\\other.example` would lead elsewhere."""
Fields = tuple[tuple[str, str], ...]


class Person(Struct, frozen=True):
    name: str
    role: Role


class Visit(Struct, frozen=True):
    """One request, as far as it is about who asks."""

    ticket: str
    """The session's id, which the cookie holds."""
    token: str
    local: bool
    """Whether it comes from this machine, where nobody needs a password."""
    person: Person | None = None
    fields: Fields | None = None
    """Of a form that was sent as such; None for anything else."""
    cookies: tuple[str, ...] = ()
    """What the answer has a browser keep, whatever it is."""
    fresh: str | None = None
    """What it has it keep where it is a page."""

    @property
    def writes(self) -> bool:
        """Whether pages may show forms that write."""
        return self.local or (self.person is not None and self.person.role == "editor")


NOBODY = Visit(ticket="", token="", local=False)


class Refused(HTTPException):
    """What may not be done, in words that say what to do instead."""

    def __init__(self, status: int, title: str, advice: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, advice, headers)
        self.title = title
        self.advice = advice


class Nameless(Refused):
    """Somebody on this machine decides who has not said their name: asked for it, they go on."""

    def __init__(self) -> None:
        advice = "A decision is kept with the name of whoever made it. Choose yours at /name, then decide again."
        super().__init__(403, "Who decides?", advice)


def visit(request: Request) -> Visit:
    found = request.scope.get(VISIT, NOBODY)
    assert isinstance(found, Visit)
    return found


def person(request: Request) -> Person | None:
    """Whoever asks: who logged in; on this machine, who chose a name. None where that is not known."""
    return visit(request).person


def token(request: Request) -> str:
    """What a form must give back: tied to the session, unknown to every other site."""
    return visit(request).token


def editor(request: Request) -> Person:
    """Whoever decides, by name. Raises Refused for a reader, Nameless on this machine where no name is chosen."""
    asked = visit(request)
    if asked.person is None and asked.local:
        raise Nameless
    if asked.person is None or not asked.writes:
        raise Refused(
            403,
            "You can read here, not change",
            "Your name has the role of a reader. Whoever keeps this archive can make you an editor.",
        )
    return asked.person


def address(request: Request) -> str:
    """What was asked for, as it stands in the address bar: path and query, percent-encoded."""
    query = request.scope["query_string"]
    path = request.scope.get("raw_path") or request.url.path.encode()
    return ours((path + (b"?" + query if query else b"")).decode("latin-1"))


def ours(place: str | None) -> str:
    """An address to lead on to: this one where it is below ours, else the start."""
    return place if place and LOCAL.fullmatch(place) else "/"


def common(asked: Visit) -> dict[str, object]:
    """What every template is given."""
    return {"person": asked.person, "token": asked.token, "writes": asked.writes, "local": asked.local}
