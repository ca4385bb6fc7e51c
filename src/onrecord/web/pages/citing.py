"""One document for other programs:

/d/ID/cite.ris, .csl.json, .txt    its reference; of a passage with ?at=START-END
/d/ID/annotations.jsonld           what was found in it, as W3C Web Annotations
"""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import HTTPException
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.export import cite, webannotation
from onrecord.export.reference import reference
from onrecord.model import Span
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import found, judged, within

JSON_LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/d/{name}/cite.{form}")
    async def citation(request: Request, name: str, form: str) -> Response:
        if form not in cite.FORMS:
            raise HTTPException(404)
        write, kind = cite.FORMS[form]
        record, at = found(archive, name), request.query_params.get("at")
        of = reference(record, Span(*within(record, at)) if at else None)
        return Response(write(of).encode(), media_type=kind, headers=named(f"{of.id}.{form}", form != "txt"))

    @pages.page("/d/{name}/annotations.jsonld")
    async def annotations(name: str) -> Response:
        record, decided = judged(archive, name)
        whole = webannotation.collection(record, decided)
        return Response(whole, media_type=JSON_LD, headers=named(f"{record.id}.annotations.jsonld", False))

    return pages


def named(name: str, saved: bool) -> dict[str, str]:
    """The name under which it is kept; `saved` has a browser save it rather than show it."""
    return {"content-disposition": f'{"attachment" if saved else "inline"}; filename="{name}"'}
