"""Original bytes: unaltered, named by digest, never half-written."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from store_samples import digest_of

from onrecord.errors import NotFound
from onrecord.store import Originals, Writer, create
from onrecord.store import originals as module
from onrecord.store.originals import BLOCK


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    create(tmp_path / "a")
    return Originals(tmp_path / "a")


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
def test_bytes_are_kept_unaltered(originals: Originals, tmp_path: Path, size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    (tmp_path / "file").write_bytes(data)
    digest, length = originals.put_file(tmp_path / "file")
    assert (digest, length) == (digest_of(data), size)
    assert originals.get(digest).read_bytes() == data
    assert originals.path(digest) == originals.folder / digest[7:9] / digest[7:]
    assert stat.S_IMODE(originals.get(digest).stat().st_mode) == 0o444
    assert list(originals.digests()) == [digest]
    assert list((originals.folder / module.INCOMING).glob("*")) == []


@pytest.mark.parametrize("size", [5, 2 * BLOCK])
def test_the_same_bytes_are_kept_once_and_not_written_again(originals: Originals, tmp_path: Path, size: int) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"y" * size)
    digest, _ = originals.put_file(tmp_path / "one")
    before = originals.get(digest).stat()
    assert originals.put_file(tmp_path / "two") == (digest, size)
    after = originals.get(digest).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_next_writer_cleans_what_a_killed_one_left(originals: Originals, tmp_path: Path) -> None:
    incoming = originals.folder / module.INCOMING
    incoming.mkdir()
    (incoming / "half").write_bytes(b"half of")
    Writer(tmp_path / "a").close()
    assert list(incoming.iterdir()) == []


@pytest.mark.parametrize("digest", ["sha256:abc", "../../etc/passwd", "sha256:" + "g" * 64, ""])
def test_what_is_no_digest_names_no_path(originals: Originals, digest: str) -> None:
    with pytest.raises(NotFound):
        originals.path(digest)


def test_what_is_not_there_is_not_found(originals: Originals) -> None:
    with pytest.raises(NotFound):
        originals.get(digest_of(b"never kept"))


def test_a_file_that_cannot_be_read_leaves_nothing(originals: Originals, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        originals.put_file(tmp_path / "vanished")
    assert list(originals.digests()) == []


@pytest.mark.parametrize("whole", [True, False])
def test_settling_flushes_with_and_without_the_system_s_call(
    originals: Originals, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    if not whole:
        monkeypatch.setattr(module, "syncfs", lambda: None)
    digest, _ = originals.put(b"kept")
    originals.settle([digest, digest_of(b"of a container that is not here")])
    assert originals.get(digest).read_bytes() == b"kept"
