"""Figures side by side: two texts' counts of one thing, with who asserted each, as resolved and as judged."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quay import counted, letter, record
from raid import COUNCIL, GUARD, MINISTRY, UNION, raid

from onrecord import Archive
from onrecord.analyse.figures import WIDE, around, asserting, of_unit
from onrecord.annotate.unasserted import Mood
from onrecord.errors import MetadataError, NotFound
from onrecord.figures import NOBODY, Figures, written
from onrecord.model import Quantity
from onrecord.text.spans import Span

GOLDEN = Path(__file__).parent / "figures.csv"
"""`--unit dead --csv` of the raid; `python tests/ledger/test_figures.py` writes it anew: look at the difference."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with raid(tmp_path_factory.mktemp("raid")) as made:
        yield made


def listed(found: Figures) -> list[tuple[str, str, str | None]]:
    return [(figure.number, figure.who, figure.date) for figure in found.figures]


def test_two_texts_figures_for_one_thing_stand_together_with_who_asserted_each(archive: Archive) -> None:
    found = archive.figures(unit="dead")
    assert listed(found) == [
        ("4", MINISTRY, "2023-10"),
        (">= 12", GUARD, "2023-10-06"),
        ("5", MINISTRY, "2023-10-07"),
        ("9", "An unnamed boatman", "2023-10-07"),
        ("5–12", COUNCIL, "2023-10-10"),
        ("40", "nobody: denied", "2023-10-10"),
        ("6", "Petra Lind", "2023-10-10"),
    ]
    _, guard, ministry, boatman, *_ = found.figures
    assert (guard.reached, guard.dated, guard.retold) == ("own", "issued", False)
    assert (ministry.reached, ministry.dated, ministry.retold) == ("reported", "published", True)
    assert len(ministry.by) == 1 and boatman.by == ()
    text = archive.document(ministry.document).text
    start, end = map(int, ministry.address.rpartition("/")[2].split("-"))
    assert text[start:end] == ministry.words == "five dead"
    assert ministry.sentence == "The Ministry of Ferries said there were five dead in the raid at Sarn Ford."


def test_figures_of_one_unit_stand_together_by_date_the_undated_last(archive: Archive) -> None:
    found = archive.figures().figures
    assert [figure.unit for figure in found] == ["dead"] * 7 + ["docker"] * 4 + ["gate", "officer"]
    assert [figure.date for figure in found if figure.unit == "docker"][-1] is None
    assert (found[-1].asserted, found[-1].who) == ("document", "the document itself")


def test_the_voices_between(archive: Archive) -> None:
    through = {figure.number: figure.through for figure in archive.figures(unit="dead").figures}
    assert through["9"] == ("River Post",)
    assert through["5–12"] == ("River Post", "Marta Tarn")
    assert through["6"] == ("River Post", "Marta Tarn", COUNCIL)


def test_the_same_words_printed_twice_are_one_row(archive: Archive) -> None:
    found = archive.figures(party=GUARD)
    [figure] = found.figures
    assert len(figure.also) == found.counted.reprinted == 1
    assert figure.also[0] != figure.address


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"unit": "docker"}, ["11", "3", "20", "12"]),
        ({"unit": "DOCKERS"}, ["11", "3", "20", "12"]),
        ({"unit": "dock"}, []),
        ({"unit": "3"}, []),
        ({"about": "sarn FORD"}, ["4", "5", "5–12"]),
        ({"about": "raids", "unit": "dead"}, ["5", "9", "6"]),
        ({"about": "nowhere"}, []),
        ({"party": "ministry of ferries"}, ["4", "5"]),
        ({"party": MINISTRY, "since": "2023-10-07"}, ["5"]),
        ({"party": UNION}, ["12"]),
        ({"unit": "dead", "until": "2023-10-07"}, [">= 12", "5", "9"]),
    ],
)
def test_what_is_asked_for(archive: Archive, asked: dict[str, Any], numbers: list[str]) -> None:
    assert [figure.number for figure in archive.figures(**asked).figures] == numbers


def test_what_is_left_out_is_counted(archive: Archive) -> None:
    counted = archive.figures(unit="dead", since="2023-10-07", until="2023-10-09").counted
    assert (counted.shown, counted.over_border, counted.outside, counted.undated) == (2, 1, 5, 0)
    assert archive.figures(unit="docker", since="2023").counted.undated == 1
    counted = archive.figures(party=MINISTRY).counted
    assert (counted.shown, counted.published) == (2, 2)
    assert (counted.unnamed, counted.told, counted.unasserted) == (1, 1, 0)
    assert archive.figures(party=COUNCIL).counted.unasserted == 2


def test_errors_teach(archive: Archive) -> None:
    with pytest.raises(NotFound, match="Nobody is called 'Hill Gnomes'"):
        archive.figures(party="Hill Gnomes")
    with pytest.raises(MetadataError, match="EDTF"):
        archive.figures(since="May")
    with pytest.raises(MetadataError, match="no letters"):
        archive.figures(unit="…")


def test_a_judged_attribution_is_what_counts(tmp_path: Path) -> None:
    with raid(tmp_path) as archive:
        before = archive.figures(unit="dead", about="boatman").figures[0]
        record = archive.record(before.document)
        told = max(
            (it for it in record.attributions if it.content.spans[0].start <= before.start),
            key=lambda it: it.content.spans[0].start,
        )
        archive.judge(archive.subject_of(record, "attributions", told), "wrong", by="A. Reader")
        after = archive.figures(unit="dead", about="boatman").figures[0]
    assert (before.who, after.who) == ("An unnamed boatman", "the document itself")


def test_a_notebook_shows_figures_with_every_word_escaped(archive: Archive) -> None:
    page = archive.figures(unit="dead")._repr_html_()
    assert "7 figures" in page and "&gt;= 12" in page


def test_the_export_says_who_asserts_a_count(archive: Archive) -> None:
    stream = io.BytesIO()
    archive.export(stream, "csv", table="quantities")
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert {(row["words"], row["name"]) for row in rows} >= {
        ("at least 12 dead", GUARD), ("nine dead", "An unnamed boatman"), ("40 officers", ""), ("40 dead", ""),
    }  # fmt: skip
    assert all(row["by"] for row in rows if row["name"] == GUARD)


def test_why_nobody_asserts_a_count_is_said_in_the_words_of_its_rule() -> None:
    assert {*NOBODY} == {*get_args(Mood)} - {"", "asked"}  # a count in a question is none


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.0, "0"), (12.0, "12"), (1_234_567.0, "1,234,567"), (0.333, "0.333"), (1e300, "1e+300"), (-2.5, "-2.5")],
)
def test_numbers_as_people_write_them(number: float, said: str) -> None:
    assert written(number) == said


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("They came. We saw 5 boats. They left.", "5 boats", "We saw 5 boats."),
        ("A heading\n\n5 boats\n\nmore", "5 boats", "5 boats"),
        ("5", "5", "5"),
        ("lo " * 9_000 + "5 boats" + " la" * 9_000, "5 boats", None),
        ("x" * 9_000 + "5" + "y" * 9_000, "5", None),
    ],
)
def test_the_sentence_around_a_count(text: str, words: str, sentence: str | None) -> None:
    at = text.index(words)
    found = around(text, Span(at, at + len(words))).of(text)
    assert words in found and len(found) <= len(words) + 2 * WIDE
    assert sentence is None or found == sentence
    assert {*found.split()} <= {*text.split()} | {words}


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_count_lies_in_its_sentence(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert around(text, Span(start, end)).contains(Span(start, end))


def test_a_printed_plural_stands_for_its_unit_also_where_a_count_borrows_it() -> None:
    text = "640 dockers, 12 boats and 5 more"
    counts = [
        Quantity(0, 11, 640.0, "=", "docker", None, None),
        Quantity(13, 21, 12.0, "=", "boat", None, None),
        Quantity(26, 27, 5.0, "=", "docker", None, None, rule="figures; unit of the count before"),
    ]
    for asked, numbers in (("dockers", [1, 3]), ("docker", [1, 3]), ("boats", [2]), ("5", []), (None, [1, 2, 3])):
        assert [number for number, _ in of_unit(counts, text, asked)] == numbers, asked


@pytest.mark.parametrize(
    ("issuers", "more", "name", "spokesperson"),
    [
        (("Anna Brandt",), {"behalf": UNION}, UNION, "Anna Brandt"),
        ((COUNCIL, MINISTRY), {}, f"{COUNCIL}; {MINISTRY}", None),
        ((UNION,), {}, UNION, None),
    ],
)
def test_who_makes_a_statement_asserts_its_counts(
    issuers: tuple[str, ...], more: dict[str, str], name: str, spokesperson: str | None
) -> None:
    said = counted(f"We feed 640 dockers of the {UNION}.", "claim", "feed", ("640 dockers", 640.0))
    made = record("d1", letter(issuers, "2023-09-04", said, **more))
    claim = asserting(made)(1, made.quantities[0]).claim
    assert (claim.name, claim.spokesperson, claim.date) == (name, spokesperson, "2023-09-04")


# -- as a person asks for it -------------------------------------------------------------------------------------------


def run(*arguments: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", "figures", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "ONRECORD_ARCHIVE"},
    )
    assert done.returncode == code, done.stderr.decode()
    return (done.stdout if code == 0 else done.stderr).decode()


def test_the_table_for_people(archive: Archive) -> None:
    guard, ministry, *_ = archive.figures(unit="dead", since="2023-10-05").figures
    assert run(archive.folder, "--unit", "dead", "--since", "2023-10-05", "--limit", "2") == (
        "dead\n"
        f"  >= 12  {GUARD}  2023-10-06 (issued)\n"
        "      “We mourn at least 12 dead.”\n"
        f"      in its own words, through River Post  {guard.address}\n"
        f"      also in {guard.also[0]}\n"
        f"  5  {MINISTRY}  2023-10-07 (published, reported)\n"
        "      “The Ministry of Ferries said there were five dead in the raid at Sarn Ford.”\n"
        f"      as reported, through River Post  {ministry.address}\n"
        "6 figures in 2023-10-05/.., 2 of them shown (--limit, or --csv for all); 6 documents read.\n"
        "  2 figures dated by publication: the text bears no other date.\n"
        "  1 figure left out: their date may lie in the period, or may not.\n"
        "  1 figure printed again elsewhere: shown once, with the other addresses (also in …).\n"
    )


def test_csv_is_as_it_was(archive: Archive) -> None:
    assert table(archive) == GOLDEN.read_text("utf8")


def table(archive: Archive) -> str:
    return run(archive.folder, "--unit", "dead", "--csv").replace("\r\n", "\n")


def test_json(archive: Archive) -> None:
    found: dict[str, Any] = json.loads(run(archive.folder, "--party", GUARD, "--json"))
    assert set(found) == {"unit", "about", "party", "period", "counted", "figures"}
    [figure] = found["figures"]
    assert (figure["value"], figure["comparator"], figure["unit"], figure["name"]) == (12.0, ">=", "dead", GUARD)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--party", "Hill Gnomes"], 4, "Nobody is called"),
        (["--limit", "0"], 2, "--limit"),
        (["--json", "--csv"], 2, "--json or --csv, not both"),
    ],
)
def test_errors_of_the_command_teach(archive: Archive, words: list[str], code: int, said: str) -> None:
    assert said in run(archive.folder, *words, code=code)


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder, raid(Path(folder)) as made:
        GOLDEN.write_text(table(made), "utf8")
