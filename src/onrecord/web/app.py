"""The pages and the API, each with its addresses; what stands before them all is in `guard`.

Handlers are coroutines that call the archive directly: everything short runs in the server's one thread.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.errors import OnrecordError
from onrecord.web import api, assets
from onrecord.web.access import Nameless, Refused
from onrecord.web.api import exports as api_exports
from onrecord.web.api import imports as api_imports
from onrecord.web.api import parties as api_parties
from onrecord.web.api import review as api_review
from onrecord.web.api import search as api_search
from onrecord.web.api import statements as api_statements
from onrecord.web.api import terms as api_terms
from onrecord.web.api import together as api_together
from onrecord.web.door import Door
from onrecord.web.failing import failed, missing, refused, unfit
from onrecord.web.guard import Guard
from onrecord.web.pages import (
    Pages,
    citing,
    document,
    exports,
    imports,
    ledger,
    login,
    marking,
    originals,
    parties,
    review,
    rules,
    search,
    start,
    statement,
    terms,
    timeline,
    together,
)
from onrecord.web.site import Site

PAGES = (
    start, search, parties, together, timeline, citing, marking, document, statement, terms, originals, rules, review,
    ledger, exports, imports,
)  # fmt: skip
"""In the order in which addresses are tried."""
API: tuple[Any, ...] = (
    api_exports, api_imports, api_parties, api_review, api_search, api_statements, api_terms, api_together,
)  # fmt: skip


def app(archive: Archive, place: Site) -> FastAPI:
    """The pages of an archive, for whoever may ask for them at `place`."""
    door = Door(place)
    if place.people is not None:
        door.ready()
    site = FastAPI(title="onrecord", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    site.add_middleware(Guard, door=door)
    site.add_exception_handler(HTTPException, missing)
    site.add_exception_handler(Refused, refused)
    site.add_exception_handler(Nameless, login.nameless)
    site.add_exception_handler(RequestValidationError, unfit)
    site.add_exception_handler(OnrecordError, failed)
    for module in PAGES:
        site.include_router(module.routes(archive))
    site.include_router(login.routes(door))
    site.include_router(static())
    site.include_router(described(archive))
    return site


def static() -> Pages:
    pages = Pages()

    @pages.page("/static/{name}")
    async def file(name: str) -> Response:
        return assets.static_file(name)

    return pages


def described(archive: Archive) -> APIRouter:
    """The API, with its own description at `/api/v1/openapi.json`."""
    interface = api.Api(archive)
    for module in API:
        module.routes(interface)

    @interface.router.get("/openapi.json", include_in_schema=False, response_model=None)
    async def description() -> Response:
        return api.answer(interface.description())

    return interface.router
