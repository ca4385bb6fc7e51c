"""What people say of their files beside them: `NAME.meta.toml` for one file, `manifest.csv` for a folder.

A value that cannot be raises MetadataError with the file, the line or key, and what is allowed: a typing error in a
table of dates must not become the record.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import msgspec

from onrecord.errors import MetadataError
from onrecord.ingest.dates import edtf
from onrecord.model import Given

SIDECAR = ".meta.toml"
MANIFEST = "manifest.csv"

KEYS = {
    "publisher": "publisher", "language": "language", "lang": "language", "published": "published", "url": "url",
    "collector": "collector", "note": "note",
}  # fmt: skip
"""What may be said, under each of its names."""
FILE_COLUMNS = ("file", "path")

_TAG = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8}|-\d[A-Za-z0-9]{3})*"
)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "language": (_TAG.fullmatch, "a BCP 47 tag such as 'en', 'ar', 'es-CO' or 'sr-Latn'"),
    "published": (
        edtf,
        "an EDTF date such as '2024-05-03', '2024-05', '2024', '2024-05-03?' or '2024-05-01/2024-05-07'",
    ),
    "url": (_URL.fullmatch, "an address such as 'https://example.org/page'"),
}


def check(key: str, value: object, where: str) -> str | None:
    """The clean value of `key` (a Given's field), `None` where it is empty; raises MetadataError naming `where`."""
    text = str(value).strip()
    if not text:
        return None
    valid, allowed = _CHECKS.get(key, (bool, ""))
    if not valid(text):
        raise MetadataError(f"{where}: {key} is {text!r}, but must be {allowed}.")
    return text


def validated(given: Given, where: str = "option") -> Given:
    """`given` itself; raises MetadataError where one of its values cannot be."""
    for key, value in msgspec.structs.asdict(given).items():
        if value is not None:
            check(key, value, f"{where} {key}")
    return given


def merged(*layers: Given) -> Given:
    """One Given from several, the later ones outweighing the earlier, field by field."""
    said = {key: value for layer in layers for key, value in msgspec.structs.asdict(layer).items() if value is not None}
    return Given(**said)


def read_sidecar(data: bytes, where: str) -> Given:
    """What a `NAME.meta.toml` says."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MetadataError(
            f'{where}: this is not TOML in UTF-8 ({error}). Write lines such as: publisher = "…"'
        ) from error
    said: dict[str, str | None] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise MetadataError(f"{where}: unknown key {key!r}. Allowed are {', '.join(KEYS)}.")
        if isinstance(value, list | dict | bool):
            raise MetadataError(f"{where}: {key} must be one text or date, not {type(value).__name__}.")
        said[KEYS[key]] = check(KEYS[key], value, where)
    return Given(**said)


def read_manifest(data: bytes, where: str) -> dict[str, Given]:
    """What a `manifest.csv` says of each path, relative to its own folder."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MetadataError(f"{where}: this is not UTF-8 ({error}). Save it as 'CSV UTF-8'.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = {name: name.strip().lower() for name in rows.fieldnames or () if name}
        file = _file_column(names, where)
        return dict(_manifest_row(row, names, file, f"{where}, line {rows.line_num}") for row in rows)
    except csv.Error as error:
        raise MetadataError(f"{where}, line {rows.line_num}: this is not CSV ({error}).") from error


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _file_column(names: dict[str, str], where: str) -> str:
    for name, folded in names.items():
        near = None if folded in (*KEYS, *FILE_COLUMNS) else get_close_matches(folded, [*KEYS], 1, 0.85)
        if near:
            raise MetadataError(
                f"{where}, line 1: unknown column {name!r}. Is it {near[0]!r}? Allowed are {', '.join(KEYS)}."
            )
    for name, folded in names.items():
        if folded in FILE_COLUMNS:
            return name
    raise MetadataError(
        f"{where}, line 1: no column 'file' or 'path' says which file a row is about; "
        f"the columns are {', '.join(names) or 'none'}."
    )


def _manifest_row(row: dict[str, str], names: dict[str, str], file: str, where: str) -> tuple[str, Given]:
    path = PurePosixPath((row[file] or "").strip().replace("\\", "/")).as_posix()
    said: dict[str, str] = {}
    for name, folded in names.items():
        if folded in KEYS and (value := check(KEYS[folded], row[name] or "", where)):
            said[KEYS[folded]] = value
    return path, Given(**said)


def read_bytes(path: Path, where: str) -> bytes:
    """The bytes of a metadata file; raises MetadataError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise MetadataError(f"{where}: it cannot be read ({error.strerror}).") from error
