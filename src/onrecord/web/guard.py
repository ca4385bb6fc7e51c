"""What stands before every page: who may ask, how, and what a browser may do with the answer.

A page on the web can make its own name point at 127.0.0.1 (DNS rebinding) and so read a local server: it cannot change
the Host header that the browser sends, which is checked here. Scripts, frames and pictures of other sites are refused
by where the browser says that the request comes from.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("onrecord.web")

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
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
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in FEATURES.split()),
    "cache-control": "no-cache",
    "x-robots-tag": "noindex, nofollow",
}
METHODS = frozenset(["GET", "HEAD"])
Problem = Callable[[int, str, str], Response]
"""`problem(status, title, what to do)`: a page that says what is wrong."""


class Guard:
    """ASGI middleware: refuses what is not asked of the address that the server is bound to; hardens every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], problem: Problem) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        self.problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun = False

        async def hardened(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self.refusal(scope["method"], Headers(scope=scope))
        try:
            await (refused or self.app)(scope, receive, hardened)
        except Exception:
            log.exception("no page for %s", scope["path"])
            if not begun:
                await self.broken()(scope, receive, hardened)

    def refusal(self, method: str, headers: Headers) -> Response | None:
        """The page that says no, or None where the request may pass."""
        if [host.lower() in self.hosts for host in headers.getlist("host")] != [True]:
            known = " and ".join(sorted(self.origins))
            return self.problem(421, "This is not the address of this archive", f"It answers only at {known}.")
        foreign = any(origin.lower() not in self.origins for origin in headers.getlist("origin"))
        if foreign or stranger(headers):
            advice = "This archive answers only its own pages. Open it in the address bar instead."
            return self.problem(403, "Another site asked for this page", advice)
        return None if method in METHODS else method_refused(self.problem)

    def broken(self) -> Response:
        advice = (
            "The fault is in onrecord; the archive is unharmed. The terminal shows what happened: please report it."
        )
        return self.problem(500, "Something went wrong here", advice)


def stranger(headers: Headers) -> bool:
    """Whether another site embeds or fetches this; following a link from there is allowed."""
    return headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate"


def method_refused(problem: Problem) -> Response:
    response = problem(
        405, "These pages can only be read", "Nothing can be sent to this server. Use the links and the search form."
    )
    response.headers["allow"] = ", ".join(sorted(METHODS))
    return response
