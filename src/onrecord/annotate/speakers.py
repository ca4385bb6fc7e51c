"""The entity behind a phrase for a speaker, with the rule where the phrase itself holds no name.

A pronoun stands for the nearest person before who opens a sentence or has just spoken, of the gender that an office or
title shows where one does; a noun for the nearest bearer of it in a name or an office ("the union", "the minister");
the first person inside a quotation for who is quoted; a source that is not printed for who spoke before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from onrecord.annotate.grammar import grammar
from onrecord.annotate.offices import office_alone
from onrecord.lexicon import languages
from onrecord.model import Entity, EntityType, Mention
from onrecord.text.names import folded
from onrecord.text.spans import Span

REACH = 1500
"""Code points back that an antecedent is looked for."""
NEXT_TO = 3
"""... and that of "who"."""
BACK = 24
"""Names back that are looked at for a pronoun."""
FURTHER = 60
"""... and for a noun."""

_STEM = 5
"""Letters in which two forms of a noun agree where a language inflects its nouns."""


FIRST_PERSON = "first person: who is quoted"
_EITHER = ("person", "organization")
"""What "il" and "elle" may stand for."""
_GOES_ON = "pronoun: who spoke before"
_NOBODY = "pronoun: nobody before"


class _Words:
    """The words of all languages that stand for a speaker, folded."""

    def __init__(self) -> None:
        grammars = [words for tag in languages() if (words := grammar(tag)) is not None]

        def every(field: str) -> frozenset[str]:
            return frozenset(plain(word) for words in grammars for word in getattr(words, field))

        self.personal = every("personal")
        self.plural = every("plural")
        self.relative = every("relative")
        self.that = every("that")
        self.first_person = every("first_person") - every("hearer_pronouns")
        self.determiners = every("determiners")
        self.indefinite = every("indefinite")
        self.prepositions = every("prepositions") | every("links")
        self.feminine = every("feminine")
        self.masculine = every("masculine")
        self.she = every("she")
        self.he = every("he")
        self.it = every("neuter")
        self.roles = every("roles")
        self.documents = every("documents")
        self.possessives = every("possessives")


@lru_cache(maxsize=1 << 12)
def plain(phrase: str) -> str:
    """A phrase in lower case, with one kind of apostrophe and single spaces; articles stay."""
    return " ".join(phrase.lower().replace("’", "'").split())


@cache
def _words() -> _Words:
    return _Words()


class Speakers:
    """Answers, for one document, whom a phrase stands for. Ask in order of the text, and tell who was `heard`."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.text = text
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self.entities = entities
        self.words = _words()
        self.last: tuple[int, str | None, bool] | None = None
        self.sources: set[int] = set()
        """Starts of names that are in a source."""

    def heard(self, at: int, entity: str | None, source: Span | None, own: bool) -> None:
        """Someone has spoken: whoever goes on without a name is they. `own`: the statement itself."""
        if entity is not None or own:
            self.last = at, entity, own
            if source is not None:
                first = bisect_left(self.starts, source.start)
                named = self.mentions[first : bisect_left(self.starts, source.end)]
                self.sources.update(it.start for it in named if it.entity == entity)

    def went_on(self, source: Span | None) -> bool:
        """Whether a source is "it", where the statement itself spoke before, or nobody."""
        if source is None or plain(self.text[source.start : source.end]) not in self.words.it:
            return False
        return self.last is None or self.last[2]

    def entity(
        self, source: Span | None, cue: Span | None, implied: bool, around: str | None, spoken: bool
    ) -> tuple[str | None, str | None]:
        """The entity, and the rule where it is not the name inside the phrase itself.

        `around` is who speaks the words in which this stands, `spoken` whether those are quoted directly.
        """
        if source is None or implied:
            if source is not None and (named := self._named(source)) is not None:
                return named, "implied: who spoke before"
            return self._implied(cue) if implied else (None, None)
        if (named := self._named(source)) is not None:
            return named, None
        phrase = plain(self.text[source.start : source.end])
        if phrase in self.words.first_person:
            return (around, FIRST_PERSON) if spoken else (None, "first person")
        if phrase in self.words.relative:
            found = self._before(source.start, None, NEXT_TO)
            return found, "pronoun: the name before" if found else "pronoun: no name before"
        if phrase in self.words.personal or phrase in self.words.it or phrase in self.words.possessives:
            bodily = phrase in self.words.it and phrase not in self.words.personal
            if bodily and self._nobody_since(source.start):
                return self.last[1] if self.last else None, _GOES_ON
            found = self._pronoun(phrase, source.start, around if spoken else None)
            return found, "pronoun: nearest before" if found else _NOBODY
        if (document := self._document(source, phrase)) is not None:
            return document, "document: whose it is"
        if (nominal := self._nominal(source, phrase)) is not None:
            return nominal, "nominal: nearest bearer of the noun before"
        name = folded(phrase)
        return self._by_name.get(name) or self._by_surname(name), None

    def _nobody_since(self, at: int) -> bool:
        """Whether no body has opened a sentence since someone spoke."""
        if self.last is None or at - self.last[0] > REACH:
            return False
        first = bisect_left(self.starts, self.last[0])
        since = self.mentions[first : bisect_left(self.starts, at)]
        return not any(it.type == "organization" and self._opens(it) for it in since)

    def _implied(self, cue: Span | None) -> tuple[str | None, str | None]:
        at = cue.start if cue is not None else 0
        if self.last is not None and at - self.last[0] < REACH:
            return self.last[1], "implied: who spoke before"
        position = bisect_left(self.starts, at)
        for mention in reversed(self.mentions[max(0, position - BACK) : position]):
            if at - mention.end < REACH and mention.type in ("person", "organization") and self._opens(mention):
                return mention.entity, "implied: the subject before"
        return None, None

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Folded name to entity; few documents have a speaker who is a name but no mention."""
        return {folded(name): entity.id for entity in self.entities for name in entity.names}

    def _by_surname(self, phrase: str) -> str | None:
        """The one person whose name ends with the word."""
        if " " in phrase or len(phrase) < 3:
            return None
        bearers = {it.id for it in self.entities if it.type == "person" and folded(it.name).split()[-1:] == [phrase]}
        return bearers.pop() if len(bearers) == 1 else None

    @cached_property
    def _gender(self) -> dict[str, str]:
        """What the offices and titles of a person show: `f` or `m`."""
        found: dict[str, str] = {}
        for mention in self.mentions:
            if mention.type == "person" and mention.entity is not None:
                before = self.text[max(0, mention.start - 24) : mention.start].rpartition(". ")[2]
                after = self.text[mention.end : mention.end + 40]
                apposed = after.split(".")[0] if after.startswith(",") else ""
                words = set(re.findall(r"[\w'-]+", plain(f"{mention.role or ''} {before} {apposed}")))
                if words & self.words.feminine:
                    found.setdefault(mention.entity, "f")
                elif words & self.words.masculine:
                    found.setdefault(mention.entity, "m")
        return found

    # -- names ---------------------------------------------------------------------------------------------------------

    def _named(self, source: Span) -> str | None:
        """The person named in the phrase, else its body; a place speaks only where it is the whole phrase."""
        inside = self.mentions[bisect_left(self.starts, source.start) : bisect_left(self.starts, source.end)]
        for kind in ("person", "organization"):
            for mention in inside:
                if mention.type == kind and mention.end <= source.end and self._is_head(mention, source, kind):
                    return mention.entity
        whole = [m for m in inside if m.type in ("place", "event") and m.end - m.start >= source.end - source.start - 4]
        return whole[0].entity if whole else None

    def _is_head(self, mention: Mention, source: Span, kind: EntityType | str) -> bool:
        """ "Kessan's lawyer" is not Kessan, nor "a lawyer of Kessan"; "a Harbour Union official" is not the union."""
        text = self.text
        possessive = text[mention.end : mention.end + 2] in ("’s", "'s") and mention.end + 2 < source.end
        if possessive:
            return False
        lead = plain(text[source.start : mention.start]).split()
        if kind == "person":
            if not self.words.that.isdisjoint(lead) or not self.words.relative.isdisjoint(lead):
                return False  # "the commission, which Vera Ost heads"
            apposed = text[source.start : mention.start].rstrip()[-1:] == ","
            behind = bisect_left(self.starts, mention.start) - 1
            body = (
                behind >= 0 and 0 <= mention.start - self.mentions[behind].end < 2
            )  # "spokeswoman of the union Mira …"
            return apposed or body or not any(word in self.words.prepositions for word in lead[-2:])
        rest = text[mention.end : source.end].strip()
        bare = all(word in self.words.determiners for word in lead)
        return bare and (rest[:1] in ("", ",", "(", "–", "—") or plain(rest).split()[:1] == ["itself"])

    # -- words that stand for a name -----------------------------------------------------------------------------------

    def _pronoun(self, phrase: str, at: int, excluded: str | None) -> str | None:
        personal = phrase in self.words.personal or phrase in self.words.he or phrase in self.words.she
        gender = "f" if phrase in self.words.she else "m" if phrase in self.words.he else ""
        kinds = ("person",) if phrase not in self.words.it else ("organization",) if not personal else _EITHER
        near: str | None = None
        for mention in reversed(
            self.mentions[max(0, bisect_left(self.starts, at) - BACK) : bisect_left(self.starts, at)]
        ):
            if at - mention.end > REACH:
                break
            if mention.type not in kinds or mention.entity is None or mention.entity == excluded:
                continue
            if gender and self._gender.get(mention.entity, gender) != gender:
                continue
            if mention.start in self.sources or self._opens(mention):
                return mention.entity
            near = near or mention.entity
        if near is None and self.last is not None and self.last[1] != excluded and at - self.last[0] < REACH:
            return self.last[1]
        return near

    def _opens(self, mention: Mention) -> bool:
        """Whether a name stands at the beginning of a sentence, its article, title or office before it aside."""
        before = self.text[max(0, mention.start - 40) : mention.start]
        lead = max(before.rfind(mark) for mark in (". ", "\n", "! ", "? ", "” ", "» ")) + 1
        opening = before[lead:] if lead or mention.start < 40 else "a b c d e"
        return len(opening.split()) < 4 and "," not in opening.rstrip(", ")

    def _before(self, at: int, kind: EntityType | None, reach: int) -> str | None:
        position = bisect_left(self.starts, at)
        for mention in reversed(self.mentions[max(0, position - 4) : position]):
            if at - mention.end > reach:
                return None
            if kind is None or mention.type == kind:
                return mention.entity
        return None

    def _document(self, source: Span, phrase: str) -> str | None:
        """ "A letter from the ministry", "its bulletin": whose text it is."""
        words = phrase.split()
        if not self.words.documents.intersection(words[:4]):
            return None
        inside = self.mentions[bisect_left(self.starts, source.start) : bisect_left(self.starts, source.end)]
        body = next((it.entity for it in inside if it.type in ("organization", "person")), None)
        if body is None and words[0] in self.words.possessives:
            return self._last_body(source.start)
        return body

    def _last_body(self, at: int) -> str | None:
        position = bisect_left(self.starts, at)
        bodies = (it for it in reversed(self.mentions[max(0, position - BACK) : position]) if it.type == "organization")
        return next((it.entity for it in bodies), None)

    def _nominal(self, source: Span, phrase: str) -> str | None:
        """ "The union", "the deputy minister", "the harbour’s commander": who bears that noun in name or office."""
        words = phrase.split()
        if not words or len(words) > 5:
            return None
        definite = words[0] in self.words.determiners and words[0] not in self.words.indefinite
        if not definite and not _bare_noun(phrase):
            return None
        noun = folded(words[-1])
        position = bisect_left(self.starts, source.start)
        for mention in reversed(self.mentions[max(0, position - FURTHER) : position]):
            body = mention.type == "organization"
            bearer = self.text[mention.start : mention.end] if body else office_alone(mention.role or "")
            if bearer and any(_same_noun(noun, word) for word in folded(bearer).split()):
                return mention.entity
        return self._introduced(words[-1], position) if words[-1] in self.words.roles else None

    def _introduced(self, noun: str, position: int) -> str | None:
        """ "Petra Holm was elected mayor": the person beside whom the office was named."""
        for mention in reversed(self.mentions[max(0, position - BACK) : position]):
            if mention.type == "person":
                around = plain(self.text[max(0, mention.start - 24) : mention.end + 40])
                if noun in around.replace(",", " ").replace(".", " ").split():
                    return mention.entity
        return None


def _bare_noun(phrase: str) -> bool:
    """A noun of a language that has no article, or writes it onto the word."""
    first = phrase[:1]
    return "\u0400" <= first <= "\u04ff" or "\u0600" <= first <= "\u06ff"


def _same_noun(noun: str, word: str) -> bool:
    if noun == word:
        return True
    if "\u0400" <= noun[:1] <= "\u04ff":
        return len(noun) >= _STEM and noun[:_STEM] == word[:_STEM] and abs(len(noun) - len(word)) < 4
    return False
