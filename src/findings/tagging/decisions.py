"""The decisions a tagger takes on each sentence, and the targets that annotations give for them.

One column each, in this order: is it a finding; each theme; each sentiment (of findings only).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from findings.codebook import Codebook
from findings.report import Annotation
from findings.tagging.linear import NaiveBayesSVC, log_ratio
from findings.tagging.parts import PartExamples, Parts

Floats = NDArray[np.float64]

# The score of a decision that the annotations never say yes to, or always: far from every threshold.
_CERTAIN = 8.0


@dataclass(frozen=True, slots=True)
class Decisions:
    """Which column is which: `finding` is 0, then `themes`, then `sentiments` as the codebook orders them."""

    themes: tuple[str, ...]
    sentiments: tuple[str, ...]
    theme_sentiments: tuple[str, ...]

    @classmethod
    def of(cls, codebook: Codebook) -> Decisions:
        """The decisions that a codebook asks for."""
        return cls(codebook.theme_names, codebook.sentiment_names, codebook.theme_sentiment_names)

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each column: `finding`, the themes, the sentiments."""
        return ("finding", *self.themes, *self.sentiments)

    @property
    def theme_columns(self) -> slice:
        """The columns of the themes."""
        return slice(1, 1 + len(self.themes))

    @property
    def sentiment_columns(self) -> slice:
        """The columns of the sentiments."""
        return slice(1 + len(self.themes), 1 + len(self.themes) + len(self.sentiments))

    @property
    def theme_sentiment_columns(self) -> list[int]:
        """The columns of the sentiments that a theme can carry."""
        first = self.sentiment_columns.start
        return [first + at for at, name in enumerate(self.sentiments) if name in self.theme_sentiments]

    def targets(self, annotations: Sequence[Annotation]) -> Floats:
        """What the annotations say, shape (n, decisions): 1 yes, 0 no, NaN where they have no say."""
        targets = np.zeros((len(annotations), len(self.names)))
        for row, annotation in zip(targets, annotations, strict=True):
            row[0] = annotation.finding
            row[self.theme_columns] = [theme in annotation.themes for theme in self.themes]
            row[self.sentiment_columns] = (
                [annotation.sentiment == name for name in self.sentiments] if annotation.finding else np.nan
            )
        return targets

    def part_examples(self, parts: Parts, targets: Floats) -> PartExamples:
        """What parts of sentences teach, the sentences having `targets` of shape (n, decisions).

        One part makes a sentence a finding, or about a theme; every part of a strength is a strength. Of mixed, and any
        sentiment that no theme can have, the parts say nothing: it takes two of them.
        """
        of_parts = np.zeros(len(self.names), dtype=bool)
        of_parts[self.theme_sentiment_columns] = True
        of_wholes = np.zeros(len(self.names), dtype=bool)
        of_wholes[self.sentiment_columns] = True
        of_wholes &= ~of_parts
        told = targets.copy()
        told[np.logical_and.outer((targets[:, of_wholes] > 0).any(axis=1), of_parts)] = np.nan
        told[:, of_wholes] = np.nan
        return PartExamples(parts, told, every=of_parts)

    def theme_sentiment_targets(self, annotations: Sequence[Annotation]) -> NDArray[np.int64]:
        """Which of `theme_sentiments` each theme carries, shape (n, themes); -1 where the theme is not there."""
        code = {name: at for at, name in enumerate(self.theme_sentiments)}
        return np.array(
            [[code.get(a.themes.get(theme) or "", -1) for theme in self.themes] for a in annotations], dtype=np.int64
        ).reshape(len(annotations), len(self.themes))


class LinearDecisions(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A `NaiveBayesSVC` for each decision, as one matrix of weights.

    `fit(X, Y)` takes `Y` of shape (n, decisions) with NaN where a row has no say in a decision. After it: `coef_` of
    shape (features, decisions), float32 rounded to 9 significant bits, which more than halves the file of a model; and
    `intercept_` of shape (decisions,).
    """

    def __init__(self, random_state: int = 0, n_jobs: int = 1) -> None:
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(
        self, X: Any, Y: Floats, vectors: NDArray[np.float32] | None = None, examples: PartExamples | None = None
    ) -> LinearDecisions:
        """Fit each decision on the rows that have a say in it, and on the `examples` that their parts give.

        `vectors`, of shape (k, dimensions), stand for the last k features: the machines see these features only as the
        sum of their vectors, so that features with like vectors have like weights, those that no row holds included.
        """
        own = X.shape[1] - (0 if vectors is None else len(vectors))

        def shown(features: Any) -> Any:
            return features if vectors is None else _beside(features[:, :own], features[:, own:] @ vectors)

        rows = shown(X)
        if examples is not None:
            parts = Parts(examples.parts.owner, shown(examples.parts.X))
            examples = PartExamples(parts, examples.targets, examples.every)
        parallel = Parallel(n_jobs=self.n_jobs, prefer="threads")
        fits = parallel(delayed(self._fit_one)(rows, Y[:, at], at, own, examples) for at in range(Y.shape[1]))
        weights = np.stack([weights for weights, _ in fits], axis=1)
        if vectors is not None:
            weights = np.concatenate([weights[:own], vectors @ weights[own:]])
        self.coef_ = _shortened(weights)
        self.intercept_ = np.array([intercept for _, intercept in fits])
        self.n_features_in_ = X.shape[1]
        return self

    def _fit_one(
        self, X: Any, target: Floats, decision: int, own: int, examples: PartExamples | None
    ) -> tuple[Floats, float]:
        said = ~np.isnan(target)
        yes = target[said] > 0
        if len(np.unique(yes)) < 2:
            return np.zeros(X.shape[1]), _CERTAIN if yes.any() else -_CERTAIN
        X = X[said]
        if examples is not None:
            of_parts, parts_yes = examples.of(decision, lambda features: features[:, :own] @ log_ratio(X[:, :own], yes))
            X, yes = sparse.vstack([X, of_parts], format="csr"), np.concatenate([yes, parts_yes])
        machine = NaiveBayesSVC(unscaled=X.shape[1] - own, random_state=self.random_state)
        machine.fit(X, yes)
        return machine.coef_[0], float(machine.intercept_[0])

    def decision_function(self, X: Any) -> Floats:
        """Scores of shape (n, decisions); above 0 leans to yes."""
        check_is_fitted(self)
        scores: Floats = np.asarray(X @ self.coef_) + self.intercept_
        return scores

    def predict(self, X: Any) -> NDArray[np.bool_]:
        """Yes or no, shape (n, decisions)."""
        return self.decision_function(X) > 0


def _beside(terms: Any, sums: Any) -> Any:
    """Sparse features and dense ones side by side, in the order of the columns."""
    return sparse.hstack([terms, sparse.csr_matrix(sums)], format="csr")


def _shortened(weights: Floats) -> NDArray[np.float32]:
    """Weights rounded to 9 significant bits; the other 15 are zero, and compress to nothing."""
    bits = weights.astype(np.float32).view(np.uint32)
    return ((bits + np.uint32(0x4000)) & np.uint32(0xFFFF8000)).view(np.float32)
