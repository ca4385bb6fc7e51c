"""Works that a noun beside the title tells: "the novel “The Long Ferry”", "his memoir, Years on the Quay,".

The title stands in quotation marks, or in capitals where its own article, a word for "called" or a possessor and two
commas set it off. What begins with a small letter, or runs on like a sentence, is a quotation and no title. Newspapers
and agencies are organisations, so their nouns are not among those in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct

from onrecord.annotate.bodies import matches
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.lexicon import lexicon
from onrecord.text.spans import Span

MAX_TITLE = 90
"""Code points of a title."""
_MARKS = {"“": "”“", "„": "“”", "«": "»", "‹": "›", "‘": "’", '"': '"'}
_SPACE = " \u00a0\u202f"
_WORD = regex.compile(r"[\p{L}\d][\w’'-]*")
_SENTENCE = regex.compile(r"[.!?;:] ")


class _Pattern(Struct, frozen=True):
    """How a language speaks of works."""

    nouns: AhoCorasick
    set_off: regex.Pattern[str]
    """What stands between such a noun and the title."""
    owner: regex.Pattern[str]
    title: regex.Pattern[str]
    small: frozenset[str]
    articles: frozenset[str]
    sentence_case: bool


def find(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Span]:
    """The titles of works in `text[start:end]`, without their quotation marks, in order."""
    pattern = _pattern(words.tag)
    if pattern is None:
        return
    covered = start
    for _, at, to in matches(pattern.nouns, text[start:end]):
        at, to = at + start, to + start
        if at < covered or (at and text[at - 1].isalnum()) or not (set_off := pattern.set_off.match(text, to, end)):
            continue
        owned = pattern.owner.search(text, max(start, at - 40), at) is not None
        to = set_off.end()
        quoted = text[to] in _MARKS
        title = _quoted(text, to, end, pattern) if quoted else _in_capitals(text, set_off, owned, end, pattern, words)
        if title is not None:
            covered = title.end
            yield title


def _quoted(text: str, at: int, end: int, pattern: _Pattern) -> Span | None:
    start = at + 1
    closers = _MARKS[text[at]]
    stop = min(end, start + MAX_TITLE)
    to = next((i for i in range(start, stop) if text[i] in closers and not text[i + 1 : i + 2].isalnum()), None)
    if to is None:
        return None
    while start < to and text[start] in _SPACE:
        start += 1
    while to > start and text[to - 1] in _SPACE + ",":
        to -= 1
    return Span(start, to) if _is_title(text[start:to], pattern) else None


def _is_title(words: str, pattern: _Pattern) -> bool:
    """Capitalised as titles are, on one line, and no sentence."""
    said = _WORD.findall(words)
    if not said or "\n" in words or words[-1] in ".;:" or _SENTENCE.search(words):
        return False
    if not (said[0][0].isupper() or said[0][0].isdigit()):
        return False
    if pattern.sentence_case:
        return len(said) <= 9
    return all(word[0].isupper() or word[0].isdigit() or word in pattern.small for word in said)


def _in_capitals(
    text: str, set_off: regex.Match[str], owned: bool, end: int, pattern: _Pattern, words: Vocabulary
) -> Span | None:
    match = pattern.title.match(text, set_off.end(), end)
    if match is None:
        return None
    said = match[0].split(" ")
    article = said[0] in pattern.articles
    if not words.heads.isdisjoint(said) or " ".join(said[article:]) in words.known or len(said) == 1 == article:
        return None
    if set_off["called"] and not set_off["comma"]:
        return Span(*match.span())
    if not set_off["comma"]:
        return Span(*match.span()) if article else None
    small = article or any(word in pattern.small for word in said)
    closed = text[match.end() : match.end() + 1] in (",", ".", ";", ")")
    return Span(*match.span()) if owned and small and closed else None


@cache
def _pattern(tag: str) -> _Pattern | None:
    lists = lexicon(tag)["works"]
    if not lists:
        return None
    capital = r"\p{Lu}[\p{L}\p{M}]*+(?:[-’'][\p{L}\p{M}]++)*+"
    joining = _any(lists["joining"])
    return _Pattern(
        nouns=AhoCorasick(
            lists["nouns"], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
        set_off=regex.compile(rf"(?P<comma>,)? (?:(?P<called>{_any(lists['called'])}) )?(?=[\p{{Lu}}“„«‹‘\"])"),
        owner=regex.compile(rf"(?:\b(?:{_any(lists['owners'])})|[^\W\d_][’']s) (?:[\p{{Ll}}-]+ )?\Z"),
        title=regex.compile(rf"{capital}(?:(?: (?:{joining})) {capital}| {capital}){{0,7}}+(?!\w)"),
        small=frozenset(word for words in lists["small"] for word in words.split()),
        articles=frozenset(lists["articles"]),
        sentence_case=lists["sentence_case"],
    )


def _any(words: list[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
