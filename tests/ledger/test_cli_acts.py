"""The commitments ledger as a person asks for it: real processes over an archive of letters."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from quay import GUARD, MINISTRY, UNION, denied, facts_of, filled, letter, record
from strike import LETTERS

from onrecord import Archive, analyse
from onrecord.console_acts import act_lines

Places = dict[str, str]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with filled(tmp_path_factory.mktemp("strike"), LETTERS) as made:
        yield made.folder


@pytest.fixture(scope="module")
def places(archive: Path) -> Places:
    """The addresses of acts by act and name."""
    with Archive.open(archive) as opened:
        return {f"{act.act} {act.name}": act.address for act in opened.acts(acts=["all"]).acts}


def run(*arguments: str | Path, code: int = 0, verb: str = "acts") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", *verb.split(), *map(str, arguments)],
        capture_output=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "ONRECORD_ARCHIVE"},
    )
    assert done.returncode == code, done.stderr.decode()
    return (done.stdout if code == 0 else done.stderr).decode()


def test_the_table_for_people(archive: Path, places: Places) -> None:
    asked, demanded = places[f"request {UNION}"], places[f"demand {UNION}"]
    assert run(archive, "--party", UNION, "--act", "directive", "--links", "--since", "2023-09-05") == (
        f"2023-09-08 (issued)  request  {UNION} → {MINISTRY}\n"
        "    “We ask the Ministry of Ferries for the lists of the crews.”\n"
        f"    in its own words, through River Post  {asked}\n"
        "    softens: 2023-09-04 demand “We demand of the Ministry of Ferries the lists of the crews by 15 September.”"
        "  1.00: the same party; 2 of 2 content words alike (crews, lists); what was demanded is now asked for; "
        f"the deadline is gone  {demanded}\n"
        "1 act in 2023-09-05/..; 3 documents read; acts: demand, request, urge, invite.\n"
        "  1 act left out: outside the period.\n"
        "1 link, 0 of them judged; the others are proposed by rule, for a person to judge (`onrecord ledger link`).\n"
    )


def test_below_an_act_stand_later_ones_that_are_not_listed(archive: Archive, places: Places) -> None:
    said = run(archive, "--party", UNION, "--act", "demand", "--links").splitlines()
    assert [line.split("  ")[-1] for line in said[4:6]] == [
        places["promise Ministry of Ferries"],
        places[f"request {UNION}"],
    ]
    assert said[4].startswith("    answered by Ministry of Ferries: 2023-09-06 promise “We will print the lists")
    assert said[5].startswith("    softened: 2023-09-08 request “We ask")
    both = run(archive, "--party", UNION, "--act", "directive", "--links")
    assert "softened" not in both and both.count("softens: ") == 1


def test_the_table_says_which_date_it_is_and_what_comes_last(archive: Path, places: Places) -> None:
    said = run(archive).splitlines()
    vowed = said.index("2023-09-09 (published, reported)  promise  Hill Guard  AGREE")
    assert said[vowed + 1 : vowed + 3] == [
        "    “Hill Guard vowed to keep the dam road open.”",
        f"    as reported, through River Post  {places[f'promise {GUARD}']}",
    ]
    assert said[-7].startswith("undated  offer  Velna Dockers' Union → Basin Council")
    assert said[-4:] == [
        "6 acts; 6 documents read; acts: promise, demand, threaten, refuse, offer.",
        "  1 act dated by publication: the text bears no other date.",
        "  1 act undated: last.",
        "  1 act left out: only thought of (--hypothetical).",
    ]
    assert "6 acts, 2 of them shown (--limit, or --csv for all)" in run(archive, "--limit", "2")


DENIED = denied("We never refused to sail.", "refuse", "never refused", content="sail")
ROW = analyse.rows(record("d1", letter(UNION, "2023-09-04", DENIED)))(
    facts_of(letter(UNION, "2023-09-04", DENIED)).acts[0]
)


@pytest.mark.parametrize(
    ("changed", "line", "said"),
    [
        ({"rule": "performative"}, 0, "refuse (negated)"),
        ({"rule": "future"}, 0, f"refuse  {UNION}"),
        ({"act": "promise", "rule": "future"}, 0, "promise (negated)"),
        ({"spokesperson": "Anna Brandt"}, 0, f"Anna Brandt for {UNION}"),
        ({"date": "2023-05", "dated": "told"}, 0, "2023-05 (told)"),
        ({"retold": True}, 0, "2023-09-04 (issued, reported)"),
        ({"also": ("/d/d2/1-9",)}, -1, "also in /d/d2/1-9"),
        ({"also": tuple(f"/d/d{at}/1-9" for at in range(9))}, -1, "/d/d2/1-9 and 6 more"),
    ],
)  # fmt: skip
def test_what_a_line_says_of_how_an_act_is_told(changed: dict[str, Any], line: int, said: str) -> None:
    shown = [re.sub(r"\[[a-z/]*\]", "", each) for each in act_lines(replace(ROW, **changed))]
    assert said in shown[line]


def test_csv(archive: Path, places: Places) -> None:
    [row] = rows(run(archive, "--party", UNION, "--act", "demand", "--csv"))
    wanted = {
        "date": "2023-09-04", "dated_by": "issued", "name": UNION, "act": "demand", "negated": "false",
        "addressee": MINISTRY, "content": "the lists of the crews", "deadline": "by 15 September",
        "deadline_value": "2023-09-15", "condition": "", "reached": "own", "through": "River Post",
        "address": places[f"demand {UNION}"],
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    [link] = rows(run(archive, "--party", UNION, "--act", "request", "--links", "--csv"))
    assert (link["relation"], link["score"], link["judged"]) == ("softens", "1.0", "")
    assert (link["later_address"], link["earlier_address"]) == (row_of(places, "request"), row_of(places, "demand"))


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def row_of(places: Places, act: str) -> str:
    return places[f"{act} {UNION}"]


def test_json(archive: Path, places: Places) -> None:
    found: dict[str, Any] = json.loads(run(archive, "--party", MINISTRY, "--links", "--json"))
    assert set(found) == {"kinds", "party", "period", "counted", "acts", "links"}
    assert [(act["date"], act["act"], act["conditional"]) for act in found["acts"]] == [
        ("2023-09", "promise", False),
        ("2023-09-06", "promise", True),
    ]
    [link] = found["links"]
    assert (link["relation"], link["judged"]) == ("answers", None)
    assert link["earlier"]["address"] == places[f"demand {UNION}"]
    assert link["score"]["features"]["content"] == 0.9


def test_a_link_is_judged_and_taken_back(archive: Path, places: Places) -> None:
    later, earlier = row_of(places, "request"), row_of(places, "demand")
    said = run(archive, later, "softens", earlier, "wrong", "--by", "A. Reader", verb="ledger link")
    assert said.startswith("Entered: ") and "softens “We demand of the Ministry" in said
    name = said.split()[1]
    assert "0 links" in run(archive, "--act", "request", "--links")
    assert "0 orphans, 0 contradictions." in run(archive, verb="ledger check")
    run(archive, name, "--by", "A. Reader", verb="ledger withdraw")
    assert "1 link, 0 of them judged" in run(archive, "--act", "request", "--links")


@pytest.mark.parametrize(
    ("ends", "verdict", "said"),
    [
        (("request", "demand"), "maybe", "Say one of: correct, wrong, unsure."),
        (("request", "demand"), "replace", "Say one of: correct, wrong, unsure."),
        (("demand", "request"), "correct", "Name the later act first."),
    ],
)
def test_a_link_that_cannot_be_is_refused(
    archive: Path, places: Places, ends: tuple[str, str], verdict: str, said: str
) -> None:
    later, earlier = (row_of(places, act) for act in ends)
    assert said in run(archive, later, "softens", earlier, verdict, "--by", "A. Reader", verb="ledger link", code=4)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--party", "Docker Union of Velna"], 4, 'Is one of these meant: "Velna Dockers\' Union"'),
        (["--act", "sing"], 4, "There is no act 'sing'. Take one of: all, assertive"),
        (["--since", "May"], 4, "'since': 'May' is not a date in EDTF"),
        (["--since", "2024", "--until", "2023"], 4, "before it begins"),
        (["--limit", "0"], 2, "--limit"),
        (["--json", "--csv"], 2, "--json or --csv, not both"),
    ],
)
def test_errors_teach(archive: Path, words: list[str], code: int, said: str) -> None:
    assert said in run(archive, *words, code=code)
