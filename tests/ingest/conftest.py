from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ingest import LIMITS, Limits, find, render, unpack
from onrecord.model import Document, Given, Reading

NOTHING = Given()
Read = Callable[..., list[Reading]]


def read_all(*paths: Path, given: Given = NOTHING, limits: Limits = LIMITS) -> list[Reading]:
    """The whole way in, as the archive goes it: find, unpack, render."""
    readings = []
    for offer in find(paths, given):
        data = offer.path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        for item in unpack(offer, offer.path, digest, len(data), "2026-01-02T03:04:05Z", limits):
            readings.append(render(item, limits))
    return readings


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read(name, data)`: the readings of one file with these bytes."""

    def run(name: str, data: bytes, given: Given = NOTHING, limits: Limits = LIMITS) -> list[Reading]:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(data)
        return read_all(path, given=given, limits=limits)

    return run


@pytest.fixture
def document(read: Read) -> Callable[..., Document]:
    """`document(name, data)`: the one document in it."""

    def run(name: str, data: bytes, given: Given = NOTHING, limits: Limits = LIMITS) -> Document:
        readings = read(name, data, given, limits)
        assert len(readings) == 1, readings
        assert readings[0].document is not None, readings[0].notices
        return readings[0].document

    return run


def codes(readings: list[Reading]) -> list[str]:
    return [note.code for reading in readings for note in reading.notices]
