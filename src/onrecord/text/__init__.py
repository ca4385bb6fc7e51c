"""Strings only: spans, folding, dates, sentences and words, name parts. Knows nothing of files, stores or documents."""
