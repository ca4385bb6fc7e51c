"""One document as a reference, and what was found in it as annotations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from starlette.responses import Response

from onrecord.export import Cited, cited, webannotation
from onrecord.model import Span
from onrecord.web.api import Api, answer
from onrecord.web.pages.finding import found, judged, within

Name = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$", description="A document's id.")]
At = Annotated[str | None, Query(pattern="^[0-9]{1,9}-[0-9]{1,9}$", description="A passage, START-END in code points.")]


def routes(api: Api) -> None:
    @api.get("/documents/{name}/cite", Cited, "A document or a passage as a reference, in every form")
    async def cite(name: Name, at: At = None) -> Response:
        record = found(api.archive, name)
        return answer(cited(record, Span(*within(record, at)) if at else None))

    @api.get("/documents/{name}/annotations", dict[str, Any], "What was found in a document, as W3C Web Annotations")
    async def annotations(name: Name) -> Response:
        whole = webannotation.collection(*judged(api.archive, name))
        return Response(whole, media_type="application/json")
