"""Tables over the archive: counts, together, timeline, terms."""
