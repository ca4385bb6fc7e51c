-- What stands now. From here on `dates`, `parties`, `mentions`, `attributions`, `notices` and the columns of `documents`
-- that lists show hold the facts with people's judgements laid over, so that a page is a few indexed queries; the
-- machine's own facts stay in `annotations`, what people decided in `judgements`. docs/decisions/0011-what-stands-now.md
-- says why. This step fills the new tables and columns from the facts; judgements are laid over by the next `annotate`
-- or `index`. `first_day` and `last_day` are those that an EDTF value may mean.

ALTER TABLE dates ADD COLUMN confidence REAL;
-- Its first span, code points. NULL: from metadata.
ALTER TABLE dates ADD COLUMN start INTEGER;
ALTER TABLE dates ADD COLUMN "end" INTEGER;
ALTER TABLE attributions ADD COLUMN confidence REAL;

UPDATE dates SET confidence = f.confidence, start = f.start, "end" = f."end"
FROM (
  SELECT a.document, d.key AS position, json_extract(d.value, '$.confidence') AS confidence,
    json_extract(d.value, '$.spans[0][0]') AS start, json_extract(d.value, '$.spans[0][1]') AS "end"
  FROM annotations a, json_each(a.facts, '$.dates') d
) f WHERE dates.document = f.document AND dates.position = f.position;
UPDATE attributions SET confidence = f.confidence
FROM (
  SELECT a.document, s.key AS position, json_extract(s.value, '$.confidence') AS confidence
  FROM annotations a, json_each(a.facts, '$.attributions') s
) f WHERE attributions.document = f.document AND attributions.position = f.position;

CREATE TABLE statements (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  genre    TEXT NOT NULL,
  issued   TEXT,                   -- EDTF
  low      TEXT,                   -- its first and last day, ISO 8601
  high     TEXT,
  parties  INTEGER NOT NULL,       -- entities (else names) that make it their own: two of them may be one party
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
INSERT INTO statements
  SELECT a.document, s.key, json_extract(s.value, '$.id'), json_extract(s.value, '$.genre'),
    json_extract(s.value, '$.issued'), first_day(json_extract(s.value, '$.issued')),
    last_day(json_extract(s.value, '$.issued')),
    (SELECT count(DISTINCT coalesce(json_extract(p.value, '$.entity'), '=' || folded(json_extract(p.value, '$.name'))))
     FROM json_each(s.value, '$.parties') p
     WHERE json_extract(p.value, '$.role') IN ('issuer', 'on-behalf-of', 'signatory', 'sponsor', 'participant'))
  FROM annotations a, json_each(a.facts, '$.statements') s;
CREATE INDEX statements_together ON statements (parties >= 2, low);

CREATE TABLE acts (
  document    INTEGER NOT NULL REFERENCES documents (number),
  position    INTEGER NOT NULL,
  id          TEXT NOT NULL,
  act         TEXT NOT NULL,
  plover      TEXT,
  modality    TEXT NOT NULL,
  negated     INTEGER NOT NULL,
  conditional INTEGER NOT NULL,
  "by"        INTEGER REFERENCES entities (number),
  addressee   INTEGER REFERENCES entities (number),
  target      INTEGER REFERENCES entities (number),
  start       INTEGER NOT NULL,    -- code points
  "end"       INTEGER NOT NULL,
  low         TEXT,                -- first and last day of the document's issue, ISO 8601
  high        TEXT,
  confidence  REAL NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
INSERT INTO acts
  SELECT a.document, s.key, json_extract(s.value, '$.id'), json_extract(s.value, '$.act'),
    json_extract(s.value, '$.plover'), json_extract(s.value, '$.modality'), json_extract(s.value, '$.negated'),
    json_extract(s.value, '$.conditional'),
    (SELECT number FROM entities WHERE id = json_extract(s.value, '$.by')),
    (SELECT number FROM entities WHERE id = json_extract(s.value, '$.addressee')),
    (SELECT number FROM entities WHERE id = json_extract(s.value, '$.target')),
    json_extract(s.value, '$.start'), json_extract(s.value, '$.end'),
    d.issued_low, d.issued_high, json_extract(s.value, '$.confidence')
  FROM annotations a CROSS JOIN documents d ON d.number = a.document, json_each(a.facts, '$.acts') s;
CREATE INDEX acts_by_speaker ON acts ("by", low);
CREATE INDEX acts_by_addressee ON acts (addressee, low);
CREATE INDEX acts_by_target ON acts (target, low);

-- The machine's own facts that want a look, those of which it is not sure, and what people said of each.
CREATE TABLE doubts (
  kind       TEXT NOT NULL,        -- speaker, content (of an attribution), date, act
  document   INTEGER NOT NULL REFERENCES documents (number),
  position   INTEGER NOT NULL,     -- among the machine's facts of its kind
  start      INTEGER NOT NULL,     -- of the words it rests on, code points
  "end"      INTEGER NOT NULL,
  confidence REAL NOT NULL,
  state      TEXT,                 -- NULL: open; right, wrong, corrected, unsure, disputed
  PRIMARY KEY (document, kind, position)
) WITHOUT ROWID;
INSERT INTO doubts
  SELECT 'date', document, position, start, "end", confidence, NULL FROM dates
  WHERE confidence < 0.8 AND start < "end";
-- An act that only tells how something is reported is as sure as the attribution: the doubt is there.
INSERT INTO doubts
  SELECT 'act', a.document, s.key, json_extract(s.value, '$.start'), json_extract(s.value, '$.end'),
    json_extract(s.value, '$.confidence'), NULL
  FROM annotations a, json_each(a.facts, '$.acts') s
  WHERE json_extract(s.value, '$.confidence') < 0.8 AND json_extract(s.value, '$.rule') <> 'cue'
    AND json_extract(s.value, '$.start') < json_extract(s.value, '$.end');
INSERT INTO doubts
  SELECT
    CASE WHEN coalesce(json_array_length(s.value, '$.source.spans'), 0) = 0
           OR instr(json_extract(s.value, '$.rule'), '; ') THEN 'speaker' ELSE 'content' END,
    t.document, t.position, t.start, t."end", t.confidence, NULL
  FROM annotations a, json_each(a.facts, '$.attributions') s
  CROSS JOIN attributions t ON t.document = a.document AND t.position = s.key
  WHERE t.confidence < 0.8 AND t.start < t."end";
CREATE INDEX doubts_by_state ON doubts (state, confidence);

-- Which judgements were laid over a document's rows: where these are not all that stand, they are laid over anew.
CREATE TABLE laid (
  document   INTEGER PRIMARY KEY REFERENCES documents (number),
  judgements TEXT NOT NULL,        -- JSON: the ids of the standing judgements that speak of it
  decided    INTEGER NOT NULL      -- how many of them found their words, and count
);

CREATE INDEX judgements_by_kind ON judgements (kind);

-- Searches that people keep: their own, derived from nothing. Rows stay; `removed` says since when one is gone.
CREATE TABLE searches (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  address TEXT NOT NULL,           -- of a page here, from / on
  by      TEXT NOT NULL,
  at      TEXT NOT NULL,           -- ISO 8601, UTC
  removed TEXT
);
