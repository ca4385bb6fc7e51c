"""How a word of a name sounds across scripts: letters of six scripts as sounds that can be compared.

Cyrillic and Greek words, and those of scripts that only anyascii knows, are written in Latin letters first
(`romanised`). Arabic, Persian and Hebrew write few vowels and give many letters several sounds, so they are not
written out: each letter stands for the set of sounds that the usual romanisations give it (`ARABIC`, `HEBREW`), and a
long vowel for a mark between two consonants. A word in Latin letters becomes the same kind of thing, a `Reading`:
consonants, and what vowels lie between them. Two readings agree when their consonants have sounds in common and their
vowels do not contradict each other (`agree`).

The letter tables follow the romanisations of ALA-LC, BGN/PCGN and DIN 31635 and newspapers' habits beside them
(q for ق, but also k and g; ch for ش in French).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

import regex
from anyascii import anyascii
from msgspec import Struct

SOUNDS = "bptdkqgjfvszmnlrhšxčžθðġcŝ"
"""The consonants told apart: θ th, ð dh, ġ gh, x kh, c ts, ŝ shch; the others as in Czech."""
BIT = {sound: 1 << at for at, sound in enumerate(SOUNDS)}
A, I, U = 1, 2, 4  # noqa: E741
"""The three vowels that the scripts tell apart."""
VOWELS = {"a": (A, A), "e": (A | I, 0), "i": (I, I), "y": (I, I), "o": (U, U), "u": (U, U), "w": (U, U)}
"""Of a Latin vowel: which it may be, which it surely is."""

LATIN = {
    "shch": "ŝ", "sch": "š", "tch": "č", "dzh": "j", "dj": "j", "sh": "š", "kh": "x", "ch": "čxš", "zh": "ž", "th": "θ",
    "dh": "ð", "gh": "ġ", "ph": "f", "ts": "c", "tz": "c", "ck": "k", "c(?=[eiy])": "scč", "c$": "kcč", "c": "k",
    "ff$": "fv",
} | {sound: sound for sound in SOUNDS if sound.isascii() and sound not in "cx"}  # fmt: skip
"""Letters to the sounds they may have; of two rows that fit, the first counts."""

ARABIC = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "θts", "ج": "jgž", "چ": "č", "ح": "h", "خ": "xh", "د": "d", "ذ": "ðdz", "ر": "r",
    "ز": "z", "ژ": "žj", "س": "s", "ش": "š", "ص": "s", "ض": "ðdz", "ط": "t", "ظ": "ðzd", "غ": "ġg", "ف": "fv",
    "ق": "qkgġ", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ڤ": "v", "ۋ": "v",
}  # fmt: skip
HEBREW = {
    "ב": "bv", "ג": "gj", "ד": "d", "ה": "h", "ז": "z", "ח": "xh", "ט": "t", "כ": "kx", "ך": "kx", "ל": "l", "מ": "m",
    "ם": "m", "נ": "n", "ן": "n", "ס": "s", "פ": "pf", "ף": "pf", "צ": "csz", "ץ": "csz", "ק": "kq", "ר": "r",
    "ש": "šs", "ת": "tθ",
}  # fmt: skip
LONG = {"ا": A, "א": A, "ي": I, "ی": I, "ى": A, "י": I, "و": U, "ו": U}
"""Letters that write a long vowel."""
SILENT = frozenset("عءأإآٱئؤע")
"""Letters that another script may leave out or write as a vowel: ayin and hamza."""
FINAL_HE = frozenset("هةה")
"""No consonant at a word's end."""
ALIKE = ("šŝ", "žj", "xh", "čc", "θts", "ðdz", "jgž", "ġg", "qkgġ")
"""Sounds that romanisations exchange, each row's first one with the others: Khr-, Hr-; th, t or s for ث; q, k or g for
ق. Th may be t or s, and t is not s for that."""
ACROSS = (*ALIKE, "vf", "gh")
"""The same between two scripts, where f and v, g and h are one letter's (-ов, -off; Hryhorii, Григорий): in one script
Vera is not Fera."""

CLASSES = {"b": "bpfv", "t": "tdθðszšžcčŝj", "k": "kqgġxh", "m": "m", "n": "n", "l": "l", "r": "r"}
"""Sounds that fall together in a skeleton: every two that `agree` calls alike, ج apart, which stands in two."""
FINE = {
    "b": "bp", "f": "fv", "t": "tθ", "d": "dð", "s": "sšcčŝ", "z": "zž", "j": "j", "k": "kqgġ", "h": "hx", "m": "m",
    "n": "n", "l": "l", "r": "r",
}  # fmt: skip
"""The same, narrower, for names so short that too many would share a skeleton."""

CYRILLIC_SERBIAN = str.maketrans(
    {"ч": "c", "ћ": "c", "ш": "s", "ж": "z", "ђ": "dj", "џ": "dz", "љ": "lj", "њ": "nj", "ј": "j", "х": "h", "ц": "c"}
)
CYRILLIC_UKRAINIAN = str.maketrans({"г": "h", "и": "y", "є": "ie", "ґ": "g"})
GREEK = {
    "ου": "ou", "^μπ": "b", "μπ": "mp", "^ντ": "d", "ντ": "nt", "γκ": "g", "γγ": "ng", "γχ": "nch", "τζ": "tz",
    "τσ": "ts", "αυ": "av", "ευ": "ev", "ει": "i", "οι": "i", "αι": "ai", "χ": "ch", "θ": "th", "φ": "f", "ψ": "ps",
    "ξ": "x", "η": "i", "υ": "y", "ω": "o", "β": "v", "γ": "g", "δ": "d", "ρ": "r", "ς": "s",
}  # fmt: skip
"""Greek digraphs and letters after ELOT 743, with b and d for μπ and ντ where a word begins with them."""

LOOKALIKES = str.maketrans(
    "аеорсхуіјѕԁһкαορνικυАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcxyijsdhkaopvikuABEKMHOPCTXYIJSABEZHIKMNOPTYX"
)
"""Cyrillic and Greek letters that look like Latin ones."""

MOST = 4
"""Readings of one word that are followed: a waw or vav in the middle may be a consonant (v) as well as a vowel."""


class Reading(Struct, frozen=True):
    """One way to sound a word.

    `sounds[i]` holds the bits of what the i-th consonant may be, `near[i]` of what it may be exchanged with in another
    script, `close[i]` in its own. Between
    them, and before and behind, lie the vowels: `may[i]` and `must[i]` those before the i-th consonant, as bits;
    `slack[i]` how many more there may be than are written. `vowels` is false for scripts that write only long ones.
    """

    sounds: tuple[int, ...]
    near: tuple[int, ...]
    close: tuple[int, ...]
    may: tuple[int, ...]
    must: tuple[int, ...]
    slack: tuple[int, ...]
    vowels: bool


def _bits(sounds: str) -> int:
    return sum(BIT[sound] for sound in sounds)


def _near(alike: Iterable[str]) -> dict[int, int]:
    """Each sound's bit to those of the sounds that it is exchanged with, and its own."""
    near = {bit: bit for bit in BIT.values()}
    for row in alike:
        for sound in row[1:]:
            near[BIT[row[0]]] |= BIT[sound]
            near[BIT[sound]] |= BIT[row[0]]
    return near


NEAR = _near(ACROSS)
CLOSE = _near(ALIKE)
_LATIN = regex.compile("|".join(f"({row})" for row in [*LATIN, "x", "[aeiouyw]"]))
_LATIN_SOUNDS = (*(_bits(sounds) for sounds in LATIN.values()), -1, 0)
_GREEK = regex.compile("|".join(f"({row})" for row in GREEK))
_GREEK_LETTERS = tuple(GREEK.values())
_SERBIAN = regex.compile("[ђћљњџј]")
_UKRAINIAN = regex.compile("[єіїґ]")
_SCRIPTS = regex.compile(r"(\p{Latin})|(\p{Cyrillic})|(\p{Greek})|(\p{Arabic})|(\p{Hebrew})|(\p{L})")
SCRIPTS = ("Latn", "Cyrl", "Grek", "Arab", "Hebr", "other")
DEFECTIVE = frozenset(["Arab", "Hebr"])
"""Scripts that write no short vowels."""
_LATIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def scripts(word: str) -> frozenset[str]:
    """The scripts of a word's letters, as ISO 15924 codes, all but five of them as "other"."""
    if word.isascii():
        return frozenset(["Latn"]) if any(map(str.isalpha, word)) else frozenset()
    return frozenset(SCRIPTS[match.lastindex - 1] for match in _SCRIPTS.finditer(word) if match.lastindex)


@lru_cache(maxsize=1 << 16)
def romanised(word: str) -> str:
    """A folded word in small Latin letters and digits; Arabic and Hebrew only as anyascii writes them."""
    if word.isascii():
        return word
    if _SERBIAN.search(word):
        word = word.translate(CYRILLIC_SERBIAN)
    elif _UKRAINIAN.search(word):
        word = word.translate(CYRILLIC_UKRAINIAN)
    word = _GREEK.sub(lambda match: _GREEK_LETTERS[(match.lastindex or 1) - 1], word)
    return "".join(filter(_LATIN_LETTERS.__contains__, anyascii(word).casefold()))


def looks_like(word: str) -> str:
    """A word with its Cyrillic and Greek letters that look like Latin ones written as those."""
    return word.translate(LOOKALIKES)


@lru_cache(maxsize=1 << 16)
def readings(word: str, script: str) -> tuple[Reading, ...]:
    """The ways to sound a folded word of a script; at most MOST of them, and at least one."""
    if script in DEFECTIVE:
        return _semitic_readings(word)
    return (_latin_reading(romanised(word)),)


class _Builder:
    """A reading as it grows: consonants, and the vowels since the last one."""

    def __init__(self) -> None:
        self.sounds: list[int] = []
        self.slots: list[tuple[int, int, int]] = []
        self.slot = (0, 0, 0)

    def vowel(self, may: int, must: int, slack: int = 0) -> None:
        self.slot = (self.slot[0] | may, self.slot[1] | must, self.slot[2] + slack)

    def consonant(self, bits: int) -> None:
        if self.sounds and self.slot == (0, 0, 0) and self.sounds[-1] == bits:
            return  # doubled
        self.sounds.append(bits)
        self.slots.append(self.slot)
        self.slot = (0, 0, 0)

    def reading(self, vowels: bool) -> Reading:
        may, must, slack = zip(*self.slots, self.slot, strict=True)
        near = tuple(_around(bits, True) if vowels else bits for bits in self.sounds)
        close = tuple(_around(bits, False) if vowels else bits for bits in self.sounds)
        return Reading(tuple(self.sounds), near, close, may, must, slack, vowels)


@lru_cache(maxsize=1 << 12)
def _around(bits: int, across: bool) -> int:
    around = 0
    for bit, near in (NEAR if across else CLOSE).items():
        if bits & bit:
            around |= near
    return around


def _latin_reading(word: str) -> Reading:
    built = _Builder()
    for match in _LATIN.finditer(word):
        bits = _LATIN_SOUNDS[(match.lastindex or 1) - 1]
        if bits == BIT["h"] and match.end() == len(word):
            continue
        if bits > 0:
            built.consonant(bits)
        elif bits:
            built.consonant(BIT["k"])
            built.consonant(BIT["s"])
        else:
            built.vowel(*VOWELS[match[0]])
    return built.reading(True)


def _semitic_readings(word: str) -> tuple[Reading, ...]:
    waws = [at for at, letter in enumerate(word) if letter in "وו"]
    free = waws[: MOST.bit_length() - 1]
    found = []
    for choice in product((False, True), repeat=len(free)):
        found.append(_semitic_reading(word, {at for at, chosen in zip(free, choice, strict=True) if chosen}))
    return tuple(found)


def _semitic_reading(word: str, consonants: set[int]) -> Reading:
    built = _Builder()
    for at, letter in enumerate(word):
        sounds = ARABIC.get(letter) or HEBREW.get(letter)
        if letter in FINAL_HE and at == len(word) - 1:
            built.vowel(0, 0, 1)
        elif at in consonants:
            built.consonant(BIT["v"])
        elif sounds:
            built.consonant(_bits(sounds))
        elif letter in LONG:
            # an alef in front only carries whatever vowel there is, a Hebrew one anywhere
            built.vowel(LONG[letter], *((0, 1) if letter == "א" or (at == 0 and letter == "ا") else (LONG[letter], 0)))
        elif letter in SILENT:
            built.vowel(0, 0, 1)
    return built.reading(False)


def agree(one: Reading, other: Reading, *, across: bool = True) -> bool:
    """Whether two readings, `across` scripts or of one, can be the same word.

    Symmetric, and not transitive: e may be a or i, but a is never i.
    """
    if len(one.sounds) != len(other.sounds) or not one.sounds:
        return False
    if any(not sounds & near for sounds, near in zip(one.sounds, other.near if across else other.close, strict=True)):
        return False
    if one.vowels and other.vowels:
        return not any(
            must & ~others_may or others_must & ~may
            for may, must, others_may, others_must in zip(one.may, one.must, other.may, other.must, strict=True)
        )
    if one.vowels or other.vowels:
        return _fits(one, other) if one.vowels else _fits(other, one)
    return True


def _fits(full: Reading, defective: Reading) -> bool:
    """Whether the vowels written in full hold the long ones, and not more besides than short ones can be."""
    last = len(full.may) - 1
    for at, (may, must, long, slack) in enumerate(
        zip(full.may, full.must, defective.must, defective.slack, strict=True)
    ):
        short = 1 if at < last else 0  # behind the last consonant a vowel is written: Samira is not سمير
        if long & ~may or (must & ~long).bit_count() > short + slack:
            return False
    return True


def skeletons(reading: Reading, fine: bool = False) -> frozenset[str]:
    """The consonants in coarse classes (`CLASSES`, or `FINE`); several where a letter stands in two.

    Two readings that agree share one nearly always: names that share none are found under no common block, and are
    not merged.
    """
    found = [""]
    for bits in reading.sounds:
        classes = _classes(bits, fine)
        if len(found) * len(classes) > MOST:
            classes = classes[:1]
        found = [skeleton + letter for skeleton in found for letter in classes]
    return frozenset(found)


@lru_cache(maxsize=1 << 12)
def _classes(bits: int, fine: bool) -> tuple[str, ...]:
    return tuple(letter for letter, sounds in (FINE if fine else CLASSES).items() if bits & _bits(sounds))
