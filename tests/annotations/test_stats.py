from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from samples import record

from findings.annotations.stats import annotation_stats
from findings.codebook import Codebook
from findings.errors import AnnotationError


def test_a_store_is_counted(write: Callable[..., Path], codebook: Codebook, tmp_path: Path) -> None:
    both = {"assessment_timeliness": "strength", "workforce": "weakness"}
    write(record("a/1"), record("a/2", sentiment="mixed", themes=both, bullet=False), name="one.jsonl")
    write(
        record("b/1", finding=False, sentiment=None, themes={}, annotator="ann"),
        record("b/2", annotator="ann"),
        record("b/2", annotator="bo", themes={}),
        name="two.jsonl",
    )
    stats = annotation_stats([tmp_path], codebook)
    assert stats.files == {str(tmp_path / "one.jsonl"): 2, str(tmp_path / "two.jsonl"): 3}
    assert stats.annotators == {None: 2, "ann": 2, "bo": 1}
    assert (stats.sentences, stats.reports, stats.groups, stats.bullets) == (3, 2, 2, 2)
    assert (stats.findings, stats.several_themes, stats.conflicts) == (2, 1, 1)
    assert stats.sentiments == {"weakness": 1, "mixed": 1}
    assert stats.themes["assessment_timeliness"] == {"weakness": 1, "strength": 1}
    assert stats.themes["thresholds"] == {}


def test_the_same_words_in_the_same_context_labelled_differently_are_doubtful(
    write: Callable[..., Path], codebook: Codebook
) -> None:
    same = {"text": "Visits are regular."}
    path = write(
        record("a/1", **same),
        record("a/2", **same),
        record("b/1", **same, sentiment="strength", themes={}),
        record("b/2", **same, sentiment="strength", section="What works well"),
    )
    assert annotation_stats([path], codebook).doubtful == (("a/1", "b/1"),)


def test_faulty_annotations_are_not_counted(write: Callable[..., Path], codebook: Codebook) -> None:
    with pytest.raises(AnnotationError):
        annotation_stats([write(record(sentiment="oops"))], codebook)
