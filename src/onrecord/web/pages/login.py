"""Who asks:

/login    from another machine: a name and a password
/logout   ends the session
/name     on this machine: who decides, chosen once
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.access import NAME, TOKEN, Fields, Nameless, address, ours, visit
from onrecord.web.api import PREFIX
from onrecord.web.door import Door
from onrecord.web.drawing import html
from onrecord.web.failing import refused
from onrecord.web.pages import Pages

NOT_RIGHT = "This name and this password do not belong together."
NO_NAME = "A name has 1 to 100 characters, all of which can be seen."


def routes(door: Door) -> Pages:
    """Names and passwords where others can ask, a name alone on this machine."""
    return own_name() if door.site.people is None else entering(door)


def entering(door: Door) -> Pages:
    pages = Pages()

    @pages.page("/login")
    async def login(request: Request) -> Response:
        return html(request, "login.html", next=ours(request.query_params.get("next")), name="", why="")

    @pages.action("/login")
    async def enter(request: Request) -> Response:
        sent = dict(visit(request).fields or ())
        name, onward = sent.get("name", ""), ours(sent.get("next"))
        ticket = await door.enter(name, sent.get("password", ""), door.from_where(request))
        if ticket is None:
            return html(request, "login.html", 403, next=onward, name=name[:100], why=NOT_RIGHT)
        door.sessions.end(visit(request).ticket)
        return leading(onward, door.cookie(ticket))

    @pages.action("/logout")
    async def leave(request: Request) -> Response:
        door.sessions.end(visit(request).ticket)
        return leading("/login", door.cookie_gone())

    return pages


def own_name() -> Pages:
    pages = Pages()

    @pages.page("/name")
    async def name(request: Request) -> Response:
        return name_page(request, ours(request.query_params.get("next")))

    @pages.action("/name")
    async def chosen(request: Request) -> Response:
        sent, asked = dict(visit(request).fields or ()), visit(request)
        onward = ours(sent.get("next"))
        if not asked.cookies:  # the guard has it kept where it is a name
            return name_page(request, onward, status=400, why=NO_NAME)
        return leading(onward)

    return pages


async def nameless(request: Request, error: Exception) -> Response:
    """Asks who decides, and holds what was to be done until that is said."""
    assert isinstance(error, Nameless)
    sent = visit(request).fields
    if sent is None or request.url.path.startswith(PREFIX):
        return await refused(request, error)
    kept = tuple((key, value) for key, value in sent if key not in (TOKEN, NAME))
    why = NO_NAME if NAME in dict(sent) else ""
    return name_page(request, address(request), kept, 403, why)


def name_page(request: Request, onward: str, kept: Fields | None = None, status: int = 200, why: str = "") -> Response:
    """`kept` is a form that waits for a name, to be sent `onward`; without one, that is where to go."""
    held, action = ((("next", onward),), "/name") if kept is None else (kept, onward)
    return html(request, "name.html", status, action=action, kept=held, why=why, field=NAME, waits=kept is not None)


def leading(place: str, cookie: str | None = None) -> Response:
    answer = RedirectResponse(place, 303)
    if cookie:
        answer.headers.append("set-cookie", cookie)
    return answer
