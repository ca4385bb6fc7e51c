"""Documentation that cannot drift: what is named exists, what exists is named."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer

import onrecord
from onrecord.cli import app

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
VERBS = runpy.run_path(str(ROOT / "docs/generate.py"))["verbs"]
COMMANDS = dict(VERBS(typer.main.get_command(app)))
GROUPS = {name.partition(" ")[0] for name in COMMANDS if " " in name}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_and_option_has_help_an_example_and_its_place_in_the_reference(name: str) -> None:
    command = COMMANDS[name]
    assert f"Example: onrecord {name}" in command.help
    reference = (ROOT / "docs/reference/commands.md").read_text("utf8")
    assert f"## {name}\n" in reference
    section = reference.split(f"## {name}\n")[1].split("\n## ")[0]
    for parameter in command.params:
        if parameter.name != "help":
            assert parameter.help, parameter.name
            if parameter.opts[0].startswith("--"):
                assert f"`{parameter.opts[0]}" in section, parameter.opts[0]


def test_commands_in_examples_are_commands() -> None:
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf8"), re.S):
            for line in block.splitlines():
                if line.startswith("onrecord "):
                    verb, *rest = line.split()[1:]
                    name = f"{verb} {rest[0]}" if verb in GROUPS else verb
                    assert name in COMMANDS, f"{page}: {line}"


def test_the_public_list_is_what_it_says() -> None:
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_generated_pages_are_as_they_would_be_generated() -> None:
    pages = runpy.run_path(str(ROOT / "docs/generate.py"))["PAGES"]
    for path, page in pages.items():
        assert path.read_text("utf8") == page(), f"run: python docs/generate.py ({path.name})"


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_examples_in_python_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("“We will not sign,” said Anna Brandt on 3 May 2024.", "utf8")
    with onrecord.Archive.open("demo.onrecord", create=True) as archive:
        archive.build(["letters"])
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf8"), re.S)
    assert blocks
    for block in blocks:
        exec(block, {})
