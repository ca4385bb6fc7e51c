"""On words of a document that somebody chose in the reader:

/d/ID/START-END/add      the forms that add what the machine missed
/d/ID/START-END/judge    leads to the question about what was found on these words
/d/ID/add                takes a form, or JSON
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from fastapi import Request
from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import JudgementError, NotFound
from onrecord.model import Judgement
from onrecord.web import review
from onrecord.web.access import editor
from onrecord.web.api import answer
from onrecord.web.asking import Unclear
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.pages.finding import found, within
from onrecord.web.pages.review import LONGEST, address, note_of, sent
from onrecord.workbench.review import FACTS, Queue
from onrecord.workbench.review_answer import NOBODY, Answer, act_called, checked_day, naming

JSON = "application/json"


class Missed(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person adds, as JSON: `value` holds the fact's fields as the record names them."""

    kind: str
    start: int
    end: int
    value: dict[str, Any]
    note: str | None = None


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/d/{name}/{span}/add")
    async def form(request: Request, name: str, span: str) -> Response:
        record = found(archive, name)
        start, end = within(record, span)
        marked = archive.workbench.marking(name, start, end)
        return html(
            request, "marking.html",
            marked=marked,
            passages=[review.drawn(each, marked.language) for each in marked.passages],
            acts=review.ACTS,
            labels=review.LABELS,
            chosen=request.query_params.get("kind", ""),
        )  # fmt: skip

    @pages.page("/d/{name}/{span}/judge")
    async def judge(request: Request, name: str, span: str) -> Response:
        start, end = within(found(archive, name), span)
        kind = asked_kind(request.query_params.get("kind", ""))
        key = archive.workbench.question_at(name, kind, start, end)
        if key is None:
            raise NotFound("Nothing of this kind was found on these words. To add it, use /add in place of /judge.")
        return RedirectResponse(address(Queue(document=name), key), 302)

    @pages.action("/d/{name}/add")
    async def add(request: Request, name: str) -> Response:
        by = editor(request).name
        if request.headers.get("content-type", "").startswith(JSON):
            return answer(entered(archive, name, missed(await request.body()), by), 201)
        fields = sent(request)
        made = from_form(archive, name, fields)
        entered(archive, name, made, by)
        return RedirectResponse(f"/d/{name}/{made.start}-{made.end}", 303)

    return pages


def asked_kind(said: str) -> str:
    """What is asked of a kind of fact, named by the question or by the record. Raises Unclear."""
    if said in FACTS:
        return said
    for kind, fact in FACTS.items():
        if fact == said:
            return kind
    raise Unclear(f"Say which kind of finding is meant: ?kind= one of {', '.join(dict.fromkeys(FACTS.values()))}.")


def missed(body: bytes) -> Missed:
    """Raises JudgementError."""
    try:
        return msgspec.json.decode(body, type=Missed)
    except msgspec.DecodeError as error:
        raise JudgementError(f"This cannot be understood: {error}. Send kind, start, end and value.") from error


def entered(archive: Archive, name: str, made: Missed, by: str) -> Judgement:
    return archive.mark(name, made.kind, f"{made.start}-{made.end}", made.value, by=by, note=made.note)


def from_form(archive: Archive, name: str, fields: Mapping[str, str]) -> Missed:
    """What was sent as a form. Raises JudgementError, NotFound."""
    start, end = within(found(archive, name), fields.get("words", ""))
    kind = fields.get("kind", "")
    if kind not in FIELDS:
        raise JudgementError(f"Choose what it is: {', '.join(FIELDS)}.")
    return Missed(kind, start, end, FIELDS[kind](archive, name, fields), note_of(fields))


def _said(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, "").strip()[:LONGEST]


def _who(archive: Archive, document: str, fields: Mapping[str, str]) -> tuple[str | None, dict[str, Any]]:
    """The id of whoever is meant, and what a value says of somebody new; nobody where nothing was said."""
    speaker, name = _said(fields, "speaker"), _said(fields, "name")
    if speaker == NOBODY or not (speaker or name):
        return None, {}
    said = Answer("corrected", speaker=None if name else speaker, name=name or None, type=_type(fields))
    record = archive.record(document)
    entity = archive.workbench.who(record, said)
    return entity.id, naming(record, entity)


def _type(fields: Mapping[str, str]) -> Any:
    said = _said(fields, "type") or "person"
    if said not in ("person", "organization", "place", "event", "work"):
        raise JudgementError("Say whether it is a person, an organization, a place, an event or a work.")
    return said


def _attribution(archive: Archive, document: str, fields: Mapping[str, str]) -> dict[str, Any]:
    entity, new = _who(archive, document, fields)
    source = {"spans": [], "entity": entity} if entity else None
    return {"kind": _said(fields, "how") or "direct", "source": source} | new


def _mention(archive: Archive, document: str, fields: Mapping[str, str]) -> dict[str, Any]:
    entity, new = _who(archive, document, fields)
    return {"type": _type(fields), "entity": entity} | new


def _date(archive: Archive, document: str, fields: Mapping[str, str]) -> dict[str, Any]:
    return {"role": _said(fields, "role") or "issued", "value": checked_day(_said(fields, "value"))}


def _act(archive: Archive, document: str, fields: Mapping[str, str]) -> dict[str, Any]:
    entity, new = _who(archive, document, fields)
    return {"act": act_called(_said(fields, "act")), "by": entity} | new


def _quantity(archive: Archive, document: str, fields: Mapping[str, str]) -> dict[str, Any]:
    try:
        value = float(_said(fields, "value").replace(",", ""))
    except ValueError as error:
        raise JudgementError("A figure is a number, such as 1,200 or 3.5.") from error
    return {"value": value, "comparator": _said(fields, "comparator") or "=", "unit": _said(fields, "unit") or None}


FIELDS: dict[str, Callable[[Archive, str, Mapping[str, str]], dict[str, Any]]] = {
    "attributions": _attribution, "mentions": _mention, "dates": _date, "acts": _act, "quantities": _quantity,
}  # fmt: skip
"""What a form says of each kind of fact."""
