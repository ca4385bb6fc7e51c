"""The verbs of `onrecord ledger`: what people decided. One function a verb, no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, By, Json, Wait, argument, open_archive, option, split

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""List, add, withdraw and exchange what people decided.

    Nothing in the ledger is ever changed or removed; the latest decision about a thing counts.

    Example: onrecord ledger list river.onrecord
    """,
)


@app.command("list")
def entries(
    archive: ArchivePath = None,
    document: Annotated[str | None, option(help="Only those about this document (its id).")] = None,
    json: Json = False,
) -> None:
    """List all decisions in the order they were entered, the withdrawn ones too.

    Example: onrecord ledger list river.onrecord
    """
    from onrecord import console_names

    with open_archive(archive) as opened:
        every = opened.judgements(document and opened.find(document))
        console_names.judgements(every, opened.names.labels(every), json=json)


@app.command()
def judge(
    words: Annotated[
        list[str],
        argument(
            metavar="[ARCHIVE] DOCUMENT KIND START-END VERDICT",
            help="A fact by its place (mentions, attributions, dates, … and code points), and: correct, wrong, replace "
            "or unsure.",
        ),
    ],
    by: By,
    value: Annotated[str | None, option(metavar="JSON", help="For replace: the fields to put in place.")] = None,
    note: Annotated[str | None, option(help="Why, for whoever reads the ledger.")] = None,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Enter a decision about one fact of a document.

    Example: onrecord ledger judge river.onrecord d3f2a9 mentions 40-52 wrong --by "A. Reader"
    """
    from onrecord import console_names, judging

    path, parts = split(words)
    if len(parts) != 4:
        raise typer.BadParameter("Say DOCUMENT KIND START-END VERDICT.")
    verdict, fields = judging.checked_verdict(parts[3]), judging.value_of(value)
    with open_archive(path, wait) as archive:
        subject = archive.subject_at(*parts[:3])
        judgement = archive.judge(subject, verdict, by=by, value=fields, note=note)
        console_names.judged(judgement, {}, json=json)


@app.command()
def add(
    words: Annotated[
        list[str],
        argument(
            metavar="[ARCHIVE] DOCUMENT KIND START-END JSON",
            help="What the machine missed: attributions, mentions, dates, times, acts or quantities, the words it "
            "stands on, and its fields as the record names them.",
        ),
    ],
    by: By,
    note: Annotated[str | None, option(help="Why, for whoever reads the ledger.")] = None,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Enter a fact that the machine missed; like every decision it survives each rebuild and can be withdrawn.

    Example: onrecord ledger add river.onrecord d3f2a9 dates 40-52 '{"role": "held", "value": "2024-05"}' --by "A. Tor"
    """
    from onrecord import console_names, judging

    path, parts = split(words)
    if len(parts) != 4:
        raise typer.BadParameter("Say DOCUMENT KIND START-END JSON.")
    document, kind, place, value = parts
    with open_archive(path, wait) as archive:
        judgement = archive.mark(document, kind, place, judging.value_of(value), by=by, note=note)
        console_names.judged(judgement, {}, json=json)


@app.command()
def link(
    words: Annotated[
        list[str],
        argument(
            metavar="[ARCHIVE] LATER RELATION EARLIER VERDICT",
            help="Two acts by their addresses (`onrecord acts` prints them), between them repeats, softens, hardens, "
            "withdraws or answers, and: correct, wrong or unsure.",
        ),
    ],
    by: By,
    note: Annotated[str | None, option(help="Why, for whoever reads the ledger.")] = None,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Enter a decision about a link between two acts; correct also makes one that was not proposed.

    Wrong rules out any link of the two; of several decisions about two acts the latest counts.

    Example: onrecord ledger link river.onrecord /d/d3f2a9/40-52 softens /d/d81c04/7-31 wrong --by "A. Reader"
    """
    from onrecord import console_names, judged_links

    path, parts = split(words)
    if len(parts) != 4:
        raise typer.BadParameter("Say LATER RELATION EARLIER VERDICT.")
    later, relation, earlier, verdict = parts
    with open_archive(path, wait) as archive:
        judgement = archive.judge_link(later, relation, earlier, judged_links.verdict_called(verdict), by=by, note=note)
        console_names.judged(judgement, {}, json=json)


@app.command()
def withdraw(
    words: Annotated[list[str], argument(metavar="[ARCHIVE] ID", help="The decision's id, or how it begins.")],
    by: By,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Take a decision back: what was before is so again, and both stay in the ledger.

    Example: onrecord ledger withdraw river.onrecord j3f2a9 --by "A. Reader"
    """
    from onrecord import console_names

    path, ids = split(words)
    with open_archive(path, wait) as archive:
        for name in ids:
            console_names.withdrawn(archive.withdraw(name, by=by), json=json)


@app.command()
def check(archive: ArchivePath = None, json: Json = False) -> None:
    """Show decisions that find nothing to stand on, and those that contradict each other.

    Example: onrecord ledger check river.onrecord
    """
    from onrecord import console_names

    with open_archive(archive) as opened:
        judgements = {each.id: each for each in opened.judgements()}
        console_names.checked(opened.orphans(), opened.conflicts(), judgements, json=json)


@app.command()
def agreement(archive: ArchivePath = None, json: Json = False) -> None:
    """Show how far people agree who judged the same: Krippendorff's alpha (nominal), by kind and by pairs of people.

    Example: onrecord ledger agreement river.onrecord
    """
    from onrecord import console_names

    with open_archive(archive) as opened:
        console_names.agreement(opened.agreement(), json=json)


@app.command("export")
def write(
    archive: ArchivePath = None,
    output: Annotated[Path | None, option("--output", "-o", help="A file (default: standard output).")] = None,
) -> None:
    """Write all decisions as JSON Lines, a file that can go into git.

    The same decisions give the same bytes, whatever order they were entered in.

    Example: onrecord ledger export river.onrecord -o decisions.jsonl
    """
    from onrecord import console

    with open_archive(archive) as opened, console.output(output) as stream:
        opened.write_ledger(stream)


@app.command("import")
def read(
    words: Annotated[list[Path], argument(metavar="[ARCHIVE] FILE…", help="Ledgers as JSON Lines.")],
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Enter the decisions of files: those that are not here yet, and withdrawals.

    Decisions about documents that are not here are kept, and shown by `ledger check`.

    Example: onrecord ledger import river.onrecord theirs.jsonl
    """
    from onrecord import console_names

    path, files = split([str(word) for word in words])
    with open_archive(path, wait) as archive:
        console_names.entered(archive.read_ledger([Path(file) for file in files]), json=json)
