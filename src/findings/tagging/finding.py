"""Whether a sentence is a finding: by its own score, and by how decidedly it takes sides and speaks of a theme.

What reads like a strength and not at all like a weakness, or is surely about a theme, says how well something works.
A small model on those scores, fitted out of fold, weighs them against each other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from findings.tagging.decisions import Decisions
from findings.tagging.discourse import Verdict

Floats = NDArray[np.float64]


def finding_features(scores: Floats, decisions: Decisions) -> Floats:
    """What a finding is known by, shape (n, 3), from linear `scores` of shape (n, decisions).

    Its own score; how far the sentiment that a theme can have that scores highest is above the one that scores lowest;
    and the score of the likeliest theme.
    """
    sentiments = scores[:, decisions.theme_sentiment_columns]
    themes = scores[:, decisions.theme_columns]
    none = np.zeros(len(scores))
    return np.column_stack(
        [
            scores[:, 0],
            np.ptp(sentiments, axis=1) if sentiments.shape[1] else none,
            themes.max(axis=1) if themes.shape[1] else none,
        ]
    )


def finding_slopes(scores: Floats, verdict: Verdict, decisions: Decisions) -> Floats:
    """How much each of `scores`, shape (decisions,), counts in the log-odds of a finding: its slope, same shape.

    The log-odds are those slopes times the scores, and the intercept of the `verdict`.
    """
    own, decided, theme = verdict.coef_[-1]
    slopes = np.zeros(len(scores))
    slopes[0] = own
    if columns := decisions.theme_sentiment_columns:
        ranked = sorted(columns, key=lambda column: scores[column])
        slopes[ranked[-1]] += decided
        slopes[ranked[0]] -= decided
    if decisions.themes:
        slopes[decisions.theme_columns.start + int(scores[decisions.theme_columns].argmax())] += theme
    return slopes


def finding_verdict(features: Floats, yes: NDArray[np.bool_]) -> Verdict:
    """The judge of `finding_features`; it goes by the own score alone where all are findings, or none."""
    verdict = Verdict(width=2).fit(features, yes.astype(np.int64))
    if len(verdict.classes_) < 2:
        verdict.classes_ = np.arange(2)
        verdict.coef_ = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
        verdict.intercept_ = np.zeros(2)
    return verdict
