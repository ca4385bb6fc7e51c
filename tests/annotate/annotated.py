"""Documents for the tests of names and quotations: a text and what the earlier stages would say of it."""

from onrecord.annotate import clauses, names, quotations, sentences
from onrecord.model import Attribution, Capture, Document, Entity, Language, Mention, Notice, Rendition
from onrecord.text.spans import Span


def document(text: str, publisher: str | None = None) -> Document:
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=len(text.encode("utf8", "surrogatepass")),
        media_type="text/plain",
        source="made.txt",
        captured_at="2024-05-03T00:00:00Z",
        publisher=publisher,
    )
    return Document(id="d1", capture=capture, text=text, rendition=Rendition("plain", "1"))


def _sentences(made: Document) -> tuple[Span, ...]:
    return sentences.find(made, sentences.paragraphs(made))


def named(text: str, language: str = "en") -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    made = document(text)
    return names.find(made, (Language(language, 0, len(text)),), _sentences(made))


def quoted(text: str, language: str = "en") -> tuple[tuple[Attribution, ...], tuple[Notice, ...]]:
    made = document(text)
    languages = (Language(language, 0, len(text)),)
    mentions, entities = names.find(made, languages, _sentences(made))
    return quotations.find(made, languages, (), *clauses.find(made, languages, _sentences(made)), mentions, entities)
