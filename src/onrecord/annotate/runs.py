"""One run of capitalised words taken apart into names: what the words themselves tell, before any context.

"Russian Foreign Minister Sergei Velan" is a role and a person; "Minister for the Middle East" a role and a place;
"Front for Orsk" an organisation; "Orsk" alone is open (`None`) until the rest of the document has been asked. The
answer depends on the run and the language alone, so it is remembered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from onrecord.annotate.vocabulary import Vocabulary, is_acronym, vocabulary
from onrecord.model import EntityType

MAX_PERSON_WORDS = 4
MAX_RUN_WORDS = 24

_WORD = regex.compile(r"[^ \u00a0\r\n]+")
_DEMONYM_ENDING = regex.compile(r"\p{Lu}\p{Ll}{2,}(?:ians?|eans?|ish|ese|ists?|ites?)")


_OWNERS = ("s’", "s'", "S’", "S'")
_OWNS = ("’s", "'s")
_CAPITAL_WORD = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*+")
_OUTLET = regex.compile(
    r"(?:Le|La|Les|El|Los|Las|Il) \p{Lu}[\p{L}’'-]+ "
    r"(?:de|del|du|des|di|della)(?: la| los| las)?(?: \p{Lu}[\p{L}’'-]+){1,2}"
)
"""With its own article in capitals inside another language's sentence ("Le Phare de Velna"): a paper or a station."""
_NUMBER = regex.compile(r"[IVXLC]{2,7}\.")
_COUNTED = regex.compile(r"\d[\d.,]*|\p{L}\.|No\.?|Nos\.?|[IVXLC]+")


class Piece(NamedTuple):
    """A name inside a run, in offsets into the run; `kind` is `None` while undecided, `role` the words of the role."""

    start: int
    end: int
    kind: EntityType | None
    role: tuple[int, int] | None = None
    sure: bool = True
    opens: bool = False
    """It begins with the first word of a sentence, which is capitalised in any case."""


class Token(NamedTuple):
    start: int
    end: int
    word: str


@lru_cache(maxsize=1 << 15)
def reading(run: str, tag: str, opens: bool, titled: bool) -> tuple[Piece, ...]:
    """The names in `run`, in order. A run of more than 24 words is no name and gives none.

    `opens`: it opens a sentence; `titled`: it stands in a headline.
    """
    words = vocabulary(tag)
    if words is None:
        return ()
    if _OUTLET.fullmatch(run) and not (opens and run.split()[0].lower() in words.openers):
        return (Piece(0, len(run), "organization"),)
    start = _numbered(run, opens, words)
    start += next((len(elision) for elision in words.elisions if run.startswith(elision, start)), 0)
    first = run[start:].split(None, 1)[:1]
    while first and (_is_opener(first[0], run, opens, words) or (start and _is_no_front(first[0], words))):
        start = len(run) - len(run[start + len(first[0]) :].lstrip())
        opens = False
        first = run[start:].split(None, 1)[:1]
    rest = run[start:]
    capitals = is_in_capitals(rest, titled)
    found = _capitals(rest, words) if capitals else _pieces(rest, words)
    return tuple(_moved(piece, start, opens and not piece.start) for piece in found)


def _is_no_front(word: str, words: Vocabulary) -> bool:
    """What opens no name behind a word that was left away: a particle, a number ("About 350 Orskans")."""
    return (word in words.particles and word != "al") or word.isdigit()


def _numbered(run: str, opens: bool, words: Vocabulary) -> int:
    """How much of `run` is the number of an article or a paragraph ("IV. Nous", but not "V. Orlan")."""
    number, _, rest = run.partition(" ")
    if not opens or not number.endswith(".") or not rest:
        return 0
    single = len(number) == 2 and number[0] in "IVX" and bare(rest.split()[0]).lower() in words.openers
    return len(number) + 1 if single or _NUMBER.fullmatch(number) else 0


def is_in_capitals(run: str, titled: bool) -> bool:
    """Capitals that say nothing of the words: several in a row, or one in a headline."""
    return run.isupper() and (titled or " " in run)


@lru_cache(maxsize=1 << 12)
def in_small_letters(run: str, tag: str) -> str:
    """A run in capitals as it would stand in running text; the run itself where that has another length."""
    words = vocabulary(tag)
    plain = _CAPITAL_WORD.sub(lambda match: match[0][0] + match[0][1:].lower(), run)
    for word in (words.connectors if words else frozenset()) | {"and", "the"}:
        plain = plain.replace(f" {word.title()} ", f" {word} ")
    return plain if len(plain) == len(run) else run


def _moved(piece: Piece, by: int, opens: bool) -> Piece:
    role = (piece.role[0] + by, piece.role[1] + by) if piece.role else None
    return Piece(piece.start + by, piece.end + by, piece.kind, role, piece.sure, opens)


def _is_opener(first: str, run: str, opens: bool, words: Vocabulary) -> bool:
    """A sentence's first word that is no name, unless it goes on as one ("National Front")."""
    low = bare(first).lower()
    if low == "the":
        return True
    if not opens or low not in words.openers or run in words.known:
        return False
    second = run.split()[1:2]
    return not (first in words.inner and second and bare(second[0]) in words.heads)


def _capitals(run: str, words: Vocabulary) -> list[Piece]:
    """A run in capitals: what is known or has a head; the rest stays unsure until running text bears it out."""
    plain = in_small_letters(run, words.tag)
    if plain == run:
        return []
    return [
        piece if piece.kind in ("organization", "place", "event") else piece._replace(sure=False, role=None)
        for piece in _pieces(plain, words, words.small_words)
    ]


def _pieces(run: str, words: Vocabulary, parting: frozenset[str] = frozenset()) -> list[Piece]:
    tokens = [Token(match.start(), match.end(), match[0]) for match in _WORD.finditer(run)]
    if len(tokens) > MAX_RUN_WORDS:
        return []
    found: list[Piece] = []
    part: list[Token] = []
    for number, token in enumerate(tokens):
        if token.word.endswith(_OWNERS) and not _owns_a_head(tokens[number + 1 :], words):
            found += _part(run, [*part, Token(token.start, token.end - 1, token.word[:-1])], words)
            part = []
        elif token.word.endswith(_OWNS) and words.known.get(bare(token.word)) == "place" and not part:
            found += _part(run, [token], words)
        elif bare(token.word) in words.calendar or token.word.lower() in parting:
            found += _part(run, part, words)
            part = []
        else:
            part.append(token)
    return found + _part(run, part, words)


def _owns_a_head(rest: list[Token], words: Vocabulary) -> bool:
    """Whether what several own is a body, so that they are a part of its name ("Dockers' Union")."""
    found = {bare(token.word) for token in rest[:4]}
    return not found.isdisjoint(words.heads) or not found.isdisjoint(words.place_heads | words.surname_places)


def bare(word: str) -> str:
    """A word without the possessive and the stop at its end."""
    for ending in ("’s", "'s", "."):
        word = word.removesuffix(ending)
    return word[:-1] if word.endswith(_OWNERS) else word


def _part(run: str, tokens: list[Token], words: Vocabulary) -> list[Piece]:
    """The names in a part of a run that no month or weekday interrupts."""
    if not tokens:
        return []
    if tokens[-1].word in words.connectors:
        return _part(run, tokens[:-1], words)
    if kind := words.known.get(_of(run, tokens)):
        return [_piece(tokens, kind)]
    at = next((i for i, token in enumerate(tokens) if i and token.word in words.connectors), None)
    if at is None:
        return _chunk(run, tokens, words)
    return _connected(run, tokens, at, words)


def _connected(run: str, tokens: list[Token], at: int, words: Vocabulary) -> list[Piece]:
    """A part with a connector at `at`: kept whole behind a head, else taken apart there."""
    left = tokens[:at]
    right_at = next(i for i in range(at, len(tokens)) if tokens[i].word not in words.connectors)
    plain = [bare(token.word) for token in left]
    if plain[-1].lower() in words.roles and not words.heads.intersection(plain[-1:]):
        right = _office(run, tokens[right_at:], words)
        before = _chunk(run, left, words)
        return before + [
            piece._replace(role=(left[0].start, tokens[_index(tokens, piece.start) - 1].end))
            if piece.kind == "person"
            else piece
            for piece in right
        ]
    rest = tokens[right_at:]
    if words.document_heads.intersection(plain):
        return _chunk(run, left, words) + _part(run, rest, words)
    if words.heads.intersection(plain) or (len(plain) > 1 and words.inner.intersection(plain)):
        return _with_trailing_person(run, left, rest, words, "organization")
    if plain[-1] in words.place_heads or plain[0] in words.place_fronts:
        return [_piece(tokens, "place")]
    if plain[-1] in words.event_heads or plain[0] in words.event_fronts:
        return [_piece(tokens, "event")]
    return _chunk(run, left, words) + _part(run, rest, words)


def _office(run: str, tokens: list[Token], words: Vocabulary) -> list[Piece]:
    """What follows "Secretary of": a field ("State", "Foreign Affairs") is part of the role, a person may follow it."""
    field = 0
    while field < len(tokens) and (tokens[field].word in words.inner or _joins_inner(tokens, field, words)):
        field += 1
    rest = tokens[field:]
    if field and rest and rest[0].word in words.connectors:
        return _part(run, [token for at, token in enumerate(rest) if at or token.word not in words.connectors], words)
    if not field or words.heads.intersection(token.word for token in rest):
        return _part(run, tokens, words)
    return [_person(rest)] if 0 < len(rest) <= MAX_PERSON_WORDS else []


def _joins_inner(tokens: list[Token], at: int, words: Vocabulary) -> bool:
    """ "State for Foreign Affairs": the connector between two words for a field."""
    joins = at > 0 and tokens[at].word in words.connectors
    return joins and at + 1 < len(tokens) and tokens[at + 1].word in words.inner


def _with_trailing_person(
    run: str, left: list[Token], rest: list[Token], words: Vocabulary, kind: EntityType
) -> list[Piece]:
    """ "Ministry of Trade spokesman X": the name ends before a role that a person follows."""
    role = next((i for i, token in enumerate(rest) if i and token.word.lower() in words.roles), None)
    if role is None:
        return [_piece([*left, *rest], kind)]
    body = _piece([*left, *rest[:role]], kind)
    return [body, *_chunk(run, rest[role:], words)]


def _index(tokens: list[Token], start: int) -> int:
    return next(i for i, token in enumerate(tokens) if token.start == start)


def _chunk(run: str, tokens: list[Token], words: Vocabulary) -> list[Piece]:
    """The names in words that no connector joins."""
    while tokens and _is_before_a_name(tokens[0].word, words):
        tokens = tokens[1:]
    if not tokens:
        return []
    if kind := words.known.get(_of(run, tokens)):
        return [_piece(tokens, kind)]
    plain = [bare(token.word) for token in tokens]
    if plain[0] in words.document_heads and len(tokens) > 1 and all(_COUNTED.fullmatch(t.word) for t in tokens[1:]):
        return []
    role = _last_role(plain, words)
    if role is not None:
        return _before_and_after_role(run, tokens, plain, role, words)
    if plain[0] in words.honorifics:
        return [_person(tokens[1:])] if len(tokens) > 1 else []
    if headed := _headed(tokens, plain, words):
        return headed
    return [] if len(plain) > 1 and plain[-1] in words.document_heads else _headless(run, tokens, plain, words)


def _is_before_a_name(word: str, words: Vocabulary) -> bool:
    """What a name does not begin with: "Velnic-speaking" is an adjective."""
    compound = "-" in word and word.rpartition("-")[2] in words.compound_ends
    return compound or word in words.never or word in words.connectors


def _last_role(plain: list[str], words: Vocabulary) -> int | None:
    """Where the last word for a role stands, unless a head follows it ("General Assembly")."""
    for at in range(len(plain) - 1, -1, -1):
        if plain[at] in words.heads or (at and plain[at] in words.event_heads):
            return None
        if plain[at].lower() in words.roles:
            return at
    return None


def _before_and_after_role(
    run: str, tokens: list[Token], plain: list[str], role: int, words: Vocabulary
) -> list[Piece]:
    first = role
    while first and (plain[first - 1].lower() in words.roles or plain[first - 1].lower() in words.modifiers):
        first -= 1
    before = tokens[:first]
    while before and plain[len(before) - 1] in words.demonyms:
        before = before[:-1]
    found: list[Piece] = []
    if before:
        whole = words.heads.intersection(plain[first:role]) and not words.known.get(_of(run, before))
        found = _headed(tokens[:role], plain[:role], words) if whole else _chunk(run, before, words)
        found = [piece for piece in found if piece.kind in ("organization", "place")]
    after = tokens[role + 1 :]
    while len(after) > 1 and bare(after[0].word) in words.honorifics:
        after = after[1:]
    if after and len(after) <= MAX_PERSON_WORDS and not words.inner.intersection(plain[role + 1 :]):
        found.append(_person(after, (tokens[0].start, tokens[role].end)))
    return found


def _headed(tokens: list[Token], plain: list[str], words: Vocabulary) -> list[Piece]:
    """A name told by its head; a head alone is no name."""
    if (document := next((i for i, word in enumerate(plain) if i and word in words.document_heads), None)) is not None:
        tokens, plain = tokens[:document], plain[:document]
    if len(tokens) == 1:
        return [_piece(tokens, "organization")] if is_acronym(tokens[0].word) and document else []
    if plain[-1] in words.event_heads or plain[0] in words.event_fronts:
        return [_piece(tokens, "event")]
    if words.heads.intersection(plain):
        return [_piece(tokens, "organization")]
    if plain[-1] in words.place_heads or plain[0] in words.place_heads or plain[0] in words.place_fronts:
        return [_piece(tokens, "place")]
    if words.inner.intersection(plain) and plain[0] not in words.demonyms:
        return [_piece(tokens, "organization")._replace(sure=False)]
    return []


def _headless(run: str, tokens: list[Token], plain: list[str], words: Vocabulary) -> list[Piece]:
    if plain[0] in words.demonyms or (len(tokens) > 1 and _DEMONYM_ENDING.fullmatch(plain[0])):
        return _chunk(run, tokens[1:], words)
    for size in range(min(len(tokens), 5), 0, -1):
        kind = words.known.get(_of(run, tokens[:size]))
        if kind and (size > 1 or len(tokens) == 1 or len(tokens) > 2 or is_acronym(tokens[0].word)):
            rest = tokens[size:]
            if rest and f" {rest[0].word} " in words.field_openers:  # "y", which may also stand in one's name
                rest = rest[1:]
            return [_piece(tokens[:size], kind), *_chunk(run, rest, words)]
    at = next((i for i, token in enumerate(tokens) if _is_acronym_of_a_body(token.word, words)), None)
    if at is not None:
        known = words.known.get(plain[at].title(), "organization")
        around = _chunk(run, tokens[:at], words) + _chunk(run, tokens[at + 1 :], words)
        return sorted([*around, _piece(tokens[at : at + 1], known)])
    if len(tokens) == 1:
        return _single(tokens, plain[0], words)
    if len(tokens) <= MAX_PERSON_WORDS and not words.demonyms.intersection(plain):
        return [_person(tokens)._replace(sure=False)]
    return []


def _is_acronym_of_a_body(word: str, words: Vocabulary) -> bool:
    """Neither a unit of measure nor a common word in capitals ("UPDATE")."""
    return is_acronym(word) and bare(word) not in words.never and bare(word).lower() not in words.openers


def _single(tokens: list[Token], word: str, words: Vocabulary) -> list[Piece]:
    """A word alone: open, unless it is known to be no name; two places that a hyphen joins are two."""
    before, hyphen, _ = word.partition("-")
    if hyphen and words.known.get(before) == "place" == words.known.get(word[len(before) + 1 :]):
        start = tokens[0].start
        at = start + len(before)
        return [Piece(start, at, "place"), Piece(at + 1, start + len(word), "place")]
    if (ending := word.rpartition("-")[2]) != word and (ending in words.compound_ends or ending in words.demonyms):
        return []
    common = (
        word in words.demonyms
        or word.removesuffix("s") in words.demonyms
        or word in words.document_heads
        or word in words.heads
        or word in words.place_heads
        or word in words.event_heads
    )
    if common or word in words.inner or len(word) < 2 or _DEMONYM_ENDING.fullmatch(word) or word.isdigit():
        return []
    return [_piece(tokens, None)._replace(sure=False)]


def _of(run: str, tokens: list[Token]) -> str:
    return (
        bare(run[tokens[0].start : tokens[-1].end])
        if not tokens[-1].word.endswith(".")
        else run[tokens[0].start : tokens[-1].end]
    )


def _piece(tokens: list[Token], kind: EntityType | None) -> Piece:
    last = tokens[-1]
    end = last.end
    for ending in ("’s", "'s"):
        if last.word.endswith(ending):
            end -= 2
    return Piece(tokens[0].start, end, kind)


def _person(tokens: list[Token], role: tuple[int, int] | None = None) -> Piece:
    return _piece(tokens, "person")._replace(role=role)
