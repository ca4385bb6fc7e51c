"""Texts that would trip a reader of quotations: floods of marks and cues, stray marks, characters nobody sees."""

from __future__ import annotations

import pytest
from annotated import quoted
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Attribution

MEGABYTE = 1_000_000
FLOODS = {
    "opening marks": "“",
    "straight marks": '"',
    "single marks": "'a' ",
    "both kinds": "“ ‘ ",
    "quotations": "“We go.” ",
    "he said that": "he said that ",
    "he said that, with stops": "he said that a; ",
    "cues in commas": "a, said b, ",
    "quotation and cue": "she said, “we go,” ",
    "brackets": "(",
    "closed brackets": "(a) ",
    "colons": "she said:\n",
    "labels": "KESSAN: we wait\n",
    "dashes": "— a, said b\n",
    "according to": "according to a, ",
    "nouns that report": "the claim that ",
    "possessives": "a’s claim ",
    "relative clauses": "a who said ",
    "capitals": "Kessan And ",
}


@pytest.mark.parametrize("unit", FLOODS.values(), ids=FLOODS)
def test_a_megabyte_of_it_is_read(unit: str) -> None:
    text = unit * (MEGABYTE // len(unit))
    attributions, _ = quoted(text)
    assert all(0 <= s.start < s.end <= len(text) for it in attributions for s in it.content.spans)


SENTENCES = [
    "“We will not sign,” Mira Kessan said.",
    "Mira Kessan told the council that the harbour would stay shut.",
    "“The river,” said Oskar Rehn, “has no owner.”",
    "According to Ruth Adler, nobody had asked.",
    "The plan, he said, has failed.",
    "They vowed to wait, adding that it was “a long road”.",
]
UNSEEN = ["\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\ufeff", "\u0007", "🚢"]


def words(text: str, found: tuple[Attribution, ...]) -> list[tuple[str, ...]]:
    """Source, cue and content of each attribution as printed, without what is not seen."""
    rows = []
    for it in found:
        spans = [*(it.source.spans if it.source else ()), *(it.cue.spans if it.cue else ()), *it.content.spans]
        rows.append(tuple(seen(span.of(text)) for span in spans))
    return rows


def seen(text: str) -> str:
    return " ".join("".join(" " if c in UNSEEN else c for c in text).split())


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.data())
def test_unseen_characters_between_sentences_shift_no_offset(chosen: list[str], data: st.DataObject) -> None:
    """Brute force: every attribution of the whole is that of its sentence, found there by its words."""
    gaps = [" ".join(data.draw(st.lists(st.sampled_from(UNSEEN), max_size=3))) for _ in chosen]
    text = "".join(f"{sentence} {gap}\n\n" for sentence, gap in zip(chosen, gaps, strict=True))
    plain = "".join(f"{sentence}\n\n" for sentence in chosen)
    assert words(text, quoted(text)[0]) == words(plain, quoted(plain)[0])


@given(st.sampled_from(SENTENCES), st.sampled_from(UNSEEN), st.integers(0, 40))
def test_an_unseen_character_beside_a_space_changes_no_word(sentence: str, mark: str, place: int) -> None:
    spaces = [at for at, c in enumerate(sentence) if c == " "]
    at = spaces[place % len(spaces)]
    text = (
        f"{sentence[:at]} {mark}{sentence[at:]}" if mark in ("🚢", "\u0007") else sentence[:at] + mark + sentence[at:]
    )
    contents = [seen(" ".join(s.of(text) for s in it.content.spans)) for it in quoted(text)[0]]
    plain = [seen(" ".join(s.of(sentence) for s in it.content.spans)) for it in quoted(sentence)[0]]
    assert contents == plain


@pytest.mark.parametrize("mark", ["“", '"', "«", "„", "‘"])
def test_a_stray_mark_costs_no_other_paragraph(mark: str) -> None:
    text = f"Some say {mark}nothing comes of it.\n\n“We wait,” Mira Kessan said.\n\n“We sign,” said Oskar Rehn."
    found, notices = quoted(text)
    assert [it.content.spans[0].of(text) for it in found if it.kind == "direct"][-2:] == ["We wait,", "We sign,"]
    assert mark == "‘" or [it.code for it in notices] == ["unclosed-quotation"]


def test_a_sentence_of_a_hundred_thousand_words_is_read() -> None:
    text = "Mira Kessan said that " + "the harbour and " * 25_000 + "the lock would open."
    found, _ = quoted(text)
    assert found
    assert found[0].cue is not None
    assert found[0].cue.spans[0].of(text) == "said"
