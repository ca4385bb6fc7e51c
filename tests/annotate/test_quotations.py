import pytest
from annotated import quoted
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quotes import quotes

MARKS = [
    ("“We wait.”", ["We wait."]),
    ("‘We wait.’", ["We wait."]),
    ('"We wait."', ["We wait."]),
    ("'We wait.'", ["We wait."]),
    ("``We wait.''", ["We wait."]),
    ("« We wait. »", ["We wait."]),
    ("«We wait.»", ["We wait."]),
    ("»We wait.«", ["We wait."]),
    ("„We wait.“", ["We wait."]),
    ("„We wait.”", ["We wait."]),
    ("”We wait.”", ["We wait."]),
    ("‹We wait.›", ["We wait."]),
    ("''We wait.''", ["We wait."]),
    ('“We wait."', ["We wait."]),
    ('"We wait.”', ["We wait."]),
    ("「待つ」", ["待つ"]),
    ("『待つ』", ["待つ"]),
    ("The workers’ boats, it’s said, ’tis so.", []),
    ('A 6\'2" mast and a 5" rope.', []),
    ("‘It’s the workers’ river’ is a song.", ["It’s the workers’ river"]),
    ("“He said ‘go “now” please’ twice”", ["He said ‘go “now” please’ twice", "go “now” please", "now"]),
    ("“One.\n\n“Two.\n\n“Three.”", ["One.|Two.|Three."]),
    ("“One.\n\nTwo.”", ["One.|Two."]),
    ("“One.\n\nTwo “three” four.", ["One.", "three"]),
]


@pytest.mark.parametrize(("text", "wanted"), MARKS)
def test_marks_pair(text: str, wanted: list[str]) -> None:
    found, _ = quotes(text)
    assert ["|".join(span.of(text) for span in quote.spans) for quote in found] == wanted


SPEECH = [
    # text, source, cue, content, kind
    ("“We will not sign,” Kessan said.", "Kessan", "said", ["We will not sign,"], "direct"),
    ("“We will not sign,” said Kessan.", "Kessan", "said", ["We will not sign,"], "direct"),
    ("Kessan said: “We will not sign.”", "Kessan", "said", ["We will not sign."], "direct"),
    ("Kessan said, “We will not sign.”", "Kessan", "said", ["We will not sign."], "direct"),
    ('"We will not sign," she added.', "she", "added", ["We will not sign,"], "direct"),
    ("‘We won’t sign,’ they told reporters.", "they", "told", ["We won’t sign,"], "direct"),
    ("“We,” she said, “will not sign.”", "she", "said", ["We,", "will not sign."], "direct"),
    ("“We wait,” she said. “Not long.”", "she", "said", ["We wait,", "Not long."], "direct"),
    (
        "“We wait,” said Mira Kessan, the union’s deputy secretary.",
        "Mira Kessan, the union’s deputy secretary",
        "said",
        ["We wait,"],
        "direct",
    ),
    (
        "Mira Kessan, deputy secretary of the union, said: “We wait.”",
        "Mira Kessan, deputy secretary of the union",
        "said",
        ["We wait."],
        "direct",
    ),
    ("“He said ‘wait,’” Kessan added.", "Kessan", "added", ["He said ‘wait,’"], "direct"),
    ("“We wait,” Mira Kessan (Orsk) said.", "Mira Kessan (Orsk)", "said", ["We wait,"], "direct"),
    ("“We wait.\n\n“And wait,” Kessan said.", "Kessan", "said", ["We wait.", "And wait,"], "direct"),
    ("“We wait,” the union has repeatedly said.", "the union", "has repeatedly said", ["We wait,"], "direct"),
    ("“Who pays?” asked a fisherman.", "a fisherman", "asked", ["Who pays?"], "direct"),
    ("The council said:\n\n“We wait.”", "The council", "said", ["We wait."], "direct"),
    ("Kessan said that the union would wait.", "Kessan", "said", ["that the union would wait"], "indirect"),
    ("Kessan said the union would wait.", "Kessan", "said", ["the union would wait"], "indirect"),
    ("The union would wait, Kessan said.", "Kessan", "said", ["The union would wait"], "indirect"),
    ("The union, Kessan said, would wait.", "Kessan", "said", ["The union", "would wait"], "indirect"),
    ("According to Kessan, the union would wait.", "Kessan", "According to", ["the union would wait"], "indirect"),
    ("The union waits, according to the council.", "the council", "according to", ["The union waits"], "indirect"),
    ("Kessan vowed to wait.", "Kessan", "vowed", ["to wait"], "indirect"),
    (
        "Kessan said the tax was “a disaster” for Orsk.",
        "Kessan",
        "said",
        ["the tax was “a disaster” for Orsk"],
        "mixed",
    ),
    ("The council told reporters on Monday that it waits.", "The council", "told", ["that it waits"], "indirect"),
]
SPEECH_ELSEWHERE = [
    ("fr", "« Nous attendons », a déclaré Mira Kessan.", "Mira Kessan", "a déclaré", ["Nous attendons"]),
    ("fr", "Le ministère a affirmé que la grève continue.", "Le ministère", "a affirmé", ["que la grève continue"]),
    ("fr", "Selon le ministère, la grève continue.", "le ministère", "Selon", ["la grève continue"]),
    ("es", "«Esperamos», dijo Mira Kessan.", "Mira Kessan", "dijo", ["Esperamos"]),
    ("es", "El sindicato afirmó que espera.", "El sindicato", "afirmó", ["que espera"]),
    ("ru", "«Мы ждём», — заявила Мира Кессан.", "Мира Кессан", "заявила", ["Мы ждём"]),
    ("ru", "Союз сообщил, что ждёт.", "Союз", "сообщил", ["что ждёт"]),
    ("ar", "قال كريم النهري إن الاتحاد ينتظر.", "كريم النهري", "قال", ["إن الاتحاد ينتظر"]),
    ("ar", "«ننتظر»، قالت ميرا كيسان.", "ميرا كيسان", "قالت", ["ننتظر"]),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), SPEECH)
def test_speech_in_english(text: str, source: str, cue: str, content: list[str], kind: str) -> None:
    found = next(it for it in quoted(text)[0] if it.parent is None)
    assert found.source is not None and found.cue is not None
    assert [span.of(text) for span in found.source.spans] == [source]
    assert [span.of(text) for span in found.cue.spans] == [cue]
    assert [span.of(text) for span in found.content.spans] == content
    assert found.kind == kind


@pytest.mark.parametrize(("language", "text", "source", "cue", "content"), SPEECH_ELSEWHERE)
def test_speech_in_other_languages(language: str, text: str, source: str, cue: str, content: list[str]) -> None:
    (found,) = quoted(text, language)[0]
    assert found.source is not None and found.cue is not None
    assert [span.of(text) for span in found.source.spans] == [source]
    assert [span.of(text) for span in found.cue.spans] == [cue]
    assert [span.of(text) for span in found.content.spans] == content


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “river tax” is dead.",
        "He read “The Long Water” in one night.",
        "The ferry “Orsk Star” left at noon.",
        "“Velna Days” opens on Friday at the harbour.",
        "The claims were read at length.",
        "The reported attack left nobody hurt.",
    ],
)
def test_scare_quotes_titles_names_and_nouns_are_no_speech(text: str) -> None:
    assert quoted(text)[0] == ()


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("Mira Kessan left. She said that it rained.", "Mira Kessan", "pronoun"),
        ("They met Mira Kessan. “Kessan waits,” Kessan said.", "Mira Kessan", "quotation-cue"),
        ("The Harbour Union met. The union said it waits.", "Harbour Union", "nominal"),
        ("They met Foreign Minister Mira Kessan. The minister said it waits.", "Mira Kessan", "nominal"),
        ("They met Mira Kessan, who said that it rained.", "Mira Kessan", "pronoun"),
    ],
)
def test_the_entity_behind_a_source(text: str, name: str, rule: str) -> None:
    from annotated import named

    entities = {entity.id: entity.name for entity in named(text)[1]}
    found = quoted(text)[0][-1]
    assert found.source is not None and found.source.entity is not None
    assert entities[found.source.entity] == name
    assert rule in found.rule


def test_attributions_nest() -> None:
    text = "Kessan said that the council had claimed the money was gone."
    outer, inner = quoted(text)[0]
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.source is not None and inner.source.spans[0].of(text) == "the council"


def test_speakers_share_a_sentence() -> None:
    text = "Kessan said the tax was wrong, adding that the union would wait."
    first, second = quoted(text)[0]
    assert first.content.spans[0].of(text) == "the tax was wrong"
    assert first.source == second.source


def test_a_paragraph_of_quotation_goes_on_with_the_speaker() -> None:
    text = "“We wait,” Kessan said.\n\n“Nobody asked us. Nobody came.”\n\nThe boats left."
    first, second = quoted(text)[0]
    assert (first.source is not None and first.source.entity) == (second.source is not None and second.source.entity)
    assert second.rule == "same-speaker-continues" and second.confidence < first.confidence
    assert second.cue is None and second.source is not None and second.source.spans == ()


def test_one_stray_mark_costs_one_span() -> None:
    text = "“We wait. Kessan left.\n\nOrlan came. “We sign,” said Orlan.\n\n“They pay,” said Dorr."
    found, notices = quoted(text)
    assert [a.content.spans[-1].of(text) for a in found] == ["We sign,", "They pay,"]
    (notice,) = notices
    assert notice.code == "unclosed-quotation" and notice.spans[0].of(text).startswith("“We wait.")


def test_many_stray_marks_share_a_notice() -> None:
    assert len(quoted("“a\n\nb. " * 300)[1]) <= 21


ODD = ["\u200f", "\u202e", "\u200d", "🙂", "\x00", "\u2028", "'", "’"]
PIECES = [
    "“",
    "”",
    '"',
    "'",
    "’",
    "« ",
    " »",
    "he said ",
    "Kessan said that ",
    "x. ",
    ", ",
    "\n\n",
    ": ",
    "قال ",
    "🙂",
    "\u200f",
    "a",
]


@given(st.lists(st.sampled_from(ODD), max_size=5))
def test_odd_characters_never_shift_an_offset(lead: list[str]) -> None:
    plain = "“We wait,” said Mira Kessan. “Not long.”"
    before = "x" + " ".join(lead) + "\n\n"
    (moved,) = quoted(before + plain)[0]
    assert [span.of(before + plain) for span in moved.content.spans] == ["We wait,", "Not long."]


@given(st.text(st.sampled_from("“”«» a.\n"), max_size=60))
def test_pairs_never_cross_and_lie_in_the_text(text: str) -> None:
    found, stray = quotes(text)
    for number, quote in enumerate(found):
        assert 0 <= quote.start < quote.end <= len(text)
        for other in found[number + 1 :]:
            assert other.start >= quote.end or other.end <= quote.end or not quote.closed
    assert all(text[mark.start : mark.end] in "“”«»" for mark in stray)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_text_gives_attributions_inside_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    found, notices = quoted(text)
    ids = {a.id for a in found}
    for a in found:
        spans = [*a.content.spans, *(a.cue.spans if a.cue else ()), *(a.source.spans if a.source else ())]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert a.parent is None or a.parent in ids - {a.id}
    assert all(0 <= span.start < span.end <= len(text) for notice in notices for span in notice.spans)
