"""Files into the archive:

/import       choose files or drop them in; what was sent lately, what wants a look
/import/JOB   how far one import is, and what came of it
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.store import Arrival
from onrecord.web.access import editor
from onrecord.web.drawing import html
from onrecord.web.imports import Job, imports_of
from onrecord.web.pages import Pages
from onrecord.web.sending import FIELDS, Misread, sent
from onrecord.web.uploads import LIMITS

STAGES = {
    "add": "Reading the files",
    "annotate": "Finding who says what",
    "resolve": "Comparing names",
    "index": "Preparing the search",
}
"""What an import does, step by step."""
DOUBTFUL = 10
"""Failed and doubtful imports that the page shows."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    def form(request: Request, status: int = 200, fault: str = "", values: dict[str, str] | None = None) -> Response:
        jobs, look = imports_of(archive).jobs(), archive.imports(DOUBTFUL)
        typed = dict.fromkeys(FIELDS, "") | (values or {})
        told = {"jobs": jobs, "imports": look, "limits": LIMITS, "titled": titled}
        return html(request, "import.html", status, fault=fault, values=typed, **told)

    @pages.page("/import")
    async def page(request: Request) -> Response:
        return form(request)

    @pages.action("/import")
    async def send(request: Request) -> Response:
        try:
            job = await sent(request, archive)
        except Misread as error:
            return form(request, 400, str(error), error.fields)
        return RedirectResponse(f"/import/{job.id}", 303)

    @pages.page("/import/{name}")
    async def progress(request: Request, name: str) -> Response:
        job = job_called(archive, name)
        number = list(STAGES).index(job.step.stage) + 1 if job.step and job.step.stage in STAGES else 0
        return html(
            request, "import_job.html", job=job, title=titled(job), stages=STAGES, number=number, groups=groups(job)
        )

    @pages.action("/import/{name}/stop")
    async def stop(request: Request, name: str) -> Response:
        imports_of(archive).stop(job_called(archive, name).id, editor(request).name)
        return RedirectResponse(f"/import/{name}", 303)

    return pages


def job_called(archive: Archive, name: str) -> Job:
    """Raises NotFound for an import that this server knows nothing of."""
    job = imports_of(archive).job(name)
    if job is None:
        raise NotFound("This server knows of no such import: it was restarted since, or the address is mistyped.")
    return job


def titled(job: Job) -> str:
    """What an import is called: its file, or how many it has."""
    return job.files[0][0] if len(job.files) == 1 else f"{len(job.files):,} files"


def groups(job: Job) -> list[tuple[str, str, list[Arrival]]]:
    """What came of a job by what is to be done: a heading, what it means, and the files."""
    if job.done is None:
        return []
    failed = [each for each in job.done.arrivals.items if each.outcome == "failed"]
    nothing = [Arrival(source, "failed", None, None, (notice,)) for source, notice in job.done.told]
    new = [each for each in job.done.arrivals.items if each.outcome == "new"]
    known = [each for each in job.done.arrivals.items if each.outcome == "known"]
    doubtful = [each for each in new if each.notices]
    clear = [each for each in new if not each.notices]
    made = [
        ("Not readable", "Their originals are kept; each says what to do.", failed),
        ("Nothing taken in", "Nothing of these is in the archive.", nothing),
        ("New, and want a look", "They can be read; each says what is doubtful.", doubtful),
        ("New", "", clear),
        ("Known already", "The archive had these before. Nothing of what is known of them was changed.", known),
    ]
    return [group for group in made if group[2]]
