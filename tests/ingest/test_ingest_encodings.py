"""Legacy code pages: one sentence is enough."""

from __future__ import annotations

import pytest

from onrecord.ingest.encodings import decode

SENTENCES = {
    "Заявление Союза портовых рабочих": ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic"),
    "Мы не подпишем этот документ.": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "Привет": ("cp1251", "koi8-r", "iso8859-5"),
    "Заява спілки: ми не підпишемо цього документа": ("cp1251", "koi8-u"),
    "بيان صادر عن اتحاد عمال الميناء": ("cp1256", "iso8859-6"),
    "لن نوقع على الورقة": ("cp1256", "iso8859-6"),
    "Nous ne signerons pas : déclaration commune des élus de la vallée": ("cp1252", "iso8859-15", "mac-roman", "cp850"),
    "Declaración conjunta de los gremios del río: ¿qué pasará mañana?": ("cp1252", "mac-roman"),
    "Erklärung der Hafenarbeiter: Wir fordern Lösungen für die Fähre": ("cp1252", "cp850"),
    "Oświadczenie związku: nie podpiszemy żadnych dokumentów w środę": ("cp1250", "iso8859-2"),
    "Δήλωση του σωματείου λιμενεργατών": ("cp1253", "iso8859-7"),
    "הודעת איגוד עובדי הנמל": ("cp1255", "iso8859-8"),
    "Liman işçileri sendikasının açıklaması: imzalamayacağız": ("cp1254",),
    "港口工会声明：我们不会签署这份文件。": ("gb18030",),
    "港湾組合の声明：私たちは署名しません。": ("shift_jis", "euc_jp", "iso2022_jp"),
    "항만 노조 성명: 우리는 서명하지 않겠습니다": ("euc_kr",),
}


@pytest.mark.parametrize(("text", "codec"), [(text, codec) for text, codecs in SENTENCES.items() for codec in codecs])
def test_a_sentence_tells_its_code_page(text, codec):
    found = decode(text.encode(codec))
    assert found.text == text
    assert found.lost == 0


@pytest.mark.parametrize("codec", ["cp1256", "cp1251", "koi8-r"])
def test_english_ahead_does_not_hide_it(codec):
    words = "بيان صادر عن اتحاد عمال الميناء" if codec == "cp1256" else "Заявление Союза портовых рабочих"
    text = "The union of the harbour said so.\r\n" * 2000 + words
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO-8859-1", "latin1", "windows-1252"])
def test_a_declared_page_is_believed_as_browsers_do(label):
    assert decode("“Déclaration” – oui".encode("cp1252"), label).text == "“Déclaration” – oui"


def test_a_declared_page_does_not_outweigh_utf8():
    assert decode("Déclaration".encode(), "iso-8859-1").text == "Déclaration"


@pytest.mark.parametrize("label", ["", "nonsense", "base64", "rot13", None])
def test_a_label_that_means_nothing(label):
    assert decode("Мы не подпишем этот документ.".encode("cp1251"), label).text == "Мы не подпишем этот документ."
