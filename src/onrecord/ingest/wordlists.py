"""The numbers of automatically numbered paragraphs in DOCX, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element
from msgspec import Struct

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(number: int) -> str:
    """`4` → `iv`."""
    pieces = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def letters(number: int) -> str:
    """`1` → `a`, `27` → `aa`, as Word goes on after `z`."""
    count, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (count + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
}
"""Number formats by their name in the file; others count in decimals, bullets not at all."""


class _Level(Struct, frozen=True):
    start: int
    kind: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one document, in reading order.

    `follows`: the paragraph last asked about follows another item of the same list directly.
    """

    def __init__(self, docx: Docx) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._last: str | None = None
        self.follows = False
        for relation in docx.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._load(relation.target_part.element)

    def _load(self, root: _Element) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"), "0")))
                self._levels[key] = _Level(
                    int(_value(level, "w:start") or 1),
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                )
        for num in root.iter(qn("w:num")):
            self._abstract[num.get(qn("w:numId"))] = _value(num, "w:abstractNumId") or ""

    def of(self, paragraph: Paragraph) -> str | None:
        """The number that stands before the paragraph; `""` for a bullet, `None` where it is in no list."""
        found = _place(paragraph)
        if found is None or found[0] not in self._abstract:
            self._last = None
            return None
        num, depth = found
        self.follows = self._last == num
        self._last = num
        level = self._levels.get((self._abstract[num], depth))
        if level is None or level.kind in ("bullet", "none"):
            return ""
        return self._number(num, depth, level)

    def _number(self, num: str, depth: int, level: _Level) -> str:
        counts = self._counts.setdefault(self._abstract[num], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]

        def part(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            inner = self._levels.get((self._abstract[num], at), level)
            return FORMATS.get(inner.kind, str)(max(1, counts.get(at, inner.start)))

        return re.sub(r"%(\d)", part, level.text)


def _value(element: _Element, name: str) -> str | None:
    child = element.find(qn(name))
    return child.get(qn("w:val")) if child is not None else None


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """List and level of a paragraph, its own or its style's."""
    element = paragraph._p
    style = paragraph.style
    for _ in range(12):
        properties = element.find(qn("w:pPr")) if element is not None else None
        num = properties.find(qn("w:numPr")) if properties is not None else None
        if num is not None:
            number = _value(num, "w:numId")
            return (number, int(_value(num, "w:ilvl") or 0)) if number and number != "0" else None
        if style is None:
            return None
        element, style = style.element, style.base_style
    return None
