from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import record

from findings.annotations import load_annotations, load_opinions, resolve
from findings.annotations.merge import Merge, add_annotations
from findings.codebook import Codebook
from findings.errors import AnnotationError

Write = Callable[..., Path]
NOT = {"finding": False, "sentiment": None, "themes": {}}


@pytest.fixture
def store(write: Write) -> Path:
    return write(record("a/1"), record("a/2"), record("a/3"), name="store/base.jsonl").parent


@pytest.fixture
def add(write: Write, store: Path, codebook: Codebook) -> Callable[..., Merge]:
    def add_records(*records: Any, **options: Any) -> Merge:
        return add_annotations([write(*records, name="incoming.jsonl")], store, codebook, **options)

    return add_records


Add = Callable[..., Merge]


def outcomes(merge: Merge) -> list[tuple[str, str]]:
    return [(change.id, change.outcome) for change in merge.changes]


def test_new_sentences_are_added_and_known_ones_updated(add: Add, store: Path, codebook: Codebook) -> None:
    merge = add(record("b/1"), record("a/2", **NOT), record("a/3"), annotator="ann")
    assert outcomes(merge) == [("b/1", "added"), ("a/2", "updated"), ("a/3", "recorded")]
    assert merge.changes[1].before is not None
    assert merge.changes[1].before.finding
    assert merge.file == store / "reviewed.jsonl"
    labels = {one.id: (one.finding, one.annotator) for one in load_annotations([store], codebook)}
    assert labels == {"a/1": (True, None), "a/2": (False, "ann"), "a/3": (True, "ann"), "b/1": (True, "ann")}


def test_what_was_there_before_is_still_there(add: Add, store: Path) -> None:
    before = (store / "base.jsonl").read_bytes()
    add(record("a/2", **NOT), annotator="ann")
    assert (store / "base.jsonl").read_bytes() == before


def test_a_dry_run_says_the_same_and_changes_nothing(add: Add, store: Path) -> None:
    incoming = [record("b/1"), record("a/2", **NOT)]
    dry = add(*incoming, annotator="ann", dry_run=True)
    assert dry.file is None
    assert [path.name for path in store.iterdir()] == ["base.jsonl"]
    assert outcomes(add(*incoming, annotator="ann")) == outcomes(dry)


def test_adding_twice_changes_nothing_the_second_time(add: Add, store: Path) -> None:
    add(record("b/1"), record("a/2", **NOT), annotator="ann")
    content = (store / "reviewed.jsonl").read_bytes()
    again = add(record("b/1"), record("a/2", **NOT), annotator="ann")
    assert outcomes(again) == [("b/1", "unchanged"), ("a/2", "unchanged")]
    assert again.file is None
    assert (store / "reviewed.jsonl").read_bytes() == content


def test_annotators_who_differ_are_kept_as_a_conflict_until_it_is_settled(
    add: Add, store: Path, codebook: Codebook
) -> None:
    add(record("a/1"), annotator="ann")
    merge = add(record("a/1", **NOT), annotator="bo")
    assert outcomes(merge) == [("a/1", "conflict")]
    assert [[one.annotator for one in conflict.opinions] for conflict in merge.conflicts] == [["ann", "bo"]]
    assert [one.id for one in load_annotations([store], codebook)] == ["a/2", "a/3"]
    assert [one.annotator for one in load_opinions([store], codebook) if one.id == "a/1"] == [None, "ann", "bo"]
    settled = add(record("a/1", **NOT), annotator="consensus")
    assert outcomes(settled) == [("a/1", "settled")]
    assert settled.conflicts == ()
    assert not next(one for one in load_annotations([store], codebook) if one.id == "a/1").finding


def test_an_annotator_may_change_their_mind(add: Add, store: Path, codebook: Codebook) -> None:
    add(record("a/1"), annotator="ann")
    add(record("a/1", **NOT), annotator="bo")
    assert outcomes(add(record("a/1"), annotator="bo")) == [("a/1", "settled")]
    assert resolve(load_opinions([store], codebook)).conflicts == []


def test_nobody_in_particular_may_update_the_unnamed_but_not_contradict_the_named(
    add: Add, store: Path, codebook: Codebook
) -> None:
    assert outcomes(add(record("a/2", **NOT))) == [("a/2", "updated")]
    add(record("a/1"), annotator="ann")
    merge = add(record("a/1", **NOT))
    assert merge.changes == ()
    assert len(merge.faults) == 1
    assert 'labelled by "ann"; say who labels it otherwise' in merge.faults[0]
    assert [one.finding for one in load_annotations([store], codebook)] == [True, False, True]


def test_sound_rows_are_merged_and_faulty_ones_reported(add: Add, store: Path, codebook: Codebook) -> None:
    merge = add(record("b/1"), record("b/2", sentiment="oops"), record("a/1", text="Other words."), "{")
    assert outcomes(merge) == [("b/1", "added")]
    assert len(merge.faults) == 3
    assert len(load_annotations([store], codebook)) == 4


def test_a_store_may_be_one_file_and_may_be_new(write: Write, tmp_path: Path, codebook: Codebook) -> None:
    incoming = write(record("a/1", tags=["x"]), name="incoming.jsonl")
    file = tmp_path / "new" / "mine.jsonl"
    assert add_annotations([incoming], file, codebook).file == file
    assert add_annotations([incoming], tmp_path / "folder", codebook).file == tmp_path / "folder" / "reviewed.jsonl"
    file.write_text(json.dumps(record("a/0", session=7)) + "\n" + file.read_text())
    add_annotations([write(record("a/2"), name="more.jsonl")], file, codebook)
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["id"] for one in kept] == ["a/0", "a/1", "a/2"]
    assert kept[0]["session"] == 7


def test_a_faulty_store_is_not_written_to(add: Add, store: Path) -> None:
    (store / "broken.jsonl").write_text("{\n")
    with pytest.raises(AnnotationError, match=r"broken\.jsonl:1"):
        add(record("b/1"))
    assert not (store / "reviewed.jsonl").exists()


def test_sources_that_contradict_each_other_are_faults(write: Write, store: Path, codebook: Codebook) -> None:
    sources = [write(record("b/1"), name="one.jsonl"), write(record("b/1", **NOT), name="two.jsonl")]
    merge = add_annotations(sources, store, codebook, annotator="ann")
    assert outcomes(merge) == [("b/1", "added")]
    assert merge.faults == (f'{sources[1]}:1: "b/1" has other labels at {sources[0]}:1; keep one of the two rows',)


MERGING = """
import sys
from findings.annotations.merge import add_annotations
from findings.codebook import Codebook
codebook = Codebook.default()
print("ready", flush=True)
while True:
    for source in sys.argv[2:]:
        add_annotations([source], sys.argv[1], codebook, annotator="ann")
"""


def test_whoever_reads_during_a_merge_or_after_a_killed_one_sees_the_old_annotations_or_the_new(
    write: Write, store: Path, codebook: Codebook
) -> None:
    ids = [f"b/{number}" for number in range(300)]
    whole = set()
    sources = []
    for said in ("strength", "weakness"):
        sources.append(write(*(record(one, sentiment=said, themes={}) for one in ids), name=f"{said}.jsonl"))
        add_annotations(sources[-1:], store, codebook, annotator="ann")
        whole.add((store / "reviewed.jsonl").read_bytes())
    seen = set()
    for round_number in range(6):
        command = [sys.executable, "-c", MERGING, str(store), *map(str, sources)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            seen |= {(store / "reviewed.jsonl").read_bytes() for _ in range(1000 + 700 * round_number)}
            process.kill()
        assert len(load_annotations([store], codebook)) == 303
    assert seen <= whole


def test_two_merges_at_once_lose_nothing(write: Write, store: Path, codebook: Codebook) -> None:
    once = MERGING.replace("while True:", "if True:")
    processes = []
    for worker in range(4):
        source = write(*(record(f"w{worker}/{number}") for number in range(50)), name=f"worker{worker}.jsonl")
        processes.append(subprocess.Popen([sys.executable, "-c", once, str(store), str(source)]))
    assert [process.wait() for process in processes] == [0] * 4
    assert len(load_annotations([store], codebook)) == 203
