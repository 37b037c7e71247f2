"""The loop, as an analyst walks it: tag, review, correct, add, train, compare, promote, tag again; and go back."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.report import Sentence
from findings.tagging import Tagger
from findings.tagging.registry import in_use

ANNOTATIONS = Path(__file__).parents[2] / "data" / "annotations" / "paper.jsonl"
BASE = 240  # annotations that the first model learns from
CORRECT, WRONG = 55, 5

# How the analyst of this test reads the four themes and the sentiment of a sentence.
THEMES = {
    "thresholds": r"threshold|referral|step|section 47",
    "management_oversight": r"manager|supervision|audit|oversight|leader|challenge",
    "assessment_timeliness": r"time|late|delay|prompt|weeks|days|wait|drift|early",
    "workforce": r"social workers|caseload|staff|agency|training|recruit",
}
WEAK = r"too |not |late|delay|poor|few|drift|improve|weak|lack|rarely|slow|inconsisten|reduce|ensure|wait"
Key = tuple[str, str, str]
Said = tuple[bool, str | None, dict[str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models of its own."""
    monkeypatch.setenv("FINDINGS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder with the annotations that the first model learns from."""
    folder = tmp_path / "store"
    folder.mkdir()
    lines = ANNOTATIONS.read_text("utf-8").splitlines(keepends=True)
    (folder / "base.jsonl").write_text("".join(lines[:BASE]), "utf-8")
    return folder


def analyst(text: str, section: str) -> Said:
    """What the analyst says of a sentence."""
    sentiment = "weakness" if re.search(WEAK, f"{section} {text}", re.IGNORECASE) else "strength"
    themes = {name: sentiment for name, words in THEMES.items() if re.search(words, text, re.IGNORECASE)}
    return (True, sentiment, themes) if themes else (False, None, {})


def tags(run, *arguments: object) -> dict[Key, Said]:
    tagged = map(json.loads, run("tag", *arguments, "--all-sentences").stdout.splitlines())
    return {
        (one["report"], one["section"], one["text"]): (
            one["finding"],
            one["sentiment"],
            {tag["theme"]: tag["sentiment"] for tag in one["themes"]},
        )
        for one in tagged
    }


def correct(sheet: Path) -> tuple[dict[Key, Said], list[str]]:
    """Edit 60 rows of the workbook: 55 as the analyst sees them, 5 wrongly; the labels given, and the faulty cells."""
    book = load_workbook(sheet)
    rows = book["Review"]
    at = {cell.value: cell.column for cell in rows[1]}
    said: dict[Key, Said] = {}
    yes = itertools.cycle(["yes", "Y", "TRUE", 1, "x "])

    def put(row: int, column: str, value: Any) -> str:
        cell = rows.cell(row, at[column])
        cell.value = value
        return str(cell.coordinate)

    for row in range(2, 2 + CORRECT):
        report, section, text = (str(rows.cell(row, at[name]).value or "") for name in ("report", "section", "text"))
        finding, sentiment, themes = said[report, section, text] = analyst(text, section)
        put(row, "finding", next(yes) if finding else "no")
        put(row, "sentiment", sentiment and sentiment.capitalize())
        for theme in THEMES:
            put(row, f"theme:{theme}", themes.get(theme))
        put(row, "reviewed", "x")
    wrong = range(2 + CORRECT, 2 + CORRECT + WRONG)
    for row in wrong:
        for column, value in {"finding": "yes", "sentiment": "weakness", "reviewed": "yes"}.items():
            put(row, column, value)
        for theme in THEMES:
            put(row, f"theme:{theme}", None)
    faults = [
        put(wrong[0], "finding", "perhaps"),
        put(wrong[1], "sentiment", "weekness"),
        put(wrong[2], "theme:workforce", "mixed"),
        put(wrong[3], "sentiment", None),
        put(wrong[4], "theme:thresholds", "???"),
    ]
    book.save(sheet)
    return said, faults


def test_a_correction_made_in_a_workbook_comes_back_as_a_tag(
    run, examples: Path, store: Path, tmp_path: Path, home: Path
) -> None:
    def done(*arguments: object, code: int = 0) -> Any:
        result = run(*arguments)
        assert result.exit_code == code, result.stderr
        return result

    base, new, sheet = tmp_path / "base.joblib", tmp_path / "new.joblib", tmp_path / "review.xlsx"
    done("train", store, "-o", base)
    done("model", "use", base)
    before = tags(run, examples)
    done("review", examples, "-o", sheet, "--limit", 120, "--data", store)
    said, faulty_cells = correct(sheet)

    added = done("annotations", "add", sheet, "--to", store, "--annotator", "ann", code=1)
    faults = [line for line in added.stderr.splitlines() if line.startswith("Error: ")]
    assert [re.search(r"!([A-Z]+\d+): ", fault)[1] for fault in faults] == faulty_cells
    assert f"{CORRECT} new, 60 not reviewed, {WRONG} faults" in added.stdout
    assert len(load_annotations([store], Codebook.default())) == BASE + CORRECT

    trained = done("train", store, "-o", new, "--promote")
    assert "this model is in use now" in trained.stderr
    compared = json.loads(done("compare", base, new, store / "reviewed.jsonl", "--json").stdout)
    assert compared["verdict"] == "better"
    assert len(compared["changed"]) > CORRECT / 2
    assert done("model", "list").stdout.count("in use") == 1

    after = tags(run, examples)
    assert sum(before[key] != labels for key, labels in said.items()) > CORRECT / 2
    assert {key: after[key] for key in said} == said
    done("model", "rollback")
    assert tags(run, examples) == before


def test_a_worse_model_is_not_promoted(run, store: Path, tmp_path: Path, home: Path) -> None:
    unseen = tmp_path / "unseen.jsonl"
    lines = ANNOTATIONS.read_text("utf-8").splitlines(keepends=True)
    unseen.write_text("".join(lines[-300:]), "utf-8")
    run("train", store, "-o", tmp_path / "base.joblib")
    run("model", "use", tmp_path / "base.joblib")
    in_use = run("model", "list").stdout
    bad = tmp_path / "bad.jsonl"
    opposite = {"strength": "weakness", "weakness": "strength"}
    records = [json.loads(line) for line in lines[:BASE]]
    for record in records:
        record["sentiment"] = opposite.get(record["sentiment"], record["sentiment"])
        record["themes"] = {theme: opposite[said] for theme, said in record["themes"].items()}
    bad.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    refused = run("train", bad, "--promote", "--validation", unseen)

    assert refused.exit_code == 1
    assert "The new model is worse." in refused.stdout
    assert "Not promoted" in refused.stderr
    assert run("model", "list").stdout == in_use


def test_without_unseen_annotations_nothing_is_promoted(run, store: Path, tmp_path: Path, home: Path) -> None:
    run("train", store, "-o", tmp_path / "base.joblib")
    run("model", "use", tmp_path / "base.joblib")
    refused = run("train", store, "--promote")

    assert refused.exit_code == 1
    assert "name others with --validation" in refused.stderr


def test_models_by_name_and_the_way_back(run, store: Path, report: Path, tmp_path: Path, home: Path) -> None:
    assert run("model", "rollback").exit_code == 1
    model = tmp_path / "base.joblib"
    run("train", store, "-o", model)
    name = run("model", "use", model).stdout.split()[0]
    model.unlink()

    assert run("tag", report).stdout == run("tag", report, "--model", name[:5]).stdout
    assert run("tag", report, "--model", "shipped").exit_code == 0
    assert run("tag", report, "--model", "no-such-name").exit_code == 1
    assert run("model", "rollback").stdout == "shipped is in use.\n"
    assert name in run("model", "list").stdout
    assert run("model", "use", name).exit_code == 0
    (home / "in-use.json").write_text("{", "utf-8")
    damaged = run("tag", report)
    assert (damaged.exit_code, damaged.stderr.count("\n")) == (1, 1)
    assert "in-use.json" in damaged.stderr


@pytest.fixture
def kill(start) -> Callable[..., None]:
    """Starts a command and kills it `after` seconds, counted from when `begun` is true."""

    def kill_one(*arguments: object, begun: Callable[[], bool] = lambda: True, after: float = 0.0) -> None:
        process = start(*arguments)
        while process.poll() is None and not begun():
            time.sleep(0.002)
        time.sleep(after)
        process.kill()
        process.wait()

    return kill_one


def test_killed_while_it_adds_annotations_it_leaves_the_old_ones_or_the_new(run, kill, store: Path, tmp_path) -> None:
    sheet, codebook = tmp_path / "sheet.jsonl", Codebook.default()
    sheet.write_text("".join(ANNOTATIONS.read_text("utf-8").splitlines(keepends=True)[BASE : 2 * BASE]), "utf-8")
    add = ("annotations", "add", sheet, "--to", store, "--annotator", "ann")
    for number in range(6):
        kill(*add, begun=lambda: any(store.glob(".*.part")), after=0.002 * number)
        assert len(load_annotations([store], codebook)) in (BASE, 2 * BASE)
        (store / "reviewed.jsonl").unlink(missing_ok=True)
        for part in store.glob(".*.part"):
            part.unlink()
    assert run(*add).exit_code == 0
    assert len(load_annotations([store], codebook)) == 2 * BASE


def test_killed_while_it_promotes_it_leaves_the_old_model_in_use_or_the_new(
    run, kill, report: Path, tmp_path: Path, home: Path
) -> None:
    lines = ANNOTATIONS.read_text("utf-8").splitlines(keepends=True)
    for name, some in (("small", lines[:60]), ("unseen", lines[-40:])):
        (tmp_path / f"{name}.jsonl").write_text("".join(some), "utf-8")
    run("train", tmp_path / "small.jsonl", "-o", tmp_path / "base.joblib")
    run("model", "use", tmp_path / "base.joblib")
    promote = ("train", tmp_path / "small.jsonl", "--promote", "--validation", tmp_path / "unseen.jsonl", "--seed")
    names = {in_use()}
    for number in range(6):
        kill(*promote, number, begun=lambda: any((home / "models").glob(".part-*")), after=0.02 * number)
        names.add(in_use())
        assert Tagger.load().tag([Sentence("Too few social workers stay.")])
    assert run(*promote, 99).exit_code == 0
    assert not list((home / "models").glob(".part-*"))
    assert in_use() not in names
