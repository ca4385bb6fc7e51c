"""A text that grows block by block and remembers which stretches are headings and page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from onrecord.errors import Unreadable
from onrecord.ingest.limits import LIMITS, Limits
from onrecord.ingest.parts import Declared, Rendered
from onrecord.model import Notice, Span

PARAGRAPH = "\n\n"
LINE = "\n"

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
"""White space that a layout puts between words; a no-break space is the writer's and stays."""


def squeeze(text: str) -> str:
    """One line of `text`: runs of layout white space become one space, none at the ends."""
    return _SPACES.sub(" ", text).strip(" ")


class Sheet:
    """Blocks in reading order. What is added is never changed again."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self.headings: list[Span] = []
        self.boilerplate: list[Span] = []

    def add(self, text: str, gap: str = PARAGRAPH, *, heading: bool = False, boilerplate: bool = False) -> None:
        """Append `text` after `gap` (nothing at the start). Empty text adds nothing.

        Raises Unreadable(`too-long`) where the whole grows beyond the limit.
        """
        if not text:
            return
        if self._length:
            self._append(gap)
        start = self._length
        self._append(text)
        if heading:
            self.headings.append(Span(start, self._length))
        if boilerplate:
            self._furniture(Span(start, self._length))

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > self._limits.text_chars:
            raise too_long(self._length, self._limits)

    def _furniture(self, span: Span) -> None:
        last = self.boilerplate[-1] if self.boilerplate else None
        if last and span.start - last.end <= 2:
            self.boilerplate[-1] = Span(last.start, span.end)
        else:
            self.boilerplate.append(span)

    def lines(self, lines: Iterable[str], gap: str = PARAGRAPH) -> None:
        """Append lines that belong together: `gap` ahead of the first, a line break between."""
        for line in lines:
            self.add(line, gap)
            gap = LINE if line else gap

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def rendered(self, extractor: str, edition: str, declared: Declared, notices: tuple[Notice, ...] = ()) -> Rendered:
        """The sheet as a reader's result."""
        return Rendered(
            text=self.text,
            extractor=extractor,
            version=edition,
            declared=declared,
            headings=tuple(self.headings),
            boilerplate=tuple(self.boilerplate),
            notices=notices,
        )


def too_long(length: int, limits: Limits) -> Unreadable:
    """The error for a text beyond the limit of one document."""
    return Unreadable(
        "too-long",
        f"Its text is longer than one document may be (over {min(length, limits.text_chars):,} characters).",
        "Split it, and add the parts.",
    )


@cache
def edition(package: str, revision: int) -> str:
    """What `Rendition.version` says: the library's version and our reader's revision, as in `2.0.0+1`."""
    try:
        return f"{version(package)}+{revision}"
    except PackageNotFoundError:
        return f"0+{revision}"
