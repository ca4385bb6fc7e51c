"""What passes between the steps of ingest: Offer → Item → Reading, with Member and Rendered inside."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from onrecord.model import Capture, Given, Notice, Span

STAGE = "ingest"


class Offer(Struct, frozen=True):
    """A file that was found. `source` is its posix path relative to the folder that was added."""

    path: Path
    source: str
    given: Given = Given()


class Declared(Struct, frozen=True, kw_only=True):
    """What a format itself says of a text; `published` is EDTF."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One thing to be rendered: a stored file (`path`), a member (`data`), or neither: then `notices` say why."""

    capture: Capture
    given: Given = Given()
    data: bytes | None = None
    path: str | None = None
    notices: tuple[Notice, ...] = ()
    declared: Declared = Declared()
    """What the container says of this member (a feed's or a chat's title)."""


class Member(Struct, frozen=True, kw_only=True):
    """One thing inside a container, as the container's reader hands it over.

    `name` is what follows `!/`; empty, the notices are about the container itself. `media_type`
    is `None` where content and name are to decide.
    """

    name: str
    data: bytes | None
    media_type: str | None = None
    declared: Declared = Declared()
    url: str | None = None
    captured_at: str | None = None
    notices: tuple[Notice, ...] = ()


class Rendered(Struct, frozen=True, kw_only=True):
    """What a format's reader made of some bytes; `extractor` names it as `Rendition` does."""

    text: str
    extractor: str
    version: str
    declared: Declared = Declared()
    headings: tuple[Span, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()


def notice(code: str, message: str) -> Notice:
    """A Notice of this stage."""
    return Notice(STAGE, code, message)
