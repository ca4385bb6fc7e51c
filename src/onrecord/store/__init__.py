"""SQLite, the truth; originals by content; the tantivy index, derived and rebuilt at will."""
