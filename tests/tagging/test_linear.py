from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.utils.estimator_checks import check_estimator

from findings.tagging.decisions import LinearDecisions
from findings.tagging.linear import NaiveBayesSVC


@pytest.mark.filterwarnings("ignore")
def test_the_classifier_keeps_the_contract_of_an_estimator() -> None:
    check_estimator(NaiveBayesSVC())


def test_a_word_of_one_class_alone_weighs_for_it_and_dense_is_as_sparse() -> None:
    features = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]] * 5, dtype=np.float64)
    y = np.array(["yes", "yes", "no", "no"] * 5)
    dense, thin = NaiveBayesSVC().fit(features, y), NaiveBayesSVC().fit(sparse.csr_matrix(features), y)

    assert dense.predict(features).tolist() == y.tolist()
    assert dense.coef_[0, 0] > 0 > dense.coef_[0, 1]
    np.testing.assert_allclose(dense.coef_, thin.coef_, atol=1e-6)


def test_decisions_are_learned_from_the_rows_that_have_a_say() -> None:
    features = sparse.csr_matrix(np.eye(4, dtype=np.float32)[[0, 0, 1, 1, 2, 3] * 4])
    targets = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 0], [0, 1, 0], [np.nan, 1, 0], [np.nan, 1, np.nan]] * 4)
    fitted = LinearDecisions().fit(features, targets)
    decided = fitted.predict(features)

    assert decided[:4, 0].tolist() == [True, True, False, False]
    assert decided[:, 1].all()
    assert not decided[:, 2].any()
    np.testing.assert_allclose(fitted.coef_[2:, 0], 0, atol=1e-6)
