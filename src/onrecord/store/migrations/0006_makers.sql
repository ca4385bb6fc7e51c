-- Who makes each statement and does each act, ready to be asked by party and by day. Derived from the facts as they stand
-- like the tables of step 4 (onrecord/makers.py says how), and verified and written with them.

-- A row each party that makes a statement its own.
CREATE TABLE makers (
  document  INTEGER NOT NULL REFERENCES documents (number),
  statement INTEGER NOT NULL,      -- its position among those of the document
  position  INTEGER NOT NULL,      -- of the party in the statement
  entity    INTEGER REFERENCES entities (number),
  name      TEXT NOT NULL,         -- as printed
  role      TEXT NOT NULL,
  hand      INTEGER NOT NULL,      -- 1: a person who writes or signs for a body that is a party too: no further party;
                                   -- of those in `pens` as it was when `together` was brought up to date
  low       TEXT,                  -- first and last day of the statement, ISO 8601
  high      TEXT,
  PRIMARY KEY (document, statement, position)
) WITHOUT ROWID;
CREATE INDEX makers_by_entity ON makers (entity, hand, low, high);

-- Persons who sign on a line that names others: a hand where one of these is a body that is a party of the statement.
CREATE TABLE pens (
  document  INTEGER NOT NULL REFERENCES documents (number),
  statement INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  entity    INTEGER NOT NULL REFERENCES entities (number),  -- that the line names
  PRIMARY KEY (document, statement, position, entity)
) WITHOUT ROWID;
CREATE INDEX pens_by_entity ON pens (entity);

-- A row each act and entity whose act it is, but for acts that are only thought of.
CREATE TABLE doers (
  document INTEGER NOT NULL REFERENCES documents (number),
  position INTEGER NOT NULL,       -- of the act among those of the document
  entity   INTEGER NOT NULL REFERENCES entities (number),
  act      TEXT NOT NULL,
  low      TEXT,                   -- first and last day of its statement, else of its document's issue, else publication
  high     TEXT,
  PRIMARY KEY (document, position, entity)
) WITHOUT ROWID;
CREATE INDEX doers_by_entity ON doers (entity, act, low, high);

CREATE TEMP TABLE signed AS
  SELECT a.document, signed_in(a.facts, x.text) AS json FROM annotations a CROSS JOIN texts x ON x.document = a.document;
INSERT INTO makers
  SELECT s.document, m.value ->> 0, m.value ->> 1, e.number, m.value ->> 3, m.value ->> 4, m.value ->> 5,
    first_day(m.value ->> 6), last_day(m.value ->> 6)
  FROM signed s, json_each(s.json, '$[0]') m LEFT JOIN entities e ON e.id = m.value ->> 2;
INSERT INTO pens
  SELECT s.document, p.value ->> 0, p.value ->> 1, e.number
  FROM signed s, json_each(s.json, '$[1]') p CROSS JOIN entities e ON e.id = p.value ->> 2;
DROP TABLE signed;
INSERT INTO doers
  SELECT a.document, d.value ->> 0, e.number, d.value ->> 2, first_day(d.value ->> 3), last_day(d.value ->> 3)
  FROM annotations a, json_each(done_in(a.facts)) d CROSS JOIN entities e ON e.id = d.value ->> 1;

-- The statements of current documents that at least two parties make: the joint ones.
CREATE TABLE together (
  document  INTEGER NOT NULL REFERENCES documents (number),
  statement INTEGER NOT NULL,
  low       TEXT,
  high      TEXT,
  parties   INTEGER NOT NULL,      -- how many make it: entities that are one party once, hands not
  PRIMARY KEY (document, statement)
) WITHOUT ROWID;
CREATE INDEX together_by_day ON together (low, high);

-- What the list of parties shows and is sorted by: a row each party that a current document names.
CREATE TABLE tallies (
  entity     INTEGER PRIMARY KEY REFERENCES entities (number),  -- the one that stands for the others
  type       TEXT,
  documents  INTEGER NOT NULL,     -- current ones that name it
  statements INTEGER NOT NULL,     -- of these that it makes, alone or with others
  low        TEXT,                 -- first and last day of these
  high       TEXT
);
CREATE INDEX tallies_by_documents ON tallies (documents, entity);
CREATE INDEX tallies_by_statements ON tallies (statements, documents, entity);
CREATE INDEX tallies_by_type_documents ON tallies (type, documents, entity);
CREATE INDEX tallies_by_type_statements ON tallies (type, statements, documents, entity);

-- The few documents whose rows do not count, so that a count asks this list and not every document.
CREATE INDEX documents_superseded ON documents (number) WHERE state = 'superseded';

-- What changed since `together` and `tallies` were brought up to date (store/tallies.py). An entity whose rows went and
-- came back as they were needs no new count: the differences add up to nothing.
CREATE TABLE unjoined (document INTEGER PRIMARY KEY);
CREATE TABLE untallied (
  entity    INTEGER PRIMARY KEY,
  documents INTEGER NOT NULL,      -- by how many rows of `mentions` …
  made      INTEGER NOT NULL,      -- … and of `makers` it has more
  again     INTEGER NOT NULL       -- 1: to be counted in any case
);
CREATE TRIGGER maker_new AFTER INSERT ON makers BEGIN
  INSERT OR IGNORE INTO unjoined VALUES (new.document);
  INSERT INTO untallied SELECT new.entity, 0, 1, 0 WHERE new.entity IS NOT NULL
    ON CONFLICT DO UPDATE SET made = made + 1;
END;
CREATE TRIGGER maker_gone AFTER DELETE ON makers BEGIN
  INSERT OR IGNORE INTO unjoined VALUES (old.document);
  INSERT INTO untallied SELECT old.entity, 0, -1, 0 WHERE old.entity IS NOT NULL
    ON CONFLICT DO UPDATE SET made = made - 1;
END;
CREATE TRIGGER mention_new AFTER INSERT ON mentions BEGIN
  INSERT INTO untallied VALUES (new.entity, 1, 0, 0) ON CONFLICT DO UPDATE SET documents = documents + 1;
END;
CREATE TRIGGER mention_gone AFTER DELETE ON mentions BEGIN
  INSERT INTO untallied VALUES (old.entity, -1, 0, 0) ON CONFLICT DO UPDATE SET documents = documents - 1;
END;
CREATE TRIGGER party_other AFTER UPDATE OF party ON entities WHEN old.party IS NOT new.party BEGIN
  INSERT OR IGNORE INTO unjoined SELECT document FROM makers WHERE entity = new.number
    UNION SELECT document FROM pens WHERE entity = new.number;
  INSERT INTO untallied SELECT e.number, 0, 0, 1 FROM entities e WHERE e.number IN (new.number, old.party, new.party)
    ON CONFLICT DO UPDATE SET again = 1;
END;
CREATE TRIGGER document_other AFTER UPDATE OF state ON documents WHEN old.state <> new.state BEGIN
  INSERT OR IGNORE INTO unjoined VALUES (new.number);
  INSERT INTO untallied SELECT entity, 0, 0, 1 FROM mentions WHERE document = new.number
    ON CONFLICT DO UPDATE SET again = 1;
END;

INSERT INTO unjoined SELECT DISTINCT document FROM makers;
INSERT INTO untallied SELECT DISTINCT entity, 1, 1, 1 FROM mentions;
