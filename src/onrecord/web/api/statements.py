"""`/api/v1/documents/{id}/statements`, `/api/v1/statements/{document}/{id}`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from onrecord.web.api import Api, Slice, answer
from onrecord.web.pages.finding import found, judged
from onrecord.workbench.statement import StatementHere, StatementListed, statements

Document = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="A document’s id.")]
Named = Annotated[str, Path(max_length=64, description="A statement’s id in its document.")]


def routes(api: Api) -> None:
    @api.get("/documents/{document}/statements", Slice[StatementListed], "The statements that a document carries")
    async def of_document(document: Document) -> Response:
        some = statements(found(api.archive, document))
        return answer(Slice(some, len(some)))

    @api.get("/statements/{document}/{statement}", StatementHere, "One statement, and who carries it")
    async def one(document: Document, statement: Named) -> Response:
        record, decided = judged(api.archive, document)
        return answer(api.archive.workbench.statement(record, statement, decided))
