from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

TITLES = {
    "thresholds": "Thresholds",
    "management_oversight": "Management oversight",
    "assessment_timeliness": "Timeliness of assessment",
    "workforce": "Workforce",
}


def test_the_counts_are_those_of_the_tagged_findings(run, examples: Path) -> None:
    tagged = [json.loads(line) for line in run("tag", examples).stdout.splitlines()]
    counts = Counter((tag["theme"], tag["sentiment"]) for line in tagged for tag in line["themes"])
    shown = run("summary", examples, "--quotes", "0").stdout

    assert f"{len(tagged)} findings" in shown
    for theme, title in TITLES.items():
        expected = f"{title} +{counts[theme, 'strength']} +{counts[theme, 'weakness']}"
        assert re.search(expected.replace(" +", r" +"), shown), expected


def test_one_report_is_told_once_with_quotations_and_their_place(run, examples: Path) -> None:
    shown = run("summary", examples / "marlhaven-2023.pdf").stdout

    assert shown.count("marlhaven-2023.pdf") == 1
    assert re.search(r"\(page \d", shown)
    assert "(page" not in run("summary", examples / "marlhaven-2023.pdf", "--quotes", "0").stdout


def test_it_fits_80_columns_and_groups_by_year(run, examples: Path) -> None:
    shown = run("summary", examples, "--by", "year").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert re.search(r"^2023 ", shown, re.MULTILINE)


def test_a_grouping_that_is_none_is_wrong_usage(run, examples: Path) -> None:
    result = run("summary", examples, "--by", "colour")

    assert result.exit_code == 2
    assert "colour is no grouping" in result.stderr


def test_a_bad_report_is_named_and_the_others_are_counted(run, report: Path, tmp_path: Path) -> None:
    result = run("summary", report, tmp_path / "missing.txt")

    assert result.exit_code == 1
    assert "2 findings" in result.stdout
    assert "missing.txt" in result.stderr


def test_reports_that_share_a_name_are_told_apart(run, report: Path, tmp_path: Path) -> None:
    for year in ("2019", "2022"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "report.txt").write_bytes(report.read_bytes())
    output = tmp_path / "summary.jsonl"

    assert run("summary", tmp_path / "2019", tmp_path / "2022", "-o", output).exit_code == 0
    names = {json.loads(line)["report"] for line in output.read_text(encoding="utf-8").splitlines()}
    assert names == {str(tmp_path / year / "report.txt") for year in ("2019", "2022")}


def test_a_page_links_to_the_report_beside_it(run, examples: Path, tmp_path: Path) -> None:
    copied = tmp_path / "a report.pdf"
    copied.write_bytes((examples / "marlhaven-2023.pdf").read_bytes())
    output = tmp_path / "pages" / "summary.html"

    assert run("summary", copied, "-o", output).exit_code == 0
    page = output.read_text(encoding="utf-8")
    assert 'href="../a%20report.pdf#page=2"' in page
    assert str(tmp_path) not in page


@pytest.mark.parametrize("ending", ["docx", "md", "xlsx", "csv", "json"])
def test_the_ending_decides_the_form(run, report: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"summary.{ending}"
    result = run("summary", report, "-o", output)

    assert (result.exit_code, result.stdout) == (0, "")
    assert output.stat().st_size > 0


def test_another_ending_is_wrong_usage(run, report: Path, tmp_path: Path) -> None:
    assert run("summary", report, "-o", tmp_path / "summary.png").exit_code == 2
