"""A new model takes the place of the one in use only where it is no worse on annotations that neither has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation
from findings.resources import shipped
from findings.tagging import registry
from findings.tagging.comparison import Comparison, compare, compare_findings
from findings.tagging.model import Probabilities
from findings.tagging.persistence import load, read_manifest
from findings.tagging.retraining import Retrained
from findings.tagging.tagger import Tagger, as_sentence
from findings.tagging.training import in_natural_proportion

FEWEST = 20


@dataclass(frozen=True, slots=True)
class Promotion:
    """How the new model compares with the one in use, and the name under which it is in use now (None: it is not)."""

    comparison: Comparison
    name: str | None


def promote(retrained: Retrained, validation: Sequence[Annotation] = ()) -> Promotion:
    """Put a retrained model to use where it is no worse than the model in use, which is kept for `rollback`.

    They are compared on `validation`, which the new model must not have been trained on; without it, on those of its
    training annotations whose groups the model in use has not seen, the new model judging them out of fold.
    Raises `AnnotationError` where there are too few of those.
    """
    now = load(None)
    comparison = compare(now, retrained.tagger, validation) if validation else _out_of_fold(now, retrained)
    if comparison.verdict == "worse":
        return Promotion(comparison, None)
    return Promotion(comparison, registry.use(registry.keep(retrained.save, read_manifest)))


def seen_groups(tagger: Tagger) -> frozenset[str]:
    """The groups of annotations that a model was trained on, as far as it is known."""
    if "groups" in tagger.manifest_:
        return frozenset(tagger.manifest_["groups"])
    return frozenset(one.group for one in load_annotations(shipped("annotations"), Codebook.default()))


def _out_of_fold(now: Tagger, retrained: Retrained) -> Comparison:
    seen = seen_groups(now)
    unseen = np.array([one.group not in seen for one in retrained.annotations])
    natural = unseen & in_natural_proportion(retrained.annotations)
    at = np.flatnonzero(natural if natural.sum() >= FEWEST else unseen).tolist()
    if len(at) < FEWEST:
        raise AnnotationError(
            f"Only {len(at)} of the annotations stand in reports that the model in use has not seen, too few to "
            "compare the models on; name others with --validation."
        )
    annotations = [retrained.annotations[one] for one in at]
    sentences = [as_sentence(one) for one in annotations]
    every = retrained.tagger.out_of_fold_
    chances = Probabilities(every.finding[at], every.themes[at], every.sentiment[at], every.theme_sentiment[at])
    return compare_findings(
        now.decide(sentences, now.probabilities(sentences), explain=False),
        retrained.tagger.decide(sentences, chances, explain=False),
        annotations,
        now.codebook_,
        retrained.tagger.codebook_,
    )
