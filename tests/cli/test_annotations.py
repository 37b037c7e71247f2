from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder with three annotated sentences of an invented report."""
    folder = tmp_path / "store"
    folder.mkdir()
    lines = [line(1), line(2), line(3, finding=False, sentiment=None, themes={})]
    (folder / "base.jsonl").write_text("".join(lines), "utf-8")
    return folder


def line(number: int, **changes: Any) -> str:
    record = {
        "id": f"wexmoor/{number}",
        "report": "wexmoor",
        "text": f"Team {number} has too few social workers.",
        "finding": True,
        "sentiment": "weakness",
        "themes": {"workforce": "weakness"},
    }
    return json.dumps(record | changes) + "\n"


def test_a_review_holds_what_was_asked_for_and_leaves_out_what_is_annotated(
    run, examples: Path, report: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "review.xlsx"
    result = run("review", examples, "-o", sheet, "--limit", "50", "--random-share", "0.3")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "50 sentences to review, 15 of them drawn at random" in result.stderr
    rows = list(load_workbook(sheet)["Review"].values)
    assert len(rows) == 51
    assert len({row[rows[0].index("report")] for row in rows[1:]}) == 3

    known = tmp_path / "known.jsonl"
    known.write_text(
        line(1, text="Too many assessments are late, and children wait far too long for a decision."), "utf-8"
    )
    run("review", report, "-o", tmp_path / "rest.jsonl", "--data", known)
    rest = [json.loads(row)["text"] for row in (tmp_path / "rest.jsonl").read_text("utf-8").splitlines()]
    assert [text[:11] for text in rest] == ["The council", "Social work"]


def test_the_doubt_in_a_theme_that_was_not_tagged_counts(run, examples: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "review.jsonl"
    run("review", examples, "-o", sheet, "--random-share", "0", "--limit", "20")
    doubtful = [json.loads(row) for row in sheet.read_text("utf-8").splitlines()]

    assert min(row["doubt"] for row in doubtful) > 0.2
    assert all(row["chosen"] for row in doubtful)


def test_a_sheet_of_an_unknown_kind_is_refused_before_any_work(run, examples: Path, tmp_path: Path) -> None:
    result = run("review", examples, "-o", tmp_path / "review.ods")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert ".xlsx, .csv or .jsonl" in result.stderr


def test_adding_shows_what_changes_and_names_faults(run, store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "back.csv"
    sheet.write_text(
        "id;text;finding;sentiment;theme:workforce\n"
        "wexmoor/1;Team 1 has too few social workers.;Y;strength;x\n"
        "wexmoor/2;Team 2 has too few social workers.;yes;awful;\n"
        ";Supervision is monthly and well recorded.;TRUE;s;\n",
        "utf-8-sig",
    )
    before = (store / "base.jsonl").read_bytes()
    dry = run("annotations", "add", sheet, "--to", store, "--annotator", "ann", "--dry-run")
    assert [path.name for path in store.iterdir()] == ["base.jsonl"]
    done = run("annotations", "add", sheet, "--to", store, "--annotator", "ann")

    for result in (dry, done):
        assert result.exit_code == 1
        assert f'Error: {sheet}:D3: unknown sentiment "awful"' in result.stderr
        assert "1 new, 1 changed, 1 faults." in result.stdout
        assert "workforce=strength" in "".join(result.stdout.split())
    assert "dry run" in dry.stdout
    assert (store / "base.jsonl").read_bytes() == before
    assert (
        "4 annotations" not in run("annotations", "check", store).stdout
    )  # two records of one sentence, and a new one
    assert "4 sentences" in run("annotations", "stats", store).stdout


def test_check_names_every_fault_with_its_line(run, store: Path) -> None:
    (store / "bad.jsonl").write_text(line(4, sentiment="poor") + line(5) + "{\n", "utf-8")
    result = run("annotations", "check", store)

    assert result.exit_code == 1
    assert [fault.split(": ")[1] for fault in result.stderr.splitlines()] == [
        f"{store / 'bad.jsonl'}:1",
        f"{store / 'bad.jsonl'}:3",
    ]


def test_stats_count_labels_and_annotators(run, store: Path) -> None:
    counts = json.loads(run("annotations", "stats", store, "--json").stdout)

    assert (counts["sentences"], counts["findings"]) == (3, 2)
    assert counts["themes"]["workforce"] == {"weakness": 2}
    assert counts["annotators"] == {"": 3}


def test_conflicts_are_listed_and_settled_through_a_sheet(run, store: Path, tmp_path: Path) -> None:
    for name, sentiment in (("ann", "weakness"), ("bo", "strength")):
        sheet = tmp_path / f"{name}.jsonl"
        sheet.write_text(line(1, sentiment=sentiment, themes={}), "utf-8")
        run("annotations", "add", sheet, "--to", store, "--annotator", name)
    settle = tmp_path / "settle.xlsx"
    listed = run("annotations", "conflicts", store, "-o", settle)
    assert "bo: strength" in listed.stdout
    assert "about 1 sentences" in run("annotations", "check", store).stderr
    book = load_workbook(settle)
    sheet = book["Review"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["finding"]).value, sheet.cell(2, at["sentiment"]).value = "yes", "mixed"
    book.save(settle)
    added = run("annotations", "add", settle, "--to", store, "--annotator", "consensus")

    assert "1 settled" in added.stdout
    assert run("annotations", "conflicts", store).stdout == "No conflicts.\n"


def test_agreement_of_two_files_and_of_one_store(run, tmp_path: Path) -> None:
    ann, bo = tmp_path / "ann.jsonl", tmp_path / "bo.jsonl"
    ann.write_text("".join(line(number, annotator="ann") for number in range(4)), "utf-8")
    other = line(0, annotator="bo", finding=False, sentiment=None, themes={})
    bo.write_text(other + "".join(line(number, annotator="bo") for number in range(1, 4)), "utf-8")
    sheet = tmp_path / "differ.csv"
    shown = run("annotations", "agreement", ann, bo, "-o", sheet)
    figures = json.loads(run("annotations", "agreement", tmp_path, "--json").stdout)

    assert "4 sentences labelled by at least two annotators" in shown.stdout
    assert "bo: not a finding" in shown.stdout
    assert sheet.read_text("utf-8-sig").count("wexmoor/0") == 1
    assert figures["labels"][0]["label"] == "finding"
    assert figures["labels"][0]["agreed"] == 0.75
    assert len(figures["disagreements"]) == 1
    assert run("annotations", "agreement", ann).exit_code == 2
