"""The fitted model as one object: rows of sentences in context → calibrated probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from findings.tagging.calibration import probabilities
from findings.tagging.clauses import clauses, parts
from findings.tagging.decisions import Decisions, LinearDecisions
from findings.tagging.discourse import Pieces, Score, Verdict, sentence_features, theme_features
from findings.tagging.features import BlockTfidf, Matrix, TermCounter
from findings.tagging.finding import finding_features
from findings.tagging.pooling import pooled

Floats = NDArray[np.float64]
Rows = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Probabilities:
    """What the model makes of n sentences.

    `finding` (n,), `themes` (n, themes), `sentiment` (n, sentiments, adding up to 1; what it is if it is a finding) and
    `theme_sentiment` (n, themes, theme sentiments, adding up to 1; what it is if the theme is there).
    """

    finding: Floats
    themes: Floats
    sentiment: Floats
    theme_sentiment: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the judges weigh about n sentences.

    `themes` (n, themes), the scores pooled over the parts of the sentence; `finding` and `sentence` (n, features);
    `theme_sentiment` (n, themes, features).
    """

    themes: Floats
    finding: Floats
    sentence: Floats
    theme_sentiment: Floats


@dataclass(frozen=True, slots=True)
class Judges:
    """What weighs the evidence, fitted out of fold.

    `themes` (2, themes) are sigmoids; a verdict each is for findings, for the sentiment of sentences, and for that of
    themes.
    """

    themes: Floats
    finding: Verdict
    sentence: Verdict
    theme_sentiment: Verdict


@dataclass(slots=True)
class Model:
    """The steps in the order in which they run, each fitted: count, weigh, score, judge."""

    decisions: Decisions
    counter: TermCounter
    weigher: BlockTfidf
    linear: LinearDecisions
    judges: Judges

    def matrix(self, rows: Rows) -> Matrix:
        """The weighed terms of rows, shape (n, terms)."""
        return self.weigher.transform(self.counter.transform(rows))

    def score(self, rows: Rows) -> Floats:
        """The linear scores of rows, shape (n, decisions)."""
        return self.linear.decision_function(self.matrix(rows))

    def evidence(self, rows: Rows) -> Evidence:
        """What the judges weigh."""
        return gather(rows, self.score, self.decisions)

    def predict(self, rows: Rows) -> Probabilities:
        """Calibrated probabilities of rows of shape (n, 5)."""
        return judge(self.evidence(rows), self.judges, self.decisions)


def gather(
    rows: Rows,
    score: Score,
    decisions: Decisions,
    scores: Floats | None = None,
    heard: Pieces | None = None,
) -> Evidence:
    """Score rows, their parts, their clauses and the sentences before them.

    `scores` are those of the rows, and `heard` those of their parts, where they are known already.
    """
    scores = score(rows) if scores is None else scores
    heard = Pieces.of(rows, score, decisions, parts) if heard is None else heard
    themes = pooled(scores, heard, decisions)
    finding = finding_features(scores, decisions)
    if not decisions.sentiments:
        return Evidence(themes, finding, np.zeros((len(rows), 0)), np.zeros((*themes.shape, 0)))
    turns = Pieces.of(rows, score, decisions, clauses)
    return Evidence(
        themes,
        finding,
        sentence_features(rows, scores, turns, score, decisions),
        theme_features(scores, (turns, heard), decisions),
    )


def judge(evidence: Evidence, judges: Judges, decisions: Decisions) -> Probabilities:
    """Evidence → probabilities."""
    sentiment = judges.sentence.predict_proba(evidence.sentence)
    return Probabilities(
        finding=judges.finding.predict_proba(evidence.finding)[:, 1],
        themes=probabilities(evidence.themes, judges.themes),
        sentiment=sentiment,
        theme_sentiment=_theme_sentiment(evidence.theme_sentiment, sentiment, judges.theme_sentiment, decisions),
    )


def _theme_sentiment(theme: Floats, sentiment: Floats, verdict: Verdict, decisions: Decisions) -> Floats:
    """A theme has the sentence's sentiment; where the sentence has one that no theme can have (mixed), its clauses'.

    By total probability: P(theme is s) = P(sentence is s) + P(sentence is mixed) · P(theme's clauses are s).
    """
    n, themes, width = theme.shape
    if not width:
        return theme
    clauses_say = verdict.predict_proba(theme.reshape(n * themes, width)).reshape(n, themes, verdict.width)
    carried = [at for at, name in enumerate(decisions.sentiments) if name in decisions.theme_sentiments]
    shared = sentiment[:, carried]
    total: Floats = shared[:, None, :] + (1 - shared.sum(axis=1))[:, None, None] * clauses_say
    return total
