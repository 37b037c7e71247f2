from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation, Finding, Sentence, ThemeTag
from findings.tagging import Tagger
from findings.tagging.evaluation import evaluate, evaluate_out_of_fold, measure
from findings.tagging.evaluation_report import examine
from findings.tagging.learning_curve import learning_curve
from findings.tagging.model import Probabilities
from findings.tagging.worst_errors import worst_errors


def said(at: int, sentiment: str | None, report: str = "r", **themes: str) -> Annotation:
    return Annotation(f"a{at}", report, f"Sentence {at}.", sentiment is not None, sentiment, themes, group=report)


def told(at: int, sentiment: str | None, **themes: str) -> Finding:
    tags = tuple(ThemeTag(theme, 0.9, its) for theme, its in themes.items())
    return Finding(Sentence(f"Sentence {at}."), sentiment is not None, 0.9, sentiment, sentiment and 0.9, tags)


ANNOTATIONS = [
    said(0, "strength", workforce="strength"),
    said(1, "weakness", workforce="weakness"),
    said(2, "mixed", workforce="weakness", thresholds="strength"),
    said(3, "weakness", "q", thresholds="weakness"),
    said(4, None, "q"),
    said(5, None, "q"),
]
FINDINGS = [
    told(0, "strength", workforce="strength"),
    told(1, "strength", workforce="strength"),
    told(2, "mixed", workforce="weakness"),
    told(3, None),
    told(4, None),
    told(5, "weakness", workforce="weakness"),
]


def test_known_scores(codebook: Codebook) -> None:
    metrics = measure(FINDINGS, ANNOTATIONS, codebook)
    workforce, thresholds, none = (metrics.score(name) for name in ("workforce", "thresholds", "not_finding"))

    assert (workforce.precision, workforce.recall, workforce.support) == (0.75, 1.0, 3)
    assert workforce.f1 == pytest.approx(6 / 7)
    assert (thresholds.precision, thresholds.recall, thresholds.f1) == (0, 0, 0)
    assert (none.precision, none.recall) == (0.5, 0.5)
    assert metrics.theme_macro_f1 == pytest.approx(6 / 7 / 4)
    assert metrics.sentiment_accuracy == pytest.approx(1 / 3)
    assert metrics.theme_sentiment_accuracy == pytest.approx(2 / 3)
    assert metrics.mixed_theme_sentiment_accuracy == 1
    assert metrics.sentiment_confusion == {
        "strength": {"strength": 1, "weakness": 0, "mixed": 0, "": 0},
        "weakness": {"strength": 1, "weakness": 0, "mixed": 0, "": 1},
        "mixed": {"strength": 0, "weakness": 0, "mixed": 1, "": 0},
    }
    with pytest.raises(KeyError):
        metrics.score("no_such_theme")


def test_intervals_hold_the_score_and_need_two_reports(codebook: Codebook, fitted: Tagger, sample) -> None:
    metrics = evaluate_out_of_fold(fitted, sample)
    single = measure(FINDINGS[:3], ANNOTATIONS[:3], codebook)

    for score in metrics.scores:
        low, high = score.interval
        assert 0 <= low <= score.f1 + 0.02
        assert score.f1 - 0.02 <= high <= 1
    low, high = metrics.intervals["theme_macro_f1"]
    assert low < metrics.theme_macro_f1 < high
    assert {score.interval for score in single.scores} == {None}
    assert single.intervals == {}


def test_a_perfect_tagger_scores_one_and_its_intervals_too(codebook: Codebook) -> None:
    perfect = [told(at, one.sentiment, **one.themes) for at, one in enumerate(ANNOTATIONS)]
    metrics = measure(perfect, ANNOTATIONS, codebook)

    assert {score.f1 for score in metrics.scores if score.support} == {1.0}
    assert metrics.sentiment_accuracy == metrics.theme_sentiment_accuracy == 1
    assert metrics.intervals["sentiment_accuracy"] == (1, 1)


def test_sentences_chosen_for_what_they_teach_do_not_count(
    fitted: Tagger, sample: Sequence[Annotation], codebook: Codebook
) -> None:
    half = [replace(one, chosen=at % 2 == 0) for at, one in enumerate(sample)]
    assert evaluate_out_of_fold(fitted, half).annotations == len(sample) // 2
    assert evaluate(fitted, half).annotations == len(sample)


def test_metrics_are_plain_json_with_every_label_and_curve(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    written = json.loads(json.dumps(evaluate_out_of_fold(fitted, sample).to_dict(), allow_nan=False))
    decisions = {"finding", *fitted.codebook_.theme_names, *fitted.codebook_.sentiment_names}

    assert set(written["labels"]) == decisions | {"not_finding"}
    assert set(written["calibration"]) == set(written["calibration_error"]) == decisions
    assert sum(one["count"] for one in written["calibration"]["workforce"]) == len(sample)
    assert sum(one["count"] for one in written["calibration"]["mixed"]) == sum(one.finding for one in sample)


def test_the_surest_errors_come_first_each_sentence_once(codebook: Codebook) -> None:
    chances = Probabilities(
        finding=np.array([0.9, 0.9, 0.9, 0.3, 0.1, 0.95]),
        themes=np.array([[0.1, 0, 0, 0.9], [0, 0, 0, 0.8], [0.2, 0, 0, 0.9], [0.9, 0, 0, 0], [0] * 4, [0, 0, 0, 1]]),
        sentiment=np.array([[0.9, 0.1, 0], [0.99, 0.01, 0], [0, 0.4, 0.6], [0, 1, 0], [1, 0, 0], [0, 1, 0]], float),
        theme_sentiment=np.full((6, 4, 2), 0.5),
    )
    errors = worst_errors(FINDINGS, ANNOTATIONS, chances, codebook)

    assert [(error.annotation.id, error.decision, round(error.probability, 2)) for error in errors] == [
        ("a1", "sentiment", 0.01),
        ("a5", "finding", 0.05),
        ("a2", "thresholds", 0.2),
        ("a3", "finding", 0.3),
    ]
    assert (str(errors[0].annotated), str(errors[0].tagged)) == (
        "weakness; workforce=weakness",
        "strength; workforce=strength",
    )
    assert len(worst_errors(FINDINGS, ANNOTATIONS, chances, codebook, 2)) == 2


def test_a_report_of_an_evaluation_has_all_its_parts(fitted: Tagger, sample: Sequence[Annotation]) -> None:
    written = json.loads(json.dumps(examine(fitted, sample[:200], errors=3).to_dict(), allow_nan=False))

    assert len(written["worst_errors"]) <= 3
    assert "learning_curve" not in written
    with pytest.raises(AnnotationError, match="no annotations"):
        examine(fitted, [])


def test_a_learning_curve_grows_by_whole_groups(codebook: Codebook) -> None:
    made = [
        replace(one, id=f"{at}/{one.id}", report=f"r{at}", group=f"r{at}") for at in range(15) for one in ANNOTATIONS
    ]
    steps: list[str] = []
    points = learning_curve(made, codebook, shares=(0.01, 0.4, 0.42, 1.0), jobs=1, progress=steps.append)

    assert [(point.sentences, point.groups) for point in points] == [(24, 4), (60, 10)]
    assert all(set(point.themes) == set(codebook.theme_names) for point in points)
    assert steps == ["learning from 40%", "learning from 100%"]
    assert json.loads(json.dumps(points[-1].to_dict()))["themes"]


def test_a_learning_curve_needs_three_reports(codebook: Codebook) -> None:
    with pytest.raises(AnnotationError, match="at least 3 reports; these are of 2"):
        learning_curve(ANNOTATIONS * 10, codebook)
