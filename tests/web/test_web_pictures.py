"""Pages of PDFs as pictures: at the right place in the text, within limits, and by a program that may die."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import web_pile as pile
from PIL import Image
from reportlab.pdfgen import canvas

from onrecord.archive import Archive
from onrecord.errors import NotFound, Unreadable
from onrecord.ingest import pagepicture
from onrecord.web import pictures
from onrecord.web.pictures import Pictures

PAGES = ("The ferry waits at the first lock.", "The pilots met at the second lock.", "Nobody came to the third.")


def written(path: Path, size: tuple[float, float] = (595, 842), pages: tuple[str, ...] = PAGES) -> Path:
    made = canvas.Canvas(str(path), pagesize=size)
    for words in pages:
        made.drawString(72, size[1] - 72, words)
        made.showPage()
    made.save()
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "pile").mkdir()
    written(folder / "pile" / "lock.pdf")
    written(folder / "pile" / "huge.pdf", (14_000, 14_000), ("A very large page.",))
    (folder / "pile" / "note.txt").write_text("A note is no PDF.", "utf8")
    with Archive.open(folder / "a.onrecord", create=True) as archive:
        archive.build([folder / "pile"], jobs=1)
        ids = {record.capture.source.rsplit("/", 1)[-1]: record.id for record in archive.records()}
        with pile.served(archive) as address, httpx.Client(base_url=address) as client:
            yield client, ids


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_is_a_picture(site: tuple[httpx.Client, dict[str, str]], number: int) -> None:
    client, ids = site
    answer = client.get(f"/d/{ids['lock.pdf']}/page/{number}.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.width == pytest.approx(pagepicture.WIDTH, abs=2)


@pytest.mark.parametrize(
    ("name", "number", "status"),
    [("lock.pdf", "4", 404), ("lock.pdf", "0", 404), ("lock.pdf", "-1", 404), ("lock.pdf", "x", 404),
     ("lock.pdf", "9" * 30, 404), ("note.txt", "1", 404)],
)  # fmt: skip
def test_no_such_page(site: tuple[httpx.Client, dict[str, str]], name: str, number: str, status: int) -> None:
    client, ids = site
    assert client.get(f"/d/{ids[name]}/page/{number}.png").status_code == status


def test_a_huge_page_stays_within_the_limit(site: tuple[httpx.Client, dict[str, str]]) -> None:
    client, ids = site
    with Image.open(io.BytesIO(client.get(f"/d/{ids['huge.pdf']}/page/1.png").content)) as image:
        assert image.width * image.height <= pagepicture.PIXELS


def test_the_reader_says_where_each_page_begins(site: tuple[httpx.Client, dict[str, str]]) -> None:
    client, ids = site
    page = client.get(f"/d/{ids['lock.pdf']}").text
    text = page.index('class="text"')
    borders = [page.index(f"/page/{number}.png", text) for number in (1, 2, 3)]
    words = [page.index(said, text) for said in PAGES]
    assert sorted(borders + words) == [place for pair in zip(borders, words, strict=True) for place in pair]


def test_borders_are_those_of_the_text_that_was_read(tmp_path: Path) -> None:
    told, _ = pagepicture.answer(pagepicture.Asked(str(written(tmp_path / "a.pdf"))))
    text = "\n\n".join(PAGES)
    assert told.digest == pagepicture.text_digest(text)
    assert told.starts == tuple(text.index(words) for words in PAGES)


async def asked_twice(path: str) -> tuple[object, bytes]:
    drawn = Pictures()
    try:
        await drawn.page(path, 1)
    except Unreadable as error:
        first: object = error.code
    else:
        first = None
    pictures.PROGRAM = (sys.executable, "-m", "onrecord.ingest.pagepicture")
    pictures.SECONDS = 30.0
    try:
        return first, await drawn.page(path, 1)
    finally:
        drawn.close()


@pytest.mark.parametrize(
    "harm", ["import time; time.sleep(60)", "import os; os._exit(3)", "print('nonsense', flush=True)"]
)
def test_what_hangs_or_dies_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    monkeypatch.setattr(pictures, "PROGRAM", (sys.executable, "-c", harm))
    monkeypatch.setattr(pictures, "SECONDS", 1.5)
    first, second = asyncio.run(asked_twice(str(written(tmp_path / "a.pdf"))))
    assert first == "slow"
    assert second.startswith(b"\x89PNG")


def test_a_file_that_is_no_pdf_is_refused_by_the_program(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    assert pagepicture.answer(pagepicture.Asked(str(path), 1))[0].failed
    assert pagepicture.answer(pagepicture.Asked(str(path)))[0].failed
    with pytest.raises(NotFound):
        pagepicture.picture(str(written(tmp_path / "b.pdf")), 9)
