"""The address of a page with its parameters, and the same with some of them changed: each link of a picture is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from msgspec import Struct
from starlette.datastructures import QueryParams

from onrecord.web.asking import Unclear

LONGEST = 200
"""Code points of a parameter."""
MANY = 20
"""Values of one."""

Value = str | Sequence[str] | int | None


class Here(Struct, frozen=True):
    """A page's path and what its address says, in a fixed order; what is empty is left out."""

    path: str
    said: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        return f"{self.path}?{urlencode(self.said)}" if self.said else self.path

    def but(self, **changes: Value) -> str:
        """The address with these parameters in the place of their like; None: without them. `with_` is `with`."""
        new = {name.rstrip("_"): each(value) for name, value in changes.items()}
        kept = [(name, value) for name, value in self.said if name not in new]
        return Here(self.path, (*kept, *((name, one) for name, values in new.items() for one in values if one))).address

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """What a form keeps that asks for these."""
        return [(name, value) for name, value in self.said if name not in (*names, "page")]

    def one(self, name: str) -> str:
        """The first value of a parameter; empty where it has none."""
        return next((value for known, value in self.said if known == name), "")


def each(value: Value) -> Iterable[str]:
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str | int) else tuple(value)


def here(path: str, parameters: QueryParams, names: Sequence[str]) -> Here:
    """The address as it was asked for, with those of its parameters that the page knows. Raises Unclear."""
    said = [(name, value.strip()) for name in names for value in parameters.getlist(name)[: MANY + 1] if value.strip()]
    if any(len(value) > LONGEST for _, value in said):
        raise Unclear(f"A part of this address is longer than {LONGEST} characters. Shorten it.")
    if any(len([1 for known, _ in said if known == name]) > MANY for name in names):
        raise Unclear(f"This address names one thing more than {MANY} times. Choose fewer.")
    return Here(path, tuple(dict.fromkeys(said)))


def paged(said: str, last: int) -> int:
    """The number of a page, from 1. Raises Unclear."""
    if not said:
        return 1
    if not (said.isascii() and said.isdigit()) or not 1 <= int(said[:9]) <= last or len(said) > 9:
        raise Unclear(f"Pages here are numbered from 1 to {last:,}.")
    return int(said)
