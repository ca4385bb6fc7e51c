# ruff: noqa: E501 - rows keep the white space of the text
"""The text with its voices in the margin: whose words are whose, in every width, and never a sign changed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from onrecord.console import safe
from onrecord.margin import LEGEND, OWN, cells, lines, rows, stretches
from onrecord.model import (
    Attribution,
    AttributionKind,
    Capture,
    Cue,
    Party,
    Record,
    Rendition,
    Segment,
    Source,
    Span,
    Statement,
    Voice,
)

LETTER = """Preface by the editors of the bulletin.

The Ferry Union of Marn regrets the closure. Anna Brandt told the Post that the Hill Guard had promised: “The ferry will run, all night and every night, whatever the council may say.” The quay is shut.

“We wait,” she said. “Not long.”
"""
ARABIC = "قالت مارا ليندكفيست: «لن نوقّع النص». وانتهى اليوم.\n"
POST, UNION = Voice("publisher", "Velna Papers"), Voice("issuer", "Ferry Union")
ANNA, GUARD = Voice("speaker", "Anna Brandt", "e1"), Voice("speaker", "Hill Guard", "e2")


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)


def said(
    text: str, name: str, kind: AttributionKind, source: str, content: tuple[str, ...], *voices: Voice, within: str | None = None
) -> Attribution:  # fmt: skip
    return Attribution(
        name, kind, Source(spans(text, source)), None, Cue(spans(text, *content)), within, voices, "made-by-hand", 0.9
    )


def letter(text: str, *attributions: Attribution, publisher: str | None = None, statement: bool = False) -> Record:
    parties = (Party("issuer", None, "Ferry Union", ()),)
    return Record(
        id="d1", text=text, rendition=Rendition("plain", "1"), title=None, languages=(), dates=(), times=(), mentions=(),
        capture=Capture(digest="sha256:0", size=1, media_type="text/plain", source="a.txt", captured_at="x", publisher=publisher),
        segments=(Segment("g1", "preface", 0, text.index("\n")),) if statement else (), entities=(), genre=None,
        statements=(Statement("st1", None, "statement", None, parties),) if statement else (),
        attributions=attributions, acts=(), quantities=(), notices=(),
    )  # fmt: skip


GUARDED = "The ferry will run, all night and every night, whatever the council may say."
NESTED = letter(
    LETTER,
    said(LETTER, "a1", "indirect", "Anna Brandt", (f"the Hill Guard had promised: “{GUARDED}”",), POST, UNION, ANNA),
    said(LETTER, "a2", "direct", "the Hill Guard", (GUARDED,), POST, UNION, ANNA, GUARD, within="a1"),
    said(LETTER, "a3", "direct", "she", ("We wait,", "Not long."), POST, UNION, ANNA),
    publisher="Velna Papers",
    statement=True,
)
WIDE = """\
preface: Velna Papers        │ Preface by the editors of the bulletin.
                             │ 
Velna Papers ▸ Ferry Union   │ The Ferry Union of Marn regrets the closure. Anna Brandt told the 
                             │ Post that 
~ Velna Papers ▸ Ferry Union │ the Hill Guard had promised: 
▸ Anna Brandt                │ 
“” Velna Papers ▸ Ferry      │ “The ferry will run, all night and every night, whatever the council 
Union ▸ Anna Brandt ▸ Hill   │ may say.” 
Guard                        │ 
Velna Papers ▸ Ferry Union   │ The quay is shut.
                             │ 
“” Velna Papers ▸ Ferry      │ “We wait,” 
Union ▸ Anna Brandt          │ 
Velna Papers ▸ Ferry Union   │ she said. 
“” Velna Papers ▸ Ferry      │ “Not long.”
Union ▸ Anna Brandt          │ """
NARROW = """\
preface: Velna Papers
Preface by the editors of the bulletin.

Velna Papers ▸ Ferry Union
The Ferry Union of Marn regrets the closure. Anna 
Brandt told the Post that 
~ Velna Papers ▸ Ferry Union ▸ Anna Brandt
[made-by-hand 0.90]
the Hill Guard had promised: 
“” Velna Papers ▸ Ferry Union ▸ Anna Brandt ▸ Hill
Guard [made-by-hand 0.90]
“The ferry will run, all night and every night, 
whatever the council may say.” 
"""


def drawn(record: Record, width: int, *, rules: bool = False) -> str:
    return "\n".join(line.side + line.bar + line.text for line in lines(record, width, safe, rules=rules))


def test_three_levels_and_a_preface() -> None:
    assert drawn(NESTED, 100) == WIDE


def test_a_narrow_terminal_has_the_chain_above_and_can_say_the_rules() -> None:
    assert drawn(NESTED, 50, rules=True).startswith(NARROW)


def test_what_nobody_says_is_the_document_s_own_voice() -> None:
    text = "The river rose. It was said that boats sank."
    told = Attribution("a1", "indirect", None, None, Cue(spans(text, "boats sank")), None, (POST,), "passive", 0.6)
    own, unnamed = stretches(letter(text, told, publisher="Velna Papers"))
    assert own.chain == (OWN,)
    assert (unnamed.chain, unnamed.kind) == (("Velna Papers", "nobody named"), "indirect")
    assert all(kind in LEGEND for kind in ("direct", "indirect", "mixed"))


def test_right_to_left_is_isolated_and_not_turned() -> None:
    mara = Voice("speaker", "مارا ليندكفيست")
    record = letter(ARABIC, said(ARABIC, "a1", "direct", "مارا ليندكفيست", ("لن نوقّع النص",), POST, mara))
    assert drawn(record, 90).split("\n") == [
        f"{OWN}     │ \u2068قالت مارا ليندكفيست: \u2069",
        "“” Velna Papers ▸ \u2068مارا\u2069       │ \u2068«لن نوقّع النص». \u2069",
        "\u2068ليندكفيست\u2069                    │ ",
        f"{OWN}     │ \u2068وانتهى اليوم.\u2069",
    ]
    for line in drawn(record, 90).split("\n"):
        assert line.count("\u2068") == line.count("\u2069"), "an isolate ends in its row"


def test_several_issuers_stand_side_by_side() -> None:
    text = "We agree, the sides said."
    both = (Voice("issuer", "Ferry Union"), Voice("issuer", "Orsk Council"))
    [_, *_] = found = stretches(
        letter(text, said(text, "a1", "direct", "the sides", ("We agree,",), POST, *both, ANNA))
    )
    assert found[0].chain == ("Velna Papers", "Ferry Union + Orsk Council", "Anna Brandt")


def test_a_publisher_who_is_the_issuer_stands_once() -> None:
    text = "We agree, she said. The quay is shut."
    post = Voice("publisher", "Ferry Union")
    found = stretches(letter(text, said(text, "a1", "direct", "she", ("We agree,",), post, UNION, ANNA)))
    assert [each.chain for each in found] == [("Ferry Union", "Anna Brandt"), (OWN,)]
    capitals = Voice("issuer", "FERRY UNION")
    found = stretches(letter(text, said(text, "a1", "direct", "she", ("We agree,",), post, capitals, ANNA)))
    assert found[0].chain == ("Ferry Union", "Anna Brandt")


def test_a_statement_without_an_issuer_is_its_signatories_words() -> None:
    parties = tuple(Party("signatory", None, name, ()) for name in ("Ferry Union", "Pilots’ Guild"))
    record = structs.replace(letter("We agree."), statements=(Statement("st1", None, "statement", None, parties),))
    assert [each.chain for each in stretches(record)] == [("Ferry Union + Pilots’ Guild",)]


def test_signs_that_steer_a_terminal_are_shown() -> None:
    shown = drawn(letter("Red \x1b[31m and \u202eback\rover"), 90)
    assert "\x1b" not in shown and "\u202e" not in shown and "\r" not in shown
    assert "Red \\x1b[31m and <U+202E>back\\x0dover" in shown


@given(
    st.text(st.sampled_from("ab “”\"'.\n\t«»م字")),
    st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=2), max_size=5),
)
def test_stretches_cover_the_text_in_order(text: str, contents: list[list[tuple[int, int]]]) -> None:
    made = [
        Attribution(
            f"a{at}", "direct", None, None,
            Cue(tuple(Span(min(len(text), *pair), min(len(text), max(pair))) for pair in content)),
            f"a{at - 1}" if at % 2 else None, (), "made", 1.0,
        )
        for at, content in enumerate(contents)
    ]  # fmt: skip
    found = stretches(letter(text, *made))
    assert "".join(text[each.start : each.end] for each in found) == text
    assert all(before.end == after.start for before, after in pairwise(found))
    drawn(letter(text, *made), 80)


@given(st.text(st.sampled_from("abc d,.字م́ ")), st.integers(2, 12))
def test_rows_fit_and_join_to_the_words(words: str, width: int) -> None:
    found = rows(words, width, safe)
    assert "".join(found) == words
    assert all(cells(row.rstrip()) <= width for row in found)


@pytest.mark.parametrize("words", ["", "\n", "a\n\nb", "a\n\n", "\r\na"])
def test_lines_of_the_text_are_rows(words: str) -> None:
    assert "\n".join(rows(words, 40, safe)) == words.replace("\r\n", "\n").removesuffix("\n")


def test_hostile_texts_are_set_in_one_go() -> None:
    """A megabyte without a space; ten thousand attributions around one another."""
    assert len(rows("x" * 1_000_000, 70, safe)) == -(-1_000_000 // 70)
    text = "a b " * 20_000
    nested = [
        Attribution(f"a{at}", "direct", None, None, Cue((Span(at, len(text) - at),)), f"a{at - 1}", (), "made", 1.0)
        for at in range(10_000)
    ]
    found = stretches(letter(text, *nested))
    assert "".join(text[each.start : each.end] for each in found) == text
