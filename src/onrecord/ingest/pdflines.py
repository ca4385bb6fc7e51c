"""The lines of a page put together to paragraphs, by where they stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

_GAP = 1.45
"""A distance between lines of more than this many times the usual one parts paragraphs."""
_FULL = 0.1
"""A line that ends within this share of the column's width from its edge runs on into the next."""
_HYPHENS = "\ufffe\x02\u00ad"
_STRAY = re.compile("[\ufffe\x02\u00ad\x00-\x08\x0e-\x1f]")


class Line(Struct, frozen=True):
    """One line and its box in points, y upwards. `rtl`: it runs from right to left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    rtl: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of one page; within one, lines that stop short of the edge keep their break (signatures)."""
    usual = _pitch(lines)
    edge = max((line.right for line in lines if not line.rtl), default=0.0)
    far = min((line.left for line in lines if line.rtl), default=0.0)
    group: list[Line] = []
    for line in lines:
        if group and (_parts(group, line, usual) or _wide_step(group[-1], line, edge, far)):
            yield _joined(group, edge, far)
            group = []
        group.append(line)
    if group:
        yield _joined(group, edge, far)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next."""
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom]
    small = sorted(steps)[: max(1, 2 * len(steps) // 3)]
    return median(small) if small else 0.0


def _parts(group: list[Line], line: Line, usual: float) -> bool:
    """Whether `line` begins a new paragraph."""
    last = group[-1]
    if not usual or not line.height or not last.height:
        return False
    step = last.bottom - line.bottom
    if step < 0 or abs(line.height - last.height) > 0.2 * last.height:
        return True
    return step > _GAP * min(usual, 2 * line.height) or _indented(group, line)


def _wide_step(last: Line, line: Line, edge: float, far: float) -> bool:
    """A short line with more room below it than within a paragraph, where short paragraphs make that usual."""
    width = max(last.right, edge) - min(last.left, far or last.left)
    short = last.left - far > _FULL * width if last.rtl else edge - last.right > _FULL * width
    return short and last.bottom - line.bottom > 1.65 * max(last.height, line.height)


def _indented(group: list[Line], line: Line) -> bool:
    """A first line that is set in from those above it, as books mark a paragraph."""
    if line.rtl or len(group) < 2:
        return False
    margin = min(other.left for other in group)
    return 0.8 * line.height < line.left - margin < 4 * line.height and abs(group[-1].left - margin) < 1


def _joined(group: list[Line], edge: float, far: float) -> str:
    right = _column_edge([line.right for line in group], edge)
    left = -_column_edge([-line.left for line in group], -far)
    pieces: list[str] = []
    for line, following in zip(group, [*group[1:], None], strict=True):
        text = line.text
        width = max(1.0, right - min(other.left for other in group), max(other.right for other in group) - left)
        full = line.left - left < _FULL * width if line.rtl else right - line.right < _FULL * width
        if following is None:
            pieces.append(text)
        elif text[-1:] in _HYPHENS or (full and _broken_word(text, following.text)):
            pieces.append(text[:-1])
        else:
            pieces.append(text + (" " if full else "\n"))
    return _STRAY.sub("", "".join(pieces))


def _broken_word(text: str, following: str) -> bool:
    return len(text) > 2 and text[-1] in "-\u2010" and text[-2].islower() and following[:1].islower()


def _column_edge(ends: list[float], edge: float) -> float:
    """Where the column ends: where two lines of the paragraph do, else at the page's edge."""
    far = sorted(ends, reverse=True)
    return far[0] if len(far) > 2 and far[0] - far[1] < 12 else edge
