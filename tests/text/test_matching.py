"""Names in texts: borders, particles and capitals in all scripts, and the automaton against asking everywhere."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.folding import fold
from onrecord.text.matching import BLOCK, Hit, Matcher

FOUND = [
    ("case", ["Harbour Union"], "the harbour union, HARBOUR UNION", ["HARBOUR UNION"]),
    ("the first capital is enough", ["Harbour Union"], "Harbour union", ["Harbour union"]),
    ("an article in small letters", ["al-Nahr"], "Al-Nahr, al Nahr, al-nahr", ["Al-Nahr", "al Nahr"]),
    ("a name in small letters", ["dockers"], "Dockers dockers", ["Dockers", "dockers"]),
    ("an acronym wants its capitals", ["WHO"], "who said Who? WHO.", ["WHO"]),
    ("a long name typed in capitals is none", ["HARBOUR UNION"], "Harbour Union", ["Harbour Union"]),
    ("a word that begins so", ["Harbour Uni"], "Harbour Union", []),
    ("a word that ends so", ["Union"], "Reunion, ReUnion", []),
    ("digits are part of words", ["Unit 1"], "Unit 12, Unit 1", ["Unit 1"]),
    ("a number of a note is not", ["Union"], "Union¹", ["Union"]),
    ("the longest", ["Front", "Front for Marn"], "Front for Marn", ["Front for Marn"]),
    ("the shorter where the longer ends in a word", ["Front", "Front for Marn"], "Front for Marna", ["Front"]),
    ("the inner where the outer has no capital", ["National Front", "Front"], "the national Front", ["Front"]),
    ("a line break", ["Harbour Union"], "Harbour\r\n  Union", ["Harbour\r\n  Union"]),
    ("an empty line", ["Harbour Union"], "Harbour\n \nUnion", []),
    ("a full stop between", ["Harbour Union"], "the Harbour. Union", []),
    ("a comma between", ["Harbour Union"], "Harbour, Union", []),
    ("hyphens", ["Harbour-Union"], "Harbour Union, Harbour‑Union, Harbour–Union",
     ["Harbour Union", "Harbour‑Union", "Harbour–Union"]),
    ("initials and abbreviations", ["J.K. Orlan", "St Marn"], "J. K. Orlan, St. Marn", ["J. K. Orlan", "St. Marn"]),
    ("signs of its own", ["Sand & Sons"], "Sand & Sons, Sand Sons", ["Sand & Sons"]),
    ("accents", ["École du Port"], "Ecole du port", ["Ecole du port"]),
    ("accents apart", ["École"], "E\u0301cole\u0301 x", ["E\u0301cole\u0301"]),
    ("ligatures", ["Straße"], "STRASSE", ["STRASSE"]),
    ("elision", ["Union"], "l'Union d’Union jusqu’Union", ["Union"] * 3),
    ("possessives", ["Union", "Dockers"], "Union's UNION’S Dockers'", ["Union", "UNION", "Dockers"]),
    ("Turkish case endings", ["Orsk"], "Orsk'ta Orsk’un", ["Orsk", "Orsk"]),
    ("apostrophes within a name", ["Qur", "Neill"], "Qur'an O'Neill", []),
    ("quotation marks", ["Union"], "'Union' “Union” «Union»", ["Union"] * 3),
    ("hashtags", ["Harbour Union"], "#Harbour_Union", ["Harbour_Union"]),
    ("letters that folding drops", ["Ayn"], "ʿAyn", ["ʿAyn"]),
    ("Cyrillic", ["Союз порта"], "Союз Порта, союз порта, Союз порта́", ["Союз Порта", "Союз порта́"]),
    ("Greek", ["Λιμάνι"], "ΛΙΜΑΝΙ Λιμανιού", ["ΛΙΜΑΝΙ"]),
    ("harakat, tatweel", ["كتائب النهر"], "كَتَائِبُ النَّهـــرِ", ["كَتَائِبُ النَّهـــرِ"]),
    ("alef and hamza", ["إتحاد أحمد"], "اتحاد احمد", ["اتحاد احمد"]),
    ("particles", ["كتائب النهر"], "وكتائب النهر ولكتائب النهر مكتائب النهر", ["كتائب النهر"] * 2),
    ("a particle with a tatweel", ["الاتحاد"], "لـالاتحاد", ["الاتحاد"]),
    ("particle and article", ["الاتحاد"], "بالاتحاد فالاتحاد الاتحادي", ["الاتحاد"] * 2),
    ("a contracted article", ["الاتحاد"], "للاتحاد وللاتحاد", ["لاتحاد"] * 2),
    ("a contracted article before lam", ["اللجنة"], "للجنة", ["لجنة"]),
    ("no article", ["ألمانيا"], "للمانيا لألمانيا", ["ألمانيا"]),
    ("words that begin like a particle", ["زارة"], "وزارة", []),
    ("names too short for particles", ["لد"], "ولد لد", ["لد"]),
    ("Hebrew prefixes", ["לשכת הנמל"], "וללשכת הנמל שלשכת הנמל קלשכת הנמל", ["לשכת הנמל"] * 2),
    ("niqqud and gershayim", ['צה"ל'], "צה״ל בצה״ל", ["צה״ל", "צה״ל"]),
    ("Han", ["河港联盟"], "在河港联盟说，河港\n联盟", ["河港联盟", "河港\n联盟"]),
    ("Han beside Latin", ["Orsk"], "在Orsk说", ["Orsk"]),
    ("Japanese", ["ハーバー組合"], "昨日ハーバー組合は", ["ハーバー組合"]),
    ("Thai", ["สหภาพ"], "ที่สหภาพแรงงาน", ["สหภาพ"]),
    ("a Thai vowel that belongs to the last letter", ["กา"], "มากาํ", []),
    ("Lao", ["ທ່າເຮືອ"], "ທີ່ທ່າເຮືອນີ້", ["ທ່າເຮືອ"]),
    ("Khmer", ["កំពង់ផែ"], "នៅកំពង់ផែនេះ", ["កំពង់ផែ"]),
    ("Burmese", ["ဆိပ်ကမ်း"], "ဒီဆိပ်ကမ်းမှာ", ["ဆိပ်ကမ်း"]),
    ("Devanagari", ["बंदरगाह संघ"], "बंदरगाह संघ, बंदरगाह संघी", ["बंदरगाह संघ"]),
    ("Korean is spaced", ["항구 연합"], "항구 연합, 항구 연합회", ["항구 연합"]),
    ("bidi marks around", ["Union"], "\u2068Union\u2069 \u202eUnion", ["Union", "Union"]),
    ("lone surrogates", ["A\ud800b"], "\ud800 A\ud800b", ["A\ud800b"]),
    ("nothing to look for", ["", "!?", "\u202e"], "x !? \u202e", []),
    ("no names", [], "Union", []),
]  # fmt: skip


@pytest.mark.parametrize(("names", "text", "wanted"), [it[1:] for it in FOUND], ids=[it[0] for it in FOUND])
def test_found(names: list[str], text: str, wanted: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in Matcher(names).find(text)] == wanted


def test_names_spelled_alike_are_all_told() -> None:
    found = list(Matcher(["Who", "WHO", "who", "Whó"]).find("WHO Who who"))
    assert found == [Hit(0, 3, 0, (1, 2, 3)), Hit(4, 7, 0, (2, 3)), Hit(8, 11, 2)]


def test_names_over_the_seams_of_long_texts() -> None:
    text = "Harbour Union. " * (BLOCK // 4)
    assert [hit.start for hit in Matcher(["Harbour Union", "Union"]).find(text)] == list(range(0, len(text), 15))
    parted = ("x " * BLOCK + "\n\nUnion ") * 3
    assert [parted[it.start : it.end] for it in Matcher(["Union"]).find(parted)] == ["Union"] * 3


@pytest.mark.parametrize("piece", ["Harbour ", "a", "\u0301", "'", "(", "ال", "\n", "\ud800"])
def test_texts_made_to_be_slow_end(piece: str) -> None:
    names = ["Harbour Union", "a" * 5000, "ال" * 20 + "ن", "Harbour " * 9 + "x"]
    assert list(Matcher(names).find(piece * 200_000)) == []


WORDS = st.sampled_from(["ab", "Ab", "AB", "a", "B", "Bé", "b", "ab1", "河", "港", "กา", "كتب", "وكتب", "الكتب", "O"])
GAPS = st.sampled_from([" ", " ", "-", "\n", "'", ", ", ". ", "\n\n", "", "\u0301", "\u200d"])
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=6)
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=25).map(lambda parts: "".join(map("".join, parts)))


PLAIN = st.sampled_from(["ab", "Ab", "AB", "a", "Bc", "bc", "abc", "U"])
PLAIN_NAMES = st.lists(st.lists(PLAIN, min_size=1, max_size=3).map(" ".join), max_size=6)
PLAIN_TEXTS = st.lists(st.tuples(PLAIN, st.sampled_from([" ", " ", "  ", "-", "\n", ", ", "; ", ""])), max_size=25)


def naive(names: list[str], text: str) -> list[tuple[int, int]]:
    """Every name asked for at every place."""
    spans = {
        match.span()
        for name in names
        for match in regex.finditer(r"\b" + r"[ \n-]+".join(name.split()) + r"\b", text, regex.I, overlapped=True)
        if _fits(name, match[0])
    }
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _fits(name: str, exact: str) -> bool:
    capital = regex.search(r"[A-Z]", name)
    if name.isupper() and len(name.replace(" ", "")) > 1:
        return exact.isupper()
    letters = [char for char in exact if char.isalpha()]
    return not capital or letters[len(name[: capital.start()].replace(" ", ""))].isupper()


@given(PLAIN_NAMES, PLAIN_TEXTS)
def test_the_automaton_finds_what_asking_everywhere_finds(names: list[str], parts: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, parts))
    assert [(hit.start, hit.end) for hit in Matcher(names).find(text)] == naive(names, text)


@given(NAMES, TEXTS)
def test_a_hit_is_its_name_folded_and_stands_between_borders(names: list[str], text: str) -> None:
    for hit in Matcher(names).find(text):
        exact = text[hit.start : hit.end]
        folded = fold(names[hit.index]).split()
        assert "".join(fold(exact).split()) in ("".join(folded), "".join(folded)[1:])
        before = regex.search(r"[\w--[\p{M}\p{Cf}]](?=[\p{M}\p{Cf}]*\Z)", text[: hit.start], regex.V1)
        after = regex.match(r"[\w\p{M}]", text[hit.end :])
        bare = regex.sub(r"[\p{M}\p{Cf}]", "", exact)
        assert not before or _free(before[0], bare[0]) or regex.match(r"\p{Arabic}", before[0]), exact
        assert not after or _free(after[0], bare[-1]), exact


def _free(outer: str, inner: str) -> bool:
    """Whether one of two neighbours is of a script without spaces."""
    return bool(regex.search(r"[\p{Han}\p{Thai}]", outer + inner)) and not regex.match(r"\p{M}", outer)


@given(st.lists(st.text(max_size=8), max_size=5), st.text(max_size=60))
def test_any_text_is_read(names: list[str], text: str) -> None:
    for hit in Matcher(names).find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert fold(text[hit.start : hit.end]).strip()


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([" ", "-", "\n", "  "]))
def test_a_name_is_found_in_itself(words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert [(hit.start, hit.end) for hit in Matcher([" ".join(words)]).find(text)] == [(0, len(text))]
