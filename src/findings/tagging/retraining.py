"""Annotations on disk → a model on disk, with its manifest and card."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.files import write_atomically
from findings.report import Annotation
from findings.tagging.evaluation import Metrics, evaluate_out_of_fold
from findings.tagging.manifest import describe
from findings.tagging.model_card import model_card
from findings.tagging.persistence import save
from findings.tagging.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Retrained:
    """A tagger fitted on annotations, and what cross-validation says of it."""

    tagger: Tagger
    annotations: list[Annotation]
    metrics: Metrics

    def save(self, path: Path) -> None:
        """Write the model to `path`, its manifest (`.json`) and its card beside it, each whole or not at all."""
        save(self.tagger, path)
        write_atomically(card_path(path), model_card(self.tagger.manifest_))


def retrain(
    data: Iterable[str | Path],
    codebook: Codebook,
    *,
    seed: int = 0,
    progress: Callable[[str], None] = lambda step: None,
) -> Retrained:
    """Fit a tagger on the annotations of files and folders, and evaluate it out of fold.

    Raises `AnnotationError` where the annotations have faults or are too few.
    """
    begun = time.monotonic()
    progress("reading annotations")
    annotations = load_annotations(list(data), codebook)
    tagger = Tagger(codebook, seed=seed).fit(annotations, progress)
    progress("evaluating")
    metrics = evaluate_out_of_fold(tagger, annotations)
    tagger.manifest_ = describe(tagger, annotations, metrics, time.monotonic() - begun)
    return Retrained(tagger, annotations, metrics)


def card_path(model: Path) -> Path:
    """Where the card of a model file stands: `MODEL_CARD.md` beside the default model, else under the model's name."""
    return model.with_name("MODEL_CARD.md") if model.name == "default.joblib" else model.with_suffix(".md")
