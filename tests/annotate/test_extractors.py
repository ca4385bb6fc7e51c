"""A plug-in in the place of the rules: really installed, really loaded, in this process and in others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import Archive
from onrecord.annotate import annotate, extractors, fingerprint
from onrecord.annotate.extractors import Extracted, checked
from onrecord.errors import ExtraMissing, MetadataError
from onrecord.model import Attribution, Record

LETTER = """Marn, 3 May 2024

Anna Brandt of the Water Committee spoke. >> The Hill Guard promised > we will leave < today << The quay stayed shut.
"""
MODULE = '''
import json
from onrecord.annotate.extractors import Extracted

def arrows(document, languages):
    """What stands between >> and << Anna Brandt said, what stands between > and < in it the Guard."""
    text = document.text
    start, end = text.find(">>"), text.find("<<")
    if start < 0:
        return
    who, cue = text.index("Anna Brandt"), text.index("spoke")
    tag = languages[0].tag
    assert tag == "en", tag
    yield Extracted(
        kind="indirect", source=((who, who + 11),), cue=((cue, cue + 5), (start, start + 2)),
        content=((start + 3, end - 1),), confidence=0.8,
    )
    who, inner = text.index("The Hill Guard"), text.index("> we")
    yield Extracted(kind="direct", source=((who, who + 14),), content=((inner + 2, text.index(" <", inner)),))

def unruly(document, languages):
    n = len(document.text)
    yield Extracted(kind="direct", content=((0, 5),))
    yield Extracted(kind="direct", content=())
    yield Extracted(kind="direct", content=((3, 3),))
    yield Extracted(kind="direct", content=((n - 1, n + 1),))
    yield Extracted(kind="direct", content=((-3, 2),))
    yield Extracted(kind="direct", content=((0, 5), (4, 8)))
    yield Extracted(kind="shouted", content=((0, 5),))
    yield Extracted(kind="direct", content=((0, 5),), confidence=2.0)
    yield Extracted(kind="direct", content=(("a", "b"),))
    yield Extracted(kind="direct", content=7)
    yield Extracted(kind="direct", source=((0, 10**9),), content=((0, 5),))
    yield {"kind": "direct", "content": [[0, 5]]}

def broken(document, languages):
    if "quay" in document.text:
        raise KeyError("weights.bin")
    return []

def nothing(document, languages):
    return None

def endless(document, languages):
    while True:
        yield 1

number = 7
'''
ENTRIES = ("arrows", "unruly", "broken", "nothing", "endless", "number")


def install(place: Path, version: str = "1.0", name: str = "marn-arrows", module: str = "marn_arrows") -> None:
    """A distribution as pip would leave it."""
    (place / f"{module}.py").write_text(MODULE, "utf8")
    for old in place.glob(f"{module}-*.dist-info/*"):
        old.unlink()
    info = place / f"{module}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf8")
    points = "\n".join(f"{entry} = {module}:{entry}" for entry in ENTRIES)
    lost = "lost = marn_lost:extract\n"
    (info / "entry_points.txt").write_text(f"[onrecord.extractors]\n{points}\n{lost}", "utf8")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "site"
    place.mkdir()
    install(place)
    monkeypatch.syspath_prepend(str(place))
    extractors.load.cache_clear()
    yield place
    extractors.load.cache_clear()
    sys.modules.pop("marn_arrows", None)


def build(tmp_path: Path, extractor: str | None, jobs: int = 1, texts: tuple[str, ...] = (LETTER,)) -> Archive:
    (tmp_path / "in").mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (tmp_path / "in" / f"letter{number}.txt").write_text(text, "utf8")
    archive = Archive.open(tmp_path / "a.onrecord", create=True)
    archive.build([tmp_path / "in"], extractor=extractor, jobs=jobs)
    return archive


def words(record: Record, found: Attribution) -> str:
    return " … ".join(span.of(record.text) for span in found.content.spans)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_plug_in_gives_the_attributions_and_the_rest_is_as_ever(installed: Path, tmp_path: Path, jobs: int) -> None:
    with build(tmp_path, "arrows", jobs) as archive:
        [record] = archive.records()
        said, promised = record.attributions
        assert words(record, said) == "The Hill Guard promised > we will leave < today"
        assert (said.kind, said.parent, said.rule.split(";")[0]) == ("indirect", None, "extractor arrows")
        assert said.cue and [span.of(record.text) for span in said.cue.spans] == ["spoke", ">>"]
        assert words(record, promised) == "we will leave"
        assert (promised.kind, promised.parent) == ("direct", said.id)
        outer, inner = (voice.name for voice in promised.voices)
        assert outer == "Anna Brandt" and inner.endswith("Hill Guard")
        entity = next(each.id for each in record.entities if each.name == "Anna Brandt")
        assert said.source and said.source.entity == entity
        assert list(archive.verify()) == []


def test_the_choice_stays_with_the_archive_and_can_be_taken_back(installed: Path, tmp_path: Path) -> None:
    with build(tmp_path, "arrows") as archive:
        before = [record.attributions for record in archive.records()]
        assert archive.annotate().documents == 0
        archive.build([tmp_path / "in"], recheck=True)
        assert [record.attributions for record in archive.records()] == before
        assert archive.annotate(extractor="rules").documents == 1
        [record] = archive.records()
        assert not any(found.rule.startswith("extractor") for found in record.attributions)
        assert archive.annotate().documents == 0


def test_another_version_of_the_package_annotates_again(installed: Path, tmp_path: Path) -> None:
    with build(tmp_path, "arrows") as archive:
        first = fingerprint("arrows")
        assert first not in (fingerprint(), fingerprint("broken"))
        install(installed, "1.1")
        for old in installed.glob("*-1.0.dist-info"):
            old.rmdir()
        assert fingerprint("arrows") != first
        assert dict(archive.stats().totals)["annotated document"] == 0
        assert archive.annotate().documents == 1


def test_what_cannot_be_is_left_out_with_a_notice(installed: Path, tmp_path: Path) -> None:
    with build(tmp_path, "unruly") as archive:
        [record] = archive.records()
        assert [words(record, found) for found in record.attributions] == [record.text[:5]]
        notices = [notice for notice in record.notices if notice.stage == "extractor"]
        assert {notice.code for notice in notices} == {"bad-extraction"}
        assert len(notices) == 11
        assert "the 2. of this document" in notices[0].message and "content is empty" in notices[0].message


@pytest.mark.parametrize(("name", "said"), [
    ("broken", "KeyError: 'weights.bin'"), ("nothing", "TypeError"), ("endless", "100,000"),
])  # fmt: skip
def test_a_plug_in_that_fails_costs_its_attributions_alone(
    installed: Path, tmp_path: Path, name: str, said: str
) -> None:
    with build(tmp_path, name, texts=(LETTER, "Marn, 4 May 2024\n\nThe ferry runs.\n")) as archive:
        records = {record.capture.source: record for record in archive.records()}
        [notice] = [each for each in records["letter0.txt"].notices if each.stage == "extractor"]
        assert notice.code == "fault" and said in notice.message and repr(name) in notice.message
        assert records["letter0.txt"].dates and not records["letter0.txt"].attributions
        again = archive.annotate()
        assert again.faults == again.documents == (1 if name == "broken" else 2), "what failed is tried again"


def test_a_plug_in_that_is_not_there_is_told_with_what_to_do(installed: Path, tmp_path: Path) -> None:
    with pytest.raises(ExtraMissing, match=r"'nobody' is not installed here \(there are: arrows, .*rules"):
        build(tmp_path, "nobody")
    with pytest.raises(ExtraMissing, match=r"cannot be loaded: ModuleNotFoundError.*marn_lost"):
        build(tmp_path, "lost")
    with pytest.raises(MetadataError, match="no function"):
        build(tmp_path, "number")
    install(installed, "2.0", "other-arrows", "other_arrows")
    with pytest.raises(MetadataError, match=r"Two packages .*marn-arrows and other-arrows"):
        fingerprint("arrows")


def test_an_archive_whose_plug_in_is_gone_can_be_read_but_not_annotated(installed: Path, tmp_path: Path) -> None:
    build(tmp_path, "arrows").close()
    environment = {**os.environ, "PYTHONPATH": ""}
    (tmp_path / "in" / "more.txt").write_text("Marn, 5 May 2024\n\nThe market opens.\n", "utf8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "onrecord.cli", *arguments]
        return subprocess.run(program, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)

    refused = run("build", "in", "-o", "a.onrecord")
    assert refused.returncode == 4
    assert "'arrows' is not installed" in refused.stderr and "--extractor rules" in refused.stderr
    stats = json.loads(run("stats", "a.onrecord", "--json").stdout)
    assert ["annotated document", 1] in stats["totals"]
    assert run("build", "in", "-o", "a.onrecord", "--extractor", "rules").returncode == 0


def test_the_default_asks_no_plug_in(installed: Path, tmp_path: Path) -> None:
    with build(tmp_path, None) as archive:
        [record] = archive.records()
        assert annotate(archive.document(record.id)).attributions == annotate(archive.document(record.id)).attributions
        assert not any(found.rule.startswith("extractor") for found in record.attributions)


def test_many_bad_values_share_a_notice() -> None:
    good = Extracted(kind="direct", content=((2, 3), (0, 1)))
    kept, notices = checked("x", "a b", [good, *range(50)])
    assert [each.content for each in kept] == [((0, 1), (2, 3))]
    assert len(notices) == 21 and "30 more" in notices[-1].message
