-- Between which days current documents of a known day print an entity's name first: a row each name of `mentions`.
CREATE TABLE name_days (
  entity INTEGER NOT NULL REFERENCES entities (number),
  name   TEXT NOT NULL,
  low    TEXT NOT NULL,
  high   TEXT NOT NULL,
  PRIMARY KEY (entity, name)
) WITHOUT ROWID;
INSERT INTO name_days
  SELECT m.entity, m.name, min(d.issued_low), max(d.issued_high) FROM mentions m
  CROSS JOIN documents d ON d.number = m.document AND d.state = 'current' AND d.issued_low IS NOT NULL
  GROUP BY m.entity, m.name;
