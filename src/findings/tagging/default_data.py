"""The annotations that ship, as far as they speak to another codebook: a start for people with few of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from findings.annotations import load_annotations
from findings.codebook import Codebook
from findings.errors import AnnotationError
from findings.report import Annotation
from findings.resources import shipped

_FEWEST = 5  # examples of a theme, below which nothing can be said of what is like it
_BAGS, _BAG_SIZE = 20, 300
_MISSED = 0.2  # the share of a theme's examples that may score lower than what is left out


@dataclass(frozen=True, slots=True)
class DefaultData:
    """The shipped annotations in terms of another codebook.

    `unclear` counts the sentences left out for each theme that they were not annotated for: those that may be about it,
    so that they would teach the model that they are not.
    """

    annotations: list[Annotation]
    unclear: dict[str, int]


def default_data(codebook: Codebook, own: Sequence[Annotation]) -> DefaultData:
    """The shipped annotations for a codebook, those that `own` annotates (same id or text) left out.

    Themes of the shipped codebook's names keep their labels. A theme of another name was never looked for: sentences
    that are like its examples in `own` are left out, and the others taken for sentences that are not about it (as
    "reliable negatives": Liu et al., "Building text classifiers using positive and unlabeled examples", ICDM 2003).
    Raises `AnnotationError` where the codebook's sentiments are not among the shipped ones.
    """
    default = Codebook.default()
    strange = set(codebook.sentiment_names) - set(default.sentiment_names)
    if strange:
        raise AnnotationError(
            f'The default data has no sentiment "{min(strange)}" ({", ".join(default.sentiment_names)}); '
            "name yours as those, or train without --include-default-data."
        )
    ids, texts = {one.id for one in own}, {one.text for one in own}
    loaded = load_annotations(shipped("annotations"), default)
    rest = [one for one in loaded if one.id not in ids and one.text not in texts]
    kept = list(_in_terms_of(codebook, rest))
    unclear: dict[str, int] = {}
    keep = np.ones(len(kept), dtype=bool)
    for theme in codebook.theme_names:
        if theme not in default.theme_names:
            alike = _alike(theme, own, kept)
            unclear[theme] = int(alike.sum())
            keep &= ~alike
    return DefaultData([one for one, wanted in zip(kept, keep, strict=True) if wanted], unclear)


def _in_terms_of(codebook: Codebook, annotations: Iterable[Annotation]) -> Iterable[Annotation]:
    """The annotations with the codebook's themes and sentiments alone; those whose sentiment it lacks are left out."""
    themes = set(codebook.theme_names)
    for one in annotations:
        if not codebook.sentiments:
            said: dict[str, str | None] = dict.fromkeys(set(one.themes) & themes)
            yield replace(one, sentiment=None, themes=said)
        elif one.sentiment is None or one.sentiment in codebook.sentiment_names:
            allowed = codebook.theme_sentiment_names
            said = {name: its for name, its in one.themes.items() if name in themes and its in allowed}
            yield replace(one, themes=said)


def _alike(theme: str, own: Sequence[Annotation], others: Sequence[Annotation]) -> NDArray[np.bool_]:
    """Which of the others may be about the theme: those scored as high as most of its examples in `own`.

    Scores are means over models that each take a small random part of the others for negatives, and score what they did
    not learn from (Mordelet and Vert, "A bagging SVM to learn from positive and unlabeled examples", Pattern
    Recognition Letters, 2014).
    """
    about = np.array([theme in one.themes for one in own])
    if about.sum() < _FEWEST:
        return np.zeros(len(others), dtype=bool)
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32).fit_transform(
        [one.text for one in (*own, *others)]
    )
    examples, negatives = np.flatnonzero(about), np.flatnonzero(~about)
    unlabelled = np.arange(len(own), len(own) + len(others))
    scores, times = np.zeros(vectors.shape[0]), np.zeros(vectors.shape[0])
    rng = np.random.default_rng(0)
    for _ in range(_BAGS):
        taken = rng.choice(unlabelled, min(len(unlabelled), _BAG_SIZE), replace=False)
        held_out = rng.choice(examples, len(examples) // 5, replace=False)
        learned = np.concatenate([np.setdiff1d(examples, held_out), negatives, taken])
        model = LogisticRegression(class_weight="balanced", C=10.0, max_iter=500)
        model.fit(vectors[learned], np.isin(learned, examples))
        judged = np.concatenate([held_out, np.setdiff1d(unlabelled, taken)])
        scores[judged] += model.decision_function(vectors[judged])
        times[judged] += 1
    scores /= np.maximum(times, 1)
    least = np.quantile(scores[examples[times[examples] > 0]], _MISSED)
    alike: NDArray[np.bool_] = scores[unlabelled] >= least
    return alike
