from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings.tagging.calibration import (
    best_threshold,
    expected_calibration_error,
    probabilities,
    reliability,
    sigmoids,
)

JUDGED = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("probability", "yes", "error"),
    [
        ([0.0, 0.0, 1.0, 1.0], [0, 0, 1, 1], 0.0),
        ([1.0, 1.0, 0.0, 0.0], [0, 0, 1, 1], 1.0),
        ([0.75] * 4, [1, 1, 1, 0], 0.0),
        ([0.9] * 4, [1, 1, 0, 0], 0.4),
        ([0.05, 0.05, 0.95, 0.95], [0, 1, 1, 1], 0.25),
        ([], [], 0.0),
    ],
)
def test_known_calibration_errors(probability, yes, error: float) -> None:
    assert expected_calibration_error(np.array(probability), np.array(yes, dtype=bool)) == pytest.approx(error)


@given(JUDGED)
def test_the_curve_holds_every_decision_and_its_gaps_are_the_error(judged) -> None:
    probability = np.array([value / 20 for value, _ in judged])
    yes = np.array([said for _, said in judged])
    bins = reliability(probability, yes)

    assert sum(one.count for one in bins) == len(judged)
    assert [one.probability for one in bins] == sorted(one.probability for one in bins)
    gap = sum(abs(one.probability - one.frequency) * one.count for one in bins) / len(judged)
    assert gap == pytest.approx(expected_calibration_error(probability, yes), abs=1e-3)


@given(JUDGED, st.sampled_from([0.5, 1.0, 2.0]))
def test_no_threshold_is_better_than_the_best(judged, beta: float) -> None:
    probability = np.array([value / 20 for value, _ in judged])
    yes = np.array([said for _, said in judged])
    best = best_threshold(probability, yes, beta)

    def value(threshold: float) -> float:
        told = probability >= threshold
        return float((1 + beta**2) * (told & yes).sum() / max(told.sum() + beta**2 * yes.sum(), 1))

    apart = [value(threshold) for threshold in probability if threshold > probability.min()]
    if not yes.any() or yes.all() or max(apart, default=0.0) < value(0.0):
        assert best == 0.5
    else:
        assert value(best) == pytest.approx(max(apart))


def test_probabilities_that_tell_nothing_apart_choose_no_threshold() -> None:
    assert best_threshold(np.full(10, 0.2), np.arange(10) < 2) == 0.5


def test_a_sigmoid_makes_scores_into_frequencies() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(4000, 2)) * 3
    yes = rng.random(4000) < 1 / (1 + np.exp(-(0.5 * scores[:, 0] - 1)))
    targets = np.column_stack([yes, np.where(np.arange(4000) % 2, np.nan, yes)]).astype(float)
    fitted = sigmoids(scores, targets)

    np.testing.assert_allclose(fitted[:, 0], [0.5, -1], atol=0.1)
    assert expected_calibration_error(probabilities(scores, fitted)[:, 0], yes) < 0.03


def test_a_decision_that_is_always_the_same_keeps_its_scores() -> None:
    np.testing.assert_array_equal(sigmoids(np.ones((3, 1)), np.ones((3, 1))), [[1], [0]])
