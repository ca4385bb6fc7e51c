"""The glossary holds the words of the record, in the order of the alphabet, and its cross-references lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/glossary.md").read_text("utf8")
ENTRIES = dict(re.findall(r"^\*\*(.+?)\.\*\* (.+?)(?=^\*\*|\Z)", PAGE, re.DOTALL | re.MULTILINE))
WORDS = [
    "Addressee", "Attribution", "Capture", "Content", "Cue", "Document", "Entity", "Evidence", "Judgement", "Mention",
    "Notice", "Party", "Quantity", "Record", "Rendition", "Segment", "Source", "Span", "Speech act", "Statement",
    "Time expression", "Voices",
]  # fmt: skip


def test_entries_are_in_the_order_of_the_alphabet() -> None:
    assert list(ENTRIES) == sorted(ENTRIES, key=str.casefold)


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_the_record_are_there(word: str) -> None:
    assert word in ENTRIES


@pytest.mark.parametrize("word", ENTRIES)
def test_each_entry_says_where_its_word_comes_from(word: str) -> None:
    meaning, _, origin = ENTRIES[word].partition("— *From:*")
    assert meaning.strip() and origin.strip()


@pytest.mark.parametrize("word", ENTRIES)
def test_words_printed_so_have_an_entry(word: str) -> None:
    known = {name.casefold() for name in ENTRIES}
    pointed = re.findall(r"(?<!\*)\*([a-z][a-z -]+?)(?:'s)?\*(?!\*)", ENTRIES[word].partition("— *From:*")[0])
    for name in pointed:
        forms = {name, name.removesuffix("s"), re.sub(r"ies$", "y", name)}
        assert forms & known or name == "nominal", name
