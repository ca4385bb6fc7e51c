"""Files over the wire into an archive: names, limits, failures, and what is said of them in the end."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import regex
import web_pile as pile
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parsed_html

from onrecord.archive import Archive
from onrecord.web import sending, uploads
from onrecord.web.imports import SPOOL, imports_of
from onrecord.web.uploads import NAME, RESERVED, free, harmless

LETTER = "Harbour Union\n\nOrsk, 3 May 2024\n\n“We will not sign,” said Anna Brandt."
PATIENCE = 60.0


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that may be added to."""
    folder = tmp_path_factory.mktemp("import")
    (folder / "old.txt").write_text("Orsk, 2 May 2024\n\nThe old letter of the Harbour Union.", "utf8")
    from onrecord.model import Given

    with Archive.open(folder / "own.onrecord", create=True) as archive:
        archive.build([folder / "old.txt"], given=Given(publisher="River Post"))
        yield archive


@pytest.fixture(scope="module")
def door(own: Archive) -> Iterator[httpx.Client]:
    with pile.served(own) as address, httpx.Client(base_url=address, headers={"origin": address}) as client:
        client.post("/name", data={"token": token(client, "/name"), "your-name": "Ana Tor", "next": "/import"})
        yield client


def token(client: httpx.Client, page: str = "/import") -> str:
    return str(parsed_html.document_fromstring(client.get(page).text).xpath("//input[@name='token']/@value")[0])


Files = list[tuple[str, bytes]]


def send(door: httpx.Client, files: Files, **fields: str) -> httpx.Response:
    data = {"token": token(door)} | fields
    return door.post("/import", data=data, files=[("files", (name, BytesIO(content))) for name, content in files])


def finished(own: Archive, answer: httpx.Response) -> Any:
    assert answer.status_code == 303, answer.text
    job = imports_of(own).wait(answer.headers["location"].removeprefix("/import/"), PATIENCE)
    assert job is not None and job.over
    return job


def text(door: httpx.Client, job: Any) -> str:
    return " ".join(
        parsed_html.document_fromstring(door.get(f"/import/{job.id}").text).xpath("//main")[0].text_content().split()
    )


def test_files_become_documents_with_what_is_said_of_them(own: Archive, door: httpx.Client) -> None:
    files = [("letter.txt", LETTER.encode()), ("رسالة.txt", "بيان\n\nقال الناطق إن العبّارة ستبقى.".encode())]
    job = finished(own, send(door, files, publisher="Harbour Bulletin", published="2024-05", note="by hand"))
    assert (job.state, job.done.arrivals.new, job.by) == ("done", 2, "Ana Tor")
    made = {each.source: own.record(each.document) for each in job.done.arrivals.items}
    assert set(made) == {"letter.txt", "رسالة.txt"}
    capture = made["letter.txt"].capture
    assert (capture.source, capture.publisher, capture.published, capture.note) == (
        "letter.txt", "Harbour Bulletin", "2024-05", "by hand",
    )  # fmt: skip
    assert own.original(capture.digest).read_bytes() == LETTER.encode()
    assert made["letter.txt"].attributions
    assert not (own.folder / SPOOL).exists()
    said = text(door, job)
    assert "2 new documents." in said and "letter.txt" in said
    assert door.get("/search", params={"q": "رسالة OR العبارة"}).status_code == 200
    assert (
        "1 document" in door.get("/search", params={"q": '"will not sign"'}).text
    )  # the server's index is the new one


def test_what_is_known_is_not_taken_from_its_place(own: Archive, door: httpx.Client) -> None:
    before = next(one for one in own.records() if one.capture.source == "old.txt")
    old = own.original(before.capture.digest).read_bytes()
    job = finished(own, send(door, [("again.txt", old), ("new.txt", b"Something new of the quay.")], publisher="Other"))
    counts = job.done.arrivals
    assert (counts.new, counts.known, counts.failed) == (1, 1, 0)
    assert own.record(before.id) == before
    assert "Known already" in text(door, job)


def test_failures_and_doubts_come_with_what_to_do(own: Archive, door: httpx.Client) -> None:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as members:
        members.writestr("a/minutes.txt", "Minutes of the lock keepers, 4 June 2024.")
        members.writestr("b/broken.pdf", b"%PDF-1.7\nbroken")
    files = [("bad.pdf", b"%PDF-1.7\nnothing that is one\n%%EOF"), ("empty.txt", b""), ("box.zip", box.getvalue())]
    job = finished(own, send(door, [*files, ("thumbs.db", b"junk")]))
    counts = job.done.arrivals
    assert (counts.new, counts.failed) == (1, 3)
    assert [each.outcome for each in counts.items] == ["failed", "failed", "failed", "new"]
    assert all(each.notices and each.notices[0].message for each in counts.items[:3])
    assert [source for source, _ in job.done.told] == ["thumbs.db"]
    said = text(door, job)
    assert "Not readable 3" in said and "bad.pdf" in said and "box.zip!/b/broken.pdf" in said and "thumbs.db" in said
    assert all(notice.message in said for each in counts.items[:3] for notice in each.notices)
    listed = door.get("/api/v1/imports").json()
    assert listed["failed_total"] >= 3 and listed["jobs"][0]["id"] == job.id
    told = door.get(f"/api/v1/imports/{job.id}").json()
    assert told["done"]["arrivals"]["failed"] == 3
    parts = door.get("/api/v1/openapi.json").json()["components"]
    for name, value in (("Job", told), ("Importing", listed)):
        jsonschema.validate(value, {"$ref": f"#/components/schemas/{name}", "components": parts})


def test_side_cars_and_manifests_speak_of_their_files(own: Archive, door: httpx.Client) -> None:
    files = [("side.txt", b"A letter with a side-car."), ("side.txt.meta.toml", b'publisher = "Said Beside"')]
    job = finished(own, send(door, files))
    (one,) = job.done.arrivals.items
    assert own.record(one.document).capture.publisher == "Said Beside" and job.done.told == ()
    job = finished(own, send(door, [("x.txt", b"words"), ("x.txt.meta.toml", b'published = "soon"')]))
    assert job.state == "failed" and "published" in job.failed.message
    assert job.failed.message.split()[0] in text(door, job)


ODD = [
    ("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("/abs/olute.txt", "olute.txt"),
    ("C:\\fakepath\\letter.txt", "letter.txt"), ("..", "unnamed"), ("...", "unnamed"), (".hidden", "hidden"),
    ("con.txt", "_con.txt"), ("LPT1", "_LPT1"), ("a\x00b\nc.txt", "a_b_c.txt"),
    ("<b>:*?.txt", "_b____.txt"), ("trailing. . ", "trailing"), ("\ud800half.txt", "_half.txt"),
    ("\u202etxt.exe", "_txt.exe"), ("", "unnamed"), ("x" * 400 + ".txt", "x" * (NAME - 4) + ".txt"),
    ("ع" * 300 + ".txt", "ع" * 73 + ".txt"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), ODD, ids=range(len(ODD)))
def test_names_are_made_harmless(said: str, kept: str) -> None:
    assert harmless(said) == kept


@given(st.text(max_size=300))
def test_any_name_is_one_file_in_one_folder(said: str) -> None:
    name = harmless(said)
    assert name and Path(name).name == name and name not in (".", "..") and not name.startswith(".")
    assert len(name.encode()) <= NAME and not regex.search(r"[\p{C}/\\]", name) and not RESERVED.match(name)


def test_names_that_only_a_disk_takes_for_one_are_told_apart() -> None:
    taken: set[str] = set()
    assert [free(name, taken) for name in ("a.txt", "A.TXT", "a.txt", "b", "b")] == [
        "a.txt", "A (2).TXT", "a (3).txt", "b", "b (2)",
    ]  # fmt: skip


def test_odd_names_on_the_wire_land_in_the_archive_only(own: Archive, door: httpx.Client) -> None:
    names = [
        "../../../escaped.txt",
        "/etc/absolute.txt",
        "..\\back.txt",
        "twice.txt",
        "twice.txt",
        "nul.txt",
        "<i>é</i>.txt",
    ]
    job = finished(own, send(door, [(name, f"Letter number {at}.".encode()) for at, name in enumerate(names)]))
    assert sorted(each.source for each in job.done.arrivals.items) == sorted(
        [
            "escaped.txt",
            "absolute.txt",
            "back.txt",
            "twice.txt",
            "twice (2).txt",
            "_nul.txt",
            "i_.txt",
        ]
    )
    assert not list(own.folder.parent.rglob("escaped.txt"))


@pytest.mark.parametrize(
    ("limits", "status", "said"),
    [
        (uploads.Limits(file=100), 413, "larger than can be sent here"),
        (uploads.Limits(request=100), 413, "than can be sent here"),
        (uploads.Limits(files=1), 413, "more files"),
        (uploads.Limits(field=100), 413, "“publisher” is longer"),
    ],
)
def test_limits_are_said_kindly_and_nothing_stays(
    own: Archive, door: httpx.Client, monkeypatch: pytest.MonkeyPatch, limits: uploads.Limits, status: int, said: str
) -> None:
    async def received(request: Any, folder: Path) -> uploads.Upload:
        return await uploads.received(request, folder, limits)

    monkeypatch.setattr(sending, "received", received)
    before = len(imports_of(own).jobs())
    answer = send(door, [("a.txt", b"x" * 500), ("b.txt", b"y")], publisher="River Post" * 20)
    assert (answer.status_code, said in answer.text) == (status, True)
    assert answer.headers["content-type"].startswith("text/html")
    assert not (own.folder / SPOOL).exists() and len(imports_of(own).jobs()) == before


def test_what_cannot_be_said_is_asked_again_with_what_was_typed(own: Archive, door: httpx.Client) -> None:
    answer = send(door, [("a.txt", b"words")], published="soon", publisher="River <Post>")
    page = parsed_html.document_fromstring(answer.text)
    assert answer.status_code == 400 and "EDTF" in page.xpath("//*[@role='alert']")[0].text_content()
    assert page.xpath("//input[@name='publisher']/@value") == ["River <Post>"]
    assert not (own.folder / SPOOL).exists()


def test_nothing_chosen_and_half_a_form(own: Archive, door: httpx.Client) -> None:
    assert send(door, []).status_code in (400, 415)
    assert send(door, [("", b"")]).status_code == 400
    kind = {"content-type": "multipart/form-data; boundary=x", "x-csrf-token": token(door)}
    half = b"--x\r\nContent-Disposition: form-data; name=files; filename=a.txt\r\n\r\nhalf"
    for body in (half, b"nothing of the kind", b"--x--\r\n"):
        assert door.post("/import", content=body, headers=kind).status_code == 400, body
    for kind in ("text/plain", "application/json", "multipart/form-data", "application/x-www-form-urlencoded"):
        headers = {"content-type": kind, "x-csrf-token": token(door)}
        assert door.post("/import", content=b"a=b", headers=headers).status_code in (400, 415), kind
    assert not (own.folder / SPOOL).exists()


def test_imports_queue_and_a_crash_takes_nothing_down(
    own: Archive, door: httpx.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    killer = tmp_path / "killer"
    killer.write_text(
        f"#!{sys.executable}\nimport os, sys\nsys.stdin.readline()\nprint('noise', flush=True)\nos.abort()\n"
    )
    killer.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(killer))
        crashed = finished(own, send(door, [("crash.txt", b"words that crash")]))
    assert crashed.state == "failed" and "ended without a word" in crashed.failed.message
    first, second = (send(door, [(f"{name}.txt", f"Queued {name}".encode())]) for name in ("one", "two"))
    assert [finished(own, each).state for each in (first, second)] == ["done", "done"]
    assert door.get("/").status_code == 200


def test_an_import_can_be_stopped_whether_it_runs_or_waits(
    own: Archive, door: httpx.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The one that runs never ends by itself; the two behind it wait for it."""
    endless = tmp_path / "endless"
    endless.write_text(f"#!{sys.executable}\nimport sys, time\nsys.stdin.readline()\nwhile True: time.sleep(1)\n")
    endless.chmod(0o755)
    queue = imports_of(own)

    def sent(name: str) -> str:
        answer = send(door, [(f"{name}.txt", f"Words to be stopped: {name}.".encode())])
        return answer.headers["location"].rpartition("/")[2]

    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(endless))
        running, waiting, going = sent("running"), sent("waiting"), sent("going")
        assert door.post(f"/import/{waiting}/stop", data={"token": token(door)}).status_code == 303
        assert queue.job(waiting).failed.message.startswith("Ana Tor stopped it before it began")
        while queue.job(running).state == "waiting":
            queue.wait(running, 0.01)
    assert "Stop this import" in door.get(f"/import/{running}").text
    assert door.post(f"/api/v1/imports/{running}/stop", headers={"x-csrf-token": token(door)}).status_code == 200
    assert "Ana Tor stopped it" in queue.wait(running, PATIENCE).failed.message
    assert queue.wait(going, PATIENCE).done.arrivals.new == 1
    assert queue.stop(going, "Bo Lind").state == "done"
    assert "Stop this import" not in door.get(f"/import/{going}").text
    assert door.post("/import/nothing/stop", data={"token": token(door)}).status_code == 404
    assert not (own.folder / SPOOL).exists()


def test_a_container_whose_import_was_stopped_is_gone_on_with(own: Archive, door: httpx.Client) -> None:
    """As if the process had been ended after the first documents: the file is noted with its last one."""
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as written:
        for at in range(3):
            written.writestr(f"{at}.txt", f"Letter {at} of the box, from Orsk.")
    assert finished(own, send(door, [("box.zip", box.getvalue())])).done.arrivals.new == 3
    assert finished(own, send(door, [("box.zip", box.getvalue())])).done.arrivals.known == 3
    digest = f"sha256:{hashlib.sha256(box.getvalue()).hexdigest()}"
    assert len(own.already(digest)) == 3
    with closing(sqlite3.connect(own.folder / "onrecord.sqlite")) as connection, connection:
        connection.execute("DELETE FROM source_files WHERE digest = ?", (digest,))
    assert own.already(digest) == ()


def test_the_api_takes_files_too(own: Archive, door: httpx.Client) -> None:
    headers = {"x-csrf-token": token(door)}
    answer = door.post("/api/v1/imports", files=[("files", ("api.txt", b"Sent by a program."))], headers=headers)
    assert answer.status_code == 200
    job = imports_of(own).wait(answer.json()["id"], PATIENCE)
    assert job and job.done and job.done.arrivals.new == 1
    wrong = door.post(
        "/api/v1/imports", data={"published": "soon"}, files=[("files", ("b.txt", b"b"))], headers=headers
    )
    assert wrong.status_code == 400 and "EDTF" in wrong.json()["error"]["advice"]


def test_who_says_no_name_or_no_token_imports_nothing(own: Archive, door: httpx.Client) -> None:
    before = len(imports_of(own).jobs())
    files = [("files", ("a.txt", b"words"))]
    assert door.post("/import", files=files).status_code == 403
    with httpx.Client(base_url=door.base_url, headers={"origin": str(door.base_url)}) as nobody:
        page = parsed_html.document_fromstring(nobody.get("/import").text)
        assert page.xpath("//main//a/@href")[0] == "/name?next=/import" and not page.xpath("//input[@type='file']")
        data = {"token": token(nobody, "/name")}
        assert nobody.post("/import", data=data, files=files).status_code == 403
        assert nobody.post("/api/v1/imports", data=data, files=files).status_code == 403
    assert len(imports_of(own).jobs()) == before and not (own.folder / SPOOL).exists()


def test_an_unknown_import_is_not_found(door: httpx.Client) -> None:
    assert door.get("/import/nothing").status_code == 404
    assert door.get("/api/v1/imports/nothing").json()["error"]["status"] == 404


def test_the_archive_is_sound_after_all_of_it(own: Archive) -> None:
    assert list(own.verify()) == []
