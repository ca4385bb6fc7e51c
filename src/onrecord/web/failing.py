"""What went wrong, as a page in kind words; as JSON for whoever asks the API."""

from __future__ import annotations

import logging

import msgspec
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from onrecord.errors import ArchiveError, ExtraMissing, NotFound, OnrecordError
from onrecord.web.access import Refused
from onrecord.web.api import PREFIX, Problem, ProblemDetails
from onrecord.web.drawing import html

log = logging.getLogger("onrecord.web")

KINDS = (
    (NotFound, 404, "This is not in the archive"),
    (ArchiveError, 503, "The archive cannot be used just now"),
    (ExtraMissing, 501, "A part of onrecord is not installed here"),
    (OnrecordError, 400, "This cannot be understood"),
)
"""Errors that are raised on purpose, each with its status: the first that fits."""


BROKEN = (
    "Something went wrong here",
    "The fault is in onrecord; the archive is unharmed. The terminal shows what happened: please report it.",
)


def told(request: Request, status: int, title: str, advice: str) -> Response:
    """The answer in the form that whoever asks for this reads."""
    if not request.url.path.startswith(PREFIX):
        return html(request, "problem.html", status, status=status, title=title, advice=advice)
    body = msgspec.json.encode(Problem(ProblemDetails(status, title, advice)))
    return Response(body, status, media_type="application/json")


async def missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        title, advice = "There is nothing at this address", "It may be mistyped, or belong to another archive."
    else:
        title, advice = "This cannot be done", "Go back to the start page and try from there."
    answer = told(request, status, title, advice)
    answer.headers.update((isinstance(error, HTTPException) and error.headers) or {})
    return answer


async def refused(request: Request, error: Exception) -> Response:
    """What may not be done, and what to do instead."""
    assert isinstance(error, Refused)
    answer = told(request, error.status_code, error.title, error.advice)
    answer.headers.update(error.headers or {})
    return answer


async def wrong(request: Request, error: Exception) -> Response:
    """What went wrong where no handler of the application saw it."""
    if isinstance(error, Refused):
        return await refused(request, error)
    if isinstance(error, OnrecordError):
        return await failed(request, error)
    log.error("no page for %s", request.url.path, exc_info=error)
    return told(request, 500, *BROKEN)


async def failed(request: Request, error: Exception) -> Response:
    """What went wrong on purpose, each kind with its status."""
    status, title = next((status, title) for kind, status, title in KINDS if isinstance(error, kind))
    return told(request, status, title, str(error))


async def unfit(request: Request, error: Exception) -> Response:
    """A parameter that is missing, or is not what its description says."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    said = "; ".join(f"{each['loc'][-1]}: {each['msg'][:200]}" for each in errors[:3] if each.get("loc"))
    return told(request, 400, "This cannot be understood", f"{said or 'A value does not fit'}.")
