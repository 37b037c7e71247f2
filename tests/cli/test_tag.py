from __future__ import annotations

import csv
import io
import json
import os
import signal
import zipfile
from pathlib import Path

import pytest

from findings import read_report

KEYS = (
    "report page paragraph section lead_in start end text finding finding_score sentiment sentiment_score themes"
).split()


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_sentence_comes_out_as_a_line_with_its_offsets(run, examples: Path) -> None:
    path = examples / "marlhaven-2023.pdf"
    result = run("tag", path, "--all-sentences")
    report = read_report(path)

    assert result.exit_code == 0
    assert result.stderr == ""
    tagged = lines(result.stdout)
    assert all(list(line) == KEYS for line in tagged)
    assert all(report.text[line["start"] : line["end"]] == line["text"] for line in tagged)
    assert [line["start"] for line in tagged] == sorted(line["start"] for line in tagged)
    assert {line["finding"] for line in tagged} == {True, False}


def test_only_findings_come_out_unless_all_sentences_are_asked_for(run, report: Path) -> None:
    every = lines(run("tag", report, "--all-sentences").stdout)
    found = lines(run("tag", report).stdout)

    assert found == [line for line in every if line["finding"]]
    assert [line["sentiment"] for line in found] == ["weakness", "strength"]


def test_the_title_of_an_inspection_is_a_sentence_too_and_other_headings_are_not(run, tmp_path: Path) -> None:
    title = "Inspection of Norhaven local authority children's services"
    path = tmp_path / "norhaven.md"
    path.write_text(f"# {title}\n\n## Leaders\n\nManagers challenge drift well.\n", encoding="utf-8")
    every = lines(run("tag", path, "--all-sentences").stdout)
    assert [(line["text"], line["finding"]) for line in every] == [
        (title, False),
        ("Managers challenge drift well.", True),
    ]


def test_choosing_by_theme_sentiment_and_score(run, report: Path) -> None:
    chosen = lines(run("tag", report, "--theme", "workforce", "--sentiment", "strength").stdout)

    assert [line["text"][:14] for line in chosen] == ["Social workers"]
    assert run("tag", report, "--min-score", "2").exit_code == 2


def test_a_file_holds_what_a_pipe_gets(run, report: Path, tmp_path: Path, examples: Path) -> None:
    for ending in ("jsonl", "csv"):
        output = tmp_path / f"out.{ending}"
        result = run("tag", report, examples, "-o", output)

        assert result.exit_code == 0
        assert result.stdout == ""
        assert "of 4 reports" in result.stderr
        assert output.read_bytes() == run("tag", report, examples, "--format", ending).stdout_bytes


def test_csv_opens_as_a_table_of_findings(run, report: Path) -> None:
    text = run("tag", report, "--format", "csv").stdout
    first, second = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))

    assert text.startswith("\ufeff")
    assert first["assessment_timeliness"] == "weakness"
    assert second["workforce"] == "strength"


def test_standard_input_and_archives_are_read(run, report: Path, tmp_path: Path) -> None:
    archive = tmp_path / "reports.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(report, "inner/harlbrook-2020.txt")

    from_file = lines(run("tag", report).stdout)
    assert lines(run("tag", archive).stdout) == from_file
    from_stdin = lines(run("tag", "-", stdin=report.read_bytes()).stdout)
    assert [line["text"] for line in from_stdin] == [line["text"] for line in from_file]


def test_a_bad_report_costs_itself_alone(run, report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    result = run("tag", empty, report, tmp_path / "missing.pdf")

    assert result.exit_code == 1
    assert lines(result.stdout) == lines(run("tag", report).stdout)
    first, second, third = result.stderr.splitlines()
    assert first.startswith("Error: empty.pdf: the file is empty")
    assert second.startswith("Error: missing.pdf: no such file")
    assert third == "2 of 3 reports could not be read; the others are done."


def test_what_was_done_is_written_although_a_report_is_bad(run, report: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    result = run("tag", report, tmp_path / "missing.pdf", "-o", output)

    assert result.exit_code == 1
    assert len(lines(output.read_text(encoding="utf-8"))) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        (["x.txt", "--theme", "work_force"], "did you mean workforce?"),
        (["x.txt", "--sentiment", "good"], "no sentiment 'good'"),
        (["x.txt", "--min-score", "2"], "less than or equal to 1"),
        (["x.txt", "--format", "docx"], "'docx'"),
        (["x.txt", "-o", "out.png"], "ends in .csv, .jsonl, .html or .pdf"),
        (["x.txt", "-o", "."], "is a folder"),
        (["x.txt", "--all-sentences", "--theme", "workforce"], "does not go with"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(run, arguments: list[str], message: str) -> None:
    result = run("tag", *arguments)

    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_missing_model_is_told_in_one_line(run, report: Path, tmp_path: Path) -> None:
    result = run("tag", report, "--model", tmp_path / "missing.joblib")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "missing.joblib" in result.stderr


def test_the_table_shows_text_as_it_is_and_obeys_none_of_it(run, tmp_path: Path) -> None:
    path = tmp_path / "evil\u202e.txt"
    sentence = "Supervision is [bold]poor[/bold] and \x1b[31mlate\x1b[0m for too many \u202esocial workers."
    path.write_text(f"{sentence}\n", encoding="utf-8")

    for options in (["--format", "table"], ["--format", "jsonl"], ["--format", "csv"]):
        shown = run("tag", path, *options)
        assert "[bold]" in shown.stdout
        assert not set("\x1b\u202e") & set(shown.stdout + shown.stderr)


def test_a_reader_that_stops_early_is_no_error(start, examples: Path) -> None:
    process = start("tag", examples, examples, examples, "--all-sentences")
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    assert process.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="named pipes and SIGINT as on Unix")
def test_an_interrupt_keeps_what_was_done(start, report: Path, tmp_path: Path) -> None:
    waiting, output = tmp_path / "waiting.txt", tmp_path / "out.jsonl"
    os.mkfifo(waiting)
    process = start("tag", report, waiting, "-o", output)
    with waiting.open("wb"):  # opens as soon as the command has come to the second report
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read().decode()

    assert process.wait() == 130
    assert errors.splitlines()[-1] == "Interrupted."
    assert "Traceback" not in errors
    assert len(lines(output.read_text(encoding="utf-8"))) == 2


def test_a_page_and_a_pdf_show_the_text_with_its_findings(run, report: Path, examples: Path, tmp_path: Path) -> None:
    page, copy = tmp_path / "tagged.html", tmp_path / "tagged.pdf"

    assert run("tag", report, examples, "-o", page).exit_code == 0
    assert "manageable caseloads" in page.read_text(encoding="utf-8")
    assert run("tag", examples / "marlhaven-2023.pdf", "-o", copy).exit_code == 0
    assert read_report(copy).text == read_report(examples / "marlhaven-2023.pdf").text
    assert run("tag", report, examples, "-o", copy).exit_code == 2
    result = run("tag", report, "-o", copy)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_a_file_that_cannot_be_written_is_told_in_one_line(run, report: Path, tmp_path: Path) -> None:
    output = report / "findings.csv"  # a file in a file
    result = run("tag", report, "-o", output)

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "harlbrook-2020.txt" in result.stderr
