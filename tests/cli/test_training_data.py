"""Training on what people bring: other codebooks, few examples, no context."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPORTS = 6


def sentences(themes: list[str], count: int, scale: tuple[str, str] | None = ("strength", "weakness")) -> list[Any]:
    """Sentences without context, each about one theme and in words that tell it."""
    records = []
    for number in range(count):
        theme, good = themes[number % len(themes)], number // len(themes) % 2 == 0
        sentiment = scale[0 if good else 1] if scale else None
        word = theme.replace("_", "")
        said = f"In area {number} the {word} is {'good, prompt and valued' if good else 'poor, late and unsafe'}."
        record = {"id": f"n/{number}", "report": f"report-{number % REPORTS}", "text": said, "finding": True}
        records.append(record | {"sentiment": sentiment, "themes": {theme: sentiment}})
    other = {"finding": False, "sentiment": None, "themes": {}}
    for number in range(count // 4):
        text = f"There are {number + 2} offices in district {number}."
        records.append({"id": f"o/{number}", "report": f"report-{number % REPORTS}", "text": text} | other)
    return records


@pytest.fixture
def write(tmp_path: Path) -> Callable[[list[Any]], Path]:
    def write_records(records: list[Any]) -> Path:
        path = tmp_path / "own.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        return path

    return write_records


def codebook(run, path: Path, themes: list[str], *options: str) -> Path:
    result = run("codebook", "init", path, *(part for theme in themes for part in ("--theme", theme)), *options)
    assert result.exit_code == 0, result.stderr
    return path


def tags(run, model: Path, report: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("tag", report, "--model", model).stdout.splitlines()]


@pytest.mark.parametrize("count", [3, 40])
def test_as_many_themes_as_a_codebook_has(run, write, tmp_path: Path, count: int) -> None:
    themes = [f"theme_{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(count)]
    book = codebook(run, tmp_path / "book.toml", themes)
    model, report = tmp_path / "own.joblib", tmp_path / "new.txt"
    trained = run("train", write(sentences(themes, max(60, 6 * count))), "--codebook", book, "-o", model)
    assert trained.exit_code == 0, trained.stderr
    report.write_text(f"In Ashmere the {themes[1].replace('_', '')} is poor, late and unsafe.\n", "utf-8")

    (finding,) = tags(run, model, report)
    assert [(tag["theme"], tag["sentiment"]) for tag in finding["themes"]] == [(themes[1], "weakness")]
    assert len(json.loads(run("model", "--model", model, "--json").stdout)["codebook"]["themes"]) == count


def test_a_scale_of_ones_own(run, write, tmp_path: Path) -> None:
    scale = ("--sentiment", "Praise", "--sentiment", "Concern")
    book = codebook(run, tmp_path / "book.toml", ["Housing", "Play"], *scale)
    model, report = tmp_path / "own.joblib", tmp_path / "new.txt"
    records = sentences(["housing", "play"], 60, ("praise", "concern"))
    assert run("train", write(records), "--codebook", book, "-o", model).exit_code == 0
    report.write_text("In Ashmere the play is good, prompt and valued.\n", "utf-8")

    (finding,) = tags(run, model, report)
    assert finding["sentiment"] == "praise"
    assert [(tag["theme"], tag["sentiment"]) for tag in finding["themes"]] == [("play", "praise")]


def test_no_scale_at_all(run, write, tmp_path: Path) -> None:
    book = codebook(run, tmp_path / "book.toml", ["Housing", "Play"], "--no-sentiments")
    model, report = tmp_path / "own.joblib", tmp_path / "new.txt"
    trained = run("train", write(sentences(["housing", "play"], 60, None)), "--codebook", book, "-o", model)
    report.write_text("In Ashmere the housing is good, prompt and valued.\n", "utf-8")

    assert trained.exit_code == 0, trained.stderr
    (finding,) = tags(run, model, report)
    assert finding["sentiment"] is None
    assert [(tag["theme"], tag["sentiment"]) for tag in finding["themes"]] == [("housing", None)]
    assert run("summary", report, "--model", model).exit_code == 0
    assert run("explain", "The housing is good.", "--model", model).exit_code == 0
    assert run("review", report, "--model", model, "-o", tmp_path / "review.xlsx").exit_code == 0


def test_a_theme_with_few_examples_or_none_is_trained_and_the_table_says_what_it_wants(run, write, tmp_path) -> None:
    book = codebook(run, tmp_path / "book.toml", ["Housing", "Play", "Rare", "Unseen"])
    records = sentences(["housing", "play"], 80)
    rare = [record | {"themes": {"rare": record["sentiment"]}} for record in records[:2]]
    trained = run("train", write(rare + records[2:]), "--codebook", book, "-o", tmp_path / "own.joblib")

    assert trained.exit_code == 0, trained.stderr
    table = trained.stdout[trained.stdout.index("Trust") :]
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines() if line[:1].isalpha()}
    assert rows["Rare"] == ["2", "cannot", "be", "told", "30"]
    assert rows["Unseen"] == ["0", "not", "trained", "30"]
    assert rows["Housing"][:2] == ["39", "good"]


def test_too_few_annotations_are_told(run, write, tmp_path: Path) -> None:
    result = run("train", write(sentences(["workforce"], 8)), "-o", tmp_path / "own.joblib")

    assert result.exit_code == 1
    assert "annotate at least 20" in result.stderr
    assert not (tmp_path / "own.joblib").exists()


def test_a_codebook_is_started_and_checked(run, tmp_path: Path) -> None:
    file = codebook(run, tmp_path / "book.toml", ["Voice of the child"], "--from-shipped")
    checked = run("codebook", "check", file)
    assert checked.exit_code == 0
    assert "5 themes" in checked.stdout
    assert "voice_of_the_child" in checked.stderr
    assert run("codebook", "init", file, "--theme", "Other").exit_code == 2

    file.write_text(file.read_text("utf-8").replace('name = "voice_of_the_child"', 'name = "Voice"'), "utf-8")
    faulty = run("codebook", "check", file)
    assert faulty.exit_code == 1
    assert 'themes[5].name: "Voice" is not a name' in faulty.stderr


def test_the_default_data_does_not_speak_of_a_scale_that_it_lacks(run, write, tmp_path: Path) -> None:
    book = codebook(run, tmp_path / "book.toml", ["Play"], "--sentiment", "praise", "--sentiment", "concern")
    records = sentences(["play"], 30, ("praise", "concern"))
    result = run("train", write(records), "--codebook", book, "--include-default-data", "-o", tmp_path / "m.joblib")

    assert result.exit_code == 1
    assert 'The default data has no sentiment "concern"' in result.stderr


def test_labels_that_contradict_all_others_are_suspects_and_can_be_corrected(run, write, tmp_path: Path) -> None:
    book = codebook(run, tmp_path / "book.toml", ["Housing", "Play"])
    records = sentences(["housing", "play"], 80)
    records[10] = records[10] | {"themes": {"play": records[10]["sentiment"]}}
    records[21] = records[21] | {"finding": False, "sentiment": None, "themes": {}}
    data, sheet = write(records), tmp_path / "suspects.csv"
    shown = run("annotations", "suspects", data, "--codebook", book, "-o", sheet)

    assert shown.exit_code == 0
    first = [line.split(":")[0] for line in shown.stdout.splitlines() if line[:2] in ("n/", "o/")][:2]
    assert set(first) == {"n/10", "n/21"}
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["n/10"]["comment"] == "the model: weakness; housing=weakness"
    rows["n/10"] |= {"theme:housing": "weakness", "theme:play": ""}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows["n/10"])
        writer.writeheader()
        writer.writerows(rows.values())
    added = run("annotations", "add", sheet, "--to", data, "--codebook", book)
    assert added.stdout.endswith(f"own.jsonl: 1 changed, {len(rows) - 1} not reviewed.\n")
