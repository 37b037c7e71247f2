from __future__ import annotations

import json
from pathlib import Path

import pytest

PREFERENCES = ("high", "balanced", "high-precision")


def tags(stdout: str) -> set[tuple[int, str]]:
    lines = [json.loads(line) for line in stdout.splitlines()]
    return {(line["start"], tag["theme"]) for line in lines for tag in line["themes"]}


def test_recall_tags_more_and_precision_less(run, examples: Path) -> None:
    high, balanced, precise = (
        tags(run("tag", examples / "marlhaven-2023.pdf", "--recall", name, "--format", "jsonl").stdout)
        for name in PREFERENCES
    )

    assert precise < balanced < high
    assert balanced == tags(run("tag", examples / "marlhaven-2023.pdf", "--format", "jsonl").stdout)


def test_a_summary_counts_what_the_preference_tags(run, examples: Path, tmp_path: Path) -> None:
    counts = []
    for name in PREFERENCES:
        run("summary", examples / "marlhaven-2023.pdf", "--recall", name, "-o", tmp_path / "summary.csv")
        counts.append((tmp_path / "summary.csv").read_text("utf-8-sig"))

    assert len(set(counts)) == 3


@pytest.mark.parametrize("command", ["tag", "summary"])
def test_the_preferences_are_explained_and_others_refused(run, command: str, report: Path) -> None:
    shown = " ".join(run(command, "--help").stdout.split())

    assert "tag when in doubt, and expect more wrong tags" in shown
    assert "tag only what is sure, and expect to miss more" in shown
    assert run(command, report, "--recall", "low").exit_code == 2
