"""Why a sentence has its sentiment: what each of its words adds, in the whole, in its clauses, and from before it.

The sentiments compete, so what speaks for one is told against its nearest rival: the log-odds of the two, which is
above 0 for the likeliest sentiment alone. It is a sum over the scores that `findings.tagging.discourse` gathers, each
of which is a sum over words.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from findings.tagging.clauses import clauses
from findings.tagging.explanation import (
    Contribution,
    Piece,
    Weights,
    as_contributions,
    pieces_of,
    placed,
    word_weights,
)
from findings.tagging.features import InContext, as_rows
from findings.tagging.model import Model
from findings.tagging.terms import PREVIOUS

Floats = NDArray[np.float64]


def sentiment_contributions(model: Model, unit: InContext) -> tuple[dict[str, list[Contribution]], dict[str, float]]:
    """For each sentiment that the model can give, what each word adds, and what no word adds.

    They add up to the log-odds of the sentiment against its nearest rival. The sentence before counts as one word.
    Both are empty where the model gives fewer than two sentiments.
    """
    classes = model.judges.sentence.classes_
    if not model.decisions.sentiments or len(classes) < 2:
        return {}, {}
    rows = as_rows([unit])
    features = model.evidence(rows).sentence[0]
    weights, before = _class_weights(model, rows[0], features)
    total = features @ model.judges.sentence.coef_.T + model.judges.sentence.intercept_
    rest = total - sum(weights.values(), np.zeros(len(classes))) - before
    told: dict[str, list[Contribution]] = {}
    bare: dict[str, float] = {}
    for column, code in enumerate(classes):
        rival = max((at for at in range(len(classes)) if at != column), key=lambda at: total[at])
        against = {place: weight[[column]] - weight[[rival]] for place, weight in weights.items()}
        name = model.decisions.sentiments[code]
        told[name] = as_contributions(against, 0)
        bare[name] = float(rest[column] - rest[rival])
        previous = rows[0][PREVIOUS]
        if previous:
            told[name].append(
                Contribution(previous, "previous", 0, len(previous), float(before[column] - before[rival]))
            )
    return told, bare


def _class_weights(model: Model, row: NDArray[np.object_], features: Floats) -> tuple[Weights, Floats]:
    """What each word, and the sentence before, add to the scores of the verdict's classes.

    Follows the layout of `discourse.sentence_features`: the sentence's own scores; the highest, first and last of its
    clauses; and the rest, which is of the sentence before.
    """
    decisions, coef = model.decisions, model.judges.sentence.coef_
    own_columns = list(range(decisions.sentiment_columns.start, decisions.sentiment_columns.stop))
    columns, width = decisions.theme_sentiment_columns, len(decisions.theme_sentiment_columns)
    ends = np.cumsum([len(own_columns), width, width, width])
    own, highest, first, last, previous = np.split(coef, ends, axis=1)
    added: Weights = defaultdict(lambda: np.zeros(len(coef)))
    matrix = model.matrix(row[None, :])
    _add(model, (0, list(row), matrix), own_columns, own.T, added)
    heard = pieces_of(model, row[None, :], matrix, clauses)[0]
    scores = np.stack([model.linear.decision_function(weighed)[0, columns] for _, _, weighed in heard])
    for at, clause in enumerate(heard):
        share = highest.T * (scores.argmax(axis=0) == at)[:, None]
        share = share + first.T * (at == 0) + last.T * (at == len(heard) - 1)
        _add(model, clause, columns, share, added)
    return added, previous @ features[ends[-1] :]


def _add(model: Model, clause: Piece, columns: list[int], share: Floats, added: Weights) -> None:
    """Add what the words of a clause, or of the whole, bring to each class; `share` is (columns, classes)."""
    start, row, weighed = clause
    weights, _ = word_weights(model, row, weighed, columns)
    for place, weight in placed(weights, start):
        added[place] += weight @ share
