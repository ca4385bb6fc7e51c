"""`/api/v1/parties`, `/parties/{id}`, its acts and statements; all statements, all acts; figures."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Path, Query
from starlette.responses import Response

from onrecord.figures import Figures
from onrecord.model import EntityType, Genre
from onrecord.web.api import Api, Cursor, Limit, Slice, after, answer, cursor
from onrecord.web.asking import Unclear
from onrecord.workbench import acts
from onrecord.workbench.acts import Done
from onrecord.workbench.counts import DOCUMENTS
from onrecord.workbench.made import Key, StatementMade
from onrecord.workbench.parties import PartyListed
from onrecord.workbench.party import WholeParty
from onrecord.workbench.who import Period, period

Named = Annotated[str, Path(max_length=64, description="The id of any entity that the party is.")]
OfParty = Annotated[str | None, Query(max_length=64, description="The id of a party.")]
Day = Annotated[str | None, Query(max_length=40, description="EDTF: 2024, 2024-05, 2024-05-03.")]
Kinds = Annotated[list[str], Query(max_length=30, description="Acts (`promise`), classes (`directive`), or `all`.")]
Name = Annotated[str, Query(max_length=200, description="A name, or part of one, in any script.")]
NONE: list[str] = []


async def stretch(since: Day = None, until: Day = None) -> Period:
    """The days asked for. Raises MetadataError."""
    return period(since, until)


Days = Annotated[Period, Depends(stretch)]
DEEPEST = 100_000
"""Parties that can be paged through."""


def routes(api: Api) -> None:
    bench = api.archive.workbench

    @api.get("/parties", Slice[PartyListed], "Who is named, with counts of documents and statements")
    async def parties(
        q: Name = "",
        kind: EntityType | None = None,
        sort: Literal["statements", "documents"] = "statements",
        limit: Limit = 50,
        cursor_: Cursor = None,
    ) -> Response:
        skip = after(cursor_, int) or 0
        if not 0 <= skip < DEEPEST:
            raise Unclear(f"The list goes as far as {DEEPEST:,} parties. Ask for a name.")
        found = bench.parties(q, kind, sort, limit, skip)
        following = skip + limit if skip + limit < found.total else None
        return answer(Slice(found.parties, found.total, None if following is None else cursor(following)))

    @api.get(
        "/parties/{party}", WholeParty, "One party: names, who speaks for it, with whom, what it did, what others say"
    )
    async def party(party: Named) -> Response:
        return answer(bench.party(party))

    @api.get("/parties/{party}/acts", Slice[Done], "What a party did in speaking")
    async def acts_of(
        party: Named,
        days: Days,
        act: Kinds = NONE,
        limit: Limit = 50,
        cursor_: Cursor = None,
    ) -> Response:
        return answer(sliced(bench.acts(acts.kinds(act), party, days, after(cursor_, Key), limit)))

    @api.get(
        "/parties/{party}/statements", Slice[StatementMade], "The statements that a party makes, alone or with others"
    )
    async def statements_of(
        party: Named,
        days: Days,
        genre: Genre | None = None,
        limit: Limit = 50,
        cursor_: Cursor = None,
    ) -> Response:
        return answer(sliced(bench.statements(party, days, genre, after(cursor_, Key), limit)))

    @api.get("/statements", Slice[StatementMade], "Statements, in the order in which their documents were taken in")
    async def statements(
        days: Days,
        party: OfParty = None,
        genre: Genre | None = None,
        limit: Limit = 50,
        cursor_: Cursor = None,
    ) -> Response:
        return answer(sliced(bench.statements(party, days, genre, after(cursor_, Key), limit)))

    @api.get("/acts", Slice[Done], "Speech acts, in the order in which their documents were taken in")
    async def every_act(
        days: Days,
        party: OfParty = None,
        act: Kinds = NONE,
        limit: Limit = 50,
        cursor_: Cursor = None,
    ) -> Response:
        return answer(sliced(bench.acts(acts.kinds(act), party, days, after(cursor_, Key), limit)))

    @api.get("/figures", Figures, f"Counts with who asserts each, in up to {DOCUMENTS} documents or by a party there")
    async def figures(
        document: Annotated[list[str], Query(max_length=DOCUMENTS, description="Ids of documents.")] = NONE,
        party: OfParty = None,
    ) -> Response:
        if not document and party is None:
            raise Unclear("Name documents (document=…), or a party (party=…): counts are read from their records.")
        return answer(bench.figures(document, party))


def sliced(found: tuple[tuple[object, ...], Key | None]) -> Slice[object]:
    items, following = found
    return Slice(items, None, None if following is None else cursor(following))
