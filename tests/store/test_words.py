"""The running words: what is counted is what stands in the texts and what the search finds; kept up, killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import digest_of, facts, file_of, filled, reading

from onrecord.model import (
    Annotations,
    Attribution,
    Cue,
    Entity,
    Party,
    Segment,
    Source,
    Statement,
    document_id,
    entity_id,
)
from onrecord.store import Index, View, Words, Writer
from onrecord.store.pile import Pile
from onrecord.store.query import Leaf, parse
from onrecord.store.speech import Ranges
from onrecord.store.voices import Content, Layer, Run, Spoken, voiced
from onrecord.text.folding import alternatives, tokens, tokens_before
from onrecord.text.spans import Span

TEXTS = {
    "ferry": "The Velna ferry will not run on Sunday.\n\nFERRY crews agreed: the ferry’s crews will not sign.",
    "accord": "L’accord de cessez-le-feu a été signé à la ﬁn de l'été. L'accord tient. Straße, STRASSE, Résumé.",
    "arabic": "وقال مجلس أورسك إن الاتفاق سيُوقَّع غداً. وللاتفاق ملحق، والاتفاق باقٍ. قالت الوزارة: وزارة المياه والوزارة.",
    "hebrew": 'הממשלה הודיעה כי הדו"ח יפורסם. והממשלה שבה והודיעה: הדו״ח.',
    "chinese": "各方同意停火协议并开始谈判。停火协议，停火。",
    "russian": "Совет Орска сообщил, что всё ещё ведёт переговоры. Все ведет.",
    "mixed": "Velna 停火 ferry الاتفاق 2024.",
}  # fmt: skip
TERMS = [
    "ferry", "FERRY", '"will not"', '"will not run"', "ferr*", "sign*", "accord", "strasse", "résumé", "ete",
    '"la fin"',
    "اتفاق", "الاتفاق", "وزارة", "الوزارة", "اتف*", '"مجلس أورسك"', '"قالت الوزارة"', "ממשלה", "הממשלה", 'דו"ח',
    "הודיעה", "停火", "停火协议", "停", "вед*", "все", '"все еще"', "2024", "absent",
    '"ferry crews"', '"crews will"', '"run sunday"',
]  # fmt: skip


def leaf(term: str) -> Leaf:
    tree = parse(term)
    assert isinstance(tree, Leaf)
    return tree


def by_hand(text: str, wanted: Leaf) -> int:
    """How often a term stands in a text, looked for word by word."""
    found = tokens(text)
    forms = [{token} for token in found]
    for at, bare in alternatives(text, found):
        forms[at].add(bare)
    terms = wanted.terms

    def fits(at: int) -> bool:
        return all(
            any(form.startswith(term) if wanted.starts and part == len(terms) - 1 else form == term for form in place)
            for part, (term, place) in enumerate(zip(terms, forms[at : at + len(terms)], strict=True))
        )

    places = range(len(found) - len(terms) + 1)
    return sum(fits(at) or bool(wanted.stem and wanted.stem in forms[at]) for at in places)


def counted(pile: Pile, term: str) -> int:
    wanted = leaf(term)
    [places] = pile.find([pile.numbers(wanted)])
    return int(pile.whole(np.ones(len(pile.documents), bool)).within(places, len(wanted.terms)).sum())


def placing(patch: pytest.MonkeyPatch) -> None:
    """Have it noted of a short text too where each word stands, a few words at a time."""
    patch.setattr("onrecord.store.words.SCANNED", 0)
    patch.setattr("onrecord.store.wordfiles.PICKED", 7)


@pytest.fixture(scope="module", params=["no", "some", "all"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts, where it is noted of no, some or all words where they stand; the others are looked for."""
    folder, texts = tmp_path_factory.mktemp("words") / "a", list(TEXTS.values())
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "no":
            placing(patch)
        filled(folder, texts[:4] if request.param == "some" else texts)
        with View(folder) as view:
            Words(folder).update(view)
            filled(folder, texts)
            Words(folder).update(view, checked=False)
            Index(folder).update(view)
    stamp = Words(folder).stamp
    placed, words = stamp.placed.words if stamp.placed else 0, stamp.lengths["stream"] // 4
    assert request.param == ("all" if placed == words else "some" if placed else "no")
    return folder


@pytest.fixture
def pile(folder: Path) -> Iterator[Pile]:
    words = Words(folder)
    found = words.pile()
    assert found is not None
    yield found
    words.close()


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_counted_as_by_hand_and_as_the_search_finds_it(folder: Path, pile: Pile, term: str) -> None:
    wanted = leaf(term)
    assert counted(pile, term) == sum(by_hand(text, wanted) for text in TEXTS.values())
    [places] = pile.find([pile.numbers(wanted)])
    inside = pile.whole(np.ones(len(pile.documents), bool)).within(places, len(wanted.terms))
    with View(folder) as view:
        assert int((inside > 0).sum()) == Index(folder).search(view, f"{term} NOT title:{term}").total + len(
            [text for text in TEXTS.values() if by_hand(text[:5], wanted)]
        )


def test_several_terms_are_found_at_once_as_alone(pile: Pile) -> None:
    together = pile.find([pile.numbers(leaf(term)) for term in TERMS])
    for term, places in zip(TERMS, together, strict=True):
        [alone] = pile.find([pile.numbers(leaf(term))])
        assert places.tolist() == alone.tolist()


WORDS = st.lists(st.sampled_from(["Ferry", "quay", "وزارة", "والوزارة", "停火", "été", "20", ".", "’"]), max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=5, unique=True))
def test_counts_add_up_to_all_words(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("sums") / "a"
    filled(folder, texts)
    with View(folder) as view:
        words = Words(folder)
        words.update(view)
        pile = words.pile()
        assert pile is not None
        whole = pile.whole(np.ones(len(pile.documents), bool))
        assert whole.words == sum(len(tokens(text)) for text in texts) == pile.tally(whole).counts[1:].sum()
        for term in ("ferry", "وزارة", "停火", "ete"):
            assert counted(pile, term) == sum(by_hand(text, leaf(term)) for text in texts)
        words.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6, unique=True), st.integers(1, 20), st.integers(1, 6))
def test_a_tally_is_what_counting_by_hand_gives(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], portion: int, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("tally") / "a"
    filled(folder, texts)
    with View(folder) as view, pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.store.pile.PORTION", portion)
        words = Words(folder)
        words.update(view)
        pile = words.pile()
        assert pile is not None
        found = [pile.classes()[pile.stream[row["start"] : row["start"] + row["words"]]] for row in pile.documents]
        whole = pile.whole(np.ones(len(found), bool))
        tally = pile.tally(whole)
        begun = Ranges(whole.starts, np.minimum(whole.starts + cut, whole.ends), whole.documents)
        shared = pile.shared(begun, whole.less(begun))
        for number in range(1, pile.vocabulary):
            assert tally.counts[number] == sum(int((each == number).sum()) for each in found)
            assert tally.documents[number] == sum(number in each for each in found)
            assert shared[number] == sum(number in each[:cut] and number in each[cut:] for each in found)
        assert (tally.counts[0], tally.documents[0]) == (sum(map(len, found)), sum(len(each) > 0 for each in found))
        every, said = pile.totals(None, {})
        anybody = pile.tally(pile.speech.of_anybody(np.ones(len(found), bool), {}))
        assert all(map(np.array_equal, [*every, *said], [*tally, *anybody]))
        words.close()


# -- whose words -------------------------------------------------------------------------------------------------------

SIGNS = st.text(st.sampled_from("aB é\u0301ﬁ½上海、ก\u200d\u0640ال وِזכ\"'- \n7ﷺ"), max_size=40)


@given(SIGNS, st.lists(st.integers(0, 40), max_size=6))
def test_a_cut_knows_the_words_that_begin_before_it(text: str, cuts: list[int]) -> None:
    places = sorted({cut for cut in cuts if cut <= len(text)})
    found, counts = tokens_before(text, places)
    assert found == tokens(text)
    assert counts == sorted(counts) and all(0 <= count <= len(found) for count in counts)
    spaces = [cut for cut in places if text[cut - 1 : cut] in ("", " ", "\n")]
    assert [counts[places.index(cut)] for cut in spaces] == [len(tokens(text[:cut])) for cut in spaces]


def test_the_innermost_voice_has_the_word() -> None:
    text = "Heading. We ask all. They said we know “come now” and left. Note by the editor."
    said = text.index("we know"), text.index(" and left")
    come = text.index("come now")
    found, runs = voiced(
        text,
        [Layer(0, len(text), 1), Layer(text.index("Note"), len(text), 0)],
        [Content(*said, Spoken.REPORTED, 7), Content(come, come + 8, Spoken.DIRECT, 9)],
    )
    assert found[runs[1].first : runs[2].first] == ["we", "know"]
    assert runs == [
        Run(0, 0, 1, Spoken.OWN), Run(6, 7, 1, Spoken.REPORTED), Run(8, 9, 1, Spoken.DIRECT), Run(10, 0, 1, Spoken.OWN),
        Run(12, 0, 0, Spoken.OWN),
    ]  # fmt: skip


LETTER = (
    "Orsk Council\n\nWe open the quay. The union said that it waits. “We wait no longer,” said the union. We close.\n\n"
    "Signed: the Council"
)
ORSK, UNION, PRESS = (entity_id("organization", name) for name in ("orsk council", "ferry union", "orsk herald"))


def spoken(text: str, issuer: str, said: list[tuple[str, str, str | None]]) -> Annotations:
    """One statement of `issuer`, in which these words are said: kind, words, by whom."""
    attributions = [
        Attribution(
            f"a{at}", kind, Source((), by) if by else None, None, Cue((span,)), None, (), "beside", 0.9,  # type: ignore[arg-type]
        )
        for at, (kind, words, by) in enumerate(said)
        for span in [Span(text.index(words), text.index(words) + len(words))]
    ]  # fmt: skip
    head, sign = text.find("\n\n"), text.rfind("\n\n")
    frame = (Segment("s1", "letterhead", 0, head), Segment("s2", "signature", sign, len(text))) if head > 0 else ()
    return Annotations(
        segments=frame,
        entities=tuple(
            Entity(entity_id("organization", name.casefold()), name, "organization", (name,))
            for name in ("Orsk Council", "Ferry Union", "Orsk Herald")
        ),
        statements=(Statement("st1", None, "statement", "2024", (Party("issuer", issuer, "x", ()),)),),
        attributions=tuple(attributions),
    )


REPORT = "The union told us “nothing more”. The council had opened “its quay”, it said, and the union said it knew."


def test_whose_words_stand_where(tmp_path: Path) -> None:
    pairs = [
        (LETTER, spoken(LETTER, ORSK, [
            ("indirect", "it waits", UNION), ("direct", "We wait no longer", UNION), ("indirect", "We close", ORSK),
        ])),
        (REPORT, spoken(REPORT, PRESS, [
            ("direct", "nothing more", UNION), ("direct", "its quay", ORSK), ("indirect", "it knew", UNION),
        ])),
    ]  # fmt: skip
    readings = [reading(text, f"{at}.txt") for at, (text, _) in enumerate(pairs)]
    with Writer(tmp_path / "a") as writer:
        writer.add(readings, [file_of(one) for one in readings])
        writer.annotate([(document_id(digest_of(text.encode())), found) for text, found in pairs], "1")
    with View(tmp_path / "a") as view:
        words = Words(tmp_path / "a")
        words.update(view)
        pile = words.pile()
        assert pile is not None
        numbers = dict(view.rows("SELECT id, number FROM entities"))
        every = np.ones(2, bool)

        def said_by(party: str) -> list[str]:
            return spelled(pile, pile.speech.of([numbers[party]], every))

        assert said_by(ORSK) == ["we open the quay the union said that", "said the union we close", "its quay"]
        assert said_by(UNION) == ["we wait no longer", "nothing more"]
        assert said_by(PRESS) == [
            "the union told us", "the council had opened", "it said and the union said",
        ]  # fmt: skip
        both = [numbers[ORSK], numbers[PRESS]]
        anybody, some = pile.speech.of_anybody(every, {}), pile.speech.of(both, every)
        assert anybody.words == sum(len(" ".join(said_by(party)).split()) for party in (ORSK, UNION, PRESS))
        assert spelled(pile, anybody.less(some)) == said_by(UNION)
        one = {numbers[UNION]: numbers[ORSK]}  # had they been one, what it is reported to say there were its own words
        assert pile.speech.of_anybody(every, one).words == pile.speech.of([*one, *one.values()], every).words + 14
        for heads in ({}, one):  # as kept with the files, and counted where others are one
            _, said = pile.totals(None, heads)
            assert all(map(np.array_equal, said, pile.tally(pile.speech.of_anybody(every, heads))))
        assert pile.speech.totals(every)[numbers[UNION]] == 6
        assert pile.speech.of([numbers[ORSK]], np.array([False, True])).words == 2


def spelled(pile: Pile, ranges: Ranges) -> list[str]:
    """The folded words of each stretch."""
    stretches = [pile.stream[start:end].tolist() for start, end in zip(ranges.starts, ranges.ends, strict=True)]
    names = pile.spellings({number for stretch in stretches for number in stretch})
    return [" ".join(names[number][0] for number in stretch) for stretch in stretches]


# -- kept up -----------------------------------------------------------------------------------------------------------


def content(folder: Path) -> list[Any]:
    """All that the words say, however they are numbered."""
    words = Words(folder)
    pile = words.pile()
    assert pile is not None
    names = {**pile.names(), 0: None}
    found = []
    for at, row in enumerate(pile.documents):
        one = np.zeros(len(pile.documents), bool)
        one[at] = True
        ranges = pile.whole(one)
        owned = [spelled(pile, pile.speech.of([entity], one)) for entity in range(1, 12)]
        columns = [names[int(row[column])] for column in ("publisher", "language", "genre")]
        found.append((int(row["number"]), spelled(pile, ranges), owned, columns, int(row["low"]), int(row["high"])))
    words.close()
    return sorted(found, key=lambda each: each[0])


def renewed(folder: Path) -> list[Any]:
    """What the words say when they are made from nothing."""
    shutil.rmtree(folder / "words", ignore_errors=True)
    with View(folder) as view:
        Words(folder).update(view)
    return content(folder)


def test_an_update_says_what_a_new_beginning_says(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    texts = [f"Note {at}: the ferry waits at quay {at}." for at in range(12)]
    names = filled(folder, texts[:8], publisher="River Post")
    with View(folder) as view:
        words = Words(folder)
        assert words.update(view) == 8
        assert words.update(view) == 0
        stream = (words.folder / "1" / "stream").stat().st_size
        with Writer(folder) as writer:  # two are read by other stages, the texts stay
            writer.annotate([(name, facts(texts[at], issuer="Ferry Union")) for at, name in enumerate(names[:2])], "2")
        assert words.update(view) == 2
        assert (words.folder / "1" / "stream").stat().st_size == stream
        with Writer(folder) as writer:  # one goes, one comes in its place, and more
            changed = reading("Another text about the quay.", "letters/003.txt")
            writer.add([changed], [file_of(changed, 2)])
            more = [reading(text, f"more/{at}.txt") for at, text in enumerate(texts[8:])]
            writer.add(more, [file_of(one) for one in more])
        words.update(view)
        words.close()
    kept = content(folder)
    assert len(kept) == 12 and words.damaged() == []
    assert kept == renewed(folder)


def test_what_is_dead_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.store.words.SPARE", 1)
    folder = tmp_path / "a"
    text = "The ferry waits."
    [name] = filled(folder, [text])
    with View(folder) as view:
        words = Words(folder)
        for turn in range(9):
            words.update(view)
            with Writer(folder) as writer:
                writer.annotate([(name, facts(text, issuer=f"Council {turn}"))], f"stages {turn}")
        words.update(view)
        pile = words.pile()
        assert pile is not None and counted(pile, "ferry") == 1
        assert (words.folder / words.stamp.folder / "documents").stat().st_size < 9 * pile.documents.itemsize
        assert [path.name for path in words.folder.iterdir() if path.is_dir()] == [words.stamp.folder]
        words.close()


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    filled(folder, ["The ferry waits."])
    with View(folder) as view:
        reader, words = Words(folder), Words(folder)
        words.update(view)
        before = reader.pile()
        filled(folder, ["The ferry waits.", "A ferry comes."])
        words.update(view)
        after = reader.pile()
        assert before is not None and after is not None and before is not after
        assert (len(before.stream), counted(after, "ferry")) == (3, 2)
        reader.close()
        words.close()


def test_words_that_came_since_are_not_those_of_a_pile_that_was_opened_before(tmp_path: Path) -> None:
    """A writer commits them to the vocabulary before its stamp counts."""
    folder = tmp_path / "a"
    filled(folder, ["The zebra waits."])
    with View(folder) as view:
        words = Words(folder)
        words.update(view)
        before = words.pile()
        assert before is not None
        filled(folder, ["The zebra waits.", "zeal zenith zest zeta zero"])
        Words(folder).update(view)
        assert counted(before, "ze*") == counted(before, "zebra") == 1
        assert len(before.classes()) == before.vocabulary
        words.close()


# -- killed, damaged ---------------------------------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
from onrecord.store import View, Words, wordfiles, words
at = int(sys.argv[2])
done = 0
def stop(function):
    def stopped(*given, **named):
        global done
        done += 1
        if done == at:
            os.kill(os.getpid(), 9)
        return function(*given, **named)
    return stopped
for kind, name in ((wordfiles.Appending, "write"), (wordfiles.Appending, "settle"), (wordfiles.Vocabulary, "settle"),
                   (words, "write_totals"), (words, "write_places"), (words, "write_stamp"), (words, "sweep")):
    setattr(kind, name, stop(getattr(kind, name)))
words.SCANNED = 0
folder = Path(sys.argv[1])
Words(folder).update(View(folder))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_any_step_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    texts = [f"Note {at}: la ferme de l’été attend {at}." for at in range(4)]
    filled(folder, texts[:2])
    with View(folder) as view:
        Words(folder).update(view)
    filled(folder, texts)
    shutil.copytree(folder, tmp_path / "whole")
    whole = renewed(tmp_path / "whole")
    for step in range(1, 40):
        copy = tmp_path / f"killed-{step}"
        shutil.copytree(folder, copy)
        run = subprocess.run([sys.executable, "-c", KILLED, str(copy), str(step)], env=os.environ, check=False)
        assert Words(copy).pile() is not None
        with View(copy) as view:
            Words(copy).update(view)
        assert content(copy) == whole and Words(copy).damaged() == []
        if run.returncode == 0:
            break
    assert step > 10


@pytest.mark.parametrize("name", ["stream", "runs", "owners", "documents", "totals", "places", "vocabulary.sqlite"])
@pytest.mark.parametrize("how", ["changed", "shorter", "gone"])
def test_damage_is_noticed_and_made_good(tmp_path: Path, name: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    placing(monkeypatch)
    folder = tmp_path / "a"
    filled(folder, [f"Note {at}: the ferry waits." for at in range(40)])
    with View(folder) as view:
        words = Words(folder)
        words.update(view)
        words.close()
        whole = content(folder)
        [path] = (words.folder / words.stamp.folder).glob(f"{name}*")
        data = path.read_bytes()
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(data[:-8] if how == "shorter" else data[:8] + b"\xff\xfe\xff\x7f" + data[12:])
        assert path.name in words.damaged()
        assert f"words/{path.name}" in [problem.subject for problem in words.problems(view)]
        words.update(view)
        assert words.damaged() == [] and content(folder) == whole


@pytest.mark.parametrize("change", [{"format": 99}, {"archive": "another"}, {"folder": "../1"}])
def test_words_of_another_archive_or_format_are_none(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = tmp_path / "a"
    filled(folder, ["The ferry waits."])
    with View(folder) as view:
        words = Words(folder)
        words.update(view)
        stamp = words.folder / "stamp.json"
        stamp.write_bytes(msgspec.json.encode(msgspec.json.decode(stamp.read_bytes()) | change))
        assert [problem.code for problem in words.problems(view)] == ["words-stale"]
        words.update(view)
        assert words.current(view) and list(words.problems(view)) == []
        words.close()


def test_an_archive_without_documents_has_no_words(tmp_path: Path) -> None:
    filled(tmp_path / "a", [])
    with View(tmp_path / "a") as view:
        words = Words(tmp_path / "a")
        words.update(view)
        pile = words.pile()
        assert pile is not None and counted(pile, "ferry") == 0
        assert pile.speech.of([1], np.zeros(0, bool)).words == pile.speech.of_anybody(np.zeros(0, bool), {}).words == 0
        words.close()
