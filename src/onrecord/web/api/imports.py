"""Imports: what wants a look, what is being taken in, and the way in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request
from msgspec import Struct
from starlette.responses import Response

from onrecord.model import Import
from onrecord.web.access import editor
from onrecord.web.api import Api, Limit, answer
from onrecord.web.imports import Job, imports_of
from onrecord.web.pages.imports import job_called
from onrecord.web.sending import sent

Name = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$", description="An import's id.")]


class Importing(Struct, frozen=True):
    """The jobs that this server knows, the latest first; and of all captures the latest that failed or are doubtful."""

    jobs: tuple[Job, ...]
    failed: tuple[Import, ...]
    failed_total: int
    doubtful: tuple[Import, ...]
    doubtful_total: int


def routes(api: Api) -> None:
    @api.get("/imports", Importing, "Imports that run, and captures that want a look")
    async def listed(limit: Limit = 100) -> Response:
        look, jobs = api.archive.imports(limit), imports_of(api.archive).jobs()[:limit]
        counts = (look.failed, look.failed_total, look.doubtful, look.doubtful_total)
        return answer(Importing(tuple(jobs), *counts))

    @api.post("/imports", Job, "Send files (multipart/form-data) to be taken in")
    async def send(request: Request) -> Response:
        return answer(await sent(request, api.archive))

    @api.post("/imports/{name}/stop", Job, "Have an import end; what it took in before stays")
    async def stop(request: Request, name: Name) -> Response:
        job = job_called(api.archive, name)
        return answer(imports_of(api.archive).stop(job.id, editor(request).name) or job)

    @api.get("/imports/{name}", Job, "How far one import is, and what came of it")
    async def job(name: Name) -> Response:
        return answer(job_called(api.archive, name))
