"""Pronouns and nouns in the place of a speaker's name, as mentions with the rule that found whose they are."""

import pytest
from documents import found
from hypothesis import given
from hypothesis import strategies as st

STANDING = [
    ("en", "Mira Kessan, the minister, came. “We are late,” she said.", "she", "Mira Kessan", "pronoun"),
    ("en", "Karl Dorr spoke in Orsk. He said that the boats would leave.", "He", "Karl Dorr", "pronoun"),
    ("en", "The Orsk Teachers' Union met. The union said that the schools would close.", "The union",
     "Orsk Teachers' Union", "nominal"),
    ("en", "Foreign Minister Mira Kessan came. The minister said that the boats were late.", "The minister",
     "Mira Kessan", "nominal"),
    ("fr", "La ministre Claire Morel est venue. Elle a déclaré que les bacs partiraient.", "Elle", "Claire Morel",
     "pronoun"),
    ("fr", "La ministre Claire Morel est venue. La ministre a déclaré que les bacs partiraient.", "La ministre",
     "Claire Morel", "nominal"),
    ("es", "La ministra Elena Rivas llegó ayer. Ella dijo que los barcos saldrían.", "Ella", "Elena Rivas", "pronoun"),
    ("es", "La ministra Elena Rivas llegó ayer. La ministra dijo que los barcos saldrían.", "La ministra",
     "Elena Rivas", "nominal"),
    ("ru", "Министр Карл Дорн приехал вчера. Он сказал, что суда ушли.", "Он", "Карл Дорн", "pronoun"),
    ("ar", "وصل الوزير كريم النهري إلى المدينة. وقال الوزير إن السفن غادرت.", "الوزير", "كريم النهري", "nominal"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "words", "name", "rule"), STANDING)
def test_what_stands_for_a_speaker_is_a_mention_with_its_rule(
    language: str, text: str, words: str, name: str, rule: str
) -> None:
    said = found(text, language=language)
    (nominal,) = [it for it in said.mentions if it.nominal]
    bearer = next(it for it in said.mentions if text[it.start : it.end] == name)
    assert text[nominal.start : nominal.end] == words
    assert (nominal.entity, nominal.type) == (bearer.entity, bearer.type)
    assert nominal.rule.startswith(f"{rule}: ")
    assert not bearer.nominal and bearer.rule == ""


@pytest.mark.parametrize(
    "text",
    [
        "Mira Kessan said that the boats would leave.",
        "She said that the boats would leave.",
        "Mira Kessan came. Somebody said that the boats would leave.",
        "Mira Kessan saw the boats. She left.",
        "Mira Kessan's bulletin said that the boats would leave.",
    ],
)
def test_no_mention_where_a_name_stands_or_nobody_is_known_or_nobody_speaks(text: str) -> None:
    assert not [it for it in found(text, language="en").mentions if it.nominal]


@given(
    st.lists(
        st.sampled_from(["Mira Kessan", "she said that", "the minister", "said.", "“No,”", "He", "\n"]), max_size=25
    )
)
def test_mentions_are_in_order_and_their_ids_and_places_their_own(pieces: list[str]) -> None:
    said = found(" ".join(pieces), language="en")
    starts = [it.start for it in said.mentions]
    assert starts == sorted(starts)
    assert len({it.id for it in said.mentions}) == len(said.mentions)
    ends = [0, *(it.end for it in said.mentions)]
    assert all(start >= end for start, end in zip(starts, ends, strict=False))
    assert {it.entity for it in said.mentions} <= {it.id for it in said.entities}
