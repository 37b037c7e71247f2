from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def later(tmp_path: Path) -> Path:
    path = tmp_path / "harlbrook-2022.txt"
    path.write_text(
        "Harlbrook Borough Council\n\nAssessments are no longer late, and children get a decision promptly.\n\n"
        "Social workers have unmanageable caseloads and feel poorly supported by their managers.\n",
        encoding="utf-8",
    )
    return path


def test_it_shows_what_is_better_and_what_is_worse(run, report: Path, later: Path) -> None:
    shown = run("diff", report, later).stdout

    assert "Was a strength, is now a weakness" in shown
    assert "unmanageable caseloads" in shown


def test_json_holds_all_of_it(run, report: Path, later: Path) -> None:
    values = json.loads(run("diff", report, later, "--json").stdout)
    workforce = next(theme for theme in values["themes"] if theme["theme"] == "workforce")

    assert (values["old"], values["new"]) == ("harlbrook-2020.txt", "harlbrook-2022.txt")
    assert (workforce["old"], workforce["new"]) == ({"strength": 1, "weakness": 0}, {"strength": 0, "weakness": 1})


def test_a_missing_report_ends_it_with_one_line(run, report: Path, tmp_path: Path) -> None:
    result = run("diff", report, tmp_path / "missing.pdf")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_folder_of_several_is_wrong_usage(run, report: Path, examples: Path) -> None:
    assert run("diff", report, examples).exit_code == 2
