"""Paragraphs, sentences and words: every layout and script, offsets that hold, linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.layout import lines, paragraphs
from onrecord.text.spans import Span
from onrecord.text.tokens import sentences, words

ABBREVIATIONS = {"mr", "dr", "st", "no", "nov", "art"}

SENTENCES = [
    ("two stops", "The ferry left. It came back.", ["The ferry left.", "It came back."]),
    ("abbreviation", "Dr. Vane met Mr. Oru. They spoke.", ["Dr. Vane met Mr. Oru.", "They spoke."]),
    ("initials", "J. R. Oru signed. Then he left.", ["J. R. Oru signed.", "Then he left."]),
    ("decimals", "It fell by 3.5 metres. Nobody knew.", ["It fell by 3.5 metres.", "Nobody knew."]),
    ("number sign", "See Art. 5. It is short.", ["See Art. 5.", "It is short."]),
    ("dotted abbreviation", "The U.N. Envoy spoke. We heard.", ["The U.N. Envoy spoke.", "We heard."]),
    ("enumerator", "1. The lock opens. 2. It closes.", ["1. The lock opens.", "2. It closes."]),
    ("closing quote", "“We stay.” They stayed.", ["“We stay.”", "They stayed."]),
    ("said after the mark", "“We stay!” said Oru. Good.", ["“We stay!” said Oru.", "Good."]),
    ("bracket", "(It rained.) We left.", ["(It rained.)", "We left."]),
    ("ellipsis", "They waited… Nobody came.", ["They waited…", "Nobody came."]),
    ("small letter after a stop", "It came at 5 p.m. on foot.", ["It came at 5 p.m. on foot."]),
    ("arabic", "أين الجسر؟ لا نعلم. سنعود", ["أين الجسر؟", "لا نعلم.", "سنعود"]),
    ("hindi", "नदी बढ़ी। हम गए।", ["नदी बढ़ी।", "हम गए।"]),
    ("chinese without spaces", "我来了。你呢？好", ["我来了。", "你呢？", "好"]),
    ("spanish", "¿Quién firma? Nadie. ¡Basta!", ["¿Quién firma?", "Nadie.", "¡Basta!"]),
    ("headline without a stop", "Lock reopens\n\nThe lock is open.", ["Lock reopens", "The lock is open."]),
    ("only white space", " \n\t\r\n ", []),
]

PARAGRAPHS = [
    ("blank lines", "One line.\n\nAnother.\n \nThird.", ["One line.", "Another.", "Third."]),
    ("windows line ends", "One line.\r\n\r\nAnother.\r\nThird.", ["One line.", "Another.", "Third."]),
    (
        "short lines stay apart",
        "HARBOUR UNION\nPress office\n3 May 2024",
        ["HARBOUR UNION", "Press office", "3 May 2024"],
    ),
    (
        "one paragraph a line",
        "A" * 300 + "\n" + "B" * 200 + "\n" + "C" * 20,
        ["A" * 300, "B" * 200, "C" * 20],
    ),
    (
        "wrapped prose under a letterhead",
        "HARBOUR UNION\nPress office\n\n"
        "We will not sign this agreement until the ferry that was taken from\n"
        "us in March is given back to its crew. That is our word and we keep\n"
        "it, as we always did.\n\nSigned\nA. Oru",
        [
            "HARBOUR UNION",
            "Press office",
            "We will not sign this agreement until the ferry that was taken from\n"
            "us in March is given back to its crew. That is our word and we keep\nit, as we always did.",
            "Signed",
            "A. Oru",
        ],
    ),
    (
        "a list between wrapped lines",
        "The council asks all of its members and all of the guests to bring to\n"
        "the meeting the papers that were sent to them in the spring, namely:\n"
        "- the map\n- the treaty of the two banks\n- the ledger",
        [
            "The council asks all of its members and all of the guests to bring to\n"
            "the meeting the papers that were sent to them in the spring, namely:",
            "- the map",
            "- the treaty of the two banks",
            "- the ledger",
        ],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sentences(name: str, text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text, ABBREVIATIONS)] == expected


@pytest.mark.parametrize(("name", "text", "expected"), PARAGRAPHS, ids=[row[0] for row in PARAGRAPHS])
def test_paragraphs(name: str, text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == expected


def test_words_keep_marks_apostrophes_and_hyphens() -> None:
    text = "Côte d’Ivoire’s vice-chair, السَّلام 2,5"
    assert [span.of(text) for span in words(text)] == ["Côte", "d’Ivoire’s", "vice-chair", "السَّلام", "2", "5"]


@pytest.mark.parametrize(
    "text",
    [
        "." * 1_000_000,
        ". " * 300_000,
        "a." * 500_000,
        "\n" * 1_000_000,
        "a\n" * 200_000,
        '."' * 500_000,
        "x" * 5_000_000,
    ],
    ids=["stops", "spaced stops", "dotted", "breaks", "short lines", "quotes", "one line"],
)
def test_a_flood_of_one_sign_ends(text: str) -> None:
    found = sentences(text)
    assert sum(end - start for start, end in found) <= len(text)


@given(st.text(alphabet=st.sampled_from('aB1 .!?\n\r\t"”)؟。۔-é')))
def test_spans_are_ordered_trimmed_and_lose_only_white_space(text: str) -> None:
    for spans in (lines(text), paragraphs(text), sentences(text)):
        at = 0
        for span in spans:
            assert span.start >= at and not text[at : span.start].strip()
            assert span.of(text) == span.of(text).strip() != ""
            at = span.end
        assert not text[at:].strip()


@given(st.text())
def test_each_sentence_lies_in_one_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    for sentence in sentences(text):
        assert any(Span(*block).contains(sentence) for block in blocks)
