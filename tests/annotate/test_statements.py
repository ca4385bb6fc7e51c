"""Parties and addressees: who issues, for whom, who signs, to whom; counts compared with lists."""

# ruff: noqa: E501  (sample texts are easier to read in one line)

import pytest
from documents import found, parties

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."

PARTIES = [
    ("by", f"Statement by the Harbour Union\n\n{BODY}", [("issuer", "Harbour Union")]),
    ("issued by", f"Statement on the ferry\n\nIssued by the Harbour Union on 3 May 2024\n\n{BODY}", [("issuer", "Harbour Union")]),
    (
        "for another",
        f"Statement by the Chair of the River Assembly\n\nOn 3 May 2024 the Chair issued the following statement on behalf of the Assembly:\n\n{BODY}",
        [("issuer", "Chair of the River Assembly"), ("on-behalf-of", "Assembly")],
    ),
    (
        "enacting line",
        f"Resolution 12 (2024)\n\nThe Council of the Two Banks,\n\n{BODY}\n\n1. Decides to open the lock.\n",
        [("issuer", "Council of the Two Banks")],
    ),
    (
        "adopted by",
        f"Resolution 12 (2024)\n\nAdopted by the Council of the Two Banks at its 4th meeting, on 3 May 2024\n\n{BODY}\n",
        [("issuer", "Council of the Two Banks")],
    ),
    (
        "letterhead",
        f"HARBOUR UNION\nNo. 12/2024\n\nStatement on the ferry\n\n{BODY}",
        [("issuer", "HARBOUR UNION")],
    ),
    (
        "signed for",
        f"Statement on the ferry\n\n{BODY}\n\nFor the Harbour Union\nMara Oru\n",
        [("issuer", "Harbour Union"), ("signatory", "Mara Oru")],
    ),
    (
        "one a line",
        f"Joint statement\n\n{BODY}\n\nSignatories:\nHarbour Union\nDelta Front (Orsk)\nMinistry of Trade, Industry and Energy\n",
        [
            ("signatory", "Harbour Union"),
            ("signatory", "Delta Front"),
            ("signatory", "Ministry of Trade, Industry and Energy"),
        ],
    ),
    (
        "numbered",
        f"Joint statement\n\n{BODY}\n\nSigned by\n\n1. Harbour Union\n\n2. Front for the Velna – General Command\n",
        [("signatory", "Harbour Union"), ("signatory", "Front for the Velna – General Command")],
    ),
    (
        "in one line",
        f"Joint statement\n\n{BODY}\n\nSigned: Harbour Union, Delta Front and Dockers League.\n",
        [("signatory", "Harbour Union"), ("signatory", "Delta Front"), ("signatory", "Dockers League")],
    ),
    (
        "french",
        "Résolution 12\n\nAdoptée par le Conseil du fleuve à sa 5e séance, le 10 janvier 2020\n\nLe Conseil du fleuve,\n\nRappelant que le bac doit revenir et que l'écluse doit être ouverte pour tous les habitants ;\n",
        [("issuer", "Conseil du fleuve")],
    ),
    (
        "arabic",
        "بيان صادر عن اتحاد الميناء\n\nيعلن اتحاد الميناء أنه لن يوقع على الاتفاق حتى تعود العبارة إلى طاقمها.\n",
        [("issuer", "اتحاد الميناء")],
    ),
    ("a report is its outlet's", "Orsk Post\nFerry crew freed after talks\nBy Lena Marsh\n\nThe union said that the ferry was free.\n\nShe said so.\n", [("issuer", "Orsk Post")]),
    ("a press release is no issuer", "COMMUNIQUÉ DE PRESSE\n\nNous demandons que le bac soit rendu à son équipage et que l'écluse soit ouverte.\n", []),
]  # fmt: skip

ADDRESSED = [
    ("To the members of the River Council:", ["members of the River Council"]),
    ("O people of Orsk,", ["people of Orsk"]),
    ("Dear friends,", ["friends"]),
]


@pytest.mark.parametrize(("name", "text", "expected"), PARTIES, ids=[row[0] for row in PARTIES])
def test_parties(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert parties(text) == expected


@pytest.mark.parametrize(("line", "expected"), ADDRESSED)
def test_addressees(line: str, expected: list[str]) -> None:
    text = f"Open letter\n\n{line}\n\n{BODY}"
    (statement,) = found(text).statements
    assert [it.name for it in statement.addressees] == expected
    assert all(text[start:end] == it.name for it in statement.addressees for start, end in it.spans)


def test_a_party_is_the_entity_that_its_words_mention() -> None:
    text = f"Statement by the Harbour Union\n\n{BODY} The Harbour Union said so.\n"
    result = found(text)
    (party,) = result.statements[0].parties
    names = {entity.id: entity.name for entity in result.entities}
    assert party.entity is not None and names[party.entity] == "Harbour Union"


COUNTS = [
    ("three organisations", 3, False),
    ("thirteen organisations", 3, True),
    ("12 signatories", 3, True),
    ("thirteen river towns and their organisations", 3, False),
]


@pytest.mark.parametrize(("counted", "listed", "wrong"), COUNTS)
def test_a_stated_count_is_compared_with_the_list(counted: str, listed: int, wrong: bool) -> None:
    names = ["Harbour Union", "Delta Front", "Dockers League"][:listed]
    text = f"Joint statement\n\nWe, the undersigned {counted}, ask that the ferry be given back.\n\nSignatories:\n"
    text += "\n".join(names)
    notices = [it for it in found(text).notices if it.code == "count-mismatch"]
    assert bool(notices) == wrong
    for notice in notices:
        assert [text[start:end] for start, end in notice.spans] == [counted, "\n".join(names)]


def test_the_statement_carries_the_date_of_issue_only() -> None:
    text = f"Statement by the Harbour Union\n\n{BODY}"
    assert found(text, published="2024-05-04").statements[0].issued is None
    assert found(f"{text}\n\nOrsk, 3 May 2024").statements[0].issued == "2024-05-03"


@pytest.mark.parametrize("count", [3, 40, 190])
def test_every_sponsor_of_a_draft_however_many(count: int) -> None:
    names = [f"{first}{last}" for first in ("Orl", "Kel", "Var", "Sen", "Mol") for last in
             (f"{a}{b}" for a in ("an", "en", "in", "on", "un", "ar") for b in ("ia", "ora", "eth", "ova", "ela", "ini", "ock"))]  # fmt: skip
    listed = ["Saint Vincent and the Grenadines", "El Salvador", *names][:count]
    line = ", ".join(listed[:-1]) + f" and {listed[-1]}: draft resolution"
    text = f"Basin Council\n\n3 May 2023\n\n{line}\n\nThe Basin Council,\n\nRecalling its resolutions,\n\n1. Decides to meet.\n"
    assert [name for role, name in parties(text, language="en") if role == "sponsor"] == listed
