"""The linear classifier behind every decision."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.svm import LinearSVC
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, check_non_negative, validate_data

Floats = NDArray[np.float64]


class NaiveBayesSVC(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Two linear support vector machines averaged: one on the features, one on features scaled by naive Bayes.

    The second sees each feature multiplied by the absolute log ratio of its share in the two classes, as Wang and
    Manning do ("Baselines and Bigrams", ACL 2012); it generalises from rarer words, the first from combinations of
    common ones. Both are linear in the features, so the average is one weight for each feature and its contribution
    to a decision is exact. Binary only; features must not be negative.

    Parameters: `C` and `scaled_C`, the inverse regularisation of the two; `smoothing`, added to the class shares;
    `random_state`.
    """

    def __init__(
        self,
        C: float = 0.3,
        scaled_C: float = 0.05,
        smoothing: float = 0.5,
        random_state: int | None = 0,
    ) -> None:
        self.C = C
        self.scaled_C = scaled_C
        self.smoothing = smoothing
        self.random_state = random_state

    def fit(self, X: Any, y: ArrayLike, vectors: NDArray[np.float32] | None = None) -> NaiveBayesSVC:
        """Fit on `X` of shape (n, features), dense or sparse, and `y` of shape (n,) with two classes.

        `vectors`, of shape (k, dimensions), stand for the last k features: the machines see these features only as the
        sum of their vectors, so that features with like vectors have like weights, those that no row holds included.
        Raises `ValueError` where there are not two classes or a feature is negative.
        """
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=[np.float64, np.float32])
        check_classification_targets(y)
        if type_of_target(y, input_name="y") != "binary":
            raise ValueError(f"Only binary classification is supported. The type of the target is {type_of_target(y)}.")
        self.classes_, code = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("NaiveBayesSVC needs two classes; the data has one class only.")
        check_non_negative(X, "NaiveBayesSVC")
        positive = code == 1
        own = X.shape[1] - (0 if vectors is None else len(vectors))
        shown = X if vectors is None else _beside(X[:, :own], X[:, own:] @ vectors)
        machines = self._machines(X[:, :own], positive)
        weights = np.zeros(shown.shape[1])
        intercept = 0.0
        for C, ratio in machines:
            factor = np.concatenate([ratio, np.ones(shown.shape[1] - own)])
            machine = LinearSVC(C=C, random_state=self.random_state, tol=1e-2, max_iter=3000)
            machine.fit(_scale(shown, factor), positive)
            coefficients = machine.coef_[0] * factor
            spread = float(np.std(np.asarray(shown @ coefficients))) or 1.0
            weights += coefficients / spread / len(machines)
            intercept += float(machine.intercept_[0]) / spread / len(machines)
        if vectors is not None:
            weights = np.concatenate([weights[:own], vectors @ weights[own:]])
        self.coef_: Floats = weights[np.newaxis]
        self.intercept_: Floats = np.array([intercept])
        return self

    def _machines(self, X: Any, positive: NDArray[np.bool_]) -> list[tuple[float, Floats]]:
        """The inverse regularisation of each machine, and what it multiplies the features by."""
        return [(self.C, np.ones(X.shape[1])), (self.scaled_C, self._ratio(X, positive))]

    def _ratio(self, X: Any, positive: NDArray[np.bool_]) -> Floats:
        inside = np.asarray(X[positive].sum(axis=0)).ravel() + self.smoothing
        outside = np.asarray(X[~positive].sum(axis=0)).ravel() + self.smoothing
        ratio: Floats = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
        return ratio

    def decision_function(self, X: Any) -> Floats:
        """How far each row of `X` is on the second class's side; shape (n,)."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float64, np.float32], reset=False)
        scores: Floats = np.asarray(X @ self.coef_[0] + self.intercept_[0])
        return scores

    def predict(self, X: Any) -> NDArray[Any]:
        """The class of each row; shape (n,)."""
        positive = self.decision_function(X) > 0
        chosen: NDArray[Any] = self.classes_[positive.astype(int)]
        return chosen

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        tags.classifier_tags.multi_class = False
        return tags


def _beside(terms: Any, sums: Any) -> Any:
    """Sparse features and dense ones side by side, in the order of the columns."""
    return sparse.hstack([terms, sparse.csr_matrix(sums)], format="csr")


def _scale(X: Any, by: Floats) -> Any:
    """`X` with each column multiplied, in the precision it has."""
    by = by.astype(X.dtype)
    if not hasattr(X, "indices"):
        return X * by
    scaled = X.copy()
    scaled.data *= by[scaled.indices]
    return scaled
