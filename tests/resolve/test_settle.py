from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import (
    Addressee,
    Annotations,
    Attribution,
    Cue,
    Entity,
    Mention,
    Party,
    Source,
    SpeechAct,
    Statement,
    Voice,
    entity_id,
)  # fmt: skip
from onrecord.resolve import settle
from onrecord.text.names import folded
from onrecord.text.spans import Span

UNION = entity_id("organization", "harbour workers union")


def annotations(*entities: Entity) -> Annotations:
    ids = [entity.id for entity in entities]
    one = ids[0] if ids else None
    return Annotations(
        entities=entities,
        mentions=tuple(Mention(f"m{n}", n, n + 1, "organization", each) for n, each in enumerate(ids)),
        attributions=(
            Attribution(
                "a1", "direct", Source((Span(0, 1),), one), None, Cue((Span(0, 1),)), None,
                (Voice("speaker", "x", one), Voice("publisher", "y")), "made", 1.0,
            ),
        ),
        statements=(
            Statement("st1", None, "statement", None, (Party("issuer", one, "x", ()),), (Addressee("x", one, ()),)),
        ),
        acts=(SpeechAct("s1", 0, 1, "claim", Span(0, 1), within="a1", by=one, addressee=one, target=None),),
    )  # fmt: skip


def test_ids_are_replaced_everywhere() -> None:
    made = settle(annotations(Entity("e1", "HWU", "organization", ("HWU", "The Harbour Workers Union"))))
    assert [entity.id for entity in made.entities] == [UNION]
    assert made.mentions[0].entity == UNION
    attribution, statement, act = made.attributions[0], made.statements[0], made.acts[0]
    assert attribution.source is not None and attribution.source.entity == UNION
    assert [voice.entity for voice in attribution.voices] == [UNION, None]
    assert statement.parties[0].entity == statement.addressees[0].entity == UNION
    assert (act.by, act.addressee, act.target) == (UNION, UNION, None)


def test_two_entities_of_one_key_become_one() -> None:
    made = settle(
        annotations(
            Entity("e1", "Harbour Workers Union", "organization", ("Harbour Workers Union",)),
            Entity("e2", "the harbour workers union", "organization", ("the harbour workers union", "HWU")),
            Entity("e3", "Harbour Workers Union", "place", ("Harbour Workers Union",)),
        )
    )
    assert [(entity.id, entity.type) for entity in made.entities] == [
        (UNION, "organization"),
        (entity_id("place", "harbour workers union"), "place"),
    ]
    assert set(made.entities[0].names) == {"Harbour Workers Union", "the harbour workers union", "HWU"}
    assert [mention.entity for mention in made.mentions[:2]] == [UNION, UNION]


def test_look_alikes_keep_their_ids() -> None:
    names = ["Front for Velna", "Front for Velna – General Command", "Al-Nahr Brigades", "Al-Nahr Force"]
    made = settle(annotations(*(Entity(f"e{n}", name, "organization", (name,)) for n, name in enumerate(names))))
    assert len({entity.id for entity in made.entities}) == 4


NAMES = st.lists(st.text("Aa Bé-ال.", min_size=1, max_size=8), min_size=1, max_size=3, unique=True)


@given(st.lists(NAMES, max_size=6), st.randoms())
def test_order_does_not_matter_and_settling_twice_changes_nothing(groups: list[list[str]], random: object) -> None:
    entities = [Entity(f"e{n}", names[0], "person", tuple(names)) for n, names in enumerate(groups)]
    made = settle(annotations(*entities))
    random.shuffle(entities)  # type: ignore[attr-defined]
    assert {e.id for e in settle(annotations(*entities)).entities} == {e.id for e in made.entities}
    assert settle(made) == made
    assert all(e.id == entity_id(e.type, folded(e.name)) for e in made.entities)


def test_a_body_called_by_its_kind_alone_is_one_of_its_document() -> None:
    bare = annotations(Entity("e1", "Ministry", "organization", ("Ministry", "The Ministry")))
    one, other = settle(bare, "d1").entities[0].id, settle(bare, "d2").entities[0].id
    assert one != other
    assert settle(bare, "d1").mentions[0].entity == one
    named = annotations(Entity("e1", "Ministry of Ferries", "organization", ("Ministry", "Ministry of Ferries")))
    assert settle(named, "d1").entities[0].id == settle(named, "d2").entities[0].id


def test_a_part_that_many_bodies_have_is_its_document_s_own() -> None:
    several = [Entity("e1", "Executive Committee", "organization", ("the Executive Committee",))]
    ids = {settle(annotations(*several), document).entities[0].id for document in ("d1", "d2")}
    assert len(ids) == 2
    one = [Entity("e1", "Executive Committee of the Harbour Union", "organization", ())]
    assert len({settle(annotations(*one), document).entities[0].id for document in ("d1", "d2")}) == 1
