"""SQLite, the truth; originals by content; the tantivy index, derived and rebuilt at will."""

from onrecord.store.acts import counting, holding, laid, later, mentioning, speaking, versions
from onrecord.store.arrivals import Arrival, Arrivals, already, arrivals
from onrecord.store.database import create, there
from onrecord.store.facts import Laid, State
from onrecord.store.index import Index
from onrecord.store.kept import Kept
from onrecord.store.naming import NameTables, spelled
from onrecord.store.originals import Originals
from onrecord.store.parties import (
    PartyNames,
    Spelling,
    alive,
    as_entity,
    every_name,
    every_party,
    grouped_parties,
    in_blocks,
    labels,
    members,
    merged,
    named,
    parties,
    registry,
    stands_for,
)
from onrecord.store.people import Account, People, Role, name_said
from onrecord.store.said import VOICES, Said
from onrecord.store.saved import SavedSearch, searches
from onrecord.store.searching import LACKING
from onrecord.store.verify import verify
from onrecord.store.view import Listed, Provenance, Statistics, View
from onrecord.store.words import Words
from onrecord.store.writer import Added, Entered, Writer

__all__ = [
    "LACKING",
    "VOICES",
    "Account",
    "Added",
    "Arrival",
    "Arrivals",
    "Entered",
    "Index",
    "Kept",
    "Laid",
    "Listed",
    "NameTables",
    "Originals",
    "PartyNames",
    "People",
    "Provenance",
    "Role",
    "Said",
    "SavedSearch",
    "Spelling",
    "State",
    "Statistics",
    "View",
    "Words",
    "Writer",
    "alive",
    "already",
    "arrivals",
    "as_entity",
    "counting",
    "create",
    "every_name",
    "every_party",
    "grouped_parties",
    "holding",
    "in_blocks",
    "labels",
    "laid",
    "later",
    "members",
    "mentioning",
    "merged",
    "name_said",
    "named",
    "parties",
    "registry",
    "searches",
    "speaking",
    "spelled",
    "stands_for",
    "there",
    "verify",
    "versions",
]
