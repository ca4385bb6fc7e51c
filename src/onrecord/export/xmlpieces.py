"""XML written as it is made: an element at a time, so that a network of any size needs no tree in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from onrecord.export.xmltext import legal

PIECE = 65_536
"""Bytes that are gathered before they are given on."""


class Pieces:
    """A file for lxml to write to; `taken` gives what has come together."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._held.append(data)
        self._size += len(data)
        return len(data)

    def taken(self, least: int = PIECE) -> Iterator[bytes]:
        """All that was written since, once there are `least` bytes."""
        if self._size >= least:
            yield b"".join(self._held)
            self._held.clear()
            self._size = 0


@contextmanager
def document(pieces: Pieces) -> Iterator[Any]:
    """lxml's incremental writer, after the XML declaration."""
    with etree.xmlfile(pieces, encoding="utf-8") as xml:
        xml.write_declaration()
        yield xml


def element(name: str, *inside: Any, text: str | None = None, **attributes: str | None) -> Any:
    """An element; attributes that are `None` are left out, `for_` is written `for`, and all words are made legal."""
    made = etree.Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_").replace("__", "."), legal(value))
    if text is not None:
        made.text = legal(text)
    made.extend(inside)
    return made


def flushed(xml: Any, made: Any) -> None:
    """Write an element on a line of its own."""
    made.tail = "\n"
    xml.write(made)
    xml.flush()
