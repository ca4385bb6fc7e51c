"""onrecord: who said what, on whose behalf, together with whom, to whom, when, and through whose pen it reached us."""
