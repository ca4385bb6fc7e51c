"""The verbs of `onrecord terms`: how often words are used, and which set two sides apart. No logic."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, Json, argument, open_archive, option, split

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Count words and phrases: over time, by party, and what sets two sides apart.

    Example: onrecord terms usage river.onrecord strike "the quay" "negotiat*"
    """,
)
Language = Annotated[str | None, option(metavar="TAG", help="Only documents in this language (en, ar, fr …).")]
Since = Annotated[str | None, option(metavar="DATE", help="Only documents that may be of it or later (EDTF).")]
Until = Annotated[str | None, option(metavar="DATE", help="Only documents that may be of it or earlier (EDTF).")]


class Length(StrEnum):
    month = "month"
    quarter = "quarter"
    year = "year"


class Kind(StrEnum):
    party = "party"
    publisher = "publisher"
    period = "period"


@app.command()
def usage(
    words: Annotated[
        list[str], argument(metavar="[ARCHIVE] WORD...", help="Words, phrases of several words, beginnings (strik*).")
    ],
    party: Annotated[list[str] | None, option(help="Beside all, in this party's own words (again for more).")] = None,
    every: Annotated[Length | None, option(help="The length of a period (default: what fits).")] = None,
    lang: Language = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
) -> None:
    """Count words and phrases per 10,000 words: in all, by period, and in the own words of parties.

    Example: onrecord terms usage river.onrecord strike "the quay" --party "River Labour Party"
    """
    from onrecord import console_terms

    path, said = split(words)
    query = " ".join(f'"{word}"' if " " in word else word for word in said)
    with open_archive(path) as opened:
        filters = opened.filters(languages=[lang] if lang else None, since=since, until=until)
        parties = tuple(opened.filters(parties=[name]).parties[0] for name in party or ())
        found = opened.workbench.usage(query, filters, parties, every.value if every else None)
        console_terms.usage(found, json=json)


@app.command()
def keyness(
    archive: ArchivePath = None,
    of: Annotated[str, option(metavar="NAME", help="A party, a publisher, or a time (EDTF: 2024-01/2024-06).")] = "",
    against: Annotated[str, option(metavar="NAME", help="What it is compared with (default: all others).")] = "",
    by: Annotated[Kind, typer.Option(help="What is compared.")] = Kind.party,
    pairs: Annotated[bool, typer.Option("--pairs", help="Compare pairs of words.")] = False,
    least: Annotated[int, typer.Option(min=1, help="Documents of its side that must use a word.")] = 2,
    limit: Annotated[int, typer.Option(min=1, max=500, help="Words of each side.")] = 25,
    lang: Language = None,
    since: Since = None,
    until: Until = None,
    json: Json = False,
) -> None:
    """Find the words that one side uses more than another: log-odds with an informative Dirichlet prior, as z-scores.

    Monroe, Colaresi and Quinn 2008, equations 16, 20 and 22. Of two languages only the first side's is compared.

    Example: onrecord terms keyness river.onrecord --of "River Labour Party" --against "Ministry of Water"
    """
    from onrecord import console_terms

    with open_archive(archive) as opened:
        filters = opened.filters(languages=[lang] if lang else None, since=since, until=until)
        one, other = of, against
        if by is Kind.party:
            one, other = (opened.filters(parties=[name]).parties[0] if name else "" for name in (of, against))
        found = opened.workbench.keyness(by.value, one, other, filters, phrases=pairs, least=least, most=limit)
        console_terms.keyness(found, json=json)
