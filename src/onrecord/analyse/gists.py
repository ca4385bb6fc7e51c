"""What an act's words say, as far as two acts can be compared by it: content words, names, numbers.

A word is folded and cut to its first letters, so that "unload", "unloading" and "unloaded" are one (McNamee and
Mayfield 2004, Character N-Gram Tokenization for European Language Text Retrieval, Information Retrieval 7: prefixes of
four or five letters do about as well as a stemmer, in any language). Function words and the verb that names the act are
no content. A name counts as the entity it stands for, so that spellings and languages meet; `read` may give the
concept that a word stands for, for the same reason.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from sys import intern
from typing import TypeVar

from msgspec import Struct

from onrecord.lexicon import concepts, languages, lexicon
from onrecord.model import Act, Mention, Quantity, Record, SpeechAct
from onrecord.text.folding import bare, fold, tokens
from onrecord.text.spans import Span
from onrecord.text.tokens import words as words_of

PREFIX = 5
"""Letters of a word that count."""
ENDINGS = frozenset("sаеиоуыэюяйь")
"""Letters that a stem does not end in, so that short words lose theirs: "ships", "воды"."""
SHORTEST = 3
"""Letters that are left of a word."""
NAME, NUMBER, WORD = 2.0, 1.5, 1.0
"""What a name, a number and any other word weigh."""
LONGEST = 60
"""Content words of an act that count: what says more is a list, and compared by how it begins."""
READ = 2_000
"""Code points of each stretch of an act that are read for them."""
DOING: frozenset[Act] = frozenset(["promise", "threaten", "offer", "refuse", "demand"])
"""Acts whose cue may itself say what is done: "we will not unload", "they shall withdraw"."""
Placed = TypeVar("Placed", Mention, Quantity)

Meaning = Callable[[str, str], str | None]
"""Called as `read(word, language)`: the concept that a word stands for, where there is one."""


class Gist(Struct, frozen=True, gc=False):
    """What an act says. Keys are stems, `@` and an entity, `=` and a concept; values are the words they stand for."""

    words: dict[str, str]
    counts: tuple[tuple[str, float], ...] = ()
    """What is counted (its stem) and how many, where a number has a unit."""
    weight: float = 0.0
    """Of all its words together."""


def weight(keys: Iterable[str]) -> float:
    """What these keys weigh together."""
    return sum(NAME if key[0] == "@" else NUMBER if key[0].isdecimal() else WORD for key in keys)


def unread(word: str, language: str) -> None:
    """Of a reader who knows no concepts."""


@cache
def stem(token: str) -> str:
    """What of a folded word counts: its first letters, of an Arabic or Hebrew word those of the word itself."""
    if "\u05d0" <= token[0] <= "\u064a" and len(token) > 3:
        token = bare(token, token) or token
    short = token[:PREFIX]
    return intern(short[:-1] if len(short) > SHORTEST and short[-1] in ENDINGS else short)


@cache
def empty_words() -> frozenset[str]:
    """Function words of every language that is read, folded."""
    lists = [lexicon(tag)["tokens"].get("function_words", ()) for tag in languages()]
    lists += [lexicon(tag)["ledger"].get("empty", ()) for tag in languages()]
    return frozenset(
        fold(word).strip() for words in (*lists, *concepts()["words"]["skipped"].values()) for word in words
    )


@cache
def act_verbs(tag: str, act: Act) -> frozenset[str]:
    """Stems of a language's verbs that name an act: of a promise "promise", "vow"."""
    verbs = lexicon(tag)["verbs"].items()
    named = [lemma for lemma, verb in verbs if isinstance(verb, dict) and verb.get("act") == act]
    forms = lexicon(tag)["forms"].get("forms", {})
    return frozenset(
        stem(token) for lemma in named for form in (lemma, *forms.get(lemma, ())) for token in tokens(form)
    )


def gists(record: Record, read: Meaning = unread) -> Callable[[SpeechAct], Gist]:
    """What tells the gist of any act of a record."""
    if not record.acts:
        return lambda act: Gist({})
    names = sorted((each for each in record.mentions if each.entity and not each.nominal), key=lambda it: it.start)
    quantities = sorted(record.quantities, key=lambda it: it.start)
    tags = sorted((each.start, each.tag) for each in record.languages)

    def gist(act: SpeechAct) -> Gist:
        at = bisect_right(tags, act.start, key=lambda pair: pair[0]) - 1
        tag = tags[at][1] if at >= 0 else ""
        spans = [Span(start, min(end, start + READ)) for start, end in _content(act)]
        called, counted = _within(names, spans), _within(quantities, spans)
        keys = {intern(f"@{each.entity}"): record.text[each.start : each.end] for each in called[:LONGEST]}
        taken = [*(Span(it.start, it.end) for it in called), *(Span(it.start, it.end) for it in counted)]
        for token in _said(record.text, act, tag, spans, taken, counted):
            if len(keys) >= LONGEST:
                break
            if token not in empty_words() and (len(token) > 1 or token.isdecimal()):
                concept = read(token, tag)
                keys.setdefault(intern(f"={concept}") if concept else stem(token), token)
        return Gist(keys, tuple(_counts(counted)), weight(keys))

    return gist


def _said(
    text: str, act: SpeechAct, tag: str, spans: Sequence[Span], taken: Sequence[Span], counted: Sequence[Quantity]
) -> Iterator[str]:
    """The folded words of an act's content: not those of names and numbers, but the units; then what its cue does."""
    for span in spans:
        for word in words_of(text, *span):
            if not any(other.overlaps(word) for other in taken):
                yield from tokens(word.of(text))
    for quantity in counted:
        yield from tokens(quantity.unit or "")
    if act.act in DOING:
        yield from (token for token in tokens(act.cue.of(text)[:READ]) if stem(token) not in act_verbs(tag, act.act))


def _content(act: SpeechAct) -> list[Span]:
    """Where an act says what it is about: its content and target, else all of it but its verb and other slots."""
    said = [span for slot in act.slots if slot.role in ("content", "target") for span in slot.spans]
    if said:
        return sorted(set(said))
    other = sorted([act.cue, *(span for slot in act.slots for span in slot.spans)])
    found, at = [], act.start
    for span in other:
        if span.start > at:
            found.append(Span(at, min(span.start, act.end)))
        at = max(at, span.end)
    return [*found, Span(at, act.end)] if at < act.end else found


def _within(found: Sequence[Placed], spans: Sequence[Span]) -> list[Placed]:
    """Those, of all in order, that lie in one of the stretches, each once."""
    kept: dict[int, Placed] = {}
    for start, end in spans:
        for at in range(bisect_left(found, start, key=lambda it: it.start), len(found)):
            if found[at].start >= end:
                break
            if found[at].end <= end:
                kept[at] = found[at]
    return list(kept.values())


def _counts(quantities: Iterable[Quantity]) -> Iterator[tuple[str, float]]:
    """Exact and bounded counts alike: "at least 12" is compared by its 12."""
    for each in quantities:
        unit = tokens(each.unit or "")
        if unit and each.value is not None:
            yield stem(unit[0]), each.value
