"""The comparison of two names: pairs of our own, and what must hold of any two."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolve.compare import MERGE, blocks, compare, prepared
from onrecord.resolve.features import FEATURES

Pair = list[str]
PAIRS = tomllib.loads((Path(__file__).parent / "name_pairs.toml").read_text("utf8"))


def band(value: float) -> str:
    return "merge" if value >= MERGE else "likely" if value >= 0.7 else "apart"


@pytest.mark.parametrize(
    "pair", [pair for pairs in PAIRS.values() for pair in pairs], ids=lambda pair: "|".join(pair[:2])
)
def test_a_careful_reader_would_agree(pair: Pair) -> None:
    one, other, kind, wanted, *words = pair
    score = compare(prepared(one, kind or None), prepared(other, kind or None))  # type: ignore[arg-type]
    assert band(score.value) == wanted, score
    assert all(word in score.reason for word in words), score


PRINTED = sorted({name for pairs in PAIRS.values() for pair in pairs for name in pair[:2]})
SYLLABLES = [
    "ba",
    "dor",
    "el",
    "kh",
    "i",
    "a",
    "sha",
    "nn",
    "عز",
    "دين",
    "و",
    "ال",
    "ов",
    "щё",
    "ος",
    "מש",
    "王",
    "c",
    "ch",
]
WORDS = st.one_of(
    st.sampled_from([word for name in PRINTED for word in name.split()]),
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join),
    st.sampled_from(["al", "bin", "Abd", "the", "of", "Dr.", "Ltd", "3", "II", "Brigades", "Front", "–", ",", "J."]),
)
NAMES = st.one_of(st.sampled_from(PRINTED), st.text(max_size=30), st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
CHANGES = st.sampled_from(
    [
        str.upper, str.lower, str.title, lambda name: " ".join(reversed(name.split())), lambda name: f"Dr. {name}",
        lambda name: name.replace(" ", ""), lambda name: name.replace(" ", "-"), lambda name: f"{name} Ltd",
        lambda name: name.replace("i", "y"), lambda name: name.replace("o", "u"), lambda name: name.replace("a", "e"),
        lambda name: ", ".join(reversed(name.rsplit(" ", 1))), lambda name: name.replace("ou", "oo"),
        lambda name: name.replace("kh", "h"), lambda name: name.replace("s ", " "), lambda name: name + "s",
    ]
)  # fmt: skip
KINDS = st.sampled_from([None, "person", "organization", "place"])


@settings(max_examples=400, deadline=None)
@given(NAMES, NAMES, KINDS, KINDS, st.booleans())
def test_any_two_names_have_one_score_between_0_and_1_with_its_reason(
    one: str, other: str, kind: None, others: None, transliterate: bool
) -> None:
    first = prepared(one, kind, transliterate=transliterate)
    second = prepared(other, others)
    score = compare(first, second)
    assert score == compare(second, first)
    assert 0.0 <= score.value <= 1.0
    assert score.reason
    assert compare(first, first).value == 1.0


@settings(max_examples=600, deadline=None)
@given(NAMES, CHANGES, CHANGES, KINDS, KINDS)
def test_names_that_merge_share_a_block(name: str, change, again, kind: None, others: None) -> None:  # type: ignore[no-untyped-def]
    one, other = prepared(name, kind), prepared(again(change(name)), others)
    if compare(one, other).value >= MERGE:
        assert blocks(one) & blocks(other)


def test_all_own_pairs_that_merge_share_a_block() -> None:
    ready = [prepared(name) for name in PRINTED]
    for at, one in enumerate(ready):
        for other in ready[at:]:
            assert compare(one, other).value < MERGE or blocks(one) & blocks(other)


def test_blocks_are_selective() -> None:
    given_names = [
        f"{a}{b}" for a in ("Bar", "Dol", "Fen", "Gar", "Hil", "Jor", "Kas", "Lem") for b in ("an", "et", "is", "ura")
    ]
    surnames = [
        f"{a}{b}{c}"
        for a in ("Tor", "Vel", "Nas", "Mir", "Qas")
        for b in ("ba", "di", "gu")
        for c in ("k", "r", "ll", "n")
    ]
    counts: dict[str, int] = {}
    for name in (f"{one} {other}" for one in given_names for other in surnames):
        for key in blocks(prepared(name)):
            counts[key] = counts.get(key, 0) + 1
    assert len(given_names) * len(surnames) == 1920
    assert max(counts.values()) <= 40


def test_kinds_that_differ_are_two() -> None:
    score = compare(prepared("Velna", "place"), prepared("Velna", "organization"))
    assert score.value == 0.0
    assert "organization" in score.reason
    assert compare(prepared("Velna", "place"), prepared("Velna")).value == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عز الدين هارون", "Izz ad-Din Harun"),
        ("Юрий Залесский", "Yury Zalessky"),
        ("Νίκος", "Nikos"),
        ("דוד לביא", "David Lavi"),
    ],
)
def test_transliteration_can_be_switched_off(one: str, other: str) -> None:
    on = compare(prepared(one), prepared(other))
    off = compare(prepared(one, transliterate=False), prepared(other, transliterate=False))
    assert on.value >= 0.8
    assert off.value < 0.7
    assert "transliteration" in on.reason
    assert "transliteration" not in off.reason


@pytest.mark.parametrize(
    "name",
    [
        "a" * 10_000, "Velna " * 2_000, "\u202e" * 10_000, "\ud800\udfff Velna", "", " ", "\x00", "–", "...", "الله",
        "Abd", "Ltd Ltd", "1" * 10_000, "٣" * 400, "²", "Dr. Mr.", "the of", ",,,", "a, b, c", "L'", "'s", 'א"ב', "İ",
        "\u0301" * 5_000, "ﷺ" * 400,
    ],
    ids=lambda name: ascii(name[:12]),
)  # fmt: skip
def test_hostile_names_are_compared_like_any(name: str) -> None:
    one = prepared(name)
    assert compare(one, one).value == 1.0
    assert compare(one, prepared("Mira Kessan")).value < 0.7
    assert blocks(one)


def test_a_very_long_name_is_cut_and_says_so() -> None:
    one, other = prepared("Velna " * 2_000 + "Union"), prepared("Velna " * 2_000 + "Council")
    score = compare(one, other)
    assert score.value < MERGE
    assert "first words" in score.reason
    assert len(one.words) <= 16


def test_a_score_is_what_its_features_weigh() -> None:
    score = compare(prepared("Dr. Tom Lindquist", "person"), prepared("Thomas Edward Lindquist", "person"))
    assert set(score.features) == {"nickname", "middle-name", "doubts", "title"}
    weights = sum(FEATURES[feature].weight * amount for feature, amount in score.features.items())
    assert score.value == pytest.approx(min(1 - weights, *(FEATURES[feature].most for feature in score.features)))


LOOKALIKE = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")


@given(st.sampled_from([name for name in PRINTED if name.isascii()]), st.data())
def test_letters_that_only_look_alike_never_merge(name: str, data: st.DataObject) -> None:
    places = [at for at, letter in enumerate(name) if letter.translate(LOOKALIKE) != letter]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    spoofed = name[:at] + name[at].translate(LOOKALIKE) + name[at + 1 :]
    score = compare(prepared(name), prepared(spoofed))
    assert score.value < MERGE, (score, spoofed)


def test_the_documented_table_is_the_one_that_counts() -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/names.md").read_text("utf8")
    for name, row in FEATURES.items():
        assert f"| `{name}` | {row.weight:g} | {row.most:g} | {row.words.replace('{}', '…')} |" in page
