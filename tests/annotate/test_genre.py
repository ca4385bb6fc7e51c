"""Genres, and what spoke for them."""

# ruff: noqa: E501  (sample texts are easier to read in one line)

import pytest
from documents import document, found

from onrecord.annotate import STAGES, pipeline

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."
NEWS = "The union said on Friday that the ferry was free. Mara Oru told reporters that the crew was well."

GENRES = [
    ("statement", f"Statement by the Harbour Union\n\n{BODY}"),
    ("statement", f"HARBOUR UNION\nPress release\n\nFerry must return\n\n{BODY}"),
    ("statement", f"Joint declaration of the river towns\n\n{BODY}\n\nSigned:\nHarbour Union\nDelta Front\n"),
    ("statement", "Communiqué de presse\n\nLe syndicat demande que le bac soit rendu à son équipage et que l'écluse soit ouverte."),
    ("statement", "بيان صادر عن اتحاد الميناء\n\nيعلن اتحاد الميناء أنه لن يوقع على الاتفاق حتى تعود العبارة إلى طاقمها."),
    ("translation", f"Unofficial translation\n\nStatement by the Harbour Union\n\n{BODY}"),
    ("translation", f"Statement by the Harbour Union\nTranslated by Lena Marsh\n\n{BODY}"),
    ("resolution", "Resolution 12 (2024)\n\nThe Council of the Two Banks,\n\nRecalling its earlier work on the ferry and on the lock of Orsk,\n\n1. Decides to open the lock.\n"),
    ("resolution", "Resolución 12\n\nEl Consejo del Río,\n\nRecordando que la barca debe volver con su tripulación y que la esclusa debe abrirse;\n"),
    ("agreement", f"Agreement between the Harbour Union and the Ministry of Works\n\n{BODY}\n\nArticle 1\n\n{BODY}"),
    ("speech", f"Speech by Mara Oru at the quay of Orsk\n\n{BODY}"),
    ("interview", "Mara Oru on the ferry\n\nQ: What do you want?\n\nA: The ferry.\n\nQ: When?\n\nA: Soon.\n"),
    ("report", f"Ferry crew freed after talks\nBy Lena Marsh\n\n{NEWS}\n\n{NEWS}\n\n{NEWS}"),
    ("digest", "".join(f"{t}\n{NEWS}\nRead more\n\n" for t in ("Ferry crew freed", "Lock to reopen", "Women march"))),
    (None, BODY),
    (None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("genre", "text"), GENRES)
def test_genre(genre: str | None, text: str) -> None:
    result = found(text)
    assert result.genre == genre
    assert [it.genre for it in result.statements if it.segment is None] == ([genre] if genre else [])


def test_signs_are_words_of_the_text() -> None:
    text = f"Joint statement\n\n{BODY}"
    judged = pipeline.run(STAGES, document(text))["judged"]
    assert {sign.span.of(text) for sign in judged.signs} == {"Joint statement"}
