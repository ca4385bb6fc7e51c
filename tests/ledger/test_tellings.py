"""What is told of an act beside its words: when it was done, who spoke for whom, and where it was printed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from quay import COUNCIL, GUARD, MINISTRY, UNION, Letter, Said, filled, ident, letter, record, said
from test_act_links import OPEN, OPEN_IF, SHUT, fields, proposed

from onrecord.acting import reader_of
from onrecord.commitments import ActDone
from onrecord.model import Span

POST = "River Post"
BRANDT = "Anna Brandt"
CONTENT = "pay 900 crowns"
PAY = said("We will pay 700 crowns.", "promise", "will pay", content="700 crowns")


def told(words: str, times: dict[str, str], modality: str = "reported", content: str = CONTENT) -> Said:
    by = GUARD if modality == "reported" else None
    return Said(words, "promise", "said" if by else "have promised", {"content": content}, by, times=times,
                modality=modality)  # fmt: skip


def rows(one: Letter) -> list[ActDone]:
    made = record("d1", one)
    return [reader_of(made).row(act) for act in made.acts]


@pytest.mark.parametrize(
    ("words", "times", "date", "dated"),
    [
        (f"The {GUARD} said on 1 May it would {CONTENT}.", {"1 May": "2023-05-01"}, "2023-05-01", "told"),
        (f"In May, {GUARD} said it would {CONTENT}.", {"May": "2023-05"}, "2023-05", "told"),
        (f"It would {CONTENT}, the {GUARD} said on 1 May.", {"1 May": "2023-05-01"}, "2023-05-01", "told"),
        (f"The {GUARD} said in 2022 it would {CONTENT}.", {"2022": "2022"}, "2022", "told"),
        (f"The {GUARD} said this year it would {CONTENT}.", {"this year": "2023"}, "2023-10-06", "issued"),
        (f"The {GUARD} said it would {CONTENT}.", {"crowns": "PAST_REF"}, "2023-10-06", "issued"),
        (f"The {GUARD} said for 9 November it would {CONTENT}.", {"9 November": "2023-11-09"}, "2023-10-06", "issued"),
    ],
    ids=["by the cue", "in front", "behind", "a year", "not surely before", "no date", "later"],
)  # fmt: skip
def test_the_date_that_a_report_gives_an_act_is_its_own(
    words: str, times: dict[str, str], date: str, dated: str
) -> None:
    [row] = rows(letter((), "2023-10-06", told(words, times)))
    assert (row.date, row.dated, row.retold) == (date, dated, dated != "told")


def test_a_date_in_what_is_told_is_not_that_of_the_telling() -> None:
    content = "paid 900 crowns on 1 May"
    words = f"The {GUARD} said it had {content}."
    [row] = rows(letter((), "2023-10-06", told(words, {"1 May": "2023-05-01"}, content=content)))
    assert (row.date, row.retold) == ("2023-10-06", True)


def test_what_one_tells_of_itself_as_done_has_its_date_too() -> None:
    dated = told(f"On 1 May 2023 we have promised to {CONTENT}.", {"1 May 2023": "2023-05-01"}, "past")
    [row] = rows(letter(GUARD, "2023-10-06", dated))
    assert (row.date, row.dated) == ("2023-05-01", "told")
    [row] = rows(letter(GUARD, "2023-10-06", told(f"We have promised to {CONTENT}.", {}, "past")))
    assert (row.date, row.dated, row.retold) == ("2023-10-06", "issued", True)
    [row] = rows(letter(GUARD, "2023-10-06", Said(**{**fields(PAY), "by": GUARD, "words": f"{GUARD}: {PAY.words}"})))
    assert not row.retold, "its own report of its own words"


def test_what_is_only_told_of_changes_nothing_said_before() -> None:
    def reported(one: Said, **more: object) -> Said:
        return Said(**{**fields(one), "by": UNION, "words": f"{UNION}: {one.words}", "modality": "reported", **more})

    before = letter(UNION, "2023-09-04", OPEN)
    assert proposed(before, letter((), "2023-10-04", reported(SHUT))) == []
    assert [link.relation for link in proposed(before, letter((), "2023-10-04", reported(OPEN)))] == ["repeats"]
    words = {"words": f"{UNION} on 2 October: {SHUT.words}", "times": {"2 October": "2023-10-02"}}
    [link] = proposed(before, letter((), "2023-10-04", reported(SHUT, **words)))
    assert (link.relation, link.later.date) == ("withdraws", "2023-10-02")
    assert proposed(letter(UNION, "2023-10-03", OPEN), letter((), "2023-10-04", reported(SHUT, **words))) != [link]
    [earlier] = proposed(letter((), "2023-09-04", reported(OPEN)), letter(UNION, "2023-10-04", OPEN_IF))
    assert earlier.relation == "softens", "as the earlier end it may stand"


def test_dates_and_whom_it_is_said_to_are_not_what_an_act_is_about() -> None:
    content = "the Ministry of Ferries the lists of the crews by 15 May"
    one = said(f"We demand of {content}.", "demand", "demand", content=content, addressee=MINISTRY,
               deadline="by 15 May=2023-05-15")  # fmt: skip
    timed = Said("We demand a rest day on 3 May.", "demand", "demand", {"content": "a rest day on 3 May"},
                 times={"3 May": "2023-05-03"})  # fmt: skip
    bare = Said("We demand on 3 May.", "demand", "demand", {"content": "3 May"}, times={"3 May": "2023-05-03"})
    made = record("d1", letter(UNION, "2023-04-04", one, timed, bare))
    gist = reader_of(made).gist
    assert [set(gist(act).words.values()) for act in made.acts] == [{"lists", "crews"}, {"rest", "day"}, set()]
    unslotted = replace(made.acts[1], slots=())
    assert set(gist(unslotted).words.values()) == {"rest", "day"}


def test_two_demands_of_one_day_for_other_things_are_not_alike() -> None:
    rest, lists = (
        said(f"We demand {what} by 15 May 2024.", "demand", "demand", content=f"{what} by 15 May 2024",
             deadline="by 15 May 2024=2024-05-15")
        for what in ("rest", "lists")
    )  # fmt: skip
    assert proposed(letter(UNION, "2023-09-04", rest), letter(UNION, "2023-10-04", lists)) == []


def test_who_speaks_for_a_party_is_named_and_the_act_is_the_partys(tmp_path: Path) -> None:
    spoken = Said(f"{BRANDT} said they would open the dam road.", "promise", "said", {"content": "open the dam road"},
                  UNION, spokesperson=BRANDT)  # fmt: skip
    letters = {
        "1": letter(UNION, "2023-09-04", OPEN),
        "2": letter(BRANDT, "2023-10-04", Said(**{**fields(OPEN_IF), "words": f"{UNION}: {OPEN_IF.words}"}),
                    behalf=UNION),
        "3": letter((), "2023-10-06", Said(**{**fields(spoken), "words": f"{UNION}: {spoken.words}"}), publisher=POST),
    }  # fmt: skip
    with filled(tmp_path, letters) as archive:
        found = archive.acts(UNION, links=True)
        assert [(act.name, act.spokesperson, len(act.by)) for act in found.acts] == [
            (UNION, None, 1),
            (UNION, BRANDT, 2),
            (UNION, BRANDT, 1),
        ]
        assert found.acts[2].through == (POST,)
        [link] = found.links
        assert (link.relation, link.later.spokesperson) == ("softens", BRANDT)
        assert link.score.reason.startswith("the same party; ")
        assert [act.date for act in archive.acts(BRANDT).acts] == ["2023-10-04"]


def test_two_together_and_one_of_them_are_not_the_same_party() -> None:
    [link] = proposed(letter((MINISTRY, UNION), "2023-09-04", OPEN), letter(UNION, "2023-10-04", SHUT))
    assert link.score.reason.startswith("one of the same parties; ")
    [link] = proposed(*(letter((MINISTRY, UNION), day, OPEN) for day in ("2023-09-04", "2023-10-04")))
    assert link.score.reason.startswith("the same parties; ")


NOTE = said("The ferry ran all day.", "claim", "ran", content="The ferry ran all day")


def test_the_same_words_printed_twice_are_one_act_with_two_addresses(tmp_path: Path) -> None:
    letters = {
        "1": letter(UNION, "2023-09-04", OPEN),
        "2": letter(UNION, "2023-09-04", OPEN, NOTE),
        "3": letter(UNION, "2023-10-04", SHUT, NOTE),
        "4": letter(UNION, "2023-10-04", SHUT),
        "5": letter(UNION, "2023-10-05", SHUT),
        "6": letter(COUNCIL, "2023-10-05", SHUT),
    }
    with filled(tmp_path, letters) as archive:
        found = archive.acts(links=True)
        assert [(act.date, len(act.also)) for act in found.acts] == [
            ("2023-09-04", 1),
            ("2023-10-04", 1),
            ("2023-10-05", 0),
            ("2023-10-05", 0),
        ]
        assert (found.counted.shown, found.counted.reprinted) == (4, 2)
        assert sorted(link.relation for link in found.links) == ["repeats", "withdraws"]
        places = {place for act in found.acts for place in (act.address, *act.also)}
        assert len(places) == 6
        [withdrawn] = [link for link in found.links if link.relation == "withdraws"]
        [again] = withdrawn.later.also or found.acts[1].also
        archive.judge_link(again, "withdraws", withdrawn.earlier.address, "wrong", by="A. Reader")
        assert "withdraws" not in {link.relation for link in archive.acts(links=True).links}, "said of a reprint"


def test_what_is_undated_or_nobodys_is_no_reprint(tmp_path: Path) -> None:
    letters = {"1": letter(UNION, None, OPEN), "2": letter(UNION, None, OPEN, NOTE)}
    with filled(tmp_path, letters) as archive:
        assert [act.also for act in archive.acts().acts] == [(), ()]


def test_no_place_of_a_date_is_beyond_what_is_read() -> None:
    made = record(
        "d1", letter(GUARD, "2023-10-06", told(f"We have promised to {CONTENT}.", {"crowns": "2023"}, "past"))
    )
    hostile = replace(made, acts=(replace(made.acts[0], start=0, end=0, cue=Span(0, 0), slots=()),))
    reader = reader_of(hostile)
    assert reader.row(hostile.acts[0]).by == (ident(GUARD),)
    assert reader.gist(hostile.acts[0]).words == {}
