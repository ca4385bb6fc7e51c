"""The command line: one function a verb, no logic. What a verb does is in `archive`, how it looks in `console`.

Exit codes: 0 done · 1 `verify` found something wrong · 2 the command cannot be understood · 3 the archive cannot be
used (none there, busy, too new, damaged, disk full) · 4 a query, a date or other input is wrong · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord import cli_acts, cli_figures, cli_ledger, cli_names, cli_network, cli_people, cli_terms
from onrecord.cli_options import (
    Again,
    ArchivePath,
    Cluster,
    Collector,
    Extractor,
    Jobs,
    Json,
    Lang,
    Note,
    Output,
    Paths,
    Published,
    Publisher,
    Quiet,
    Recheck,
    Wait,
    argument,
    locate,
    open_archive,
    option,
    split,
)
from onrecord.errors import ArchiveError, OnrecordError

if TYPE_CHECKING:
    from onrecord.model import Given

app = typer.Typer(
    name="onrecord",
    help="Turns piles of public statements into an evidence-linked record: who said what, on whose behalf, together "
    "with whom, to whom, when, as what kind of act, and through whose pen it reached us.",
    epilog="Where a command takes [ARCHIVE], it may be left out when this folder holds just one archive, or when "
    "ONRECORD_ARCHIVE names it. Exit codes: 0 done, 1 verify found problems, 2 usage, 3 archive unusable, 4 bad "
    "input, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_names.app, name="names")
app.add_typer(cli_ledger.app, name="ledger")

app.add_typer(cli_network.app, name="network")
app.add_typer(cli_people.app, name="people")
app.add_typer(cli_terms.app, name="terms")
app.command("acts")(cli_acts.acts)
app.command("figures")(cli_figures.figures)
INTERRUPTED = "onrecord: interrupted; what was reported as done is kept, the next run goes on from there."


class Format(StrEnum):
    record = "record"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"
    webannotation = "webannotation"


class Spoken(StrEnum):
    direct = "direct"
    reported = "reported"
    own = "own"


class Review(StrEnum):
    decided = "decided"
    doubtful = "doubtful"
    quiet = "quiet"


class Sort(StrEnum):
    rank = "rank"
    newest = "newest"


def said(
    publisher: str | None, lang: str | None, published: str | None, collector: str | None, note: str | None
) -> Given:
    from onrecord.archive import given

    return given(publisher=publisher, language=lang, published=published, collector=collector, note=note)


@app.command()
def build(
    paths: Paths,
    output: Output,
    publisher: Publisher = None,
    lang: Lang = None,
    published: Published = None,
    collector: Collector = None,
    note: Note = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    recheck: Recheck = False,
    extractor: Extractor = None,
    wait: Wait = 10.0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Add, annotate and index: the way in.

    A run that is repeated does only what changed.

    Example: onrecord build letters/ -o river.onrecord --publisher "River Post"
    """
    from onrecord import console
    from onrecord.archive import Archive

    facts = said(publisher, lang, published, collector, note)
    with Archive.open(output, create=True, wait=wait) as archive, console.progress(quiet or json) as progress:
        report = archive.build(
            paths,
            given=facts,
            jobs=jobs or 0,
            cluster=cluster,
            recheck=recheck,
            extractor=extractor,
            progress=progress,
        )
    console.report(report, output, json=json, quiet=quiet)


@app.command()
def add(
    paths: Paths,
    output: Output,
    publisher: Publisher = None,
    lang: Lang = None,
    published: Published = None,
    collector: Collector = None,
    note: Note = None,
    jobs: Jobs = None,
    recheck: Recheck = False,
    wait: Wait = 10.0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Keep the originals, read out their text.

    Example: onrecord add mail.mbox -o river.onrecord --collector "A. Reader"
    """
    from onrecord import console
    from onrecord.archive import Archive

    facts = said(publisher, lang, published, collector, note)
    with Archive.open(output, create=True, wait=wait) as archive, console.progress(quiet or json) as progress:
        report = archive.add(paths, given=facts, jobs=jobs or 0, recheck=recheck, progress=progress)
    console.report(report, output, json=json, quiet=quiet)


@app.command()
def annotate(
    archive: ArchivePath = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    extractor: Extractor = None,
    again: Again = False,
    wait: Wait = 10.0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the facts in what is new.

    That is: in every document that is new, or was annotated by an earlier version. With --again, in every one;
    judgements stay.

    Example: onrecord annotate river.onrecord --jobs 4
    """
    from onrecord import console
    from onrecord.archive import Archive

    with Archive.open(locate(archive), update=True, wait=wait) as opened, console.progress(quiet or json) as progress:
        annotated = opened.annotate(
            jobs=jobs or 0, cluster=cluster, extractor=extractor, again=again, progress=progress
        )
    console.count("annotated", annotated.documents, json=json, quiet=quiet)
    console.fault(annotated.faults)


@app.command()
def index(archive: ArchivePath = None, wait: Wait = 10.0, json: Json = False, quiet: Quiet = False) -> None:
    """Bring the search index up to date.

    It can always be made again from the archive.

    Example: onrecord index river.onrecord
    """
    from onrecord import console
    from onrecord.archive import Archive

    with Archive.open(locate(archive), update=True, wait=wait) as opened, console.progress(quiet or json) as progress:
        count = opened.index(progress=progress)
    console.count("indexed", count, json=json, quiet=quiet)


@app.command()
def search(
    words: Annotated[
        list[str],
        argument(metavar="[ARCHIVE] QUERY", help='Words, "phrases", AND OR NOT ( ), prefix*.'),
    ],
    lang: Annotated[list[str] | None, option(help="Only this language (may be repeated).")] = None,
    genre: Annotated[list[str] | None, option(help="Only this genre.")] = None,
    publisher: Annotated[list[str] | None, option(help="Only this publisher.")] = None,
    party: Annotated[
        list[str] | None,
        option(help="Only what this party (name or id) issues, signs or says."),
    ] = None,
    since: Annotated[str | None, option(metavar="DATE", help="Dated on or after (EDTF).")] = None,
    until: Annotated[str | None, option(metavar="DATE", help="Dated on or before (EDTF).")] = None,
    speaker: Annotated[
        list[str] | None,
        option(help="Only where the words stand in what this speaker (name or id) is said to say."),
    ] = None,
    voice: Annotated[
        Spoken | None,
        option(help="Only where the words stand in direct speech, in reported speech, or in the document's own voice."),
    ] = None,
    act: Annotated[
        list[str] | None,
        option(help="Only where this is done in speaking: an act or a class of acts (may be repeated)."),
    ] = None,
    review: Annotated[
        list[Review] | None,
        option(help="Only what people decided about, what is in doubt, or neither (may be repeated)."),
    ] = None,
    sort: Annotated[Sort, typer.Option(help="By rank, or newest first.")] = Sort.rank,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Documents to show.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="Documents to pass over first.")] = 0,
    json: Json = False,
) -> None:
    """Find documents, hit by hit in its line.

    Each hit comes with its permanent address.

    Example: onrecord search river.onrecord '"will not sign" harbour*' --since 2024 --lang en
    """
    from onrecord import console

    path, query = split(words)
    with open_archive(path) as archive:
        said = None if voice is None else voice.value
        filters = archive.filters(lang, genre, publisher, party, since, until, speaker, said, act, review)
        found = archive.search(" ".join(query), filters, sort=sort.value, limit=limit, offset=offset)
        known = archive.entities(name for facet in ("party", "speaker") for name, _ in found.facets[facet])
    console.results(found, filters, {name: entity.name for name, entity in known.items()}, json=json)


@app.command()
def show(
    words: Annotated[
        list[str],
        argument(metavar="[ARCHIVE] DOCUMENT", help="A document's id, or how it begins."),
    ],
    voices: Annotated[
        bool, typer.Option("--voices", help="Print the text with the chain of voices of its words in the margin.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="With --voices: also the rule behind each attribution, and its confidence.")
    ] = False,
    json: Json = False,
) -> None:
    """Print a document and what is known of it.

    Example: onrecord show river.onrecord d3f2a9 --voices
    """
    from onrecord import console

    path, ids = split(words)
    with open_archive(path) as archive:
        for name in ids:
            record = archive.record(archive.find(name))
            if voices or rules:
                console.voices(record, rules=rules, json=json)
            else:
                console.document(record, json=json)


@app.command()
def export(
    archive: ArchivePath = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="record: one JSON object a document; csv, json, jsonl, parquet: a table; webannotation: JSON-LD.",
        ),
    ] = Format.record,
    table: Annotated[
        str | None,
        option("--table", "-t", help="For csv, json, parquet (default: documents) and jsonl (default: all)."),
    ] = None,
    output: Annotated[Path | None, option("--output", "-o", help="A file (default: standard output).")] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv: begin with a byte order mark, as some spreadsheets want.")
    ] = False,
) -> None:
    """Write the record, tables of it, or W3C Web Annotations.

    Parquet needs the extra: pip install 'onrecord[parquet]'.

    Example: onrecord export river.onrecord --format csv --table attributions -o said.csv
    """
    from onrecord import console

    with open_archive(archive) as opened, console.output(output) as stream:
        opened.export(stream, form.value, table=table, bom=bom)


@app.command()
def verify(archive: ArchivePath = None, json: Json = False, quiet: Quiet = False) -> None:
    """Check that all is as it was recorded.

    Hashes the originals again and checks every span, digest and index entry.

    Example: onrecord verify river.onrecord
    """
    from onrecord import console

    with open_archive(archive) as opened, console.progress(quiet or json) as progress:
        problems = list(opened.verify(progress=progress))
    console.problems(problems, json=json, quiet=quiet)
    if problems:
        raise typer.Exit(1)


@app.command()
def stats(archive: ArchivePath = None, json: Json = False) -> None:
    """Say what is in the archive.

    Example: onrecord stats river.onrecord
    """
    from onrecord import console

    with open_archive(archive) as opened:
        console.stats(opened.stats(), json=json)


@app.command()
def serve(
    archive: ArchivePath = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; one that others can reach asks them for passwords.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        option(metavar="HOST", help="A host name by which browsers of others ask for it (may be repeated)."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="A proxy stands before it that speaks TLS with browsers.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port, or the next free one.")] = 8765,
) -> None:
    """Read, check and correct in a browser.

    On this machine only, and nothing is sent anywhere; with --host, --name or --https for those whom
    `onrecord people add` has let in.

    Example: onrecord serve river.onrecord
    """
    from onrecord import console, web

    place = web.Place(host, tuple(name or ()), https)
    with open_archive(archive) as opened:
        ready = partial(console.serving, others=place.open, clear=place.in_the_clear)
        web.serve(opened, place, port=port, on_ready=ready)


@app.command()
def demo(
    archive: Annotated[Path, typer.Option("--archive", "-o", help="Where to build it.")] = Path("demo.onrecord"),
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it afterwards.")] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port, or the next free one.")] = 8765,
) -> None:
    """Build and serve the fictional corpus.

    It comes with the program; what it holds is printed.

    Example: onrecord demo --no-serve
    """
    from onrecord import console
    from onrecord import demo as corpus
    from onrecord.archive import Archive

    with Archive.open(archive, create=True) as opened:
        with console.progress(False) as progress:
            report = opened.build([corpus.files()], jobs=0, progress=progress)
        console.report(report, archive)
        console.stats(opened.stats(), json=False)
        if serve:
            from onrecord import web

            web.serve(opened, port=port, on_ready=console.serving)


def main() -> None:
    """The program `onrecord`: runs a command and turns errors into a line on standard error and an exit code."""
    try:
        app()
    except OnrecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        sys.exit(3 if isinstance(error, ArchiveError) else 4)
    except KeyboardInterrupt:
        print(
            INTERRUPTED,
            file=sys.stderr,
        )
        sys.exit(130)
    except UnicodeEncodeError:
        print("onrecord: a name or path holds half a character. Type it again, in UTF-8.", file=sys.stderr)
        sys.exit(4)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is None:
            raise
        print(
            f"onrecord: {error.filename}: {error.strerror}. Check the name, and the right to write there.",
            file=sys.stderr,
        )
        sys.exit(3 if error.errno == errno.EROFS else 4)


if __name__ == "__main__":
    main()
