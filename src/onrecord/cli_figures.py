"""The verb `onrecord figures`: counts side by side. No logic; what it answers is in `figuring`."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, Json, open_archive, option


def figures(
    archive: ArchivePath = None,
    unit: Annotated[
        str | None,
        option(metavar="WORD", help="Only counts of this: in the singular (docker) or as printed (dockers)."),
    ] = None,
    about: Annotated[
        str | None, option(metavar="WORDS", help="Only where the sentence of the count says all these words.")
    ] = None,
    party: Annotated[str | None, option(help="Only what this party asserts (a name of it, or its id).")] = None,
    since: Annotated[str | None, option(metavar="DATE", help="Asserted surely on or after it (EDTF).")] = None,
    until: Annotated[str | None, option(metavar="DATE", help="Asserted surely on or before it (EDTF).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Figures to show (--json and --csv give all).")] = 20,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Lay figures side by side: counts of one thing, with who asserted each, when, and through whom.

    Each count comes with its comparator and unit, its sentence, how it reached us, and the permanent address of its
    words. No figure is preferred to another.

    Example: onrecord figures river.onrecord --unit dead --about dam --since 2024
    """
    from onrecord import console_figures

    if json and csv:
        raise typer.BadParameter("Take --json or --csv, not both.")
    with open_archive(archive) as opened:
        found = opened.figures(unit=unit, about=about, party=party, since=since, until=until)
        console_figures.figures(found, limit=limit, json=json, csv=csv)
