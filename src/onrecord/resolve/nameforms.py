"""A name taken apart once, for every comparison it will be in.

Words are folded and classed by the word lists: titles and words of honour, legal forms, small words and particles,
numbers, heads ("Brigades", "Council"), and the rest, which tells whose name it is. Joined parts are joined in one way
(Abd al-Karim, Izz ad-Din), articles cut off, a surname in front (before a comma, or alone in capitals) put behind.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product
from math import prod

import regex
from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import EntityType
from onrecord.resolve.namewords import Words, words
from onrecord.resolve.wordforms import Word, word
from onrecord.text.folding import fold
from onrecord.text.names import folded
from onrecord.text.transliteration import looks_like, scripts, skeletons

LONGEST = 300
"""Code points of a name that are compared; no name is longer, and a whole page given for one must cost no more."""
MOST_WORDS = 16
MOST_BLOCKS = 24
SHORT = 3
"""Consonants of a name under which too many names would share them: such a name stands under narrower keys."""

_RAW = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’ʼʿʾ‘`´ʻ\"״׳][\p{L}\p{M}\p{N}]+)*|[,،，](?=\s*\S)")
_DOTTED = regex.compile(r"(?<!\w)(?:\p{L}\.){2,}(?:\p{L}(?!\w))?|(?<!\w)\p{L}\.\p{L}(?!\w)")
_FORMAT = regex.compile(r"[\p{Cf}\p{Cs}]+")
_CONTROL = regex.compile(r"[\p{Cc}\p{Cn}\p{Co}\s]+")
_QUOTES = regex.compile(r"['’ʼʿʾ‘`´ʻ\"״׳]")
_POSSESSIVE = regex.compile(r"(?<=\p{Latin}{2})['’]s$")
_ELISION = regex.compile(r"^[ldLD]['’](?=\p{Latin}{3})")
_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})
_SUN = frozenset(
    ["ad", "an", "ar", "as", "ash", "at", "az", "ed", "en", "er", "es", "esh", "et", "ez", "ud", "ur", "us"]
)
_UNRELATING = frozenset(
    ["the", "a", "an", "and", "la", "le", "les", "el", "los", "las", "et", "y", "e", "und", "и", "و"]
)
"""Small words that say nothing of how the parts of a name belong together."""
_ARTICLES = frozenset(["al", "el", "ul", "аль", "эль"])
_DIN_ALONE = frozenset(["din", "deen", "dine", "deine", "eddin", "eddine", "uddin", "دين"])
_GOD = frozenset(["allah", "ullah", "الله", "illah"])
_ARABIC_SERVANT = regex.compile(r"^عبدال(?=.{3})")
_NO_NAMES = frozenset(["the", "of", "and", "al", "el"])
"""Small words that are no one's name even in capitals."""
_ORDINAL = regex.compile(r"^(\d{1,18})(?:st|nd|rd|th|er|e|eme|o|a|i|ya)$")
_ENDS_IN_NUMBER = regex.compile(r"^(\p{L}*)(\d{1,18})$")


class Head(Struct, frozen=True):
    """A word that says what kind of body or place bears the name."""

    word: str
    text: str
    senses: frozenset[int]


class Prepared(Struct, frozen=True):
    """A name taken apart: what `compare` and `blocks` need of it."""

    name: str
    kind: EntityType | None
    key: str
    words: tuple[Word, ...]
    """The words that tell whose name it is, in order, a surname last."""
    texts: frozenset[str]
    """All words but the dropped ones."""
    order: tuple[str, ...]
    """The same as they stand, one after another."""
    heads: tuple[Head, ...]
    numbers: tuple[str, ...]
    legal: tuple[int, ...]
    dropped: frozenset[str]
    """Words that may be missing, as "title Dr", "honour Martyr"."""
    articles: bool
    descent: bool
    body: bool
    """The words are those of a body, a place or an event, whatever `kind` says."""
    person: bool
    """The words are a person's: initials, a title, a surname before a comma."""
    surname_first: bool
    romanised: bool
    mixed: bool
    cut: bool
    transliterated: bool
    letters: frozenset[str]
    joined: str
    whole: str
    """All words but the dropped ones, without spaces."""
    initials: frozenset[str]
    acronym: str
    related: int
    """How often "of", "for", "in" or the like stands in a body's name: its parts follow one another otherwise then."""
    keys: frozenset[str]


class _Token(Struct):
    """A word as printed, and folded."""

    raw: str
    text: str
    wide: str
    looks: str
    caps: bool
    article: bool = False


def prepared(name: str, kind: EntityType | None = None, *, transliterate: bool = True) -> Prepared:
    """`name` taken apart. Any string will do: of a very long one the first words count (LONGEST, MOST_WORDS).

    `kind` is what bears the name; without it the words have to show it. With `transliterate` off a name is compared
    with those of its own script only, and as it is spelled.
    """
    text, cut = _clean(name)
    tokens, comma = _tokens(text)
    cut = cut or len(tokens) > MOST_WORDS
    return _Parts(tokens[:MOST_WORDS], comma, kind, transliterate).prepared(name, cut)


def _clean(name: str) -> tuple[str, bool]:
    cut = len(name) > LONGEST
    text = unicodedata.normalize("NFKC", name[:LONGEST].replace("[sic]", " "))
    text = _CONTROL.sub(" ", _FORMAT.sub("", text))
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), text), cut


def _tokens(text: str) -> tuple[list[_Token], int]:
    """The words, and before which of them the only comma stands (0 for none)."""
    tokens: list[_Token] = []
    commas = []
    for match in _RAW.finditer(text.replace("&", " and ")):
        raw = match[0]
        if raw in ",،，":
            commas.append(len(tokens))
            continue
        raw = _ELISION.sub("", _POSSESSIVE.sub("", raw))
        dot = text[match.end() : match.end() + 1] == "."
        folded_word, wide, looks = _word(raw)
        if folded_word:
            tokens.append(_Token(raw + "." * dot, folded_word, wide, looks, raw.isupper() and len(raw) > 1))
    return tokens, commas[0] if len(commas) == 1 else 0


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> tuple[str, str, str]:
    """A printed word folded; folded with its umlauts written out; folded as it looks to a reader of Latin letters."""
    raw = _QUOTES.sub("", raw)
    if raw.isascii():
        plain = _spelled(raw)
        return plain, plain, plain
    return _spelled(raw), _spelled(raw.casefold().translate(_UMLAUT)), _spelled(looks_like(raw))


def _spelled(raw: str) -> str:
    # composed, for a syllable of Hangul is one letter
    plain = unicodedata.normalize("NFC", fold(raw.casefold()).replace(" ", ""))
    return words().spelled.get(plain, plain)


class _Parts:
    """The classing of a name's words, one step after another; each step leaves at least one word."""

    def __init__(self, tokens: list[_Token], comma: int, kind: EntityType | None, transliterate: bool) -> None:
        self.known: Words = words()
        self.tokens, self.comma, self.kind, self.transliterate = tokens, comma, kind, transliterate
        self.dropped: set[str] = set()
        self.legal: list[int] = []
        self.heads: list[Head] = []
        self.numbers: list[str] = []
        self.descent = self.articles = self.surname_first = False
        self.related = 0

    def prepared(self, name: str, cut: bool) -> Prepared:
        key = folded(name)
        long = [token.text for token in self.tokens]
        acronym = long[0] if len(long) == 1 and self.tokens[0].caps and 2 <= len(long[0]) <= 8 else ""
        self._drop_legal()
        body = self._is_body()
        titled = self._drop_titles(body)
        self._join()
        if not body:
            self._surname_behind()
        person = not body and (titled or self.surname_first or self.descent)
        letters = frozenset().union(*(scripts(token.text) for token in self.tokens))
        initials = _initials(self.tokens, self.known.small)
        self._drop_small(body)
        self._take_numbers(body)
        order = tuple(token.text for token in self.tokens)
        if body and len(self.tokens) > 1:
            self._take_heads()
        made = tuple(
            word(token.text, token.wide, token.looks, _initial(token), self.transliterate) for token in self.tokens
        )
        core = Prepared(
            name=name, kind=self.kind, key=key, words=made,
            texts=frozenset(order), order=order, heads=tuple(self.heads), numbers=tuple(sorted(self.numbers)),
            legal=tuple(sorted(set(self.legal))), dropped=frozenset(self.dropped), articles=self.articles,
            descent=self.descent, body=body, person=person or any(each.initial for each in made),
            surname_first=self.surname_first, romanised=self._romanised(letters),
            mixed=any(each.mixed for each in made) or ("Latn" in letters and bool(letters & {"Cyrl", "Grek"})),
            cut=cut, transliterated=self.transliterate, letters=letters, joined="".join(each.text for each in made),
            whole="".join(order),
            initials=initials, acronym=acronym, related=self.related, keys=frozenset(),
        )  # fmt: skip
        return replace(core, keys=_keys(core))

    def _drop_legal(self) -> None:
        all_capitals = all(token.raw.isupper() for token in self.tokens)
        while len(self.tokens) > 1:
            for size in range(min(5, len(self.tokens) - 1), 0, -1):
                last, first = (
                    tuple(token.text for token in part) for part in (self.tokens[-size:], self.tokens[:size])
                )
                if last in self.known.legal and self._surely_legal(self.tokens[-size:], all_capitals):
                    self.legal.append(self.known.legal[last])
                    del self.tokens[-size:]
                    break
                if first in self.known.legal_front and self._surely_legal(self.tokens[:size], all_capitals):
                    self.legal.append(self.known.legal[first])
                    del self.tokens[:size]
                    break
            else:
                return

    def _surely_legal(self, tokens: list[_Token], all_capitals: bool) -> bool:
        ambiguous = len(tokens) == 1 and tokens[0].text in self.known.legal_in_capitals
        return not ambiguous or self.kind == "organization" or (tokens[0].raw.isupper() and not all_capitals)

    def _is_body(self) -> bool:
        if self.kind is not None:
            return self.kind != "person"
        known = self.known
        return bool(self.legal) or any(
            _bare_arabic(token.text) in known.heads
            or token.text in known.bodies
            or token.text.isdigit()
            or (token.raw in ("of", "for", "and", "des", "для", "של") and at > 0)
            for at, token in enumerate(self.tokens)
        )

    def _drop_titles(self, body: bool) -> bool:
        """Titles in front and behind of a person's name, words of honour anywhere."""
        before = len(self.dropped)
        honours = [
            token
            for token in self.tokens
            if (_bare_arabic(token.text) in self.known.honours if body else token.text in self.known.honours_of_persons)
        ]
        if honours and len(honours) < len(self.tokens):
            self.tokens = [token for token in self.tokens if token not in honours]
            self.dropped |= {f"honour {token.raw}" for token in honours}
        while not body and len(self.tokens) > 1:
            listed = (self.known.titles, self.known.titles_behind)
            ends = [at for at in (0, -1) if _bare_arabic(self.tokens[at].text) in listed[at]]
            if not ends:
                break
            if self.comma and ends[0] == 0:
                self.comma -= 1
            self.dropped.add(f"title {self.tokens.pop(ends[0]).raw}")
        return len(self.dropped) > before

    def _join(self) -> None:
        """Articles go to the word behind them; Abd and its name, X and ad-Din become one word."""
        joined: list[_Token] = []
        article = False
        for at, token in enumerate(self.tokens):
            following = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
            text = token.text
            if following and (
                text in _ARTICLES or (text in _SUN and len(following) > 2 and following.startswith(text[1:]))
            ):
                article = True
                if self.comma > at:
                    self.comma -= 1
                continue
            if self._has_article(token):
                article, text = True, text[2:]
            text = _ARABIC_SERVANT.sub("عبد", text)
            last = joined[-1] if joined else None
            if last is not None and (text in _GOD or (text in _DIN_ALONE and len(last.text) > 1)):
                joined[-1] = _Token(last.raw, *3 * (last.text + _tail(text),), last.caps, last.article)
            elif last is not None and last.text in self.known.servant:
                stem = "عبد" if last.text[0] == "ع" else last.text if not last.text.isascii() else "abd"
                joined[-1] = _Token(last.raw, *3 * (stem + text,), last.caps, True)
            else:
                same = text == token.text
                wide, looks = (token.wide, token.looks) if same else (text, text)
                joined.append(_Token(token.raw, text, wide, looks, token.caps, article))
            self.articles |= article
            article = False
        self.comma = self.comma if len(joined) > self.comma else 0
        self.tokens = joined

    def _has_article(self, token: _Token) -> bool:
        """Of an Arabic word; an alef with a hamza is no article's, and ألوية is also printed without."""
        if not token.text.startswith("ال") or len(token.text) < 5 or token.raw[0] in "أإآ":
            return False
        return token.text not in self.known.heads or token.text[2:] in self.known.heads

    def _surname_behind(self) -> None:
        first = self.comma
        if not first:
            caps = [token.caps for token in self.tokens]
            first = caps.index(False) if False in caps else 0
            if any(caps[first:]) or len(caps) > 6 or not all(token.raw[0].isupper() for token in self.tokens[first:]):
                first = 0
            if any(len(token.raw) < 3 for token in self.tokens[:first]):
                first = 0
        if 0 < first < len(self.tokens):
            self.tokens = self.tokens[first:] + self.tokens[:first]
            self.surname_first = True

    def _drop_small(self, body: bool) -> None:
        known = self.known
        kept = []
        for at, token in enumerate(self.tokens):
            small = token.text in known.small and (body or not token.raw[0].isupper() or token.text in _NO_NAMES)
            particle = at > 0 and token.text in known.particles
            particle &= body or not token.raw[0].isupper() or token.text in known.descent
            if _initial(token) or not (small or particle):
                kept.append(token)
                continue
            self.descent |= token.text in known.descent
            self.related += body and at > 0 and token.text not in _UNRELATING
            if particle:
                self.dropped.add(f"particle {token.raw}")
        self.tokens = kept or self.tokens

    def _take_numbers(self, body: bool) -> None:
        """Figures and number words; in a body's name also those written on to a word, and Roman ones at its end."""
        kept: list[_Token] = []
        tens = 0
        for at, token in enumerate(self.tokens):
            stem, value = self._number(token, body, at)
            if value is None:
                kept.append(token)
                continue
            if tens and value < 10:
                self.numbers[-1] = str(tens + value)
            else:
                self.numbers.append(str(value))
            tens = value if value in range(20, 100, 10) and token.text in self.known.numbers else 0
            if stem:
                kept.append(_Token(*4 * (stem,), token.caps))
        self.tokens = kept

    def _number(self, token: _Token, body: bool, at: int) -> tuple[str, int | None]:
        """The letters before a number, and the number that a word is."""
        if match := _ORDINAL.match(token.text):
            return "", int(match[1])
        if match := _ENDS_IN_NUMBER.match(token.text):
            return (match[1], int(match[2])) if body or not match[1] else ("", None)
        if self.kind == "person" or len(self.tokens) == 1:
            return "", None
        roman = self.known.roman.get(token.text) if body and at and token.raw.isupper() else None
        return "", self.known.numbers.get(token.text, roman)

    def _take_heads(self) -> None:
        kept = []
        for token in self.tokens:
            head = self.known.heads.get(token.text)
            if head:
                self.heads.append(Head(head[0], token.text, head[1]))
            else:
                kept.append(token)
        self.tokens = kept

    def _romanised(self, letters: frozenset[str]) -> bool:
        if self.articles or self.descent or letters - {"Latn"}:
            return True
        known = self.known
        return any(
            token.text in known.romanised
            or known.given.get(token.text, token.text) in _from_elsewhere()
            or (len(token.text) > 5 and token.text.endswith(known.romanised_endings))
            for token in self.tokens
        )


@lru_cache(maxsize=1)
def _from_elsewhere() -> frozenset[str]:
    """The first spellings of given names that another script writes."""
    known = words()
    return frozenset(first for word, first in known.given.items() if not word.isascii())


def _tail(text: str) -> str:
    if text == "الله":
        return "له"
    return "allah" if text in _GOD else text if text == "دين" else "din"


def _initial(token: _Token) -> bool:
    return len(token.text) == 1 and (token.raw[0].isupper() or token.raw.endswith("."))


def _bare_arabic(text: str) -> str:
    return text[2:] if text.startswith("ال") and len(text) > 4 else text


def _initials(tokens: list[_Token], small: frozenset[str]) -> frozenset[str]:
    """The first letters of a name's words, with and without the small ones; none of a name of one or two words."""
    if len(tokens) < 2:
        return frozenset()
    letters = ("".join(token.text[0] for token in kept) for kept in (
        tokens, [token for token in tokens if token.text not in small]
    ))  # fmt: skip
    return frozenset(each for each in letters if len(each) > 1)


def _keys(name: Prepared) -> frozenset[str]:
    """Under what the name is looked for: its key; its words' consonants, sorted, with heads and numbers; all of it in a
    row, for names that differ in spaces only."""
    rest = " ".join((*sorted(head.word for head in name.heads), *name.numbers))
    keys = {f"={name.key[:80]}"}
    choices = [each.skeletons for each in name.words]
    if sum(max(map(len, each), default=0) for each in choices) < SHORT:
        choices = [_short(each) for each in name.words]
    if prod(map(len, choices)) > MOST_BLOCKS:
        choices = [each[:1] for each in choices]
    keys.update(f"~{' '.join(sorted(chosen))}|{rest}" for chosen in product(*choices))
    numbers = " ".join(name.numbers)
    keys.add(f"_{name.whole}|{numbers}")
    if name.romanised:
        whole = word(name.whole, name.whole, name.whole, False, name.transliterated).skeletons
        keys.update(f"_{skeleton}|{numbers}" for skeleton in whole if len(skeleton) >= SHORT)
    return frozenset(keys)


def _short(each: Word) -> tuple[str, ...]:
    """The same for a short word: its consonants in narrow classes, or, where there is only one, its letters."""
    fine = {skeleton for reading in each.readings for skeleton in skeletons(reading, fine=True) if len(skeleton) > 1}
    return tuple(f"{skeleton}'" for skeleton in sorted(fine)) or (each.roman,)
