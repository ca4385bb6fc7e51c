"""SQLite, the truth; originals by content; the tantivy index, derived and rebuilt at will."""

from onrecord.store.database import create
from onrecord.store.index import Index
from onrecord.store.originals import Originals
from onrecord.store.said import NOTHING_JUDGED, Judged, Said, said_in
from onrecord.store.verify import verify
from onrecord.store.view import Listed, Provenance, Statistics, View
from onrecord.store.writer import Added, Writer

__all__ = [
    "NOTHING_JUDGED",
    "Added",
    "Index",
    "Judged",
    "Listed",
    "Originals",
    "Provenance",
    "Said",
    "Statistics",
    "View",
    "Writer",
    "create",
    "said_in",
    "verify",
]
