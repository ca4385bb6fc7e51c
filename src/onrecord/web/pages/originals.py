"""`/o/DIGEST`: the original bytes, to be saved, never shown: a browser is told so in three ways."""

from __future__ import annotations

import regex
from fastapi import Request
from fastapi.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from onrecord.archive import Archive
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import found

DIGEST = regex.compile(r"(?:sha256:)?([0-9a-f]{64})")
SAVED = {"content-security-policy": "sandbox; default-src 'none'", "x-download-options": "noopen"}


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/o/{digest}")
    async def original(request: Request, digest: str) -> Response:
        match = DIGEST.fullmatch(digest)
        if not match:
            raise HTTPException(404)
        path = archive.original(f"sha256:{match[1]}")
        name = file_name(archive, f"sha256:{match[1]}", request.query_params.get("d")) or match[1]
        return FileResponse(path, media_type="application/octet-stream", filename=name, headers=SAVED)

    return pages


def file_name(archive: Archive, digest: str, document: str | None) -> str | None:
    """The name under which the original came, where the document that it is asked for with really is made of it."""
    if not document:
        return None
    capture = found(archive, document).capture
    if digest not in (capture.digest, capture.container):
        return None
    outer = capture.source.split("!/")[0] if capture.container else capture.source
    return regex.sub(r"[\p{C}/\\:*?\"<>|]", "_", outer.rstrip("/").rsplit("/", 1)[-1])[-120:].lstrip(".") or None
