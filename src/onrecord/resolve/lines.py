"""A ledger as JSON Lines: one judgement a line, so that it can go into git and two people's merge by union."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import Judgement

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)?")
"""ISO 8601 in UTC, or a day."""


def content_id(made: Judgement) -> str:
    """The id that the content of a judgement gives, whatever id it has; being withdrawn does not change it."""
    value = None if made.value is None else msgspec.json.decode(made.value)
    subject = msgspec.to_builtins(made.subject)
    if not made.subject.names:  # added later: what was judged before keeps its id
        del subject["names"]
    content = (subject, made.verdict, made.by, made.at, value, made.note)
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
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JudgementError(f"{path} cannot be read ({error.strerror}). Check the name.") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        raise JudgementError(f"{path} is no ledger: it is not UTF-8. `onrecord ledger export` writes one.")
    found = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        each = _judgement(line, f"Line {number} of {path}")
        if content_id(each) != each.id:
            raise JudgementError(
                f"Line {number} of {path} was changed after it was written. "
                "Restore it, and add a new judgement instead."
            )
        found.append(each)
    return merged(found)


def _judgement(line: bytes, where: str) -> Judgement:
    try:
        fields = msgspec.json.decode(line)
        value = fields.pop("value", None) if isinstance(fields, dict) else None
        each = msgspec.convert(fields, Judgement)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        conflict = line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))
        advice = "Git left its conflict marks: take them out and keep the lines of both sides." if conflict else ""
        raise JudgementError(f"{where} is no judgement: {error}. {advice}".rstrip()) from error
    if each.withdrawn is not None and not (_TIME.fullmatch(each.withdrawn) and each.withdrawn[:10] >= each.at[:10]):
        raise JudgementError(f"{where} was withdrawn at {each.withdrawn!r}: no time, or before it was made.")
    # The same bytes whatever white space the file has: an archive compares what it is given with what it keeps.
    return each if value is None else replace(each, value=msgspec.Raw(msgspec.json.encode(value, order="sorted")))


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
