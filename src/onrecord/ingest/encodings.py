"""Which encoding bytes are in: marks, strict UTF-8, then the code page whose letters come out most like a language.

charset-normalizer knows a hundred code pages but needs text to tell them apart; on a few lines of Arabic or Russian it
is wrong more often than right. So the common legacy pages are first weighed by how frequent, in the script's languages,
the letters are that they give (`PAGES`), which one sentence decides; what no page explains is left to it.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from msgspec import Struct

from onrecord.ingest.media import looks_utf16

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћђџ"
ARABIC = "اليمونرتبةدعسفهكقحجشصأطخىذغضإثءئظزآؤـپچژگکیًٌٍَُِّْ"
GREEK = "αοιετσνρκπυληςμάγίόδέύήωθώχφβξζψϊϋΐΰ"
HEBREW = "יוהלארתבשמןנדקםחפצעכטגסזךףץ"
WESTERN = "éóáíñèçàüäêößúôâîûåøæãõœëïùòìýþðÿ"
CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüőűăâîșțşţđ"
TURKISH = "ıişğüöçâîû"

PAGES: tuple[tuple[str, str], ...] = (
    ("windows-1256", ARABIC),
    ("iso8859-6", ARABIC),
    ("windows-1251", CYRILLIC),
    ("koi8-r", CYRILLIC),
    ("koi8-u", CYRILLIC),
    ("cp866", CYRILLIC),
    ("iso8859-5", CYRILLIC),
    ("mac-cyrillic", CYRILLIC),
    ("windows-1252", WESTERN),
    ("iso8859-15", WESTERN),
    ("mac-roman", WESTERN),
    ("cp850", WESTERN),
    ("windows-1250", CENTRAL),
    ("iso8859-2", CENTRAL),
    ("windows-1254", TURKISH),
    ("windows-1253", GREEK),
    ("iso8859-7", GREEK),
    ("windows-1255", HEBREW),
    ("iso8859-8", HEBREW),
)
"""Code pages and the letters that they are used for, the most frequent first. Earlier ones win a draw."""

PAIRED: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("shift_jis", re.compile("[\u3040-\u30ff]"), 0.9),
    ("euc_jp", re.compile("[\u3040-\u30ff]"), 0.9),
    ("euc_kr", re.compile("[\uac00-\ud7a3]"), 0.9),
    ("gb18030", re.compile("[\u4e00-\u9fff]"), 0.32),
    ("big5", re.compile("[\u4e00-\u9fff]"), 0.31),
)
"""Encodings of two bytes a character, what their text must hold, and what they weigh then; Han alone proves little."""

_LATIN = {WESTERN, CENTRAL, TURKISH}
_MARKS = dict.fromkeys("«»“”„‘’‚–—…№،؛؟٪٬¿¡°§\xa0\u200c\u200d\u200e\u200f", 0.45)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 16 * 1024
_SURE = 0.3
"""Mean weight of the letters from which a page is taken without asking charset-normalizer."""
_WORD_OF_HIGH = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
_CASE_BREAK = re.compile(r"[а-яёіїєґα-ωà-öø-ÿ][А-ЯЁІЇЄҐΑ-ΩÀ-ÖØ-Þ]")
_MIXED = re.compile(
    r"[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]|[\u00c0-\u017f][\u0370-\u06ff]|[\u0370-\u06ff][\u00c0-\u017f]"
)


class Decoded(Struct, frozen=True):
    """A text and how it was read. `guessed`: by its letters alone; `lost`: characters that could not be read."""

    text: str
    encoding: str
    guessed: bool = False
    lost: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, without its byte order mark. `declared`: what they, or their carrier, claim."""
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], codec)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _legacy(data, _known(declared))
    if "\x1b" in text or "\x00" in text:
        return _seven_bit(data, text)
    return Decoded(text, "utf-8")


def _known(declared: str | None) -> str | None:
    """The codec that a label means to a browser: Latin-1 is windows-1252 there, and so on."""
    label = (declared or "").strip().strip("\"'").lower()
    label = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030",
             "gbk": "gb18030", "iso-8859-8-i": "iso8859-8", "ks_c_5601-1987": "cp949", "x-sjis": "cp932",
             "shift_jis": "cp932",
             "iso-8859-9": "cp1254", "tis-620": "cp874", "unicode-1-1-utf-8": "utf-8"}.get(label, label)  # fmt: skip
    try:
        info = codecs.lookup(label) if label else None
    except LookupError:
        return None
    return info.name if info and info._is_text_encoding else None


def _lenient(data: bytes, codec: str, guessed: bool = False) -> Decoded:
    try:
        text = data.decode(codec)
        lost = 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
    return Decoded(whole(text), codec, guessed, lost)


def whole(text: str) -> str:
    """`text` with lone surrogates, which no file can hold, replaced one by one by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _seven_bit(data: bytes, text: str) -> Decoded:
    """ASCII bytes that may be Japanese, Korean or Chinese by escapes, or UTF-16 without a mark."""
    if wide := looks_utf16(data[:4096]):
        return _lenient(data, wide, guessed=True)
    if "\x1b$" in text or "\x1b(" in text:
        for codec in ("iso2022_jp_2", "iso2022_kr"):
            try:
                return Decoded(data.decode(codec), codec, guessed=True)
            except UnicodeDecodeError:
                continue
    return Decoded(text, "utf-8")


def _legacy(data: bytes, declared: str | None) -> Decoded:
    if wide := looks_utf16(data[:4096]):
        return _lenient(data, wide, guessed=True)
    if _nearly_utf8(data):
        return _lenient(data, "utf-8")
    if declared and declared not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        return _lenient(data, declared)
    return _lenient(data, _guess(data), guessed=True)


def _nearly_utf8(data: bytes) -> bool:
    """True where a few broken bytes stand in what is otherwise UTF-8."""
    text = data[: 4 * _SAMPLE].decode("utf-8", "replace")
    high = sum(c > "\x7f" for c in text)
    broken = text.count("\ufffd")
    return high - broken > 2 * broken


def _guess(data: bytes) -> str:
    sample = _sample(data)
    weighed = [(codec, _weigh(sample, codec, letters)) for codec, letters in PAGES]
    weighed += [(codec, _weigh_pairs(sample, codec, common, score)) for codec, common, score in PAIRED]
    codec, score = max(weighed, key=lambda pair: pair[1])
    return codec if score >= _SURE else _ask_charset_normalizer(sample) or (codec if score > 0 else "cp1252")


def _weigh_pairs(sample: bytes, codec: str, common: re.Pattern[str], score: float) -> float:
    """`score` where at least a third of the sample is what the codec's languages are written in, and the rest fits."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return -1.0
    high = [c for c in text if c > "\x7f"]
    fitting = sum("\u2e80" <= c <= "\ud7a3" or "\uff00" <= c <= "\uffef" or c in _MARKS for c in high)
    fits = len(high) >= 4 and fitting >= 0.97 * len(high) and 3 * len(common.findall(text)) >= len(high)
    return score if fits else -1.0


def _sample(data: bytes) -> bytes:
    """The lines that hold bytes above 127, up to `_SAMPLE`: English ahead of the Arabic says nothing of the page."""
    if len(data) <= _SAMPLE:
        return data
    lines = [line for line in data[: 64 * _SAMPLE].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE]


def _ask_charset_normalizer(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


@cache
def _weights(letters: str) -> dict[str, float]:
    """1 for the most frequent letter, falling as frequencies do; capitals count three quarters."""
    table = dict(_MARKS)
    for rank, letter in enumerate(letters):
        table[letter] = 1 / (1 + rank / 5)
        if letter.upper() != letter and len(letter.upper()) == 1:
            table.setdefault(letter.upper(), 0.75 * table[letter])
    return table


def _weigh(sample: bytes, codec: str, letters: str) -> float:
    """How much like the languages of `letters` the sample reads in `codec`: mean weight of what is not ASCII."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return -1.0
    table = _weights(letters)
    text = " ".join(word.lower() if word.isupper() and len(word) > 1 else word for word in text.split(" "))
    high = [c for c in text if c > "\x7f"]
    if not high:
        return -1.0
    points = sum(table.get(c, -1.0) for c in high)
    points -= 1.5 * len(_CASE_BREAK.findall(text)) + len(_MIXED.findall(text))
    if letters in _LATIN:
        points -= sum(len(run) for run in _WORD_OF_HIGH.findall(text))
    return points / len(high)
