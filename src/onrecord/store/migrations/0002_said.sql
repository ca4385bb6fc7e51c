-- Whose words stand where, so that a search can look into what someone said. Like all of `attributions` a view on the
-- facts, from which this step fills it. `folded` is text/names.py's key of a name.

-- Folded: the speaker's name, or the source as printed.
ALTER TABLE attributions ADD COLUMN name TEXT;
-- JSON: the spans of the content, code points.
ALTER TABLE attributions ADD COLUMN spans TEXT;

UPDATE attributions SET
  spans = (
    SELECT json_extract(a.facts, '$.attributions[' || position || '].content.spans')
    FROM annotations a WHERE a.document = attributions.document
  ),
  name = (
    SELECT folded(json_extract(a.facts, '$.attributions[' || position || '].voices[#-1].name'))
    FROM annotations a WHERE a.document = attributions.document
      AND json_extract(a.facts, '$.attributions[' || position || '].voices[#-1].role') = 'speaker'
      AND (
        json_extract(a.facts, '$.attributions[' || position || '].source.entity') IS NOT NULL
        OR json_array_length(a.facts, '$.attributions[' || position || '].source.spans') > 0
      )
  );
