"""TF-IDF and a support vector machine for each label: the recipe of NHS England's pxtextmining, written anew.

pxtextmining (The Strategy Unit, for NHS England) sorts patients' comments into themes: TF-IDF of the comment's words,
beside them the question that was asked and the comment's length, and one class-weighted SVC of scikit-learn for each
label. Here the heading and the lead-in stand where the question stands there. Its lemmatisation, which needs a
downloaded spaCy model, and its search over settings are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from contenders.base import Contender, Floats, Scores, sentiment_targets, theme_targets
from findings.report import Annotation
from findings.tagging.terms import without_grades


class TfidfSVC(Contender):
    """One linear SVC per label on TF-IDF of sentence, heading and lead-in, bullet and length."""

    title = "TF-IDF + SVC"
    note = "the recipe of NHS England's pxtextmining: a linear SVC per label, class-weighted for themes, on 1-2 words"
    packages = ("scikit-learn",)

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Learn the words and a machine for each label."""
        self.vectorisers = [TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True) for _ in range(3)]
        parts = [one.fit_transform(texts) for one, texts in zip(self.vectorisers, _fields(annotations), strict=True)]
        features = sparse.hstack([*parts, _shape(annotations)], format="csr")
        labels = np.column_stack([[one.finding for one in annotations], theme_targets(annotations, self.codebook)])
        self.machines = [_machine().fit(features, labels[:, at]) for at in range(labels.shape[1])]
        said = sentiment_targets(annotations, self.codebook)
        # Not class-weighted: with weights, sentences that say one thing come out as mixed.
        self.sentiment = LinearSVC(C=0.3, random_state=0).fit(features[said >= 0], said[said >= 0])

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """Distances from each machine's border, squeezed into [0, 1]."""
        parts = [one.transform(texts) for one, texts in zip(self.vectorisers, _fields(sentences), strict=True)]
        features = sparse.hstack([*parts, _shape(sentences)], format="csr")
        labels: Floats = np.column_stack([expit(machine.decision_function(features)) for machine in self.machines])
        return Scores(labels[:, 0], labels[:, 1:], self.sentiment.decision_function(features))


def _machine() -> Any:
    return LinearSVC(C=0.3, class_weight="balanced", random_state=0)


def _fields(sentences: Sequence[Annotation]) -> tuple[list[str], list[str], list[str]]:
    return (
        [one.text for one in sentences],
        [without_grades(one.section) for one in sentences],
        [one.lead_in for one in sentences],
    )


def _shape(sentences: Sequence[Annotation]) -> Any:
    """The length in words, on a scale of about [0, 1], and whether it is a bullet."""
    return sparse.csr_matrix([[min(len(one.text.split()) / 50, 1.0), float(one.bullet)] for one in sentences])
