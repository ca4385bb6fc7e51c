-- What review asks of an archive: the questions of one kind, of one publisher or language; names that come near.
CREATE INDEX doubts_by_kind ON doubts (kind, state, confidence);
CREATE INDEX documents_by_publisher ON documents (publisher);
CREATE INDEX documents_by_language ON documents (language);
CREATE INDEX links_by_score ON links (score);
