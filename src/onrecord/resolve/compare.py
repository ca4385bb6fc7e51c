"""How alike two names are, and why, in words.

The words of the two names are matched one to one: the same, then the likest. What is left over, and how the matched
ones differ, are features with weights (`features.py`); nothing else goes into the value. Method: alignment of name
parts as in nomenklatura's matcher, consonant skeletons for scripts without vowels (text/transliteration.py).
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import regex
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from onrecord.model import Score
from onrecord.resolve.features import FEATURES, MERGE
from onrecord.resolve.nameforms import Head, Prepared, prepared
from onrecord.resolve.wordforms import Word, word
from onrecord.text.transliteration import DEFECTIVE, agree

__all__ = ["MERGE", "Prepared", "blocks", "compare", "prepared"]

DOUBTS = {
    "first-letter": "typing-error", "cut": "", "long-gap": "middle-name", "patronymic": "middle-name",
    "given-name-lacks": "middle-name", "last-names": "middle-name", "head": "different", "head-lacks": "goes-on",
}  # fmt: skip
"""Features that go with another one and are no further doubt."""
ERRORS = ((4, 1), (7, 2))
"""Letters that two words must have, on an average, for so many typing errors; three make another word."""
SURE_CONSONANTS = 3
"""Consonants that names in two scripts must share to be taken for one."""
LONG = 6
"""Letters from which a name with a space in it, and one without, are the same: An Na is not Anna."""
UNLIKE = 45.0
"""Below this likeness of the letters in a row (rapidfuzz's ratio) two names of one script are not looked at further."""
_SIGNS = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]")
"""Letters that are a syllable or a word each: one that differs is no typing error."""
FAR = 1.5
"""Words at least that differ between names that a quick look finds unlike."""
SYLLABLE = 5
"""A name whose words are no longer is one of syllables (Korean, Chinese): a letter more or less is another name."""


_SAYS = regex.compile(r"[\p{L}\p{N}]")


class Found(NamedTuple):
    """A feature found, how much of it, and the words that it is about."""

    feature: str
    amount: float = 1.0
    about: str = ""


def blocks(name: Prepared) -> frozenset[str]:
    """Keys under which names that may be one stand together.

    Two names that `compare` puts at MERGE or above share one.
    """
    return name.keys


def compare(one: Prepared, other: Prepared) -> Score:
    """How far two names are one name: 1.0 for one key, MERGE or more for variants, under 0.7 for two names.

    `compare(a, b) == compare(b, a)`.
    """
    if one.kind and other.kind and one.kind != other.kind:
        return Score(0.0, f"one is {_a(min(one.kind, other.kind))}, the other {_a(max(one.kind, other.kind))}", {})
    if one.key == other.key:
        return Score(
            1.0,
            "the same but for case, accents, articles and titles in front" * (one.name != other.name) or "the same",
            {},
        )
    if not (_says(one.key) and _says(other.key)):
        return Score(0.0, "one of them has no letter and no figure", {})
    if (other.key, other.name) < (one.key, one.name):
        one, other = other, one
    return _scored(one, other, _findings(one, other))


def _says(key: str) -> bool:
    """Whether a key holds a letter or a figure; nearly all begin with one."""
    return key[:1].isalnum() or _SAYS.search(key) is not None


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _scored(one: Prepared, other: Prepared, found: list[Found]) -> Score:
    doubts = {DOUBTS.get(each.feature, each.feature) for each in found if FEATURES[each.feature].most < MERGE} - {""}
    found = [*found, Found("doubts", len(doubts) - 1)] if len(doubts) > 1 else found
    value, features = _valued(found)
    if value >= MERGE and one.keys.isdisjoint(other.keys):
        found = [*found, Found("no-common-block")]
        value, features = _valued(found)
    words = dict.fromkeys(FEATURES[each.feature].words.format(each.about) for each in found)
    return Score(value, "; ".join(words), features)


def _valued(found: list[Found]) -> tuple[float, dict[str, float]]:
    value, most = 1.0, 0.99
    features: dict[str, float] = {}
    for feature, amount, _ in found:
        row = FEATURES[feature]
        value -= row.weight * amount
        most = min(most, row.most)
        features[feature] = round(features.get(feature, 0.0) + amount, 3)
    return round(max(0.0, min(value, most)), 3), features


def _findings(one: Prepared, other: Prepared) -> list[Found]:
    if _far(one, other):
        unlike = 1 - ratio(one.joined, other.joined) / 100
        return [Found("different", FAR + unlike, f"{one.words[0].text}/{other.words[0].text}")]
    acronym = _acronym(one, other)
    if acronym:
        return acronym
    found = _frame(one, other)
    if one.whole == other.whole and one.numbers == other.numbers and one.order != other.order:
        return [*found, Found("spacing" if len(one.whole) >= LONG else "short-spacing")]
    found += _bodies(one, other) if one.body or other.body else []
    return found + _rest(one, other) or [Found("small-words")]


def _far(one: Prepared, other: Prepared) -> bool:
    """A quick look: names of one script, neither an acronym, with no word in common, whose letters are unlike."""
    if (
        not one.words
        or not other.words
        or one.letters != other.letters
        or one.acronym
        or other.acronym
        or one.texts & other.texts
    ):
        return False
    return ratio(one.joined, other.joined) < (UNLIKE if len(one.words) == len(other.words) else UNLIKE - 10)


def _acronym(one: Prepared, other: Prepared) -> list[Found]:
    if (one.acronym and one.acronym in other.initials) or (other.acronym and other.acronym in one.initials):
        return [Found("acronym")]
    return []


# -- what stands round the words that matter ---------------------------------------------------------------------------


def _frame(one: Prepared, other: Prepared) -> list[Found]:
    """Articles, titles, legal forms; the state of the letters."""
    found = [
        Found(feature) for feature in ("articles", "surname_first") if getattr(one, feature) != getattr(other, feature)
    ]
    found = [each._replace(feature=each.feature.replace("_", "-")) for each in found]
    for dropped in sorted(one.dropped ^ other.dropped):
        feature, _, about = dropped.partition(" ")
        found.append(Found(feature, 1.0, f"“{about}”"))
    if one.legal and other.legal and one.legal != other.legal:
        found.append(Found("legal-form"))
    elif one.legal != other.legal:
        found.append(Found("legal-form-missing"))
    found += [
        Found(f) for f, seen in (("mixed-scripts", one.mixed or other.mixed), ("cut", one.cut or other.cut)) if seen
    ]
    return found


def _bodies(one: Prepared, other: Prepared) -> list[Found]:
    """The heads: the same, one in another number, translated, different, lacking."""
    left, right = list(one.heads), list(other.heads)
    found: list[Found] = []
    for feature, same in _HEADS:
        if feature == "transliteration" and not (one.transliterated and other.transliterated):
            continue
        for head in tuple(left):
            match = next((each for each in right if same(head, each)), None)
            if match is not None:
                left.remove(head)
                right.remove(match)
                found += [Found(feature, 1.0, f"{head.text}/{match.text}")] * bool(feature)
    if left and right:
        found.append(Found("head", 1.0, f"{left[0].text}/{right[0].text}"))
    elif left or right:
        found.append(Found("head-lacks", 1.0, f"“{(left or right)[0].text}”"))
    if one.order != other.order and sorted(one.order) == sorted(other.order):
        found.append(Found(_moved(one, other)))
    return found


def _moved(one: Prepared, other: Prepared) -> str:
    """Parts in another order are the same where one name has them behind "of" and the other in front ("Union of Velna",
    "Velna Union"), or where it is a head and a name ("River Velna"). With as many "of" in both they mean something
    else: "Embassy of Velna in Orsk" and "Embassy of Orsk in Velna"."""
    alone = len(one.order) == 2 and len(one.heads) == 1
    return "head-moved" if alone or one.related != other.related else "word-order"


def _plain(text: str, transliterate: bool = True) -> Word:
    return word(text, text, text, False, transliterate)


def _sounds_like(one: Head, other: Head) -> bool:
    first, second = (_plain(head.text) for head in (one, other))
    return first.script != second.script and _agree(first, second)


_HEADS = (
    ("", lambda one, other: one.text == other.text),
    ("head-number", lambda one, other: one.word == other.word),
    ("transliteration", _sounds_like),
    ("head-translated", lambda one, other: bool(one.senses & other.senses)),
)
"""What two heads may be to each other, the closest first; nothing for the same."""


# -- the words that tell whose name it is ------------------------------------------------------------------------------


def _rest(one: Prepared, other: Prepared) -> list[Found]:
    found = _numbers(one, other)
    found_words, pairs, left, right = _aligned(one, other)
    found += found_words + _across(one, other)
    if left or right:
        found += _left_over(one, other, left, right)
    if any(later < earlier for earlier, later in pairwise(pairs)):
        found.append(Found(_turned(one, other, pairs)))
    return found


def _turned(one: Prepared, other: Prepared, pairs: list[int]) -> str:
    """What it is when the words stand in another order: of a body's name, a part after "of" may go in front."""
    if one.body or other.body:
        turn = pairs.index(min(pairs))
        return _moved(one, other) if pairs[turn:] + pairs[:turn] == sorted(pairs) else "word-order"
    return "descent-reversed" if one.descent or other.descent else "word-order"


def _numbers(one: Prepared, other: Prepared) -> list[Found]:
    if one.numbers == other.numbers:
        return []
    about = "/".join(" ".join(each) or "none" for each in (one.numbers, other.numbers))
    return [Found("number" if one.numbers and other.numbers else "number-lacks", 1.0, about)]


def _across(one: Prepared, other: Prepared) -> list[Found]:
    """In two scripts, of which one writes no vowels, too few consonants are no proof."""
    if one.letters == other.letters or not (one.letters | other.letters) & DEFECTIVE:
        return []
    heard = min(sum(len(w.readings[0].sounds) for w in name.words if w.readings) for name in (one, other))
    return [Found("few-consonants")] if heard + 2 * len(one.heads) < SURE_CONSONANTS else []


class Aligned(NamedTuple):
    """`pairs`: of each matched word of the one in order, the place of its fellow in the other; the rest by place."""

    found: list[Found]
    pairs: list[int]
    left: list[int]
    right: list[int]


def _aligned(one: Prepared, other: Prepared) -> Aligned:
    pairs: dict[int, int] = {}
    left, right = list(range(len(one.words))), list(range(len(other.words)))
    if one.texts & other.texts:
        for i in tuple(left):
            j = next((j for j in right if other.words[j].text == one.words[i].text), None)
            if j is not None:
                pairs[i] = j
                left.remove(i)
                right.remove(j)
    loose = one.romanised or other.romanised
    careful = not loose and _syllables(one) and _syllables(other)
    options = []
    for i in left:
        for j in right:
            like = _likeness(one.words[i], other.words[j], loose, careful)
            if like is not None:
                options.append((FEATURES[like.feature].weight * like.amount, abs(i - j), i, j, like))
    found = []
    for _, _, i, j, like in sorted(options):
        if i in left and j in right:
            pairs[i] = j
            left.remove(i)
            right.remove(j)
            found.append(like)
            first, second = one.words[i].roman[:1], other.words[j].roman[:1]
            if like.feature == "typing-error" and first != second:
                found.append(Found("first-letter", 1.0, f"{first}/{second}"))
    return Aligned(found, [pairs[i] for i in sorted(pairs)], left, right)


def _syllables(name: Prepared) -> bool:
    return len(name.words) > 2 and all(len(each.text) <= SYLLABLE for each in name.words)


def same_sound(one: str, other: str) -> bool:
    """Whether two folded words are the same, or are it by sound in different scripts."""
    if one == other:
        return True
    first, second = _plain(one), _plain(other)
    return first.script != second.script and _agree(first, second)


def sounds(text: str) -> tuple[str, ...]:
    """Keys of a folded word: two words of `same_sound` share one nearly always."""
    return (text, *_plain(text).skeletons)


def _agree(one: Word, other: Word) -> bool:
    across = one.script != other.script
    return any(agree(first, second, across=across) for first in one.readings for second in other.readings)


def _likeness(one: Word, other: Word, loose: bool, careful: bool) -> Found | None:
    """What two different words are to each other, or None: two different words."""
    about = f"{one.text}/{other.text}"
    if one.text == other.text:
        return Found("small-words", 0.0)
    if one.looks == other.looks and (one.mixed or other.mixed or one.script != other.script):
        return Found("mixed-scripts", 1.0, about)
    if one.initial != other.initial:
        return Found("initial", 1.0, about) if one.roman[:1] == other.roman[:1] else None
    if one.initial:
        return None
    across = one.script != other.script
    if across and not (one.readings and other.readings):
        same = "other" in (one.script, other.script) and one.roman == other.roman
        return Found("other-script", 1.0, about) if same and one.roman else None
    if (one.given or one.also) and (other.given or other.also):
        return _given(one, other, across, about)
    if one.opposed is not None and one.opposed == other.opposed:
        return None
    if loose and (one.glued or other.glued) and one.glued != other.glued:
        like = _likeness(_plain(one.glued or one.text), _plain(other.glued or other.text), loose, careful)
        if like and like.feature in ("small-words", "spelling", "transliteration"):
            return Found("articles")
    if not one.forms.isdisjoint(other.forms):
        return Found("diacritics", 1.0, about)
    if one.also & other.also:
        return Found("nickname", 1.0, about)
    written_alike = not across and one.script in DEFECTIVE
    if not careful and not written_alike and _agree(one, other):
        sure = across or (loose and len(one.readings[0].sounds) > 1)
        return Found(("transliteration" if across else "spelling") if sure else "sound", 1.0, about)
    return None if careful else _typing(one, other, about)


def _given(one: Word, other: Word, across: bool, about: str) -> Found | None:
    if one.given and one.given == other.given:
        return Found("transliteration" if across else "spelling", 1.0, about)
    if one.also & other.also:
        return Found("nickname", 1.0, about)
    # Salim writes two names: سالم, and سليم, which is never Salem
    return Found("sound", 1.0, about) if one.given and other.given and _agree(one, other) else None


def _typing(one: Word, other: Word, about: str) -> Found | None:
    first, second = one.roman, other.roman
    if one.script == other.script:
        first, second = one.text, other.text
    elif DEFECTIVE & {one.script, other.script}:
        return None
    if _feminine(first, second) or _feminine(second, first):
        return None
    if _SIGNS.match(first) or _SIGNS.match(second):
        return None
    letters = (len(first) + len(second)) // 2
    most = max((errors for least, errors in ERRORS if letters >= least), default=0)
    errors = OSA.distance(first, second, score_cutoff=most) if most else 1
    return Found("typing-error", errors, about) if errors <= most else None


def _feminine(one: str, other: str) -> bool:
    """Samir and Samira, Orlanov and Orlanova are two people."""
    return len(one) > 3 and other[:-1] == one and other[-1] in "aаهα"


# -- words without a fellow --------------------------------------------------------------------------------------------


def _left_over(one: Prepared, other: Prepared, left: list[int], right: list[int]) -> list[Found]:
    here, there = [one.words[i] for i in left], [other.words[j] for j in right]
    if here and there:
        return _together(here, there, one, other) or _different(here, there)
    name, places = (one, left) if left else (other, right)
    shorter = other if left else one
    about = "“" + " ".join(name.words[at].text for at in places) + "”"
    if one.body or other.body:
        return [Found("goes-on", 1.0, about)]
    return _lacking(name, places, shorter, about)


def _together(here: list[Word], there: list[Word], one: Prepared, other: Prepared) -> list[Found]:
    """What is left of both, written as one word, or as initials."""
    first, second = ("".join(each.text for each in words) for words in (here, there))
    for short, full in ((here, there), (there, here)):
        if len(short) == 1 and len(full) > 1 and short[0].text == "".join(each.roman[:1] for each in full):
            return [Found("initials", 1.0, short[0].text)]
    if len(here) == len(there) == 1:
        return []
    if first == second:
        return [Found("spacing" if len(first) >= LONG else "short-spacing")]
    sounded = one.transliterated and other.transliterated
    joined = _plain(first, sounded), _plain(second, sounded)
    like = _likeness(*joined, one.romanised or other.romanised, False)
    near = like and like.amount == 1 and like.feature in ("typing-error", "spelling", "transliteration", "sound")
    return [Found("spacing"), like] if like and near else []


def _different(here: list[Word], there: list[Word]) -> list[Found]:
    about = f"{here[0].text}/{there[0].text}"
    return [Found("different", min(len(here), len(there)) + 0.25 * abs(len(here) - len(there)), about)]


def _lacking(name: Prepared, places: list[int], shorter: Prepared, about: str) -> list[Found]:
    """A person's name that has words more than the other."""
    counts = Counter(each.text for each in name.words)
    if all(counts[name.words[at].text] > 1 for at in places):
        return [Found("twice", 1.0, about)]
    if len(shorter.words) == 1:
        return [Found("one-word", 1.0, about)]
    found = []
    for at in places:
        each = name.words[at]
        if each.patronymic:
            found.append(Found("patronymic", 1.0, f"“{each.text}”"))
        elif at == 0:
            found.append(Found("given-name-lacks", 1.0, f"“{each.text}”"))
        elif at == len(name.words) - 1:
            found.append(Found("last-names", 1.0, f"“{each.text}”"))
        else:
            found.append(Found("middle-name", 0.5 if each.initial else 1.0, f"“{each.text}”"))
    return [*found, Found("long-gap")] if len(places) > 2 else found
