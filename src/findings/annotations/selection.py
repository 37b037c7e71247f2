"""Which sentences are worth a person's time: those whose labels teach most, no near-duplicates, and a fair sample."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from findings.annotations.columns import theme_column
from findings.report import Finding

_POOL = 20  # doubtful sentences looked at for each one chosen
_MIN_POOL = 2_000
_NEAR_DUPLICATE = 0.9  # cosine of TF-IDF vectors
_LITTLE = 1e-6  # keeps order by difference where the model doubts nothing


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence chosen for review: its index among the findings given, why, and how much each decision is in doubt.

    `doubts` are bits (0 sure, 1 a coin's toss) by label column: `finding`, `sentiment`, `theme:NAME`.
    """

    index: int
    why: Literal["doubt", "random"]
    doubts: Mapping[str, float]

    @property
    def doubt(self) -> float:
        """The doubt over all decisions, in bits."""
        return sum(self.doubts.values())


def choose(
    findings: Sequence[Finding],
    limit: int,
    *,
    theme_scores: Sequence[Mapping[str, float]] | None = None,
    random_share: float = 0.2,
    annotated: Collection[str] = (),
    seed: int = 0,
) -> list[Chosen]:
    """At most `limit` of the findings (non-findings among them) to review, in the order in which they were given.

    `random_share` of them are drawn evenly from all, so that corrections to them estimate the model's errors honestly;
    the others are the most doubtful, each weighed down by its likeness to what is chosen already, near-duplicates left
    out. `theme_scores` are every theme's probabilities by sentence, in step with `findings`; without them only the
    themes that were tagged count. Sentences whose text is in `annotated` are passed over.
    """
    if limit < 0 or not 0 <= random_share <= 1:
        raise ValueError("limit must be 0 or more, random_share between 0 and 1")
    skipped = frozenset(annotated)
    open_ones = [index for index, finding in enumerate(findings) if finding.sentence.text not in skipped]
    rng = np.random.default_rng(seed)
    drawn = min(len(open_ones), round(limit * random_share))
    random = [int(index) for index in rng.choice(open_ones, size=drawn, replace=False)] if drawn else []
    doubts = {index: doubts_of(findings[index], theme_scores[index] if theme_scores else None) for index in open_ones}
    sums = {index: sum(bits.values()) for index, bits in doubts.items()}
    pool = sorted(set(open_ones) - set(random), key=lambda index: (-sums[index], index))[
        : max(_MIN_POOL, _POOL * limit)
    ]
    doubtful = _diverse(findings, pool, random, sums, limit - drawn)
    why = dict.fromkeys(random, "random") | dict.fromkeys(doubtful, "doubt")
    return [Chosen(index, "random" if why[index] == "random" else "doubt", doubts[index]) for index in sorted(why)]


def doubts_of(finding: Finding, theme_scores: Mapping[str, float] | None = None) -> dict[str, float]:
    """The entropy of each decision about a sentence, in bits; of its sentiment, times the probability of a finding."""
    bits = {"finding": _entropy(finding.finding_score)}
    if finding.sentiment_score is not None:
        bits["sentiment"] = finding.finding_score * _entropy(finding.sentiment_score)
    scores = theme_scores if theme_scores is not None else {tag.theme: tag.score for tag in finding.themes}
    return bits | {theme_column(theme): _entropy(score) for theme, score in scores.items()}


def _entropy(probability: float) -> float:
    if not 0 < probability < 1:
        return 0.0
    return -probability * log2(probability) - (1 - probability) * log2(1 - probability)


def _diverse(
    findings: Sequence[Finding], pool: list[int], chosen: list[int], doubt: Mapping[int, float], count: int
) -> list[int]:
    """Up to `count` of the pool: at each step the one of most doubt × difference from all that is chosen."""
    if not pool or count <= 0:
        return []
    vectors = _vectors([findings[index].sentence.text for index in pool + chosen])
    candidates = vectors[: len(pool)]
    likeness = np.zeros(len(pool))
    for row in range(len(pool), len(pool) + len(chosen)):
        np.maximum(likeness, _cosines(candidates, vectors[row]), out=likeness)
    weights = np.array([doubt[index] + _LITTLE for index in pool])
    picked: list[int] = []
    while len(picked) < count:
        worth = np.where(likeness < _NEAR_DUPLICATE, weights * (1 - likeness), 0.0)
        best = int(worth.argmax())
        if worth[best] <= 0:
            break
        picked.append(pool[best])
        np.maximum(likeness, _cosines(candidates, candidates[best]), out=likeness)
        likeness[best] = 1.0
    return picked


def _vectors(texts: list[str]) -> csr_matrix:
    vectorizer = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
    return csr_matrix(vectorizer.fit_transform([text if text.strip() else "-" for text in texts]))


def _cosines(vectors: csr_matrix, one: csr_matrix) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    cosines: np.ndarray[tuple[int], np.dtype[np.float32]] = (vectors @ one.T).toarray().ravel()
    return cosines
