"""The packaged fictional corpus with its truth.

`files()` is a folder that `Archive.build` takes; `truth()` says every fact of each of its documents, with offsets into
the words as they were written; `resolve` carries those offsets over to a rendition of the file, whose line breaks and
page furniture may differ. How the corpus is written and marked: corpus/README.md.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import regex

HERE = Path(__file__).parent
TOKEN = regex.compile(r"[\w\p{M}]+|[^\w\s\p{M}]")
MARK = regex.compile(r"\p{M}+")
"""Vowel marks do not come through every format."""
Truth = dict[str, Any]


def files() -> Path:
    """The folder of the corpus' files."""
    return HERE / "files"


def truth() -> Iterator[Truth]:
    """The truth of each document, in the order of their numbers; `file` is its path below `files()`."""
    for path in sorted((HERE / "truth").glob("*.json")):
        yield json.loads(path.read_text("utf8"))


def resolve(true: Truth, text: str) -> Truth:
    """`true` with its offsets carried over to `text`, a rendition of the same words.

    Boilerplate that the rendition leaves out goes, with the mentions in it. Raises ValueError, naming the words, where
    anything else is not there.
    """
    carry = Carry(true["text"], text)
    left_out = [
        (one["start"], one["end"])
        for one in true["segments"]
        if one["kind"] == "boilerplate" and carry.span(one["start"], one["end"]) is None
    ]
    apart = ("text", "languages")
    made: Truth = carried({key: value for key, value in true.items() if key not in apart}, carry, left_out)
    languages = [part | carry.within(part["start"], part["end"]) for part in true["languages"]]
    return made | {"text": text, "languages": languages}


class Carry:
    """Offsets of one text to those of another that holds the same words, by the longest runs of equal tokens."""

    def __init__(self, old: str, new: str) -> None:
        self._old = [match.span() for match in TOKEN.finditer(old)]
        self._new = [match.span() for match in TOKEN.finditer(new)]
        words = [MARK.sub("", old[s:e]) for s, e in self._old], [MARK.sub("", new[s:e]) for s, e in self._new]
        self._to: dict[int, int] = {}
        for block in SequenceMatcher(None, *words, autojunk=False).get_matching_blocks():
            self._to |= {block.a + n: block.b + n for n in range(block.size)}
        self.old = old

    def span(self, start: int, end: int) -> list[int] | None:
        """`[start, end)` in the new text; None where its first or last word is not there."""
        first = bisect_right(self._old, (start, len(self.old))) - 1
        last = bisect_right(self._old, (end - 1, len(self.old))) - 1
        if first not in self._to or last not in self._to:
            return None
        # Inside a word too: a conjunction may be written on to a name.
        begin = self._new[self._to[first]][0] + start - self._old[first][0]
        return [begin, self._new[self._to[last]][1] + end - self._old[last][1]]

    def within(self, start: int, end: int) -> dict[str, int]:
        """From the first to the last word of `[start, end)` that is in the new text."""
        there = [self._to[at] for at, (s, e) in enumerate(self._old) if start <= s and e <= end and at in self._to]
        return {"start": self._new[there[0]][0], "end": self._new[there[-1]][1]} if there else {"start": 0, "end": 0}


def carried(value: Any, carry: Carry, left_out: list[tuple[int, int]]) -> Any:
    """A value of the truth with every offset in it carried over; facts inside what was left out are dropped."""
    if isinstance(value, list):
        if is_span(value):
            return moved(value[0], value[1], carry)
        kept = (one for one in value if not any(s <= at and to <= e for at, to in [place(one)] for s, e in left_out))
        return [carried(one, carry, left_out) for one in kept]
    if isinstance(value, dict):
        made = {key: carried(one, carry, left_out) for key, one in value.items()}
        if isinstance(value.get("start"), int):
            made["start"], made["end"] = moved(value["start"], value["end"], carry)
        return made
    return value


def is_span(value: list[Any]) -> bool:
    return len(value) == 2 and all(isinstance(one, int) for one in value)


def place(fact: Any) -> tuple[int, int]:
    """Where a fact stands; nowhere, (-1, -1), for what has no place of its own."""
    if isinstance(fact, dict) and isinstance(fact.get("start"), int):
        return fact["start"], fact["end"]
    return -1, -1


def moved(start: int, end: int, carry: Carry) -> list[int]:
    found = carry.span(start, end)
    if found is None:
        raise ValueError(f"{carry.old[start:end]!r} is not in the rendition")
    return found
