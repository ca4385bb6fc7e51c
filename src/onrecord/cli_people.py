"""The verbs of `onrecord people`: who may enter from another machine. One function a verb, no logic."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli_options import ArchivePath, Json, Wait, argument, open_archive, option, split
from onrecord.errors import MetadataError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Say who may read and decide from another machine, each with a password.

    On this machine nobody needs one. A password is asked for, never part of a command: others can see commands.

    Example: onrecord people list river.onrecord
    """,
)
Name = Annotated[list[str], argument(metavar="[ARCHIVE] NAME", help="As it shall stand beside decisions.")]
Secret = Annotated[
    str | None,
    option("--password-file", metavar="FILE", help="Read the password from this file (-: standard input)."),
]


class Role(StrEnum):
    reader = "reader"
    editor = "editor"


@app.command()
def add(
    words: Name,
    role: Annotated[Role, typer.Option(help="A reader reads; an editor also decides, adds and imports.")] = Role.reader,
    password_file: Secret = None,
    wait: Wait = 10.0,
) -> None:
    """Let somebody in.

    Example: onrecord people add river.onrecord "Anna Brandt" --role editor
    """
    from onrecord import console
    from onrecord.store.passwords import hashed

    path, name = one_name(words)
    with open_archive(path, wait) as archive:
        account = archive.people.add(name, role.value, hashed(password(password_file)))
    console.note(f"{account.name} may enter as {account.role}.")


@app.command("list")
def every(archive: ArchivePath = None, json: Json = False) -> None:
    """List who may enter, and as what.

    Example: onrecord people list river.onrecord
    """
    from onrecord import console

    with open_archive(archive) as opened:
        console.people([(each.name, each.role) for each in opened.people.accounts().values()], json=json)


@app.command()
def remove(words: Name, wait: Wait = 10.0) -> None:
    """Shut somebody out, at once; what they decided stays.

    Example: onrecord people remove river.onrecord "Anna Brandt"
    """
    from onrecord import console

    path, name = one_name(words)
    with open_archive(path, wait) as archive:
        account = archive.people.remove(name)
    console.note(f"{account.name} can no longer enter. Decisions of that name stay in the ledger.")


@app.command("password")
def change(words: Name, password_file: Secret = None, wait: Wait = 10.0) -> None:
    """Give somebody a new password; whoever is logged in with the old one is logged out.

    Example: onrecord people password river.onrecord "Anna Brandt"
    """
    from onrecord import console
    from onrecord.store.passwords import hashed

    path, name = one_name(words)
    with open_archive(path, wait) as archive:
        account = archive.people.change(name, hashed(password(password_file)))
    console.note(f"{account.name} has a new password.")


def one_name(words: list[str]) -> tuple[Path | None, str]:
    """`[ARCHIVE] NAME`, where a name of several words may come without quotation marks."""
    path, name = split(words)
    return path, " ".join(name)


def password(file: str | None) -> str:
    """The password that a person types twice, or the one line of a file."""
    if file is not None:
        said = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        return one_line(said)
    if not sys.stdin.isatty():
        raise MetadataError("Nobody is there to type a password. Give it in a file: --password-file FILE (or -).")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="Once more"))


def one_line(said: str) -> str:
    lines = said.splitlines()
    if len(lines) != 1:
        raise MetadataError(f"A password is one line; the file has {len(lines)}.")
    return lines[0]
