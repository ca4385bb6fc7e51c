"""/review            one question a card, with its passage; `at` is its key, so its address stays
/review/undo          withdraws the last decision of whoever asks
/review/agreement     how far people agree
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import urlencode

import msgspec
from fastapi import Request
from msgspec.structs import replace
from starlette.responses import RedirectResponse, Response

from onrecord.archive import Archive
from onrecord.errors import JudgementError
from onrecord.web import review
from onrecord.web.access import editor, person, visit
from onrecord.web.asking import Unclear
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.workbench.review import ASKED, Kind, Queue
from onrecord.workbench.review_answer import Answer
from onrecord.workbench.review_card import Card

PLACE = "/review"
LONGEST = 200
"""Code points of a narrowing value."""
NOTE = 2000
"""Code points of a note."""


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page(PLACE)
    async def ask(request: Request) -> Response:
        return ask_page(archive, request)

    @pages.action(PLACE)
    async def answered(request: Request) -> Response:
        fields = sent(request)
        queue, key = queue_of(fields), fields.get("key", "")
        following = archive.workbench.around(queue, key).after
        judged = archive.answer(key, answer_of(fields), by=editor(request).name, note=note_of(fields))
        return RedirectResponse(address(queue, following, done=judged.id), 303)

    @pages.action(PLACE + "/undo")
    async def undone(request: Request) -> Response:
        queue = queue_of(sent(request))
        withdrawn = archive.undo(by=editor(request).name)
        return RedirectResponse(address(queue, archive.workbench.question_of(withdrawn), undone=withdrawn.id), 303)

    @pages.page(PLACE + "/agreement")
    async def agreement(request: Request) -> Response:
        return html(request, "agreement.html", found=archive.workbench.agreement(), labels=KINDS)

    return pages


KINDS = {
    "attributions": "Who says what", "dates": "Dates", "acts": "Acts", "mentions": "Mentions", "times": "Times",
    "quantities": "Figures", "segments": "Parts", "statements": "Statements", "entities": "Names that are one party",
    "links": "Links between acts", "languages": "Languages", "notices": "Notices",
}  # fmt: skip
"""What is judged, in words."""


def sent(request: Request) -> dict[str, str]:
    """The fields of the form that was sent; of a name given twice the last."""
    return dict(visit(request).fields or ())


def note_of(fields: Mapping[str, str]) -> str | None:
    return fields.get("note", "").strip()[:NOTE] or None


def queue_of(fields: Mapping[str, str]) -> Queue:
    """What the questions are narrowed to. Raises Unclear."""
    kind = fields.get("kind") or None
    if kind is not None and kind not in get_args(Kind):
        raise Unclear(f"There are no questions of the kind {kind[:40]!r}. Take one of: {', '.join(ASKED)}.")
    said = {name: fields.get(name, "")[:LONGEST] or None for name in ("document", "party", "publisher", "lang")}
    return Queue(kind=kind, every=fields.get("every") == "1", **said)  # type: ignore[arg-type]


def answer_of(fields: Mapping[str, str]) -> Answer:
    """What was sent as an answer. Raises JudgementError."""
    given: dict[str, Any] = {
        name: value for name in Answer.__struct_fields__ if (value := fields.get(name, "").strip()[:LONGEST])
    }
    if given.get("said") == "corrected" and given.get("speaker") and given.get("name"):
        del given["speaker"]  # whoever types a name means that one
    try:
        return msgspec.convert(given, Answer, strict=False)
    except msgspec.ValidationError as error:
        raise JudgementError(f"This answer cannot be understood: {error}. Go back and answer again.") from error


def address(queue: Queue, key: str | None, **more: object) -> str:
    """The address of a question in its queue."""
    return f"{PLACE}?{query(queue, key, **more)}".rstrip("?")


def query(queue: Queue, key: str | None = None, **more: object) -> str:
    narrowed = {name: value for name in queue.__struct_fields__ if (value := getattr(queue, name))}
    if "every" in narrowed:
        narrowed["every"] = 1
    asked = narrowed | ({"at": key} if key else {}) | {name: value for name, value in more.items() if value}
    return urlencode(asked)


def ask_page(archive: Archive, request: Request) -> Response:
    asked = request.query_params
    queue, bench = queue_of(asked), archive.workbench
    key = asked.get("at") or next((each.key for each in bench.questions(queue, None, 1)), None)
    end = int(asked["end"]) if asked.get("end", "").isdecimal() and len(asked["end"]) < 10 else None
    card = bench.card(key, end) if key else None
    who = person(request)
    waiting = bench.waiting(queue, who.name if who else None, midnight())
    return html(
        request, "review.html",
        card=card,
        queue=queue,
        hidden=[pair for pair in msgspec.to_builtins(queue).items() if pair[1]],
        question=review.asks(card) if card else None,
        passages=[review.drawn(each, card.language) for each in card.passages] if card else [],
        around=bench.around(queue, key) if key else None,
        waiting=waiting,
        counts=dict(waiting.counts),
        tabs=ASKED,
        labels=review.LABELS,
        answers=review.ANSWERS[card.kind] if card else None,
        acts=review.ACTS,
        ends=neighbours(card, queue, end) if card and card.kind == "content" else None,
        correcting=end is not None,
        narrowed=narrowed(archive, queue),
        news=news(archive, asked),
        address=address,
        of_kind=lambda kind: address(replace(queue, kind=kind), None),
        said=review.said,
        drawn=review.drawn,
        facets=dict(archive.stats().counts),
    )  # fmt: skip


def neighbours(card: Card, queue: Queue, end: int | None) -> dict[str, str | None]:
    """The addresses of the same question with the end moved to the border before and behind."""
    now = card.end or 0
    before = [at for at in card.ends if at < now]
    after = [at for at in card.ends if at > now]
    return {
        "shorter": address(queue, card.key, end=before[-1]) if before else None,
        "longer": address(queue, card.key, end=after[0]) if after else None,
        "end": str(now),
        "moved": "1" if end is not None else None,
    }


def narrowed(archive: Archive, queue: Queue) -> list[tuple[str, str, str]]:
    """What the questions are narrowed to, in words, each with the address without it."""
    found = []
    for name, label in (("document", "Document"), ("party", "Party"), ("publisher", "Publisher"), ("lang", "Language")):
        value = getattr(queue, name)
        if value:
            wider = replace(queue, **{name: None}, every=queue.every and name != "document")
            found.append((label, shown_value(archive, name, value), address(wider, None)))
    return found


def shown_value(archive: Archive, name: str, value: str) -> str:
    if name == "party":
        return archive.names.called([value]).get(value, value)
    if name == "document":
        return archive.workbench.title(value)
    return value


def news(archive: Archive, asked: Mapping[str, str]) -> str | None:
    """What has just been done, in words."""
    for name, told in (("done", "Entered"), ("undone", "Taken back")):
        if asked.get(name):
            return f"{told}: {review.told(archive.judgement(asked[name]))}."
    return None


def midnight() -> str:
    """When today began, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT00:00:00")
