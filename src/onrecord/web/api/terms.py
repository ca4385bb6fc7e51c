"""`/api/v1/terms/usage`, `/api/v1/terms/keyness`.

Counting takes a moment, and where dates or genres narrow all others, a second or more: it is done off the server's
thread, so that other pages go on.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from onrecord.model import Filters
from onrecord.web.api import Api, answer
from onrecord.web.asking import dated
from onrecord.web.terms import party
from onrecord.workbench.keyness import LEAST, MOST, By, Keyness
from onrecord.workbench.terms import Every, Usage

Word = Annotated[str, Query(max_length=1000, description='Up to six words, "phrases", beginnings*.')]
Values = Annotated[list[str], Query(max_length=50, description="Any of these values.")]
Parties = Annotated[list[str], Query(max_length=50, description="Ids or names; without, those with the most words.")]
Day = Annotated[str | None, Query(max_length=40, description="EDTF: 2024, 2024-05, 2024-05-03.")]
Sided = Annotated[str, Query(max_length=1000, description="A party’s id or name, a publisher, or a period in EDTF.")]
Least = Annotated[int, Query(ge=1, le=1000, description="Documents of its side that must use a word.")]
Most = Annotated[int, Query(ge=1, le=500, description="Terms of each side.")]
Phrases = Annotated[bool, Query(description="Pairs of words in the place of words.")]
Fold = Annotated[Every | None, Query(description="The length of a period; without, what fits the time.")]
NONE: list[str] = []


async def filters(
    lang: Values = NONE, genre: Values = NONE, publisher: Values = NONE, since: Day = None, until: Day = None
) -> Filters:
    """What narrows the documents. Raises Unclear."""
    return Filters(
        languages=tuple(lang), genres=tuple(genre), publishers=tuple(publisher), since=dated(since, "since"),
        until=dated(until, "until"),
    )  # fmt: skip


Chosen = Annotated[Filters, Depends(filters)]


def routes(api: Api) -> None:
    @api.get("/terms/usage", Usage, "How often words and phrases are used, over time and by party")
    async def usage(
        q: Word,
        chosen: Chosen,
        party_: Annotated[list[str], Query(alias="party", max_length=50, description="Ids or names.")] = NONE,
        every: Fold = None,
    ) -> Response:
        def count() -> Usage:
            parties = tuple(dict.fromkeys(party(api.archive, said) for said in party_))
            return api.archive.workbench.usage(q, chosen, parties, every)

        return answer(await asyncio.to_thread(count))

    @api.get("/terms/keyness", Keyness, "Which words mark one side and which the other")
    async def keyness(
        one: Sided,
        chosen: Chosen,
        other: Sided = "",
        by: By = "party",
        phrases: Phrases = False,
        least: Least = LEAST,
        most: Most = MOST,
    ) -> Response:
        def compare() -> Keyness:
            meant = (party(api.archive, side) if by == "party" and one and side else side for side in (one, other))
            first, second = meant
            how = {"phrases": phrases, "least": least, "most": most}
            return api.archive.workbench.keyness(by, first, second, chosen, **how)

        return answer(await asyncio.to_thread(compare))
