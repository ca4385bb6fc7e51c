"""Dates of the document: role, rule and evidence; conflicts shown; publication never taken for issue."""

# ruff: noqa: E501  (sample texts are easier to read in one line)

import pytest
from documents import dates, found

from onrecord.annotate.dates import file_name_date

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."

DATED = [
    ("letterhead", f"HARBOUR UNION\n\n3 May 2024\n\n{BODY}", [("issued", "2024-05-03", "letterhead-date")]),
    ("place and date", f"Statement\n\nOrsk, 3 May 2024\n\n{BODY}", [("issued", "2024-05-03", "letterhead-date")]),
    ("closing", f"Statement\n\n{BODY}\n\nOrsk, 12 June 2023", [("issued", "2023-06-12", "closing-date")]),
    ("done at", f"Statement\n\n{BODY}\n\nDone at Orsk on 12 June 2023", [("issued", "2023-06-12", "dated-on")]),
    ("month only", f"HARBOUR UNION\n\nMay 2024\n\n{BODY}", [("issued", "2024-05", "letterhead-date")]),
    (
        "dateline",
        f"Ferry crew freed\n\nORSK, 3 May 2024 (River News) — {BODY}",
        [("issued", "2024-05-03", "dateline")],
    ),
    (
        "adopted beats the letterhead",
        f"River Assembly\n\n17 October 2022\n\nResolution 12\n\nAdopted by the River Assembly at its 6th meeting, on 7 October 2022\n\nThe River Assembly,\n\n{BODY}",
        [("issued", "2022-10-07", "adopted-on"), ("published", "2022-10-17", "letterhead-date")],
    ),
    (
        "meeting",
        f"Statement by the Chair\n\nAt its 41st meeting, held on 5 May 2023, the Assembly of the Two Banks heard the towns.\n\n{BODY}",
        [("held", "2023-05-05", "held-on")],
    ),
    (
        "spoken at a meeting",
        "Statement by the Chair\n\nAt the 41st meeting, held on 5 May 2023, the Chair made the following statement on behalf of the Assembly:\n\n"
        + BODY,
        [("issued", "2023-05-05", "spoken-on")],
    ),
    (
        "french",
        "Communiqué\n\nLe conseil des villes du fleuve demande que le bac soit rendu à son équipage dans les jours qui viennent.\n\nFait à Orsk, le 1er mai 2024",
        [("issued", "2024-05-01", "dated-on")],
    ),
    (
        "spanish",
        "Declaración\n\nAprobada por el Consejo del Río en su 5ª sesión, celebrada el 10 de enero de 2020\n\nEl Consejo del Río,\n\nRecordando que la barca debe volver con su tripulación y que la esclusa debe abrirse para todas las ciudades;",
        [("issued", "2020-01-10", "adopted-on")],
    ),
    (
        "arabic",
        "بيان صادر عن اتحاد الميناء\n\nأورسك، ٣ أيار/مايو ٢٠٢٤\n\nإن اتحاد الميناء يعلن أنه لن يوقع على الاتفاق حتى تعود العبارة إلى طاقمها.",
        [("issued", "2024-05-03", "letterhead-date")],
    ),
    ("only spoken of", f"Statement\n\n{BODY} It was taken on 3 May 2024 by night.", []),
    ("none", BODY, []),
]


@pytest.mark.parametrize(("name", "text", "expected"), DATED, ids=[row[0] for row in DATED])
def test_from_the_text(name: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert dates(text) == expected


def test_evidence_is_the_date_itself() -> None:
    text = f"HARBOUR UNION\n\nOrsk, 3 May 2024\n\n{BODY}"
    (issued, captured) = found(text).dates
    assert [text[start:end] for start, end in issued.spans] == ["3 May 2024"]
    assert (captured.role, captured.value, captured.spans) == ("captured", "2025-01-02T03:04:05Z", ())


def test_publication_is_never_taken_for_issue() -> None:
    assert dates(BODY, published="2024-06-01") == [("published", "2024-06-01", "given")]
    assert dates(BODY, format_published="2024-06") == [("published", "2024-06", "format")]
    assert dates(BODY, published="2024-06-01", format_published="2023") == [("published", "2024-06-01", "given")]


def test_an_unreadable_given_date_is_left_out_with_a_notice() -> None:
    result = found(BODY, format_published="yesterday-ish")
    assert [it.role for it in result.dates] == ["captured"]
    assert [(it.code, "EDTF" in it.message) for it in result.notices] == [("unreadable-date", True)]


def test_conflicting_dates_are_shown() -> None:
    text = f"HARBOUR UNION\n\n3 May 2024\n\n{BODY}\n\nDone at Orsk on 12 June 2023"
    result = found(text)
    assert [(it.role, it.value) for it in result.dates[:2]] == [("issued", "2023-06-12"), ("issued", "2024-05-03")]
    both = found(f"HARBOUR UNION\n\n3 May 2024\n\n{BODY}\n\nOrsk, 12 June 2023")
    assert [it.value for it in both.dates if it.role == "issued"] == ["2024-05-03", "2023-06-12"]
    (notice,) = [it for it in both.notices if it.code == "date-conflict"]
    assert len(notice.spans) == 2


def test_a_day_that_does_not_exist_gives_no_date() -> None:
    result = found(f"HARBOUR UNION\n\n31 February 2024\n\n{BODY}")
    assert [it.role for it in result.dates] == ["captured"]
    assert [it.code for it in result.notices] == ["impossible-date"]


NAMED = [
    ("APW20240503.0001.txt", "2024-05-03"),
    ("letters/2024-05-03_harbour.txt", "2024-05-03"),
    ("2024_05_03.txt", "2024-05-03"),
    ("20240503-20240601.txt", None),
    ("2024-05.txt", None),
    ("00210503.txt", None),
    ("2024-05-03/harbour.txt", None),
    ("202405031.txt", None),
]


@pytest.mark.parametrize(("source", "day"), NAMED)
def test_day_in_the_file_name(source: str, day: str | None) -> None:
    assert file_name_date(source) == day


def test_a_report_is_issued_on_its_own_date() -> None:
    text = f"Ferry crew freed\n\nBy Mara Oru\n\nORSK, 3 May 2024 (River News) — {BODY} “It is back,” said the captain."
    assert dates(text) == [("issued", "2024-05-03", "dateline")]
