# ruff: noqa: E501 - texts stay in one piece
"""Who carries a statement, quotes it, reports it; and what only looks so. The region and its bodies are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import demo
from onrecord.analyse import carrying
from onrecord.archive import Archive
from onrecord.text.spans import Span
from onrecord.workbench.statement import StatementHere

LETTERHEAD = "HARBOUR UNION OF ORSK\nPress office, Lower Quay 4\n\n"
CLOSING = "\n\nLong live the workers of the river and of all its harbours, now and always.\n\nFor the executive,\nMara Lindqvist, Secretary\n"
WORDS = (
    "The Harbour Union has read the draft that the River Council published last week. We will not sign a text that leaves out the "
    "night ferries and the pilots of the upper lock. We demand that the council open its tariff ledgers before the regatta.\n\n"
    "We have kept forty cranes running through the thaw without a single contract, and we promise the bargemen that nobody will be "
    "left on the quay.\n\n“The eastern weir will be shut for nine days from Thursday noon on,” said the harbour master Olin Vask."
)
STATEMENT = LETTERHEAD + "No signature without the night ferries\n\nOrsk, 3 May 2024\n\n" + WORDS + CLOSING
FILES = {
    "statement.txt": STATEMENT,
    "carried.txt": "THE RIVER POST\n\nUnion refuses to sign\n\nBy Jon Perel\n\nOrsk, 4 May 2024\n\nThe Harbour Union sent us the following statement, which we print as it came.\n\n"
    + WORDS.replace("last week", "a week ago"),
    "quoted.txt": "RADIO HEST\n\nNo deal at the lock\n\nHest, 5 May 2024\n\nThe talks stand still. “We will not sign a text that leaves out the night ferries and the pilots of the upper lock,” said the Harbour Union of Orsk on Sunday. The weather was mild.",
    "reported.txt": "RADIO HEST\n\nTariffs again\n\nHest, 6 May 2024\n\nThe Harbour Union of Orsk said that the council must show its ledgers on tariffs before any regatta and that no bargemen would stand on the quay. The mayor of Hest was in bed.",
    # What the statement itself only gives as another's words: both quote the harbour master.
    "same-source.txt": "RADIO HEST\n\nThe weir\n\nHest, 7 May 2024\n\nThe harbour master Olin Vask said: “The eastern weir will be shut for nine days from Thursday noon on.” It rained.",
    # Older than the statement, with words of it: it cannot quote it.
    "older.txt": "RADIO HEST\n\nA song\n\nHest, 2 March 2024\n\n“We promise the bargemen that nobody will be left on the quay,” said the Harbour Union of Orsk in its song.",
    # The same letterhead, closing and turns of phrase: another statement.
    "alike.txt": LETTERHEAD + "On the price of bread\n\nOrsk, 20 May 2024\n\nThe bakers of Orsk have raised the price of bread twice since the winter. We ask them to come to the table and to say why. We thank the mill for its flour." + CLOSING,
    # Made after the same pattern three weeks later: nearly the same words, and not the same statement.
    "pattern.txt": LETTERHEAD + "No signature without the day ferries\n\nOrsk, 27 May 2024\n\n" + WORDS.replace("night", "day").replace("forty", "fifty") + CLOSING,
    "elsewhere.txt": "THE RIVER POST\n\nRegatta\n\nOrsk, 5 May 2024\n\nThe regatta of Orsk drew forty boats. The rowing club said that the river was high and the cranes of the quay were dressed with flags.",
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("carried")
    (folder / "pile").mkdir()
    for name, text in FILES.items():
        (folder / "pile" / name).write_text(text, "utf8")
    for number in range(60):  # a closing formula that many have
        text = f"{LETTERHEAD}Ferry note {number}\n\nOrsk, {number % 28 + 1} April 2024\n\nFerry {number} left late.{CLOSING}"
        (folder / "pile" / f"note-{number}.txt").write_text(text, "utf8")
    with Archive.open(folder / "orsk.onrecord", create=True) as made:
        made.build([folder / "pile"], jobs=1)
        yield made


def told(archive: Archive, name: str) -> StatementHere:
    record = next(record for record in archive.records() if record.capture.source.split("/")[-1] == name)
    return archive.workbench.statement(record, record.statements[0].id, {})


def named(archive: Archive, document: str) -> str:
    return archive.record(document).capture.source.rsplit("/", 1)[-1]


def test_each_relation_is_found_and_nothing_that_only_looks_so(archive: Archive) -> None:
    found = {(each.relation, named(archive, each.document)) for each in told(archive, "statement.txt").carriers}
    assert found == {("carries", "carried.txt"), ("quotes", "quoted.txt"), ("reports", "reported.txt")}


def test_both_sides_of_a_passage_stand_where_their_addresses_say(archive: Archive) -> None:
    for carrier in told(archive, "statement.txt").carriers:
        assert carrier.why
        assert carrier.pairs
        for side in (side for pair in carrier.pairs for side in (pair.here, pair.there)):
            document, span = side.address.removeprefix("/d/").split("/")
            text = archive.record(document).text
            assert span == f"{side.start}-{side.end}"
            assert text[side.start : side.end].startswith(side.exact)


def test_a_copy_says_how_much_of_it_there_is(archive: Archive) -> None:
    carried = next(each for each in told(archive, "statement.txt").carriers if each.relation == "carries")
    assert carried.share is not None
    assert 0.6 < carried.share < 1
    assert carried.why[0].startswith(f"{carried.share:.0%} of its words")


def test_a_statement_made_of_formulas_finds_nobody(archive: Archive) -> None:
    assert told(archive, "note-7.txt").carriers == ()


def test_the_whole_statement_is_told_with_its_words(archive: Archive) -> None:
    one = told(archive, "statement.txt")
    assert (one.parties[0].role, one.issued) == ("issuer", "2024-05-03")
    assert one.parties[0].places[0].exact in STATEMENT
    assert one.parties[0].resolved is not None
    assert {"refuse", "demand", "promise"} <= {act.act for act in one.acts}
    assert [(day.role, [place.exact for place in day.places]) for day in one.dates if day.role == "issued"] == [
        ("issued", ["3 May 2024"])
    ]


LETTERS = st.lists(st.sampled_from("abcdefg"), max_size=60).map(" ".join)


@given(LETTERS, LETTERS)
def test_runs_are_the_same_words_in_the_order_of_both(one: str, other: str) -> None:
    here, there = carrying.read(one), carrying.read(other)
    found = carrying.runs(here, there)
    at = (0, 0)
    for run in found:
        assert run.length >= carrying.SHORTEST
        assert run.one >= at[0]
        assert run.other >= at[1]
        assert here.words[run.one : run.one + run.length] == there.words[run.other : run.other + run.length]
        at = (run.one + run.length, run.other + run.length)
    assert 0 <= carrying.share(found, here) <= 1


@given(st.text(max_size=80), st.integers(0, 20))
def test_words_stand_where_they_are_said_to(text: str, start: int) -> None:
    words = carrying.read(text, min(start, len(text)))
    for word, span in zip(words.words, words.places, strict=True):
        assert word in carrying.read(text, *span).words or len(carrying.read(text, *span).words) != 1


def test_a_text_carries_itself() -> None:
    words = carrying.read(WORDS)
    assert carrying.share(carrying.runs(words, words), words) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([(0, 50)], "we will not sign a text that leaves out the night"),
        ([(0, 20)], None),
        ([], None),
    ],
)
def test_a_quotation_is_eight_words_of_somebody(said: list[tuple[int, int]], words: str | None) -> None:
    there = "we will not sign a text that leaves out the night ferries at all, they say"
    one, other = carrying.read(WORDS), carrying.read(there)
    found = carrying.quoted(carrying.runs(one, other), one, other, [Span(*each) for each in said])
    assert [each.other.of(there) for each in found] == ([words] if words else [])


def test_a_translation_is_found_from_both_sides(tmp_path: Path) -> None:
    names = {
        "translations/velna-papers-buoys.txt",
        "statements/pescadores-2024-04-09.txt",
        "resolutions/cooperativa-14-2024.txt",
    }
    with Archive.open(tmp_path / "two.onrecord", create=True) as archive:
        archive.build([demo.files() / name for name in names], jobs=1)
        of = {record.capture.source.rsplit("/", 1)[-1]: record for record in archive.records()}
        pair = (of["velna-papers-buoys.txt"], of["pescadores-2024-04-09.txt"])
        for here, there in (pair, pair[::-1]):
            found = archive.workbench.statement(here, here.statements[0].id, {}).carriers
            assert [(each.relation, each.document) for each in found] == [("translates", there.id)]
            assert any("figures in both" in reason for reason in found[0].why)
