"""The body of a text whose every sentence is short.

A body is told by its running text (`lines`), and "We welcome the talks." is too short for that. Where a line announces
who signs, the short sentences above it are what they have signed: without this the list below would be taken for a
letterhead, and the first of its names for whose statement it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.lines import LONG, Lines
from onrecord.model import Span

FAR = 60
"""At most so many lines from the top the announcing line is sought."""
NOTES = 700
"""Running text below the signatures is a note on them where it is no longer than this; else it is the body."""
_STOPS = ".!?…؟۔。"
_FEWEST = 3
"""Words of a sentence."""


def body(lines: Lines, blocks: Sequence[Span], running: int) -> tuple[int, int] | None:
    """Where such a body begins and ends, as numbers of paragraphs; `None` where no line announces who signs.

    `running` is the number of the first running paragraph, or of paragraphs where there is none. The body is empty
    where no sentence stands above the line.
    """
    signs = next((n for n in range(1, min(running, FAR)) if _announces(lines, blocks, n)), None)
    noted = running < len(blocks)
    if signs is None or (noted and blocks[-1].end - blocks[running].start > NOTES):
        return None
    first = signs
    while first > 0 and _sentence(lines, blocks[first - 1]):
        first -= 1
    return None if noted and first == signs else (first, signs)


def _announces(lines: Lines, blocks: Sequence[Span], number: int) -> bool:
    """Whether a line announces who signs, with them behind it or below."""
    block = blocks[number]
    if lines.lists_signers(block):
        return block.end - block.start <= LONG
    return number + 1 < len(blocks) and (lines.signs(block) or _only_announces(lines, block))


def _only_announces(lines: Lines, block: Span) -> bool:
    """A line that is no more than such a phrase: "Signatories"."""
    phrase = lines.begins(block, "signed")
    return phrase is not None and phrase.end == block.end


def _sentence(lines: Lines, block: Span) -> bool:
    """Some words with their stop, which belong to no frame."""
    stops = lines.text[block.end - 1] in _STOPS and len(block.of(lines.text).split()) >= _FEWEST
    return stops and not (lines.marked(block) or lines.furniture(block) or lines.dated(block))
