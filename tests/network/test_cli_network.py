"""The network as a person asks for it: real processes over an archive built from letters."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import Archive
from onrecord.model import Subject

SAID = "We, the undersigned organisations, ask for it once more."
TOGETHER = f"JOINT DECLARATION ON THE {{}}\n\nMarn, {{}}\n\n{SAID}\n\nSigned by:\n"
LETTERS = {
    "one.txt": TOGETHER.format("FERRY", "3 May 2024")
    + "Marn Ferry Union\nKeld Weavers' Council\nOlive Valley Committee\n",
    "two.txt": TOGETHER.format("DAM", "9 June 2024") + "Marn Ferry Union\nKeld Weavers' Council\n",
    "three.txt": "MARN FERRY UNION\n\nMarn, 1 July 2024\n\nThe quay is open again.\n",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("network")
    (place / "letters").mkdir()
    for name, text in LETTERS.items():
        (place / "letters" / name).write_text(text, "utf8")
    with Archive.open(place / "river.onrecord", create=True) as made:
        made.build([place / "letters"])
    return place / "river.onrecord"


def run(*arguments: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", "network", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "ONRECORD_ARCHIVE"},
    )
    assert done.returncode == code, done.stderr.decode()
    return (done.stdout if code == 0 else done.stderr).decode()


def asked(*arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


def test_who_signed_with_whom(archive: Path) -> None:
    said = run("pairs", archive, "--party", "marn ferry union", "--with", "Keld Weavers' Council", "--rule", "pair")
    assert "Marn Ferry Union" in said and "Keld Weavers' Council" in said
    assert "2024-05-03  2024-06-09" in said
    assert "Counted by the rule pair: each pair of a statement of n parties gets 1;" in said
    found = asked("pairs", archive, "--since", "2024-06", "--rule", "1/(n-1)")
    [pair] = found["found"]["pairs"]
    assert (pair["weight"], pair["statements"]) == (1.0, 1)
    assert found["found"]["rule"]["formula"] == "1/(n-1)"
    assert found["network"]["counted"]["outside"] == 1


def test_alone_or_together(archive: Path) -> None:
    [union] = asked("parties", archive, "--party", "Marn Ferry Union")["found"]
    assert (union["alone"], union["together"], union["others"]) == (1, 2, 2)
    assert (union["extent"]["first"], union["extent"]["last"]) == ("2024-05-03", "2024-07-01")


def test_every_address_opens_the_statement(archive: Path) -> None:
    with Archive.open(archive) as opened:
        for row in csv.DictReader(io.StringIO(run("export", archive, "-f", "csv"), newline="")):
            document, _, span = row["address"].removeprefix("/d/").partition("/")
            start, end = map(int, span.split("-"))
            assert opened.document(document).text[start:end] == row["words"] == row["name"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["statements"], "signatory  Olive Valley Committee"),
        (["windows", "--by", "month"], "2024-06  1 joint statement, 2 parties, 1 pair"),
        (["windows", "--event", "Spring=2024-03/2024-05"], "1 in a window, 0 over a border, 1 outside, 0 undated"),
        (["centrality", "--measure", "betweenness"], "pivots all"),
        (["communities"], "louvain: Q = "),
        (["pairs"], "Newman 2001"),
    ],
)
def test_answers_for_people(archive: Path, words: list[str], said: str) -> None:
    assert said in run(words[0], archive, *words[1:])


@pytest.mark.parametrize("verb", ["pairs", "parties", "statements", "windows", "centrality", "communities"])
def test_answers_for_machines(archive: Path, verb: str) -> None:
    assert set(asked(verb, archive)) == {"network", "found"}
    header, *rows = csv.reader(io.StringIO(run(verb, archive, "--csv"), newline=""))
    assert rows and all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pairs", "--party", "Ferry"], 4, "Is one of these meant: 'Marn Ferry Union'?"),
        (["pairs", "--since", "May"], 4, "'since': 'May' is not a date in EDTF"),
        (["pairs", "--rule", "half"], 2, "--rule"),
        (["windows", "--by", "week"], 4, "'week' is neither month nor year"),
        (["windows", "--event", "Spring"], 4, "Write NAME=DATE"),
        (["export", "--format", "ftm", "--view", "pairs"], 4, "ftm has no views"),
    ],
)
def test_errors_teach(archive: Path, words: list[str], code: int, said: str) -> None:
    assert said in run(words[0], archive, *words[1:], code=code)


def test_a_failed_export_leaves_no_file(archive: Path, tmp_path: Path) -> None:
    run("export", archive, "-f", "csv", "-t", "edges", "-o", tmp_path / "edges.csv", code=4)
    assert not list(tmp_path.iterdir())
    run("export", archive, "-f", "gexf", "-o", tmp_path / "river.gexf")
    assert (tmp_path / "river.gexf").read_bytes().startswith(b"<?xml")


def test_judgements_change_the_network(archive: Path) -> None:
    with Archive.open(archive) as opened:
        before = opened.network()
        ids = {party.name: party.entity for party in before.parties()}
        two = (ids["Keld Weavers' Council"], ids["Olive Valley Committee"])
        judged = opened.judge(Subject("entities", entities=two), "same", by="A. Reader")
        assert len(opened.network().pairs("pair").pairs) == 1
        opened.withdraw(judged.id, by="A. Reader")
        record = next(each for each in opened.records() if "DAM" in each.text)
        wrong = opened.judge(opened.subject_of(record, "statements", record.statements[0]), "wrong", by="A. Reader")
        assert opened.network().network.counted.joint == 1
        opened.withdraw(wrong.id, by="A. Reader")
        assert opened.network().network == before.network


def test_networkx_is_not_loaded_until_it_is_needed(archive: Path) -> None:
    program = (
        "import sys; from onrecord import Archive; network = Archive.open(sys.argv[1]).network(); network.pairs();"
        "print('networkx' in sys.modules); network.centrality(); print('networkx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, archive], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["False", "True"]
