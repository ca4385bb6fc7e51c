"""What a person says, checked against what there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from onrecord.errors import MetadataError, OnrecordError
from onrecord.text.dates import PartialDate

Name = TypeVar("Name", bound=str)
SHOWN = 60
"""Characters of what was said that a message repeats."""


def one_of(what: str, value: str, known: Iterable[Name], error: type[OnrecordError] = MetadataError) -> Name:
    """The value among those known. Raises `error`, which lists them."""
    names = list(known)
    for name in names:
        if name == value:
            return name
    raise error(f"There is no {what} {value[:SHOWN]!r}. Take one of: {', '.join(names)}.")


def day(what: str, value: str | None) -> str | None:
    """The value, if it is an EDTF date or none is said. Raises MetadataError."""
    try:
        return value if value is None else PartialDate.parse(value).text
    except ValueError as error:
        raise MetadataError(f"{what}: {error}") from error
