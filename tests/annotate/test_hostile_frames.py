"""Texts that no archivist would send: floods of what the frame's rules look for, and letters that are broken.

Each ends, nothing raises, nothing is invented; where a reader needs to know, a notice says so.
"""

# ruff: noqa: E501  (sample texts are easier to read in one line)

from __future__ import annotations

import pytest
from documents import found, parties

from onrecord.model import Annotations

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."
MEGABYTE = 1_000_000

CHARACTERS = [
    "-",
    ":",
    "(",
    "[",
    '"',
    "“",
    "*",
    ".",
    ",",
    ";",
    "\t",
    "|",
    "1",
    "I",
    "A ",
    "—\n",
    "§",
    "†",
    "و",
    "\u064b",
]
"""What a rule of the frame is triggered by; a megabyte of each."""
NEAR_MATCHES = {
    "a list that never ends": "Harbour Union, ",
    "signed by nobody": "Signed: ",
    "for whom": "For the ",
    "to whom": "To the ",
    "names one a line": "Harbour Union\n",
    "fields of a name": ", Trade and Industry",
    "numbered clauses": "1. ",
    "roman clauses": "II. ",
    "articles": "Article 3 ",
    "questions": "Q: ",
    "turns of a script": "Anna: x\n",
    "dashes that ask": "— x?\n",
    "verses": "  a line of verse\n",
    "citations": "“(a)” ",
    "insertions": "[sic] ",
    "brackets that never close": "(ab – Ed ",
    "columns": "A          B\n",
    "rules and heads": "HARBOUR UNION\n4 May 2024\n\nx\n\n---\n",
    "teasers": "Harbour talks\nThe union said … Read more\n\n",
    "datelines": "Marn, 4 May 2024\n",
    "months": "May ",
    "last last": "last ",
    "the the": "the ",
    "two years ago": "two years ago ",
    "arabic signers": "الموقعون: ",
    "small letters go on": "a line,\n",
}


def sound(text: str, result: Annotations) -> None:
    """Every span lies in the text and every name is a word of it."""
    assert all(0 <= it.start < it.end <= len(text) for it in result.segments)
    for statement in result.statements:
        for party in statement.parties:
            assert all(text[start:end] for start, end in party.spans)
            assert party.name == " ".join(text[slice(*party.spans[0])].split())


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_megabyte_of_one_sign(character: str) -> None:
    text = character * (MEGABYTE // len(character))
    result = found(text)
    sound(text, result)
    assert result.dates[:-1] == ()
    assert not [it for it in result.notices if it.stage in ("segments", "dates", "statements")]


@pytest.mark.parametrize("name", NEAR_MATCHES)
def test_a_flood_of_near_matches(name: str) -> None:
    piece = NEAR_MATCHES[name]
    text = piece * (MEGABYTE // 4 // len(piece))
    sound(text, found(text))


def test_a_line_of_five_megabytes_is_one_paragraph() -> None:
    text = "we ask both sides to wait and " * (5 * MEGABYTE // 30)
    result = found(text)
    assert [it.kind for it in result.segments] == ["body"]
    assert result.statements == ()


def test_a_text_all_in_capitals_keeps_its_frame() -> None:
    text = f"HARBOUR UNION\n\nMARN, 4 MAY 2024\n\nNO SHIP WILL BE UNLOADED\n\n{BODY.upper()}\n\nANNA BRANDT\nSECRETARY-GENERAL\n"
    result = found(text)
    assert [it.kind for it in result.segments] == ["letterhead", "dateline", "headline", "body", "signature"]
    assert parties(text) == [("issuer", "HARBOUR UNION"), ("signatory", "ANNA BRANDT")]


def test_a_list_of_three_thousand_names() -> None:
    names = [
        f"Union of {'bcdfghjklm'[n % 10]}{'aeiou'[n // 10 % 5]}".title()
        + f"{'lmnprst'[n // 50 % 7]}{'aeiou'[n // 350 % 5]}{'dgkvz'[n // 1750 % 5]}an"
        for n in range(3000)
    ]
    text = f"Joint statement on the ferry\n\n{BODY}\n\nSigned by 2,999 organisations:\n" + "\n".join(names)
    result = found(text)
    assert sum(party.role == "signatory" for party in result.statements[0].parties) == len(set(names)) == 3000


def test_empty_brackets_are_nobody() -> None:
    text = f"Statement by ()\n\n[]\n\n{BODY} () []\n\nSigned: (), [], ()\n\n()\n"
    assert parties(text) == []


def test_the_thirty_first_of_february_gives_no_date_and_a_notice() -> None:
    result = found(f"HARBOUR UNION\n\nMarn, 31 February 2024\n\n{BODY}")
    assert [it.role for it in result.dates] == ["captured"]
    assert [it.code for it in result.notices] == ["impossible-date"]


def test_two_letterheads_are_not_mixed() -> None:
    text = f"HARBOUR UNION\nMarn, 4 May 2024\n\nNo ship is unloaded\n\n{BODY}\n\nAnna Brandt\n\n-----\n\nMINISTRY OF FERRIES\nOstrel, 5 May 2024\n\nThe ships will be unloaded\n\n{BODY}\n\nTomas Okell\n"
    result = found(text)
    assert [(it.issued, [party.name for party in it.parties]) for it in result.statements] == [
        ("2024-05-04", ["HARBOUR UNION", "Anna Brandt"]),
        ("2024-05-05", ["MINISTRY OF FERRIES", "Tomas Okell"]),
    ]
    assert [it.code for it in result.notices] == []


WHOLE = f"HARBOUR UNION\nOffice of the Secretary-General\n\nMarn, 4 May 2024\n\nNo ship is unloaded\n\nTo the members of the union:\n\n{BODY}\n\n1. We ask for talks.\n\n2. We ask for bread.\n\nSigned:\n1. Keld Weavers' Council\n2. River Labour Party\n"


@pytest.mark.parametrize("end", range(0, len(WHOLE), 7))
def test_a_file_cut_in_the_middle(end: int) -> None:
    """What stands before the cut is read as it is; nothing that the whole does not have is made up."""
    text = WHOLE[:end]
    result = found(text)
    sound(text, result)
    whole = {(party.role, party.name) for party in found(WHOLE).statements[0].parties}
    last = text.rsplit("\n", 1)[-1]
    for statement in result.statements:
        for party in statement.parties:
            assert (party.role, party.name) in whole or party.name in last
