"""The linear classifier behind every decision."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
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
    to a decision is exact. Binary only; features that are scaled must not be negative.

    Parameters: `C` and `scaled_C`, the inverse regularisation of the two, chosen by cross-validation on our
    annotations; `smoothing`, added to the class shares; `unscaled`, how many of the last features both machines see as
    they are, which may be negative; `random_state`.
    """

    def __init__(
        self,
        C: float = 1.0,
        scaled_C: float = 0.1,
        smoothing: float = 0.5,
        unscaled: int = 0,
        random_state: int | None = 0,
    ) -> None:
        self.C = C
        self.scaled_C = scaled_C
        self.smoothing = smoothing
        self.unscaled = unscaled
        self.random_state = random_state

    def fit(self, X: Any, y: ArrayLike) -> NaiveBayesSVC:
        """Fit on `X` of shape (n, features), dense or sparse, and `y` of shape (n,) with two classes.

        Raises `ValueError` where there are not two classes or a feature that is scaled is negative.
        """
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=[np.float64, np.float32])
        check_classification_targets(y)
        if type_of_target(y, input_name="y") != "binary":
            raise ValueError(f"Only binary classification is supported. The type of the target is {type_of_target(y)}.")
        self.classes_, code = np.unique(y, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError("NaiveBayesSVC needs two classes; the data has one class only.")
        positive = code == 1
        weights = np.zeros(X.shape[1])
        intercept = 0.0
        machines = [(self.C, np.ones(X.shape[1])), (self.scaled_C, self._ratio(X, positive))]
        for C, factor in machines:
            machine = LinearSVC(C=C, random_state=self.random_state, tol=1e-2, max_iter=3000)
            machine.fit(_scale(X, factor), positive)
            coefficients = machine.coef_[0] * factor
            spread = float(np.std(np.asarray(X @ coefficients))) or 1.0
            weights += coefficients / spread / len(machines)
            intercept += float(machine.intercept_[0]) / spread / len(machines)
        self.coef_: Floats = weights[np.newaxis]
        self.intercept_: Floats = np.array([intercept])
        return self

    def _ratio(self, X: Any, positive: NDArray[np.bool_]) -> Floats:
        """What the second machine multiplies each feature by."""
        scaled = X[:, : X.shape[1] - self.unscaled]
        check_non_negative(scaled, "NaiveBayesSVC")
        return np.concatenate([np.abs(log_ratio(scaled, positive, self.smoothing)), np.ones(self.unscaled)])

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


def log_ratio(X: Any, positive: NDArray[np.bool_], smoothing: float = 0.5) -> Floats:
    """How much more of each feature of `X` is in the positive rows: the naive Bayes log ratio, shape (features,)."""
    inside = np.asarray(X[positive].sum(axis=0)).ravel() + smoothing
    outside = np.asarray(X[~positive].sum(axis=0)).ravel() + smoothing
    ratio: Floats = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return ratio


def _scale(X: Any, by: Floats) -> Any:
    """`X` with each column multiplied, in the precision it has."""
    by = by.astype(X.dtype)
    if not hasattr(X, "indices"):
        return X * by
    scaled = X.copy()
    scaled.data *= by[scaled.indices]
    return scaled
