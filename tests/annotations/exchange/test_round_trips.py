"""What goes out to a tool and comes back unchanged, changed, or coded by other hands."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from samples import record, tagged_report

from findings.annotations import load_annotations, load_opinions
from findings.annotations.exchange import FORMATS, export_annotations, import_annotations
from findings.annotations.review import write_review
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation

NOT = {"finding": False, "sentiment": None, "themes": {}}
BOTH = {"sentiment": "mixed", "themes": {"workforce": "strength", "assessment_timeliness": "weakness"}}
QDA = "{urn:QDA-XML:project:1.0}"


def records() -> list[dict[str, Any]]:
    """Annotated sentences of two invented reports: bullets, headings, lead-ins, mixed ones, and no findings."""
    plain = {"lead_in": "", "bullet": False}
    return [
        record("northby/1", section="", **plain, text="Northby has 31,000 children.", **NOT),
        record("northby/2", **plain, text='Staff say: "We are heard" – but plans drift & stall.', **BOTH),
        record("northby/3"),
        record("northby/4", text="Récits d’enfants 👍 are kept.", sentiment="strength", themes={}),
        record("eastmere/1", section="Leadership", **plain, previous="It is so.", group="twin", chosen=True),
    ]


@pytest.fixture
def data(write: Callable[..., Path]) -> Path:
    return write(*records(), name="data/annotations.jsonl").parent


def exported(tmp_path: Path, data: Path, name: str, codebook: Codebook) -> Path:
    file = tmp_path / f"out{FORMATS[name]}"
    count, files = export_annotations([data], file, name, codebook)
    assert count > 0
    assert all(path.is_file() for path in files)
    return file


def said(annotations: list[Annotation]) -> list[Any]:
    """All that an annotation says, but for who says it."""
    keys = ("id", "report", "text", "finding", "sentiment", "themes", "section", "lead_in", "bullet")
    return sorted(
        tuple(getattr(one, key) if key != "themes" else dict(one.themes) for key in keys) for one in annotations
    )


@pytest.mark.parametrize("name", FORMATS)
def test_annotations_come_back_as_they_went(tmp_path: Path, data: Path, name: str, codebook: Codebook) -> None:
    file = exported(tmp_path, data, name, codebook)
    merge = import_annotations([file], name, tmp_path / "back", codebook, annotator="ann")

    assert (merge.faults, merge.warnings) == ((), ())
    back = load_annotations([tmp_path / "back"], codebook)
    assert said(back) == said(load_annotations([data], codebook))
    assert {one.annotator for one in back} == {"ann"}
    if name != "refi-qda":
        eastmere = next(one for one in back if one.id == "eastmere/1")
        assert (eastmere.group, eastmere.chosen, eastmere.previous) == ("twin", True, "It is so.")


@pytest.mark.parametrize("name", FORMATS)
def test_predictions_that_nobody_touched_bring_nothing_back(tmp_path: Path, name: str, codebook: Codebook) -> None:
    review = tmp_path / "review.jsonl"
    rows = write_review(review, tagged_report(12), codebook)
    file = exported(tmp_path, review, name, codebook)
    merge = import_annotations([file], name, tmp_path / "back", codebook, annotator="ann")

    assert (merge.changes, merge.faults, merge.untouched) == ((), (), len(rows))
    assert not (tmp_path / "back" / "reviewed.jsonl").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_sentences_give_the_same_file(tmp_path: Path, data: Path, name: str, codebook: Codebook) -> None:
    once = exported(tmp_path, data, name, codebook).read_bytes()
    assert exported(tmp_path, data, name, codebook).read_bytes() == once


@pytest.mark.parametrize("name", FORMATS)
def test_a_codebook_without_sentiments_goes_and_comes(tmp_path: Path, write, name: str) -> None:
    themes = [{"name": "play", "title": "Play and leisure", "definition": "Play."}]
    bare = Codebook.from_dict({"name": "b", "themes": themes})
    path = write(
        {"id": "a/1", "text": "Play is good.", "finding": True, "themes": {"play": None}},
        {"id": "a/2", "text": "It is May.", "finding": False},
        name="bare/a.jsonl",
    )
    file = exported(tmp_path, path, name, bare)
    assert import_annotations([file], name, tmp_path / "back", bare).faults == ()
    back = load_annotations([tmp_path / "back"], bare)
    assert [(one.id, one.finding, dict(one.themes)) for one in back] == [
        ("a/1", True, {"play": None}),
        ("a/2", False, {}),
    ]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]\n", b'{"a": 1}\n', b"PK\x03\x04 cut", b"\xff\xfe\x00"])
def test_a_file_of_another_kind_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, codebook: Codebook
) -> None:
    file = tmp_path / f"any{FORMATS[name]}"
    file.write_bytes(content)
    if not content and name in ("doccano", "prodigy"):
        assert import_annotations([file], name, tmp_path / "back", codebook).changes == ()
        return
    with pytest.raises(AnnotationError) as caught:
        import_annotations([file], name, tmp_path / "back", codebook)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_label_studio_names_its_annotators_and_their_differences_are_kept(
    tmp_path: Path, data: Path, codebook: Codebook
) -> None:
    file = exported(tmp_path, data, "label-studio", codebook)
    tasks = json.loads(file.read_text("utf-8"))
    tasks = [tasks[2] | {"id": 7, "predictions": []}]
    (given,) = tasks[0].pop("annotations")
    no = [{"from_name": "finding", "to_name": "text", "type": "choices", "value": {"choices": ["no"]}}]
    tasks[0]["annotations"] = [
        {"completed_by": {"id": 1, "email": "ann@example.org"}, "result": given["result"]},
        {"completed_by": 2, "result": no},
        {"completed_by": 3, "result": no, "was_cancelled": True},
    ]
    file.write_text(json.dumps(tasks), "utf-8")
    merge = import_annotations([file], "label-studio", tmp_path / "back", codebook)

    assert [change.outcome for change in merge.changes] == ["conflict", "conflict"]
    opinions = load_opinions([tmp_path / "back"], codebook)
    assert [(one.annotator, one.finding) for one in opinions] == [("ann@example.org", True), ("user 2", False)]


def test_label_studios_interface_offers_every_label(codebook: Codebook, tmp_path: Path, data: Path) -> None:
    exported(tmp_path, data, "label-studio", codebook)
    view = etree.parse(tmp_path / "out-interface.xml").getroot()
    offered = {choices.get("name"): [choice.get("value") for choice in choices] for choices in view.iter("Choices")}

    assert offered == {
        "finding": ["yes", "no"],
        "sentiment": ["strength", "weakness", "mixed"],
    } | {f"theme-{name}": ["strength", "weakness"] for name in codebook.theme_names}


def test_faults_are_named_with_their_task(tmp_path: Path, data: Path, codebook: Codebook) -> None:
    file = exported(tmp_path, data, "doccano", codebook)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    lines[2]["label"] = ["strength", "weakness"]
    lines[3]["label"] = ["weakness", "playgrounds=weakness"]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    merge = import_annotations([file], "doccano", tmp_path / "back", codebook)

    assert len(merge.changes) == 3
    assert [fault.split(": ")[0] for fault in merge.faults] == [f"{file}:3", f"{file}:4"]
    assert 'unknown theme "playgrounds"' in merge.faults[1]


def test_prodigy_examples_that_were_rejected_or_ignored_are_left_alone(
    tmp_path: Path, data: Path, codebook: Codebook
) -> None:
    file = exported(tmp_path, data, "prodigy", codebook)
    answers = ["accept", "reject", "ignore", "accept", "accept"]
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    lines = [line | {"answer": answer, "_annotator_id": "s-bo"} for line, answer in zip(lines, answers, strict=True)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    merge = import_annotations([file], "prodigy", tmp_path / "back", codebook)

    assert (len(merge.changes), merge.untouched) == (3, 2)
    assert {one.annotator for one in load_opinions([tmp_path / "back"], codebook)} == {"s-bo"}


def test_a_project_holds_the_texts_with_the_sentences_where_it_says(
    tmp_path: Path, data: Path, codebook: Codebook
) -> None:
    file = exported(tmp_path, data, "refi-qda", codebook)
    with zipfile.ZipFile(file) as project:
        root = etree.fromstring(project.read("project.qde"))
        for source in root.iter(f"{QDA}TextSource"):
            name = source.get("plainTextPath").removeprefix("internal://")
            text = project.read(f"Sources/{name}").decode("utf-8")
            for selection in source.iter(f"{QDA}PlainTextSelection"):
                start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
                assert text[start:end].startswith(selection.get("name"))
    texts = [one["text"] for one in records()]
    assert len(list(root.iter(f"{QDA}PlainTextSelection"))) == len(texts)


def project_of(path: Path, codings: str, text: str = "Staff stay. Plans drift.") -> Path:
    """A project of another program: three codes, one text, two users."""
    guid = "00000000-0000-0000-0000-00000000000"
    content = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Study">
 <Users><User guid="{guid}1" name="Ann"/><User guid="{guid}2" name="Bo"/></Users>
 <CodeBook><Codes>
  <Code guid="{guid}A" name="Our themes" isCodable="false">
   <Code guid="{guid}B" name="WORKFORCE" isCodable="true"><Code guid="{guid}C" name="Strength" isCodable="true"/></Code>
   <Code guid="{guid}D" name="Timeliness of assessment: Weakness" isCodable="true"/>
   <Code guid="{guid}E" name="Nice quotation" isCodable="true"/>
  </Code>
 </Codes></CodeBook>
 <Sources>
  <TextSource guid="{guid}F" name="Interview 1"><PlainTextContent>{text}</PlainTextContent>{codings}</TextSource>
 </Sources>
</Project>"""
    with zipfile.ZipFile(path, "w") as project:
        project.writestr("Project.QDE", content.replace("#", guid))
    return path


def coded(start: int, end: int, code: str, user: int) -> str:
    number = f"{start:02}{end:02}{user}{code}"
    return (
        f'<PlainTextSelection guid="11111111-0000-0000-0000-{number:0>12}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="22222222-0000-0000-0000-{number:0>12}" creatingUser="#{user}"><CodeRef targetGUID="#{code}"/>'
        "</Coding></PlainTextSelection>"
    )


def test_passages_coded_in_another_program_become_annotations(tmp_path: Path, codebook: Codebook) -> None:
    codings = coded(0, 11, "C", 1) + coded(0, 11, "D", 1) + coded(12, 24, "D", 2) + coded(12, 24, "E", 1)
    merge = import_annotations([project_of(tmp_path / "study.qdpx", codings)], "refi-qda", tmp_path / "back", codebook)

    assert merge.faults == ()
    assert len(merge.warnings) == 1
    assert "Our themes > Nice quotation" in merge.warnings[0]
    both = {"workforce": "strength", "assessment_timeliness": "weakness"}
    assert [
        (one.text, one.report, one.sentiment, dict(one.themes), one.annotator)
        for one in load_annotations([tmp_path / "back"], codebook)
    ] == [
        ("Staff stay.", "Interview 1", "mixed", both, "Ann"),
        ("Plans drift.", "Interview 1", "weakness", {"assessment_timeliness": "weakness"}, "Bo"),
    ]


def test_a_project_cannot_reach_outside_itself(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "evil.qdpx"
    secret = tmp_path / "secret.txt"
    secret.write_text("Staff stay.", "utf-8")
    project_of(path, coded(0, 11, "C", 1), "&secret;")
    with zipfile.ZipFile(path) as project:
        content = project.read("Project.QDE").decode()
    entity = f'<!DOCTYPE Project [<!ENTITY secret SYSTEM "file://{secret}">]><Project'
    with zipfile.ZipFile(path, "w") as project:
        project.writestr("Project.QDE", content.replace("<Project", entity, 1))
    try:
        merge = import_annotations([path], "refi-qda", tmp_path / "back", codebook)
    except AnnotationError:
        return
    assert merge.changes == ()


# Some of it must be seen on paper: a control character alone is no sentence, and XML cannot hold one.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(
    lambda text: any(character.isprintable() and not character.isspace() for character in text)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(TEXT, TEXT, st.booleans()), min_size=1, max_size=5), st.sampled_from(sorted(FORMATS)))
def test_any_text_goes_out_and_comes_back(
    tmp_path: Path, codebook: Codebook, rows: list[tuple[str, str, bool]], name: str
) -> None:
    path = tmp_path / "any.jsonl"
    lines = [
        record(f"r/{number}", text=text, section=section, **({} if found else NOT))
        for number, (text, section, found) in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    file = exported(tmp_path, path, name, codebook)
    merge = import_annotations([file], name, path, codebook, annotator="ann", dry_run=True)
    assert merge.faults == ()
    assert [change.outcome for change in merge.changes] == ["recorded"] * len(rows)
