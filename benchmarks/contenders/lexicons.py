"""Sentiment lexicons: VADER and TextBlob, whose scores of sentence, heading and lead-in are weighed on annotations."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from contenders.base import Contender, Floats, Scores, sentiment_targets
from findings.report import Annotation
from findings.tagging.terms import without_grades


class Lexicon(Contender):
    """A lexicon's scores as the only features of a logistic regression: kinder to it than a fixed cut-off."""

    note = "sentiment only, told what is a finding; sentence, heading and lead-in weighed by logistic regression"

    @abstractmethod
    def rate(self, text: str) -> list[float]:
        """What the lexicon says of a text."""

    def fit(self, annotations: Sequence[Annotation]) -> None:
        """Learn how to weigh the lexicon's scores."""
        target = sentiment_targets(annotations, self.codebook)
        features = self._features([one for one, said in zip(annotations, target, strict=True) if said >= 0])
        self.model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(
            features, target[target >= 0]
        )

    def score(self, sentences: Sequence[Annotation]) -> Scores:
        """Probabilities of each sentiment."""
        return Scores(None, None, self.model.predict_proba(self._features(sentences)))

    def _features(self, sentences: Sequence[Annotation]) -> Floats:
        return np.array(
            [self.rate(one.text) + self.rate(without_grades(one.section)) + self.rate(one.lead_in) for one in sentences]
        )


class Vader(Lexicon):
    """Hutto and Gilbert, "VADER: a parsimonious rule-based model for sentiment analysis" (ICWSM 2014)."""

    title = "VADER"
    packages = ("vaderSentiment", "scikit-learn")

    def __init__(self) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        self.analyser = SentimentIntensityAnalyzer()

    def rate(self, text: str) -> list[float]:
        """The shares of positive, neutral and negative words, and the compound score."""
        return list(self.analyser.polarity_scores(text).values())


class TextBlob(Lexicon):
    """TextBlob's default analyser, the lexicon of Pattern."""

    title = "TextBlob"
    packages = ("textblob", "scikit-learn")

    def rate(self, text: str) -> list[float]:
        """Polarity and subjectivity."""
        from textblob import TextBlob as Blob

        return list(Blob(text).sentiment)
