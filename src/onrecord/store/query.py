"""The query language: text to a small tree. Nothing here knows of an index.

    query   = or
    or      = and { "OR" and }
    and     = not { ["AND"] not }
    not     = ("NOT" | "-") not | item
    item    = "(" or ")" | ["title:"] ( word | word"*" | '"' words '"' )

Operators are capitals, so that "and" can be searched for. A quotation mark that is not closed runs to the end.
One pass over the tokens, depth limited: linear in the length of the query, which is limited too.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from msgspec import Struct

from onrecord.errors import QueryError
from onrecord.text.folding import UNSPACED, fold, mend_hebrew, parted, without_article

LONGEST_QUERY = 2000
"""Code points."""
MOST_WORDS = 100
DEEPEST = 30
SHORTEST_PREFIX = 2
"""Letters that must stand before a `*`; one alone would name half the words there are."""

TOKEN = regex.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) |
        (?P<minus>-(?=[^\s-])) |
        (?P<field>title:)?
        (?: ["“”„«»＂](?P<phrase>[^"“”„«»＂]*)(?:["“”„«»＂]|$) | (?P<word>[^\s()"“”„«»＂]+) )
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
OPERATORS = frozenset(["AND", "OR", "NOT"])
HELP = 'Words, "phrases", AND, OR, NOT or -, ( ), prefix* and title:word are understood.'


class Leaf(Struct, frozen=True):
    """Words that stand beside each other in this order; `prefix`: the last one may go on."""

    words: tuple[str, ...]
    """Folded, as they stand in the folded text."""
    prefix: bool = False
    title: bool = False
    stem: str | None = None
    """A single Arabic word without its article."""

    @property
    def terms(self) -> list[str]:
        """As the index has them: text without spaces as pairs, its last sign only where more follows."""
        terms = parted(" ".join(self.words))
        if self.words and UNSPACED.fullmatch(self.words[-1]) and len(self.words[-1]) > 1:
            terms.pop()
        return terms

    @property
    def starts(self) -> bool:
        """Whether the last term is only how a word of the index begins."""
        return self.prefix or bool(UNSPACED.fullmatch(self.words[-1]) and len(self.words[-1]) == 1)


class Node(Struct, frozen=True):
    """`kind` is `and`, `or` or `not` (which has one part)."""

    kind: str
    parts: tuple[Node | Leaf, ...]


Tree = Node | Leaf


class Token(Struct, frozen=True):
    kind: str
    text: str = ""
    title: bool = False


def parse(query: str) -> Tree | None:
    """The tree of a query; None for an empty one, which finds everything. Raises QueryError."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"The query is longer than {LONGEST_QUERY} characters. Search for a few words of it.")
    found = list(scan(mend_hebrew(query)))
    if sum(token.kind in ("word", "phrase") for token in found) > MOST_WORDS:
        raise QueryError(f"The query has more than {MOST_WORDS} words. Search for a few of them.")
    if not found:
        return None
    tree = Parser(found).parse()
    if tree is None:
        raise QueryError(f"There is no letter or digit to search for in {query!r}. {HELP}")
    return tree


def scan(query: str) -> Iterator[Token]:
    """The tokens; every sign belongs to one."""
    at = 0
    while (match := TOKEN.match(query, at)) is not None and match.end() > at:
        at = match.end()
        kind, text = match.lastgroup or "", match[0].strip()
        title = match["field"] is not None
        if match["phrase"] is not None:
            yield Token("phrase", match["phrase"], title)
        elif match["word"] is None:
            yield Token(kind, text)
        elif match["word"] in OPERATORS and not title:
            yield Token(match["word"])
        else:
            yield Token("word", match["word"], title)


class Parser:
    """Recursive descent over the tokens; words that fold to nothing (dashes, dots) are passed over."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def parse(self) -> Tree | None:
        tree = self._or()
        if self._at < len(self._tokens):
            raise QueryError(
                f"A closing parenthesis has no opening one. Take it out, or put words in quotation marks. {HELP}"
            )
        return tree

    def _peek(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else "end"

    def _or(self) -> Tree | None:
        parts = [self._and()]
        while self._peek() == "OR":
            self._operator()
            parts.append(self._and())
        return joined("or", parts)

    def _and(self) -> Tree | None:
        parts: list[Tree | None] = []
        while (kind := self._peek()) not in ("end", "close", "OR"):
            if kind == "AND":
                if not parts:
                    raise QueryError(f"AND stands without a word before it. {HELP}")
                self._operator()
            parts.append(self._not())
        if not parts:
            raise QueryError(f"A word is missing before OR, or between parentheses. {HELP}")
        return joined("and", parts)

    def _operator(self) -> None:
        """Past an operator, which must have something after it."""
        name = self._peek()
        self._at += 1
        if self._peek() in ("end", "close", "AND", "OR"):
            raise QueryError(
                f'{name} stands without a word after it. To search for the word itself, write "{name.lower()}".'
            )

    def _not(self) -> Tree | None:
        negated = False
        while self._peek() in ("NOT", "minus"):
            self._operator()
            negated = not negated
        part = self._item()
        return Node("not", (part,)) if negated and part is not None else part

    def _item(self) -> Tree | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "open":
            return self._group()
        if token.kind == "phrase":
            return leaf(token.text, prefix=False, title=token.title)
        stem = token.text.rstrip("*")
        return leaf(stem, prefix=stem != token.text, title=token.title)

    def _group(self) -> Tree | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"Parentheses stand more than {DEEPEST} deep. Ask in two searches.")
        inner = self._or()
        if self._peek() != "close":
            raise QueryError(f"An opening parenthesis is not closed. Add one at the end. {HELP}")
        self._at += 1
        self._depth -= 1
        return inner


def joined(kind: str, parts: list[Tree | None]) -> Tree | None:
    """One node for several parts; those that hold nothing to search for are left out."""
    kept = tuple(part for part in parts if part is not None)
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else Node(kind, kept)


def leaf(text: str, *, prefix: bool, title: bool) -> Leaf | None:
    """The leaf for a word or phrase as typed. Raises QueryError for a prefix that is too short."""
    words = tuple(fold(text).split())
    if prefix and (not words or (len(words[-1]) < SHORTEST_PREFIX and not UNSPACED.match(words[-1]))):
        raise QueryError(
            f"Before * there must be at least {SHORTEST_PREFIX} letters: negotiat* finds negotiation and negotiator."
        )
    if not words:
        return None
    return Leaf(words, prefix, title, None if prefix else without_article(text))


def leaves(tree: Tree | None) -> Iterator[Leaf]:
    """What a found text may hold: the leaves that are not negated."""
    if isinstance(tree, Leaf):
        yield tree
    elif tree is not None and tree.kind != "not":
        for part in tree.parts:
            yield from leaves(part)
