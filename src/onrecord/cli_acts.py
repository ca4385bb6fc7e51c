"""The verb `onrecord acts`: the commitments ledger. No logic; what it answers is in `acting`."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, Json, open_archive, option


def acts(
    archive: ArchivePath = None,
    party: Annotated[str | None, option(help="Only of this party (a name of it, or its id).")] = None,
    act: Annotated[
        list[str] | None,
        option(
            help="Only this act (demand), class of acts (directive), or all; may be repeated (default: promise, "
            "demand, threaten, refuse, offer)."
        ),
    ] = None,
    since: Annotated[str | None, option(metavar="DATE", help="Acts that surely lie on or after it (EDTF).")] = None,
    until: Annotated[str | None, option(metavar="DATE", help="Acts that surely lie on or before it (EDTF).")] = None,
    to: Annotated[str | None, option(help="Only said to this one: a name, an id, or words as printed.")] = None,
    about: Annotated[str | None, option(metavar="WORDS", help="Only where the act says all these words.")] = None,
    hypothetical: Annotated[
        bool, typer.Option("--hypothetical", help="Also acts that are only thought of (we would welcome …).")
    ] = False,
    links: Annotated[
        bool,
        typer.Option("--links", help="Below each act: what it repeats, softens, hardens, withdraws or answers."),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Acts to show (--json and --csv give all).")] = 20,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV: the acts, or with --links the links.")] = False,
) -> None:
    """List who promised, demanded, threatened, refused, offered what, toward whom, when: the commitments ledger.

    Each act comes with its date and which date it is, its words as printed, how it reached us, and the permanent
    address of its words. Links between acts are proposals with a reason; `ledger link` says what a person makes of
    them.

    Example: onrecord acts river.onrecord --party "Harbour Union" --act demand --act promise --since 2023-09 --links
    """
    from onrecord import console_acts
    from onrecord.commitments import COMMITMENTS

    if json and csv:
        raise typer.BadParameter("Take --json or --csv, not both.")

    with open_archive(archive) as opened:
        found = opened.acts(
            party, act or COMMITMENTS, since=since, until=until, to=to, about=about, hypothetical=hypothetical,
            links=links,
        )  # fmt: skip
        console_acts.acts(found, limit=limit, links=links, json=json, csv=csv)
