"""What to do about imports that could not be read, or not well: advice.toml, by the code of their notice."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct


class Advice(Struct, frozen=True):
    """What it is, and what to do."""

    title: str
    do: str


OTHER = Advice("Something else", "What the notice says.")


@cache
def table() -> dict[str, Advice]:
    text = (Path(__file__).parent / "advice.toml").read_text("utf8")
    return msgspec.convert(tomllib.loads(text), dict[str, Advice])


def advice(code: str) -> Advice:
    return table().get(code, OTHER)
