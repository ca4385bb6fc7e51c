"""The pages and their addresses.

    /                 what is in the archive
    /search?q=…       documents, with each hit in its line
    /d/ID             one document to read; #p3 is its third paragraph
    /d/ID/START-END   the permanent address of a passage: leads to it, pointed out
    /d/ID.json, .txt  the record, the text
    /o/DIGEST         the original bytes, to be saved, never shown
    /static/NAME      the style sheet, the script, the icon

Handlers are coroutines that call the archive directly: everything runs in the server's one thread.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
import regex
from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from onrecord.errors import ArchiveError, NotFound, OnrecordError
from onrecord.model import Record
from onrecord.web import facts, glyphs, overview, reader, results, words
from onrecord.web.asking import SORTS, VOICES, Asked, Unclear, asked
from onrecord.web.guard import Guard
from onrecord.web.ports import ArchiveLike

STATIC = Path(__file__).parent / "static"
DOCUMENT = regex.compile(r"[A-Za-z0-9_-]{1,64}")
DIGEST = regex.compile(r"(?:sha256:)?([0-9a-f]{64})")
RANGE = regex.compile(r"(\d{1,9})-(\d{1,9})", flags=regex.ASCII)
RECENT = 6
"""Documents on the first page."""
IMPORTS = 20
"""Failed and doubtful imports on the first page."""
METHODS = ["GET", "HEAD"]
ORIGINAL = {"content-security-policy": "sandbox; default-src 'none'", "x-download-options": "noopen"}
Page = Callable[..., Awaitable[Response]]


def app(archive: ArchiveLike, hosts: frozenset[str]) -> FastAPI:
    """The pages of an archive; `hosts` are the names under which a browser may ask for them (`127.0.0.1:8765`)."""
    pages = FastAPI(title="onrecord", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    pages.add_middleware(Guard, hosts=hosts, problem=problem)
    pages.add_exception_handler(AnyHTTPException, missing)
    pages.add_exception_handler(OnrecordError, failed)

    def page(path: str) -> Callable[[Page], Page]:
        return pages.api_route(path, methods=METHODS, response_model=None)

    @page("/")
    async def start() -> Response:
        return start_page(archive)

    @page("/search")
    async def search(request: Request) -> Response:
        return search_page(archive, request)

    @page("/d/{name}.json")
    async def as_json(name: str) -> Response:
        return Response(msgspec.json.encode(found(archive, name)), media_type="application/json")

    @page("/d/{name}.txt")
    async def as_text(name: str) -> Response:
        return Response(found(archive, name).text.encode(), media_type="text/plain; charset=utf-8")

    @page("/d/{name}")
    async def read(request: Request, name: str) -> Response:
        return read_page(archive, name, request.query_params.get("at"))

    @page("/d/{name}/{span}")
    async def passage(name: str, span: str) -> Response:
        start, end = within(found(archive, name), span)
        return RedirectResponse(f"/d/{name}?at={start}-{end}#at", 302)

    @page("/o/{digest}")
    async def original(request: Request, digest: str) -> Response:
        return original_file(archive, digest, request.query_params.get("d"))

    @page("/static/{name}")
    async def static(name: str) -> Response:
        return static_file(name)

    return pages


# What the pages hold


def start_page(archive: ArchiveLike) -> Response:
    stats = archive.stats()
    return html(
        "overview.html",
        totals=dict(stats.totals),
        charts=overview.charts(stats),
        columns=overview.columns(stats),
        undated=overview.without(stats, "month"),
        recent=[results.Found.of(hit) for hit in archive.search("", sort="newest", limit=RECENT).hits],
        imports=archive.imports(IMPORTS),
    )


def search_page(archive: ArchiveLike, request: Request) -> Response:
    try:
        question = asked(request.query_params)
        return html("search.html", **results.answer(archive, question))
    except (ArchiveError, NotFound):
        raise
    except OnrecordError as error:
        query = request.query_params.get("q", "")[:200]
        return html("search.html", 400, asked=Asked(query=query), help=str(error), labels={}, found=None)


def read_page(archive: ArchiveLike, name: str, at: str | None) -> Response:
    record = found(archive, name)
    return document_page(record, within(record, at) if at else None)


def document_page(record: Record, at: tuple[int, int] | None = None) -> Response:
    """The reader; `at` is a passage to point out."""
    stored = (record.capture.container or record.capture.digest).removeprefix("sha256:")
    original = f"/o/{stored}?d={record.id}"
    return html("document.html", page=reader.page(record, at), record=record, layers=reader.LAYERS, original=original)


def original_file(archive: ArchiveLike, digest: str, document: str | None) -> Response:
    """The bytes as they were taken in, to be saved: a browser is told in three ways not to show them."""
    match = DIGEST.fullmatch(digest)
    if not match:
        raise HTTPException(404)
    path = archive.original(f"sha256:{match[1]}")
    name = file_name(archive, f"sha256:{match[1]}", document) or match[1]
    return FileResponse(path, media_type="application/octet-stream", filename=name, headers=ORIGINAL)


def file_name(archive: ArchiveLike, digest: str, document: str | None) -> str | None:
    """The name under which the original came, where the document that it is asked for with really is made of it."""
    if not document:
        return None
    capture = found(archive, document).capture
    if digest not in (capture.digest, capture.container):
        return None
    outer = capture.source.split("!/")[0] if capture.container else capture.source
    return regex.sub(r"[\p{C}/\\:*?\"<>|]", "_", outer.rstrip("/").rsplit("/", 1)[-1])[-120:].lstrip(".") or None


def found(archive: ArchiveLike, name: str) -> Record:
    """The record with this id; raises NotFound for what is no id, too."""
    if not DOCUMENT.fullmatch(name):
        raise NotFound("An address like this leads to no document.")
    return archive.record(name)


def within(record: Record, span: str) -> tuple[int, int]:
    """`START-END` as a range in the text; raises Unclear or NotFound."""
    match = RANGE.fullmatch(span)
    if not match:
        raise Unclear("A passage is two numbers, where it starts and where it ends: /d/ID/120-180.")
    start, end = int(match[1]), int(match[2])
    if not start < end <= len(record.text):
        length = f"the text of this document has {len(record.text):,} characters"
        raise NotFound(f"There is no passage from {start} to {end}: {length}.")
    return start, end


# How they are drawn


@cache
def templates() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {
        "shown": glyphs.shown, "inline": glyphs.inline, "isolated": glyphs.isolated, "plain": glyphs.plain,
        "date": words.date, "size": words.size, "counted": words.counted, "moment": words.moment,
        "segment": words.segment, "weblink": weblink,
    }  # fmt: skip
    made.filters |= filters
    made.globals |= {
        "static": address_of,
        "sorts": SORTS,
        "voices": VOICES,
        "excerpt_direction": facts.excerpt_direction,
        "grouped": facts.grouped,
    }
    return made


def html(template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    return HTMLResponse(templates().get_template(template).render(values), status)


def problem(status: int, title: str, advice: str) -> Response:
    return html("problem.html", status, status=status, title=title, advice=advice)


def weblink(url: str | None) -> str | None:
    """The address where it is one of the web; anything else (`javascript:` …) is never made a link."""
    return url if url and regex.match(r"https?://[^\s/]", url, flags=regex.IGNORECASE) else None


async def missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, AnyHTTPException) else 404
    if status == 404:
        return problem(404, "There is nothing at this address", "It may be mistyped, or belong to another archive.")
    return problem(status, "This cannot be done", "Go back to the start page and try from there.")


async def failed(request: Request, error: Exception) -> Response:
    """What went wrong on purpose, each kind with its status."""
    kinds = (
        (NotFound, 404, "This is not in the archive"),
        (ArchiveError, 503, "The archive cannot be used just now"),
        (OnrecordError, 400, "This address cannot be understood"),
    )
    status, title = next((status, title) for kind, status, title in kinds if isinstance(error, kind))
    return problem(status, title, str(error))


@cache
def assets() -> dict[str, bytes]:
    """The files of `static/` by name: what is not among them cannot be asked for."""
    return {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}


def address_of(name: str) -> str:
    """A static file's address, which changes with its content."""
    return f"/static/{name}?v={sha256(assets()[name]).hexdigest()[:12]}"


def static_file(name: str) -> Response:
    if name not in assets():
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(assets()[name], media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})
