"""Questions of review, what people decided, and how far they agree.

GET  /review/questions             what wants a look
GET  /review/questions/{key}       one question with its passage
POST /review/questions/{key}       an answer to it
GET  /judgements                   the ledger, the latest first
POST /judgements                   a decision about a fact by its place, or about two names
POST /judgements/{id}/withdraw     takes it back
GET  /agreement                    Krippendorff's alpha
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import Query, Request
from msgspec import Struct
from starlette.responses import Response

from onrecord.analyse import Agreements
from onrecord.errors import JudgementError
from onrecord.model import Judgement, Verdict
from onrecord.web.access import editor
from onrecord.web.api import Api, Cursor, Limit, Slice, after, answer, cursor
from onrecord.workbench.decisions import Chosen, Decision
from onrecord.workbench.review import Kind, Open, Queue
from onrecord.workbench.review_answer import Answer
from onrecord.workbench.review_card import Card

Text = Annotated[str | None, Query(max_length=200)]
MOST = 50
"""Decisions in one answer at most: what has become of each is read from its document."""


class Reply(Answer, frozen=True, forbid_unknown_fields=True):
    """An answer to a question, with a note for whoever reads the ledger."""

    note: str | None = None


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision: about the fact of `kind` at `start`–`end` (code points) of a document, or, of the kind `entities`,
    about two or more entities. `value`: for `replace` the fields to put in place, for `add` those of the fact."""

    kind: str
    verdict: Verdict
    document: str | None = None
    start: int | None = None
    end: int | None = None
    entities: tuple[str, ...] = ()
    value: dict[str, Any] | None = None
    note: str | None = None


def routes(api: Api) -> None:
    archive = api.archive

    @api.get("/review/questions", Slice[Open], "What wants a look: disagreements first, then what is least sure")
    async def questions(
        kind: Kind | None = None,
        document: Text = None,
        party: Text = None,
        publisher: Text = None,
        lang: Text = None,
        every: Annotated[bool, Query(description="All facts of the document, not the doubtful ones alone.")] = False,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Response:
        queue = Queue(kind, document, party, publisher, lang, every)
        found = archive.workbench.questions(queue, after(cursor, str), limit + 1)
        return answer(slice_of(found, limit, lambda each: each.key))

    @api.get("/review/questions/{key}", Card, "One question, with its passage and what was decided of it")
    async def question(key: str) -> Response:
        return answer(archive.workbench.card(key))

    @api.post("/review/questions/{key}", Judgement, "Answer a question", Reply)
    async def answered(request: Request, key: str) -> Response:
        said = read(await request.body(), Reply)
        plain = msgspec.convert({name: getattr(said, name) for name in Answer.__struct_fields__}, Answer)
        return answer(archive.answer(key, plain, by=editor(request).name, note=said.note))

    @api.get("/judgements", Slice[Decision], "What people decided, the latest first")
    async def decided(
        by: Text = None,
        kind: Text = None,
        document: Text = None,
        state: Literal["standing", "withdrawn"] | None = None,
        cursor: Cursor = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    ) -> Response:
        chosen = Chosen(by, kind, document, state)
        found = archive.workbench.entries(chosen, after(cursor, int), limit + 1)
        return answer(slice_of(found, limit, lambda each: each.number))

    @api.post("/judgements", Judgement, "Decide something about a fact or about names", Given)
    async def judge(request: Request) -> Response:
        said = read(await request.body(), Given)
        return answer(judged(api, said, editor(request).name))

    @api.post("/judgements/{name}/withdraw", Judgement, "Take a decision back")
    async def withdraw(request: Request, name: str) -> Response:
        return answer(archive.withdraw(archive.judgement(name).id, by=editor(request).name))

    @api.get("/agreement", Agreements, "How far people agree who judged the same")
    async def agreement() -> Response:
        return answer(archive.workbench.agreement())


def judged(api: Api, said: Given, by: str) -> Judgement:
    """Raises NotFound, JudgementError."""
    archive = api.archive
    if said.kind == "entities":
        names = [archive.names.entity(each) for each in said.entities]
        subject = archive.workbench.subject_of_names(names)
        return archive.judge(subject, said.verdict, by=by, note=said.note)
    if said.document is None or said.start is None or said.end is None:
        raise JudgementError("Say which fact: document, start and end, in code points.")
    place = f"{said.start}-{said.end}"
    if said.verdict == "add":
        return archive.mark(said.document, said.kind, place, said.value or {}, by=by, note=said.note)
    subject = archive.subject_at(said.document, said.kind, place)
    return archive.judge(subject, said.verdict, by=by, value=said.value, note=said.note)


def slice_of(found: list[Any], limit: int, key: Any) -> Slice[Any]:
    """As many as were asked for, and where the rest begins."""
    rest = cursor(key(found[limit - 1])) if len(found) > limit else None
    return Slice(tuple(found[:limit]), None, rest)


def read(body: bytes, kind: type[Any]) -> Any:
    """What was sent, as JSON. Raises JudgementError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JudgementError(
            f"This cannot be understood: {error}. /api/v1/openapi.json says what is expected."
        ) from error
