"""A made-up pile of any size: statements and reports of about 600 words, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PLACES = (
    "Marn",
    "Tolvik",
    "Upper Sarn",
    "Keld",
    "Ostrava Ford",
    "Linden Quay",
    "Brae",
    "Halmsund",
    "Nerin",
    "Vessel Bay",
)
KINDS = (
    "Dockers' Union",
    "Farmers' Council",
    "River Authority",
    "Teachers' Federation",
    "Harbour Board",
    "People's Front",
    "Water Committee",
)
TITLES = ("Secretary-General", "spokesman", "deputy chair", "Minister", "President", "Commander")
FIRST = ("Anna", "Karim", "Josef", "Lena", "Omar", "Ruta", "Tomas", "Ilse", "Nadia", "Piet", "Samir", "Vera")
LAST = (
    "Halvorsen",
    "al-Nuri",
    "Brandt",
    "Okafor",
    "Petrenko",
    "Lindqvist",
    "Moreau",
    "Castel",
    "Haddad",
    "Varga",
    "Sorel",
    "Teller",
)
VERBS = ("said", "told reporters", "announced", "warned", "insisted", "stressed", "acknowledged", "denied", "promised")
CLAIMS = (
    "the crossing at {place} would stay closed until the inspection was over",
    "more than {number} families had left the valley since last spring",
    "no talks had taken place with the {body} about the price of water",
    "the agreement of {day} had been broken twice in a single week",
    "repairs to the lower dam would begin in {month} and last eleven weeks",
    "at least {number} tonnes of grain were waiting in the warehouses of {place}",
    "the ferry timetable would be put before the {body} on Wednesday",
)
PLAIN = (
    "The river rose again overnight and the market at {place} did not open.",
    "Two lorries stood at the gate of the {body} for most of the afternoon.",
    "Prices in {place} have doubled since the beginning of {month}, according to the {body}.",
    "We call upon all parties to return to the table without conditions.",
    "We will not accept a timetable that was written without us.",
    "The {body} condemns the closing of the school at {place} and demands that it be opened again.",
    "Schools, clinics and the post office are to be kept open throughout the winter months.",
    "A delegation of {number} members met the {body} in {place} on {day}.",
)


class Writer:
    """Makes one document after another from one seed."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)

    def body(self) -> str:
        return f"{self.pick.choice(PLACES)} {self.pick.choice(KINDS)}"

    def person(self) -> str:
        return f"{self.pick.choice(FIRST)} {self.pick.choice(LAST)}"

    def fill(self, template: str) -> str:
        day = date(2023, 1, 1) + timedelta(self.pick.randrange(700))
        return template.format(
            place=self.pick.choice(PLACES), body=self.body(), number=self.pick.randrange(3, 900),
            day=f"{day.day} {day:%B %Y}", month=f"{day:%B}",
        )  # fmt: skip

    def sentence(self) -> str:
        roll = self.pick.random()
        claim = self.fill(self.pick.choice(CLAIMS))
        if roll < 0.12:
            speaker = f"{self.person()}, {self.pick.choice(TITLES)} of the {self.body()}"
            return f"“{claim[0].upper()}{claim[1:]},” said {speaker}."
        if roll < 0.25:
            return f"{self.person()} {self.pick.choice(VERBS)} that {claim}."
        return self.fill(self.pick.choice(PLAIN))

    def paragraphs(self, words: int) -> Iterator[str]:
        while words > 0:
            paragraph = " ".join(self.sentence() for _ in range(self.pick.randrange(2, 6)))
            words -= len(paragraph.split())
            yield paragraph

    def document(self, words: int = 600) -> str:
        day = date(2023, 1, 1) + timedelta(self.pick.randrange(700))
        head = [
            self.body().upper(),
            f"Press office\n{self.pick.choice(PLACES)}, {day.day} {day:%B %Y}",
            self.fill("Statement on the water talks in {place}"),
        ]
        tail = [f"Signed:\n{self.body()}\n{self.body()}\n{self.body()}", f"Issued by the press office, {day:%d.%m.%Y}"]
        return "\n\n".join([*head, *self.paragraphs(words - 45), *tail]) + "\n"


def documents(count: int, words: int = 600, seed: int = 7) -> Iterator[str]:
    """`count` different texts of about `words` words."""
    writer = Writer(seed)
    for number in range(count):
        yield f"{writer.document(words)}No. {number}\n"


def write(folder: Path, count: int, words: int = 600) -> None:
    """`count` text files in `folder`, a thousand a sub-folder."""
    for number, text in enumerate(documents(count, words)):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(text, encoding="utf8")
