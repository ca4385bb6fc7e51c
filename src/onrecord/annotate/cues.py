"""The phrases of `lexicon/*/frame.toml` in one document, found once for all stages that ask for them.

A phrase matches the folded text (small letters, a space for every other sign) and ends where words end. `{name}` in a
phrase stands for the name that follows it. One automaton finds the phrases that may stand anywhere; those that count
only at the beginning of a paragraph are looked up by its first word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from onrecord.annotate.folding import fold
from onrecord.lexicon import lexicon
from onrecord.model import Document, Language, Span

_BEGINNING = ("byline", "closing", "signed", "endorsed", "vocative", "preface", "note", "enumerators", "articles",
              "enacting", "translated", "dated", "signup", "signs_for", "letter_to", "adopted",
              "leads_in", "recorded", "witnessed", "sent_by",
              "films", "asides",
              "invocations", "resolves", "conversed",
              "sent_to", "contacts")  # fmt: skip
"""Lists whose phrases are asked for at the beginning of a paragraph."""
_ANYWHERE = ("dated", "adopted", "translated", "tabled", "held", "published", "effective", "issuer", "behalf",
             "speaking", "reporting", "signed", "attended", "sponsored", "witnessed", "declares", "declare", "signing",
             "undersigned", "read_by", "addressed", "concluded", "forms")  # fmt: skip
"""Lists whose phrases are asked for inside a paragraph too."""
FRONT, BACK = 6000, 3000
"""So many code points at the start and at the end of a document are searched for phrases that may stand anywhere."""

_MARKS = re.compile("[\u064b-\u065f\u0670]")
"""Vowel signs of the Arabic script."""


class Phrases:
    """What a set of languages gives to the search."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        frames = [lexicon(tag)["frame"] for tag in tags]
        anywhere: dict[str, list[str]] = defaultdict(list)
        self.beginnings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.navigation = frozenset(phrase.casefold() for frame in frames for phrase in frame.get("navigation", ()))
        heads = (word for tag in tags for word in lexicon(tag)["organizations"].get("heads", ()))
        papers = (word for frame in frames for word in frame.get("bodies", ()))
        self.bodies = frozenset(word.casefold() for word in (*heads, *papers))
        self.offices = frozenset(w.casefold() for tag in tags for w in lexicon(tag)["roles"].get("nouns", ()))
        titles = (word for tag in tags for word in lexicon(tag)["names"].get("honorifics", ()))
        self.honorifics = frozenset(word.casefold().rstrip(".") for word in titles)
        self.states = frozenset(word for frame in frames for word in frame.get("states", ()))
        self.departments = frozenset(word for frame in frames for word in frame.get("departments", ()))
        self.outlets = frozenset(word for frame in frames for word in frame.get("outlets", ()))
        self.agents = frozenset(word for frame in frames for word in frame.get("agents", ()))
        self.after_dash = frozenset(
            word.casefold() for tag in tags for word in lexicon(tag)["organizations"].get("after_dash", ())
        )
        more = [re.escape(phrase) for frame in frames for phrase in frame.get("more", ())]
        self.more = re.compile(rf"(?:{'|'.join(more) or '(?!)'})[\s.>»›…\])]*\Z", re.IGNORECASE)
        self.staff = frozenset(word.casefold() for frame in frames for word in frame.get("staff", ()))
        self.continuations = frozenset(word for frame in frames for word in frame.get("after_genre", ()))
        stops: set[str] = set()
        for frame in frames:
            stops.update(frame.get("stops", ()))
            for section in _BEGINNING:
                for phrase in map(fold, frame.get(section, ())):
                    for form in dict.fromkeys((phrase.rstrip(), _MARKS.sub("", phrase).rstrip())):
                        self.beginnings[form.split(" ", 1)[0]].append((form, section))
            for section in _ANYWHERE:
                for phrase in frame.get(section, ()):
                    anywhere[" " + fold(phrase.replace("{name}", "")).strip()].append(section)
            for genre, phrases in frame.get("genre", {}).items():
                for phrase in phrases:
                    anywhere[" " + fold(phrase).strip()].append(genre)
            for phrase in frame.get("counts", {}).get("signatories", ()):
                anywhere[" " + fold(phrase).strip()].append("counts")
        self.automaton = AhoCorasick(
            list(anywhere), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        self.sections = [tuple(dict.fromkeys(sections)) for sections in anywhere.values()]
        self.stops = _stops(stops)


_TITLE = re.compile(r"([^\W\d_]{1,12})\.?\s+(?=[^\W\d_])")
"""A word before a name that may be a title: "Mr. "."""


def _stops(phrases: set[str]) -> re.Pattern[str]:
    """What ends a name: one of the phrases as whole words, a bracket, a quotation mark, a colon, a full stop."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    ends = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) or "(?!)"
    return re.compile(rf"\s(?:{ends})(?!\w)|[(\[:;“”«»\n]|[.](?=\s|$)", re.IGNORECASE)


@cache
def _phrases(tags: tuple[str, ...]) -> Phrases:
    return Phrases(tags)


class Cues:
    """The phrases of one document, by the name of their list; genres' phrases by the name of the genre."""

    def __init__(self, text: str, flat: str, phrases: Phrases) -> None:
        self.text = text
        self.flat = flat
        self.phrases = phrases
        self._begun: dict[tuple[int, int], dict[str, Span]] = {}
        self._vocalised = "ar" in phrases.tags
        self._hits: dict[str, list[Span]] = defaultdict(list)
        back = max(FRONT, len(flat) - BACK)
        for start, end in ((0, FRONT), (back, len(flat))):
            self._search(start, min(end, len(flat)))
        for hits in self._hits.values():
            hits.sort()

    def _search(self, low: int, high: int) -> None:
        flat, length = self.flat, len(self.flat)
        sections = self.phrases.sections
        found = self.phrases.automaton.find_matches_as_indexes(" " + flat[low:high], overlapping=True)
        for number, start, end in found:
            start, end = start + low, end + low - 1
            if end >= length or flat[end] == " ":
                for section in sections[number]:
                    self._hits[section].append(Span(start, end))

    def holds(self, section: str) -> bool:
        """Whether the text holds any phrase of a list."""
        return section in self._hits

    def within(self, section: str, start: int, end: int) -> Span | None:
        """The first phrase of a list inside `[start, end)`, the longest that begins there."""
        hits = self._hits.get(section)
        if not hits:
            return None
        at = bisect_left(hits, (start, 0))
        if at == len(hits) or hits[at].end > end:
            return None
        while at + 1 < len(hits) and hits[at + 1].start == hits[at].start and hits[at + 1].end <= end:
            at += 1
        return hits[at]

    def all_within(self, section: str, start: int, end: int) -> list[Span]:
        hits = self._hits.get(section, [])
        return [hit for hit in hits[bisect_left(hits, (start, 0)) : bisect_left(hits, (end, 0))] if hit.end <= end]

    def begins(self, start: int, end: int) -> dict[str, Span]:
        """The lists that have a phrase at the beginning of a paragraph, past marks and bullets, with that phrase."""
        known = self._begun.get((start, end))
        if known is None:
            known = self._begun[start, end] = self._begins(start, end)
        return known

    def _begins(self, start: int, end: int) -> dict[str, Span]:
        flat = self.flat
        while start < end and flat[start] == " ":
            start += 1
        if self._vocalised and _MARKS.search(flat, start, min(end, start + 40)):
            return self._begins_marked(start, end)
        word = flat[start : start + 24].split(" ", 1)[0]
        found: dict[str, Span] = {}
        for phrase, section in self.phrases.beginnings.get(word, ()):
            last = start + len(phrase)
            if flat.startswith(phrase, start) and last <= end and (last == len(flat) or flat[last] == " "):
                known = found.get(section)
                if known is None or known.end < last:
                    found[section] = Span(start, last)
        return found

    def _begins_marked(self, start: int, end: int) -> dict[str, Span]:
        """The same where vowel signs stand between the letters: phrases are written without."""
        letters = [at for at in range(start, min(end, start + 120)) if not _MARKS.match(self.flat, at)]
        plain = "".join(self.flat[at] for at in letters)
        found: dict[str, Span] = {}
        for phrase, section in self.phrases.beginnings.get(plain.split(" ", 1)[0], ()):
            last = len(phrase)
            if plain.startswith(phrase) and (last == len(plain) or plain[last] == " "):
                close = letters[last - 1] + 1
                while close < end and _MARKS.match(self.flat, close):
                    close += 1
                span = Span(start, close)
                if section not in found or found[section].end < span.end:
                    found[section] = span
        return found

    def name_at(self, start: int, end: int) -> Span:
        """The name that begins at `start` or past white space: up to the first stop, at most 200 code points."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in "'’"):
            start += 1
        if self.flat.startswith("the ", start):
            start += 4
        title = _TITLE.match(text, start, end)
        if title and title[1].casefold() in self.phrases.honorifics:
            start = title.end()
        limit = min(end, start + 200)
        stop = self.phrases.stops.search(text, start, limit)
        last = stop.start() if stop else limit
        while last > start and (text[last - 1].isspace() or text[last - 1] in ",;:.-–—،"):
            last -= 1
        return Span(start, last)


def find(document: Document, flat: str, languages: tuple[Language, ...]) -> Cues:
    """The phrases of the document's languages, and of English, which frames everywhere hold."""
    sizes: dict[str, int] = {}
    for language in languages:
        primary = language.tag.split("-")[0]
        sizes[primary] = sizes.get(primary, 0) + language.end - language.start
    ordered = sorted((tag for tag in sizes if lexicon(tag)["frame"]), key=lambda tag: (-sizes[tag], tag))
    return Cues(document.text, flat, _phrases(tuple(dict.fromkeys([*ordered, "en"]))))
