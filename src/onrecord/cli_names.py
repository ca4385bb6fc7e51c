"""The verbs of `onrecord names`: who is who, and why. One function a verb, no logic."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, By, Json, Wait, argument, open_archive, option, split

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Say who is who: find a party, see what joined its names, merge, split, bring a registry.

    A merge by the machine shows its rule, score and reason; what people decide counts more, and can be withdrawn.

    Example: onrecord names find river.onrecord "Harbor Union"
    """,
)


class Form(StrEnum):
    toml = "toml"
    csv = "csv"
    ftm = "ftm"


Note = Annotated[str | None, option(help="Why, for whoever reads the ledger.")]
AcrossTypes = Annotated[
    bool, typer.Option("--across-types", help="Though one is, say, a place and the other an organisation.")
]
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
        judged = archive.names.judgements(party)
        console_names.party(party, judged, archive.names.labels(judged, party.links), json=json)


@app.command()
def merged(archive: ArchivePath = None, json: Json = False) -> None:
    """List the parties that have several names, with rule, score and reason of each merge.

    Example: onrecord names merged river.onrecord
    """
    from onrecord import console_names

    with open_archive(archive) as opened:
        console_names.merged(opened.names.merged(), opened.names, json=json)


@app.command()
def merge(
    words: Names, by: By, note: Note = None, across: AcrossTypes = False, wait: Wait = 10.0, json: Json = False
) -> None:
    """Enter that two names mean one party.

    Example: onrecord names merge river.onrecord "Harbour Union" "Union du port" --by "A. Reader"
    """
    _judge(words, "same", by, note, across, wait, json)


@app.command("split")
def apart(words: Names, by: By, note: Note = None, wait: Wait = 10.0, json: Json = False) -> None:
    """Enter that two names mean two parties.

    Example: onrecord names split river.onrecord "Harbour Union" "Harbor Union" --by "A. Reader"
    """
    _judge(words, "different", by, note, True, wait, json)


def _judge(words: list[str], verdict: str, by: str, note: str | None, across: bool, wait: float, json: bool) -> None:
    from onrecord import console_names, judging

    path, names = split(words)
    if len(names) != 2:
        raise typer.BadParameter("Name two: put each into quotation marks where it has several words.")
    with open_archive(path, wait) as archive:
        subject = archive.names.pair(*names, across_types=across)
        judgement = archive.judge(subject, judging.checked_verdict(verdict), by=by, note=note)
        parties = archive.names.parties(subject.entities)
        console_names.judged(judgement, archive.names.labels([judgement]), parties=parties, json=json)


@app.command("import")
def read(
    words: Annotated[
        list[str] | None, argument(metavar="[ARCHIVE] FILE…", help="Registries: .toml, .csv, .json or .jsonl (FtM).")
    ] = None,
    territories: Annotated[
        bool, typer.Option("--territories", help="States and other territories with their names in five languages.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="The registry becomes what the files hold; entries not in them go.")
    ] = False,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Bring in a registry: parties with their names in all spellings, languages and scripts.

    An entry takes the place of the one with the same id; all is taken in or nothing. Documents that hold one of the
    names are annotated anew by the next `annotate` or `build`.

    Example: onrecord names import river.onrecord parties.toml --territories
    """
    from onrecord import console_names, naming

    path, files = split(words or [], least=0)
    if not files and not territories:
        raise typer.BadParameter("Name a registry, or say --territories.")
    with open_archive(path, wait) as archive:
        given = naming.read_registries([Path(file) for file in files])
        entries = (*given.entries, *(archive.names.territories() if territories else ()))
        console_names.registered(archive.register(entries, replace=replace), given.warnings, json=json)


@app.command("export")
def write(
    archive: ArchivePath = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="toml, csv, or ftm (FollowTheMoney).")] = Form.toml,
    every: Annotated[
        bool, typer.Option("--all", help="Every party that documents name, as a registry to begin with.")
    ] = False,
    output: Annotated[Path | None, option("--output", "-o", help="A file (default: standard output).")] = None,
) -> None:
    """Write the registry, or every party of the archive as one.

    Example: onrecord names export river.onrecord --all -o parties.toml
    """
    from onrecord import console, naming

    with open_archive(archive) as opened, console.output(output) as stream:
        entries = opened.names.as_entries() if every else opened.names.registry()
        stream.writelines(naming.written(entries, form.value))
        console.hint(not every and not opened.names.registry(), "The registry is empty. --all writes every party.")


@app.command()
def match(
    file: Annotated[Path | None, argument(metavar="[FILE]", help="Pairs of names (default: standard input).")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='A line each: {"name1": …, "name2": …} in, {"score", "reason", …} out.')
    ] = False,
    transliterate: Annotated[
        bool, typer.Option("--transliterate/--no-transliterate", help="Compare names in different scripts.")
    ] = True,
) -> None:
    """Compare pairs of names; needs no archive.

    Without --jsonl a pair is a line, the two names with a tab between them.

    Example: onrecord names match pairs.jsonl --jsonl
    """
    from onrecord import console_names, naming

    with naming.pair_lines(file) as lines:
        console_names.matched(naming.compared(lines, jsonl=jsonl, transliterate=transliterate), jsonl=jsonl)


@app.command()
def settings(
    archive: ArchivePath = None,
    threshold: Annotated[
        float | None, option(metavar="SCORE", help="From 0.9 to 1: names that score as much are taken to be one.")
    ] = None,
    transliterate: Annotated[
        bool | None, typer.Option("--transliterate/--no-transliterate", help="Compare names in different scripts.")
    ] = None,
    wait: Wait = 10.0,
    json: Json = False,
) -> None:
    """Show or set how names are compared in this archive; what is set is applied to all that is there.

    Example: onrecord names settings river.onrecord --threshold 0.95 --no-transliterate
    """
    from onrecord import console_names

    with open_archive(archive, wait) as opened:
        changed = None
        if threshold is not None or transliterate is not None:
            changed = opened.compare_names(threshold=threshold, transliterate=transliterate)
        console_names.settings(opened.names.settings, changed, json=json)
