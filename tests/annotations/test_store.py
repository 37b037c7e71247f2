from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import record

from findings.annotations import load_annotations, load_opinions, save_annotations
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation
from findings.resources import shipped

Write = Callable[..., Path]


def faults_of(path: Path, codebook: Codebook) -> list[str]:
    with pytest.raises(AnnotationError) as caught:
        load_annotations([path], codebook)
    assert "\n" not in str(caught.value)
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def test_the_shipped_annotations_are_sound_and_survive_a_round_trip_byte_for_byte(
    codebook: Codebook, tmp_path: Path
) -> None:
    folder = shipped("codebook.toml").parent
    files = [path for path in folder.glob("*.jsonl") if path.name != "reviewed.jsonl"]
    assert len(load_annotations([folder], codebook)) >= 14_000
    for path in files:
        save_annotations(tmp_path / path.name, load_annotations([path], codebook))
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_record_becomes_an_annotation(write: Write, codebook: Codebook) -> None:
    path = write(record("northby/1", lead_in=None, annotator="ann"), record("northby/2", group="twin", section=None))
    first, second = load_annotations(path, codebook)
    assert (first.id, first.report, first.group, first.lead_in) == ("northby/1", "northby", "northby", "")
    assert (first.finding, first.sentiment, first.themes) == (True, "weakness", {"assessment_timeliness": "weakness"})
    assert (first.bullet, first.annotator, first.section) == (True, "ann", "What needs to improve")
    assert (second.group, second.section) == ("twin", "")


def test_a_bare_record_is_enough_and_stands_in_a_group_of_its_own(write: Write, codebook: Codebook) -> None:
    path = write('{"id": "1", "text": "Pages 3 to 9.", "finding": false}')
    assert load_annotations([path], codebook) == [Annotation("1", "", "Pages 3 to 9.", False, group="1")]


FAULTY: list[tuple[dict[str, Any] | str, str]] = [
    (
        record(themes={"thresholds": "weakness", "theshold": "weakness"}),
        'unknown theme "theshold"; did you mean "thres',
    ),
    (record(themes={"weather": "weakness"}), 'unknown theme "weather"; the codebook has'),
    (record(finding=False, sentiment=None), "a sentence that is not a finding has no themes"),
    (record(finding=False, themes={}), "a sentence that is not a finding has no sentiment"),
    (record(sentiment=None), "a finding needs a sentiment (strength, weakness, mixed)"),
    (record(sentiment="Weakness"), 'unknown sentiment "Weakness"; did you mean "weakness"?'),
    (record(sentiment=1), "sentiment must be text, not a number"),
    (record(themes={"workforce": None}), "workforce needs a sentiment (strength, weakness), not null"),
    (record(themes={"workforce": "bad"}), 'unknown sentiment "bad" of workforce'),
    (record(themes={"workforce": "mixed"}), '"mixed" is for whole sentences'),
    (record(themes=["workforce"]), "themes must be an object"),
    (record(text=" \t "), "text is empty"),
    (record(text=None), "text is missing"),
    (record(text=5), "text must be text, not a number"),
    (record(""), "id is empty"),
    (record(id=12), "id must be text, not a number"),
    (record(finding="yes"), "finding must be true or false, not text"),
    (record(finding=None), "finding is missing"),
    (record(bullet="no"), "bullet must be true or false"),
    (record(section=["a"]), "section must be text, not a list"),
    ("[1, 2]", "the line must be a JSON object, not a list"),
    ('{"id": "1",', "not valid JSON"),
    ("[" * 100_000, "not valid JSON"),
    ('{"id": "1", "text": "half \\ud83d", "finding": false}', "half of a character"),
    ('{"id": "1", "text": "Fine.", "finding": false, "anotator": "x"}', 'did you mean "annotator"?'),
    ('{"id": "1", "text": "Fine.", "finding": false, "Lead-in": "x"}', 'did you mean "lead_in"?'),
]


@pytest.mark.parametrize(("line", "expected"), FAULTY, ids=[expected for _, expected in FAULTY])
def test_each_fault_is_named_with_its_line(write: Write, codebook: Codebook, line: Any, expected: str) -> None:
    faults = faults_of(write(record("sound/1"), "", line), codebook)
    assert len(faults) == 1
    assert faults[0].startswith("3: ")
    assert expected in faults[0]


def test_all_faults_of_all_files_are_reported_at_once(write: Write, codebook: Codebook, tmp_path: Path) -> None:
    lines = [line for line, _ in FAULTY]
    first, second = write(*lines, name="a.jsonl"), write(*lines, name="b.jsonl")
    with pytest.raises(AnnotationError, match=r"faults, the first of them at .*a\.jsonl:1: unknown theme") as caught:
        load_annotations([tmp_path, tmp_path / "missing.jsonl"], codebook)
    for path in (first, second):
        for number in range(1, len(lines) + 1):
            assert any(fault.startswith(f"{path}:{number}: ") for fault in caught.value.faults)
    assert sum("missing.jsonl" in fault for fault in caught.value.faults) == 1


def test_one_record_may_have_several_faults(write: Write, codebook: Codebook) -> None:
    wrong = record(text="", sentiment="bad", themes={"workforce": "mixed", "weather": "weakness"}, section=3)
    assert len(faults_of(write(wrong), codebook)) == 5


def test_a_duplicate_id_is_named_with_both_places(write: Write, codebook: Codebook, tmp_path: Path) -> None:
    first = write(record("a/1"), record("a/2"), name="first.jsonl")
    second = write(record("b/1"), record("a/2"), name="second.jsonl")
    with pytest.raises(AnnotationError) as caught:
        load_annotations([tmp_path], codebook)
    assert caught.value.faults == (f'{second}:2: id "a/2" stands at {first}:2 already',)


def test_an_id_that_stands_twice_is_told_also_where_its_records_have_other_faults(
    write: Write, codebook: Codebook
) -> None:
    path = write(record("a/1", text=" "), record("a/1", sentiment="fine"))
    assert [fault.split(":")[0] for fault in faults_of(path, codebook)] == ["1", "2", "2"]
    assert faults_of(path, codebook)[-1] == f'2: id "a/1" stands at {path}:1 already'


def test_a_file_named_twice_is_read_once(write: Write, codebook: Codebook, tmp_path: Path) -> None:
    path = write(record())
    assert len(load_annotations([path, tmp_path, str(path)], codebook)) == 1


def test_bytes_that_are_not_utf8_cost_their_own_line(codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"id": "1", "text": "caf\xe9", "finding": false}\n{"id": "2"}\n')
    assert faults_of(path, codebook) == [
        "1: not UTF-8 text; save the file as UTF-8",
        "2: text is missing",
        "2: finding is missing",
    ]


def test_a_byte_order_mark_windows_line_ends_and_no_last_line_end_are_read(codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    lines = [json.dumps(record("a/1", text="Plans drift.\u2028Still.")), json.dumps(record("a/2"))]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    first, _ = load_annotations([path], codebook)
    assert first.text == "Plans drift.\u2028Still."


def test_keys_of_other_tools_are_left_alone(write: Write, codebook: Codebook) -> None:
    assert len(load_annotations([write(record(meta={"x": 1}, _session="s", priority=2))], codebook)) == 1


def test_a_folder_without_annotations_is_a_fault_and_hidden_files_are_not_read(
    write: Write, codebook: Codebook, tmp_path: Path
) -> None:
    write("not json", name=".hidden.jsonl")
    with pytest.raises(AnnotationError, match=r"holds no \*\.jsonl file"):
        load_annotations([tmp_path], codebook)


def test_a_codebook_without_sentiments_wants_none(write: Write) -> None:
    bare = Codebook.from_dict({"name": "b", "themes": [{"name": "play", "definition": "Play."}]})
    assert load_annotations([write(record(sentiment=None, themes={"play": None}))], bare)[0].themes == {"play": None}
    faults = faults_of(write(record(themes={"play": "weakness"})), bare)
    assert faults == [
        '1: the codebook has no sentiments, so "weakness" must be null',
        "1: the codebook has no sentiments, so that of play must be null",
    ]


def test_reviewed_records_take_the_place_of_the_others_of_their_folder(
    write: Write, codebook: Codebook, tmp_path: Path
) -> None:
    write(record("a/1"), record("a/2"), name="zoo.jsonl")
    write(record("a/1", sentiment="strength", themes={}), record("a/3"), name="reviewed.jsonl")
    loaded = load_annotations([tmp_path], codebook)
    assert [(annotation.id, annotation.sentiment) for annotation in loaded] == [
        ("a/1", "strength"),
        ("a/2", "weakness"),
        ("a/3", "weakness"),
    ]


def test_annotators_supersede_the_unnamed_and_their_conflicts_are_left_out(write: Write, codebook: Codebook) -> None:
    other = {"finding": False, "sentiment": None, "themes": {}}
    path = write(
        record("a/1"),
        record("a/1", annotator="ann", **other),
        record("a/2", annotator="ann"),
        record("a/2", annotator="bo", **other),
        record("a/3", annotator="ann"),
        record("a/3", annotator="bo", **other),
        record("a/3", annotator="consensus", **other),
        record("a/4", annotator="ann"),
        record("a/4", annotator="bo"),
    )
    loaded = {annotation.id: annotation.finding for annotation in load_annotations([path], codebook)}
    assert loaded == {"a/1": False, "a/3": False, "a/4": True}
    assert len(load_opinions([path], codebook)) == 9


def test_one_id_with_two_texts_is_a_fault(write: Write, codebook: Codebook) -> None:
    path = write(record("a/1", annotator="ann"), record("a/1", annotator="bo", text="Something else."))
    assert faults_of(path, codebook) == [f'2: id "a/1" has another text at {path}:1; one id names one sentence']


SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda text: text.strip())


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    identity, report, finding = draw(TEXTS), draw(NAMES), draw(st.booleans())
    themes = st.dictionaries(st.sampled_from(["thresholds", "workforce"]), st.sampled_from(["strength", "weakness"]))
    return Annotation(
        id=identity,
        report=report,
        text=draw(TEXTS),
        finding=finding,
        sentiment=draw(st.sampled_from(["strength", "weakness", "mixed"])) if finding else None,
        themes=draw(themes) if finding else {},
        section=draw(NAMES),
        lead_in=draw(NAMES),
        bullet=draw(st.booleans()),
        group=draw(NAMES) or report or identity,
        annotator=draw(NAMES) or None,
        previous=draw(NAMES),
    )


@SETTINGS
@given(st.lists(annotations(), max_size=5, unique_by=lambda annotation: annotation.id))
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, codebook: Codebook, saved: list[Annotation]) -> None:
    path = tmp_path / "saved.jsonl"
    save_annotations(path, saved)
    assert load_annotations([path], codebook) == saved


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from(["strength", "mixed", "workforce", "", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["workforce", "x"]), inner, max_size=2),
)
KEYS = st.sampled_from([*record(), "group", "annotator", "sentimnt", "other"])


@SETTINGS
@given(st.lists(st.dictionaries(KEYS, JSON, max_size=8) | JSON, max_size=4))
def test_any_json_is_loaded_or_has_faults(tmp_path: Path, codebook: Codebook, lines: list[Any]) -> None:
    path = tmp_path / "any.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    faults: tuple[str, ...] = ()
    loaded: list[Annotation] = []
    try:
        loaded = load_annotations([path], codebook)
    except AnnotationError as error:
        faults = error.faults
    assert all(fault.startswith(f"{path}:") for fault in faults)
    assert len(loaded) == (0 if faults else len(lines))


@SETTINGS
@given(st.binary(max_size=80))
def test_any_bytes_are_loaded_or_have_faults(tmp_path: Path, codebook: Codebook, content: bytes) -> None:
    path = tmp_path / "bytes.jsonl"
    path.write_bytes(content)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        assert load_annotations([path], codebook) == []
        return
    with pytest.raises(AnnotationError):
        load_annotations([path], codebook)
