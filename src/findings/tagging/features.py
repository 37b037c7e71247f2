"""Sentences in context → a sparse matrix: count the terms, then weigh them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from findings.tagging.terms import BLOCKS

# A `scipy.sparse.csr_matrix` of float32; SciPy ships no types.
Matrix: TypeAlias = Any
Rows = NDArray[np.object_]

# How many sentences must hold a term for it to become a column, and how much a block counts beside the others.
MIN_COUNT: Mapping[str, int] = {"words": 2, "characters": 4, "pairs": 4, "structure": 3, "context": 2}
BLOCK_WEIGHT: Mapping[str, float] = {
    "words": 1.0, "characters": 1.0, "pairs": 0.7, "structure": 0.5, "context": 0.7, "meaning": 1.0
}  # fmt: skip


# No block is given: a counter learns the terms of each, and a weigher how rare they are.
NONE_GIVEN: Mapping[str, Any] = {}


class InContext(Protocol):
    """What can be tagged: a `Sentence`, or an `Annotation`."""

    @property
    def text(self) -> str:
        """The sentence itself."""

    @property
    def section(self) -> str:
        """The heading above it."""

    @property
    def lead_in(self) -> str | None:
        """The line that introduces its list."""

    @property
    def bullet(self) -> bool:
        """Whether it is a bullet."""


def as_rows(sentences: Iterable[InContext]) -> Rows:
    """Sentences as an object array of shape (n, 5): text, section, lead-in, "bullet" or "", previous sentence."""
    rows = [
        (s.text, s.section or "", s.lead_in or "", "bullet" if s.bullet else "", getattr(s, "previous", "") or "")
        for s in sentences
    ]
    array = np.empty((len(rows), 5), dtype=object)
    for at, row in enumerate(rows):
        array[at] = row
    return array


class TermCounter(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Count the terms of rows (`as_rows`), one block of columns after the other.

    `min_count` says for each block how many rows must hold a term for it to become a column; `given` holds the terms of
    blocks whose columns do not depend on the rows, which come after the others; a block in neither is not looked at.
    After `fit`: `vocabulary_` (term → column) and `block_ends_` (block → the column after its last).
    """

    def __init__(
        self, min_count: Mapping[str, int] = MIN_COUNT, given: Mapping[str, Sequence[str]] = NONE_GIVEN
    ) -> None:
        self.min_count = min_count
        self.given = given

    def fit(self, X: Rows, y: Any = None) -> TermCounter:
        """Learn which terms there are; `X` has shape (n, 5)."""
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Rows, y: Any = None, **_: Any) -> Matrix:
        """Learn the terms of `X` and count them; float32 of shape (n, terms)."""
        self.vocabulary_: dict[str, int] = {}
        self.block_ends_: dict[str, int] = {}
        blocks = []
        for name in self._names():
            counts, terms = self._block(name, X)
            self.vocabulary_.update((term, at) for at, term in enumerate(terms, len(self.vocabulary_)))
            self.block_ends_[name] = len(self.vocabulary_)
            blocks.append(counts)
        counts = sparse.hstack(blocks, format="csr", dtype=np.float32)
        counts.sort_indices()  # once, or every machine does it for itself
        return counts

    def transform(self, X: Rows) -> Matrix:
        """Count the known terms of `X`; float32 of shape (n, terms)."""
        check_is_fitted(self)
        return _counted(X, self._names(), self.vocabulary_)

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: of the vocabulary the terms alone, in the order of their columns, a third less on disk."""
        state: dict[str, Any] = super().__getstate__()
        if "vocabulary_" in state:
            state = state | {"vocabulary_": "\n".join(state["vocabulary_"])}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Number the terms again."""
        if "vocabulary_" in state:
            terms = filter(None, state["vocabulary_"].split("\n"))
            state = state | {"vocabulary_": {term: at for at, term in enumerate(terms)}}
        super().__setstate__(state)

    def _names(self) -> list[str]:
        return [*self.min_count, *self.given]

    def _block(self, name: str, X: Rows) -> tuple[Matrix, Sequence[str]]:
        """The counts of a block's terms, and the terms in the order of their columns."""
        if name in self.given:
            terms = self.given[name]
            return _counted(X, [name], {term: at for at, term in enumerate(terms)}), terms
        place: defaultdict[str, int] = defaultdict(lambda: len(place))
        counts = _counted(X, [name], place)
        held = np.bincount(counts.indices, minlength=len(place))
        terms = sorted(term for term, at in place.items() if held[at] >= self.min_count[name])
        return counts[:, [place[term] for term in terms]], terms

    def get_feature_names_out(self, input_features: Any = None) -> Rows:
        """The terms in the order of the columns."""
        check_is_fitted(self)
        return np.array(list(self.vocabulary_), dtype=object)


def _counted(X: Rows, names: Sequence[str], place: Mapping[str, int]) -> Matrix:
    """How often each row holds the terms that have a place; a `defaultdict` gives a place to every term it meets."""
    column = place.__getitem__ if isinstance(place, defaultdict) else place.get
    indices, starts = array("i"), array("i", [0])
    for row in X:
        for name in names:
            indices.extend(at for term, _ in BLOCKS[name](row) if (at := column(term)) is not None)
        starts.append(len(indices))
    held = np.array(indices, dtype=np.int32)
    counts = sparse.csr_matrix((np.ones(len(held), np.float32), held, np.array(starts)), shape=(len(X), len(place)))
    counts.sum_duplicates()
    return counts


class BlockTfidf(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF of counts, each block of columns brought to its own length and weight.

    Sublinear term frequency (1 + ln tf), smoothed inverse document frequency, L2 norm within a block, as scikit-learn's
    `TfidfTransformer`; the blocks then stand side by side, scaled by `block_weight`. Columns that fewer training rows
    hold than `min_count` says become zero, so that counts made once serve every fold of a cross-validation.

    `block_ends` maps each block to the column after its last one (`TermCounter.block_ends_`). `given_idf` holds the
    inverse document frequencies of blocks that are weighed as elsewhere, not by the rows at hand.
    """

    def __init__(
        self,
        block_ends: Mapping[str, int],
        block_weight: Mapping[str, float] = BLOCK_WEIGHT,
        min_count: Mapping[str, int] = MIN_COUNT,
        given_idf: Mapping[str, NDArray[np.float32]] = NONE_GIVEN,
    ) -> None:
        self.block_ends = block_ends
        self.block_weight = block_weight
        self.min_count = min_count
        self.given_idf = given_idf

    def fit(self, X: Matrix, y: Any = None) -> BlockTfidf:
        """Learn the document frequencies of counts of shape (n, terms)."""
        held = np.bincount(X.indices, minlength=X.shape[1])
        idf = np.log((1 + X.shape[0]) / (1 + held)) + 1
        for name, (start, end) in self._blocks():
            if name in self.given_idf:
                idf[start:end] = self.given_idf[name]
            else:
                idf[start:end][held[start:end] < self.min_count[name]] = 0
        self.idf_: NDArray[np.float32] = idf.astype(np.float32)
        self.n_features_in_ = X.shape[1]
        return self

    def transform(self, X: Matrix) -> Matrix:
        """Weigh counts; float32 of shape (n, terms)."""
        check_is_fitted(self)
        weighed = X.astype(np.float32, copy=True)
        weighed.data = (1 + np.log(weighed.data)) * self.idf_[weighed.indices]
        parts = []
        for name, (start, end) in self._blocks():
            part = weighed[:, start:end]
            if part.shape[0]:  # scikit-learn refuses to normalise no rows
                part = normalize(part, copy=False)
            part.data *= np.float32(self.block_weight[name])
            parts.append(part)
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    def _blocks(self) -> Iterable[tuple[str, tuple[int, int]]]:
        return zip(self.block_ends, pairwise([0, *self.block_ends.values()]), strict=True)
