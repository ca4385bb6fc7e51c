"""The program as a person runs it: real processes, real exit codes, what is printed and what is not."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "onrecord.cli"]
STATEMENT = "MARN FERRY UNION\n\nMarn, 3 May 2024\n\n“We will not sign,” said Anna Brandt of the Water Committee.\n"


def run(
    *arguments: str | Path, cwd: Path | None = None, code: int = 0, **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "ONRECORD_ARCHIVE"} | more
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf8",
        env=environment,
        check=False,
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one archive in it."""
    place = tmp_path_factory.mktemp("cli")
    (place / "letters").mkdir()
    (place / "letters" / "one.txt").write_text(STATEMENT, "utf8")
    (place / "letters" / "escape.txt").write_text("Red \x1b[31malert\x1b[0m and \u202ereversed\u202c words.", "utf8")
    (place / "letters" / "broken.docx").write_bytes(b"PK\x03\x04 no more")
    done = run("build", place / "letters", "-o", place / "river.onrecord", "--publisher", "River Post")
    assert "2 new documents, 1 not readable; 2 annotated, 2 indexed" in done.stdout
    assert "broken.docx" in done.stderr
    return place


def test_help_lists_every_verb() -> None:
    words = run("--help").stdout
    for verb in ("build", "add", "annotate", "index", "search", "show", "export", "verify", "stats", "serve", "demo"):
        assert f"  {verb} " in words


def test_nothing_of_progress_is_drawn_when_nobody_watches(built: Path) -> None:
    done = run("build", built / "letters", "-o", built / "river.onrecord", "--publisher", "River Post")
    assert "\r" not in done.stderr + done.stdout
    assert "\x1b" not in done.stderr + done.stdout


def test_json_is_json(built: Path) -> None:
    archive = built / "river.onrecord"
    assert json.loads(run("stats", archive, "--json").stdout)["totals"][0] == ["document", 2]
    assert json.loads(run("search", archive, "sign", "--json").stdout)["total"] == 1
    assert json.loads(run("verify", archive, "--json").stdout) == []
    report = json.loads(run("build", built / "letters", "-o", archive, "--publisher", "River Post", "--json").stdout)
    assert report["annotated"] == 0


def test_the_archive_may_be_left_out_where_there_is_one(built: Path) -> None:
    assert "1 document found" in run("search", "sign", cwd=built).stdout
    assert "2 documents" in run("stats", cwd=built).stdout


def test_a_hit_has_its_line_and_its_permanent_address(built: Path) -> None:
    found = json.loads(run("search", built / "river.onrecord", '"not sign"', "--json").stdout)
    [hit] = found["hits"]
    [context] = hit["contexts"]
    record = json.loads(run("show", built / "river.onrecord", hit["document"][:9], "--json").stdout)
    assert record["text"][context["start"] : context["end"]] == "not sign"
    assert f"/d/{hit['document']}/{context['start']}-{context['end']}" in run(
        "search", built / "river.onrecord", '"not sign"'
    ).stdout.replace("\n", "")


def test_a_search_that_may_miss_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(STATEMENT, "utf8")
    assert "since the search index" not in run("build", tmp_path / "one.txt", "-o", tmp_path / "a.onrecord").stdout
    (tmp_path / "two.txt").write_text("The Ferry Union will sign.", "utf8")
    run("add", tmp_path / "two.txt", "-o", tmp_path / "a.onrecord")
    shutil.rmtree(tmp_path / "a.onrecord" / "index")
    said = " ".join(run("search", tmp_path / "a.onrecord", "sign").stdout.split())
    assert "2 documents came or changed since the search index was made" in said
    run("index", tmp_path / "a.onrecord")
    assert "since the search index" not in run("search", tmp_path / "a.onrecord", "sign").stdout


def test_words_of_a_document_cannot_steer_the_terminal(built: Path) -> None:
    found = json.loads(run("search", built / "river.onrecord", "reversed", "--json").stdout)
    shown = run("show", built / "river.onrecord", found["hits"][0]["document"]).stdout
    assert "\x1b[31m" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[31malert" in shown


def test_the_text_is_shown_with_its_voices(built: Path) -> None:
    archive = built / "river.onrecord"
    [hit] = json.loads(run("search", archive, '"not sign"', "--json").stdout)["hits"]
    plain = run("show", archive, hit["document"], "--voices", "--rules").stdout
    assert "▸ Anna Brandt" in plain and "“We will not sign,” " in plain and "\x1b" not in plain
    coloured = run("show", archive, hit["document"], "--voices", FORCE_COLOR="1", TERM="xterm", COLUMNS="60").stdout
    assert "\x1b[32m“” " in coloured
    without = run("show", archive, hit["document"], "--voices", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm").stdout
    assert "\x1b" not in without
    found = json.loads(run("show", archive, hit["document"], "--voices", "--json").stdout)
    assert [each["kind"] for each in found["stretches"] if each["kind"]] == ["direct"]


def test_a_search_can_ask_who_says_the_words(built: Path) -> None:
    archive = built / "river.onrecord"
    said = run("search", archive, "sign", "--speaker", "anna brandt", "--voice", "direct").stdout
    assert "1 document found with sign in direct speech by anna brandt." in said
    assert (
        "0 documents found with sign in the document's own voice."
        in run("search", archive, "sign", "--voice", "own").stdout
    )
    everything = run("search", archive, "", "--speaker", "Anna Brandt").stdout
    assert "We will not sign," in everything and "1 document found with something in what is said by Anna" in everything
    run("search", archive, "sign", "--voice", "own", "--speaker", "Anna Brandt", code=4)


def test_export_gives_records_and_tables(built: Path) -> None:
    archive = built / "river.onrecord"
    records = [json.loads(line) for line in run("export", archive, "--format", "record").stdout.splitlines()]
    assert len(records) == 2
    table = csv.DictReader(io.StringIO(run("export", archive, "--format", "csv", "--table", "attributions").stdout))
    assert [row["words"] for row in table] == ["We will not sign,"]
    assert run("export", archive, "--format", "jsonl", "--table", "dates").stdout.count("\n") >= 1


def test_an_export_to_a_file_is_whole_or_not_there(built: Path) -> None:
    run("export", built / "river.onrecord", "-o", built / "out.jsonl")
    assert len((built / "out.jsonl").read_text("utf8").splitlines()) == 2
    run("export", built / "river.onrecord", "-f", "csv", "-t", "nothing", "-o", built / "none.csv", code=4)
    assert not list(built.glob("*none.csv*"))


@pytest.mark.parametrize(
    ("arguments", "code", "advice"),
    [
        (["stats", "nowhere"], 3, "onrecord build"),
        (["search", "(unclosed"], 4, ")"),
        (["show", "zzz"], 4, "no id begins so"),
        (["search", "x", "--since", "yesterday"], 4, "yesterday"),
        (["search", "x", "--party", "Nobody at All"], 4, "Nobody at All"),
        (["build", "missing.txt", "-o", "river.onrecord"], 4, "missing.txt"),
        (["build", "letters", "-o", "river.onrecord", "--lang", "english!"], 4, "BCP 47"),
        (["build", "letters", "-o", "river.onrecord", "--published", "3.5.2024"], 4, "EDTF"),
        (["build", "letters", "-o", "letters"], 3, "not empty"),
        (["serve", "--host", "0.0.0.0"], 4, "--name archive.example.org"),
        (["serve", "--host", "0.0.0.0", "--name", "river.example"], 4, "onrecord people add"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors_say_what_to_do(built: Path, arguments: list[str], code: int, advice: str) -> None:
    done = run(*arguments, cwd=built, code=code)
    assert advice in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_finds_a_flipped_byte(built: Path, tmp_path: Path) -> None:
    run("build", built / "letters", "-o", tmp_path / "a.onrecord")
    files = (tmp_path / "a.onrecord" / "originals").glob("*/*")
    original = next(path for path in files if b"MARN" in path.read_bytes())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"MARN", b"MERN"))
    done = run("verify", tmp_path / "a.onrecord", code=1)
    assert "original-changed" in done.stdout


def test_the_reader_of_our_output_may_go_away(built: Path) -> None:
    command = f"{sys.executable} -m onrecord.cli export {built / 'river.onrecord'} | head -c 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
