"""A registry of names: what is written is read again, what is wrong is told at once, nothing is merged."""

from __future__ import annotations

import codecs
import pickle
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import RegistryError
from onrecord.resolve.registry import Alias, Entry, Form, checked, load, read, written

FORMS: tuple[Form, ...] = ("toml", "csv", "ftm")
MADE = (
    Entry(
        id="harbour-union", type="organization", name="Harbour Union",
        aliases=(Alias("Dockers' Union"), Alias("اتحاد الميناء", "ar"), Alias("Ittihad al-Mina", "ar", "Latn")),
        parents=("federation",), since="1998", until="2004-05?", ids=(("wikidata", "Q0"), ("lei", "x:y;z")),
        note="=1+1\r\n“quoted” \\ @ ;",
    ),
    Entry(id="federation", type="organization", name="Federation; of Ports@Marn"),
    Entry(id="anna.brandt", type="person", name="'Abd Anna Brandt", parents=("harbour-union",)),
)  # fmt: skip

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda it: it == it.strip())
IDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
ALIASES = st.builds(Alias, NAMES, st.sampled_from([None, "ar", "zh-Hant"]), st.sampled_from([None, "Latn", "Arab"]))
DATES = st.sampled_from([None, "1998", "2004-05?", "2010-XX", "2011/.."])


@st.composite
def registries(draw: st.DrawFn) -> tuple[Entry, ...]:
    ids = draw(st.lists(IDS, max_size=4, unique=True))
    return tuple(
        Entry(
            id=name, type=draw(st.sampled_from(["person", "organization", "place", "event", "work"])), name=draw(NAMES),
            aliases=tuple(draw(st.lists(ALIASES, max_size=3))),
            parents=tuple(draw(st.lists(st.sampled_from(ids[:at]), max_size=2))) if at else (),
            since=draw(st.sampled_from([None, "1990~", "1990-01"])), until=draw(DATES),
            ids=tuple(draw(st.lists(st.tuples(st.sampled_from(["wikidata", "lei", "x-1"]), IDS), max_size=3))),
            note=draw(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)),
        )
        for at, name in enumerate(ids)
    )  # fmt: skip


def put(path: Path, entries: tuple[Entry, ...], form: Form) -> Path:
    path = path.with_suffix(f".{form}")
    path.write_bytes(b"".join(written(entries, form)))
    return path


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(registries())
def test_what_is_written_is_read_again(form: Form, tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    assert read(put(tmp_path / "names", entries, form)) == entries
    assert list(written(entries, form)) == list(written(entries, form))


@pytest.mark.parametrize("form", FORMS)
def test_formats_say_the_same(form: Form, tmp_path: Path) -> None:
    assert read(put(tmp_path / "names", MADE, form)) == MADE


def test_names_come_once_and_scripts_from_the_letters() -> None:
    assert Entry(id="a", type="work", name="A", aliases=(Alias("B"), Alias("A"))).names() == ("A", "B")
    assert [Alias(name).script for name in ("Orsk", "Орск", "اتحاد", "組合", "ハーバー組合", "17")] == [
        "Latn", "Cyrl", "Arab", "Hani", "Jpan", None,
    ]  # fmt: skip


HEAD = "id,type,name,aliases,parents,since,until,ids\n"
WRONG = [
    ("no-id", ",person,Anna", 2),
    ("bad-id", "a b,person,Anna", 2),
    ("wrong-type", "a,organisation,Union", 2),
    ("empty-name", "a,person,", 2),
    ("long-name", f"a,person,{'n' * 10_000}", 2),
    ("bad-language", "a,person,Anna,Ana@spanish language", 2),
    ("bad-script", "a,person,Anna,Ana@es/latin", 2),
    ("bad-date", "a,person,Anna,,,2024-13", 2),
    ("since-after-until", "a,person,Anna,,,2024,2020-05", 2),
    ("bad-identifier", "a,person,Anna,,,,,Q42", 2),
    ("unknown-parent", "a,person,Anna,,b", 2),
    ("duplicate-id", "a,person,Anna\na,person,Berta", 3),
    ("parent-cycle", "a,person,Anna,,a", 2),
    ("parent-cycle", "r,person,R,,a\na,person,Anna,,b\nb,person,B,,a", 3),
    ("extra-cells", "a,person,Anna,,,,,,x", 2),
]


@pytest.mark.parametrize(("code", "rows", "line"), WRONG, ids=[f"{it[0]}-{n}" for n, it in enumerate(WRONG)])
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, code: str, rows: str, line: int) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HEAD + rows + "\n", "utf8")
    with pytest.raises(RegistryError) as caught:
        read(path)
    first = caught.value.problems[0]
    assert (first.code, first.line) == (code, line)
    assert f"Line {line}: {first.message}" in str(caught.value)
    assert len(first.message) < 600


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(HEAD + "".join(row + "\n" for _, row, _ in WRONG[1:6]) + "ok,person,Anna\n", "utf8")
    with pytest.raises(RegistryError) as caught:
        read(path)
    codes = {problem.code for problem in caught.value.problems}
    assert codes == {code for code, _, _ in WRONG[1:6]} | {"duplicate-id"}
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert [entry.id for entry in load(path).entries] == ["ok"]


def test_what_misleads_is_kept_and_shown(tmp_path: Path) -> None:
    names = ("Union\u202enoinU", "Hаrbour", "می\u200cشود")
    path = put(tmp_path / "names", tuple(Entry(id=f"e{n}", type="work", name=it) for n, it in enumerate(names)), "csv")
    found = load(path)
    assert [entry.name for entry in found.entries] == list(names)
    assert [(it.code, it.entry, it.line) for it in found.problems] == [("unseen", "e0", 2), ("mixed-scripts", "e1", 3)]
    assert "\\u202e" in found.problems[0].message and "\u202e" not in found.problems[0].message
    assert "\\u0430" in found.problems[1].message


def test_a_shared_alias_is_a_warning_and_merges_nothing() -> None:
    one = Entry(id="a", type="organization", name="The Front", aliases=(Alias("Front of A"),))
    other = Entry(id="b", type="organization", name="Front of B", aliases=(Alias("front"),))
    place = Entry(id="c", type="place", name="Front")
    found = checked([one, other, place])
    assert found.entries == (one, other, place)
    assert [(it.code, it.entry, it.grave) for it in found.problems] == [("shared-alias", "a", False)]
    assert "a (“The Front”), b (“front”)" in found.problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b'id;type;name;aliases\r\na;person;"Anna; B";"Ana;Ann"\r\n',
        b'sep=;\nid;type;name;aliases\na;person;"Anna; B";"Ana;Ann"\n',
        "Aliases\tname\tid\ttype\nAna; Ann\tAnna; B\ta\tperson\n\t\t\t\n".encode("utf-16"),
    ],
)
def test_tables_as_spreadsheets_write_them(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(data)
    assert read(path) == (Entry(id="a", type="person", name="Anna; B", aliases=(Alias("Ana"), Alias("Ann"))),)


def test_formulas_are_disarmed(tmp_path: Path) -> None:
    entry = Entry(id="a", type="work", name="=HYPERLINK(1)", aliases=(Alias("-x"),), note="@y")
    rows = b"".join(written([entry], "csv")).decode().split("\r\n")
    assert rows[1] == "a,work,'=HYPERLINK(1),'-x,,,,,'@y"


TOML_WRONG = [
    ('[a]\ntype="person"\nname="A"\n[b]\ntype="person"\nname="B"\n[a]\ntype="person"\nname="C"', "Line 7"),
    ('[a]\ntype="person"\nname=5', "Line 1"),
    ('[a]\ntype="person"\nname="A"\nalaises=["B"]', "Did you mean `aliases`"),
    ("x=1", "outside of any entry"),
    ("[a", "no TOML"),
    ("[[[[" * 20_000, "no TOML"),
    ("a." * 500_000 + "a=1", "very many parts"),
    ('x={"a" . ' + "a." * 500_000 + "a=1}", "very many parts"),
    ("a=" + "[" * 50_000, "no TOML"),
]


@pytest.mark.parametrize(("text", "said"), TOML_WRONG, ids=range(len(TOML_WRONG)))
def test_toml_that_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, "utf8")
    with pytest.raises(RegistryError, match=r"names\.toml") as caught:
        read(path)
    assert said in str(caught.value)


def test_toml_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text(
        '[a]\ntype = "event"\nname = "Marn Talks"\naliases = "Talks"\nsince = 2004-05-01\nuntil = 2005\n'
        'ids = {wikidata = "Q0", lei = ["x", "y"]}\n', "utf8")  # fmt: skip
    assert read(path) == (
        Entry(id="a", type="event", name="Marn Talks", aliases=(Alias("Talks"),), since="2004-05-01", until="2005",
              ids=(("wikidata", "Q0"), ("lei", "x"), ("lei", "y"))),
    )  # fmt: skip


def ftm(path: Path, *entities: dict[str, object]) -> Path:
    path.write_bytes(b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities))
    return path


def test_followthemoney_of_other_programs(tmp_path: Path) -> None:
    path = ftm(
        tmp_path / "names.ftm",
        {"id": "p", "schema": "Person", "properties": {"name": ["Anna Brandt", "A. Brandt"], "weakAlias": ["Anni"],
                                                       "country": ["xx"]}},
        {"id": "o", "schema": "PublicBody", "properties": {"name": ["Harbour Board"], "previousName": ["Port Board"],
                                                           "wikidataId": ["Q0"], "incorporationDate": ["1998-05"],
                                                           "parent": ["gone"]}},
        {"id": "m", "schema": "Membership", "properties": {"member": ["p"], "organization": [{"id": "o"}],
                                                           "role": ["chair"]}},
        {"id": "v", "schema": "Vessel", "properties": {"name": ["Marn"]}},
    )  # fmt: skip
    assert read(path) == (
        Entry(id="p", type="person", name="Anna Brandt", aliases=(Alias("A. Brandt"), Alias("Anni")), parents=("o",)),
        Entry(id="o", type="organization", name="Harbour Board", aliases=(Alias("Port Board"),), since="1998-05",
              ids=(("wikidata", "Q0"),)),
    )  # fmt: skip
    said = " ".join(str(problem) for problem in load(path).problems)
    for lost in ("`country`", "`role`", "“gone”", "Vessel"):
        assert lost in said
    whole = tmp_path / "names.json"
    whole.write_text("[" + ",".join(path.read_text("utf8").splitlines()) + "]", "utf8")
    assert read(whole) == read(path)


def test_names_that_another_program_adds_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path / "names", MADE, "ftm")
    path.write_bytes(path.read_bytes().replace(b'"name":["Harbour Union"]', b'"name":["Harbour Union","HU"]', 1))
    assert read(path)[0].names() == (*MADE[0].names(), "HU")


@pytest.mark.parametrize("suffix", ["toml", "csv", "tsv", "json", "jsonl", "ftm"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda it: it.encode("utf8", "replace")), st.integers(0, 400))
def test_any_bytes_are_a_registry_or_an_error(suffix: str, tmp_path: Path, data: bytes, at: int) -> None:
    path = tmp_path / f"names.{suffix}"
    form: Form = "toml" if suffix == "toml" else "csv" if suffix in ("csv", "tsv") else "ftm"
    whole = b"".join(written(MADE, form))
    for each in (data, whole[:at] + data + whole[at:], whole[:at] + data + whole[at + len(data) :]):
        path.write_bytes(each)
        try:
            assert all(isinstance(entry, Entry) for entry in read(path))
        except RegistryError as error:
            assert path.name in str(error)


def test_entries_that_are_not_sound_are_not_written() -> None:
    for entry in (Entry(id="a", type="work", name="\ud800"), Entry(id="a", type="work", name=" A")):
        with pytest.raises(RegistryError):
            written([entry], "csv")


@pytest.mark.parametrize("name", ["names.xml", "names"])
def test_other_suffixes_and_missing_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(RegistryError, match="ends in one of"):
        read(tmp_path / name)
    with pytest.raises(RegistryError, match="cannot be opened"):
        read(tmp_path / "missing.csv")


def test_the_examples_of_the_documentation_say_the_same(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/registry.md").read_text("utf8")
    found = []
    for form in ("toml", "csv"):
        path = tmp_path / f"names.{form}"
        path.write_text(page.split(f"```{form}\n")[1].split("```")[0], "utf8")
        found.append(load(path))
    assert found[0].entries == found[1].entries
    assert len(found[0].entries) == 2 and not found[0].problems
