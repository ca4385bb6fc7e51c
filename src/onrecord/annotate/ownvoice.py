"""What a statement says in its own voice is no attribution: "We demand …" in a communiqué is its issuers speaking.

Each statement's words belong to its parties. A cue whose source is one of them, or who speaks in the first person,
reports nothing: it performs (docs/explanation/attributions.md). Where several make a statement together, what one of
them alone claims is reported ("the union says that …"); what one of them alone takes upon itself is performed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property

from onrecord.annotate.grammar import grammar
from onrecord.annotate.speakers import plain
from onrecord.lexicon import languages
from onrecord.model import Act, Entity, Genre, Segment, Statement
from onrecord.text.names import folded
from onrecord.text.spans import Cover, Span

_OWN: frozenset[Genre] = frozenset(("statement", "resolution", "agreement", "speech", "translation"))
_REPORTED: frozenset[Act] = frozenset(("claim", "deny", "affirm", "accuse", "admit"))
MANY = 8
"""Words of a source that names several of the parties."""
_WHOLE = 1 << 60


class OwnVoice:
    """Answers whether words are the statement's own, by who is said to speak and where."""

    def __init__(
        self, text: str, segments: Sequence[Segment], statements: Sequence[Statement], entities: Sequence[Entity]
    ) -> None:
        self.text = text
        self.asides = Cover((it.start, it.end) for it in segments if it.kind in ("preface", "note", "insertion"))
        bounds = {segment.id: (segment.start, segment.end) for segment in segments}
        names = {entity.id: entity.names for entity in entities}
        speaking = [_Speaking(*bounds.get(it.segment or "", (0, _WHOLE)), it, names) for it in statements]
        self.parts = sorted((it for it in speaking if it.end < _WHOLE), key=lambda it: it.start)
        self.starts = [it.start for it in self.parts]
        self.whole = next((it for it in speaking if it.end == _WHOLE), None)
        self.first_person, self.selves, self.ours, self.hearers, self.theirs = _words()

    def around(self, at: int) -> _Speaking | None:
        """The statement that speaks at a place, where it is of a kind that has a voice of its own."""
        before = bisect_right(self.starts, at) - 1
        part = self.parts[before] if before >= 0 else None
        found = part if part is not None and at < part.end else self.whole
        return found if found is not None and found.genre in _OWN else None

    def person(self, source: Span | None, at: int) -> str | None:
        """Whom "you" and "our programme" stand for in a statement: its one addressee, its one issuer."""
        around = self.around(at)
        words = plain(self.text[source.start : source.end]).split() if source is not None else []
        if around is None or not words:
            return None
        if words[0] in self.ours:
            return around.issuer
        return around.addressee if len(words) == 1 and words[0] in self.hearers else None

    def speaks(self, source: Span | None, entity: str | None, act: Act | None, at: int) -> bool:
        """Whether the statement around `at` speaks for itself where `source` is said to speak."""
        around = self.around(at)
        if around is None:
            return False
        if source is None:
            return True
        words = plain(self.text[source.start : source.end]).split()
        if not words or words[0] in self.first_person or words[0] in self.ours:
            return bool(words)
        if self.asides.over(at):
            return False
        if around.genre == "resolution" and (entity is None or (len(words) == 1 and words[0] in self.theirs)):
            return (
                True  # its verbs have no subject beside them, and what stands there is none: "in this context, urges"
            )
        if len(words) < 4 and words[-1] in self.selves:
            return True
        nominal = len(words) < 3 and folded(words[-1]) in around.words
        inside = len(words) > 1 and any(f" {folded(' '.join(words))} " in name for name in around.names)
        if not (nominal or inside or (entity is not None and entity in around.entities)):
            return False
        return len(words) > MANY or not (around.several and act in _REPORTED)


class _Speaking:
    def __init__(self, start: int, end: int, statement: Statement, names: dict[str, tuple[str, ...]]) -> None:
        self.start, self.end = start, end
        self.id = statement.id
        self.genre = statement.genre
        parties = [it for it in statement.parties if it.role in ("issuer", "signatory", "on-behalf-of")]
        parties = parties or [it for it in statement.parties if it.role == "participant"]
        self.parties = parties
        self.entities = frozenset(it.entity for it in parties if it.entity)
        issuers = {it.entity for it in statement.parties if it.role == "issuer" and it.entity}
        self.issuer = issuers.pop() if len(issuers) == 1 else None
        spoken_to = {it.entity for it in statement.addressees if it.entity}
        self.addressee = spoken_to.pop() if len(spoken_to) == 1 else None
        self.several = len({it.entity or it.name for it in parties}) > 1
        self._called = names

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the parties are called, folded, between spaces."""
        called = {name for it in self.parties for name in (it.name, *self._called.get(it.entity or "", ()))}
        return tuple(f" {folded(name)} " for name in called)

    @cached_property
    def words(self) -> frozenset[str]:
        """The longer words of these names."""
        return frozenset(word for name in self.names for word in name.split() if len(word) > 3)


@cache
def _words() -> tuple[frozenset[str], ...]:
    """First persons, nouns by which a statement calls its own makers, "our", "you", "its", in every language."""
    grammars = [words for tag in languages() if (words := grammar(tag)) is not None]
    speaking = frozenset(plain(word) for words in grammars for word in words.first_person - words.hearer_pronouns)
    selves = frozenset(plain(word) for words in grammars for word in words.selves)
    ours = frozenset(plain(word) for words in grammars for word in words.ours)
    hearers = frozenset(plain(word) for words in grammars for word in words.hearer_pronouns)
    return speaking, selves, ours, hearers, frozenset(plain(word) for words in grammars for word in words.possessives)
