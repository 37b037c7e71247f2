"""All that `findings evaluate` says of a model: its metrics, its worst errors, what more annotations bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from findings.errors import AnnotationError
from findings.report import Annotation
from findings.tagging.evaluation import Metrics, measure
from findings.tagging.learning_curve import LearningPoint, learning_curve
from findings.tagging.tagger import Tagger, as_sentence
from findings.tagging.worst_errors import WorstError, worst_errors


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """How well a model agrees with annotations that it has not seen; `curve` is empty where none was asked for."""

    metrics: Metrics
    errors: tuple[WorstError, ...]
    curve: tuple[LearningPoint, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON values: the metrics, `worst_errors`, and `learning_curve` where there is one."""
        told = self.metrics.to_dict() | {"worst_errors": [error.to_dict() for error in self.errors]}
        return told | ({"learning_curve": [point.to_dict() for point in self.curve]} if self.curve else {})


def examine(
    tagger: Tagger,
    annotations: Sequence[Annotation],
    *,
    errors: int = 10,
    with_curve: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> EvaluationReport:
    """Measure a tagger on annotations, with at most `errors` of its worst errors, and a learning curve if asked to.

    The curve is of models trained on parts of these annotations, not of `tagger`.
    Raises `AnnotationError` where there are no annotations, or too few for the curve.
    """
    if not annotations:
        raise AnnotationError("There are no annotations to evaluate the model on; name some that it has not seen.")
    progress("tagging")
    sentences = [as_sentence(annotation) for annotation in annotations]
    chances = tagger.probabilities(sentences)
    findings = tagger.decide(sentences, chances, explain=False)
    return EvaluationReport(
        metrics=measure(findings, annotations, tagger.codebook_, chances),
        errors=tuple(worst_errors(findings, annotations, chances, tagger.codebook_, errors)),
        curve=tuple(learning_curve(annotations, tagger.codebook_, progress=progress)) if with_curve else (),
    )
