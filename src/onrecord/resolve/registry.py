"""The registry of names that a person brings or keeps: read from a file, checked, written to one.

An import is all or nothing: `read` gives every entry of a file or raises one RegistryError that lists all that is wrong
with it. `load` gives the warnings too. Nothing is repaired and nothing is merged; an alias that two entries of one type
share is a warning, and stands for neither by itself. docs/explanation/registry.md describes the formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

from onrecord.errors import RegistryError
from onrecord.resolve import registry_csv, registry_ftm, registry_toml
from onrecord.resolve.entries import Alias, Checked, Entry, Fault, Lined
from onrecord.resolve.soundness import checked

__all__ = ["Alias", "Checked", "Entry", "Fault", "Form", "checked", "load", "read", "written"]

Form = Literal["toml", "csv", "ftm"]

READERS: dict[str, Callable[[str], Lined]] = {
    ".toml": registry_toml.read, ".csv": registry_csv.read, ".tsv": registry_csv.read, ".json": registry_ftm.read,
    ".jsonl": registry_ftm.read, ".ftm": registry_ftm.read,
}  # fmt: skip
WRITERS: dict[str, Callable[[Iterable[Entry]], Iterator[bytes]]] = {
    "toml": registry_toml.written, "csv": registry_csv.written, "ftm": registry_ftm.written,
}  # fmt: skip
MOST_BYTES = 1 << 28
"""Of a file; a registry of a million names has a quarter of that."""
LISTED = 100
"""Problems that an error's message lists; all are in its `problems`."""
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a registry's file, all of them, in its order.

    The suffix tells the format: .toml; .csv and .tsv; .json, .jsonl and .ftm for FollowTheMoney. Raises RegistryError,
    with all problems at once, where anything in it cannot be taken.
    """
    return sound(load(path), path.name).entries


def load(path: Path) -> Checked:
    """The sound entries of a registry's file and all that is wrong with it, warnings too.

    Raises RegistryError only where it cannot be read as what its suffix says.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise RegistryError(
            f"{path.name}: a registry's name ends in one of {', '.join(READERS)}. Rename or convert it."
        )
    try:
        found = reader(_text(path))
    except RegistryError as error:
        raise RegistryError(f"{path.name}: {error}", error.problems) from error
    result = checked(found.entries, found.lines)
    unfit = {fault.entry for fault in found.problems if fault.grave}
    problems = sorted([*found.problems, *result.problems], key=lambda fault: fault.line or 0)
    return Checked(tuple(each for each in result.entries if each.id not in unfit), tuple(problems))


def sound(result: Checked, name: str = "The registry") -> Checked:
    """The same, where nothing grave is wrong; else raises RegistryError, which lists it."""
    grave = result.grave
    if grave:
        listed = "\n".join(f"  {fault}" for fault in grave[:LISTED])
        more = f"\n  … and {len(grave) - LISTED:,} more." if len(grave) > LISTED else ""
        count = "1 problem" if len(grave) == 1 else f"{len(grave):,} problems"
        raise RegistryError(f"{name} was not taken in, for {count}. Correct and try again:\n{listed}{more}", grave)
    return result


def written(entries: Iterable[Entry], form: Form) -> Iterator[bytes]:
    """The pieces of a registry's file: the same entries give the same bytes, and `read` gives the same entries.

    Raises RegistryError before the first piece where an entry is not sound.
    """
    given = tuple(entries)
    sound(checked(given))
    return WRITERS[form](given)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RegistryError(f"it is larger than {MOST_BYTES >> 20} MB. Part it into several registries.")
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"it cannot be opened ({error.strerror}). Check the path and who may read it.") from error
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RegistryError(f"line {line} is not UTF-8. Save it again as UTF-8 (in Excel: “CSV UTF-8”).") from error
