"""`/terms`: how often words and phrases are used, when and by whom, and which words set two sides apart."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from fastapi import Request
from starlette.responses import Response

from onrecord.archive import Archive
from onrecord.errors import ArchiveError, OnrecordError
from onrecord.export.csv import rows_of
from onrecord.web import terms, words
from onrecord.web.charts import Chart
from onrecord.web.drawing import html
from onrecord.web.pages import Pages
from onrecord.web.saving import file
from onrecord.web.terms import Question
from onrecord.workbench.keyness import SURE, Keyness
from onrecord.workbench.terms import RULE, TOKENS, Usage

FORMS = ("csv", "json", "svg")
KINDS = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json", "svg": "image/svg+xml"}


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/terms")
    async def page(request: Request) -> Response:
        """Counting takes a moment, and where dates or genres narrow all others, a second or more: it is done off the
        server's thread, so that other pages go on."""
        return await asyncio.to_thread(shown, request, archive)

    return pages


def shown(request: Request, archive: Archive) -> Response:
    """The page or file that is asked for. Raises ArchiveError."""
    question = Question(view="keyness" if request.query_params.get("view") == "keyness" else "use")
    try:
        question = terms.asked(request.query_params)
        use, found = answered(archive, question)
    except ArchiveError:
        raise
    except OnrecordError as error:
        return drawn(request, archive, question, None, None, 400, str(error))
    form = request.query_params.get("form")
    if form in FORMS and (file := saved(form, question, use, found)):
        return file
    return drawn(request, archive, question, use, found)


def answered(archive: Archive, question: Question) -> tuple[Usage | None, Keyness | None]:
    """The answer of one of the two views; neither where nothing is asked yet."""
    if question.view == "use":
        if not question.query:
            return None, None
        parties = tuple(dict.fromkeys(terms.party(archive, said) for said in question.parties))
        return archive.workbench.usage(question.query, question.filters, parties, question.every), None
    if not question.one:
        return None, None
    one, other = question.one, question.other
    if question.by == "party":
        one, other = terms.party(archive, one), terms.party(archive, other) if other else ""
    how = {"phrases": question.phrases, "least": question.least}
    return None, archive.workbench.keyness(question.by, one, other, question.filters, **how)


def drawn(
    request: Request,
    archive: Archive,
    question: Question,
    use: Usage | None,
    found: Keyness | None,
    status: int = 200,
    help: str | None = None,  # noqa: A002 - what the template calls it, too
) -> Response:
    """The page. What is offered to choose from is left out where there are no words yet."""
    try:
        offer: Any = archive.workbench.terms_offer()
    except OnrecordError as error:
        offer, help = None, help or str(error)  # noqa: A001
    chart = terms.over_time(use, question) if use else None
    return html(
        request, "terms.html", status, question=question, use=use, found=found, offer=offer, help=help, chart=chart,
        views=terms.VIEWS, kinds_of_side=terms.BY, periods=terms.EVERY, cells=terms.cells, within=terms.within,
        period_label=terms.period_label, rate=terms.rate, search=terms.side_search, sure=SURE, unspaced=TOKENS,
        language=words.language, names=names(archive, question), without=without, rule=RULE,
    )  # fmt: skip


def names(archive: Archive, question: Question) -> dict[str, str]:
    """The names of the parties that the address gives by their ids."""
    said = [*question.parties, *([question.one, question.other] if question.by == "party" else [])]
    return archive.names.called([each for each in said if each])


def without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(kept for kept in values if kept != value)


def saved(form: str, question: Question, use: Usage | None, found: Keyness | None) -> Response | None:
    """The answer as a file; None where there is none."""
    if form == "svg":
        chart: Chart | None = terms.over_time(use, question) if use else None
        data = chart.file() if chart else None
    elif form == "json":
        data = msgspec.json.encode(use or found) if use or found else None
    elif use:
        data = b"".join(rows_of(terms.USE_HEADER, terms.use_rows(use)))
    else:
        data = b"".join(rows_of(terms.KEY_HEADER, terms.key_rows(found))) if found else None
    if data is None:
        return None
    return file(data, f"{question.view}.{form}", KINDS[form])
