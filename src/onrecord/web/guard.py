"""What stands before every page: who may ask, how, and what a browser may do with the answer.

A page on the web can make its own name point at 127.0.0.1 (DNS rebinding) and so read a local server: it cannot change
the Host header that the browser sends, which is checked here. Scripts, frames and pictures of other sites are refused
by where the browser says that the request comes from. What is sent to us must come from a page of ours, twice over: by
its Origin, and by a token that only a page of this session holds.

From another machine nothing is to be had without a session but the log-in page and what it is drawn with.
"""

from __future__ import annotations

from urllib.parse import quote

from msgspec.structs import replace
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web import writing
from onrecord.web.access import VISIT, Refused, Visit, address, editor
from onrecord.web.api import PREFIX
from onrecord.web.door import Door, name_in
from onrecord.web.drawing import again
from onrecord.web.failing import wrong
from onrecord.web.site import Site

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
FEATURES = """
    accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid idle-detection
    magnetometer microphone midi payment publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking
"""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in FEATURES.split()),
    "cache-control": "no-cache",
    "x-robots-tag": "noindex, nofollow",
}
METHODS = frozenset(["GET", "HEAD", "POST"])
ENTRY, DRAWN_WITH = "/login", "/static/"
"""What anybody may ask for: the log-in page, and what is below `/static/`."""
ANYBODYS = frozenset([ENTRY, "/logout", "/name"])
"""Where a form may be sent by who is no editor."""
PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers that only a proxy sends."""


class Guard:
    """ASGI middleware: refuses what is not asked as it should be; hardens every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun = False

        async def hardened(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self.harden(MutableHeaders(scope=message), scope.get(VISIT))
            await send(message)

        request = Request(scope, receive)
        try:
            answer, receive = await self.admit(request)
            await (answer or self.app)(scope, receive, hardened)
        except Exception as error:
            answer = await wrong(request, error)
            if not begun:
                await answer(scope, receive, hardened)

    async def admit(self, request: Request) -> tuple[Response | None, Receive]:
        """None where the request may pass, and what is sent with it; raises Refused."""
        for refuses in CHECKS:
            refuses(self.door.site, request)
        asked = self.door.visit(request.headers)
        if unasked(request, asked):
            return again(address(request)), request.receive
        request.scope[VISIT] = asked
        path = request.url.path
        if not (asked.local or asked.person or path == ENTRY or path.startswith(DRAWN_WITH)):
            return entrance(request), request.receive
        if request.method != "POST":
            return None, request.receive
        return None, await self.written(request, asked)

    async def written(self, request: Request, asked: Visit) -> Receive:
        """What is sent, once it is known that a page of ours sent it, for somebody who may."""
        own(self.door.site, request.headers)
        token, fields, receive = await writing.read(request.headers, request.url.path, request.receive)
        if asked.fresh or not writing.same(token, asked.token):
            raise Refused(
                403,
                "This form is out of date",
                "Go back, reload the page and send it again. If that does not help, let your browser keep cookies of "
                "this address.",
            )
        request.scope[VISIT] = asked = self.signed(replace(asked, fields=fields))
        if not asked.writes and request.url.path not in ANYBODYS:
            editor(request)
        return receive

    def signed(self, asked: Visit) -> Visit:
        """On this machine, a form may say who decides; from then on that is known."""
        said = name_in(asked.fields or ()) if asked.local else None
        return asked if said is None else replace(asked, person=said, cookies=(self.door.name_cookie(said.name),))

    def harden(self, headers: MutableHeaders, asked: Visit | None) -> None:
        """What every answer says to the browser, and the cookies that it is to keep."""
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.door.site.people is not None and headers["cache-control"] == HEADERS["cache-control"]:
            headers["cache-control"] = "no-store"  # a shared computer must not show it to the next person
        if asked is None:
            return
        page = headers.get("content-type", "").startswith("text/html")
        for cookie in (*asked.cookies, *([asked.fresh] if asked.fresh and page else [])):
            headers.append("set-cookie", cookie)


# Who may ask at all: each raises Refused


def addressed(site: Site, request: Request) -> None:
    if [host.lower() in site.hosts for host in request.headers.getlist("host")] != [True]:
        known = " and ".join(sorted(site.origins))
        raise Refused(421, "This is not the address of this archive", f"It answers only at {known}.")


def direct(site: Site, request: Request) -> None:
    """Where nobody needs a password, a proxy would let everybody in."""
    if site.people is None and any(name in request.headers for name in PROXIED):
        raise Refused(
            403,
            "This archive is served on one machine only",
            "A proxy stands in between, so others could come in. To let them, serve it with --https and --name.",
        )


def linked(site: Site, request: Request) -> None:
    foreign = any(origin.lower() not in site.origins for origin in request.headers.getlist("origin"))
    if foreign or stranger(request.headers):
        advice = "This archive answers only its own pages. Open it in the address bar instead."
        raise Refused(403, "Another site asked for this page", advice)


def methodical(site: Site, request: Request) -> None:
    if request.method not in METHODS:
        advice = "Pages are read and forms are sent; nothing else is done here. Use the links and the forms."
        raise Refused(405, "This cannot be done", advice, {"allow": ", ".join(sorted(METHODS))})


CHECKS = (addressed, direct, linked, methodical)


def stranger(headers: Headers) -> bool:
    """Whether another site embeds or fetches this; following a link from there is allowed."""
    return headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate"


def own(site: Site, headers: Headers) -> None:
    """Raises Refused unless the browser says that a page of ours sends this; `linked` has seen to a wrong Origin."""
    referrer = headers.get("referer", "").lower()
    by_referrer = any(referrer.startswith(f"{origin}/") for origin in site.origins)
    if not ("origin" in headers or headers.get("sec-fetch-site") == "same-origin" or by_referrer):
        advice = "Your browser does not say which page sends it. Allow it to send the Origin header."
        raise Refused(403, "It is not known where this comes from", advice)


def unasked(request: Request, asked: Visit) -> bool:
    """Whether a link of another site leads here without our cookie, which browsers then hold back.

    A page of ours that asks once more has it sent. Without that, whoever follows a link from a letter would have to log
    in again, and the new cookie would take the place of the one that was held back.
    """
    return bool(asked.fresh) and request.method == "GET" and request.headers.get("sec-fetch-site") == "cross-site"


def entrance(request: Request) -> Response:
    """Where to go to log in; raises Refused for what no person looks at."""
    if request.method == "POST" or request.url.path.startswith(PREFIX):
        raise Refused(401, "Log in first", "Your session is over, or never began: log in at /login.", UNKNOWN)
    wanted = address(request)
    return RedirectResponse(ENTRY if wanted == "/" else f"{ENTRY}?next={quote(wanted, safe='')}", 303)


UNKNOWN = {"www-authenticate": 'Cookie realm="onrecord"'}
