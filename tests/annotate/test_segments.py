"""Segments: the frame and the body of a text in every layout, as a tree."""

# ruff: noqa: E501  (sample texts are easier to read in one line)

import pytest
from documents import document, found, kinds

from onrecord.annotate import annotate
from onrecord.model import Span

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."

LAYOUTS = [
    (
        "statement",
        f"HARBOUR UNION OF ORSK\nPress office\n\nOrsk, 3 May 2024\n\nStatement on the ferry\n\n{BODY}\n\n{BODY}\n\nDone at Orsk\n\nMara Oru\nGeneral Secretary\n",
        ["letterhead", "dateline", "headline", "body", "body", "closing", "signature"],
    ),
    (
        "windows line ends",
        f"HARBOUR UNION OF ORSK\r\n\r\nStatement on the ferry\r\n\r\n3 May 2024\r\n\r\n{BODY}\r\n\r\nSigned:\r\nMara Oru\r\n",
        ["letterhead", "headline", "dateline", "body", "closing", "signature"],
    ),
    (
        "no blank lines at all",
        f"Statement on the ferry\n3 May 2024\n{BODY}\n{BODY}\nSignatories:\n1. Harbour Union\n2. Delta Front\n",
        ["headline", "dateline", "body", "body", "closing", "signature", "signature"],
    ),
    (
        "news",
        f"Ferry crew freed after talks\nBy Lena Marsh\n\n{BODY}\n\n“We are glad,” said Mara Oru, who leads the harbour workers.\n",
        ["headline", "byline", "body", "body"],
    ),
    (
        "date below",
        f"Joint declaration of the river towns\n\n{BODY}\n\nOrsk, 12 June 2023\n",
        ["headline", "body", "dateline"],
    ),
    (
        "clauses",
        f"Resolution 12\n\nThe Council of the Two Banks,\n\n{BODY}\n\n1. Decides to open the lock;\n\n(a) by day;\n\n(b) by night;\n\n2. Asks the towns to help.\n",
        ["headline", "body", "body", "point", "point", "point", "point"],
    ),
    (
        "address",
        f"Open letter on the ferry\n\nTo the members of the River Council:\n\n{BODY}\n",
        ["headline", "address", "body"],
    ),
    (
        "preface",
        f"Translator's note: The following was published in the town of Orsk.\n\nStatement on the ferry\n\n{BODY}\n",
        ["preface", "headline", "body"],
    ),
    (
        "preface that its writer signs",
        f"Ferry papers\n\nThis sheet was handed out at the lock on Friday. We print it as it was, with the one slip that it has. – M. O.\n\nHARBOUR UNION\n\nStatement on the ferry\n\n{BODY}\n",
        ["headline", "preface", "letterhead", "headline", "body"],
    ),
    (
        "navigation",
        f"Home | About | Contact\nSkip to content\n\nFerry crew freed after talks\n\n{BODY}\n\nAll rights reserved\n",
        ["boilerplate", "boilerplate", "headline", "body", "boilerplate"],
    ),
    (
        "insertion and note",
        f"Statement on the ferry\n\n{BODY}\n\n[The next page of the original is torn.]\n\n{BODY}\n\nNote: the names were checked.\n",
        ["headline", "body", "insertion", "body", "note"],
    ),
    ("arabic clauses", "بيان اتحاد الميناء\n\nأولاً: نطالب بعودة العبارة إلى طاقمها وفتح البوابة.\n\nثانياً: نطالب بفتح البوابة.\n",
     ["headline", "point", "point"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_layouts(name: str, text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in kinds(text)] == expected


def test_lettered_clauses_lie_in_the_numbered_one() -> None:
    text = f"{BODY}\n\n1. Decides:\n\n(a) to wait;\n\n(b) to ask;\n\n2. Thanks the towns.\n"
    points = [it for it in found(text).segments if it.kind == "point"]
    first, a, b, second = points
    assert (a.parent, b.parent, second.parent) == (first.id, first.id, None)
    assert first.end == b.end < second.start


def test_brackets_inside_a_paragraph_are_insertions_of_an_editor() -> None:
    text = f"Statement on the ferry\n\nThe crew [of the ferry] was freed [sic] on Friday, as the union asked [1].\n\n{BODY}\n"
    segments = found(text).segments
    inner = [it for it in segments if it.kind == "insertion"]
    assert [text[it.start : it.end] for it in inner] == ["[of the ferry]", "[sic]"]
    assert {it.parent for it in inner} == {next(it.id for it in segments if it.kind == "body")}


def test_a_quotation_alone_with_its_reference_is_a_citation() -> None:
    text = f"Statement on the ferry\n\n{BODY}\n\n“Who waits for low water never crosses the river.” (Old saying)\n\n{BODY}\n"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "citation", "body"]


def test_stories_of_a_digest_are_items_with_their_titles() -> None:
    story = "The crew of the ferry was freed on Friday after talks in the town of Orsk, the union…\nRead more\n\n"
    text = "".join(f"{title}\n{story}" for title in ("Ferry crew freed", "Lock to reopen soon", "Women march in Orsk"))
    segments = found(text).segments
    items = [it for it in segments if it.kind == "item"]
    assert [it.title for it in items] == ["Ferry crew freed", "Lock to reopen soon", "Women march in Orsk"]
    assert {it.kind for it in segments if it.parent} == {"headline", "body"}
    assert sum(it.kind == "boilerplate" for it in segments) == 3


def test_what_the_format_marks_is_used() -> None:
    text = f"Sign up now\nThe ferry\n\n{BODY}\n\nThe lock\n\n{BODY}\n"
    made = document(
        text,
        headings=(Span(12, 21), Span(text.index("The lock"), text.index("The lock") + 8)),
        boilerplate=(Span(0, 11),),
    )
    assert [it.kind for it in annotate(made).segments] == ["boilerplate", "headline", "body", "headline", "body"]


def test_three_thousand_signatures() -> None:
    names = "\n".join(
        f"{n}. Union of B{'aeiou'[n % 5]}{'klmnrt'[n // 5 % 6]}{'aeiou'[n // 30 % 5]}v{'aeiou'[n // 150 % 5]}nd{'aeiou'[n // 750]}r"
        for n in range(1, 3001)
    )
    result = found(f"Joint statement on the ferry\n\n{BODY}\n\nSignatories:\n{names}\n")
    assert sum(it.kind == "signature" for it in result.segments) == 3000
    assert sum(party.role == "signatory" for party in result.statements[0].parties) == 3000


def test_a_text_in_capitals_and_one_line_stay_whole() -> None:
    assert [kind for kind, _ in kinds(BODY.upper())] == ["body"]
    assert [kind for kind, _ in kinds(f"{BODY} " * 5_000)] == ["body"]
