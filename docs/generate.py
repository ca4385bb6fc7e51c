"""Writes the generated pages of the reference: `python docs/generate.py`. A test compares them with what is here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from onrecord.cli import app
from onrecord.export.schema import page as schema

REFERENCE = Path(__file__).parent / "reference"


def option(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    return f"| {names} | {parameter.help} |"


def verbs(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every verb by its full name, in the order of the help; a group of verbs comes before its own."""
    for name, verb in group.commands.items():
        yield before + name, verb
        if hasattr(verb, "commands"):
            yield from verbs(verb, f"{before}{name} ")


def command(name: str, verb: Any) -> Iterator[str]:
    about, _, example = verb.help.partition("Example: ")
    arguments = [p for p in verb.params if not p.opts[0].startswith("-")]
    yield f"## {name}\n"
    yield " ".join(about.split()) + "\n"
    yield f"```sh\n{example.strip()}\n```\n"
    for argument in arguments:
        yield f"`{argument.metavar or argument.name.upper()}`: {argument.help}\n"
    options = [p for p in verb.params if p not in arguments and p.name != "help"]
    if options:
        yield "| option | meaning |\n| --- | --- |"
        yield from map(option, options)
        yield ""


def commands() -> str:
    """The reference of the command line, from its own help."""
    group: Any = typer.main.get_command(app)
    lines = [
        "# Commands\n",
        f"{group.help}\n",
        f"{group.epilog}\n",
        "This page is generated from the program's help (`python docs/generate.py`).\n",
    ]
    for name, verb in verbs(group):
        lines += command(name, verb)
    return "\n".join(lines)


PAGES = {REFERENCE / "commands.md": commands, REFERENCE / "record.schema.json": schema}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf8")
