"""Searches that people keep. They are their own and derived from nothing; none is ever lost, only put away."""

from __future__ import annotations

from msgspec import Struct

from onrecord.errors import MetadataError
from onrecord.store.view import View

LONGEST = {"name": 200, "address": 4000, "by": 200}
"""Code points."""


class SavedSearch(Struct, frozen=True):
    """A search that somebody keeps: the address of a page here, under a name."""

    number: int
    name: str
    address: str
    by: str
    at: str
    """ISO 8601, UTC."""


def searches(view: View) -> list[SavedSearch]:
    """The searches that are kept, the latest first."""
    query = "SELECT number, name, address, by, at FROM searches WHERE removed IS NULL ORDER BY number DESC"
    return [SavedSearch(*row) for row in view.rows(query)]


def checked_search(name: str, address: str, by: str) -> tuple[str, str, str]:
    """Name, address and person as they are kept. Raises MetadataError: empty, too long, or leading elsewhere."""
    given = {"name": " ".join(name.split()), "address": address.strip(), "by": " ".join(by.split())}
    for part, value in given.items():
        if not value:
            raise MetadataError(f"The {part} of a search to keep is empty. Give it one.")
        if len(value) > LONGEST[part]:
            raise MetadataError(
                f"The {part} of a search to keep is longer than {LONGEST[part]} characters. Shorten it."
            )
    if not is_here(given["address"]):
        raise MetadataError("The address of a search to keep begins with / and leads to a page of this archive.")
    return given["name"], given["address"], given["by"]


def is_here(address: str) -> bool:
    """Whether an address leads to a page of ours: // and /\\ lead to other hosts."""
    return address[:1] == "/" and address[1:2] not in ("/", "\\") and address.isprintable() and " " not in address
