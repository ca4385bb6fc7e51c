"""Mentions to entities, and people's judgements over both."""

from __future__ import annotations

from onrecord.resolve.additions import BLANK, ENTITIES, PERSON, addition, entity_ids
from onrecord.resolve.anchors import anchor, facts_at, subject
from onrecord.resolve.compare import MERGE, Prepared, blocks, compare, prepared
from onrecord.resolve.concepts import ADJECTIVE, read_as
from onrecord.resolve.entries import Alias, Entry, Fault, entry_from, entry_json, entry_of
from onrecord.resolve.groups import Groups, Refused, grouped
from onrecord.resolve.laying import Applied, Conflict, Orphan, about, apply, extended, stands_at
from onrecord.resolve.ledger import joined, judgement, standing, withdrawal
from onrecord.resolve.lines import lines, merged, read, write
from onrecord.resolve.linking import (
    ACRONYM,
    Candidate,
    Settings,
    blocks_of,
    candidate,
    comparison,
    evidence,
    linked,
    rivals,
    settings_from,
    translated,
)
from onrecord.resolve.registry import checked, load, sound, written
from onrecord.resolve.settle import entity_called, renamed, settle
from onrecord.resolve.territories import territories

__all__ = [
    "ACRONYM",
    "ADJECTIVE",
    "BLANK",
    "ENTITIES",
    "MERGE",
    "PERSON",
    "Alias",
    "Applied",
    "Candidate",
    "Conflict",
    "Entry",
    "Fault",
    "Groups",
    "Orphan",
    "Prepared",
    "Refused",
    "Settings",
    "about",
    "addition",
    "anchor",
    "apply",
    "blocks",
    "blocks_of",
    "candidate",
    "checked",
    "compare",
    "comparison",
    "entity_called",
    "entity_ids",
    "entry_from",
    "entry_json",
    "entry_of",
    "evidence",
    "extended",
    "facts_at",
    "grouped",
    "joined",
    "judgement",
    "lines",
    "linked",
    "load",
    "merged",
    "prepared",
    "read",
    "read_as",
    "renamed",
    "rivals",
    "settings_from",
    "settle",
    "sound",
    "standing",
    "stands_at",
    "subject",
    "territories",
    "translated",
    "withdrawal",
    "write",
    "written",
]
