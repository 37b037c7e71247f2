"""Would more annotations help? How well models do that learn from growing shares of the annotated reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation, Finding
from findings.tagging.evaluation import NOT_FINDING, Metrics, measure
from findings.tagging.tagger import Tagger, as_sentence
from findings.tagging.training import FEWEST, groups_of, in_natural_proportion

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)
_FOLDS = 3
_INNER_FOLDS = 3  # of the cross-validation by which each model is calibrated


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """What models do that learned from `sentences` of `groups` groups of reports (means over the folds), in [0, 1].

    `sentiment_accuracy` is None where there was nothing to measure.
    """

    share: float
    sentences: int
    groups: int
    theme_macro_f1: float
    sentiment_accuracy: float | None
    not_finding_f1: float
    themes: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The point as plain JSON values, rounded to four decimals."""
        return {
            name: {theme: round(f1, 4) for theme, f1 in value.items()}
            if isinstance(value, dict)
            else round(value, 4)
            if isinstance(value, float)
            else value
            for name, value in asdict(self).items()
        }


def learning_curve(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    *,
    shares: Sequence[float] = SHARES,
    seed: int = 0,
    jobs: int = 2,
    progress: Callable[[str], None] = lambda step: None,
) -> list[LearningPoint]:
    """Train on growing shares of two thirds of the groups of reports and judge the other third, each third in turn.

    Shares that leave too few annotations to train on, or are no larger than the one before, are left out. `progress` is
    told each model as it is trained.
    Raises `AnnotationError` where no share is large enough, or the annotations have fewer than three groups.
    """
    groups = groups_of(annotations)
    if len(set(groups)) < _FOLDS:
        raise AnnotationError(
            f"A learning curve needs annotations of at least {_FOLDS} reports; these are of {len(set(groups))}."
        )
    natural = in_natural_proportion(annotations)
    splits = list(GroupKFold(_FOLDS).split(groups, groups=groups))
    order = np.random.default_rng(seed).permutation(sorted(set(groups)))
    points: list[LearningPoint] = []
    last: list[int] = []
    for share in sorted(shares):
        chosen = [_first(order, seen, groups, share) for seen, _ in splits]
        sizes = [len(part) for part in chosen]
        if min(sizes) < FEWEST or sizes == last:
            continue
        last = sizes
        progress(f"learning from {share:.0%}")
        judged: list[tuple[Finding, Annotation]] = []
        for part, (_, unseen) in zip(chosen, splits, strict=True):
            tagger = Tagger(codebook, folds=_INNER_FOLDS, seed=seed, jobs=jobs)
            tagger.fit([annotations[at] for at in part])
            judged += _judge(tagger, [annotations[at] for at in unseen if natural[at]])
        findings, said = zip(*judged, strict=True)
        metrics = measure(findings, said, codebook)
        points.append(_point(share, chosen, groups, metrics))
    if not points:
        raise AnnotationError(f"{len(annotations)} annotations are too few for a learning curve; annotate more.")
    return points


def _first(
    order: NDArray[np.str_], seen: NDArray[np.int64], groups: NDArray[np.object_], share: float
) -> NDArray[np.int64]:
    """Those of the `seen` annotations whose groups come first in `order`: each share holds the smaller ones."""
    available = set(groups[seen])
    ranked = [group for group in order if group in available]
    kept = set(ranked[: max(1, round(share * len(ranked)))])
    return np.array([at for at in seen if groups[at] in kept], dtype=np.int64)


def _judge(tagger: Tagger, annotations: list[Annotation]) -> list[tuple[Finding, Annotation]]:
    sentences = [as_sentence(annotation) for annotation in annotations]
    findings = tagger.decide(sentences, tagger.probabilities(sentences), explain=False)
    return list(zip(findings, annotations, strict=True))


def _point(
    share: float, chosen: list[NDArray[np.int64]], groups: NDArray[np.object_], metrics: Metrics
) -> LearningPoint:
    return LearningPoint(
        share=share,
        sentences=round(float(np.mean([len(part) for part in chosen]))),
        groups=round(float(np.mean([len(set(groups[part])) for part in chosen]))),
        theme_macro_f1=metrics.theme_macro_f1,
        sentiment_accuracy=metrics.sentiment_accuracy,
        not_finding_f1=metrics.score(NOT_FINDING).f1,
        themes={score.label: score.f1 for score in metrics.scores if score.kind == "theme"},
    )
