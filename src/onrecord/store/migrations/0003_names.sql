-- Who is one under several names. `spellings` is a view on the facts like `mentions`, kept by difference; `blocks`,
-- `links` and `entities.party` are derived from it, from the registry and from what people decided, and can be made
-- anew at will. docs/decisions/0009-names.md says why.

-- Names as the sources print them, with the number of documents (of every version) that print them so.
CREATE TABLE spellings (
  entity    INTEGER NOT NULL REFERENCES entities (number),
  name      TEXT NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (entity, name)
) WITHOUT ROWID;

-- Entities to be looked at again: their names or what was judged of them changed.
CREATE TABLE unresolved (
  entity INTEGER PRIMARY KEY REFERENCES entities (number)
);
CREATE TRIGGER spelling_new AFTER INSERT ON spellings
BEGIN INSERT OR IGNORE INTO unresolved VALUES (new.entity); END;
CREATE TRIGGER spelling_gone AFTER DELETE ON spellings
BEGIN INSERT OR IGNORE INTO unresolved VALUES (old.entity); END;

-- Entities that share a block are compared with one another, others never; a block that begins with ? meets the same
-- one with ! in front, and no other.
CREATE TABLE blocks (
  block  TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities (number),
  PRIMARY KEY (block, entity)
) WITHOUT ROWID;
CREATE INDEX blocks_by_entity ON blocks (entity);

-- Evidence that two entities are one: found by comparing their names, or said by the registry. Not yet a decision.
CREATE TABLE links (
  one    INTEGER NOT NULL REFERENCES entities (number),  -- of a short form: the entity that is called so
  other  INTEGER NOT NULL REFERENCES entities (number),
  rule   TEXT NOT NULL,
  score  REAL NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX links_by_other ON links (other, one);

-- The entity that stands for the group this one belongs to; NULL: it stands for itself.
ALTER TABLE entities ADD COLUMN party INTEGER REFERENCES entities (number);
CREATE INDEX entities_by_party ON entities (party) WHERE party IS NOT NULL;

-- What a person brought: parties with their names, ids elsewhere, parents, valid dates.
CREATE TABLE registry (
  entity INTEGER PRIMARY KEY REFERENCES entities (number),
  entry  TEXT NOT NULL             -- JSON: model.Entry
);

-- Who signs beside another is not that other: whoever has evidence of being somebody is looked at again.
CREATE TRIGGER party_new AFTER INSERT ON parties
WHEN new.entity IS NOT NULL AND new.role IN ('signatory', 'sponsor')
  AND (EXISTS (SELECT 1 FROM links WHERE one = new.entity) OR EXISTS (SELECT 1 FROM links WHERE other = new.entity))
BEGIN INSERT OR IGNORE INTO unresolved VALUES (new.entity); END;
CREATE TRIGGER party_gone AFTER DELETE ON parties
WHEN old.entity IS NOT NULL AND old.role IN ('signatory', 'sponsor')
  AND (EXISTS (SELECT 1 FROM links WHERE one = old.entity) OR EXISTS (SELECT 1 FROM links WHERE other = old.entity))
BEGIN INSERT OR IGNORE INTO unresolved VALUES (old.entity); END;

INSERT INTO spellings
  SELECT e.number, n.value, count(DISTINCT a.document)
  FROM annotations a, json_each(a.facts, '$.entities') f, json_each(f.value, '$.names') n
  CROSS JOIN entities e ON e.id = json_extract(f.value, '$.id')
  GROUP BY e.number, n.value;
