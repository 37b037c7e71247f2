from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from findings.codebook import Codebook
from findings.report import Annotation
from findings.resources import shipped as shipped_file
from findings.tagging import Tagger

SIZE = 600


@pytest.fixture(scope="session")
def sample() -> list[Annotation]:
    """Some 600 of the shipped annotations: whole reports of one kind, in order."""
    kept: list[Annotation] = []
    with Path(shipped_file("annotations"), "plain.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if len(kept) >= SIZE and record["report"] != kept[-1].report:
                break
            kept.append(annotation(record))
    return kept


def annotation(record: dict[str, object]) -> Annotation:
    fields = ("id", "report", "text", "finding", "sentiment", "themes", "section", "lead_in", "bullet", "previous")
    one = {name: record[name] for name in fields if name in record}
    return Annotation(**one, group=str(record.get("group") or record["report"]))


@pytest.fixture(scope="session")
def fitted(sample: Sequence[Annotation]) -> Tagger:
    """A tagger trained on the sample."""
    return Tagger(folds=3, jobs=1).fit(sample)


@pytest.fixture(scope="session")
def shipped() -> Tagger:
    """The tagger that ships."""
    return Tagger.load(shipped_file("models") / "default.joblib")


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return Codebook.default()
