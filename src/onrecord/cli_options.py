"""What the verbs of the command line share: which archive is meant, and options that mean the same everywhere."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import NotAnArchive

if TYPE_CHECKING:
    from onrecord.archive import Archive

MARK = "onrecord.sqlite"
option = partial(typer.Option, show_default=False)
argument = partial(typer.Argument, show_default=False)
ArchivePath = Annotated[Path | None, argument(metavar="[ARCHIVE]", help="The archive's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def locate(path: Path | None) -> Path:
    """The archive that is meant: the one named, the one in ONRECORD_ARCHIVE, or the only one in this folder."""
    if path is not None:
        return path
    if named := os.environ.get("ONRECORD_ARCHIVE"):
        return Path(named)
    here = sorted(entry.parent for entry in Path.cwd().glob(f"*/{MARK}"))
    if len(here) == 1:
        return here[0]
    found = (
        f"this folder holds {len(here)}: {', '.join(entry.name for entry in here)}"
        if here
        else "this folder holds none"
    )
    raise NotAnArchive(f"Which archive? {found[0].upper()}{found[1:]}. Name it, or set ONRECORD_ARCHIVE.")


def open_archive(path: Path | None) -> Archive:
    from onrecord.archive import Archive

    return Archive.open(locate(path))
