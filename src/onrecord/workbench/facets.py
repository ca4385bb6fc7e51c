"""What found documents are counted by, where the index counts by entities and a reader by parties."""

from __future__ import annotations

from onrecord import store
from onrecord.model import Filters

MOST = 30
"""Parties that are counted; those that the fewest documents name are left out."""
Counted = tuple[tuple[str, int], ...]


def parties_counted(
    view: store.View,
    index: store.Index,
    query: str,
    filters: Filters,
    facet: tuple[str, Counted],
) -> Counted:
    """How many of the documents found have each party, under whichever of its names, the most frequent first.

    `facet` is a facet's name with its entities as the index counts them; a party that has one entity counts as that.
    """
    name, counted = facet
    known = dict(counted)
    groups = store.members(view, list(known))
    ranked = sorted(groups, key=lambda party: -max(known.get(member, 0) for member in groups[party]))[:MOST]
    several = [party for party in ranked if len(groups[party]) > 1]
    counts = index.count(view, query, filters, groups=[(name, groups[party]) for party in several])
    whole = {party: known.get(party, 0) for party in ranked} | dict(zip(several, counts, strict=True))
    return tuple(sorted(whole.items(), key=lambda pair: (-pair[1], pair[0])))
