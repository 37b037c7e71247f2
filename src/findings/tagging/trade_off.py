"""Missing findings against raising false alarms: a set of decision thresholds for each preference of the user's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from findings.tagging.calibration import steady_threshold
from findings.tagging.decisions import Decisions
from findings.tagging.model import Probabilities

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Recall: TypeAlias = Literal["high", "balanced", "high-precision"]

# How much more recall counts than precision (the beta of F-beta) under each preference.
BETA: Mapping[Recall, float] = {"high": 2.0, "balanced": 1.0, "high-precision": 0.5}


def thresholds(
    out_of_fold: Probabilities, targets: Floats, natural: Bools, decisions: Decisions
) -> dict[Recall, Floats]:
    """For each preference the thresholds of finding and of each theme, shape (1 + themes,), with the best F-beta.

    They are chosen on out-of-fold probabilities of the sentences that are `natural`, and never rise from one preference
    to one that wants more recall: what a sentence is tagged with under `balanced`, it is tagged with under `high`.
    """
    best = {recall: _best(out_of_fold, targets, natural, decisions, beta) for recall, beta in BETA.items()}
    balanced = best["balanced"]
    return {
        "high": np.minimum(best["high"], balanced),
        "balanced": balanced,
        "high-precision": np.maximum(best["high-precision"], balanced),
    }


def _best(out_of_fold: Probabilities, targets: Floats, natural: Bools, decisions: Decisions, beta: float) -> Floats:
    # Findings are many: what is hard, and what F is taken of, is to tell the sentences that are none; to miss few
    # findings is to be sure of what is called none.
    finding = 1 - steady_threshold(1 - out_of_fold.finding[natural], targets[natural, 0] == 0, 1 / beta)
    themes = [
        steady_threshold(out_of_fold.themes[natural, at], targets[natural, 1 + at] > 0, beta)
        for at in range(len(decisions.themes))
    ]
    return np.array([finding, *themes])


def describe_trade_offs(
    by_recall: Mapping[Recall, Floats],
    out_of_fold: Probabilities,
    targets: Floats,
    natural: Bools,
    decisions: Decisions,
) -> dict[str, dict[str, Any]]:
    """What each preference gets, out of fold: its thresholds, and the precision and recall of each decision."""
    names = ("finding", *decisions.themes)
    said = targets[natural, : len(names)] > 0
    told: dict[str, dict[str, Any]] = {}
    for recall, least in by_recall.items():
        is_finding = out_of_fold.finding[natural] >= least[0]
        has_theme = (out_of_fold.themes[natural] >= least[1:]) & is_finding[:, None]
        given = np.column_stack([is_finding, has_theme])
        hits = (given & said).sum(axis=0)
        told[recall] = {
            "thresholds": _by_name(names, least),
            "precision": _by_name(names, hits / np.maximum(given.sum(axis=0), 1)),
            "recall": _by_name(names, hits / np.maximum(said.sum(axis=0), 1)),
        }
    return told


def _by_name(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
