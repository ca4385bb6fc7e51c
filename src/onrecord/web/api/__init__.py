"""`/api/v1`: what the pages show, as JSON. A module a page; each answers with the values that its page is drawn from.

    api = Api(archive)                    # in app.py
    routes(api)                           # in each module of this package:

    def routes(api: Api) -> None:
        @api.get("/parties/{party}", Party, "One party")
        async def party(party: str) -> Response:
            return answer(api.archive.workbench.party(party))

A list is a `Slice`: its `next` is given as `cursor` to have what follows. Errors are a `Problem`, never without advice.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec
from fastapi import APIRouter, Query
from fastapi.openapi.utils import get_openapi
from msgspec import Struct
from starlette.responses import Response

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.archive import Archive

PREFIX = "/api/v1"
REFERENCE = "#/components/schemas/{name}"
Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=500, description="Items in one answer.")]
Cursor = Annotated[
    str | None, Query(alias="cursor", max_length=500, description="What the answer before gave as `next`.")
]
Handler = TypeVar("Handler", bound=Callable[..., Any])


class ProblemDetails(Struct, frozen=True):
    status: int
    title: str
    advice: str
    """What to do about it."""


class Problem(Struct, frozen=True):
    """What every answer is that could not be given."""

    error: ProblemDetails


class Slice(Struct, Generic[Item], frozen=True):
    """Part of a list. `total` counts all of it; `None` where counting would cost more than answering."""

    items: tuple[Item, ...]
    total: int | None = None
    next: str | None = None
    """The cursor of what follows; `None` at the end."""


class BadCursor(OnrecordError):
    """A cursor that this server did not make."""


def cursor(key: object) -> str:
    """What follows the item with this key, as an opaque word for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def after(said: str | None, kind: type[Item]) -> Item | None:
    """The key in a cursor; `None` at the beginning. Raises BadCursor."""
    if not said:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)), type=kind)
    except ValueError as error:
        raise BadCursor("This cursor is none of ours. Leave it out to begin at the start.") from error


def answer(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


class Api:
    """The routes of the API and the types of their answers, from which its description is made."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.router = APIRouter(prefix=PREFIX)
        self.kinds: list[Any] = [Problem]

    def get(self, path: str, kind: Any, summary: str) -> Callable[[Handler], Handler]:
        """Registers a handler that answers with a `kind` at a path below /api/v1."""
        return self._route("GET", path, kind, summary)

    def post(self, path: str, kind: Any, summary: str, body: Any = None) -> Callable[[Handler], Handler]:
        """The same for what is sent: `body` is the type of its JSON, `None` where nothing is sent as JSON."""
        return self._route("POST", path, kind, summary, body)

    def _route(self, method: str, path: str, kind: Any, summary: str, body: Any = None) -> Callable[[Handler], Handler]:
        self.kinds += [kind] if body is None else [kind, body]
        sent = None if body is None else {"requestBody": {"required": True, "content": content(body)}}
        responses: dict[int | str, dict[str, Any]] = {
            200: {"description": summary, "content": content(kind)},
            "4XX": {"description": "What cannot be answered, and what to do", "content": content(Problem)},
            "503": {"description": "The archive cannot be used just now", "content": content(Problem)},
        }
        return self.router.api_route(
            path, methods=[method], response_model=None, responses=responses, summary=summary, openapi_extra=sent
        )

    def description(self) -> dict[str, Any]:
        """The OpenAPI description of all of it."""
        said = get_openapi(title="onrecord", version="1", routes=self.router.routes)
        _, schemas = msgspec.json.schema_components(self.kinds, ref_template=REFERENCE)
        said.setdefault("components", {}).setdefault("schemas", {}).update(schemas)
        return said


def content(kind: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REFERENCE)
    return {"application/json": {"schema": schema}}
