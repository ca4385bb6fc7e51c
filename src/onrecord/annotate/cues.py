"""The phrases of `lexicon/*/frame.toml`, compiled once for a set of languages.

A phrase matches without regard to capitals; a space in it matches any white space; it ends where a word ends. `{name}`
stands for a name: up to 200 code points of one line, ended by one of the language's `stops`, a bracket, a stop or the
line's end. All patterns are meant for single short paragraphs, never for whole documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.lexicon import lexicon
from onrecord.model import Language, Span

_MARKS = r"[\"'“”«»‘’*_#:\s\-–—=•]*"
_NEVER = re.compile(r"(?!)")
LONGEST = 600
"""Code points of a paragraph that are searched for phrases."""


class Cues:
    """The frame's phrases in some languages, by the name of their list."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        self.tags = tags
        self._frames = [lexicon(tag)["frame"] for tag in tags]
        self._starts: dict[str, re.Pattern[str]] = {}
        self._anywhere: dict[str, re.Pattern[str]] = {}
        self._named: dict[str, re.Pattern[str]] = {}
        self.navigation = frozenset(phrase.casefold() for phrase in self.phrases("navigation"))
        genres = sorted({genre for frame in self._frames for genre in frame.get("genre", {})})
        self.genres: dict[str, re.Pattern[str]] = {
            genre: _any(phrase for frame in self._frames for phrase in frame.get("genre", {}).get(genre, ()))
            for genre in genres
        }
        self.counted = _any(phrase for frame in self._frames for phrase in frame.get("counts", {}).get("signatories", ()))
        ends = "|".join(_literal(stop) for stop in sorted(self.phrases("stops"), key=len, reverse=True)) or "(?!)"
        self.stops = re.compile(rf"\s(?:{ends})(?!\w)|[(\[:;“”«»\n]|[.](?=\s|$)", re.IGNORECASE)

    def phrases(self, section: str) -> list[str]:
        return [phrase for frame in self._frames for phrase in frame.get(section, ())]

    def starts(self, section: str) -> re.Pattern[str]:
        """For `match` at the beginning of a paragraph: one of the section's phrases, past quotation marks and bullets."""
        if section not in self._starts:
            self._starts[section] = _any(self.phrases(section), lead=_MARKS)
        return self._starts[section]

    def anywhere(self, section: str) -> re.Pattern[str]:
        """For `search`: one of the section's phrases as whole words."""
        if section not in self._anywhere:
            self._anywhere[section] = _any(self.phrases(section))
        return self._anywhere[section]

    def named(self, section: str) -> re.Pattern[str]:
        """For `search`: what stands before `{name}` in one of the section's phrases; the name begins at its end."""
        if section not in self._named:
            heads = [phrase.partition("{name}")[0].strip() for phrase in self.phrases(section)]
            self._named[section] = _any([head for head in heads if head], tail=r"(?:\s+|(?<=['’]))(?:the\s+)?(?=\S)")
        return self._named[section]

    def name_at(self, text: str, start: int, end: int) -> Span:
        """The name that begins at `start`: as far as the first stop, and without what cannot end a name."""
        limit = min(end, start + 200)
        stop = self.stops.search(text, start, limit)
        last = stop.start() if stop else limit
        while last > start and (text[last - 1].isspace() or text[last - 1] in ",;:.-–—،"):
            last -= 1
        return Span(start, last)


def _literal(phrase: str) -> str:
    return r"\s+".join(re.escape(word) for word in phrase.split())


def _any(phrases: Iterable[str], lead: str = "", tail: str = r"(?!\w)") -> re.Pattern[str]:
    """Any of the phrases, the longest first; nothing where there are none."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not ordered:
        return _NEVER
    bodies = [_literal(phrase) for phrase in ordered]
    border = "" if lead else r"(?<!\w)"
    return re.compile(rf"{lead}{border}(?P<cue>{'|'.join(bodies)}){tail}", re.IGNORECASE)


@cache
def cues(tags: tuple[str, ...]) -> Cues:
    return Cues(tags)


def cues_for(languages: tuple[Language, ...]) -> Cues:
    """The phrases of a document's languages, the most used first, and English, which frames everywhere hold."""
    sizes: dict[str, int] = {}
    for tag, start, end in ((it.tag, it.start, it.end) for it in languages):
        primary = tag.split("-")[0]
        sizes[primary] = sizes.get(primary, 0) + end - start
    ordered = sorted((tag for tag in sizes if lexicon(tag)["frame"]), key=lambda tag: (-sizes[tag], tag))
    return cues(tuple(dict.fromkeys([*ordered, "en"])))
