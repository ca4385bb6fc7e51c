"""What people say of links between acts: kept over rebuilds and versions, taken back, exchanged, and never lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from quay import COUNCIL, UNION, Letter, denied, filled, letter, put, record, said, text_of
from strike import LETTERS

from onrecord import Archive, JudgementError, judged_links
from onrecord.commitments import ActLink
from onrecord.errors import NotFound
from onrecord.model import Record

BY = "A. Reader"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return filled(tmp_path, LETTERS)


def links(archive: Archive, party: str = UNION) -> dict[str, ActLink]:
    return {link.relation: link for link in archive.acts(party, ["all"], links=True).links}


def judge(archive: Archive, link: ActLink, verdict: str, relation: str | None = None) -> str:
    relation = relation or link.relation
    return archive.judge_link(link.later.address, relation, link.earlier.address, verdict, by=BY).id  # type: ignore[arg-type]


def test_a_link_judged_wrong_is_not_proposed_again_until_that_is_withdrawn(archive: Archive) -> None:
    before = links(archive)
    name = judge(archive, before["softens"], "wrong")
    assert set(links(archive)) == {"answers"}
    archive.withdraw(name, by=BY)
    assert links(archive) == before


def test_a_link_judged_correct_says_so_and_keeps_its_score(archive: Archive) -> None:
    before = links(archive)["softens"]
    name = judge(archive, before, "correct")
    after = links(archive)["softens"]
    assert (after.judged, after.judgement, after.score) == ("correct", name, before.score)
    assert (before.judged, before.judgement) == (None, None)


def test_another_kind_takes_the_place_of_the_proposed_one(archive: Archive) -> None:
    judge(archive, links(archive)["softens"], "correct", "withdraws")
    after = links(archive)
    assert set(after) == {"answers", "withdraws"}
    assert after["withdraws"].score.reason == f"judged correct by {BY}"


def test_a_missing_link_is_added_by_hand_and_goes_when_withdrawn(archive: Archive) -> None:
    acts = {act.act: act for act in archive.acts(acts=["all"]).acts}
    name = archive.judge_link(
        acts["offer"].address, "withdraws", acts["refuse"].address, "correct", by=BY, note="they lent the boats"
    ).id
    made = links(archive)["withdraws"]
    assert (made.later.what, made.earlier.what, made.judged) == ("our boats", "a single ship", "correct")
    assert archive.orphans() == archive.conflicts() == []
    archive.withdraw(name, by=BY)
    assert "withdraws" not in links(archive)


def test_it_stands_over_a_rebuild_in_which_ids_change(archive: Archive) -> None:
    judge(archive, links(archive)["softens"], "wrong")
    judge(archive, links(archive)["answers"], "correct")
    put(archive, LETTERS, again=" of another version")
    assert {relation: link.judged for relation, link in links(archive).items()} == {"answers": "correct"}
    assert archive.orphans() == []


def test_it_goes_with_its_words_to_a_new_version_of_either_letter(archive: Archive, tmp_path: Path) -> None:
    judge(archive, links(archive)["softens"], "correct", "withdraws")
    for name in ("1-call", "3-softer"):
        one = LETTERS[name]
        more = said("The ferry ran all day.", "claim", "ran", content="The ferry ran all day")
        changed = {**LETTERS, name: Letter(one.issuers, one.day, (*one.said, more), one.published, one.publisher)}
        archive.close()
        archive = filled(tmp_path, changed)
        assert links(archive)["withdraws"].judged == "correct"
        assert archive.orphans() == []


@pytest.mark.parametrize(("name", "act"), [("1-call", 1), ("3-softer", 0)], ids=["earlier", "later"])
def test_where_its_words_are_gone_it_is_an_orphan_and_laid_on_nothing(
    archive: Archive, tmp_path: Path, name: str, act: int
) -> None:
    judged = judge(archive, links(archive)["softens"], "wrong")
    one = LETTERS[name]
    other = said("We demand the lists of all the crews.", "demand", "demand", content="the lists of all the crews")
    kept = tuple(other if at == act else each for at, each in enumerate(one.said))
    archive.close()
    archive = filled(tmp_path, {**LETTERS, name: Letter(one.issuers, one.day, kept, one.published, one.publisher)})
    [orphan] = archive.orphans()
    assert orphan.judgement == judged and "words it rests on" in orphan.reason


def test_contradictions_are_told_and_the_latest_counts(archive: Archive) -> None:
    link = links(archive)["softens"]
    first = judge(archive, link, "correct")
    last = judge(archive, link, "wrong")
    assert "softens" not in links(archive)
    [conflict] = archive.conflicts()
    assert (conflict.counts, conflict.others) == (last, (first,))


def test_the_ledger_goes_from_archive_to_archive(archive: Archive, tmp_path: Path) -> None:
    judge(archive, links(archive)["softens"], "wrong")
    judge(archive, links(archive)["answers"], "unsure")
    stream = io.BytesIO()
    archive.write_ledger(stream)
    (tmp_path / "theirs.jsonl").write_bytes(stream.getvalue())
    with filled(tmp_path / "other", LETTERS) as other:
        assert other.read_ledger([tmp_path / "theirs.jsonl"]).new == 2
        assert {relation: link.judged for relation, link in links(other).items()} == {"answers": "unsure"}
        assert other.orphans() == []
        again = io.BytesIO()
        other.write_ledger(again)
        assert again.getvalue() == stream.getvalue()
    with filled(tmp_path / "third", {"1-call": LETTERS["1-call"]}) as third:
        third.read_ledger([tmp_path / "theirs.jsonl"])
        assert {orphan.reason for orphan in third.orphans()} == {"The document is not in this archive."}
        assert third.acts(links=True).links == ()


def test_errors_teach(archive: Archive) -> None:
    link = links(archive)["softens"]
    later, earlier = link.later.address, link.earlier.address
    with pytest.raises(JudgementError, match=r"There is no relation 'likes'. Take one of: repeats, softens"):
        archive.judge_link(later, "likes", earlier, "correct", by=BY)
    with pytest.raises(JudgementError, match="correct, wrong or unsure"):
        archive.judge_link(later, "softens", earlier, "replace", by=BY)
    with pytest.raises(JudgementError, match="Name two"):
        archive.judge_link(later, "softens", later, "correct", by=BY)
    with pytest.raises(JudgementError, match="Nobody is named who decides"):
        archive.judge_link(later, "softens", earlier, "correct", by=" ")
    with pytest.raises(NotFound, match="is no address"):
        archive.judge_link("d1", "softens", earlier, "correct", by=BY)
    with pytest.raises(NotFound, match="whole document"):
        archive.judge_link(later.rpartition("/")[0], "softens", earlier, "correct", by=BY)
    with pytest.raises(NotFound, match="No fact of acts at 0-1"):
        archive.judge_link(later.rpartition("/")[0] + "/0-1", "softens", earlier, "correct", by=BY)


def test_what_comes_later_is_named_first() -> None:
    made = [
        record(name, LETTERS[letter]) for name, letter in (("d1", "1-call"), ("d3", "3-softer"), ("d6", "6-undated"))
    ]
    [call, softer, undated] = [(one, (one.id, "acts", place(one))) for one in made]
    with pytest.raises(
        JudgementError, match=r"first is of 2023-09-04, the other of 2023-09-08: what softens comes later"
    ):
        judged_links.check_order("softens", [call, softer])
    for ends in ([softer, call], [call, undated], [undated, call], [call, call]):
        judged_links.check_order("answers", ends)


def place(one: Record) -> str:
    """Where a record's first act stands."""
    return f"{one.acts[0].start}-{one.acts[0].end}"


def test_only_verdicts_about_links_are_offered() -> None:
    assert [judged_links.verdict_called(word) for word in ("correct", "wrong", "unsure")] == [*judged_links.VERDICTS]
    for word in ("maybe", "replace"):
        with pytest.raises(JudgementError, match=r"Say one of: correct, wrong, unsure\.$"):
            judged_links.verdict_called(word)


def test_acts_on_the_same_words_are_told_apart(tmp_path: Path) -> None:
    words = "We demand and offer a rest day."
    two = letter(
        UNION, "2023-09-04",
        said(words, "demand", "demand", content="a rest day"), said(words, "offer", "offer", content="a rest day"),
    )  # fmt: skip
    later = letter(COUNCIL, "2023-09-08", denied("We will not grant a rest day.", "refuse", "will not grant"))
    letters = {"1": two, "2": later}
    text = text_of(two)
    assert text.count(words) == 2
    with filled(tmp_path, letters) as archive:
        acts = archive.acts()
        [refused] = [act for act in acts.acts if act.act == "refuse"]
        for act in acts.acts:
            if act.act != "refuse":
                archive.judge_link(refused.address, "answers", f"{act.address}#{act.act}", "correct", by=BY)
        assert len(archive.acts(COUNCIL, links=True).links) == 2
