"""What the tables say of parties is what the records say: the same statements, acts, dates, counts, and at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from onrecord import Archive, analyse
from onrecord.errors import MetadataError, NotFound
from onrecord.makers import TOGETHER
from onrecord.model import Record, Subject
from onrecord.workbench import acts, parties
from onrecord.workbench.together import COUNTED
from onrecord.workbench.who import period


@pytest.fixture(scope="module")
def archive(demo_archive: Archive) -> Archive:
    return demo_archive


@pytest.fixture(scope="module")
def records(archive: Archive) -> list[Record]:
    return list(archive.records())


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Archive]:
    """An archive that a test may judge in."""
    (tmp_path / "a.txt").write_text(
        "Joint statement on the ferry\n\nOrsk, 3 May 2024\n\nWe demand that the toll be lifted.\n\nSigned by:\n\n"
        "Harbour Union of Orsk\nTeachers' Union of Keld\nWeavers' Council of Marn\n",
        "utf8",
    )
    (tmp_path / "b.txt").write_text(
        "Joint statement on the dam\n\nKeld, 9 June 2024\n\nWe will not pay the levy.\n\nSigned by:\n\n"
        "Harbour Union of Orsk\nTeachers' Union of Keld\n",
        "utf8",
    )
    with Archive.open(tmp_path / "own.onrecord", create=True) as built:
        built.build([tmp_path / "a.txt", tmp_path / "b.txt"], jobs=1)
        yield built


def named(archive: Archive, name: str) -> str:
    return archive.names.party(name).id


def busiest(archive: Archive, most: int = 12) -> list[str]:
    return [each.id for each in archive.workbench.parties(limit=most).parties]


# -- together ----------------------------------------------------------------------------------------------------------


def test_the_joint_statements_are_those_of_the_records(archive: Archive) -> None:
    from_tables = archive.workbench.together(archive.workbench.together_question())
    from_records = archive.network().network
    assert from_tables.total == len(from_records.statements) > 5
    assert [(each.key, each.issued, each.entities()) for each in from_tables.statements] == [
        (each.key, each.issued, each.entities()) for each in from_records.statements
    ]
    hands = [[(m.name, m.hand) for m in each.members] for each in from_tables.statements]
    assert hands == [[(m.name, m.hand) for m in each.members] for each in from_records.statements]


@pytest.mark.parametrize("rule", list(analyse.RULES))
def test_pairs_weigh_what_they_weigh_in_the_network(archive: Archive, rule: str) -> None:
    asked = archive.workbench.together_question(rule=rule)
    counted = archive.workbench.pairs(asked, archive.workbench.together(asked, COUNTED))
    expected = archive.network().pairs(rule)
    shown = [(pair.first, pair.second, pair.weight, pair.keys) for pair in counted.pairs.pairs]
    assert shown == [(pair.first, pair.second, pair.weight, pair.keys) for pair in expected.pairs]
    assert counted.pairs.unresolved == expected.unresolved


def test_a_party_and_a_period_narrow_as_in_the_network(archive: Archive) -> None:
    union = named(archive, "Union of Teachers of Belcourt")
    asked = archive.workbench.together_question([union], since="2024", until="2024-09")
    shown = archive.workbench.together(asked)
    expected = archive.network(since="2024", until="2024-09").statements(union)
    assert [each.key for each in shown.statements] == [each.key for each in expected] != []
    assert sum(each.count for each in shown.bins) + shown.spanning >= shown.total


def test_two_parties_have_the_statements_that_both_make(archive: Archive) -> None:
    one, other = named(archive, "Keld Weavers' Council"), named(archive, "Red Lamp Relief Society")
    shown = archive.workbench.together(archive.workbench.together_question([one], other))
    assert [each.key for each in shown.statements] == [each.key for each in archive.network().statements(one, other)]
    assert all({one, other} <= {*each.entities()} for each in shown.statements)


def test_what_is_cut_is_counted(archive: Archive) -> None:
    whole = archive.workbench.together(archive.workbench.together_question())
    few = archive.workbench.together(archive.workbench.together_question(), 3)
    assert few.total == whole.total > len(few.statements) == 3
    assert few.statements == whole.statements[-3:], "the latest"


@pytest.mark.parametrize("order", ["first", "number", "closeness"])
def test_every_order_has_the_same_rows(archive: Archive, order: str) -> None:
    rows = archive.workbench.together(archive.workbench.together_question(order=order)).rows
    expected = archive.workbench.together(archive.workbench.together_question()).rows
    assert sorted(row.party.id for row in rows) == sorted(row.party.id for row in expected)
    if order == "number":
        assert [row.statements for row in rows] == sorted((row.statements for row in rows), reverse=True)


def test_a_file_holds_what_is_shown(archive: Archive) -> None:
    asked = archive.workbench.together_question(since="2024")
    network = archive.workbench.together_export(asked).network
    shown = archive.workbench.together(asked)
    assert [each.key for each in network.statements] == [each.key for each in shown.statements]
    assert all(member.words for each in network.statements for member in each.parties()), "with the words"


def test_wrong_questions_say_what_would_do(archive: Archive) -> None:
    bench = archive.workbench
    for wrong in ({"order": "size"}, {"rule": "3"}, {"since": "soon"}, {"since": "2024", "until": "2023"}):
        with pytest.raises(MetadataError):
            bench.together_question(**wrong)
    with pytest.raises(NotFound):
        bench.together_question(["e0"])


# -- one party ---------------------------------------------------------------------------------------------------------


def test_a_partys_acts_are_those_of_the_ledger_of_commitments(archive: Archive) -> None:
    for party in busiest(archive):
        rows = archive.acts(party, ["all"]).acts
        expected = {address for row in rows for address in (row.address, *row.also)}
        shown, following = archive.workbench.acts(acts.kinds(["all"]), party, limit=500)
        assert {each.address for each in shown} == expected
        assert following is None
        over = archive.workbench.party(party).acts
        assert sum(count for _, count in over.kinds) == len(shown)
        for series in over.series:
            assert series.total >= sum(each.count for each in series.bins)


def test_an_act_has_its_words_and_who_does_it(archive: Archive) -> None:
    shown, _ = archive.workbench.acts(acts.kinds(["promise"]), limit=100)
    for each in shown:
        assert archive.document(each.document).text[each.start : each.end].startswith(each.words)
        assert each.act == "promise"


def test_what_others_say_is_not_its_own(archive: Archive) -> None:
    ministry = named(archive, "Ministry of Water, Roads and Ferries")
    told = archive.workbench.party(ministry).told
    assert told.listing.acts
    for act in told.listing.acts:
        assert ministry in (act.addressee and act.addressee.id, act.target and act.target.id)
        assert ministry not in [one.id for one in act.by]


def test_counts_are_those_of_the_records(archive: Archive, records: list[Record]) -> None:
    listed = {each.id: each for each in archive.workbench.parties(limit=500).parties}
    for party in busiest(archive, 20):
        documents = [record for record in records if any(entity.id == party for entity in record.entities)]
        assert listed[party].documents == len(documents)
        standing = archive.workbench.party(party).standing
        assert standing.documents == len(documents)
        assert standing.others == sum(party not in speaking(record) for record in documents)
    alone = {party.entity: party.statements for party in archive.network().network.parties}
    assert {each.id: each.statements for each in listed.values() if each.statements} == alone


def speaking(record: Record) -> set[str | None]:
    made = {party.entity for each in record.statements for party in each.parties if party.role in TOGETHER}
    return made | {each.source.entity for each in record.attributions if each.source}


def test_names_have_the_days_of_the_documents_that_print_them(archive: Archive, records: list[Record]) -> None:
    committee = named(archive, "Committee of the Olive Valley")
    names = {each.name: each for each in archive.workbench.party(committee).names}
    assert {each.script for each in names.values()} == {"Latn", "Arab"}
    arabic = names["لجنة وادي الزيتون"]
    assert arabic.lang == "ar"
    printing = [r for r in records if any("لجنة وادي الزيتون" in entity.names for entity in r.entities)]
    assert arabic.documents == len(printing)
    assert arabic.first is not None
    assert arabic.last is not None
    assert arabic.first <= arabic.last


def test_who_speaks_for_a_party_is_said_with_the_words(archive: Archive) -> None:
    ministry = named(archive, "Ministry of Water, Roads and Ferries")
    found = {each.person.name: each for each in archive.workbench.party(ministry).speakers.speakers}
    assert found["Tomas Okell"].signed > 0
    for speaker in found.values():
        for office in speaker.offices:
            document, _, span = office.address.removeprefix("/d/").partition("/")
            start, end = map(int, span.split("-"))
            assert office.words in archive.document(document).text[start:end]
    coalition = named(archive, "Coalition for an Open River")
    behalf = archive.workbench.party(coalition).speakers.speakers
    assert [(each.person.name, each.behalf) for each in behalf] == [("Tamsin Oake", 1)]


def test_the_id_of_any_of_its_entities_finds_a_party(archive: Archive) -> None:
    party = archive.names.party("Committee of the Olive Valley")
    assert len(party.members) > 1
    pages = [archive.workbench.party(member) for member in party.members]
    assert {page.party.id for page in pages} == {party.id}
    assert {each.id for each in pages[0].entities} == {*party.members}
    assert any(each.links for each in pages[0].entities)
    with pytest.raises(NotFound):
        archive.workbench.party("e0")


# -- the list ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sought", "found"),
    [("لجنة وادي الزيتون", "Committee of the Olive Valley"), ("harb", "Directorate of Harbours"),
     ("Keld Weavers Council", "Keld Weavers' Council"), ("okell", "Tomas Okell")],
)  # fmt: skip
def test_a_party_is_found_by_a_name_in_any_script(archive: Archive, sought: str, found: str) -> None:
    listed = archive.workbench.parties(sought)
    assert found in [each.name for each in listed.parties]
    assert all(each.reason for each in listed.parties)


def test_letters_of_a_pattern_are_letters(archive: Archive) -> None:
    assert archive.workbench.parties("%").total == archive.workbench.parties("_____").total == 0


@pytest.mark.parametrize("sort", ["statements", "documents"])
def test_the_list_is_paged_in_order(archive: Archive, sort: str) -> None:
    whole = archive.workbench.parties(sort=sort, limit=500)
    numbers = [getattr(each, sort) for each in whole.parties]
    assert numbers == sorted(numbers, reverse=True)
    paged = [archive.workbench.parties(sort=sort, limit=7, skip=skip).parties for skip in range(0, whole.total, 7)]
    assert tuple(each for page in paged for each in page) == whole.parties
    for kind, number in whole.kinds:
        assert kind not in parties.KINDS or archive.workbench.parties(kind=kind).total == number
    with pytest.raises(MetadataError):
        archive.workbench.parties(kind="ship")


# -- the timeline ------------------------------------------------------------------------------------------------------


def test_lanes_hold_the_dates_of_the_records(archive: Archive, records: list[Record]) -> None:
    for party in busiest(archive, 6):
        asked = archive.workbench.timeline_question([party])
        shown = list(archive.workbench.dates(asked))
        [lane] = archive.workbench.timeline(asked).lanes
        assert sum(mark.count for mark in lane.marks) == lane.dates == len(shown)
        [expected] = analyse.timeline(records, frozenset([party])).lanes
        dates = {(m.kind, m.value, m.document) for m in expected.moments if m.kind in ("issued", "published")}
        of_tables = {(e.mark.kind, e.mark.value, e.document) for e in shown if e.mark.kind in ("issued", "published")}
        assert of_tables == dates


def test_a_date_leads_to_its_words(archive: Archive) -> None:
    shown = list(archive.workbench.dates(archive.workbench.timeline_question()))
    assert {each.mark.kind for each in shown} >= {"issued", "published", "held"}
    for each in shown:
        assert each.mark.address is not None
        assert each.mark.address.startswith(f"/d/{each.document}")


def test_a_period_shows_what_may_lie_in_it(archive: Archive) -> None:
    asked = archive.workbench.timeline_question([], "2023-10", "2023-12")
    lanes = archive.workbench.timeline(asked)
    assert not lanes.chosen
    assert (lanes.low, lanes.high) == ("2023-10-01", "2023-12-31")
    for lane in lanes.lanes:
        assert all(mark.low <= lanes.high and mark.high >= lanes.low for mark in lane.marks)


# -- lists with a cursor -----------------------------------------------------------------------------------------------


def test_a_list_goes_on_where_it_stopped(archive: Archive) -> None:
    bench = archive.workbench
    whole, end = bench.statements(limit=500)
    assert end is None
    assert len(whole) == sum(len(record.statements) for record in archive.records())
    after, found = None, []
    while True:
        some, after = bench.statements(after=after, limit=7)
        found += some
        if after is None:
            break
    assert tuple(found) == whole
    genre, _ = bench.statements(genre="resolution", limit=500)
    assert genre == tuple(each for each in whole if each.genre == "resolution") != ()


def test_a_partys_statements_are_those_it_makes(archive: Archive) -> None:
    for party in busiest(archive, 5):
        shown, _ = archive.workbench.statements(party, period("2023", "2024"), limit=500)
        addresses = archive.network(since="2023", until="2024").parties(party)[0].addresses
        assert sorted(each.document for each in shown) == sorted(address.split("/")[2] for address in addresses)


def test_figures_are_read_in_named_documents(archive: Archive, records: list[Record]) -> None:
    record = max(records, key=lambda each: len(each.quantities))
    found = archive.workbench.figures([record.id])
    assert found.counted.documents == 1
    assert {each.document for each in found.figures} == {record.id}


# -- what people decide shows at once ----------------------------------------------------------------------------------


def test_a_signatory_judged_wrong_is_gone_at_once_and_comes_back(own: Archive) -> None:
    council = named(own, "Weavers' Council of Marn")
    record = next(record for record in own.records() if len(record.statements[0].parties) == 3)
    [statement] = record.statements
    kept = [msgspec.to_builtins(party) for party in statement.parties if party.entity != council]
    before = own.workbench.together(own.workbench.together_question())
    judged = own.judge(own.subject_of(record, "statements", statement), "replace", by="Ana", value={"parties": kept})
    after = own.workbench.together(own.workbench.together_question())
    assert council in {row.party.id for row in before.rows}
    assert council not in {row.party.id for row in after.rows}
    assert own.workbench.party(council).signed.statements == 0
    assert own.workbench.parties("Weavers' Council of Marn").parties[0].statements == 0
    own.withdraw(judged.id, by="Ana")
    assert own.workbench.together(own.workbench.together_question()) == before


def test_names_judged_one_party_count_once_at_once(own: Archive) -> None:
    union, teachers = named(own, "Harbour Union of Orsk"), named(own, "Teachers' Union of Keld")
    judged = own.judge(Subject("entities", entities=(union, teachers)), "same", by="Ana")
    shown = own.workbench.together(own.workbench.together_question())
    assert [each.key for each in shown.statements] == [each.key for each in own.network().network.statements]
    assert shown.total == 1, "of the two that signed the second statement one is left"
    assert own.workbench.party(union).signed.statements == 2
    assert len(own.workbench.party(union).decisions) == 1
    own.withdraw(judged.id, by="Ana")
    assert own.workbench.together(own.workbench.together_question()).total == 2


def test_an_act_judged_wrong_is_gone_at_once(own: Archive) -> None:
    union = named(own, "Harbour Union of Orsk")
    before, _ = own.workbench.acts(acts.kinds(["all"]), union)
    record = own.record(before[0].document)
    own.judge(own.subject_of(record, "acts", record.acts[0]), "wrong", by="Ana")
    after, _ = own.workbench.acts(acts.kinds(["all"]), union)
    assert len(after) == len(before) - 1
    assert {row.address for row in own.acts(union, ["all"]).acts} == {each.address for each in after}


def test_all_is_still_as_recorded_after_that(own: Archive) -> None:
    union, teachers = named(own, "Harbour Union of Orsk"), named(own, "Teachers' Union of Keld")
    own.judge(Subject("entities", entities=(union, teachers)), "same", by="Ana")
    assert list(own.verify()) == []
