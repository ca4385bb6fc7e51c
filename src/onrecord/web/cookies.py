"""Cookies, read with distrust and written strictly."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.datastructures import Headers

YEAR = 365 * 24 * 3600


def given(headers: Headers, name: str) -> str | None:
    """The value of a cookie; None where there is none, or two that differ: one of them was planted."""
    pairs = (part.strip().partition("=") for line in headers.getlist("cookie") for part in line.split(";"))
    found = {value for key, sign, value in pairs if key == name and sign}
    return unquote(found.pop()) if len(found) == 1 else None


def made(name: str, value: str, *, https: bool, seconds: int | None = None) -> str:
    """A Set-Cookie header: no script reads it, no other site has it sent. It ends with the browser, or in `seconds`."""
    parts = [f"{name}={quote(value, safe='')}", "Path=/", "HttpOnly", "SameSite=Strict"]
    parts += ["Secure"] if https else []
    parts += [] if seconds is None else [f"Max-Age={seconds}"]
    return "; ".join(parts)
