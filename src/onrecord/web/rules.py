"""The rules behind facts, in words: `rules.toml`, which the page `/rules` shows and every "who decided" leads to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import regex
from msgspec import Struct

from onrecord.web.words import rule as printed


class Rule(Struct, frozen=True):
    """`name` is the record's; `says` and `shows` are for people, and `address` where they stand."""

    name: str
    says: str
    shows: str
    address: str


class Group(Struct, frozen=True):
    """The rules of one kind of fact."""

    kind: str
    title: str
    rules: tuple[Rule, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Every rule that is told of, by the record's key of the fact that it finds."""
    table = tomllib.loads(files("onrecord.web").joinpath("rules.toml").read_text("utf8"))
    return tuple(Group(kind, group["title"], tuple(_rules(kind, group["rules"]))) for kind, group in table.items())


def _rules(kind: str, table: Mapping[str, Mapping[str, str]]) -> Iterator[Rule]:
    return (Rule(name, told["says"], told["shows"], address(kind, name)) for name, told in table.items())


@cache
def known() -> dict[tuple[str, str], Rule]:
    return {(group.kind, rule.name): rule for group in groups() for rule in group.rules}


def anchor(kind: str, name: str) -> str:
    """The place of a rule on its page."""
    return f"{kind}-{regex.sub(r'[^a-z]+', '-', name)}"


def address(kind: str, name: str) -> str:
    return f"/rules#{anchor(kind, name)}"


@cache
def behind(kind: str, rule: str) -> tuple[Rule, ...]:
    """The rules that a fact's `rule` names, the first the one that found it; unknown ones (a plug-in's) as they are."""
    return tuple(_behind(kind, rule))


def _behind(kind: str, rule: str) -> Iterator[Rule]:
    for name in filter(None, rule.split("; ")):
        yield known().get((kind, name)) or Rule(name, printed(name), "", "")
