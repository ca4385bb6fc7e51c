-- The archive, first edition. Each table says what it holds; docs/decisions/0003-store.md says why.

-- Facts about the archive as a whole. `generation` rises with every transaction that changes content.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('generation', '0');

-- Files as they were last seen, so that an unchanged one need not be read again.
CREATE TABLE source_files (
  place    TEXT PRIMARY KEY,       -- absolute path on this machine
  source   TEXT NOT NULL,          -- path below what was added
  size     INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  digest   TEXT NOT NULL,
  given    TEXT NOT NULL           -- JSON: what the person who added it said of it, where anything was said
) WITHOUT ROWID;

-- Bytes with their provenance: what was collected, from where, when and by whom.
CREATE TABLE captures (
  number      INTEGER PRIMARY KEY,
  digest      TEXT NOT NULL,       -- sha256: of the bytes (a container's member: of the member's own)
  source      TEXT NOT NULL,       -- path below what was added, or URL; a member follows its container after !/
  size        INTEGER NOT NULL,
  media_type  TEXT NOT NULL,
  captured_at TEXT NOT NULL,
  publisher   TEXT,
  url         TEXT,
  published   TEXT,
  collector   TEXT,
  note        TEXT,
  language    TEXT,
  container   TEXT,                -- digest of the stored original that holds this member
  place       TEXT NOT NULL,       -- where on this machine it was last found: later bytes there take its place
  state       TEXT NOT NULL CHECK (state IN ('read', 'failed', 'replaced')),
  document    INTEGER REFERENCES documents (number) DEFERRABLE INITIALLY DEFERRED,
  replaced_by INTEGER REFERENCES captures (number) DEFERRABLE INITIALLY DEFERRED,
  notices     TEXT NOT NULL,       -- JSON: why there is no document
  UNIQUE (digest, source)
);
CREATE INDEX captures_by_place ON captures (place);
CREATE INDEX captures_by_document ON captures (document, number) WHERE document IS NOT NULL;
CREATE INDEX captures_failed ON captures (number) WHERE state = 'failed';

-- Which stages and word lists made a document's annotations.
CREATE TABLE fingerprints (
  number      INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE
);

-- One row a text. The same bytes from two places are one document with two captures.
CREATE TABLE documents (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  capture     INTEGER NOT NULL REFERENCES captures (number) DEFERRABLE INITIALLY DEFERRED,
  state       TEXT NOT NULL CHECK (state IN ('current', 'superseded')),
  title       TEXT,                -- as shown: from the text where found there, else as the format gives it
  publisher   TEXT,                -- as shown: as given, else as the format gives it
  language    TEXT,                -- the one that most of the text is in
  genre       TEXT,
  issued      TEXT,                -- EDTF
  issued_low  TEXT,                -- its first and last day, ISO 8601
  issued_high TEXT,
  format_title     TEXT,           -- what the file format itself says
  format_published TEXT,
  format_publisher TEXT,
  format_language  TEXT,
  extractor   TEXT NOT NULL,
  version     TEXT NOT NULL,
  characters  INTEGER NOT NULL,    -- code points
  text_digest TEXT NOT NULL,       -- sha256 of the text in UTF-8
  headings    TEXT NOT NULL,       -- JSON: spans
  boilerplate TEXT NOT NULL,       -- JSON: spans
  notices     TEXT NOT NULL,       -- JSON: what the extraction has to say
  annotated   INTEGER REFERENCES fingerprints (number),  -- NULL: pending
  generation  INTEGER NOT NULL     -- of the transaction that last changed it
);
CREATE INDEX documents_by_generation ON documents (generation);
CREATE INDEX documents_by_annotated ON documents (annotated, number);

-- The texts apart, so that a look through the documents need not read them.
CREATE TABLE texts (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  text     TEXT NOT NULL
);

-- All that the stages found: the one truth. The tables below are a view on it, written in the same transaction.
CREATE TABLE annotations (
  document    INTEGER PRIMARY KEY REFERENCES documents (number),
  fingerprint INTEGER NOT NULL REFERENCES fingerprints (number),
  facts       TEXT NOT NULL        -- JSON: model.Annotations
);

CREATE TABLE entities (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  type   TEXT,
  name   TEXT NOT NULL             -- as the first document that mentions it has it
);

CREATE TABLE dates (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  role     TEXT NOT NULL,
  value    TEXT NOT NULL,          -- EDTF
  low      TEXT,                   -- first and last day, ISO 8601
  high     TEXT,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX dates_by_day ON dates (role, low, high);

CREATE TABLE parties (
  document  INTEGER NOT NULL REFERENCES documents (number),
  position  INTEGER NOT NULL,
  statement TEXT NOT NULL,
  role      TEXT NOT NULL,
  entity    INTEGER REFERENCES entities (number),
  name      TEXT NOT NULL,         -- as printed
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX parties_by_entity ON parties (entity, document);

CREATE TABLE mentions (
  document INTEGER NOT NULL REFERENCES documents (number),
  entity   INTEGER NOT NULL REFERENCES entities (number),
  name     TEXT NOT NULL,          -- the entity's name in this document
  times    INTEGER NOT NULL,       -- how often it is mentioned there
  PRIMARY KEY (document, entity)
) WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions (entity, document);

CREATE TABLE attributions (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  speaker  INTEGER REFERENCES entities (number),
  start    INTEGER,                -- of the content, from its first span's start to its last span's end, code points
  "end"    INTEGER,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX attributions_by_speaker ON attributions (speaker, document);

CREATE TABLE notices (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  stage    TEXT NOT NULL,
  code     TEXT NOT NULL,
  message  TEXT NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX notices_by_code ON notices (stage, code);

-- How many current documents have a value, kept up to date so that no page has to count.
CREATE TABLE counts (
  facet     TEXT NOT NULL,
  value     TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (facet, value)
) WITHOUT ROWID;

-- What people decided. Rows are never changed or removed; withdrawing one is a new row in `withdrawals`.
CREATE TABLE judgements (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  document TEXT,                   -- an id; the document may go, the judgement stays
  subject  TEXT NOT NULL,          -- JSON: model.Subject
  verdict  TEXT NOT NULL,
  by       TEXT NOT NULL,
  at       TEXT NOT NULL,
  value    TEXT,                   -- JSON
  note     TEXT
);
CREATE INDEX judgements_by_document ON judgements (document);

CREATE TABLE withdrawals (
  judgement TEXT PRIMARY KEY REFERENCES judgements (id),
  at        TEXT NOT NULL,
  by        TEXT NOT NULL
);

CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never changed; withdraw this one and make another'); END;
CREATE TRIGGER judgements_last BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never removed; withdraw this one'); END;
-- INSERT OR REPLACE would remove a row without a word.
CREATE TRIGGER judgements_once BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE id = new.id OR number = new.number)
BEGIN SELECT RAISE(ABORT, 'judgements are never changed; make another'); END;
CREATE TRIGGER withdrawals_once BEFORE INSERT ON withdrawals
WHEN EXISTS (SELECT 1 FROM withdrawals WHERE judgement = new.judgement)
BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawals_last BEFORE DELETE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'withdrawals are never removed'); END;
