"""The stage of paragraphs and sentences: every language's abbreviations at once."""

from documents import document

from onrecord.annotate import sentences
from onrecord.lexicon import languages, lexicon


def test_abbreviations_of_all_languages_are_known() -> None:
    text = "Mr. Oru met Mme. Vane. La Sra. Lopes came in Nov. 2023 too. Она живёт на ул. Речной."
    made = document(text)
    found = sentences.find(made, sentences.paragraphs(made))
    assert [span.of(text) for span in found] == [
        "Mr. Oru met Mme. Vane.", "La Sra. Lopes came in Nov. 2023 too.", "Она живёт на ул. Речной.",
    ]  # fmt: skip


def test_every_language_with_a_folder_has_the_lists_of_the_frame() -> None:
    for tag in languages():
        assert lexicon(tag)["tokens"]["abbreviations"] and lexicon(tag)["tokens"]["function_words"], tag
        frame = lexicon(tag)["frame"]
        assert all(frame[name] for name in ("closing", "issuer", "signed", "dated", "navigation", "genre")), tag
        assert lexicon(tag)["time"]["order"] in ("dmy", "mdy", "ymd", "either"), tag
