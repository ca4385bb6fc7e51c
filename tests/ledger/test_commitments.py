"""The commitments ledger of an archive: who did what, when, toward whom, as resolved and as judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from quay import COUNCIL, GUARD, MINISTRY, UNION, filled, ident, letter, record, said
from strike import LETTERS

from onrecord import Archive, analyse
from onrecord.acting import concept
from onrecord.commitments import Acts
from onrecord.errors import MetadataError, NotFound
from onrecord.model import Language, Mention, Quantity, Slot, SpeechAct, Subject
from onrecord.text.spans import Span


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with filled(tmp_path_factory.mktemp("strike"), LETTERS) as made:
        yield made


def listed(found: Acts) -> list[tuple[str | None, str, str]]:
    return [(act.date, act.act, act.what) for act in found.acts]


def test_the_ledger_by_date_the_undated_last(archive: Archive) -> None:
    found = archive.acts()
    assert listed(found) == [
        ("2023-09", "promise", "pay for the medicine"),
        ("2023-09-04", "refuse", "a single ship"),
        ("2023-09-04", "demand", "the lists of the crews"),
        ("2023-09-06", "promise", "the lists of the crews"),
        ("2023-09-09", "promise", "keep the dam road open"),
        (None, "offer", "our boats"),
    ]
    assert (found.counted.shown, found.counted.undated, found.counted.published) == (6, 1, 1)
    assert found.counted.hypothetical == 1
    assert len(archive.acts(hypothetical=True).acts) == 7


def test_a_row_says_who_when_what_and_how_it_reached_us(archive: Archive) -> None:
    [refused, demanded] = archive.acts(UNION, ["refuse", "demand"]).acts
    assert (demanded.name, demanded.addressee, demanded.deadline, demanded.deadline_value) == (
        UNION, MINISTRY, "by 15 September", "2023-09-15",
    )  # fmt: skip
    assert (refused.negated, refused.reached, refused.through) == (True, "own", ("River Post",))
    text = archive.document(refused.document).text
    start, end = map(int, refused.address.rpartition("/")[2].split("-"))
    assert text[start:end] == refused.words == "We will not unload a single ship."
    [vowed] = archive.acts(GUARD).acts
    assert (vowed.dated, vowed.reached, vowed.through, vowed.plover) == (
        "published",
        "reported",
        ("River Post",),
        "AGREE",
    )


def test_a_joint_statement_is_an_act_of_each_of_its_parties(archive: Archive) -> None:
    for party in (COUNCIL, MINISTRY):
        first = archive.acts(party).acts[0]
        assert (first.what, {*first.by}) == ("pay for the medicine", {ident(COUNCIL), ident(MINISTRY)})
        assert first.name == f"{COUNCIL}; {MINISTRY}"


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({"party": "velna dockers' union"}, ["refuse", "demand", "offer"]),
        ({"party": UNION, "acts": ["directive"]}, ["demand", "request"]),
        ({"party": UNION, "acts": ["all"]}, ["refuse", "demand", "claim", "request", "offer"]),
        ({"acts": ["request", "demand"], "to": MINISTRY}, ["demand", "request"]),
        ({"acts": ["all"], "to": "ministry of ferries", "since": "2023-09-07"}, ["request"]),
        ({"to": "basin council"}, ["offer"]),
        ({"to": "nobody in particular"}, []),
        ({"about": "crew list"}, ["demand", "promise"]),
        ({"about": "SHIPS"}, ["refuse"]),
        ({"about": "ships crews"}, []),
        ({"party": UNION, "since": "2023-09-04", "until": "2023-09-04"}, ["refuse", "demand"]),
        ({"since": "2023-09-05"}, ["promise", "promise"]),
        ({"since": "2023", "until": "2023"}, ["promise", "refuse", "demand", "promise", "promise"]),
    ],
)
def test_what_is_asked_for(archive: Archive, asked: dict[str, Any], acts: list[str]) -> None:
    assert [act.act for act in archive.acts(**asked).acts] == acts


def test_what_a_period_leaves_out_is_counted(archive: Archive) -> None:
    counted = archive.acts(since="2023-09-05", until="2023-09-08").counted
    assert (counted.shown, counted.over_border, counted.outside, counted.undated) == (1, 1, 3, 1)


def test_errors_teach(archive: Archive) -> None:
    with pytest.raises(NotFound, match=r"Is one of these meant: .*Velna Dockers"):
        archive.acts("Velna Docker")
    with pytest.raises(NotFound, match="Nobody is called"):
        archive.acts("x" * 10_000)
    with pytest.raises(NotFound, match="half a character"):
        archive.acts("\udc80")
    with pytest.raises(MetadataError, match=r"There is no act 'sing'. Take one of: all, assertive"):
        archive.acts(acts=["sing"])
    with pytest.raises(MetadataError, match="EDTF"):
        archive.acts(since="May")


def test_links_stand_with_the_acts_shown(archive: Archive) -> None:
    found = archive.acts(UNION, ["request"], since="2023-09-08", links=True)
    [link] = found.links
    assert (link.relation, link.earlier.act, link.earlier.date) == ("softens", "demand", "2023-09-04")
    answered = archive.acts(UNION, ["demand"], links=True).links
    assert [(link.relation, link.later.name) for link in answered] == [("answers", MINISTRY), ("softens", UNION)]
    everybody = archive.acts(acts=["all"], links=True).links
    assert [link.relation for link in everybody] == ["answers", "softens"]


def test_an_answer_that_does_not_name_whom_it_answers_is_found(tmp_path: Path) -> None:
    letters = {name: LETTERS[name] for name in ("1-call", "2-reply")}
    with filled(tmp_path, letters) as archive:
        assert UNION not in next(r.text for r in archive.records() if r.text.startswith(MINISTRY))
        assert [link.relation for link in archive.acts(UNION, links=True).links] == ["answers"]


def test_two_spellings_of_a_party_meet(tmp_path: Path) -> None:
    other = "Society of Ferrymen"
    letters = {
        "1": letter(UNION, "2023-09-04", said("We demand a rest day.", "demand", "demand", content="a rest day")),
        "2": letter(other, "2023-10-04", said("We demand a rest day.", "demand", "demand", content="a rest day")),
    }
    with filled(tmp_path, letters) as archive:
        assert archive.acts(links=True).links == ()
        judged = archive.judge(Subject("entities", entities=(ident(UNION), ident(other))), "same", by="A. Reader")
        for name in (UNION, other):
            found = archive.acts(name, links=True)
            assert len(found.acts) == 2 and len({act.name for act in found.acts}) == 1
            assert [link.relation for link in found.links] == ["repeats"]
        archive.withdraw(judged.id, by="A. Reader")
        assert len(archive.acts(UNION).acts) == 1


def test_a_judged_act_is_as_judged(tmp_path: Path) -> None:
    with filled(tmp_path, LETTERS) as archive:
        [act] = archive.acts(UNION, ["refuse"]).acts
        subject = archive.subject_at(act.document, "acts", act.address.rpartition("/")[2])
        wrong = archive.judge(subject, "wrong", by="A. Reader")
        assert archive.acts(UNION, ["refuse"]).acts == ()
        archive.withdraw(wrong.id, by="A. Reader")
        archive.judge(subject, "replace", by="A. Reader", value={"act": "threaten", "by": ident(GUARD)})
        assert [(each.act, each.name) for each in archive.acts(GUARD, ["threaten"]).acts] == [("threaten", GUARD)]


def test_an_act_of_nobody_known_is_counted(tmp_path: Path) -> None:
    with filled(tmp_path, LETTERS) as archive:
        [act] = archive.acts(UNION, ["refuse"]).acts
        subject = archive.subject_at(act.document, "acts", act.address.rpartition("/")[2])
        archive.judge(subject, "replace", by="A. Reader", value={"by": None, "in": None})
        assert archive.acts(UNION, ["refuse"]).counted.unnamed == 1
        [left] = archive.acts(acts=["refuse"]).acts
        assert left.name is None and left.by == ()


def test_words_of_another_language_meet_by_their_concepts() -> None:
    french = said("Nous exigeons l'eau du fleuve.", "demand", "exigeons", content="l'eau du fleuve")
    english = said("We demand the water of the river.", "demand", "demand", content="the water of the river")
    one = record("d1", letter(UNION, "2023-09-04", french))
    one = replace(one, languages=(Language("fr", 0, len(one.text)),))
    other = record("d2", letter(UNION, "2023-10-04", english))
    keys = [analyse.gists(each, concept)(each.acts[0]).words.keys() for each in (one, other)]
    assert keys[0] == keys[1] == {"=river", "=water"}


PERIODS = st.sampled_from([None, "2023", "2023-09", "2023-09-04", "2023-09-06/2023-09-08"])


@given(PERIODS, PERIODS, st.sets(st.sampled_from(["promise", "demand", "offer", "claim"]), min_size=1))
def test_what_is_shown_and_what_is_left_out_is_all_there_is(
    since: str | None, until: str | None, kinds: set[str]
) -> None:
    period = analyse.period(*sorted(filter(None, (since, until)))) if since and until else analyse.period(since, until)
    choice = analyse.Choice(analyse.Question(kinds=frozenset(kinds), period=period))  # type: ignore[arg-type]
    every = [
        analyse.rows(each)(act) for name, one in LETTERS.items() for each in [record(name, one)] for act in each.acts
    ]
    kept = [row for row in every if choice.add(row)]
    counted = choice.counted(len(LETTERS))
    left = counted.over_border + counted.outside + counted.hypothetical + counted.unnamed
    left += counted.undated if period else 0
    assert choice.rows == kept and len(kept) == counted.shown
    assert counted.shown + left == sum(row.act in kinds for row in every)


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))
SLOTS = st.builds(
    Slot, st.sampled_from(["content", "target", "deadline", "addressee"]), st.lists(SPANS, max_size=3).map(tuple)
)


@given(st.text(min_size=60, max_size=80), SPANS, SPANS, st.lists(SLOTS, max_size=4), st.lists(SPANS, max_size=4))
def test_any_words_have_a_gist(text: str, clause: Span, cue: Span, slots: list[Slot], names: list[Span]) -> None:
    act = SpeechAct("s1", *clause, "promise", cue, None, None, slots=tuple(slots))
    mentioned = tuple(Mention(f"m{at}", *span, "organization", f"e{at}") for at, span in enumerate(names))
    numbers = tuple(Quantity(*span, 3.0, "=", span.of(text), None, None) for span in names)
    made = replace(record("d1", LETTERS["1-call"]), text=text, acts=(act,), mentions=mentioned, quantities=numbers)
    found = analyse.gists(made, concept)(act)
    assert all(found.words) and found.weight >= len(found.words)
    assert analyse.rows(made)(act).words == clause.of(text)


def test_an_act_of_a_hundred_thousand_words_is_read_as_far_as_it_counts() -> None:
    long = said("We will " + "open the gate and " * 30_000 + "go.", "promise", "will", content="open the gate")
    made = record("d1", letter(UNION, "2023-09-04", *[long] * 3))
    acts = [replace(act, slots=()) for act in made.acts]
    assert all(len(analyse.gists(made)(act).words) <= 60 for act in acts)


def test_a_notebook_shows_a_table_without_markup_of_the_documents(archive: Archive) -> None:
    shown = archive.acts(UNION)._repr_html_()
    assert "3 acts" in shown and "our boats" in shown
