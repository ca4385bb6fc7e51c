"""PLOVER classes of acts and deeds. The texts are made up; the rules are the manual's and those of docs/explanation."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.deeds import WIDEST, deeds, plain, problems, words_of
from onrecord.annotate.plover import classify, deed, plover_rules
from onrecord.lexicon import lexicon
from onrecord.model import Act, Plover

LANGUAGES = ["en", "ar", "fr", "es", "ru"]
ACTS: tuple[Act, ...] = Act.__args__
CLASSES = lexicon("mul")["plover"]["classes"]

ACTS_TOLD: list[tuple[Act, str, str]] = [
    # expressive
    ("praise", "the patience of the ferrymen", "SUPPORT"),
    ("support", "the plan of the Basin Council", "SUPPORT"),
    ("condemn", "the attack on the lock keepers", "ACCUSE/disapprove"),
    ("condemn", "", "ACCUSE/disapprove"),
    ("accuse", "the River Police of opening the gates", "ACCUSE/allege"),
    ("concern", "the fighting above the dam", "-"),
    ("condole", "the families of the dead", "-"),
    # directive: what is asked for is the mode
    ("demand", "release all the prisoners at once", "REQUEST/yield"),
    ("demand", "lift the blockade of the lower canal", "REQUEST/yield"),
    ("demand", "withdraw its patrols from the island", "REQUEST/yield"),
    ("urge", "a ceasefire", "REQUEST/yield"),
    ("urge", "an end to the fighting", "REQUEST/yield"),
    ("urge", "both sides to lay down their weapons", "REQUEST/yield"),
    ("request", "send medicine to the villages", "REQUEST/assist"),
    ("request", "share its figures and data", "REQUEST/assist"),
    ("demand", "hold talks with the union", "REQUEST/meet"),
    ("urge", "return to the negotiations", "REQUEST/meet"),
    ("demand", "a reform of the water law", "REQUEST/change"),
    ("demand", "new elections", "REQUEST/change"),
    ("demand", "the minister to step down", "REQUEST/change"),
    ("demand", "read the letter aloud", "REQUEST"),
    ("invite", "the Council to name a liaison", "REQUEST"),
    ("invite", "both sides to talks in Marn", "CONSULT"),
    ("invite", "the union to meet on Friday", "CONSULT"),
    ("invite", "every village to send delegates", "CONSULT"),
    # commissive
    ("refuse", "negotiate under threat", "REJECT/meet"),
    ("refuse", "release the two sailors", "REJECT/yield"),
    ("refuse", "send aid to the islands", "REJECT/assist"),
    ("refuse", "change the law", "REJECT/change"),
    ("refuse", "sign the agreement", "REJECT/assist"),
    ("refuse", "believe it", "REJECT"),
    ("promise", "release the detainees by Friday", "AGREE"),
    ("promise", "send bread and blankets", "AGREE"),
    ("promise", "meet the union on Monday", "AGREE"),
    ("promise", "repair the sluice", "AGREE"),
    ("promise", "attack any boat above the lock", "THREATEN/violence"),
    ("promise", "blockade the harbour", "THREATEN/restrict"),
    ("promise", "arrest every striker", "THREATEN/arrest"),
    ("promise", "go on strike", "THREATEN/restrict"),
    ("promise", "end the strike on Monday", "AGREE"),
    ("promise", "say so in the Council", "-"),
    ("offer", "share the pumps", "AGREE"),
    ("offer", "meet at any place on the river", "CONSULT"),
    ("offer", "talks", "CONSULT"),
    ("threaten", "shell the dam", "THREATEN/violence"),
    ("threaten", "expel the observers", "THREATEN/expel"),
    ("threaten", "suspend the talks", "THREATEN/relations"),
    ("threaten", "a general strike", "THREATEN/restrict"),
    ("threaten", "ban the union", "THREATEN/ban"),
    ("threaten", "seize control of the locks", "THREATEN/territory"),
    ("threaten", "something worse", "THREATEN"),
    # assertive
    ("claim", "the water has fallen by a metre", "-"),
    ("recall", "the ceasefire of last spring", "-"),
    ("note", "the release of the prisoners", "-"),
    ("affirm", "that the bridge is closed", "-"),
    ("affirm", "its support for the commission", "SUPPORT"),
    ("warn", "the gate may break and drown the town", "-"),
    ("admit", "that the Ministry had a duty", "-"),
    ("deny", "that the sky was clear", "-"),
    ("deny", "the accusation", "REJECT"),
    ("deny", "any responsibility for the shot", "REJECT"),
    # declarative, of what others do
    ("announce", "a ceasefire between the two villages", "-"),
    ("decide", "to remain seized of the matter", "-"),
    ("announce", "the opening of a bridge", "-"),
]  # fmt: skip

BY_A_PARTY: list[tuple[Act, str, str]] = [
    ("urge", "an end to the war on the canal", "AGREE"),
    ("urge", "an immediate ceasefire", "AGREE"),
    ("demand", "both sides to cease fire", "AGREE"),
    ("demand", "the release of our men", "REQUEST/yield"),
    ("announce", "a ceasefire from midnight", "CONCEDE"),
    ("announce", "the withdrawal of our posts from the island", "CONCEDE"),
    ("announce", "an end to the strike", "CONCEDE"),
    ("decide", "suspend the strike until Monday", "CONCEDE"),
    ("decide", "lift the curfew in Keld", "CONCEDE"),
    ("decide", "send aid to the flooded villages", "AGREE"),
    ("announce", "expel two diplomats", "SANCTION/expel"),
    ("announce", "ban the newspaper", "COERCE/censor"),
    ("admit", "that our first lists were wrong", "CONCEDE"),
    ("warn", "that we would shell the dam", "THREATEN/violence"),
    ("warn", "that late ships will go elsewhere", "THREATEN"),
    ("deny", "that its officers fired first", "REJECT"),
    ("claim", "we have released 30 detainees", "RETREAT/release"),
    ("claim", "our units struck the base at dawn", "ASSAULT"),
    ("claim", "we suspended the talks", "SANCTION/discontinue"),
    ("claim", "the river is high", "-"),
    ("claim", "we have not released anyone", "-"),
    ("claim", "we will release thirty detainees", "-"),
    ("announce", "that it will not release the sailors", "REJECT/yield"),
    ("announce", "that it will ban the newspaper", "THREATEN/ban"),
    ("condole", "the families of our dead", "-"),
]  # fmt: skip

NEGATED: list[tuple[Act, str, str]] = [
    ("refuse", "believe it", "REJECT"),
    ("promise", "attack the convoys", "AGREE"),
    ("promise", "quarrel over the past", "AGREE"),
    ("condemn", "either side", "-"),
    ("accuse", "neither", "-"),
    ("support", "the plan", "-"),
    ("threaten", "anyone", "-"),
    ("offer", "talks", "-"),
    ("request", "aid", "-"),
    ("admit", "a fault", "-"),
    ("deny", "the accusation", "-"),
    ("announce", "a ceasefire", "-"),
    ("demand", "be evicted", "REQUEST"),
]  # fmt: skip

DEEDS: list[tuple[str, str]] = [
    ("has released thirty prisoners", "RETREAT/release"),
    ("have not released the prisoners", "-"),
    ("will release the prisoners on Friday", "AGREE"),
    ("said it would release the prisoners", "AGREE"),
    ("will not release the prisoners", "REJECT/yield"),
    ("won’t release the prisoners", "REJECT/yield"),
    ("didn’t release the prisoners", "-"),
    ("announced the release of two sailors", "CONCEDE"),
    ("released a statement on the weather", "-"),
    ("called on the guard to release the prisoners", "REQUEST/yield"),
    ("said the guard must release the prisoners", "REQUEST/yield"),
    ("lifted the curfew in the old town", "CONCEDE"),
    ("lifted the lamp", "CONCEDE"),
    ("granted asylum to four writers", "AID"),
    ("granted a pardon to four writers", "CONCEDE"),
    ("withdrew its troops from the island", "RETREAT/withdraw"),
    ("withdrew its ambassador", "SANCTION/withdraw"),
    ("signed an agreement with the dockers", "SUPPORT"),
    ("agreed to sign the agreement", "AGREE"),
    ("suspended aid to the island because of the fighting", "SANCTION/discontinue"),
    ("suspended the strike", "CONCEDE"),
    ("held talks with the ferrymen", "CONSULT"),
    ("cancelled a meeting with the ferrymen", "REJECT/meet"),
    ("will visit Marn in March", "AGREE"),
    ("will shell the dam", "THREATEN/violence"),
    ("could shell the dam", "-"),
    ("announced that it would not meet the union", "REJECT/meet"),
    ("will not attack the convoys", "AGREE"),
    ("were arrested at the ferry", "COERCE/arrest"),
    ("opened fire on the marchers", "ASSAULT/firearms"),
    ("violated the ceasefire", "ASSAULT"),
    ("held a joint exercise", "COOPERATE"),
    ("closed the border", "COERCE/restrict"),
    ("sent tents and food to Keld", "AID"),
    ("is investigating the fire", "ACCUSE/investigate"),
    ("sued the Ministry", "ACCUSE/allege"),
    ("found the captain guilty", "SANCTION/convict"),
    ("found the captain asleep", "-"),
    ("were found guilty of theft", "SANCTION/convict"),
    ("condemned the attack", "ACCUSE/disapprove"),
    ("went on strike", "PROTEST/strike"),
    ("was in Marn in March and in May", "-"),
    ("grows barley", "-"),
]  # fmt: skip

ELSEWHERE: list[tuple[str, Act, str, str]] = [
    ("fr", "demand", "que le ministère libère les prisonniers", "REQUEST/yield"),
    ("fr", "refuse", "de négocier sous la menace", "REJECT/meet"),
    ("fr", "promise", "d’envoyer des vivres aux îles", "AGREE"),
    ("fr", "threaten", "de boycotter la réunion", "THREATEN/restrict"),
    ("es", "demand", "que liberen a los presos", "REQUEST/yield"),
    ("es", "refuse", "levantar el bloqueo", "REJECT/yield"),
    ("es", "promise", "enviar ayuda en abril", "AGREE"),
    ("es", "promise", "atacar el puerto", "THREATEN/violence"),
    ("ru", "demand", "освободить всех заложников", "REQUEST/yield"),
    ("ru", "refuse", "вести переговоры", "REJECT/meet"),
    ("ru", "promise", "прекратить огонь", "AGREE"),
    ("ru", "threaten", "перекрыть канал", "THREATEN/restrict"),
    ("ar", "demand", "بالإفراج عن جميع الأسرى", "REQUEST/yield"),
    ("ar", "demand", "بِالإِفْرَاجِ عَنِ الأَسْرَى", "REQUEST/yield"),
    ("ar", "refuse", "التفاوض مع الوزارة", "REJECT/meet"),
    ("ar", "threaten", "بإغلاق القناة", "THREATEN/restrict"),
    ("de", "demand", "die Gefangenen freizulassen", "REQUEST"),
    ("en-GB", "demand", "release the prisoners", "REQUEST/yield"),
]  # fmt: skip


def named(coded: tuple[str | None, str | None] | None) -> str:
    return "/".join(part for part in coded or () if part) or "-"


@pytest.mark.parametrize(("act", "about", "wanted"), ACTS_TOLD)
def test_by_one_who_is_no_party(act: Act, about: str, wanted: str) -> None:
    assert named(classify(act, about, language="en")) == wanted


@pytest.mark.parametrize(("act", "about", "wanted"), BY_A_PARTY)
def test_by_a_party(act: Act, about: str, wanted: str) -> None:
    assert named(classify(act, about, by_party=True, language="en")) == wanted


@pytest.mark.parametrize(("act", "about", "wanted"), NEGATED)
@pytest.mark.parametrize("party", [False, True])
def test_negated(act: Act, about: str, wanted: str, party: bool) -> None:
    assert named(classify(act, about, negated=True, by_party=party, language="en")) == wanted


@pytest.mark.parametrize(("words", "wanted"), DEEDS)
def test_deeds(words: str, wanted: str) -> None:
    assert named(deed(words, "en")) == wanted


@pytest.mark.parametrize(("language", "act", "about", "wanted"), ELSEWHERE)
def test_other_languages(language: str, act: Act, about: str, wanted: str) -> None:
    assert named(classify(act, about, language=language)) == wanted


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_names_what_there_is(tag: str) -> None:
    assert lexicon(tag)["deeds"]["deeds"]
    assert problems(tag) == []
    for line in lexicon(tag)["deeds"]["deeds"]:
        assert line["words"] and sum(key in line for key in ("class", "topic", "act")) <= 1, line
        assert "mode" not in line or line["mode"] in CLASSES[line["class"]]["modes"], line


def test_the_rules_name_what_there_is() -> None:
    data = lexicon("mul")["plover"]
    topics = {*data["topics"].values(), "change", "accusation", "own", "territory"}
    assert set(CLASSES) == set(Plover.__args__)
    for name, modes in data["modes"].items():
        assert set(modes) <= topics and set(modes.values()) <= set(CLASSES[name]["modes"])
    assert {key.split("/")[0] for key in data["topics"]} <= set(CLASSES)
    assert {key.split("/")[1] for key in data["topics"] if "/" in key} <= {
        m for c in CLASSES.values() for m in c["modes"]
    }
    for rule in data["rules"]:
        assert rule["why"] and set(rule["acts"]) <= set(ACTS) and set(rule.get("about", ())) <= topics, rule
        assert rule.get("class", "AID") in CLASSES
        assert "mode" not in rule or rule["mode"] in CLASSES[rule["class"]]["modes"]


def test_every_topic_of_a_table_is_one_of_the_rules() -> None:
    known = {*lexicon("mul")["plover"]["topics"].values(), "change", "accusation", "own", "territory"}
    for tag in LANGUAGES:
        assert {line["topic"] for line in lexicon(tag)["deeds"]["deeds"] if "topic" in line} <= known


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_entry_can_be_found(tag: str) -> None:
    """A word of the table, alone or before one of its nouns, is read as some deed; a dead line would hide here."""
    data = lexicon(tag)["deeds"]
    for line in data["deeds"]:
        if not {"class", "topic", "act"} & set(line):
            continue
        nouns = [word for kind in line.get("near", ())[:1] for word in data["nouns"][kind][:1]]
        for phrase in line["words"]:
            words = " ".join([phrase, *nouns]).replace("*", "").replace("#", "7")
            assert next(deeds(words_of(words), tag), None) is not None, phrase


WORDS = sorted(
    {
        re.sub(r"[*#]", "", word)
        for tag in LANGUAGES
        for line in lexicon(tag)["deeds"]["deeds"]
        for phrase in line["words"]
        for word in phrase.split()
    }
    | {"not", "will", "no", "не", "لن", "ne", "va", "the", "7", "\ud800", "\u202e", "’", "𝔞"}
)
SOUP = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@given(
    act=st.sampled_from(ACTS), words=SOUP, negated=st.booleans(), party=st.booleans(), tag=st.sampled_from(LANGUAGES)
)
def test_any_words_give_a_class_and_a_mode_of_it(act: Act, words: str, negated: bool, party: bool, tag: str) -> None:
    for coded in (
        classify(act, words, negated=negated, by_party=party, language=tag),
        deed(words, tag) or (None, None),
    ):
        plover, mode = coded
        assert plover is None or plover in CLASSES
        assert mode is None or (plover is not None and mode in CLASSES[plover]["modes"])


@given(act=st.sampled_from(ACTS), words=SOUP, tag=st.sampled_from(LANGUAGES))
def test_accents_and_vowel_signs_change_nothing(act: Act, words: str, tag: str) -> None:
    assert classify(act, plain(words), language=tag) == classify(act, words, language=tag)


def test_endless_words_are_read_as_far_as_they_are_wide() -> None:
    far = "barley " * (WIDEST // 7 + 1) + "release the prisoners"
    assert classify("demand", far, language="en") == ("REQUEST", None)
    assert classify("demand", "release " * 200_000, language="en") == ("REQUEST", "yield")
    assert deed("not " * 200_000, "en") is None


def test_acts_that_no_rule_names_have_no_class() -> None:
    ruled = {act for act, _, _ in plover_rules().of}
    assert set(ACTS) - ruled == {"recall", "note", "concern", "condole"}


def test_the_documentation_names_every_class() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "plover.md").read_text("utf8")
    assert [name for name in CLASSES if name not in page] == []
