"""The pages: a module each. `routes(archive)` gives its addresses; what it shows comes from the archive, how it looks
from a template of the same name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import Response

METHODS = ["GET", "HEAD"]
Page = Callable[..., Awaitable[Response]]


class Pages(APIRouter):
    """Addresses of pages, which the API's description does not hold."""

    def page(self, path: str) -> Callable[[Page], Page]:
        """An address that is read."""
        return self.api_route(path, methods=METHODS, response_model=None, include_in_schema=False)

    def action(self, path: str) -> Callable[[Page], Page]:
        """An address that a form is sent to."""
        return self.api_route(path, methods=["POST"], response_model=None, include_in_schema=False)
