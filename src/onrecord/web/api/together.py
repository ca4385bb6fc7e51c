"""`/api/v1/network/pairs`, `/network/statements`, `/timeline`."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import Response

from onrecord.hypergraph import RuleName
from onrecord.web.api import Api, answer
from onrecord.web.api.parties import NONE, Day
from onrecord.workbench.timeline import MOST_LANES, Lanes
from onrecord.workbench.together import COLUMNS, COUNTED, PairsCounted, Shown

Parties = Annotated[list[str], Query(max_length=20, description="Ids of parties: statements of any of these.")]
With = Annotated[str | None, Query(alias="with", max_length=64, description="A party that makes them too.")]
Most = Annotated[int, Query(ge=1, le=500, description="Statements in the answer: the latest.")]


def routes(api: Api) -> None:
    bench = api.archive.workbench

    @api.get("/network/statements", Shown, "The latest joint statements with their parties, and how many there are")
    async def statements(
        party: Parties = NONE,
        other: With = None,
        since: Day = None,
        until: Day = None,
        order: Literal["first", "number", "closeness"] = "first",
        limit: Most = COLUMNS,
    ) -> Response:
        return answer(bench.together(bench.together_question(party, other, since, until, order), limit))

    @api.get("/network/pairs", PairsCounted, "Who makes statements with whom, by a named rule of counting")
    async def pairs(
        party: Parties = NONE,
        other: With = None,
        since: Day = None,
        until: Day = None,
        rule: RuleName = "1/(n-1)",
    ) -> Response:
        asked = bench.together_question(party, other, since, until, None, rule)
        return answer(bench.pairs(asked, bench.together(asked, COUNTED)))

    @api.get("/timeline", Lanes, "The dates of parties, those that lie together as one")
    async def timeline(
        party: Annotated[list[str], Query(max_length=MOST_LANES, description="Ids; without, the most active.")] = NONE,
        since: Day = None,
        until: Day = None,
    ) -> Response:
        return answer(bench.timeline(bench.timeline_question(party, since, until)))
