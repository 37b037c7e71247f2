from __future__ import annotations

import json
from pathlib import Path


def test_inspect_shows_outline_dates_and_judgements(run, examples: Path) -> None:
    shown = run("inspect", examples / "marlhaven-2023.pdf").stdout

    assert "2023-06-12" in shown
    assert "Marlhaven County Council" in shown
    assert "What needs to improve?" in shown
    assert "Requires improvement" in shown
    assert "Inspection report: Marlhaven" not in shown


def test_inspect_lists_what_was_left_out_on_demand(run, examples: Path) -> None:
    assert "Inspection report: Marlhaven" in run("inspect", examples / "marlhaven-2023.pdf", "--furniture").stdout


def test_explain_names_the_words_for_and_against(run) -> None:
    shown = run("explain", "Caseloads are too high.").stdout

    assert shown.startswith("Weakness  − Workforce")
    assert "Caseloads +" in shown


def test_explain_takes_the_context_into_account(run) -> None:
    sentence = "Timeliness of core assessments"

    assert run("explain", sentence, "--section", "Areas for improvement").stdout.startswith("Weakness")
    assert run("explain", sentence, "--section", "What is working well").stdout.startswith("Strength")


def test_explain_names_what_speaks_against_and_the_sentence_before(run) -> None:
    sentence = ("This is because of how they are held.", "--previous", "Visits are often late.", "--words", "2")
    shown = " ".join(run("explain", *sentence).stdout.split())

    assert "the sentence before +" in shown
    assert shown.count("against") >= 3
    assert "others" in shown


def test_explain_as_json_has_every_word_of_every_decision(run) -> None:
    told = json.loads(run("explain", "Caseloads are too high.", "--lead-in", "Weaknesses:", "--json").stdout)
    names = [decision["name"] for decision in told["decisions"]]
    workforce = told["decisions"][names.index("workforce")]

    assert names[0] == "finding"
    assert names[-3:] == ["strength", "weakness", "mixed"]
    assert told["finding"]["lead_in"] == "Weaknesses:"
    assert {word["word"] for word in workforce["words"] if word["where"] == "sentence"} == {
        "Caseloads", "are", "too", "high"
    }  # fmt: skip
    assert workforce["taken"] is (workforce["score"] >= workforce["threshold"]) is True


def test_there_must_be_a_sentence_to_explain(run) -> None:
    assert run("explain", "  ").exit_code == 2
