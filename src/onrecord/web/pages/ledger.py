"""/ledger                  what people decided, the latest first
/ledger.jsonl            all of it, as a file that can be exchanged
/ledger/ID/withdraw      takes a decision back
/ledger/import           enters the decisions of a file
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import JudgementError
from onrecord.web import review, saving
from onrecord.web.access import editor
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.pages.review import KINDS, LONGEST
from onrecord.web.words import counted
from onrecord.workbench.decisions import Chosen

PLACE = "/ledger"
ROWS = 20
"""Decisions on a page: the documents of each are read, to tell what has become of it."""
STATES = {
    "stands": "stands",
    "outvoted": "a later one counts",
    "orphan": "its words are gone",
    "withdrawn": "withdrawn",
}


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page(PLACE)
    async def ledger(request: Request) -> Response:
        return ledger_page(archive, request)

    @pages.page(PLACE + ".jsonl")
    async def file() -> Response:
        stream = io.BytesIO()
        archive.write_ledger(stream)
        return saving.file(stream.getvalue(), "ledger.jsonl", "application/x-ndjson")

    @pages.action(PLACE + "/import")
    async def merged(request: Request) -> Response:
        editor(request)
        async with request.form(max_files=1, max_fields=4) as form:
            given = form.get("file")
            if not isinstance(given, UploadFile) or not given.size:
                raise JudgementError("No file was sent. Choose a ledger: JSON Lines, as this page gives it.")
            told = taken_in(archive, await given.read())
        return RedirectResponse(f"{PLACE}?{urlencode({'news': told})}", 303)

    @pages.action(PLACE + "/{name}/withdraw")
    async def withdrawn(request: Request, name: str) -> Response:
        judged = archive.withdraw(archive.judgement(name).id, by=editor(request).name)
        return RedirectResponse(f"{PLACE}?{urlencode({'news': 'withdrawn', 'id': judged.id})}#{judged.id}", 303)

    return pages


def taken_in(archive: Archive, ledger: bytes) -> str:
    """What came of reading another person's ledger, in words. Raises JudgementError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "the file"
        path.write_bytes(ledger)
        try:
            done = archive.read_ledger([path])
        except JudgementError as error:
            raise JudgementError(str(error).replace(str(path), "the file")) from error
    new, known = counted(done.new, "new decision"), f"{done.known:,} known already"
    return f"{new}, {done.withdrawn:,} withdrawn, {known}"


def ledger_page(archive: Archive, request: Request) -> Response:
    asked, bench = request.query_params, archive.workbench
    said = {name: asked.get(name, "")[:LONGEST] or None for name in ("by", "kind", "document", "state")}
    before = int(asked["before"]) if asked.get("before", "").isdecimal() and len(asked["before"]) < 12 else None
    chosen = Chosen(**said)
    rows = bench.entries(chosen, before, ROWS + 1)
    narrowed = {name: value for name, value in msgspec.to_builtins(chosen).items() if value}
    older = f"{PLACE}?{urlencode({**narrowed, 'before': rows[ROWS - 1].number})}" if len(rows) > ROWS else None
    return html(
        request, "ledger.html",
        rows=rows[:ROWS],
        chosen=chosen,
        narrowed=narrowed,
        older=older,
        first=None if before is None else f"{PLACE}?{urlencode(narrowed)}".rstrip("?"),
        kept=bench.kept(),
        kinds=KINDS,
        states=STATES,
        said=review.said,
        news=news(archive, asked.get("news"), asked.get("id")),
    )  # fmt: skip


def news(archive: Archive, told: str | None, name: str | None) -> str | None:
    """What has just been done, in words."""
    if told == "withdrawn" and name:
        return f"Withdrawn: {review.told(archive.judgement(name))}."
    return f"Read in: {told[:LONGEST]}." if told else None
