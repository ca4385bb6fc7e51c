# ruff: noqa: E501 - references stay on one line
"""References: as printed, as precise as known, on one line, and in forms that other programs read."""

from __future__ import annotations

from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from made_records import annotations, documents
from msgspec.structs import replace

from onrecord.export import cite, record
from onrecord.export.reference import reference
from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    Cue,
    DateFact,
    Document,
    Genre,
    Language,
    Party,
    PartyRole,
    Record,
    Rendition,
    Segment,
    Source,
    Span,
    Statement,
    Title,
    Voice,
)

DIGEST = "sha256:" + "ab" * 32
TEXT = "Communiqué No. 14\n\nWe will not leave the gauge. The gauge stays.\n\nSecond notice\n\nNobody crosses."
NAME = {"type": "string"}
NAMES = {
    "type": "array",
    "items": {"type": "object", "properties": {"literal": NAME}, "additionalProperties": False, "minProperties": 1},
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
        },
        "season": {"type": "integer"},
        "circa": {"type": "boolean"},
        "literal": NAME,
    },
    "additionalProperties": False,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": NAME,
            "type": {"enum": ["article-newspaper", "document", "interview", "speech"]},
            **dict.fromkeys(["author", "translator"], NAMES),
            **dict.fromkeys(["issued", "available-date", "accessed"], DATE),
            **dict.fromkeys(
                [
                    "title",
                    "container-title",
                    "publisher",
                    "URL",
                    "genre",
                    "language",
                    "archive",
                    "archive_location",
                    "call-number",
                    "annote",
                ],
                NAME,
            ),
        },
    },
}
"""The parts of CSL 1.0.2's csl-data.json that an item of ours may have: the same keys, each as there or narrower."""


def notice(
    *parties: tuple[PartyRole, str],
    title: str | None = "Communiqué No. 14",
    issued: str | None = "2023-10-04",
    genre: Genre = "statement",
    **capture: Any,
) -> Record:
    statement = Statement("st1", None, genre, issued, tuple(Party(role, None, name, ()) for role, name in parties))
    known = {"publisher": "Velna Papers", "captured_at": "2026-11-21T04:00:00Z"} | capture
    taken = Capture(digest=DIGEST, size=9, media_type="text/plain", source="a.txt", **known)
    document = Document(id="d1", capture=taken, text=TEXT, rendition=Rendition("plain", "1"))
    found = Annotations(
        title=None if title is None else Title(title),
        languages=(Language("en", 0, len(TEXT)),),
        statements=(statement,),
        genre=genre,
    )
    return record(document, found)


GUARD: tuple[PartyRole, str] = ("issuer", "Hill Guard")
KEPT = f"accessed November 21, 2026, archived as /d/d1 ({DIGEST})."


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (notice(GUARD), f"Hill Guard, “Communiqué No. 14,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(GUARD, ("signatory", "Josef Sorel"), publisher=None), f"Hill Guard, “Communiqué No. 14,” October 4, 2023, {KEPT}"),
        (notice(GUARD, publisher="HILL GUARD"), f"Hill Guard, “Communiqué No. 14,” October 4, 2023, {KEPT}"),
        (notice(GUARD, published="2023-10-05"), f"Hill Guard, “Communiqué No. 14,” October 4, 2023, published by Velna Papers, October 5, 2023, {KEPT}"),
        (notice(GUARD, issued=None), f"Hill Guard, “Communiqué No. 14,” n.d., Velna Papers, {KEPT}"),
        (notice(issued=None, genre="report", published="2023-06"), f"“Communiqué No. 14,” n.d., published by Velna Papers, June 2023, {KEPT}"),
        (notice(("signatory", "A. Tor"), ("signatory", "B. Ko")), f"A. Tor and B. Ko, “Communiqué No. 14,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(*(("signatory", f"P{n}") for n in range(4))), f"P0 et al., “Communiqué No. 14,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(title="Who said “no”?"), f"“Who said ‘no’?,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(title=None), f"untitled statement beginning “Communiqué No. 14 We will not leave the gauge. The gauge …,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(url="https://velna.example/14"), "“Communiqué No. 14,” October 4, 2023, Velna Papers, accessed November 21, 2026, https://velna.example/14, " + KEPT.split(", ", 2)[2]),
        (notice(url="javascript:alert(1)"), f"“Communiqué No. 14,” October 4, 2023, Velna Papers, {KEPT}"),
        (notice(title="\u202eto\nER  - all"), f"“to ER - all,” October 4, 2023, Velna Papers, {KEPT}"),
    ],
)  # fmt: skip
def test_a_note_says_what_is_known_and_no_more(one: Record, expected: str) -> None:
    assert cite.note(reference(one)) == expected


def test_an_entry_of_a_bibliography() -> None:
    many = reference(notice(*(("signatory", f"Party {n}") for n in range(11)), title="Why?", url="http://a.example/x"))
    assert cite.bibliography(many) == (
        "Party 0, Party 1, Party 2, Party 3, Party 4, Party 5, Party 6 et al. “Why?” October 4, 2023. Velna Papers. "
        f"Accessed November 21, 2026. http://a.example/x. Archived as /d/d1 ({DIGEST})."
    )
    unknown = reference(notice(GUARD, title="Notice.", issued=None))
    assert cite.bibliography(unknown).startswith("Hill Guard. “Notice.” N.d. Velna Papers. ")


@pytest.mark.parametrize(
    ("edtf", "words", "csl", "ris"),
    [
        ("2023", "2023", {"date-parts": [[2023]]}, "2023///"),
        ("2023-10", "October 2023", {"date-parts": [[2023, 10]]}, "2023/10//"),
        ("2023-10-04", "October 4, 2023", {"date-parts": [[2023, 10, 4]]}, "2023/10/04/"),
        ("2023-10-04T05:00Z", "October 4, 2023", {"date-parts": [[2023, 10, 4]]}, "2023/10/04/"),
        ("2023?", "[2023?]", {"date-parts": [[2023]], "circa": True}, "2023///2023?"),
        ("2023-10~", "ca. October 2023", {"date-parts": [[2023, 10]], "circa": True}, "2023/10//2023-10~"),
        ("2023%", "[ca. 2023?]", {"date-parts": [[2023]], "circa": True}, "2023///2023%"),
        ("2024-21", "Spring 2024", {"date-parts": [[2024]], "season": 1}, "2024///2024-21"),
        ("2023-10-01/2023-10-07", "October 1, 2023 – October 7, 2023", {"date-parts": [[2023, 10, 1], [2023, 10, 7]]}, "2023///2023-10-01 – 2023-10-07"),
        ("2023/..", "2023 – open", {"literal": "2023 – open"}, "2023///2023 – .."),
        ("199X", "199X", {"literal": "199X"}, "///199X"),
        ("2024-W41", "2024-W41", {"literal": "2024-W41"}, "2024///2024-W41"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_its_source(edtf: str, words: str, csl: dict[str, Any], ris: str) -> None:
    assert (cite.spoken(edtf), cite.csl_date(edtf), cite.ris_date(edtf)) == (words, csl, ris)


def test_csl_says_it_in_its_own_fields() -> None:
    one = notice(GUARD, genre="speech", published="2023-10-05", url="https://velna.example/14")
    (item,) = msgspec.json.decode(cite.csl_json(reference(one, Span(19, 46))))
    assert item == {
        "id": "d1-19-46",
        "type": "speech",
        "title": "Communiqué No. 14",
        "author": [{"literal": "Hill Guard"}],
        "publisher": "Velna Papers",
        "issued": {"date-parts": [[2023, 10, 4]]},
        "available-date": {"date-parts": [[2023, 10, 5]]},
        "accessed": {"date-parts": [[2026, 11, 21]]},
        "URL": "https://velna.example/14",
        "genre": "speech",
        "language": "en",
        "archive": "onrecord",
        "archive_location": "/d/d1/19-46",
        "call-number": DIGEST,
        "annote": "We will not leave the gauge",
    }


def test_ris_is_read_line_by_line() -> None:
    said = cite.ris(reference(notice(GUARD, published="2023-10-05"), Span(0, 46)))
    assert said.endswith("\r\nER  - \r\n") and said.startswith("TY  - GEN\r\n")
    fields = [tuple(line.split("  - ", 1)) for line in said.split("\r\n")[:-2]]
    assert {
        "AU": "Hill Guard",
        "DA": "2023/10/04/",
        "Y2": "2026/11/21/",
        "AN": DIGEST,
        "AV": "/d/d1/0-46",
    }.items() <= dict(fields).items()
    assert dict(fields)["N1"] == "“Communiqué No. 14 We will not leave the gauge” (/d/d1/0-46)"


def test_a_passage_of_a_digest_is_its_own_statements() -> None:
    cut = TEXT.index("Second notice")
    said = Attribution(
        "a1",
        "direct",
        Source((), None),
        None,
        Cue((Span(cut + 15, cut + 30),)),
        None,
        (Voice("translator", "Odile Marsh"),),
        "r",
        1.0,
    )
    other = replace(said, content=Cue((Span(0, 5),)), voices=(Voice("translator", "Tobias Wren"),))
    parts = (Segment("g1", "item", 0, cut), Segment("g2", "item", cut, len(TEXT), None, "Second notice"))
    statements = tuple(
        Statement(f"st{n}", f"g{n}", "statement", day, (Party("issuer", None, name, ()),))
        for n, day, name in ((1, "2024-01-01", "Hill Guard"), (2, "2024-01-02", "Keld Weavers"))
    )  # fmt: skip
    digest = replace(
        notice(title="The week", genre="digest", issued=None), segments=parts, statements=statements,
        attributions=(said, other), dates=(DateFact("issued", "2024-01-03", (), "r", 1.0),),
    )  # fmt: skip
    inner = reference(digest, Span(cut + 15, cut + 30))
    assert cite.note(inner) == (
        "Keld Weavers, “Second notice,” in “The week,” trans. Odile Marsh, January 2, 2024, Velna Papers, accessed "
        f"November 21, 2026, archived as /d/d1/{cut + 15}-{cut + 30} ({DIGEST})."
    )
    whole = reference(digest)
    assert (whole.authors, whole.issued, whole.title, whole.container) == ((), "2024-01-03", "The week", None)
    assert whole.translators == ("Odile Marsh", "Tobias Wren")
    assert reference(digest, Span(0, len(TEXT))).authors == ()


def test_copy_with_reference_gives_the_words_as_they_are() -> None:
    of = reference(notice(GUARD), Span(0, 46))
    assert cite.quoted(of) == f"{TEXT[:46]}\n\n{cite.note(of)}"
    assert cite.quoted(reference(notice(GUARD))) is None


@settings(max_examples=60)
@given(documents, annotations)
def test_any_record_gives_references_that_hold_together(document: Document, facts: Annotations) -> None:
    one = record(document, facts)
    passage = Span(0, 1) if one.text else None
    for of in (reference(one), reference(one, passage)):
        jsonschema.validate(msgspec.json.decode(cite.csl_json(of)), CSL)
        lines = cite.ris(of).split("\r\n")
        assert all(line[2:6] == "  - " for line in lines[:-1]) and lines[-2:] == ["ER  - ", ""]
        for said in (cite.note(of), cite.bibliography(of)):
            assert said.endswith(".") and said == " ".join(said.split())
