from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from findings.errors import ModelError
from findings.report import Sentence
from findings.tagging.decisions import LinearDecisions
from findings.tagging.features import BlockTfidf, TermCounter, as_rows
from findings.tagging.vectors import TermVectors, shipped_vectors


def made() -> TermVectors:
    random = np.random.default_rng(0)
    terms = ("m:late", "m:not_late", "m:überfällig")
    return TermVectors(terms, np.array([1.5, 2.25, 7.0], dtype=np.float32), random.normal(size=(3, 4)).astype("f4"))


def test_vectors_survive_the_disk_to_a_step_of_eight_bits(tmp_path: Path) -> None:
    vectors = made()
    vectors.save(tmp_path / "terms.npz")
    again = TermVectors.load(tmp_path / "terms.npz")

    assert again.terms == vectors.terms
    np.testing.assert_array_equal(again.idf, vectors.idf)
    step = np.abs(vectors.vectors).max(axis=0) / 127
    assert (np.abs(again.vectors - vectors.vectors) <= step / 2 + 1e-6).all()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut short"])
def test_a_damaged_file_of_vectors_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "terms.npz"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ModelError, match=r"terms\.npz: the term vectors cannot be read"):
        TermVectors.load(path)


def test_a_feature_that_no_row_holds_weighs_as_the_one_whose_vector_it_shares() -> None:
    """The last three features have vectors: the second's is the first's, the third's is its opposite."""
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [-1.0, 0.0]], dtype=np.float32)
    features = sparse.csr_matrix(np.array([[1, 1, 0, 0], [1, 0, 0, 0]] * 10, dtype=np.float64))
    y = np.array([[1.0], [0.0]] * 10)
    own = LinearDecisions().fit(features, y).coef_[:, 0]
    leaning = LinearDecisions().fit(features, y, vectors)

    assert own[2] == own[3] == 0
    assert leaning.coef_[1, 0] == leaning.coef_[2, 0] == -leaning.coef_[3, 0] > 0
    assert (leaning.predict(features) == y).all()


def test_the_vectors_that_ship_set_words_beside_their_like() -> None:
    known = shipped_vectors()
    place = {term: at for at, term in enumerate(known.terms)}

    def alike(one: str, other: str) -> float:
        a, b = known.vectors[place[f"m:{one}"]], known.vectors[place[f"m:{other}"]]
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert known.vectors.shape == (len(known.terms), 96)
    assert alike("caseloads", "workloads") > 0.3 > alike("caseloads", "adoption")
    assert alike("delay", "delays") > 0.3 > alike("delay", "foster")


def test_given_terms_are_columns_whatever_the_rows_hold() -> None:
    known = made()
    rows = as_rows([Sentence("Plans are not late."), Sentence("Plans are clear.")])
    counter = TermCounter({"words": 1}, {"meaning": known.terms})
    counts = counter.fit_transform(rows)
    weigher = BlockTfidf(counter.block_ends_, min_count={"words": 1}, given_idf={"meaning": known.idf})
    weighed = weigher.fit_transform(counts)[:, counter.block_ends_["words"] :].toarray()

    assert counter.get_feature_names_out()[counter.block_ends_["words"] :].tolist() == list(known.terms)
    np.testing.assert_allclose(weighed[0], np.array([1.5, 2.25, 0]) / np.hypot(1.5, 2.25), rtol=1e-6)
    assert not weighed[1].any()
