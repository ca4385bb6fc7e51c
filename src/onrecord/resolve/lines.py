"""A ledger as JSON Lines: one judgement a line, so that it can go into git and two people's merge by union."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import Judgement


def content_id(made: Judgement) -> str:
    """The id that the content of a judgement gives, whatever id it has; being withdrawn does not change it."""
    value = None if made.value is None else msgspec.json.decode(made.value)
    content = (made.subject, made.verdict, made.by, made.at, value, made.note)
    return "j" + hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:20]


def merged(*ledgers: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Every judgement once, in order of time and id; one withdrawn in any ledger is withdrawn, at the earliest time."""
    by_id: dict[str, Judgement] = {}
    for ledger in ledgers:
        for each in ledger:
            known = by_id.get(each.id)
            if known is None:
                by_id[each.id] = each
            elif each.withdrawn and _withdrawal(each) < _withdrawal(known):
                by_id[each.id] = replace(known, withdrawn=each.withdrawn, withdrawn_by=each.withdrawn_by)
    return tuple(sorted(by_id.values(), key=lambda each: (each.at, each.id)))


def read(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file, in order of time. Raises JudgementError, with the line, where it cannot be read."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            each = msgspec.json.decode(line, type=Judgement)
        except msgspec.DecodeError as error:
            raise JudgementError(
                f"Line {number} of {path} is no judgement: {error}. "
                "If git left conflict marks there, take them out and keep the lines of both sides."
            ) from error
        if content_id(each) != each.id:
            raise JudgementError(
                f"Line {number} of {path} was changed after it was written. "
                "Restore it, and add a new judgement instead."
            )
        found.append(each)
    return merged(found)


def _withdrawal(each: Judgement) -> tuple[bool, str, str]:
    """Earlier ones first, one that stands last."""
    return each.withdrawn is None, each.withdrawn or "", each.withdrawn_by or ""


def lines(judgements: Iterable[Judgement]) -> bytes:
    """The lines of a ledger: the same judgements give the same bytes in any order."""
    return b"".join(msgspec.json.encode(each) + b"\n" for each in merged(judgements))


def write(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write a ledger, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(lines(judgements))
    part.replace(path)
