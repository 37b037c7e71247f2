"""Annotations on disk → a model on disk, with its manifest and card."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.files import write_atomically
from findings.report import Annotation
from findings.tagging.default_data import default_data
from findings.tagging.evaluation import Metrics, evaluate_out_of_fold
from findings.tagging.manifest import describe, file_fingerprints
from findings.tagging.model_card import model_card
from findings.tagging.new_themes import choose_thresholds, evaluate_asked
from findings.tagging.persistence import save
from findings.tagging.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Retrained:
    """A tagger fitted on annotations, and what cross-validation says of it.

    `unclear` counts, by theme, the sentences of the default data that were left out (see `default_data`).
    """

    tagger: Tagger
    annotations: list[Annotation]
    metrics: Metrics
    unclear: Mapping[str, int] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the model to `path`, its manifest (`.json`) and its card beside it, each whole or not at all."""
        save(self.tagger, path)
        write_atomically(card_path(path), model_card(self.tagger.manifest_))


def retrain(
    data: Iterable[str | Path],
    codebook: Codebook,
    *,
    seed: int = 0,
    include_default_data: bool = False,
    held_out: Sequence[Annotation] = (),
    progress: Callable[[str], None] = lambda step: None,
) -> Retrained:
    """Fit a tagger on the annotations of files and folders, and evaluate it out of fold.

    `include_default_data` adds the annotations that ship, as far as they speak to the codebook. What shares a text or a
    group with `held_out` is not learned from. Raises `AnnotationError` where annotations have faults or are too few.
    """
    begun = time.monotonic()
    progress("reading annotations")
    data = list(data)
    annotations = load_annotations(data, codebook)
    unclear: Mapping[str, int] = {}
    own = {annotation.id for annotation in annotations}
    if include_default_data:
        progress("adding the default data")
        default = default_data(codebook, annotations)
        annotations, unclear = annotations + default.annotations, default.unclear
    annotations = _apart_from(held_out, annotations)
    tagger = Tagger(codebook, seed=seed).fit(annotations, progress)
    progress("evaluating")
    asked = [annotation.id in own for annotation in annotations]
    choose_thresholds(tagger, annotations, asked, unclear)
    metrics = (
        evaluate_asked(tagger, annotations, asked, unclear) if unclear else evaluate_out_of_fold(tagger, annotations)
    )
    tagger.manifest_ = describe(tagger, annotations, metrics, time.monotonic() - begun)
    tagger.manifest_["data"]["files"] = file_fingerprints(data)
    return Retrained(tagger, annotations, metrics, unclear)


def _apart_from(held_out: Sequence[Annotation], annotations: list[Annotation]) -> list[Annotation]:
    texts, groups = {one.text for one in held_out}, {one.group for one in held_out}
    return [one for one in annotations if one.text not in texts and one.group not in groups]


def card_path(model: Path) -> Path:
    """Where the card of a model file stands: `MODEL_CARD.md` beside the default model, else under the model's name."""
    return model.with_name("MODEL_CARD.md") if model.name == "default.joblib" else model.with_suffix(".md")
