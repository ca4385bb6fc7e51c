from annotated import document, quoted

from onrecord.annotate import voices
from onrecord.model import Entity, Party, Segment, Statement, Voice

TEXT = "Kessan said that the council had claimed the money was gone."
BODY = Segment("g1", "body", 0, len(TEXT))
ISSUER = Party("issuer", "e9", "Harbour Union", ())


def test_the_chain_runs_from_the_publisher_to_the_innermost_speaker() -> None:
    statement = Statement("st1", "g1", "statement", None, (ISSUER, Party("signatory", None, "Dorr", ())))
    found = voices.find(document(TEXT, "Orsk Gazette"), (BODY,), (), (statement,), quoted(TEXT)[0])
    assert found[1].voices == (
        Voice("publisher", "Orsk Gazette"),
        Voice("issuer", "Harbour Union", "e9"),
        Voice("speaker", "Kessan", None),
        Voice("speaker", "the council", None),
    )
    assert found[0].voices == found[1].voices[:3]


def test_the_innermost_statement_issues() -> None:
    outer = Statement("st1", None, "digest", None, (Party("issuer", None, "The digest", ()),))
    inner = Statement("st2", "g1", "statement", None, (ISSUER,))
    elsewhere = Statement("st3", "g2", "statement", None, (Party("issuer", None, "Nobody", ()),))
    segments = (BODY, Segment("g2", "item", len(TEXT), len(TEXT) + 5))
    found = voices.find(document(TEXT), segments, (), (outer, inner, elsewhere), quoted(TEXT)[0])
    assert found[0].voices[0] == Voice("issuer", "Harbour Union", "e9")


def test_a_known_speaker_has_the_fullest_name() -> None:
    text = "They met Mira Kessan. “We wait,” Kessan said."
    entities = (Entity("e1", "Mira Kessan", "person", ("Mira Kessan", "Kessan")),)
    (found,) = voices.find(document(text), (), entities, (), quoted(text)[0])
    assert found.voices == (Voice("speaker", "Mira Kessan", "e1"),)
