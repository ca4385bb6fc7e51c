"""find: order, metadata beside files, and file systems with surprises in them."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from onrecord.errors import MetadataError, NotFound
from onrecord.ingest import find
from onrecord.model import Given

NOTHING = Given()


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    return root


def sources(*paths: Path) -> list[str]:
    return [offer.source for offer in find(paths, Given())]


def said(root: Path, given: Given = NOTHING) -> dict[str, Given]:
    return {offer.source: offer.given for offer in find([root], given)}


def test_order_and_names(tmp_path):
    write(
        tmp_path,
        {"b/2.txt": "x", "b/10.txt": "x", "a.txt": "x", "c.txt": "x", ".hidden": "x", ".git/x": "x", "Thumbs.db": "x"},
    )
    assert sources(tmp_path) == ["a.txt", "b/10.txt", "b/2.txt", "c.txt"]
    assert sources(tmp_path / "b" / "2.txt") == ["2.txt"]


def test_side_car_outweighs_manifests_and_options(tmp_path):
    write(
        tmp_path,
        {
            "a.txt": "x", "sub/b.txt": "x", "sub/c.txt": "x",
            "manifest.csv": "file,publisher,lang,published\na.txt,Outer,en,2024-05\nsub/b.txt,Outer,,\nsub,,fr,\n",
            "sub/manifest.csv": "path;note\nb.txt;inner\n",
            "sub/b.txt.meta.toml": 'publisher = "Nearest"\npublished = 2024-05-03\n',
        },
    )  # fmt: skip
    found = said(tmp_path, Given(publisher="Option", collector="Ana"))
    assert list(found) == ["a.txt", "sub/b.txt", "sub/c.txt"]
    assert found["a.txt"] == Given(publisher="Outer", language="en", published="2024-05", collector="Ana")
    assert found["sub/b.txt"] == Given(
        publisher="Nearest", language="fr", published="2024-05-03", note="inner", collector="Ana"
    )
    assert found["sub/c.txt"] == Given(publisher="Option", language="fr", collector="Ana")


def test_a_side_car_beside_a_file_that_was_named(tmp_path):
    write(tmp_path, {"a.txt": "x", "a.txt.meta.toml": 'lang = "ar"\n'})
    [offer] = find([tmp_path / "a.txt"], Given())
    assert offer.given.language == "ar"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt.meta.toml", 'publishd = "x"', ["a.txt.meta.toml", "publishd", "publisher"]),
        ("a.txt.meta.toml", 'published = "May 2024"', ["published", "May 2024", "EDTF"]),
        ("a.txt.meta.toml", 'lang = "english language"', ["language", "BCP 47"]),
        ("a.txt.meta.toml", 'url = "no address"', ["url", "https://"]),
        ("a.txt.meta.toml", 'publisher = ["a"]', ["publisher", "list"]),
        ("a.txt.meta.toml", "publisher", ["TOML"]),
        ("manifest.csv", "file,published\na.txt,2024-13-01\n", ["manifest.csv", "line 2", "EDTF"]),
        ("manifest.csv", "name,publisher\na.txt,x\n", ["line 1", "'file' or 'path'"]),
        ("manifest.csv", "file,publsher\na.txt,x\n", ["publsher", "publisher"]),
    ],
)
def test_values_that_cannot_be(tmp_path, name, content, words):
    write(tmp_path, {"a.txt": "x", name: content})
    with pytest.raises(MetadataError) as caught:
        find([tmp_path], Given())
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_an_option_that_cannot_be(tmp_path):
    with pytest.raises(MetadataError, match="EDTF"):
        find([tmp_path], Given(published="yesterday"))


@pytest.mark.parametrize("path", ["nowhere", "https://velna.example/p"])
def test_what_is_not_there(tmp_path, path):
    with pytest.raises(NotFound):
        find([Path(path) if "//" in path else tmp_path / path], Given())


def test_stray_metadata_is_told(tmp_path):
    write(tmp_path, {"a.txt": "x", "b.txt.meta.toml": 'note = "x"', "manifest.csv": "file,note\nmissing.txt,x\n"})
    told = []
    list(find([tmp_path], Given(), lambda source, note: told.append((source, note.code))))
    assert told == [("b.txt.meta.toml", "stray-metadata"), ("manifest.csv", "stray-metadata")]


def test_surprises_do_not_end_the_run(tmp_path):
    write(tmp_path, {"a.txt": "x", "loop/b.txt": "x"})
    (tmp_path / "loop" / "back").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        listening.bind("sock")
    finally:
        os.chdir(here)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    (tmp_path / "new\nline.txt").write_text("x")
    told = []
    found = [offer.source for offer in find([tmp_path], Given(), lambda source, note: told.append((source, note.code)))]
    listening.close()
    assert found == ["a.txt", r"caf\xe9.txt", "loop/b.txt", r"new\nline.txt"]
    assert dict(told) == {"loop/back": "loop", "broken": "denied", "pipe": "special", "sock": "special"}
    assert all(source.encode().isascii() for source in found)
