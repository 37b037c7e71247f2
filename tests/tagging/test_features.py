from __future__ import annotations

import pickle
from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from findings.codebook import Codebook
from findings.report import Annotation, Sentence
from findings.tagging import Tagger
from findings.tagging.decisions import LinearDecisions
from findings.tagging.discourse import Verdict
from findings.tagging.features import BlockTfidf, TermCounter, as_rows

ESTIMATORS = [
    TermCounter({"words": 3}),
    BlockTfidf({"words": 7}, {"words": 0.5}, {"words": 3}),
    LinearDecisions(random_state=3, n_jobs=2),
    Verdict(width=3, C=2.0),
    Tagger(folds=3, seed=4),
]


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda one: type(one).__name__)
def test_parameters_survive_cloning_pickling_and_setting(estimator) -> None:
    parameters = estimator.get_params()

    assert clone(estimator).get_params() == parameters
    assert pickle.loads(pickle.dumps(estimator)).get_params() == parameters


@pytest.mark.parametrize("estimator", [TermCounter(), BlockTfidf({})], ids=lambda one: type(one).__name__)
def test_what_is_not_fitted_says_so(estimator) -> None:
    with pytest.raises(NotFittedError):
        estimator.transform(as_rows([Sentence("Plans are late.")]))


def test_the_transformers_leave_what_they_are_given_as_it_is(sample: Sequence[Annotation]) -> None:
    rows = as_rows(sample[:100])
    before = rows.copy()
    counter = TermCounter()
    counts = counter.fit_transform(rows)
    again = counts.copy()
    BlockTfidf(counter.block_ends_).fit_transform(counts)

    assert (rows == before).all()
    assert (counts != again).nnz == 0


def test_counting_what_was_fitted_on_is_fitting(sample: Sequence[Annotation]) -> None:
    rows = as_rows(sample[:200])
    counter = TermCounter()
    fitted = counter.fit_transform(rows)

    assert (fitted != counter.transform(rows)).nnz == 0
    assert (fitted != TermCounter().fit(rows).transform(rows)).nnz == 0
    assert len(counter.get_feature_names_out()) == fitted.shape[1] == counter.block_ends_["context"]
    assert counter.get_feature_names_out()[counter.vocabulary_["w:children"]] == "w:children"


def test_counts_made_once_serve_every_fold(sample: Sequence[Annotation]) -> None:
    """The weights of a fold are those of a counter and a weigher that never saw the rest."""
    rows, seen = as_rows(sample[:300]), np.arange(300) % 3 > 0
    everywhere, alone = TermCounter(), TermCounter()
    counts = everywhere.fit_transform(rows)
    shared = BlockTfidf(everywhere.block_ends_).fit(counts[seen]).transform(counts)
    own = (
        BlockTfidf(alone.fit(rows[seen]).block_ends_).fit(alone.transform(rows[seen])).transform(alone.transform(rows))
    )
    column = [everywhere.vocabulary_[term] for term in alone.get_feature_names_out()]

    np.testing.assert_allclose(shared[:, column].toarray(), own.toarray(), atol=1e-6)
    left_out = np.setdiff1d(np.arange(shared.shape[1]), column)
    assert abs(shared[:, left_out]).sum() == 0


def test_each_block_has_its_own_length_and_weight(sample: Sequence[Annotation]) -> None:
    counter = TermCounter({"words": 1, "context": 1})
    counts = counter.fit_transform(as_rows(sample[:50]))
    weigher = BlockTfidf(counter.block_ends_, {"words": 1.0, "context": 0.7}, {"words": 1, "context": 1})
    weighed = weigher.fit_transform(counts)
    end = counter.block_ends_["words"]

    for part, length in ((weighed[:, :end], 1.0), (weighed[:, end:], 0.7)):
        np.testing.assert_allclose(np.sqrt(part.multiply(part).sum(axis=1)), length, atol=1e-5)


def test_a_sentence_without_context_or_words_is_a_row(codebook: Codebook) -> None:
    rows = as_rows([Sentence("…"), Sentence("", lead_in=None)])

    assert rows.shape == (2, 5)
    assert rows[0].tolist() == ["…", "", "", "", ""]
    assert TermCounter().fit(as_rows([Sentence("Plans are late.")] * 5)).transform(rows).shape[0] == 2


def test_a_counter_is_the_same_after_pickling() -> None:
    rows = as_rows([Sentence("Plans are late."), Sentence("Plans are clear.")])
    counter = TermCounter({"words": 1}).fit(rows)
    again = pickle.loads(pickle.dumps(counter))

    assert again.vocabulary_ == counter.vocabulary_
    assert (again.transform(rows) != counter.transform(rows)).nnz == 0
    assert pickle.loads(pickle.dumps(TermCounter())).min_count == TermCounter().min_count
    assert pickle.loads(pickle.dumps(TermCounter({"words": 9}).fit(rows))).vocabulary_ == {}
