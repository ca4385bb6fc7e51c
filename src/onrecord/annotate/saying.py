"""Where a text says that someone says something: the cues in it, each with its source.

A cue is a form of a reporting verb with the auxiliaries before it, or a phrase like "according to". Its source is the
phrase on its left or, inverted, on its right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from onrecord.annotate import phrases
from onrecord.annotate.grammar import Grammar, Verb
from onrecord.annotate.quotes import Marked
from onrecord.model import Mention
from onrecord.text.spans import Span

NEAR = 8
"""Code points that may part a quotation from its cue or speaker: white space, a comma, a dash."""

_HEDGES = frozenset(
    ["think", "know", "believe", "guess", "hope", "feel", "suppose", "mean", "understand", "bet", "doubt"]
)


class CueAt(Struct, gc=False):
    """A cue's words in the text: the verb, the whole group, its source; `lo` and `hi` bound its sentence."""

    verb: Verb
    start: int
    end: int
    lo: int
    hi: int
    inside: int | None
    """The quotation that it stands in."""
    source: Span | None = None
    inverted: bool = False


class Cues:
    """Finds the cues of one text. `names` are the mentions in it."""

    def __init__(
        self, text: str, marked: Marked, sentences: Sequence[tuple[int, int]], names: Sequence[Mention]
    ) -> None:
        self.text = text
        self.marked = marked
        self.sentences = sentences
        self.sentence_starts = [start for start, _ in sentences]
        self.names = names
        self.name_starts = [name.start for name in names]

    def read(self, words: Grammar, start: int, end: int) -> list[CueAt]:
        """The cues in `[start, end)`, in order, with their sources as far as they have one."""
        cues = list(self._found(words, start, end))
        for cue in cues:
            self._source(cue, words)
        for previous, cue in pairwise(cues):
            if cue.source is None and previous.lo == cue.lo and self._shares(cue):
                cue.source = previous.source
        for cue in cues:
            if cue.source is None and cue.verb.shape == "ing":
                cue.source = self._subject(cue, words)
        return [cue for cue in cues if cue.source is None or self._agrees(cue, words)]

    def _found(self, words: Grammar, start: int, end: int) -> Iterator[CueAt]:
        text, quotes = self.text, self.marked.quotes
        at_sentence = 0
        chain: list[int] = []
        at_quote = 0
        for which, at, to in words.forms.find_matches_as_indexes(text[start:end] if start or end < len(text) else text):
            at, to = at + start, to + start
            if text[to : to + 1].isalnum() or not self._begins(at, words):
                continue
            while at_sentence + 1 < len(self.sentences) and self.sentence_starts[at_sentence + 1] <= at:
                at_sentence += 1
            while at_quote < len(quotes) and quotes[at_quote].start < at:
                chain.append(at_quote)
                at_quote += 1
            while chain and quotes[chain[-1]].end <= at:
                chain.pop()
            lo, hi = self.sentences[at_sentence] if self.sentences else (start, end)
            inside = chain[-1] if chain else None
            if inside is not None:
                lo, hi = self.marked.clipped(inside, at, lo, hi)
            if not lo <= at < hi:
                continue
            verb = words.verbs[which]
            group, word = self._group(at, max(lo, at - 60), words)
            if not self._is_noun(word, group < at, verb, words):
                yield CueAt(verb, group, to, lo, hi, inside)

    def _begins(self, at: int, words: Grammar) -> bool:
        """A word begins at `at`, or behind a letter that is written onto it."""
        before = self.text[at - 1 : at]
        if before in words.joined and before:
            before = self.text[at - 2 : at - 1] if at > 1 else ""
        return not (before.isalnum() or before in ("-", "’", "'"))

    def _word_before(self, at: int, lo: int) -> str:
        """The word that one space parts from what begins at `at`; empty where there is none."""
        if at <= lo or self.text[at - 1] != " ":
            return ""
        return self.text[max(lo, at - 24, self.text.rfind(" ", lo, at - 1) + 1) : at - 1]

    def _group(self, at: int, lo: int, words: Grammar) -> tuple[int, str]:
        """Where the verb group begins, and the word before: auxiliaries, negation and adverbs belong to the group."""
        while word := self._word_before(at, lo):
            adverb = word.endswith(words.adverb_endings) and len(word) > 4 and word.islower()
            if not adverb and word not in words.auxiliaries:
                break
            at -= len(word) + 1
        return at, word

    def _is_noun(self, before: str, grouped: bool, verb: Verb, words: Grammar) -> bool:
        """A form that is a noun or an adjective here ("the claims", "the reported attack", "a call for").

        `before` is the word before it; auxiliaries or adverbs (`grouped`) make it a verb.
        """
        if grouped or verb.shape == "phrase" or not words.noun_makers:
            return False
        word = before.rpartition("\n")[2]
        if not word:
            return verb.shape in ("base", "s") and verb.lemma not in words.never_nouns
        low = word.lower()
        if low in words.pronouns and low not in words.determiners:
            return False
        if verb.shape in ("past", "ing") or verb.lemma in words.never_nouns:
            return low in words.determiners and low not in words.pronouns
        if low in words.noun_makers:
            return True
        plural = word.endswith(("s", "people", "police", "men", "women")) and not word.endswith(("’s", "'s", "ss"))
        return not plural if verb.shape == "base" else word.endswith(("’s", "'s", "s’"))

    def _source(self, cue: CueAt, words: Grammar) -> None:
        quotes = self.marked.quotes
        quote = self.marked.last_before(cue.start, cue.inside)
        lo = max(cue.lo, quotes[quote].end) if quote is not None else cue.lo
        if cue.verb.shape == "phrase":
            leads = cue.start - cue.lo < NEAR
            cue.source, cue.inverted = phrases.after(self.text, cue.end, cue.hi, words, not leads), True
            self._widen(cue, words)
            return
        gap = self.text[max(lo, cue.start - NEAR) : cue.start].strip()
        beside = quote is not None and cue.start - NEAR < quotes[quote].end == lo and not gap.strip(",،—–- ")
        if not beside and not words.verb_first:
            cue.source = phrases.before(self.text, lo, cue.start, words)
        if (
            cue.source is None
            and (beside or words.verb_first or gap.endswith(","))
            and ("quote" in cue.verb.frames or words.verb_first)
        ):
            stop = self.marked.next_after(cue.end, cue.inside)
            hi = min(cue.hi, quotes[stop].start) if stop is not None else cue.hi
            cue.source = phrases.after(self.text, cue.end, hi, words)
            cue.inverted = cue.source is not None
        self._widen(cue, words)

    def _widen(self, cue: CueAt, words: Grammar) -> None:
        """A source never begins or ends inside a name; the article before the name belongs to it."""
        if cue.source is None:
            return
        start, end = cue.source
        first = max(0, bisect_right(self.name_starts, start) - 2)
        for name in self.names[first : bisect_left(self.name_starts, end, lo=first)]:
            if name.start < start < name.end and name.start >= cue.lo:
                start = name.start
                before = self.text[max(cue.lo, start - 6) : start].split(" ")
                if len(before) > 1 and not before[-1] and before[-2].lower() in words.determiners:
                    start -= len(before[-2]) + 1
            if name.start < end < name.end <= cue.hi and cue.inverted:
                end = name.end
        if (start, end) != cue.source and (end <= cue.start or start >= cue.end):
            cue.source = Span(start, end)

    def _subject(self, cue: CueAt, words: Grammar) -> Span | None:
        """Who opens the sentence: a name, with its article, or a pronoun ("Kessan left early, saying …")."""
        start = cue.lo
        first = self.text[start : start + 24].partition(" ")[0]
        if first.lower() in words.pronouns and first.lower() not in words.determiners:
            return Span(start, start + len(first))
        name_at = start + len(first) + 1 if first.lower() in words.determiners else start
        at = bisect_right(self.name_starts, name_at) - 1
        if at >= 0 and self.names[at].start == name_at and self.names[at].end < cue.start:
            return Span(start, self.names[at].end)
        return None

    def _shares(self, cue: CueAt) -> bool:
        """The cue has the source of the one before it (", adding that …"; "… and urged …")."""
        before = self.text[max(cue.lo, cue.start - NEAR) : cue.start]
        return cue.verb.shape == "ing" or before.endswith((" and ", " but ", ", "))

    def _agrees(self, cue: CueAt, words: Grammar) -> bool:
        """Verb and speaker agree as far as their form shows it; and no one is credited with their own "I think"."""
        assert cue.source is not None
        speaker = self.text[cue.source.start : cue.source.end]
        low = speaker.lower()
        if low in words.first_person and (cue.inside is not None or cue.verb.lemma in _HEDGES):
            return False
        if cue.start < cue.end - len(cue.verb.lemma) - 5 or words.tag != "en" or cue.inverted:
            return True
        if cue.verb.shape == "s":
            return low not in words.plural and (
                low in words.pronouns
                or speaker[0].isupper()
                or low.split()[0] in words.determiners
                or "’s" in low
                or "'s" in low
            )
        return cue.verb.shape != "base" or low not in ("he", "she", "it")
