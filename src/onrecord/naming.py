"""One run of `resolve`: entities whose names changed are compared with those they share a block with, and grouped anew.

Each batch is one transaction: blocks, links and groups of a batch are there together or not at all, and what was not
reached stays on the list for the next run. A batch looks at its own entities and their neighbours only, so one new
document costs what its names cost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from onrecord import resolve, store
from onrecord.model import Judgement, Named

BATCH = 1000
"""Entities whose blocks, links and groups share a transaction."""


def resolve_names(
    writer: store.Writer,
    judgements: Iterable[Judgement],
    settings: resolve.Settings,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Resolve what waits for it; returns how many entities came into another group, or out of one."""
    of_entities = [each for each in judgements if each.subject.kind == "entities"]
    judged = _judged_same(of_entities)
    with writer.naming() as tables:
        tables.comparison(resolve.comparison(settings))
    done = changed = 0
    while True:
        with writer.naming() as tables:
            numbers = tables.unresolved(BATCH)
            if not numbers:
                return changed
            _link(tables, numbers, settings)
            changed += _group(tables, numbers, of_entities, judged)
            tables.resolved(numbers)
        done += len(numbers)
        progress(done)


def _link(tables: store.NameTables, numbers: Collection[int], settings: resolve.Settings) -> None:
    """Blocks and links of these entities, anew."""
    ready = _candidates(tables.named(numbers), settings)
    tables.block({number: resolve.blocks_of(ready[number]) if number in ready else () for number in numbers})
    pairs = tables.neighbours(numbers)
    others = {number for pair in pairs for number in pair} - ready.keys()
    ready |= _candidates(tables.named(others), settings)
    links = (resolve.linked(ready[one], ready[other], settings) for one, other in sorted(pairs))
    tables.link(numbers, [link for link in links if link is not None])


def _candidates(named: Mapping[int, Named], settings: resolve.Settings) -> dict[int, resolve.Candidate]:
    return {number: resolve.candidate(each, settings) for number, each in named.items() if each.names}


def _group(
    tables: store.NameTables,
    numbers: Collection[int],
    judgements: Iterable[Judgement],
    judged: Mapping[str, Collection[str]],
) -> int:
    """Groups of these entities and of all whom they may draw along, anew."""
    reached = tables.reached(numbers, judged)
    ids = set(reached.values())
    about = [each for each in judgements if not ids.isdisjoint(each.subject.entities)]
    groups = resolve.grouped(tables.links_of(reached), about, tables.registered(reached))
    return tables.group(reached, groups.entities)


def _judged_same(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    """Each entity with those that a standing judgement joins it with."""
    found: dict[str, set[str]] = {}
    for each in judgements:
        if each.verdict == "same" and each.withdrawn is None:
            for name in each.subject.entities:
                found.setdefault(name, set()).update(each.subject.entities)
    return found
