"""Plain text and Markdown: the decoded content, unchanged, so that offsets made elsewhere fit."""

from __future__ import annotations

from itertools import pairwise

from onrecord.ingest.encodings import Decoded, decode
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered, notice
from onrecord.ingest.sheet import edition, too_long
from onrecord.model import Notice, Span

REVISION = "1"


def text(data: bytes, limits: Limits) -> Rendered:
    """A plain text: all of it, line ends included; only a byte order mark is dropped."""
    decoded = decode(data)
    if len(decoded.text) > limits.text_chars:
        raise too_long(len(decoded.text), limits)
    return Rendered(text=decoded.text, extractor="onrecord-text", version=REVISION, notices=encoding_notices(decoded))


def encoding_notices(decoded: Decoded) -> tuple[Notice, ...]:
    """What a reader should know of how the bytes became letters."""
    notices = []
    if decoded.guessed:
        message = (
            f"It does not say its encoding; by its letters it was read as {decoded.encoding}. "
            "If words look wrong, save it as UTF-8 and add it again."
        )
        notices.append(notice("encoding-guessed", message))
    if decoded.lost:
        message = (
            f"{decoded.lost} characters could not be read as {decoded.encoding} and are shown as \ufffd. "
            "Save it as UTF-8 from its source and add it again."
        )
        notices.append(notice("encoding-damaged", message))
    return tuple(notices)


def markdown(data: bytes, limits: Limits) -> Rendered:
    """A Markdown text, unchanged; its headings as spans over their words, the first top one as title."""
    from markdown_it import MarkdownIt

    plain = text(data, limits)
    tokens = MarkdownIt("commonmark").parse(plain.text.replace("\r\n", " \n").replace("\r", "\n").replace("\x00", " "))
    starts = _line_starts(plain.text)
    found = [
        (mark.tag, _words(plain.text, starts, mark.map[0], mark.map[1], inline.content.split("\n")[0].strip()))
        for mark, inline in pairwise(tokens)
        if mark.type == "heading_open" and mark.map and inline.content.strip()
    ]
    title = next((span.of(plain.text) for tag, span in found if tag == "h1"), None)
    return Rendered(
        text=plain.text,
        extractor="markdown-it-py",
        version=edition("markdown-it-py", 1),
        declared=Declared(title=title),
        headings=tuple(span for _, span in found),
        notices=plain.notices,
    )


def _line_starts(body: str) -> list[int]:
    """Where each line begins; `\\r\\n`, `\\n` and a lone `\\r` end lines."""
    starts, at = [0], 0
    for line in body.replace("\r\n", " \n").replace("\r", "\n").split("\n"):
        at += len(line) + 1
        starts.append(min(at, len(body)))
    return starts


def _words(body: str, starts: list[int], first: int, last: int, words: str) -> Span:
    """The span of the heading's words within its lines, its marks left out where that can be told."""
    start, end = starts[first], starts[min(last, len(starts) - 1)]
    at = body.find(words, start, end)
    if at >= 0:
        return Span(at, at + len(words))
    line = body[start:end].rstrip()
    return Span(start, start + len(line))
