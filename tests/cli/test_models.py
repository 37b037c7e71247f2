from __future__ import annotations

import json
from pathlib import Path

import pytest

THEMES = ("thresholds", "management_oversight", "assessment_timeliness", "workforce")
WORDS = ("threshold", "oversight", "lateness", "caseload")


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    """Sixty annotated sentences of six reports, whose themes follow from one word each."""
    records = []
    for number in range(60):
        at, good = number % 4, number % 3 > 0
        sentiment = "strength" if good else "weakness"
        text = f"The {WORDS[at]} in area {number} is {'good and improving' if good else 'poor and unsafe'}."
        if number % 10 == 9:
            text, sentiment = f"Area {number} has four schools.", None
        record = {"id": f"r{number}", "report": f"report-{number % 6}", "text": text, "finding": sentiment is not None}
        themes = {THEMES[at]: sentiment} if sentiment else {}
        records.append(
            record | {"section": "", "lead_in": "", "bullet": False, "sentiment": sentiment, "themes": themes}
        )
    path = tmp_path / "annotations.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_train_evaluate_show_and_tag_with_a_model_of_ones_own(run, annotations: Path, report: Path) -> None:
    model = annotations.with_name("own.joblib")
    trained = run("train", annotations, "-o", model)
    evaluated = run("evaluate", annotations, "--model", model, "--format", "json")

    assert trained.exit_code == 0
    assert "60 annotated sentences of 6 reports" in trained.stdout
    assert "own.md" in trained.stderr
    metrics = json.loads(evaluated.stdout)
    assert metrics["annotations"] == 60
    assert metrics["labels"]["workforce"]["support"] == 12
    assert "Workforce" in run("evaluate", annotations, "--model", model).stdout
    assert "60 annotated sentences" in run("model", "--model", model).stdout
    assert json.loads(run("model", "--model", model, "--json").stdout)["data"]["annotations"] == 60
    assert run("tag", report, "--model", model, "--all-sentences").stdout.count("\n") == 3


def test_faults_in_annotations_are_all_told_and_nothing_is_written(run, annotations: Path) -> None:
    lines = annotations.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace('"management_oversight"', '"no_such_theme"').replace('"workforce"', '"no_such_theme"')
    lines[7] = "not json"
    annotations.write_text("\n".join(lines), encoding="utf-8")
    model = annotations.with_name("own.joblib")
    result = run("train", annotations, "-o", model)

    assert result.exit_code == 1
    assert [line.split(": ")[1].rsplit(":", 1)[1] for line in result.stderr.splitlines()] == ["4", "8"]
    assert not model.exists()


def test_a_damaged_model_is_told_in_one_line(run, report: Path, tmp_path: Path) -> None:
    model = tmp_path / "damaged.joblib"
    model.write_bytes(b"nothing")
    result = run("tag", report, "--model", model)

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "damaged.joblib" in result.stderr


def test_a_model_needs_its_ending(run, annotations: Path) -> None:
    assert run("train", annotations, "-o", annotations.with_name("model.pkl")).exit_code == 2


def test_the_card_of_the_model_that_ships(run) -> None:
    assert run("model").stdout.startswith("# Model card")
