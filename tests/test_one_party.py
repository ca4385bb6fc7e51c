"""Who is one under several names: found by evidence, decided by people, the same in any order, kept over rebuilds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Archive, JudgementError, NotFound, console_names, naming, resolve
from onrecord.errors import RegistryError
from onrecord.export import encode
from onrecord.model import Subject

LETTERS = {
    "spelling.txt": "Harbour Union\n\n3 May 2024\n\nThe Harbour Union and the Al-Sharif Relief Brigades met. "
    "Anna Brandt spoke for the Harbour Union.\n",
    "order.txt": "BRANDT, Anna, spoke in Velna on 4 May 2024. The El-Shareef Relief Brigades listened.\n",
    "acronym.txt": "The Velna Carters' Association (VCA) met on 5 May 2024. The VCA said nothing.\n",
    "alone.txt": "A letter from the VCA came on 6 May 2024, and the VCA signed it.\n",
    "force.txt": "The Al-Sharif Relief Force met on 7 May 2024 in Velna.\n",
    "front.txt": "Front for the Quay – General Command\n\n8 May 2024\n\nThe Front for the Quay – General Command met "
    "the Front for the Quay in Velna.\n",
}
"""Fictional letters: two spellings of one name, an acronym alone, and look-alikes that are others."""


def build(place: Path, names: list[str], archive: str = "a.onrecord") -> Archive:
    """An archive into which the letters came one after another, in this order."""
    opened = Archive.open(place / archive, create=True)
    for name in names:
        (place / name).write_text(LETTERS[name], "utf8")
        opened.build([place / name])
    return opened


def parties(archive: Archive) -> dict[str, set[str]]:
    """Names of the documents' entities, by the party that they are."""
    found: dict[str, set[str]] = {}
    for record in archive.records():
        for entity in record.entities:
            found.setdefault(entity.id, set()).update(entity.names)
    return found


def together(archive: Archive, one: str, other: str) -> bool:
    """Whether the two names are names of one party."""
    return any({one, other} <= names for names in parties(archive).values())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return build(tmp_path_factory.mktemp("names"), sorted(LETTERS))


def test_spellings_of_one_name_are_one_party(archive: Archive) -> None:
    assert together(archive, "Al-Sharif Relief Brigades", "El-Shareef Relief Brigades")


def test_an_acronym_alone_is_the_body_that_another_document_gives_it(archive: Archive) -> None:
    party = archive.names.party("Velna Carters' Association")
    assert {"VCA", "Velna Carters' Association"} <= {spelling.name for spelling in party.spellings}
    assert len(party.members) == 2
    [link] = party.links
    assert (link.rule, link.score) == ("short form", 0.9)
    assert "VCA" in link.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Sharif Relief Brigades", "Al-Sharif Relief Force"),
        ("Front for the Quay", "Front for the Quay – General Command"),
    ],
)
def test_look_alikes_stay_apart(archive: Archive, one: str, other: str) -> None:
    assert archive.names.entity(one) != archive.names.entity(other)
    assert not together(archive, one, other)


def test_a_name_that_means_several_is_asked_back(archive: Archive) -> None:
    with pytest.raises(NotFound, match="Nobody is called"):
        archive.names.party("Nobody Here")


def test_any_order_of_documents_gives_the_same_records(tmp_path: Path, archive: Archive) -> None:
    (tmp_path / "other").mkdir()
    other = build(tmp_path / "other", sorted(LETTERS, reverse=True))
    assert parties(other) == parties(archive)
    assert [party.id for party in other.names.merged()] == [party.id for party in archive.names.merged()]


def test_people_decide_and_may_take_it_back(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt", "order.txt", "force.txt"])
    before = parties(archive)
    names = archive.names
    apart = archive.judge(
        names.pair("Al-Sharif Relief Brigades", "El-Shareef Relief Brigades"), "different", by="A. Reader"
    )
    assert not together(archive, "Al-Sharif Relief Brigades", "El-Shareef Relief Brigades")
    joined = archive.judge(names.pair("Harbour Union", "Al-Sharif Relief Force"), "same", by="A. Reader")
    assert together(archive, "Harbour Union", "Al-Sharif Relief Force")
    for judgement in (apart, joined):
        archive.withdraw(judgement.id, by="B. Reader")
    assert parties(archive) == before
    assert [each.withdrawn_by for each in archive.judgements()] == ["B. Reader", "B. Reader"]
    with pytest.raises(JudgementError, match="one name"):
        names.pair("Harbour Union", "the harbour union")


def test_the_more_careful_comparison_takes_merges_back(tmp_path: Path) -> None:
    archive = build(tmp_path, ["acronym.txt", "alone.txt"])
    assert together(archive, "VCA", "Velna Carters' Association")
    assert len(archive.names.party("VCA").members) == 2
    archive.compare_names(transliterate=False)
    assert archive.names.settings.transliterate is False
    assert len(archive.names.party("VCA").members) == 2, "an acronym is no transliteration"


def test_one_new_document_looks_at_its_own_names_only(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt", "order.txt"])
    looked: list[int] = []
    (tmp_path / "force.txt").write_text(LETTERS["force.txt"], "utf8")
    archive.add([tmp_path / "force.txt"])
    archive.annotate(progress=lambda stage, done, total: looked.append(done) if stage == "resolve" else None)
    [record] = [each for each in archive.records() if "Force" in each.text]
    assert looked == [len([e for e in record.entities if e.name != "Velna"])], "Velna was known"


STEPS = ["add", "same", "different", "withdraw", "rebuild", "change", "ledger"]
PAIRS = [
    ("Harbour Union", "Al-Sharif Relief Force"),
    ("Al-Sharif Relief Brigades", "El-Shareef Relief Brigades"),
    ("Al-Sharif Relief Brigades", "Al-Sharif Relief Force"),
    ("Front for the Quay", "Harbour Union"),
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), max_size=9))
def test_no_decision_is_lost_and_any_order_ends_the_same(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("steps")
    archive = build(place, ["spelling.txt"])
    made: list[str] = []
    there = ["spelling.txt"]
    for number, (step, which) in enumerate(steps):
        name = sorted(LETTERS)[which]
        if step == "add" and name not in there:
            build(place, [name]).close()
            there.append(name)
        elif step in ("same", "different"):
            try:
                pair = archive.names.pair(*PAIRS[which % len(PAIRS)])
            except NotFound:
                continue
            made.append(archive.judge(pair, step, by="A. Reader", note=f"{number}").id)  # type: ignore[arg-type]
        elif step == "withdraw" and made:
            archive.withdraw(made[which % len(made)], by="A. Reader")
        elif step == "rebuild":
            archive.annotate(again=True)
        elif step == "change":
            changed = place / there[which % len(there)]
            changed.write_text(changed.read_text("utf8") + "One line more.\n", "utf8")
            archive.build([changed])
        elif step == "ledger":
            with (place / "ledger.jsonl").open("wb") as stream:
                archive.write_ledger(stream)
            assert archive.read_ledger([place / "ledger.jsonl"]).known == len(made)
    assert [each.id for each in archive.judgements()] == made
    standing = {each.id for each in archive.judgements() if each.withdrawn is None}
    shown = {orphan.judgement for orphan in archive.orphans()}
    assert shown == set(), "every pair was named by a document, and old versions stay"
    apart = [each for each in archive.judgements() if each.id in standing and each.verdict == "different"]
    told = {name for conflict in archive.conflicts() for name in (conflict.counts, *conflict.others)}
    for each in apart:
        one, other = (archive.names.party(name).id for name in each.subject.entities)
        assert one != other or each.id in told

    again = Archive.open(place / "again.onrecord", create=True)
    with (place / "ledger.jsonl").open("wb") as stream:
        archive.write_ledger(stream)
    again.read_ledger([place / "ledger.jsonl"])
    again.build([place / name for name in sorted(there, reverse=True)])
    assert {record.id: encode(record) for record in again.records()}.keys() == {r.id for r in archive.records()}
    assert parties(again) == parties(archive)


REGISTRY = """
[harbour-union]
type = "organization"
name = "Harbour Union"
aliases = ["Union du port", { name = "اتحاد الميناء", language = "ar" }, "the Quay People"]

[brandt]
type = "person"
name = "Anna Brandt"
aliases = ["Brandt"]
"""


def registered(archive: Archive, place: Path, text: str = REGISTRY, *, replace: bool = False) -> naming.Registered:
    (place / "parties.toml").write_text(text, "utf8")
    return archive.register(naming.read_registries([place / "parties.toml"]).entries, replace=replace)


def test_the_registry_joins_names_and_finds_them_in_texts(tmp_path: Path) -> None:
    letters = {
        "one.txt": "Harbour Union\n\n3 May 2024\n\nThe Harbour Union met.\n",
        "two.txt": "L'Union du port a publié un communiqué le 4 mai 2024.\n",
        "three.txt": "Some say that the Quay People will strike on 5 May 2024. “We wait,” said Brandt.\n",
        "four.txt": "وقال اتحاد الميناء إن الاجتماع انتهى في 6 أيار 2024.\n",
    }
    (tmp_path / "in").mkdir()
    for name, text in letters.items():
        (tmp_path / "in" / name).write_text(text, "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "in"])
        before = {record.id: encode(record) for record in archive.records()}
        done = registered(archive, tmp_path)
        assert (done.entries, done.new, done.replaced, done.gone) == (2, ("brandt", "harbour-union"), (), ())
        assert done.stale == 4
        assert archive.build([tmp_path / "in"]).annotated == 4, "those that hold a name, and they all do"
        names = {
            name for record in archive.records() for e in record.entities if e.id == "harbour-union" for name in e.names
        }
        assert {"Harbour Union", "Union du port", "اتحاد الميناء"} <= names
        assert any("Quay People" in name for name in names)
        [said] = [a for record in archive.records() for a in record.attributions if a.kind == "direct"]
        assert said.source is not None and said.source.entity == "brandt", "a surname alone, since the registry says so"
        again = registered(archive, tmp_path)
        assert (again.new, again.replaced, again.gone, again.stale) == ((), (), (), 0)
        assert registered(archive, tmp_path, "", replace=True).entries == 0
        archive.build([tmp_path / "in"])
        assert {record.id: encode(record) for record in archive.records()} == before, "what was before is so again"


def test_an_alias_of_two_entries_means_neither(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt"])
    text = REGISTRY + '\n[other]\ntype = "organization"\nname = "Hill Union"\naliases = ["Harbour Union"]\n'
    done = registered(archive, tmp_path, text)
    assert any("Harbour Union" in warning.message for warning in done.warnings)
    archive.build([tmp_path / "spelling.txt"])
    [entity] = [e for record in archive.records() for e in record.entities if e.name == "Harbour Union"]
    assert entity.id not in ("harbour-union", "other")


def test_a_bad_registry_changes_nothing_and_says_all_that_is_wrong(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt"])
    registered(archive, tmp_path)
    before = archive.names.registry()
    bad = '[a]\ntype = "organization"\nname = "A"\nparents = ["b"]\n[b]\ntype = "army"\nname = "' + "B" * 10_000 + '"\n'
    with pytest.raises(RegistryError) as error:
        registered(archive, tmp_path, bad)
    assert len(error.value.problems) >= 2
    assert archive.names.registry() == before


def ledger_of(archive: Archive, path: Path) -> Path:
    with path.open("wb") as stream:
        archive.write_ledger(stream)
    return path


def test_two_people_s_ledgers_merge_whoever_reads_first(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = build(tmp_path / "one", ["spelling.txt", "order.txt", "force.txt"])
    two = build(tmp_path / "two", ["force.txt", "spelling.txt"])
    shared = one.judge(one.names.pair("Harbour Union", "Al-Sharif Relief Force"), "same", by="A. Reader")
    two.read_ledger([ledger_of(one, tmp_path / "one.jsonl")])
    two.withdraw(shared.id, by="B. Reader")
    one.judge(one.names.pair("Al-Sharif Relief Brigades", "El-Shareef Relief Brigades"), "different", by="A. Reader")
    ledgers = [ledger_of(one, tmp_path / "one.jsonl"), ledger_of(two, tmp_path / "two.jsonl")]
    entered = one.read_ledger(ledgers)
    assert (entered.new, entered.withdrawn) == (0, 1)
    two.read_ledger(ledgers)
    assert ledger_of(one, tmp_path / "one.jsonl").read_bytes() == ledger_of(two, tmp_path / "two.jsonl").read_bytes()
    [orphan] = two.orphans()
    assert "No document names" in orphan.reason, "order.txt is not in the second archive"
    (tmp_path / "two" / "order.txt").write_text(LETTERS["order.txt"], "utf8")
    two.build([tmp_path / "two" / "order.txt"])
    assert two.orphans() == []
    assert parties(two) == parties(one)
    assert not together(two, "Al-Sharif Relief Brigades", "El-Shareef Relief Brigades")


def test_a_line_that_was_changed_by_hand_is_refused_and_nothing_is_entered(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt", "order.txt"])
    archive.judge(archive.names.pair("Al-Sharif Relief Brigades", "El-Shareef Relief Brigades"), "same", by="A. Reader")
    path = ledger_of(archive, tmp_path / "ledger.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"same"', b'"different"'))
    other = build(tmp_path, ["spelling.txt"], "other.onrecord")
    with pytest.raises(JudgementError, match="changed after it was written"):
        other.read_ledger([path])
    assert other.judgements() == []


def test_letters_that_look_alike_merge_nothing_and_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.txt").write_text("The Hаrbour Union met the Harbour Union in Keld.\n", "utf8")  # one a is Cyrillic
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "in.txt"])
        assert archive.names.entity("Harbour Union") != archive.names.entity("Hаrbour Union")
        assert list(archive.names.merged()) == []
        console_names.found(archive.names.find("Harbour Union"), json=False)
    shown = capsys.readouterr().out
    assert "letters of Latn and Cyrl" in shown


def test_who_signs_side_by_side_is_never_made_one_by_the_machine(tmp_path: Path) -> None:
    signed = "Joint statement\n\nKeld, 3 May 2024\n\nWe, the undersigned, will not sign the paper.\n\nSigned:\n{}\n"
    texts = {
        "one.txt": signed.format("Al-Sharif Relief Brigades\nHarbour Union"),
        "two.txt": signed.format("El-Shareef Relief Brigades\nHarbour Union"),
        "both.txt": signed.format("Al-Sharif Relief Brigades\nEl-Shareef Relief Brigades"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "one.txt", tmp_path / "two.txt"])
        assert together(archive, "Al-Sharif Relief Brigades", "El-Shareef Relief Brigades")
        archive.build([tmp_path / "both.txt"])
        assert not together(archive, "Al-Sharif Relief Brigades", "El-Shareef Relief Brigades")
        (tmp_path / "both.txt").write_text(texts["one.txt"] + "Again.\n", "utf8")
        archive.build([tmp_path / "both.txt"])


def test_a_name_that_translates_two_joins_neither(tmp_path: Path) -> None:
    for name, text in {
        "one.txt": "The Union of Harbours met the Federation of Harbours in Keld on 3 May 2024.\n",
        "two.txt": "وقال اتحاد الموانئ إن الاجتماع انتهى في 6 أيار 2024.\n",
    }.items():
        (tmp_path / name).write_text(text, "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "one.txt", tmp_path / "two.txt"])
        assert not together(archive, "Union of Harbours", "Federation of Harbours")


def test_a_decision_about_what_is_not_here_joins_nobody_and_stops_nothing(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt"])
    here, nowhere = archive.names.entity("Harbour Union"), "e0000000000000000"
    far = resolve.judgement(Subject("entities", entities=(here, nowhere)), "same", "A. Reader", "2024-01-01T00:00:00Z")
    resolve.write(tmp_path / "far.jsonl", [far])
    archive.read_ledger([tmp_path / "far.jsonl"])
    build(tmp_path, ["order.txt"]).close()
    assert archive.names.party("Harbour Union").id == here
    assert [orphan.judgement for orphan in archive.orphans()] == [far.id]


def test_a_ledger_with_a_replacement_is_read_back(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt"])
    [record] = archive.records()
    subject = archive.subject_of(record, "mentions", record.mentions[0])
    made = archive.judge(subject, "replace", by="A. Reader", value={"role": "mayor", "type": "place"})
    path = ledger_of(archive, tmp_path / "ledger.jsonl")
    assert archive.read_ledger([path]).known == 1
    other = build(tmp_path, ["spelling.txt"], "other.onrecord")
    assert other.read_ledger([path]).new == 1
    assert [each.id for each in other.judgements()] == [made.id]
    assert parties(other) == parties(archive)


def test_of_two_decisions_in_one_second_the_later_counts(tmp_path: Path) -> None:
    archive = build(tmp_path, ["spelling.txt", "force.txt"])
    pair = archive.names.pair("Harbour Union", "Al-Sharif Relief Force")
    for verdict in ("same", "different", "same", "different") * 2:
        archive.judge(pair, verdict, by="A. Reader")  # type: ignore[arg-type]
    assert not together(archive, "Harbour Union", "Al-Sharif Relief Force")


def test_a_ministry_of_each_document_s_own_meets_nobody_but_the_registry(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number}.txt").write_text(f"The Ministry met Orlan {number} times in Keld.\n", "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([tmp_path / "in"])
        own = {e.id for record in archive.records() for e in record.entities if e.name == "Ministry"}
        assert len(own) == 30
        registered(
            archive, tmp_path, '[m]\ntype = "organization"\nname = "Ministry of Water"\naliases = ["Ministry"]\n'
        )
        archive.build([tmp_path / "in"])
        assert {e.id for record in archive.records() for e in record.entities if e.name == "Ministry"} == {"m"}
