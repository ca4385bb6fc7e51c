"""The verbs of `onrecord names`: who is who, and why. One function a verb, no logic."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, By, Json, Wait, argument, open_archive, option, split

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Names of one party: find, merge, split, import.")


class Form(StrEnum):
    toml = "toml"
    csv = "csv"
    ftm = "ftm"


Note = Annotated[str | None, option(help="Why, for whoever reads the ledger.")]
Names = Annotated[list[str], argument(metavar="[ARCHIVE] NAME…", help="Names, or ids of entities.")]


@app.command()
def find(
    words: Annotated[list[str], argument(metavar="[ARCHIVE] NAME", help="A name, in any spelling or script.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Parties to show.")] = 10,
    json: Json = False,
) -> None:
    """Find parties whose names come near, with the score and its reason.

    Example: onrecord names find river.onrecord "Harbor Union"
    """
    from onrecord import console_names

    path, name = split(words)
    with open_archive(path) as archive:
        console_names.found(archive.names.find(" ".join(name), limit), json=json)


@app.command()
def show(words: Names, json: Json = False) -> None:
    """Show a party: all its names, and what joined them.

    Example: onrecord names show river.onrecord "Harbour Union"
    """
    from onrecord import console_names

    path, name = split(words)
    with open_archive(path) as archive:
        party = archive.names.party(" ".join(name))
        console_names.party(party, archive.names.judgements(party), json=json)


@app.command()
def merged(archive: ArchivePath = None, json: Json = False) -> None:
    """List the parties that have several names, with rule, score and reason of each merge.

    Example: onrecord names merged river.onrecord
    """
    from onrecord import console_names

    with open_archive(archive) as opened:
        console_names.merged(opened.names.merged(), opened.names.settings, json=json)


@app.command()
def merge(words: Names, by: By, note: Note = None, wait: Wait = 10.0, json: Json = False) -> None:
    """Enter that two names mean one party.

    Example: onrecord names merge river.onrecord "Harbour Union" "Union du port" --by "A. Reader"
    """
    _judge(words, "same", by, note, wait, json)


@app.command("split")
def apart(words: Names, by: By, note: Note = None, wait: Wait = 10.0, json: Json = False) -> None:
    """Enter that two names mean two parties.

    Example: onrecord names split river.onrecord "Harbour Union" "Harbor Union" --by "A. Reader"
    """
    _judge(words, "different", by, note, wait, json)


def _judge(words: list[str], verdict: str, by: str, note: str | None, wait: float, json: bool) -> None:
    from onrecord import console_names

    path, names = split(words)
    if len(names) != 2:
        raise typer.BadParameter("Name two: put each into quotation marks where it has several words.")
    with open_archive(path, wait) as archive:
        judgement = archive.judge(archive.names.pair(*names), verdict, by=by, note=note)  # type: ignore[arg-type]
        console_names.judged(judgement, json=json)
