-- What review asks of an archive: the questions of one kind, of one publisher or language; names that may be one party.
CREATE INDEX IF NOT EXISTS doubts_by_kind ON doubts (kind, state, confidence);
CREATE INDEX IF NOT EXISTS documents_by_publisher ON documents (publisher);
CREATE INDEX IF NOT EXISTS documents_by_language ON documents (language);

-- Names that come near one another and join nothing: a person may say whether they are one. Made when names are
-- compared, like `links`, and like them derived. Archives of before have them once names are resolved anew.
CREATE TABLE IF NOT EXISTS near (
  one    INTEGER NOT NULL REFERENCES entities (number),
  other  INTEGER NOT NULL REFERENCES entities (number),
  score  REAL NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS near_by_other ON near (other, one);
CREATE INDEX IF NOT EXISTS near_by_score ON near (score);
CREATE INDEX IF NOT EXISTS links_by_score ON links (score);
