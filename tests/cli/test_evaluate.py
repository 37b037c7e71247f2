from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Annotated sentences of four invented reports, the last of each labelled wrongly on purpose."""
    path = tmp_path / "unseen.jsonl"
    lines = []
    for report in ("oxley", "brindle", "wexmoor", "thornley"):
        for at, (text, sentiment, themes) in enumerate(
            [
                (f"Caseloads in {report} are too high.", "weakness", {"workforce": "weakness"}),
                (
                    f"Supervision in {report} is regular and challenging.",
                    "strength",
                    {"management_oversight": "strength"},
                ),
                (f"Assessments in {report} are completed on time.", "strength", {"assessment_timeliness": "strength"}),
                (f"The town of {report} has four schools.", None, {}),
                (f"Vacancies in {report} <script>alert(1)</script> are not filled.", "strength", {}),
            ]
        ):
            record = {"id": f"{report}/{at}", "report": report, "text": text, "finding": sentiment is not None}
            lines.append(json.dumps(record | {"sentiment": sentiment, "themes": themes}) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_an_evaluation_as_text(run, data: Path) -> None:
    result = run("evaluate", data, "--errors", "1")

    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("20 annotated sentences of 4 reports", "Management oversight", "Are its probabilities true?", "Mixed"):
        assert part in result.stdout
    assert result.stdout.count("annotated strength") == 1
    assert "Would more annotations help?" not in result.stdout


def test_an_evaluation_as_json_on_standard_output_and_in_a_file(run, data: Path, tmp_path: Path) -> None:
    printed = json.loads(run("evaluate", data, "--format", "json").stdout)
    written = run("evaluate", data, "-o", tmp_path / "metrics.json")

    assert printed["annotations"] == 20
    assert printed["labels"]["workforce"]["support"] == 4
    assert printed["worst_errors"][0]["annotated"] == "strength"
    assert json.loads((tmp_path / "metrics.json").read_text("utf-8")) == printed
    assert (written.stdout, written.stderr) == ("", f"{tmp_path / 'metrics.json'}: 20 annotated sentences evaluated.\n")


def test_an_evaluation_as_a_page_that_runs_nothing_and_fetches_nothing(run, data: Path, tmp_path: Path) -> None:
    page = tmp_path / "evaluation.html"
    run("evaluate", data, "-o", page)
    html = page.read_text("utf-8")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "http" not in html.replace("http-equiv", "")
    assert html.count("<svg") == 8
    assert "unseen.jsonl" in html


def test_a_learning_curve_on_demand(run, data: Path) -> None:
    lines = data.read_text("utf-8").splitlines()
    copies = [line.replace('"oxley', '"mere').replace('"brindle', '"fenn') for line in lines[:10]]
    data.write_text("\n".join(lines + copies), encoding="utf-8")
    points = json.loads(run("evaluate", data, "--learning-curve", "--format", "json").stdout)["learning_curve"]

    assert [(point["sentences"], point["groups"]) for point in points] == [(20, 4)]


def test_a_model_is_not_trusted_on_what_it_was_trained_on(run, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "data" / "annotations" / "plain.jsonl"
    lines = shipped.read_text("utf-8").splitlines()[:40]
    seen = tmp_path / "seen.jsonl"
    seen.write_text("\n".join(lines), encoding="utf-8")
    result = run("evaluate", seen)

    assert "trained on the reports of 40 of these 40 sentences" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["-o", "evaluation.txt"], ["-o", "page.html", "--format", "text"], ["--errors", "-1"]]
)
def test_wrong_usage(run, data: Path, arguments: list[str]) -> None:
    assert run("evaluate", data, *arguments).exit_code == 2


def test_data_with_faults_is_told(run, data: Path) -> None:
    data.write_text('{"id": "a"}\n', encoding="utf-8")
    result = run("evaluate", data)

    assert result.exit_code == 1
    assert "unseen.jsonl:1" in result.stderr
