"""Folding: what two spellings of a word have in common, so that a search for one finds the other.

The same code folds the index and the query. Folding works code point by code point (`TABLE`), after one look at the
quotation marks inside Hebrew words, so that it is one pass at C speed, the folding of a part is the part of the
folding, and an offset in the folded text leads back to the text (`Folded`). What is no part of a word becomes a space.

Let go: case, accents, Arabic and Hebrew vowel marks, forms of alef, hamza seats, ta marbuta, Persian letter forms,
tatweel, ligatures, width, stroke letters, digits' script, joiners, soft hyphens, direction marks. Kept: everything that
tells words apart in scripts where marks are vowels (Devanagari, Thai, …), final letters of Hebrew, й's and ё's letters
after й → и, ё → е.

Text without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) becomes pairs of neighbouring code points. Arabic and
Hebrew words with a particle written on to them also stand in the index without it (`bare`).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
import regex
from numpy.typing import NDArray

LONGEST = 64
"""Code points of a token that count; more is no word, and the index has no use for it."""

SINGLE = {
    # letters whose stroke, hook or tie Unicode does not take apart
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i", "ĸ": "k", "ƀ": "b",
    "ɓ": "b", "ƈ": "c", "ɖ": "d", "ɗ": "d", "ƒ": "f", "ɠ": "g", "ɨ": "i", "ƙ": "k", "ƚ": "l", "ɲ": "n", "ƥ": "p",
    "ƭ": "t", "ʉ": "u", "ƴ": "y", "ƶ": "z", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "e", "ɛ": "e", "ɔ": "o",
    # Arabic: forms of alef, hamza seats (the seat stays), ta marbuta, alef maqsura, Persian and Urdu forms
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ة": "ه", "ۃ": "ه", "ى": "ي", "ی": "ي", "ۍ": "ي", "ې": "ي", "ے": "ي",
    "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ـ": "",
    # Hebrew geresh and gershayim belong to the word and carry no sound
    "׳": "", "״": "",
    # signs of ayn and hamza in transliteration, and the okina
    "ʿ": "", "ʾ": "", "ʻ": "", "ʽ": "", "ˁ": "", "ˀ": "",
    # the modifier apostrophe is an apostrophe: it parts words like the others
    "ʼ": " ", "ˈ": " ", "ˊ": " ", "_": " ",
}  # fmt: skip
"""What a code point becomes where Unicode's decomposition does not say it."""

MARKS = regex.compile(
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # Latin, Greek, Cyrillic
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"  # Arabic
    r"\u0711\u0730-\u074a\ufe00-\ufe0f\U000e0100-\U000e01ef"  # Syriac; variation selectors
    r"\p{Cf}\u034f\u180b-\u180d]"  # joiners, direction marks, soft hyphen, byte order mark
)
"""Signs that are left out without parting the word."""


def fold_one(character: str) -> str:
    """What one code point becomes: letters, digits and marks of words, or a space, or nothing."""
    folded = "".join(map(_step, unicodedata.normalize("NFKD", character).casefold()))
    return "".join(map(_step, unicodedata.normalize("NFKD", folded)))


def _step(character: str) -> str:
    if character in SINGLE:
        return SINGLE[character]
    if MARKS.match(character):
        return ""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character if category[0] in "LMN" else " "


class Table(dict[int, str]):
    """`fold_one` for `str.translate`, each code point worked out once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_one(chr(code))
        return folded


TABLE = Table()
ASCII = bytes(ord(fold_one(chr(code))) for code in range(128)) + bytes(128)
"""The table's first 128 entries, each one byte."""
FOREIGN = regex.compile(r"[^\x00-\x7f]+")
SPARSE = 8
"""A text with fewer than one non-ASCII code point in so many is folded run by run, twice as quickly."""

HEBREW = regex.compile(r"[\u05d0-\u05ea]")
GERSHAYIM = regex.compile(r"(?<=[\u05d0-\u05ea\u05b0-\u05c7])(?:[\"“”„‟″]|''|’’)(?=[\u05d0-\u05ea](?![\u05d0-\u05ea]))")
GERESH = regex.compile(r"(?<=[\u05d0-\u05ea\u05b0-\u05c7])['’‘′](?=[\u05d0-\u05ea])")


def fold(text: str) -> str:
    """The folded text: tokens parted by single or more spaces. `fold(fold(x)) == fold(x)`."""
    if text.isascii():
        return text.encode("ascii").translate(ASCII).decode("ascii")
    return _fold_wide(mend_hebrew(text))


def _fold_wide(text: str) -> str:
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign * SPARSE < len(text):
        text = FOREIGN.sub(_fold_match, text)
        if text.isascii():
            return text.encode("ascii").translate(ASCII).decode("ascii")
    return text.translate(TABLE)


def _fold_match(match: regex.Match[str]) -> str:
    return match[0].translate(TABLE)


def mend_hebrew(text: str) -> str:
    """Quotation marks that stand for gershayim or geresh inside a Hebrew word become those; the length stays."""
    if not HEBREW.search(text):
        return text
    return GERESH.sub("׳", GERSHAYIM.sub(lambda match: "״" * len(match[0]), text))


# -- tokens ------------------------------------------------------------------------------------------------------------

UNSPACED = regex.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]+"
)
"""Runs of scripts that put no spaces between words."""


def tokens(text: str) -> list[str]:
    """The folded words of a text in order; of text without spaces its pairs, and the last one alone."""
    return parted(fold(text))


def tokens_before(text: str, cuts: Sequence[int]) -> tuple[list[str], list[int]]:
    """`tokens(text)`, and of each cut (code points, in order) how many of them begin before it."""
    source = text if text.isascii() else mend_hebrew(text)
    if source.isascii():
        folded, places = fold(source), cuts
    elif all(len(TABLE[ord(sign)]) == 1 for sign in set("".join(FOREIGN.findall(source)))):
        folded, places = _fold_wide(source), cuts
    else:
        pieces = [_fold_wide(source[start:end]) for start, end in pairwise((0, *cuts, len(source)))]
        folded, places = "".join(pieces), list(accumulate(map(len, pieces[:-1])))
    counts: list[int] = np.searchsorted(beginnings(folded), places).tolist()
    return parted(folded), counts


def beginnings(folded: str) -> NDArray[np.intp]:
    """Where the tokens of folded text begin."""
    signs = np.frombuffer(folded.encode("ascii"), np.uint8) if folded.isascii() else codes(folded)
    apart = np.append(np.uint8(32), signs) == 32
    begins = apart[:-1] & ~apart[1:]
    for match in UNSPACED.finditer(folded) if not folded.isascii() else ():
        begins[match.start() : match.end() + 1] = ~apart[match.start() + 1 : match.end() + 2]
    return np.flatnonzero(begins)


def codes(text: str) -> NDArray[np.uint32]:
    """A text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def parted(folded: str) -> list[str]:
    """The words of folded text: pairs for unspaced scripts, no token longer than LONGEST."""
    if not folded.isascii() and UNSPACED.search(folded):
        folded = UNSPACED.sub(_pairs, folded)
    found = folded.split()
    if found and max(map(len, found)) > LONGEST:
        found = [token[:LONGEST] for token in found]
    return found


def _pairs(match: regex.Match[str]) -> str:
    return f" {' '.join(pairs(match[0]))} "


def pairs(run: str) -> list[str]:
    """Every two neighbours, and the last one alone, so that a search for a single sign finds it by its beginning."""
    return [run[at : at + 2] for at in range(len(run))]


# -- particles written on to a word ------------------------------------------------------------------------------------

ARTICLE = regex.compile(r"[وف]?(?:[بك]?ال(?=\S{3})|لل(?=\S{4}|\S\S[^\sه]))")
"""Arabic: conjunction, preposition and article, or preposition and article in one; three letters must be left. للجنة is
not لل and جنة: the preposition took the article's alef, and the word begins with a lam of its own."""
PARTICLE = regex.compile(r"[وفبلك](?=\S{4})")
"""Arabic: a conjunction or preposition without article; four letters must be left."""
SEMITIC = regex.compile(r"[\u05d0-\u05ea\u0621-\u064a]")
HEBREW_PARTICLE = regex.compile(r"(?:ו?[הבלכ]|ו|ש[הבל]|[כמ]ה)(?=\S{4})")
"""Hebrew: four letters must be left. Not מ and ש by themselves: too many nouns begin with them."""
ROOTED = frozenset(regex.split(r"\s+", """
    وزاره وزارات وزراء وزيره وكاله وكالات وكلاء وثيقه وثايق وطنيه وطنيون واشنطن وحدات وقايع ولايه ولايات وسايل
    وسطاء وساطه وصايا وظيفه وظايف واجبات واحده واقعه واضحه والده والدين والديه واسعه فريقه فرنسا فرنسي فرنسيه
    فلسطين فلسطيني فلسطينيه فصايل فيضان فيضانات فلاحين فلاحون بلديه بلديات بيانات برلمان برنامج برامج بترول
    بلدان بريطانيا بريطاني بروتوكول بدايه بحيره بحريه بشريه لاجيون لاجيين لقاءات لبنان لبناني لبنانيه لايحه
    لوايح كتايب كلمات كهرباء كامله كبيره كثيره كنيسه كنايس كارثه كرامه وثاءق بالغين بالغون فالحين בחירות בריאות
    ביטחון בטחון בנייה ברירה בקשה בעיות בירור בגרות ביקור ביקורת לאומית לאומי לשכת לשכה ליכוד לימודים לבנון
    כניסה כנסייה כוחות כלכלה כלכלית כתובת הודעה הצהרה החלטה הפסקה הפגנה הסכמה הסכמים הסדרים הצבעה התקפה התקפות
    הכרזה הנהגה הזדמנות והסכם ועידה ועדות וועדה ולאדימיר
"""))  # fmt: skip
"""Words, folded, whose first letters are their own and whose remainder is another word or none."""


def bare(token: str, light: str) -> str | None:
    """An Arabic or Hebrew word without what is written on to it; None where there is nothing or it is not safe to say.

    `light` is the word with its alef forms kept: an article's alef never carries a hamza (ألمانيا has no article).
    """
    if token in ROOTED:
        return None
    if "\u05d0" <= token[0] <= "\u05ea":
        match = HEBREW_PARTICLE.match(token)
        return token[match.end() :] if match else None
    article = ARTICLE.match(light)
    if article and len(light) == len(token):
        return token[article.end() :]
    particle = PARTICLE.match(token)
    return token[particle.end() :] if particle else None


class LightTable(dict[int, str]):
    """Like TABLE, but alefs with a hamza or madda stay as they are."""

    def __missing__(self, code: int) -> str:
        light = self[code] = chr(code) if chr(code) in "أإآ" else TABLE[code]
        return light


LIGHT = LightTable()


def alternatives(text: str, folded: list[str]) -> Iterator[tuple[int, str]]:
    """The bare forms beside a text's tokens, each with its token's place; none for most scripts.

    `folded` is `tokens(text)`.
    """
    if text.isascii() or not SEMITIC.search(text):
        return
    composed = unicodedata.normalize("NFC", mend_hebrew(text))
    light = parted(composed.translate(LIGHT))
    if len(light) != len(folded):
        light = folded
    for at, (token, kept) in enumerate(zip(folded, light, strict=True)):
        if len(token) > 3 and "\u05d0" <= token[0] <= "\u064a" and (form := bare(token, kept)):
            yield at, form


def without_article(text: str) -> str | None:
    """A query's single Arabic word without its article, folded: the article tells no two words apart."""
    found = tokens(text)
    if len(found) != 1 or found[0] in ROOTED or not SEMITIC.match(found[0]) or "\u05d0" <= found[0][0] <= "\u05ea":
        return None
    light = unicodedata.normalize("NFC", text).translate(LIGHT).split()
    article = ARTICLE.match(light[0]) if light else None
    return found[0][article.end() :] if article and len(light[0]) == len(found[0]) else None


# -- the way back ------------------------------------------------------------------------------------------------------

BLOCK = 128
"""Code points folded at once to find the way back; a power of two."""


class Folded:
    """A text with its folding, and the way from an offset there to one here.

    `span(start, end)` is the shortest `[start, end)` of the text, in code points, whose folding covers that stretch of
    `folded`; marks that follow the last letter belong to it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._straight = text.isascii()
        self._source = "" if self._straight else mend_hebrew(text)
        self._starts: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`folded[start:end]` as a stretch of the text; `start < end`."""
        if self._straight:
            return start, end
        first, last = self._origin(start), self._origin(end - 1) + 1
        while last < len(self._source) and not TABLE[ord(self._source[last])] and not self._joiner(last):
            last += 1
        return first, last

    def _joiner(self, at: int) -> bool:
        return unicodedata.category(self._source[at]) == "Cf"

    def _origin(self, at: int) -> int:
        """The code point of the text that folded to the one at `at`."""
        if self._starts is None:
            blocks = range(0, len(self._source), BLOCK)
            lengths = (folded_length(self._source[block : block + BLOCK]) for block in blocks)
            self._starts = list(accumulate(lengths, initial=0))
        block = bisect_right(self._starts, at) - 1
        origin, missing, size = block * BLOCK, at - self._starts[block], BLOCK
        while size > 1:
            size //= 2
            length = folded_length(self._source[origin : origin + size])
            if missing >= length:
                origin, missing = origin + size, missing - length
        return origin


def folded_length(text: str) -> int:
    """Code points of the folding of a piece."""
    return len(text) if text.isascii() else len(text.translate(TABLE))
