"""Scores → probabilities, and probabilities → yes or no."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def sigmoids(scores: Floats, targets: Floats) -> Floats:
    """A slope and an offset for each column, shape (2, columns): `expit(slope * score + offset)` is calibrated.

    Platt's method ("Probabilistic outputs for support vector machines", 1999), fitted on out-of-fold `scores` and their
    `targets` (1, 0, or NaN for no say), both of shape (n, columns).
    """
    fitted = np.ones((2, scores.shape[1]))
    fitted[1] = 0.0
    for column in range(scores.shape[1]):
        said = ~np.isnan(targets[:, column])
        yes = targets[said, column] > 0
        if len(np.unique(yes)) == 2:
            curve = LogisticRegression(C=1e3).fit(scores[said, column, None], yes)
            fitted[:, column] = max(float(curve.coef_[0, 0]), 0.0), float(curve.intercept_[0])
    return fitted


def probabilities(scores: Floats, fitted: Floats) -> Floats:
    """Calibrated probabilities of scores of shape (n, columns)."""
    calibrated: Floats = expit(scores * fitted[0] + fitted[1])
    return calibrated


def expected_calibration_error(probability: Floats, yes: Bools, bins: int = 10) -> float:
    """The mean gap between probability and frequency over `bins` of equal width, weighted by their counts; in [0, 1].

    Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning" (AAAI 2015).
    """
    if not len(probability):
        return 0.0
    place = _places(probability, bins)
    gaps = [abs(probability[place == at].sum() - yes[place == at].sum()) for at in range(bins)]
    return float(sum(gaps) / len(probability))


@dataclass(frozen=True, slots=True)
class Bin:
    """The decisions whose probabilities lie close together: their mean, how often the answer is yes, how many."""

    probability: float
    frequency: float
    count: int


def reliability(probability: Floats, yes: Bools, bins: int = 10) -> tuple[Bin, ...]:
    """A calibration curve: the `bins` of equal width that are not empty, in order; a diagonal where it is right."""
    place = _places(probability, bins)
    return tuple(
        Bin(round(float(probability[place == at].mean()), 4), round(float(yes[place == at].mean()), 4), int(count))
        for at, count in enumerate(np.bincount(place, minlength=bins))
        if count
    )


def _places(probability: Floats, bins: int) -> NDArray[np.int64]:
    places: NDArray[np.int64] = np.minimum((probability * bins).astype(np.int64), bins - 1)
    return places


def best_threshold(probability: Floats, yes: Bools, beta: float = 1.0) -> float:
    """The threshold with the best F-beta for `probability >= threshold`; 0.5 where there is nothing to choose by.

    `beta` above 1 prefers recall, below 1 precision. The threshold lies midway between two neighbouring probabilities.
    Where nothing is better than to say yes to all, the probabilities tell nothing apart, and yes to all is no help.
    """
    if not yes.any() or yes.all():
        return 0.5
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    hits = np.cumsum(yes[order])
    taken = np.arange(1, len(ranked) + 1)
    value = (1 + beta**2) * hits / (taken + beta**2 * yes.sum())
    value[:-1][ranked[:-1] == ranked[1:]] = -1  # equal probabilities fall on one side
    at = int(np.argmax(value))
    return 0.5 if at == len(ranked) - 1 else float((ranked[at] + ranked[at + 1]) / 2)


def steady_threshold(probability: Floats, yes: Bools, beta: float = 1.0, resamples: int = 100) -> float:
    """The mean of the best thresholds of `resamples` bootstrap samples; 0.5 where there is nothing to choose by.

    F-beta is flat near its top, and its very best point is luck: the mean varies less from data to data (Breiman,
    "Bagging predictors", 1996).
    """
    drawing = np.random.default_rng(0)
    drawn = (drawing.integers(len(yes), size=len(yes)) for _ in range(resamples))
    return float(np.mean([best_threshold(probability[some], yes[some], beta) for some in drawn]))
