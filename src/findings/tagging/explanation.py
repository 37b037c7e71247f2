"""Why: what each word of a sentence, its heading and its lead-in added to a decision.

The model's score is a sum over terms, of the sentence and, for a theme, of the part that says it loudest; what makes a
finding is a sum of such scores. So the share of each term is exact. It is split evenly among the words that the term is
made of. Shares are in log-odds: above 0 speaks for, below 0 against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from findings.report import Sentence
from findings.tagging.clauses import Span, cut, parts
from findings.tagging.features import InContext, Matrix, as_rows
from findings.tagging.finding import finding_slopes
from findings.tagging.model import Model
from findings.tagging.pooling import LOUDEST
from findings.tagging.terms import BLOCKS, LEAD_IN, SECTION, TEXT, WORD, Row, without_grades

Floats = NDArray[np.float64]

# A word's field, start, end and text; and what each word adds, by column.
Place = tuple[int, int, int, str]
Weights = dict[Place, Floats]
# A sentence, or a piece of one: where it starts in the sentence, its row, and that weighed.
Piece = tuple[int, Row, Matrix]

FIELDS = {TEXT: "sentence", SECTION: "heading", LEAD_IN: "lead-in"}
# A word is named as evidence when it adds at least this share of what the strongest one adds.
_TELLING = 0.3
_MOST_PHRASES = 4
_UNTELLING = frozenset("the a an of to and in for is are that with on by as be this it at or".split())


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one word adds to a decision: `weight` in log-odds, `start` and `end` its place in the text it stands in.

    `where` is `sentence`, `heading` or `lead-in`; or `previous`, where `word` is the whole sentence before.
    """

    word: str
    where: str
    start: int
    end: int
    weight: float


def contributions(model: Model, unit: InContext) -> tuple[dict[str, list[Contribution]], dict[str, float]]:
    """For finding and each theme, what each word adds; and what is added by no word (length, being a bullet, the bias).

    The words' weights and the rest add up to the decision's calibrated log-odds.
    """
    rows = as_rows([unit])
    matrix = model.matrix(rows)
    whole = (0, rows[0], matrix)
    themes = model.decisions.themes
    weights, rest = _as_finding(model, whole)
    by_decision, bare = {"finding": as_contributions(weights, 0)}, {"finding": float(rest[0])}
    weights, rest = _calibrated(model, whole, pieces_of(model, rows, matrix, parts)[0], list(range(len(themes))))
    by_decision |= {theme: as_contributions(weights, column) for column, theme in enumerate(themes)}
    return by_decision, bare | {theme: float(rest[column]) for column, theme in enumerate(themes)}


def as_contributions(weights: Weights, column: int) -> list[Contribution]:
    """The weights of one column, word by word."""
    return [
        Contribution(word, FIELDS[field], start, end, float(weight[column]))
        for (field, start, end, word), weight in weights.items()
    ]


def evidence_words(
    model: Model, sentences: Sequence[Sentence], has_theme: NDArray[np.bool_]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """For each sentence and theme (by their indices) where `has_theme`, the phrases that earned it, strongest first."""
    told: dict[tuple[int, int], tuple[str, ...]] = {}
    themed = np.flatnonzero(has_theme.any(axis=1)).tolist()
    if not themed:
        return told
    rows = as_rows(sentences)
    matrix = model.matrix(rows[themed])
    heard = pieces_of(model, rows[themed], matrix, parts)
    for place, at in enumerate(themed):
        themes = np.flatnonzero(has_theme[at]).tolist()
        weights, _ = _calibrated(model, (0, rows[at], matrix[place]), heard[place], themes)
        for column, theme in enumerate(themes):
            told[at, theme] = tuple(_phrases(rows[at], weights, column))
    return told


def pieces_of(
    model: Model, rows: NDArray[np.object_], matrix: Matrix, spans: Callable[[str], list[Span]]
) -> list[list[Piece]]:
    """For each row its pieces as `spans` cuts it, or itself where it has one only; `matrix` is the rows weighed."""
    owner, found, pieces = cut(rows, spans)
    cut_up: defaultdict[int, list[Piece]] = defaultdict(list)
    if len(pieces):
        weighed = model.matrix(pieces)
        for piece, (at, (start, _)) in enumerate(zip(owner.tolist(), found, strict=True)):
            cut_up[at].append((start, pieces[piece], weighed[piece]))
    return [cut_up.get(at) or [(0, row, matrix[at])] for at, row in enumerate(rows)]


def placed(weights: Weights, start: int) -> Iterator[tuple[Place, Floats]]:
    """The weights of a piece of a sentence that begins at `start`, each at its word's place in the whole."""
    for (field, begin, end, word), weight in weights.items():
        shift = start if field == TEXT else 0
        yield (field, begin + shift, end + shift, word), weight


def _as_finding(model: Model, whole: Piece) -> tuple[Weights, Floats]:
    """What each word adds to the log-odds of a finding, and the rest; each of one column."""
    _, row, weighed = whole
    verdict = model.judges.finding
    slopes = finding_slopes(model.linear.decision_function(weighed)[0], verdict, model.decisions)[:, None]
    weights, bare = word_weights(model, row, weighed, list(range(len(slopes))))
    rest: Floats = bare @ slopes + verdict.intercept_[-1]
    return {place: weight @ slopes for place, weight in weights.items()}, rest


def _calibrated(model: Model, whole: Piece, heard: list[Piece], themes: list[int]) -> tuple[Weights, Floats]:
    """What each word adds to the pooled scores of `themes` (by index), in calibrated log-odds, and the rest."""
    slope, offset = model.judges.themes[:, themes]
    columns = [model.decisions.theme_columns.start + theme for theme in themes]
    own, bare = word_weights(model, *whole[1:], columns)
    weights, rest = dict(own), bare
    scores = np.stack([model.linear.decision_function(weighed)[0, columns] for _, _, weighed in heard])
    for at, (start, row, weighed) in enumerate(heard):
        share = LOUDEST * (scores.argmax(axis=0) == at)
        if share.any():
            added, more = word_weights(model, row, weighed, columns) if len(heard) > 1 else (own, bare)
            rest = rest + share * more
            for place, weight in placed(added, start):
                weights[place] = weights[place] + share * weight
    return {place: weight * slope for place, weight in weights.items()}, rest * slope + offset


def word_weights(model: Model, row: Row, weighed: Matrix, columns: list[int]) -> tuple[Weights, Floats]:
    """What each word adds to the linear scores of the decisions in `columns`, and what no word adds.

    `weighed` is the row's own row of `model.matrix`.
    """
    shares = model.linear.coef_[np.ix_(weighed.indices, columns)] * weighed.data[:, None]
    of_term = {term: at for at, term in enumerate(weighed.indices.tolist())}
    found = [(of_term[term], field, at) for term, field, at in _terms(model, row) if term in of_term]
    shares /= np.bincount([term for term, _, _ in found], minlength=len(shares)).clip(1)[:, None]
    texts = {field: without_grades(row[field]) if field == SECTION else row[field] for field in FIELDS}
    places = [
        (field, word.start(), word.end(), word.group()) for field in FIELDS for word in WORD.finditer(texts[field])
    ]
    first = {field: next((at for at, place in enumerate(places) if place[0] == field), 0) for field in FIELDS}
    shared = [(term, first[field] + index, len(at)) for term, field, at in found for index in at]
    weights = np.zeros((len(places), len(columns)))
    if shared:
        terms, words, sharing = np.array(shared).T
        np.add.at(weights, words, shares[terms] / sharing[:, None])
    wordless = shares[[term for term, _, at in found if not at]].sum(axis=0)
    rest: Floats = model.linear.intercept_[columns] + wordless
    return dict(zip(places, weights, strict=True)), rest


def _terms(model: Model, row: Row) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """The known terms of a row: column, field and the indices of their words in that field."""
    for name in model.counter.block_ends_:
        for term, at in BLOCKS[name](row):
            column = model.counter.vocabulary_.get(term)
            if column is not None:
                field = SECTION if term.startswith("h:") else LEAD_IN if term.startswith("l:") else TEXT
                yield column, field, at


def _phrases(row: Row, weights: Weights, column: int) -> list[str]:
    """Telling words of the sentence, neighbours joined, strongest first."""
    adds = {place: weight[column] for place, weight in weights.items() if weight[column] > 0}
    strongest = max(adds.values(), default=0.0)
    telling = sorted(
        place for place, weight in adds.items() if weight >= _TELLING * strongest and place[3].lower() not in _UNTELLING
    )
    phrases: list[tuple[float, str]] = []
    last: Place | None = None
    for place in telling:
        field, start, end, word = place
        if last and last[0] == field and start - last[2] <= 1 and phrases:
            weight, text = phrases[-1]
            phrases[-1] = (weight + adds[place], text + row[field][last[2] : end])
        else:
            phrases.append((adds[place], word))
        last = place
    return [text for _, text in sorted(phrases, key=lambda phrase: -phrase[0])[:_MOST_PHRASES]]
