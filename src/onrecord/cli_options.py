"""What the verbs of the command line share: options, and which archive is meant."""

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

Paths = Annotated[list[Path], argument(help="Files and folders to read.")]
Output = Annotated[
    Path,
    option("--output", "-o", metavar="ARCHIVE", help="The archive (made where there is none)."),
]
ArchivePath = Annotated[Path | None, argument(metavar="[ARCHIVE]", help="The archive's folder.")]
Jobs = Annotated[
    int | None,
    option("--jobs", "-j", min=1, help="Processes (default: one a core, one for small runs)."),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="tcp://HOST:PORT",
        help="Annotate on the workers of this dask scheduler.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Publisher = Annotated[str | None, option(help="Who published the files.")]
Lang = Annotated[str | None, option(help="Their language, as a BCP 47 tag (en, ar, fr …).")]
Published = Annotated[
    str | None,
    option(metavar="DATE", help="When they were published, as EDTF (2024-05-03, 2024-05, 2024?)."),
]
Collector = Annotated[str | None, option(help="Who collected them.")]
Note = Annotated[str | None, option(help="A note kept with each file.")]
Extractor = Annotated[
    str | None,
    option(
        metavar="NAME",
        help="The plug-in that gives the attributions, in later runs too (rules: onrecord's own).",
    ),
]
By = Annotated[str, option("--by", metavar="NAME", help="Who decides: kept with the decision.")]
Wait = Annotated[float, typer.Option(metavar="SECONDS", help="How long to wait for another process that is writing.")]
Again = Annotated[bool, typer.Option("--again", help="Annotate every document anew, also where nothing changed.")]
Recheck = Annotated[bool, typer.Option("--recheck", help="Read files again whose size and time are as before.")]


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


def open_archive(path: Path | None, wait: float = 10.0) -> Archive:
    from onrecord.archive import Archive

    return Archive.open(locate(path), wait=wait)


def split(words: list[str], least: int = 1) -> tuple[Path | None, list[str]]:
    """`[ARCHIVE] WORD…`: the first word is the archive where it is a folder that holds one and `least` words follow."""
    if len(words) > least and (Path(words[0]) / MARK).is_file():
        return Path(words[0]), words[1:]
    return None, words
