"""Mentions to entities, and people's judgements over both."""

from __future__ import annotations

from onrecord.resolve.anchors import subject
from onrecord.resolve.groups import Groups, Refused, grouped
from onrecord.resolve.ledger import Applied, Conflict, Orphan, apply, judgement, standing, withdrawal
from onrecord.resolve.lines import merged, read, write
from onrecord.resolve.linking import Candidate, Settings, blocks_of, candidate, comparison, linked
from onrecord.resolve.settle import renamed, settle

__all__ = [
    "Applied",
    "Candidate",
    "Conflict",
    "Groups",
    "Orphan",
    "Refused",
    "Settings",
    "apply",
    "blocks_of",
    "candidate",
    "comparison",
    "grouped",
    "judgement",
    "linked",
    "merged",
    "read",
    "renamed",
    "settle",
    "standing",
    "subject",
    "withdrawal",
    "write",
]
