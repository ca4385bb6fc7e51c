# ruff: noqa: E501 - sentences stay in one piece
"""The use of terms and keyness: what is counted adds up, both ways round, and is told whose it is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

import pytest

from onrecord import Archive
from onrecord.analyse.terms import frequencies
from onrecord.errors import MetadataError, NotFound, QueryError
from onrecord.model import Filters, Given, Subject
from onrecord.text.folding import tokens
from onrecord.workbench.keyness import Keyness, KeyTerm
from onrecord.workbench.terms import Usage

UNION, BOARD = "Orsk Ferry Union", "Velna Harbour Board"


def letter(issuer: str, date: str, body: str) -> str:
    return f"{issuer}\n\nOrsk, {date}\n\nStatement on the quay\n\n{f'{body} ' * 4}\n\nOn behalf of the {issuer}\n"


LETTERS = [
    (UNION, "3 May 2024", "We will strike at the quay until the wages are paid. The wages are too low, and the quay is cold."),
    (UNION, "9 June 2024", "We strike again. The wages are not paid, and the ferry waits at the quay. We will not work."),
    (UNION, "12 July 2024", "The strike goes on for wages and for rest. We thank the harbour for its patience at the quay."),
    (BOARD, "5 May 2024", "The timetable of the harbour stands. The Board regrets the delay at the quay and the timetable holds."),
    (BOARD, "11 June 2024", "The timetable will be kept. The Board of the harbour regrets that ships wait at the quay."),
    (BOARD, "15 July 2024", "The Board regrets the delay. The timetable of the harbour is printed and hangs at the quay."),
]  # fmt: skip
REPORT = (
    "Strike at the harbour\n\nOrsk, 20 July 2024\n\nThe ferries did not sail again on Saturday. “The wages are a disgrace,” "
    f"the {UNION} said. The {BOARD} said that the timetable would be kept.\n"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("terms")
    for at, (issuer, date, body) in enumerate(LETTERS):
        place = folder / ("union" if issuer == UNION else "board")
        place.mkdir(exist_ok=True)
        (place / f"{at}.txt").write_text(letter(issuer, date, body), "utf8")
    (folder / "press").mkdir()
    (folder / "press" / "report.txt").write_text(REPORT, "utf8")
    (folder / "press" / "undated.txt").write_text("A strike, somewhere, at some time: the wages were paid.\n", "utf8")
    with Archive.open(folder / "a.onrecord", create=True) as built:
        for name in ("union", "board", "press"):
            built.build([folder / name], given=Given(publisher=f"The {name}"), jobs=1)
        yield built


def party(archive: Archive, name: str) -> str:
    return archive.names.meant(name)[0]


def texts(archive: Archive) -> list[str]:
    return [record.text for record in archive.records()]


@pytest.fixture
def use(archive: Archive) -> Usage:
    return archive.workbench.usage('strike "the quay" timet*')


def test_counts_are_those_of_the_texts(archive: Archive, use: Usage) -> None:
    every = [tokens(text) for text in texts(archive)]
    strike, quay, timetable = use.counts
    assert strike.occurrences == sum(found.count("strike") for found in every)
    assert strike.documents == sum("strike" in found for found in every)
    assert quay.occurrences == sum(pair == ("the", "quay") for found in every for pair in pairwise(found))
    assert timetable.occurrences == sum(word.startswith("timet") for found in every for word in found)
    assert strike.words == sum(map(len, every)) and strike.of_documents == len(every) == 8
    assert strike.per_10000 == pytest.approx(10_000 * strike.occurrences / strike.words)


def test_periods_and_what_is_undated_are_all(use: Usage) -> None:
    assert use.every == "month" and [period.period for period in use.periods] == ["2024-05", "2024-06", "2024-07"]
    for at, whole in enumerate(use.counts):
        parts = [period.counts[at] for period in use.periods] + [use.undated[at]]
        for field in ("occurrences", "words", "documents", "of_documents"):
            assert sum(getattr(part, field) for part in parts) == getattr(whole, field)
    assert use.undated[0].of_documents == 1 == use.undated[0].occurrences


@pytest.mark.parametrize(("every", "names"), [
    ("quarter", [("2024-Q2", "2024-04", "2024-06"), ("2024-Q3", "2024-07", "2024-09")]),
    ("year", [("2024", "2024", "2024")]),
])  # fmt: skip
def test_periods_can_be_chosen(archive: Archive, every: str, names: list[tuple[str, str, str]]) -> None:
    use = archive.workbench.usage("strike", every=every)  # type: ignore[arg-type]
    assert [(period.period, period.since, period.until) for period in use.periods] == names


def test_a_partys_words_are_its_own_and_what_it_is_quoted_with(archive: Archive) -> None:
    use = archive.workbench.usage("wages timetable", parties=(party(archive, UNION), party(archive, BOARD)))
    (union_wages, union_timetable), (board_wages, board_timetable) = (each.counts for each in use.parties)
    assert (union_wages.occurrences, union_wages.documents) == (17, 4)  # sixteen in its letters, one in the report
    assert (board_wages.occurrences, union_timetable.occurrences) == (0, 0)
    assert board_timetable.occurrences == 16  # in the report it is only reported to say it
    assert [each.name for each in use.parties] == [UNION, BOARD]
    for each in use.parties:
        assert sum(period.counts[0].words for period in each.periods) == each.counts[0].words


def test_without_parties_asked_for_those_with_most_words_are_shown(archive: Archive) -> None:
    shown = [each.name for each in archive.workbench.usage("strike").parties]
    assert {UNION, BOARD} <= set(shown)


def test_filters_narrow_as_in_a_search(archive: Archive) -> None:
    for filters in (
        Filters(publishers=("The press",)), Filters(since="2024-06"), Filters(until="2024-06-10"), Filters(languages=("en",)),
        Filters(genres=("report",)), Filters(publishers=("nobody",)),
    ):  # fmt: skip
        use = archive.workbench.usage("strike", filters)
        assert use.counts[0].documents == archive.search("strike NOT title:zzz", filters).total
        assert use.counts[0].of_documents == archive.search("", filters).total


@pytest.mark.parametrize("said", ["a b c d e f g", "title:quay", "(strike)", "s*", "strike OR quay", "-strike"])
def test_terms_that_are_none_are_told(archive: Archive, said: str) -> None:
    with pytest.raises(QueryError):
        archive.workbench.usage(said)


def test_no_term_is_no_mistake(archive: Archive) -> None:
    use = archive.workbench.usage("  ")
    assert (use.terms, use.counts, use.periods) == ((), (), ())


# -- keyness -----------------------------------------------------------------------------------------------------------


def apart(archive: Archive, one: str, other: str = "", **how: object) -> Keyness:
    return archive.workbench.keyness("publisher", one, other, **how)  # type: ignore[arg-type]


def test_what_marks_whom(archive: Archive) -> None:
    found = archive.workbench.keyness("party", party(archive, UNION), party(archive, BOARD))
    assert {"wages", "strike", "we"} <= {term.term for term in found.first}
    assert {"timetable", "regrets", "board"} <= {term.term for term in found.second}
    assert [side.name for side in found.sides] == [UNION, BOARD] and found.language == "en"
    wages = next(term for term in found.first if term.term == "wages")
    assert (wages.first, wages.second, wages.first_documents, wages.second_documents) == (17, 0, 4, 0)


def test_the_numbers_are_those_of_the_formula(archive: Archive) -> None:
    found = apart(archive, "The union", "The board", least=1)
    records = list(archive.records())
    union, board = (
        [record.text for record in records if record.capture.publisher == name] for name in ("The union", "The board")
    )
    usual = Counter(token for text in texts(archive) for token in tokens(text))
    ones, twos = frequencies(union), frequencies(board)
    assert found.prior == min(ones.words, twos.words)
    for term in (*found.first, *found.second):
        share = found.prior * usual[term.term] / usual.total()
        a, b = ones.counts().get(term.term, 0), twos.counts().get(term.term, 0)
        odds = log((a + share) / (ones.words + found.prior - a - share)) - log(
            (b + share) / (twos.words + found.prior - b - share)
        )
        assert (term.first, term.second) == (a, b)
        assert term.log_odds == pytest.approx(odds)
        assert term.z == pytest.approx(odds / sqrt(1 / (a + share) + 1 / (b + share)))


@pytest.mark.parametrize("phrases", [False, True])
def test_sides_exchanged_exchange_the_signs(archive: Archive, phrases: bool) -> None:
    there, back = (
        apart(archive, "The union", "The board", phrases=phrases),
        apart(archive, "The board", "The union", phrases=phrases),
    )

    def turned(term: KeyTerm) -> tuple[object, ...]:
        return (
            term.term, pytest.approx(-term.z), pytest.approx(-term.log_odds), term.second, term.first,
            term.second_documents, term.first_documents,
        )  # fmt: skip

    def straight(term: KeyTerm) -> tuple[object, ...]:
        return (
            term.term, term.z, term.log_odds, term.first, term.second, term.first_documents, term.second_documents,
        )  # fmt: skip

    assert there.first and there.second
    assert sorted(map(straight, there.first)) == sorted(map(turned, back.second), key=lambda row: str(row[0]))
    assert sorted(map(straight, there.second)) == sorted(map(turned, back.first), key=lambda row: str(row[0]))
    assert (there.sides[0].words, there.sides[1].words) == (back.sides[1].words, back.sides[0].words)


def test_pairs_of_words_are_found_by_their_query(archive: Archive) -> None:
    found = apart(archive, "The union", "The board", phrases=True)
    assert {'"wages are"', '"board regrets"'} <= {term.query for term in (*found.first, *found.second)}
    for term in (*found.first, *found.second):
        union = archive.workbench.usage(term.query, Filters(publishers=("The union",))).counts[0]
        assert (union.occurrences, union.documents) == (term.first, term.first_documents)


def test_one_document_alone_decides_nothing(archive: Archive) -> None:
    for least in (1, 2, 3):
        found = apart(archive, "The union", "The board", least=least)
        assert all(term.first_documents >= least for term in found.first)
        assert all(term.second_documents >= least for term in found.second)
        assert found.least == least


def test_all_others_are_the_rest(archive: Archive) -> None:
    press, rest = apart(archive, "The press").sides
    assert press.documents + rest.documents == 8 and rest.name == "all others"
    union, others = archive.workbench.keyness("party", party(archive, UNION)).sides
    board = archive.workbench.keyness("party", party(archive, BOARD), party(archive, UNION)).sides[0]
    assert others.words >= board.words and union.documents == 4


EVERYWHERE = Filters(publishers=("The union", "The board", "The press"))


def against_all_others(archive: Archive) -> list[tuple[Keyness, Keyness]]:
    """What marks each side: all others as what it leaves of the kept totals, and counted in all documents."""
    sides = [("party", party(archive, name)) for name in (UNION, BOARD)]
    sides += [("publisher", "The press"), ("publisher", "The union"), ("period", "2024-05")]
    return [
        (
            archive.workbench.keyness(by, one, least=1, most=500),  # type: ignore[arg-type]
            archive.workbench.keyness(by, one, "", EVERYWHERE, least=1, most=500),  # type: ignore[arg-type]
        )
        for by, one in sides
    ]


@pytest.fixture
def own(archive: Archive, tmp_path: Path) -> Iterator[Archive]:
    shutil.copytree(archive.folder, tmp_path / "own")
    with Archive.open(tmp_path / "own") as copied:
        yield copied


def test_all_others_subtracted_are_all_others_counted(own: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.workbench.keyness.SURE", 0.0)  # every word, however little it tells
    for left, counted in against_all_others(own):
        assert left == counted and left.first and left.second
    record = next(
        record for record in own.records() if UNION in record.text and record.capture.publisher == "The press"
    )
    for fact in record.attributions:  # a document changes after the totals were counted …
        own.judge(own.subject_of(record, "attributions", fact), "wrong", by="Ana")
    for left, counted in against_all_others(own):
        assert left == counted and left.current
    one = Subject("entities", entities=(party(own, UNION), party(own, BOARD)))
    own.judge(one, "same", by="Ana")  # … and who is one with whom
    for left, counted in against_all_others(own):
        assert left == counted


def test_a_decision_is_known_to_the_next_question(own: Archive) -> None:
    record = next(record for record in own.records() if "disgrace" in record.text)
    quoted = next(fact for fact in record.attributions if fact.kind == "direct")
    own.judge(own.subject_of(record, "attributions", quoted), "wrong", by="Ana")
    assert {problem.code for problem in own.verify()} == {"index-stale", "words-stale"}
    use = own.workbench.usage("wages", parties=(party(own, UNION),))
    assert use.current and use.parties[0].counts[0].occurrences == 16  # it said so in the report
    assert {problem.code for problem in own.verify()} == {"index-stale"}
    own.search("quay")
    assert list(own.verify()) == []
    own.withdraw(own.judgements()[-1].id, by="Ana")
    own.search("quay")
    assert list(own.verify()) == []
    assert own.workbench.usage("wages", parties=(party(own, UNION),)).parties[0].counts[0].occurrences == 17


def test_times_are_compared_by_documents_that_lie_in_them(archive: Archive) -> None:
    found = archive.workbench.keyness("period", "2024-05", "2024-06/2024-07")
    assert [side.documents for side in found.sides] == [2, 5]
    assert [side.documents for side in archive.workbench.keyness("period", "2024-05").sides] == [2, 5]


@pytest.mark.parametrize(("by", "one", "other", "error"), [
    ("publisher", "", "", QueryError), ("publisher", "The press", "The press", QueryError),
    ("party", "nobody", "", NotFound), ("period", "soon", "", MetadataError),
])  # fmt: skip
def test_questions_that_cannot_be_answered_are_told(
    archive: Archive, by: str, one: str, other: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        archive.workbench.keyness(by, one, other)  # type: ignore[arg-type]


def test_an_unknown_publisher_has_no_words(archive: Archive) -> None:
    found = apart(archive, "nobody", "The union")
    assert (found.sides[0].words, found.first) == (0, ())


def test_arabic_words_with_and_without_particles_are_one(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    for at in range(3):
        (tmp_path / "one" / f"{at}.txt").write_text(
            f"بيان رقم {at}. وزارة المياه قالت. والوزارة تعمل، وللوزارة دور.", "utf8"
        )
        (tmp_path / "two" / f"{at}.txt").write_text(
            f"بيان آخر رقم {at}. النقابة قالت. والنقابة تعمل، وللنقابة دور.", "utf8"
        )
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "one"], given=Given(publisher="one"), jobs=1)
        archive.build([tmp_path / "two"], given=Given(publisher="two"), jobs=1)
        found = archive.workbench.keyness("publisher", "one", "two")
        ministry = next(term for term in found.first if term.first == 9)
        assert ministry.term == "وزارة"
        assert archive.workbench.usage(ministry.query).counts[0].occurrences == 9
        assert archive.search(ministry.query).total == 3


def test_words_that_were_never_counted_are_asked_for(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive, pytest.raises(NotFound, match="onrecord index"):
        archive.workbench.usage("quay")


def test_words_behind_the_archive_are_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.store.catching.FEW", 0)
    (tmp_path / "a.txt").write_text("The ferry waits at the quay.", "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "a.txt"], jobs=1)
        assert archive.workbench.usage("ferry").current
        (tmp_path / "b.txt").write_text("Another ferry waits at the quay.", "utf8")
        archive.add([tmp_path / "b.txt"])
        assert not archive.workbench.usage("ferry").current
        archive.index()
        assert archive.workbench.usage("ferry").counts[0].occurrences == 2
