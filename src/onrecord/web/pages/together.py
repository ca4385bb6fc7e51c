"""`/together`: who makes statements with whom, as columns, as a matrix, as pairs, as a list; `?form=svg|csv|gexf` as a
file of what is shown."""

from __future__ import annotations

import io

from fastapi import Request
from starlette.responses import Response

from onrecord import analyse
from onrecord.archive import Archive
from onrecord.web import paohvis, saving, words
from onrecord.web.asking import Unclear
from onrecord.web.drawing import html
from onrecord.web.here import here
from onrecord.web.pages import Pages
from onrecord.web.pages.parties import shares
from onrecord.workbench.together import CELLS, COLUMNS, COUNTED, PairsCounted, Question, Shown, chained

VIEWS = {"columns": "Statements", "matrix": "Matrix", "pairs": "Pairs", "list": "List"}
ORDERS = {
    "first": "by first appearance",
    "number": "by number of statements",
    "closeness": "those who stand together, side by side",
}
RULES = {
    "1/(n-1)": "1/(n-1): a party shares 1 among those it speaks with",
    "pair": "1: every pair counts 1 (raw)",
    "hyperedge": "2/(n(n-1)): every statement counts 1 (fractional)",
}
PAIRS = 60
"""Pairs in the table; the file has all."""
FILES = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8", "gexf": "application/gexf+xml"}


def routes(archive: Archive) -> Pages:
    pages = Pages()

    @pages.page("/together")
    async def together(request: Request) -> Response:
        at = here(
            "/together", request.query_params, ("view", "party", "with", "since", "until", "order", "rule", "form")
        )
        view = at.one("view") or "columns"
        if view not in VIEWS:
            raise Unclear(f"There is no view {view[:40]!r} of joint statements. Take one of: {', '.join(VIEWS)}.")
        parties = [value for name, value in at.said if name == "party"]
        asked = archive.workbench.together_question(
            parties, at.one("with"), at.one("since"), at.one("until"), at.one("order"), at.one("rule")
        )
        if at.one("form"):
            return file(archive, asked, at.one("form"), view)
        by_pairs = view in ("matrix", "pairs")
        shown = archive.workbench.together(asked, COUNTED if by_pairs else COLUMNS)
        counted = archive.workbench.pairs(asked, shown) if by_pairs else None
        layout = paohvis.layout(shown) if view == "columns" else None
        return html(
            request,
            "together.html",
            at=at,
            view=view,
            views=VIEWS,
            asked=asked,
            shown=shown,
            counted=counted,
            matrix=matrix(counted) if counted and view == "matrix" else None,
            most_pairs=PAIRS,
            names=layout and paohvis.names(layout),
            columns=layout and paohvis.columns(layout),
            key=paohvis.key(shown.statements),
            orders=ORDERS,
            rules=RULES,
            rule=analyse.RULES[asked.rule],
            shares=shares,
            highest=max((each.count for each in shown.bins), default=0),
            called={row.party.id: row.party for row in shown.rows},
            role_names=words.ROLES,
            sentence=sentence(asked, shown),
        )

    return pages


def sentence(asked: Question, shown: Shown) -> str:
    """What is shown of how much, in words."""
    total, here_ = words.counted(shown.total, "joint statement"), len(shown.statements)
    cut = f"The latest {here_:,} of {total}" if here_ < shown.total else total
    rows, parties = len(shown.rows), words.counted(shown.parties, "party", "parties")
    return f"{cut}; {f'{rows} of {parties}' if rows < shown.parties else parties}"


def file(archive: Archive, asked: Question, form: str, view: str) -> Response:
    """What is shown as a file. Raises Unclear for a form that there is not."""
    if form not in FILES:
        raise Unclear(f"There is no file {form[:40]!r} of joint statements. Take one of: {', '.join(FILES)}.")
    if form == "svg":
        shown = archive.workbench.together(asked)
        body = str(paohvis.whole(paohvis.layout(shown), f"Joint statements: {sentence(asked, shown)}")).encode()
    else:
        stream = io.BytesIO()
        pairs = view in ("matrix", "pairs")
        table, shape = ("pairs" if pairs else "memberships", None) if form == "csv" else (None, _graph(pairs))
        most = COUNTED if pairs else COLUMNS
        archive.workbench.together_export(asked, most).export(stream, form, view=shape, table=table, rule=asked.rule)
        body = stream.getvalue()
    return saving.file(body, f"together.{form}", FILES[form])


def _graph(pairs: bool) -> str:
    return "pairs" if pairs else "bipartite"


def matrix(counted: PairsCounted) -> dict[str, object]:
    """The parties that stand together most, those who stand together next to one another, and in how many statements
    each two do, with how dark its cell is."""
    number: dict[str, int] = {}
    for pair in counted.pairs.pairs:
        for one in (pair.first, pair.second):
            number[one] = number.get(one, 0) + pair.statements
    chosen = sorted((each for each in number if each in counted.called), key=lambda each: (-number[each], each))[:CELLS]
    cells = {(pair.first, pair.second): pair.statements for pair in counted.pairs.pairs}
    cells |= {(second, first): count for (first, second), count in cells.items()}
    most = max((cells.get((one, two), 0) for one in chosen for two in chosen), default=0) or 1
    near = chained(chosen, lambda one, two: cells.get((one, two), 0) / (number[one] + number[two]))
    return {
        "parties": [counted.called[each] for each in near],
        "of": len(number),
        "cells": cells,
        "level": {count: min(5, 1 + int(5 * (count - 1) / most)) for count in set(cells.values())},
    }
