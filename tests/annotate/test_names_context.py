"""Names told by what stands around them: kinds of context a row each, in five languages."""

import pytest
from annotated import named

PERSON, BODY, PLACE, EVENT = "person", "organization", "place", "event"

ENGLISH = [
    # Places by prepositions, datelines, coordination, heads.
    ("The bakers of Orsk gave bread.", {("Orsk", PLACE)}),
    ("The ferry to Orsk is late.", {("Orsk", PLACE)}),
    ("Boats from Orsk lay there.", {("Orsk", PLACE)}),
    ("They moored off Orsk.", {("Orsk", PLACE)}),
    ("It runs between Orsk and Lunde.", {("Orsk", PLACE), ("Lunde", PLACE)}),
    ("They met in Orsk, Lunde and Vell.", {("Orsk", PLACE), ("Lunde", PLACE), ("Vell", PLACE)}),
    ("They drifted into the Velna at dawn.", {("Velna", PLACE)}),
    ("The mouth of the Velna froze.", {("Velna", PLACE)}),
    ("Orsk, Tuesday, 3rd of May 2022\nThe boats left.", {("Orsk", PLACE)}),
    ("ORSK, 3 May 2022\nThe boats left.", {("ORSK", PLACE)}),
    ("Orsk, 22 Sept 2022\nThe boats left.", {("Orsk", PLACE)}),
    ("Secretariat, Orsk\n\nThe boats left.", {("Orsk", PLACE)}),
    ("They met at Alder Ford.", {("Alder Ford", PLACE)}),
    ("The way to Alder Ford is dry.", {("Alder Ford", PLACE)}),
    ("The boatmen of Alder Ford came.", {("Alder Ford", PLACE)}),
    ("Stalls stood along the Tanner Lane.", {("Tanner Lane", PLACE)}),
    ("Rain fell on Wadi al-Tin again.", {("Wadi al-Tin", PLACE)}),
    ("Nets dried on Herring Quay.", {("Herring Quay", PLACE)}),
    # ... and persons that such words do not make places.
    ("We met Mira Ford there.", {("Mira Ford", PERSON)}),
    ("A letter to Mira Kessan came.", {("Mira Kessan", PERSON)}),
    ("A letter from Mira Kessan came.", {("Mira Kessan", PERSON)}),
    ("Trust in Mira Kessan grew. Then Mira Kessan said so. We saw Mira Kessan.", {("Mira Kessan", PERSON)}),
    # Bodies alone, with fields, in capitals, in columns, in another language.
    ("They wrote to the Ministry again.", {("Ministry", BODY)}),
    ("The Orsk Council met. The Council's seal broke.", {("Orsk Council", BODY), ("Council", BODY)}),
    ("ORSK COUNCIL\n\nOn Monday the Council met.", {("ORSK COUNCIL", BODY), ("Council", BODY)}),
    ("MINISTRY OF MINES, FORESTS AND MILLS\n\nThe pits flooded.", {("MINISTRY OF MINES, FORESTS AND MILLS", BODY)}),
    ("ORSK ROPERS' UNION\n\nThe rope tore.", {("ORSK ROPERS' UNION", BODY)}),
    ("Guild of Coopers, Dyers and Smiths\n\nIt rained.", {("Guild of Coopers, Dyers and Smiths", BODY)}),
    ("They left the Guild of Smiths, Mira Kessan and Karl Dorr.",
     {("Guild of Smiths", BODY), ("Mira Kessan", PERSON), ("Karl Dorr", PERSON)}),
    ("They are of the Union of Ropers in Lunde.", {("Union of Ropers", BODY), ("Lunde", PLACE)}),
    ("Ropers' Guild of Orsk          Smiths' Assembly of Lunde\n\nIt rained.",
     {("Ropers' Guild of Orsk", BODY), ("Smiths' Assembly of Lunde", BODY)}),
    ("The Orsk Guard (hereinafter “the Guard”) came.", {("Orsk Guard", BODY), ("Guard", BODY)}),
    ("Orsk Labour Party (OLP)\n\nIt rained.", {("Orsk Labour Party", BODY), ("OLP", BODY)}),
    ("They read Le Phare de Velna daily.", {("Le Phare de Velna", BODY)}),
    ("We asked the Syndicat des marins de Velna.", {("Syndicat des marins de Velna", BODY)}),
    ("Fighters of Liwa al-Tilal left.", {("Liwa al-Tilal", BODY)}),
    # Persons in bylines, labels, apposition, with a note inside.
    ("Ferries Stop Once Again\nBy Mira Kessan and Karl Dorr\n\nThe boats are late.",
     {("Mira Kessan", PERSON), ("Karl Dorr", PERSON)}),
    ("The Orsk Council met.\n\nFor the Council: Mira Kessan, President",
     {("Orsk Council", BODY), ("Council", BODY), ("Mira Kessan", PERSON)}),
    ("They quoted Mira [sic] Kessan at length.", {("Mira [sic] Kessan", PERSON)}),
    # Events.
    ("They ended the ropers' strike then.", {("ropers' strike", EVENT)}),
    ("The Autumn Accord holds. This Accord is good.", {("Autumn Accord", EVENT), ("Accord", EVENT)}),
    ("THE AUTUMN ACCORD\n\nThe boats may leave.", {("AUTUMN ACCORD", EVENT)}),
    # No names, or nothing that vouches for one.
    ("They read the Golden Almanac there.", set()),
    ("They spoke on the Role of ropers.", set()),
    ("The pit was Ruin. Then Ruin is what they saw.", set()),
    ("II. Nothing was said.\n3. Nobody came.\nArticle 8 holds. See Paragraph 4 of it.", set()),
    ("The Parties agreed. The Signatories left.", set()),
    ("2. Confirms Mira Kessan as its head.", {("Mira Kessan", PERSON)}),
]  # fmt: skip
OTHERS = [
    ("fr", "Hier, le ministère de l'Eau, des Mines et des Ponts a parlé.",
     {("ministère de l'Eau, des Mines et des Ponts", BODY)}),
    ("fr", "Nous invitons la Commission mixte de contrôle à venir.", {("Commission mixte de contrôle", BODY)}),
    ("fr", "Hier, la Police portuaire a parlé.", {("Police portuaire", BODY)}),
    ("fr", "Hier, la Police explique son retard.", {("Police", BODY)}),
    ("fr", "Ils ont saisi le Conseil.", {("Conseil", BODY)}),
    ("fr", "Ils vivent au quai des Cordiers.", {("quai des Cordiers", PLACE)}),
    ("fr", "Orsk, le mercredi 28 février 2022\nIl pleut.", {("Orsk", PLACE)}),
    ("fr", "Il prie le Groupe d’experts de consulter les siens.", {("Groupe d’experts", BODY)}),
    ("fr", "Voir le Chapitre VII. Selon l’Article 41, non.", set()),
    ("fr", "I. Nous demandons. II. Nous attendons.", set()),
    ("es", "Habló el Ministerio de Minas, Bosques y Molinos.", {("Ministerio de Minas, Bosques y Molinos", BODY)}),
    ("es", "Acusó al Ministerio de haberlo perdido.", {("Ministerio", BODY)}),
    ("es", "Según la Agencia de Noticias de la Sierra, llueve.", {("Agencia de Noticias de la Sierra", BODY)}),
    ("es", "Vive en el muelle de San Bruno.", {("muelle de San Bruno", PLACE)}),
    ("es", "Aprobada por 118 votos a favor.", set()),
    ("ar", "قالت وزارة المناجم والغابات والطواحين ذلك", {("وزارة المناجم والغابات والطواحين", BODY)}),
    ("ar", "قالت وزارة المناجم والرئيس ذلك", {("وزارة المناجم", BODY)}),
    ("ar", "اجتمعت لجنة التلال أمس. ورفضت اللجنة ذلك", {("لجنة التلال", BODY), ("اللجنة", BODY)}),
    ("ar", "قالت وكالة أنباء التلال ذلك", {("وكالة أنباء التلال", BODY)}),
    ("ar", "قال رئيس لجنة التلال سمير النجار ذلك. وقال النجار ذلك",
     {("لجنة التلال", BODY), ("سمير النجار", PERSON), ("النجار", PERSON)}),
    ("ar", "سمير النجار، رئيس البلدية، قال ذلك", {("سمير النجار", PERSON)}),
    ("ar", "عبروا جسر التين أمس", {("جسر التين", PLACE)}),
    ("ar", "عبروا جسر قديم أمس", set()),
    ("ar", "شكرنا أهل فيلنا أمس", {("فيلنا", PLACE)}),
    ("ar", "وقعوا اتفاق الخريف أمس", {("اتفاق الخريف", EVENT)}),
    ("ar", "عقدوا لجنة تحقيق أمس", set()),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), [*(("en", *case) for case in ENGLISH), *OTHERS])
def test_names_by_what_stands_around_them(language: str, text: str, wanted: set[tuple[str, str]]) -> None:
    mentions, _ = named(text, language)
    assert {(text[m.start : m.end], m.type) for m in mentions} == wanted


ONE = [
    "ORSK ROPERS' UNION\n\nOn Monday the Orsk Ropers' Union met.",
    "The Ropers' Front met the Ropers' Front of the Upper Velna.",
    "The Committee of the Hills [Lajnat al-Tilal] met.",
    "THE AUTUMN ACCORD\n\nOn Monday the Autumn Accord began. The Accord is good.",
    "Then the Blue Anchor Relief Society came. We saw a driver of the Blue Anchor.",
]
APART = [
    "The Ropers' Front of the Velna met the Ropers' Front of the Velna – General Command.",
    "The Coast Watch met the Coast Watch – General Command.",
    "The al-Tin Relief Brigades met the al-Tin Relief Force.",
    "The Union of Ropers of Orsk met the Union of Smiths of Orsk.",
    "The Ropers' Section (Harbour Workers Union) met.",
]


@pytest.mark.parametrize("text", ONE)
def test_names_that_are_one(text: str) -> None:
    mentions, entities = named(text)
    assert len(mentions) > 1
    assert len({m.entity for m in mentions if m.type != PLACE}) == 1, [entity.names for entity in entities]


@pytest.mark.parametrize("text", APART)
def test_names_that_are_two(text: str) -> None:
    mentions, _ = named(text)
    assert len({m.entity for m in mentions if m.type == BODY}) == 2


def test_the_role_of_a_person_behind_a_title_and_its_body() -> None:
    text = "قال رئيس لجنة التلال سمير النجار ذلك"
    person = next(m for m in named(text, "ar")[0] if m.type == PERSON)
    assert person.role == "رئيس لجنة التلال"


@pytest.mark.parametrize(
    "piece", ["the Ministry said ", "Orsk and ", "Orsk\n", "A. B. ", "Le Phare de Velna ", "II. Nous "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """A hundred kilobytes of one trigger are read, and every mention lies inside the text."""
    text = piece * (100_000 // len(piece))
    assert all(0 <= m.start < m.end <= len(text) for m in named(text)[0])
