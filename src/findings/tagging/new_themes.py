"""Themes that only part of the training data was annotated for: their thresholds and scores rest on that part alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from findings.report import Annotation
from findings.tagging.calibration import best_threshold
from findings.tagging.evaluation import Metrics, evaluate_out_of_fold, measure
from findings.tagging.model import Probabilities
from findings.tagging.tagger import Tagger, as_sentence


def choose_thresholds(
    tagger: Tagger, annotations: Sequence[Annotation], asked: Sequence[bool], themes: Collection[str]
) -> None:
    """Set the thresholds of `themes` by the out-of-fold probabilities of the annotations that were `asked` about them.

    Elsewhere a sentence without the theme may be about it all the same, and would push its threshold up.
    """
    at = np.flatnonzero(asked).tolist()
    for number, theme in enumerate(tagger.codebook_.theme_names):
        if theme in themes:
            there = np.array([theme in annotations[one].themes for one in at])
            tagger.thresholds_[1 + number] = best_threshold(tagger.out_of_fold_.themes[at, number], there)


def evaluate_asked(
    tagger: Tagger, annotations: Sequence[Annotation], asked: Sequence[bool], themes: Collection[str]
) -> Metrics:
    """As `evaluate_out_of_fold`, but with the scores of `themes` by the annotations that were `asked` about them."""
    whole = evaluate_out_of_fold(tagger, annotations)
    at = np.flatnonzero(asked).tolist()
    some = [annotations[one] for one in at]
    every = tagger.out_of_fold_
    chances = Probabilities(every.finding[at], every.themes[at], every.sentiment[at], every.theme_sentiment[at])
    findings = tagger.decide([as_sentence(one) for one in some], chances, explain=False)
    own = measure(findings, some, tagger.codebook_, chances)
    scores = tuple(own.score(score.label) if score.label in themes else score for score in whole.scores)
    macro_f1 = float(np.mean([score.f1 for score in scores if score.kind == "theme"]))
    errors = {
        name: own.calibration_error.get(name, error) if name in themes else error
        for name, error in whole.calibration_error.items()
    }
    return replace(whole, scores=scores, theme_macro_f1=macro_f1, calibration_error=errors)
