# ruff: noqa: E501 - sentences and cases stay in one piece
from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parsed_html

from onrecord.web import glyphs

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HOSTILE = st.lists(
    st.sampled_from(["<script>", "&amp;", '"', "'", "\u202e", "\u2066", "\r\n", "א", "<b", "\x07", "ü"])
).map("".join)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(st.one_of(HOSTILE, st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]))))
def test_what_is_shown_reads_back_as_the_text_and_holds_no_markup_of_its_own(text: str) -> None:
    reader = Words()
    reader.feed(str(glyphs.shown(text)))
    reader.close()
    # Python's parser drops references to control characters, a browser keeps them (tests/browser looks there).
    assert "".join(reader.words) == text.replace("\x07", "")
    assert reader.tags <= {"bdi"}


@given(ANY)
def test_names_stay_in_one_isolate(text: str) -> None:
    element = parsed_html.fragment_fromstring(str(glyphs.isolated(text)))
    assert element.tag == "bdi"
    assert {child.tag for child in element.iterdescendants()} <= {"bdi"}


@given(ANY)
def test_plain_words_hold_nothing_unseen(text: str) -> None:
    assert not set(glyphs.plain(text)) & set(glyphs.UNSEEN)


@pytest.mark.parametrize("character", list(glyphs.LABELS))
def test_every_direction_control_has_a_label_and_no_reach(character: str) -> None:
    shown = str(glyphs.shown(f"a{character}b"))
    assert f'data-u="{glyphs.LABELS[character]}"' in shown
    assert shown.startswith("a<bdi") and shown.endswith("</bdi>b")


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ckb", "rtl"), ("en", "ltr"), ("fr-CA", "ltr"), ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"), ("ur-Latn-PK", "ltr"), ("und", "auto"), ("", "auto"), (None, "auto"),
    ],
)  # fmt: skip
def test_direction_of_a_language(tag: str | None, direction: str) -> None:
    assert glyphs.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "safe"), [("en", "en"), ("zh-Hant-TW", "zh-Hant-TW"), ('en" onload="x', ""), ("und", ""), (None, "")]
)
def test_only_tags_become_lang(tag: str | None, safe: str) -> None:
    assert glyphs.safe_tag(tag) == safe


@given(st.text(st.sampled_from("ab \n\r\t\u2028\u00a0\x0c"), max_size=20))
def test_inline_words_are_on_one_line(text: str) -> None:
    line = glyphs.inline(text)
    assert line.strip(" ") == " ".join(text.split())
    assert (line[:1] == " ", line[-1:] == " ") == (text[:1].isspace(), text[-1:].isspace())
