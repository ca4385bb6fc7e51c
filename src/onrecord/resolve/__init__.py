"""Mentions to entities, and people's judgements over both."""

from __future__ import annotations

from onrecord.resolve.anchors import subject
from onrecord.resolve.canon import Canon, canonical
from onrecord.resolve.ledger import Applied, Conflict, Orphan, apply, judgement, standing, withdrawal
from onrecord.resolve.lines import merged, read, write
from onrecord.resolve.settle import renamed, settle

__all__ = [
    "Applied",
    "Canon",
    "Conflict",
    "Orphan",
    "apply",
    "canonical",
    "judgement",
    "merged",
    "read",
    "renamed",
    "settle",
    "standing",
    "subject",
    "withdrawal",
    "write",
]
