"""What decides the sentiment of a sentence beyond its own words: its clauses, and the sentence before it.

"This leaves young people highly vulnerable" takes its colour from what stands before; "Supervision is regular, but
caseloads are too high" says two things, each in a clause of its own, and each theme takes the colour of its clause.
The weights that score whole sentences score the clauses and the sentence before as well; small models on top of
those scores, fitted out of fold, weigh them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from findings.tagging.clauses import Span, cut
from findings.tagging.decisions import Decisions
from findings.tagging.terms import PREVIOUS, TEXT

Floats = NDArray[np.float64]
Rows = NDArray[np.object_]
Score = Callable[[Rows], Floats]

_CONTINUES = re.compile(
    r"(?:this|these|those|such|it|they|their|as a (?:result|consequence)|consequently|therefore|thus|for example|"
    r"in addition|also|similarly|furthermore|moreover|here|there|because of this|for (?:these|this)|subsequent(?:ly)?|"
    r"in (?:these|this|some of these|one|two|other|others))\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"(?:however|but|although|while|whilst|despite|nevertheless|nonetheless|yet|conversely|in contrast|by contrast|"
    r"on the other hand|more positively|less positively|in other cases|too often)\b",
    re.IGNORECASE,
)
# How decidedly a theme settles on its own clause or part: the factor on its scores before the softmax.
_SHARPNESS = 2.0


@dataclass(frozen=True, slots=True)
class Pieces:
    """The scores of the clauses, or parts, of the sentences that have several: `i` belongs to row `owner[i]`."""

    owner: NDArray[np.int64]
    scores: Floats

    @classmethod
    def of(cls, rows: Rows, score: Score, decisions: Decisions, spans: Callable[[str], list[Span]]) -> Pieces:
        """Score every piece that `spans` finds in the rows that have more than one."""
        owner, _, pieces = cut(rows, spans)
        return cls(owner, score(pieces) if len(pieces) else np.zeros((0, len(decisions.names))))

    def each(self) -> list[tuple[int, Floats]]:
        """Each row that has several with their scores, shape (pieces, decisions)."""
        owners, starts = np.unique(self.owner, return_index=True)
        return list(zip(owners.tolist(), np.split(self.scores, starts[1:]), strict=True)) if len(owners) else []


def sentence_features(rows: Rows, scores: Floats, clauses: Pieces, score: Score, decisions: Decisions) -> Floats:
    """What the sentiment of a sentence is judged by, shape (n, features), from `scores` of shape (n, decisions).

    Its own scores; for each sentiment of a theme the most that a clause scores, and what the first and the last do;
    and the scores of the sentence before, apart for sentences that carry on, that turn, and that do neither.
    """
    columns = decisions.theme_sentiment_columns
    own = scores[:, columns]
    clause = np.concatenate([own, own, own], axis=1)
    for at, clause_scores in clauses.each():
        sentiments = clause_scores[:, columns]
        clause[at] = np.concatenate([sentiments.max(axis=0), sentiments[0], sentiments[-1]])
    before = _previous(rows, scores, score, columns)
    carries_on = np.array([[bool(_CONTINUES.match(row[TEXT]))] for row in rows], dtype=bool).reshape(-1, 1)
    turns = np.array([[bool(_TURNS.match(row[TEXT]))] for row in rows], dtype=bool).reshape(-1, 1)
    neither = ~(carries_on | turns)
    return np.concatenate(
        [scores[:, decisions.sentiment_columns], clause, before * carries_on, before * turns, before * neither], axis=1
    )


def _previous(rows: Rows, scores: Floats, score: Score, columns: list[int]) -> Floats:
    """The scores of the sentences before, squashed into (-1, 1); 0 where there is none. Shape (n, columns).

    Most of them are rows themselves, whose `scores` are known.
    """
    before = np.zeros((len(rows), len(columns)))
    has = np.flatnonzero(rows[:, PREVIOUS] != "")
    if not len(has):
        return before
    previous = rows[has].copy()
    previous[:, TEXT] = previous[:, PREVIOUS]
    known = {tuple(row[:PREVIOUS]): at for at, row in enumerate(rows)}
    own = np.array([known.get(tuple(row[:PREVIOUS]), -1) for row in previous])
    before[has[own >= 0]] = scores[own[own >= 0]][:, columns]
    if (own < 0).any():
        before[has[own < 0]] = score(previous[own < 0])[:, columns]
    return np.tanh(before)


def theme_features(scores: Floats, cuts: Sequence[Pieces], decisions: Decisions) -> Floats:
    """What the sentiment of each theme is judged by, shape (n, themes, features), where the sentence has no one answer.

    The sentence's own scores of the sentiments that a theme can have; and, for each way in which it is cut, the coarser
    first, those of the theme's own pieces, and how far they are above the mean of all: "Supervision is regular" is
    faint praise by itself, and praise beside "caseloads are too high". Pieces count by the softmax of the theme's
    scores in them. A sentence that is not cut any finer has the coarser pieces again.
    """
    columns = decisions.theme_sentiment_columns
    own = np.repeat(scores[:, None, columns], len(decisions.themes), axis=1)
    told, focused, beside = [own], own, np.zeros_like(own)
    for pieces in cuts:
        focused, beside = focused.copy(), beside.copy()
        for at, piece_scores in pieces.each():
            share = softmax(_SHARPNESS * piece_scores[:, decisions.theme_columns], axis=0)
            focused[at] = share.T @ piece_scores[:, columns]
            beside[at] = focused[at] - piece_scores[:, columns].mean(axis=0)
        told += [focused, beside]
    return np.concatenate(told, axis=2)


class Verdict(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A multinomial logistic regression over `width` known classes, of which the data may lack some."""

    def __init__(self, width: int = 2, C: float = 1.0) -> None:
        self.width = width
        self.C = C

    def fit(self, X: Floats, y: NDArray[np.int64]) -> Verdict:
        """Fit on `X` of shape (n, features) and class indices `y`."""
        self.classes_ = np.unique(y)
        self.n_features_in_ = X.shape[1]
        self.coef_ = np.zeros((len(self.classes_), X.shape[1]))
        self.intercept_ = np.zeros(len(self.classes_))
        if len(self.classes_) > 1:
            regression = LogisticRegression(C=self.C, max_iter=1000).fit(X, y)
            # With two classes scikit-learn keeps the weights of the second only; the first's are zero beside them.
            self.coef_[-len(regression.coef_) :] = regression.coef_
            self.intercept_[-len(regression.coef_) :] = regression.intercept_
        return self

    def predict_proba(self, X: Floats) -> Floats:
        """Probabilities of shape (n, width)."""
        if not len(self.classes_):
            return np.full((len(X), self.width), 1.0 / max(self.width, 1))
        full = np.zeros((len(X), self.width))
        full[:, self.classes_] = softmax(X @ self.coef_.T + self.intercept_, axis=1)
        return full

    def predict(self, X: Floats) -> NDArray[np.int64]:
        """The index of the likeliest class of each row."""
        best: NDArray[np.int64] = self.predict_proba(X).argmax(axis=1)
        return best
