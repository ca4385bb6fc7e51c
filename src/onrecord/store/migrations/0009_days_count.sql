-- A correction of a day changes no number of rows: what is noted of a row now weighs with its days, so that a party whose
-- rows net to nothing has the same days, too. `documents` and `made` say only whether something changed.
DROP TRIGGER maker_new;
DROP TRIGGER maker_gone;
DROP TRIGGER mention_new;
DROP TRIGGER mention_gone;
CREATE TRIGGER maker_new AFTER INSERT ON makers BEGIN
  INSERT OR IGNORE INTO unjoined VALUES (new.document);
  INSERT INTO untallied SELECT new.entity, 0, (1 + 3 * coalesce(CAST(julianday(new.low) * 2 AS INTEGER) % 1000003 * (CAST(julianday(new.low) * 2 AS INTEGER) % 1000003), 0)
    + 5 * coalesce(CAST(julianday(new.high) * 2 AS INTEGER) % 1000003 * (CAST(julianday(new.high) * 2 AS INTEGER) % 1000003), 0)), 0 WHERE new.entity IS NOT NULL
    ON CONFLICT DO UPDATE SET made = made + excluded.made;
END;
CREATE TRIGGER maker_gone AFTER DELETE ON makers BEGIN
  INSERT OR IGNORE INTO unjoined VALUES (old.document);
  INSERT INTO untallied SELECT old.entity, 0, -(1 + 3 * coalesce(CAST(julianday(old.low) * 2 AS INTEGER) % 1000003 * (CAST(julianday(old.low) * 2 AS INTEGER) % 1000003), 0)
    + 5 * coalesce(CAST(julianday(old.high) * 2 AS INTEGER) % 1000003 * (CAST(julianday(old.high) * 2 AS INTEGER) % 1000003), 0)), 0 WHERE old.entity IS NOT NULL
    ON CONFLICT DO UPDATE SET made = made + excluded.made;
END;
CREATE TRIGGER mention_new AFTER INSERT ON mentions BEGIN
  INSERT INTO untallied SELECT new.entity, (1 + 3 * coalesce(CAST(julianday(issued_low) * 2 AS INTEGER) % 1000003 * (CAST(julianday(issued_low) * 2 AS INTEGER) % 1000003), 0)
    + 5 * coalesce(CAST(julianday(issued_high) * 2 AS INTEGER) % 1000003 * (CAST(julianday(issued_high) * 2 AS INTEGER) % 1000003), 0)), 0, 0 FROM documents
    WHERE number = new.document ON CONFLICT DO UPDATE SET documents = documents + excluded.documents;
END;
CREATE TRIGGER mention_gone AFTER DELETE ON mentions BEGIN
  INSERT INTO untallied SELECT old.entity, -(1 + 3 * coalesce(CAST(julianday(issued_low) * 2 AS INTEGER) % 1000003 * (CAST(julianday(issued_low) * 2 AS INTEGER) % 1000003), 0)
    + 5 * coalesce(CAST(julianday(issued_high) * 2 AS INTEGER) % 1000003 * (CAST(julianday(issued_high) * 2 AS INTEGER) % 1000003), 0)), 0, 0 FROM documents
    WHERE number = old.document ON CONFLICT DO UPDATE SET documents = documents + excluded.documents;
END;
INSERT INTO untallied SELECT entity, 0, 0, 1 FROM tallies WHERE true ON CONFLICT DO UPDATE SET again = 1;
