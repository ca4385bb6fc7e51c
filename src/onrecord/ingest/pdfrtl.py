"""Right-to-left pages: pdfminer's characters, sorted by where they stand, put back into the order they are read in.

A PDF holds glyphs from left to right. Each line is therefore turned round, but for the stretches that run from left to
right inside it (Latin words, numbers). Shaped letters become plain ones (NFKC of the presentation forms, nothing else).
Some programs write a bracket as it is seen, some as it was typed; the document's own pairs tell which (`_mirrored`).
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import msgspec
from msgspec import Struct

from onrecord.ingest.encodings import whole
from onrecord.ingest.pdflines import Line

MIRROR = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_OPENING = dict(zip("([{«‹", ")]}»›", strict=True))
LAM, ALEFS = "\u0644", "\u0627\u0623\u0625\u0622"
_PRESENTATION = re.compile("[\ufb1d-\ufd3d\ufd40-\ufdef\ufe70-\ufefc]")
_STRONG_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_NUMBER = r"[#$€£]?\d+(?:[{separators}]\d+)*"
_ARABIC_NUMBER = re.compile(_NUMBER.format(separators=".,:/٫٬"))
_HEBREW_NUMBER = re.compile(_NUMBER.format(separators=r".,:/\-+"))
_SPACE = 0.22
"""A gap of this share of the type size is a space."""
_GUTTER = 1.2
"""A gap of this many type sizes, where the page has one all the way down, parts columns."""


_Test = Callable[[str], bool]


class Glyph(Struct):
    """One character, or ligature, as it stands on the page; `base` is the height of its baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float


def pages(data: bytes) -> Iterator[list[Line]]:
    """The lines of each page in reading order."""
    found = [list(_page_lines(glyphs)) for glyphs in _glyphs(data)]
    mirrored = _mirrored(found)
    for rows in found:
        lines = [_line(row, mirrored) for row in rows]
        yield lines if _from_the_right(lines) else [msgspec.structs.replace(line, rtl=False) for line in lines]


def _from_the_right(lines: list[Line]) -> bool:
    """Whether the lines of a page begin at its right edge; some programs set right-to-left text to the left one."""
    right = max((line.right for line in lines), default=0.0)
    left = min((line.left for line in lines), default=0.0)
    return sum(right - line.right < 12 for line in lines) >= sum(line.left - left < 12 for line in lines)


def _glyphs(data: bytes) -> Iterator[list[Glyph]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTChar, LTContainer
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what is wrong with a file is told in Notices
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(io.BytesIO(data), check_extractable=False):
        interpreter.process_page(page)
        found: list[Glyph] = []
        waiting: list[object] = [device.get_result()]
        while waiting:
            node = waiting.pop()
            if isinstance(node, LTChar):
                if node.upright and node.get_text() != "\x00":
                    found.append(Glyph(whole(node.get_text()), node.x0, node.x1, node.matrix[5], node.size))
            elif isinstance(node, LTContainer):
                waiting.extend(reversed(list(node)))
        yield found


def _page_lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one line each, from left to right; the right column before the left one."""
    for column in _columns(glyphs):
        yield from _rows(column)


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if rows and abs(rows[-1][0].base - glyph.base) < 0.35 * max(4.0, min(glyph.size, rows[-1][0].size)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.left)
        _part_ligatures(row)
    return [row for row in rows if any(not glyph.text.isspace() for glyph in row)]


def _part_ligatures(row: list[Glyph]) -> None:
    """A lam-alef that comes as two glyphs on one spot: the lam is read first, and so belongs on the right."""
    for n, (lam, alef) in enumerate(pairwise(list(row))):
        if lam.text == LAM and alef.text in ALEFS and alef.left < (lam.left + lam.right) / 2:
            row[n], row[n + 1] = alef, lam


def _columns(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The page in one, or in two where a gutter runs all the way down its middle."""
    rows = _rows(glyphs)
    if len(rows) < 6:
        return [glyphs]
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    wide = [
        (max(a.right, left + 0.3 * (right - left)), min(b.left, left + 0.7 * (right - left)))
        for row in rows
        if (pair := _widest(row)) is not None
        for a, b in [pair]
    ]
    start, end = max((gap[0] for gap in wide), default=0.0), min((gap[1] for gap in wide), default=0.0)
    if len(wide) < 0.6 * len(rows) or end - start < 6:
        return [glyphs]
    if any(glyph.left < start and glyph.right > end for glyph in glyphs):
        return [glyphs]
    return [[g for g in glyphs if g.left >= start], [g for g in glyphs if g.left < start]]


def _widest(row: list[Glyph]) -> tuple[Glyph, Glyph] | None:
    """The two neighbours of a row with a gutter between them."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    pairs = [(a, b) for a, b in pairwise(inked) if b.left - a.right > _GUTTER * a.size]
    return max(pairs, key=lambda pair: pair[1].left - pair[0].right, default=None)


def _line(row: list[Glyph], mirrored: bool) -> Line:
    words = read(row, mirrored)
    base, size = row[0].base, max(glyph.size for glyph in row)
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    rtl = _is_rtl("".join(glyph.text for glyph in row))
    return Line(words, inked[0].left, base, max(glyph.right for glyph in inked), base + size, rtl)


def _is_rtl(text: str) -> bool:
    """Whether a line as a whole runs from right to left."""
    rtl = len(_STRONG_RTL.findall(text))
    ltr = sum(c.isalpha() for c in text) - rtl
    return rtl > 0 and 2 * rtl >= ltr


def read(row: list[Glyph], mirrored: bool) -> str:
    """A row of glyphs, left to right, as it is read. `mirrored`: brackets are as seen and must be turned back."""
    clusters = _spaced(row)
    text = "".join(clusters)
    if not _STRONG_RTL.search(text):
        return _plain(text)
    if _is_rtl(text):
        return _plain("".join(_turned(clusters, mirrored)))
    return _plain("".join(_turned_inside(clusters, mirrored)))


def _plain(text: str) -> str:
    return " ".join(_PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]).strip(), text).split())


def _spaced(row: list[Glyph]) -> list[str]:
    """The characters of a row with its spaces, each with the marks that stand over or under it."""
    bases = [glyph for glyph in row if not _is_mark(glyph.text)]
    marks: dict[int, str] = {}
    for mark in (glyph for glyph in row if _is_mark(glyph.text)):
        if bases:
            nearest = min(range(len(bases)), key=lambda n: _distance(bases[n], mark))
            marks[nearest] = marks.get(nearest, "") + mark.text
    clusters: list[str] = []
    end = float("inf")
    for n, glyph in enumerate(bases):
        if glyph.left - end > _SPACE * glyph.size and not clusters[-1].isspace():
            clusters.append(" ")
        end = max(glyph.right, end if n else glyph.right)
        clusters.append(glyph.text + marks.get(n, ""))
    return clusters


def _is_mark(text: str) -> bool:
    return unicodedata.category(text[0]) == "Mn" or "\ufe70" <= text[0] <= "\ufe7f"


def _distance(base: Glyph, mark: Glyph) -> float:
    """How far a mark lies from a letter; spaces carry none. A mark without width is set at its letter's left edge."""
    if base.text.isspace():
        return float("inf")
    if mark.right - mark.left < 0.05 * mark.size:
        return abs(base.left - mark.left)
    return abs((base.left + base.right) / 2 - (mark.left + mark.right) / 2)


def _turned(clusters: list[str], mirrored: bool) -> Iterator[str]:
    """A right-to-left line: from its right end, what runs from left to right kept as it is."""
    runs = _left_to_right(clusters)
    at = len(clusters)
    for start, end in reversed(runs):
        yield from (_turn(c, mirrored) for c in reversed(clusters[end:at]))
        yield from clusters[start:end]
        at = start
    yield from (_turn(c, mirrored) for c in reversed(clusters[:at]))


def _turned_inside(clusters: list[str], mirrored: bool) -> Iterator[str]:
    """A left-to-right line with right-to-left words inside: only those are turned."""
    at = 0
    for start, end in _stretches(clusters, lambda c: bool(_STRONG_RTL.search(c)), lambda c: not c[0].isalpha()):
        yield from clusters[at:start]
        yield from _turned(clusters[start:end], mirrored)
        at = end
    yield from clusters[at:]


def _turn(cluster: str, mirrored: bool) -> str:
    return MIRROR.get(cluster, cluster) if mirrored else cluster


def _left_to_right(clusters: list[str]) -> list[tuple[int, int]]:
    """Stretches that run from left to right: from a Latin letter to the last letter or digit, and numbers."""
    words = list(_stretches(clusters, _is_ltr, lambda c: not _STRONG_RTL.search(c), _is_ltr_or_digit))
    text = "".join(c[0] for c in clusters)
    number = _HEBREW_NUMBER if _HEBREW.search(text) else _ARABIC_NUMBER
    inside = {n for start, end in words for n in range(start, end)}
    numbers = [match.span() for match in number.finditer(text) if match.start() not in inside]
    return sorted([*words, *numbers])


def _is_ltr(cluster: str) -> bool:
    return cluster[0].isalpha() and not _STRONG_RTL.match(cluster)


def _is_ltr_or_digit(cluster: str) -> bool:
    return _is_ltr(cluster) or cluster[0].isdigit()


def _stretches(
    clusters: list[str], begins: _Test, goes_on: _Test, ends: _Test | None = None
) -> Iterator[tuple[int, int]]:
    """Half-open ranges from a cluster that `begins` over those that `goes_on` holds for, to the last that `ends`."""
    ends = ends or begins
    at = 0
    while at < len(clusters):
        if not begins(clusters[at]):
            at += 1
            continue
        last = scan = at
        while scan < len(clusters) and (ends(clusters[scan]) or goes_on(clusters[scan])):
            if ends(clusters[scan]):
                last = scan
            scan += 1
        yield at, last + 1
        at = max(scan, last + 1)


def _mirrored(found: list[list[list[Glyph]]]) -> bool:
    """Whether brackets come as they are seen: the reading in which more of them make pairs."""
    sample = [row for rows in found for row in rows if any(c in MIRROR for glyph in row for c in glyph.text)][:400]
    seen, typed = (_pairs(" ".join(read(row, way) for row in sample)) for way in (True, False))
    return seen >= typed


def _pairs(text: str) -> int:
    """How many brackets and quotation marks open before they close."""
    pairs, open_now = 0, []
    for c in text:
        if c in _OPENING:
            open_now.append(_OPENING[c])
        elif open_now and c == open_now[-1]:
            open_now.pop()
            pairs += 1
    return pairs
