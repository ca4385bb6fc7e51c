"""Mentions to entities, and people's judgements over both."""

from __future__ import annotations

from onrecord.resolve.anchors import facts_at, subject
from onrecord.resolve.compare import MERGE, Prepared, blocks, compare, prepared
from onrecord.resolve.groups import Groups, Refused, grouped
from onrecord.resolve.ledger import Applied, Conflict, Orphan, apply, judgement, standing, withdrawal
from onrecord.resolve.lines import lines, merged, read, write
from onrecord.resolve.linking import Candidate, Settings, blocks_of, candidate, comparison, linked, settings_from
from onrecord.resolve.settle import renamed, settle

__all__ = [
    "MERGE",
    "Applied",
    "Candidate",
    "Conflict",
    "Groups",
    "Orphan",
    "Prepared",
    "Refused",
    "Settings",
    "apply",
    "blocks",
    "blocks_of",
    "candidate",
    "compare",
    "comparison",
    "facts_at",
    "grouped",
    "judgement",
    "lines",
    "linked",
    "merged",
    "prepared",
    "read",
    "renamed",
    "settings_from",
    "settle",
    "standing",
    "subject",
    "withdrawal",
    "write",
]
