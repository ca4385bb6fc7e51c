"""The reporting verbs and nouns of each language, and the forms that `corpus/forms.py` writes for them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.lexicon import lexicon
from onrecord.model import Act

FRAMES = {"that", "quote", "to", "obj-to", "as", "object", "of", "for", "on", "about"}
NOUN_FRAMES = {"that", "of", "to", "for", "on", "about"}
LANGUAGES = ["en", "fr", "es", "ar", "ru"]
SCRIPT = Path(__file__).parents[2] / "corpus" / "forms.py"


def forms(tag: str, lemma: str) -> list[str]:
    return lexicon(tag)["forms"]["forms"][lemma]


@pytest.mark.parametrize(("tag", "verbs"), [("en", 450), ("fr", 80), ("es", 80), ("ar", 80), ("ru", 80)])
def test_enough_verbs(tag: str, verbs: int) -> None:
    assert len(lexicon(tag)["verbs"]) >= verbs


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_verb_has_forms_frames_and_an_act(tag: str) -> None:
    verbs = lexicon(tag)["verbs"]
    acts = lexicon(tag)["acts"] if tag != "ar" else {}
    doing = {*acts.get("light", {}), *(lemma for lemmas in acts.get("performatives", {}).values() for lemma in lemmas)}
    assert set(verbs) | doing == set(lexicon(tag)["forms"]["forms"])
    for lemma, verb in verbs.items():
        assert forms(tag, lemma), lemma
        assert verb["frames"] and set(verb["frames"]) <= FRAMES, lemma
        assert verb["act"] in Act.__args__, lemma


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_form_belongs_to_one_verb(tag: str) -> None:
    owner: dict[str, str] = {}
    for lemma in lexicon(tag)["verbs"]:
        own = {*forms(tag, lemma), *([lemma] if tag == "en" else [])}
        assert not [(form, owner[form]) for form in own if form in owner], lemma
        owner.update(dict.fromkeys(own, lemma))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_corrections_are_in_force(tag: str) -> None:
    for lemma, verb in lexicon(tag)["verbs"].items():
        assert set(verb.get("also", ())) <= set(forms(tag, lemma))
        assert not set(verb.get("never", ())) & set(forms(tag, lemma))


@pytest.mark.parametrize(
    ("lemma", "held"),
    [
        ("say", ["said", "saying", "says"]),
        ("write", ["writes", "writing", "written", "wrote"]),
        ("read", ["reading", "reads"]),
        ("swear", ["swearing", "swears", "swore", "sworn"]),
        ("deny", ["denied", "denies", "denying"]),
        ("admit", ["admits", "admitted", "admitting"]),
        ("put it", ["puts it", "putting it"]),
        ("lay out", ["laid out", "laying out", "lays out"]),
        ("take issue with", ["taken issue with", "takes issue with", "taking issue with", "took issue with"]),
        ("speak out against", [f"{form} out against" for form in ("speaking", "speaks", "spoke", "spoken")]),
        ("quote as saying", [f"{form} as saying" for form in ("quoted", "quotes", "quoting")]),
    ],
)
def test_english_forms(lemma: str, held: list[str]) -> None:
    assert forms("en", lemma) == held


@pytest.mark.parametrize(
    ("tag", "lemma", "held"),
    [
        ("fr", "dire", "dit disent disait dira dirait disant"),
        ("fr", "promettre", "promet promettent promettait promit promirent promettra promettant"),
        ("fr", "appeler", "appelle appellent appelait appellera appelant"),
        ("fr", "prévenir", "prévient préviennent prévenait prévint préviendra"),
        ("fr", "annoncer", "annonce annoncent annonçait annonça annoncèrent annonçant"),
        ("es", "decir", "dice dicen dijo dijeron decía dirá diría diciendo"),
        ("es", "contar", "cuenta cuentan contó contaron contaba contará"),
        ("es", "pedir", "pide piden pidió pidieron pedía pedirá pidiendo"),
        ("es", "sostener", "sostiene sostienen sostuvo sostuvieron sostendrá"),
        ("es", "sugerir", "sugiere sugieren sugirió sugirieron sugería"),
        ("ru", "сказать", "сказал сказала сказали скажет сказав"),
        ("ru", "заявить", "заявил заявляет заявляют заявив заявляя заявлено"),
        ("ru", "призвать", "призвал призвала призывает призывают призвав призывая"),
        ("ru", "поклясться", "поклялся поклялась клянётся клянется"),
        ("ar", "قال", "قال قالت قالوا يقول تقول قائلا"),
        ("ar", "أكد", "أكد أكدت أكّد يؤكد يؤكدون مؤكدا مؤكداً"),
        ("ar", "دعا", "دعا دعت يدعو داعيا"),
        ("ar", "طالب", "طالب طالبت طالبوا يطالب مطالبا"),
    ],
)
def test_irregular_forms(tag: str, lemma: str, held: str) -> None:
    assert set(held.split()) <= set(forms(tag, lemma))


@pytest.mark.parametrize(
    ("tag", "lemma", "other"),
    [
        ("en", "lie", "lay"),  # "lay out"
        ("en", "say", "sayed"),
        ("fr", "conseiller", "conseillère"),  # an office
        ("fr", "noter", "notes"),
        ("es", "afirmar", "afirmado"),  # an adjective, if it has no auxiliary
        ("ru", "допустить", "допустим"),  # "suppose"
        ("ar", "وصف", "نصف"),  # "half"
        ("ar", "عارض", "معارضة"),  # "the opposition"
        ("ar", "قدر", "يقدر"),  # "he can"
    ],
)
def test_other_words_are_no_forms(tag: str, lemma: str, other: str) -> None:
    assert other not in forms(tag, lemma)


@pytest.mark.parametrize(
    ("tag", "lemma", "participle"),
    [("fr", "déclarer", "déclaré"), ("fr", "promettre", "promis"), ("es", "decir", "dicho"), ("es", "negar", "negado")],
)
def test_participles_make_the_perfect(tag: str, lemma: str, participle: str) -> None:
    assert lexicon(tag)["forms"]["participles"][lemma] == participle


@pytest.mark.parametrize(("tag", "nouns"), [("en", 80), ("fr", 30), ("es", 30), ("ar", 30), ("ru", 30)])
def test_nouns(tag: str, nouns: int) -> None:
    words = lexicon(tag)["nouns"]
    assert len(words) >= nouns
    seen: list[str] = []
    for noun, word in words.items():
        assert word["frames"] and set(word["frames"]) <= NOUN_FRAMES, noun
        assert word["act"] in Act.__args__, noun
        seen += [noun, *word["forms"]]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("tag", "noun", "held"),
    [
        ("en", "allegation", "allegations"),
        ("fr", "vœu", "vœux"),
        ("es", "afirmación", "afirmaciones"),
        ("ar", "زعم", "مزاعم المزاعم"),
        ("ru", "просьба", "просьбы просьбе просьбой"),
    ],
)
def test_forms_of_nouns(tag: str, noun: str, held: str) -> None:
    assert set(held.split()) <= set(lexicon(tag)["nouns"][noun]["forms"])


def script() -> ModuleType:
    pytest.importorskip("simplemma")
    if not SCRIPT.exists():
        pytest.skip("the script is in the repository only")
    spec = importlib.util.spec_from_file_location("forms", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("tag", LANGUAGES)
def test_committed_forms_are_those_of_the_script(tag: str) -> None:
    made = script()
    assert (made.LEXICON / tag / "forms.toml").read_text("utf8") == made.table(tag)
    made.dictionary.cache_clear()
