"""Which files there are to add: folders walked in a fixed order, with what people say of each file beside it.

Hidden files and page furniture of the operating system are passed over; anything else that is not offered is told.
Paths are strings in here: a hundred thousand `Path`s a step would cost seconds.
"""

# ruff: noqa: PTH100, PTH112, PTH116, PTH118, PTH119, PTH120, PTH206, PTH208

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from onrecord.errors import NotFound
from onrecord.ingest.given import MANIFEST, SIDECAR, merged, read_bytes, read_manifest, read_sidecar, validated
from onrecord.ingest.parts import Offer, notice
from onrecord.model import Given, Notice

Tell = Callable[[str, Notice], None]
"""Called with the source and a Notice for each thing that was found and is not offered."""

_STRAY = "There is no file of this name beside it. Name it after its file: report.pdf.meta.toml."
VANISHED = "This file was gone before it could be read. Add it again when it is back."
JUNK = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin"}

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class _Found(Struct, frozen=True):
    path: str
    source: str


def _silent(source: str, note: Notice) -> None:
    pass


def find(paths: Sequence[Path], given: Given, tell: Tell = _silent) -> Iterator[Offer]:
    """Every file at or under `paths`, sorted by path, each with `given` and what side-cars and manifests add to it.

    All metadata is read and checked before the first Offer. Nearer words outweigh farther ones: a side-car a manifest,
    an inner folder's manifest an outer one's, and each of them `given`.

    Raises:
        NotFound: one of `paths` is not there (or is an address: onrecord reads files only).
        MetadataError: a side-car, a manifest or `given` holds a value that cannot be.
    """
    validated(given)
    for path in paths:
        _check_exists(path)
    said = _Said(given)
    for path in paths:
        said.read(path)
    return _offers(paths, said, tell)


def _check_exists(path: Path) -> None:
    if str(path).startswith(("http:/", "https:/")):
        raise NotFound(f"{path}: onrecord reads files, not addresses. Save the page and add the file.")
    if not os.path.lexists(path):
        raise NotFound(f"{printable(str(path))}: there is no such file or folder. Check its name.")


def _offers(paths: Sequence[Path], said: _Said, tell: Tell) -> Iterator[Offer]:
    for path in paths:
        for found in _walk(path, tell):
            if not is_metadata(found.path):
                yield Offer(Path(found.path), found.source, said.of(found.path))
    said.tell_unused(tell)


def is_metadata(path: str) -> bool:
    """Whether the file says something of others: a side-car or a manifest."""
    return path.endswith(SIDECAR) or os.path.basename(path) == MANIFEST


def printable(name: str) -> str:
    """`name` as text that can be stored and shown: bytes that are no UTF-8 and control characters as `\\xNN`."""
    if name.isprintable():
        return name
    clean = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in clean)


def _walk(root: Path, tell: Tell) -> Iterator[_Found]:
    top = os.fspath(root)
    if not os.path.isdir(top):
        yield from _one(top, printable(os.path.basename(os.path.abspath(top))), tell)
        return
    yield from _folder(top, "", set(), tell)


def _folder(folder: str, prefix: str, seen: set[tuple[int, int]], tell: Tell) -> Iterator[_Found]:
    """Depth first with a stack of its own: folders may lie deeper than Python's recursion goes."""
    waiting = [(folder, prefix)]
    while waiting:
        path, source = waiting.pop()
        if source and not os.path.isdir(path):
            yield from _one(path, source, tell)
            continue
        entries = _listing(path, source, seen, tell)
        waiting.extend((os.path.join(path, name), _join(source, name)) for name in reversed(entries))


def _join(source: str, name: str) -> str:
    return f"{source}/{printable(name)}" if source else printable(name)


def _listing(path: str, source: str, seen: set[tuple[int, int]], tell: Tell) -> list[str]:
    """The names in a folder, sorted; none where it was walked already (a link that leads back)."""
    try:
        info = os.stat(path)
        if (info.st_dev, info.st_ino) in seen:
            tell(source, notice("loop", "This folder was already read under another name. It is not read again."))
            return []
        seen.add((info.st_dev, info.st_ino))
        return sorted(name for name in os.listdir(path) if not name.startswith(".") and name.lower() not in JUNK)
    except OSError as error:
        tell(source, _denied("folder", error))
        return []


def _denied(what: str, error: OSError) -> Notice:
    return notice("denied", f"This {what} cannot be read ({error.strerror}). Check its rights and add it again.")


def _one(path: str, source: str, tell: Tell) -> Iterator[_Found]:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        gone = isinstance(error, FileNotFoundError) and not Path(path).is_symlink()
        tell(source, notice("vanished", VANISHED) if gone else _denied("file", error))
        return
    if stat.S_ISREG(mode):
        yield _Found(path, source)
        return
    kind = next((name for test, name in _KINDS if test(mode)), "no ordinary file")
    tell(source, notice("special", f"This is {kind}, not a file with words in it. It was passed over."))


class _Said:
    """What side-cars and manifests say, by absolute path."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._files: dict[str, Given] = {}
        self._rows: dict[str, Given] = {}
        self._manifests: dict[str, str] = {}
        self._used: set[str] = set()

    def read(self, root: Path) -> None:
        """Collect from every metadata file at or under `root`."""
        for found in _walk(root, _silent):
            if found.path.endswith(SIDECAR):
                self._files[_key(found.path.removesuffix(SIDECAR))] = read_sidecar(
                    read_bytes(Path(found.path), found.source), found.source
                )
            elif os.path.basename(found.path) == MANIFEST:
                self._read_manifest(found)
        if root.is_file():
            self._read_beside(root)

    def _read_beside(self, file: Path) -> None:
        """A file that was named itself has its side-car beside it."""
        beside = file.with_name(file.name + SIDECAR)
        if beside.is_file():
            self._files[_key(str(file))] = read_sidecar(read_bytes(beside, beside.name), beside.name)

    def _read_manifest(self, found: _Found) -> None:
        folder = os.path.dirname(found.path)
        for path, given in read_manifest(read_bytes(Path(found.path), found.source), found.source).items():
            key = _key(os.path.join(folder, path))
            self._rows[key] = merged(self._rows.get(key, Given()), given)
            self._manifests[key] = found.source

    def of(self, path: str) -> Given:
        """What is said of the file at `path`, with `given` underneath."""
        if not self._files and not self._rows:
            return self._given
        key = _key(path)
        layers = [self._rows[at] for at in (*_above(key), key) if at in self._rows] if self._rows else []
        layers.extend(self._files[at] for at in (key,) if at in self._files)
        self._used.update((key, *_above(key)))
        return merged(self._given, *layers) if layers else self._given

    def tell_unused(self, tell: Tell) -> None:
        for key in sorted(self._files.keys() - self._used):
            tell(printable(os.path.basename(key) + SIDECAR), notice("stray-metadata", _STRAY))
        for key in sorted(self._rows.keys() - self._used):
            missing = printable(os.path.basename(key))
            tell(
                self._manifests[key],
                notice("stray-metadata", f"It names {missing!r}, which is not there. Check its path."),
            )


def _key(path: str) -> str:
    return os.path.abspath(path)


def _above(key: str) -> list[str]:
    """The folders above a path, the outermost first: a manifest's row may speak of a whole folder."""
    parts = key.split(os.sep)
    return [os.sep.join(parts[:n]) for n in range(1, len(parts))]
