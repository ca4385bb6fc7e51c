"""Folding: every case of the design, and the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.folding import TABLE, Folded, alternatives, fold, mend_hebrew, tokens, without_article

SAME = [
    ("case", "Harbour UNION", "harbour union"),
    ("harakat", "السَّلَامُ", "السلام"),
    ("alef with hamza", "أحمد", "احمد"),
    ("alef with hamza below", "إعلان", "اعلان"),
    ("alef with madda", "آمال", "امال"),
    ("alef wasla", "ٱلنهر", "النهر"),
    ("hamza on waw and yeh", "مسؤول رئيس", "مسوول رييس"),
    ("tatweel", "بيـــان", "بيان"),
    ("ta marbuta", "مدينة", "مدينه"),
    ("alef maqsura", "على", "علي"),
    ("Persian kaf and yeh", "کشتی", "كشتي"),
    ("Arabic-Indic digits", "٢٠٢٤", "2024"),
    ("Persian digits", "۲۰۲۴", "2024"),
    ("niqqud", "שָׁלוֹם", "שלום"),
    ("gershayim", "דו״ח", "דוח"),
    ("gershayim typed as a quotation mark", 'דו"ח', "דוח"),
    ("geresh", "ג׳ורג", "גורג"),
    ("geresh typed as an apostrophe", "ג'ורג", "גורג"),
    ("ё", "Пётр", "Петр"),
    ("й composed or not", "край", unicodedata.normalize("NFD", "край")),
    ("ligature fi", "ofﬁce", "office"),
    ("lam-alef presentation forms", "ﻻجتماع", "لاجتماع"),
    ("full width", "Ｏｒｓｋ　２０２４", "Orsk 2024"),
    ("dotted capital I", "İzmir", "izmir"),
    ("dotless i", "Diyarbakır", "diyarbakir"),
    ("Greek accents", "Αθήνα", "ΑΘΗΝΑ"),
    ("final sigma", "λόγος", "ΛΟΓΟΣ"),
    ("ł", "Łódź", "lodz"),
    ("ø", "Tromsø", "tromso"),
    ("đ", "Đakovo", "dakovo"),
    ("ß", "Straße", "STRASSE"),
    ("æ", "Ærø", "aero"),
    ("œ", "cœur", "coeur"),
    ("combining sequences", unicodedata.normalize("NFD", "déclaré à Orsk"), "déclaré à Orsk"),
    ("Vietnamese", "Thỏa thuận Đông Hà", "thoa thuan dong ha"),
    ("zero-width joiner", "می\u200cشود", "میشود"),
    ("direction marks", "\u200fبيان\u200e", "بيان"),
    ("isolates", "\u2068Orsk\u2069", "Orsk"),
    ("soft hyphen", "agree\u00adment", "agreement"),
    ("byte order mark", "\ufefforsk", "orsk"),
    ("curly apostrophe", "O’Neill", "O'Neill"),
    ("modifier apostrophe", "OʼNeill", "O'Neill"),
    ("ayn and hamza signs", "Saʿid al-Maʾmun", "Said al-Mamun"),
    ("non-breaking hyphen", "cease‑fire", "cease-fire"),
    ("dashes", "cease–fire", "cease fire"),
    ("maqaf", "תל־אביב", "תל אביב"),
    ("non-breaking space", "3\u00a0May", "3 May"),
    ("half-width katakana", "ｶﾞｽ", "ガス"),
]


@pytest.mark.parametrize(("one", "other"), [pytest.param(a, b, id=name) for name, a, b in SAME])
def test_two_spellings_fold_to_the_same(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("כן", "כנ"),  # final letters are left alone
        ("हिंदी", "हद"),  # vowel signs tell words apart
        ("คำ", "คา"),
        ("ceasefire", "cease-fire"),
        ("شيء", "شي"),
        ("ба", "ва"),
    ],
)
def test_what_tells_words_apart_is_kept(one: str, other: str) -> None:
    assert tokens(one) != tokens(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l’accord d'Orsk", ["l", "accord", "d", "orsk"]),
        ("snake_case, 3.5 %", ["snake", "case", "3", "5"]),
        ("停火协议", ["停火", "火协", "协议", "议"]),
        ("Orsk会议2024", ["orsk", "会议", "议", "2024"]),
        ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี", "ี"]),
        ("x" * 100, ["x" * 64]),
        ("— … !", []),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


BARE = {
    # Arabic: article with what may stand before it
    "الاتفاق": "اتفاق", "والاتفاق": "اتفاق", "بالاتفاق": "اتفاق", "فالمجلس": "مجلس", "كالمعتاد": "معتاد",
    "للاتفاق": "اتفاق", "للشعب": "شعب", "وللحكومة": "حكومه", "المدينة": "مدينه", "للجنة": "لجنه",
    # conjunctions and prepositions by themselves
    "وقالت": "قالت", "وأعلن": "اعلن", "لحكومة": "حكومه", "بموافقة": "موافقه", "فأعلنت": "اعلنت",
    # what only looks like it
    "ألمانيا": None, "وزارة": None, "وثيقة": None, "برلمان": None, "بيانات": None, "فلسطين": None, "والدين": None,
    "لجنة": None, "كتاب": None, "الله": None, "إلى": None, "الذي": None, "بلدية": None, "وكالة": None, "إلغاء": None,
    "قال": None, "كلمات": None, "لبنان": None, "فيضان": None, "وفد": None, "بعد": None,
    # Hebrew
    "הממשלה": "ממשלה", "והממשלה": "ממשלה", "בממשלה": "ממשלה", "לממשלה": "ממשלה", "שהממשלה": "ממשלה", "ומדינה": "מדינה",
    "בירושלים": "ירושלים", "כשלושים": "שלושים",
    "ממשלה": None, "מדינה": None, "מלחמה": None, "שביתה": None, "בחירות": None, "הסכם": None,
    "הודעה": None,
    "החלטה": None, "לבנון": None, "מועצה": None, "כנסת": None, "שלום": None, "בריאות": None,
    "ועידה": None, "משלחת": None,
}  # fmt: skip


@pytest.mark.parametrize(("word", "form"), BARE.items())
def test_a_word_without_what_is_written_on_to_it(word: str, form: str | None) -> None:
    assert list(alternatives(word, tokens(word))) == ([(0, form)] if form else [])


def test_the_article_of_a_query_is_dropped_but_not_a_letter_of_the_word() -> None:
    assert [without_article(word) for word in ("الاتفاق", "ألمانيا", "وقالت", "agreement", "وقف النار")] == [
        "اتفاق", None, None, None, None,
    ]  # fmt: skip


def test_every_code_point_folds_once_and_for_all() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    changed = [character for character in characters if fold(fold(character)) != fold(character)]
    assert changed == []


LETTERS = st.text(
    st.sampled_from("aZé'’“\"- .ßﬁİæłЁйﷲلا\u064b\u0654אבג״׳\u05b8ｱﾞ한글字节คำ\u0301\u0327\u200d\u00ad½①🙂\n\x00"),
    max_size=60,
)


@given(st.text(max_size=80) | LETTERS)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(
        st.sampled_from(["é", "ö", "ậ", "й", "ё", "أ", "ئ", "שׁ", "ό", "が", "한", "नि", "ḱ", "x", " "]), max_size=20
    )
)
def test_composed_and_decomposed_are_one(parts: list[str]) -> None:
    text = "".join(parts)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(max_size=400) | LETTERS, st.data())
def test_the_way_back_is_the_one_found_code_point_by_code_point(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    origins = [at for at, character in enumerate(mend_hebrew(text)) for _ in TABLE[ord(character)]]
    assert len(origins) == len(folded.folded)
    if not origins:
        return
    start = data.draw(st.integers(0, len(origins) - 1))
    end = data.draw(st.integers(start + 1, len(origins)))
    first, last = folded.span(start, end)
    assert first == origins[start]
    assert last > origins[end - 1]
    # What follows the last letter inside the span is marks that fold to nothing.
    assert fold(mend_hebrew(text)[origins[end - 1] + 1 : last]) == ""
    assert folded.folded[start:end] in fold(mend_hebrew(text)[first:last])


@pytest.mark.parametrize(("text", "word", "found"), [
    ("La declaración de Orsk", "declaracion", "declaración"),
    (unicodedata.normalize("NFD", "La declaración"), "declaracion", unicodedata.normalize("NFD", "declaración")),
    ("قال السَّلَامُ عليكم", "السلام", "السَّلَامُ"),
    ("Straße frei", "strasse", "Straße"),
    ("🙂 ofﬁce", "office", "ofﬁce"),
])  # fmt: skip
def test_a_found_word_is_marked_as_it_stands(text: str, word: str, found: str) -> None:
    folded = Folded(text)
    start = folded.folded.index(word)
    first, last = folded.span(start, start + len(word))
    assert text[first:last] == found
