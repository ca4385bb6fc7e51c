"""How much of anything ingest takes on before it says no: one table, so that a hostile file ends in a clear Notice.

Every limit is far above what the public statements of decades hold; a limit that is met is named in the Notice.
"""

from __future__ import annotations

from msgspec import Struct

from onrecord.errors import Unreadable

MIB = 1 << 20
GIB = 1 << 30


class Limits(Struct, frozen=True, kw_only=True):
    """Sizes in bytes unless said otherwise. A larger table can be passed to `unpack` and `render`."""

    file_bytes: int = 256 * MIB
    """A file or member that must be read whole (not a container: those are read piece by piece)."""
    text_chars: int = 20_000_000
    """Code points of one document's text: a shelf of books."""
    member_bytes: int = 64 * MIB
    """One member of a container, one row, one message."""
    expanded_bytes: int = 64 * GIB
    """All members of one container, those of its inner containers included."""
    ratio: int = 250
    """Expanded bytes for each byte stored; looked at only beyond `ratio_floor`."""
    ratio_floor: int = 16 * MIB
    depth: int = 6
    """Containers within containers."""
    members: int = 5_000_000
    """Members of one container, those of its inner containers included."""
    part_bytes: int = 128 * MIB
    """All XML parts of one DOCX, ODT or EPUB together, expanded."""
    parts: int = 20_000
    """Files inside one DOCX, ODT or EPUB."""
    html_tags: int = 150_000
    """Tags of a page that is handed to the extractor; beyond, the visible text is read in one plain pass."""
    html_chars: int = 60_000_000
    """Code points of a page's source, embedded pictures included."""
    html_depth: int = 250
    """Elements within elements; libxml2 stops at 256 and drops the rest."""
    pages: int = 20_000
    """Pages of a PDF."""


LIMITS = Limits()


class Budget:
    """What one original may still expand to, counted over all its depths."""

    def __init__(self, limits: Limits, stored: int) -> None:
        self.limits = limits
        self._stored = max(1, stored)
        self._expanded = 0
        self._members = 0

    def spend(self, size: int) -> None:
        """Count one member of `size` bytes; raises Unreadable(`bomb`) where that is more than can be honest."""
        self._expanded += size
        self._members += 1
        limits = self.limits
        if self._members > limits.members:
            raise bomb(f"It holds more than {limits.members:,} members.")
        if self._expanded > limits.expanded_bytes:
            raise bomb(f"It expands to more than {limits.expanded_bytes:,} bytes.")
        if self._expanded > limits.ratio_floor and self._expanded > limits.ratio * self._stored:
            raise bomb(f"It expands to more than {limits.ratio} times its size.")


def bomb(what: str) -> Unreadable:
    """The error for a file that expands beyond all measure."""
    return Unreadable(
        "bomb", what, "It was not unpacked further; if it is genuine, unpack it by hand and add the parts."
    )


def too_large(what: str, size: int, limit: int) -> Unreadable:
    """The error for something that is larger than its limit."""
    return Unreadable(
        "too-large",
        f"The {what} is larger than ingest reads at once ({size:,} bytes; the limit is {limit:,}).",
        "Split it, and add the parts.",
    )
